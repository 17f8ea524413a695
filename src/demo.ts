import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { importPlan } from './app/importPlan';
import { installActivity } from './demo/install';
import { type DemoOptions, demoCommand } from './demo/options';
import { writePlaygroundConfig } from './demo/playgroundConfig';
import { playMonth } from './demo/playMonth';
import {
  PortTakenError,
  requireFreePort,
  startAzurite,
  startPlayground,
  stopAll,
  stopOnSignals,
} from './demo/processes';
import {
  DEMO_LEADS,
  DEMO_OFFICER,
  DEMO_TEAM,
  SAMPLE_CLOCK,
  SAMPLE_PLAN_FILE,
  SAMPLE_TOTALS,
} from './demo/sample';
import type { Plan } from './domain/plan';
import { makeLog } from './log';
import { readPlan } from './plans/readPlan';
import {
  clockFrom,
  openTables,
  openWorkQueue,
  startBot,
  systemClock,
  type Tables,
  wireStores,
} from './wiring';

const HOST = '127.0.0.1';

/**
 * The whole of Steward on one machine: Azurite for storage, the bot in open mode on loopback, and the Playground as the Teams client.
 * Open mode lives here alone: production has no way to it.
 */
async function main(): Promise<void> {
  const options = readOptions();
  stopOnSignals(async () => {
    await stopBot();
    await stopAll();
  });
  await requireFreePort(options.port, {
    heldBy: 'another demo that is still running',
    instead: `npm run demo -- --port ${options.port + 1}`,
  });
  const storage = options.storage ?? (await startStorage(options.data));
  const sample = options.plan === undefined;
  const clock = options.now
    ? clockFrom(options.now)
    : sample
      ? clockFrom(new Date(SAMPLE_CLOCK))
      : systemClock;
  const kept = { kind: 'connection', connection: storage } as const;
  const [tables, queue] = await Promise.all([openTables(kept), openWorkQueue(kept)]);
  const loaded = options.empty
    ? 'It waits for its first plan.'
    : await loadPlan(tables, options.plan ?? SAMPLE_PLAN_FILE, sample, clock);
  const bot = await startBot({
    tables,
    queue,
    identity: { kind: 'open' },
    tenants: [],
    clock,
    host: HOST,
    port: options.port,
    log: makeLog(options.log),
    play: (plan, period) => play(plan, period, options.port),
    // The Playground's page keeps nothing that came before it was opened: the greeting waits for the page's first word.
    ...(sample && options.playground
      ? { beforeFirst: (running) => running.receive(installActivity(serviceUrlOf(options.playgroundPort))) }
      : {}),
    ...(options.lease === undefined ? {} : { leaseSeconds: options.lease }),
  });
  stopBot = () => bot.stop();
  say(`Steward is ready on http://${HOST}:${options.port}/api/messages. ${loaded}`);
  if (!options.playground) return;

  writePlaygroundConfig(options.data);
  const playground = await startPlayground({
    botPort: options.port,
    port: options.playgroundPort,
    dir: options.data,
  });
  say(
    [
      '',
      `Open ${playground.url} in a browser: you are ${DEMO_OFFICER.name}, programme officer and lead of some actions.`,
      'In the chat with Steward, type:  open the September 2023 update',
      'Answer your own card, then type: play the month',
      'and at the end:                  publish the September 2023 update   (then look in the General channel)',
      '',
      `Everything is kept in ${options.data}. Delete that folder to begin anew. Ctrl-C stops it all.`,
    ].join('\n'),
  );
}

let stopBot: () => Promise<void> = async () => {
  // Nothing runs yet.
};

function readOptions(): DemoOptions {
  const options = demoCommand().parse().opts<DemoOptions>();
  return { ...options, data: resolve(options.data) };
}

async function startStorage(data: string): Promise<string> {
  const azurite = await startAzurite({ dataDir: join(data, 'azurite') });
  say(`Azurite keeps its data in ${join(data, 'azurite')}.`);
  return azurite.connectionString;
}

/** Loads the plan where the storage holds none; a plan that is there already is left as it is. Gives a sentence on what it did. */
async function loadPlan(
  tables: Tables,
  file: string,
  sample: boolean,
  clock: typeof systemClock,
): Promise<string> {
  const stores = wireStores(tables, clock);
  const present = await stores.plans.listPlans();
  if (present[0]) return `It goes on with “${present[0].title}”, which was there already.`;
  if (!existsSync(file))
    throw new Error(`There is no file ${file}. Give --plan the path of a .docx, .xlsx or .csv file.`);
  const understood = await readPlan(readFileSync(file), basename(file));
  const outcome = await importPlan(stores, understood, null);
  if (outcome.outcome === 'refused') {
    const faults = understood.problems.filter(({ severity }) => severity === 'error');
    throw new Error(
      [`${file} was not loaded:`, ...faults.map(({ where, message }) => `  ${where}: ${message}`)].join('\n'),
    );
  }
  if (sample)
    for (const totals of SAMPLE_TOTALS) await stores.months.saveEarlierTotals(outcome.plan.id, totals);
  return `It keeps “${outcome.plan.title}”, with ${outcome.actions} actions.`;
}

/** "Play the month": the other leads answer over HTTP, as Teams would send it for them. */
async function play(plan: Plan, period: string, port: number): Promise<{ leads: number; actions: number }> {
  const { leads } = await playMonth({
    url: `http://${HOST}:${port}/api/messages`,
    plan: plan.id,
    period,
    people: DEMO_LEADS,
    serviceUrl: plan.binding?.serviceUrl ?? '',
    tenant: plan.binding?.tenant ?? DEMO_TEAM.tenantId,
    botId: DEMO_TEAM.botId,
  });
  const answered = leads.map(({ updated, unchanged }) => updated.length + unchanged.length);
  return { leads: answered.filter((n) => n > 0).length, actions: answered.reduce((sum, n) => sum + n, 0) };
}

/** Where the Playground answers what a bot sends. */
function serviceUrlOf(playgroundPort: number): string {
  return `http://localhost:${playgroundPort}/_connector`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch(async (error: unknown) => {
  const isSentence = error instanceof PortTakenError || error instanceof Error;
  process.stderr.write(`${isSentence ? (error as Error).message : String(error)}\n`);
  await stopBot();
  await stopAll();
  process.exit(1);
});
