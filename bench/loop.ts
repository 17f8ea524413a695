import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAzurite } from '../src/demo/processes';
import { startBot } from './bots/start';
import type { StewardReady } from './bots/steward';
import { type Line, report, round, run, setting } from './harness';
import { saved, tell, typed } from './say';
import { startStandIn } from './standIn';

/*
 * How long anything keeps the event loop, and so everybody else's turn: under questions, under presses, while a file is read in its thread, while a
 * month of a thousand actions is published. Nothing should for over 50 milliseconds on a machine of one's own.
 */

const SECONDS = setting('BENCH_SECONDS', 5);
const ACTIONS = setting('BENCH_ACTIONS', 1000);
const LEADS = 20;
const AT_A_TIME = 8;
const BOUND_MS = 50;

async function main(): Promise<void> {
  const teams = await startStandIn(false);
  const azurite = await startAzurite({ memory: true });
  const bot = await startBot<StewardReady>('steward.ts', {
    BENCH_STORAGE: azurite.connectionString,
    BENCH_ACTIONS: String(ACTIONS),
    BENCH_LEADS: String(LEADS),
    BENCH_SERVICE_URL: teams.serviceUrl,
  });
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  const file = join(folder, 'plan.csv');
  writeFileSync(file, madeCsv(ACTIONS));
  const lines: Line[] = [];
  let n = 0;
  const ask = (lead: number) =>
    tell(bot.url, teams.serviceUrl, { plan: 0, lead }, typed('show my amber actions'));
  const save = async (lead: number) => {
    const mine = bot.ready.names[lead] ?? [];
    n += 1;
    const action = mine[n % mine.length];
    if (!action) throw new Error('there is nothing to save');
    await tell(bot.url, teams.serviceUrl, { plan: 0, lead }, saved(action, bot.ready.period, n));
    action.version += 1;
  };
  const forSeconds = (act: (lead: number) => Promise<unknown>) => async () => {
    const until = performance.now() + SECONDS * 1000;
    await Promise.all(
      Array.from({ length: AT_A_TIME }, async (_, lane) => {
        while (performance.now() < until) await act(lane);
      }),
    );
  };
  const whileAsking = (act: () => Promise<unknown>) => async () => {
    let isDone = false;
    const acting = act().finally(() => {
      isDone = true;
    });
    while (!isDone) await ask(0);
    await acting;
  };
  const doings: Readonly<Record<string, () => Promise<unknown>>> = {
    'nothing at all': () => new Promise((resolve) => setTimeout(resolve, SECONDS * 1000)),
    [`questions, ${AT_A_TIME} at a time`]: forSeconds(ask),
    [`"Save and next", ${AT_A_TIME} at a time`]: forSeconds(save),
    [`a file of ${ACTIONS} actions read, and questions`]: whileAsking(() => bot.ask('load', { file })),
    [`a month of ${ACTIONS} actions published, and questions`]: whileAsking(() => bot.ask('publish')),
  };
  // What is compiled and parsed when it is first done comes before what is measured.
  for (let lead = 0; lead < LEADS; lead += 1) await Promise.all([ask(lead), save(lead)]);
  for (const [what, act] of Object.entries(doings)) {
    await bot.ask('watch');
    await act();
    const { longest } = await bot.ask<{ longest: number }>('watched');
    lines.push({
      what,
      'longest block of the event loop, ms': round(longest, 0),
      [`over ${BOUND_MS} ms`]: longest > BOUND_MS ? 'yes' : 'no',
    });
  }
  report('loop', lines);
  rmSync(folder, { recursive: true });
  await bot.stop();
  await azurite.stop();
  await teams.close();
}

/** A plan as a spreadsheet of one line an action. */
function madeCsv(actions: number): string {
  const head = 'Ref,Action,Lead,Due date,RAG,% complete,Progress\n';
  const rows = Array.from({ length: actions }, (_, n) => {
    const ref = `${(n % 10) + 1}.${Math.floor(n / 10) + 1}`;
    return `${ref},Families know by name whom to ask about step ${n + 1},Lena Bson,Mar-27,A,50,Half of it is done; the rest by 12 March 2027.\n`;
  });
  return head + rows.join('');
}

run(main);
