import { mkdirSync, writeFileSync } from 'node:fs';
import { TableClient } from '@azure/data-tables';
import { importPlan } from '../src/app/importPlan';
import { identify } from '../src/app/people';
import { startAzurite } from '../src/demo/processes';
import type { UnderstoodAction, UnderstoodPlan } from '../src/domain/understood';
import { AzureTable } from '../src/storage/azureTable';
import { keyPart } from '../src/storage/codec';
import { typed } from '../src/teams/chat';
import { makeMemory, makeOnce } from '../src/teams/memory';
import { standingIn, type TurnDeps } from '../src/teams/turn';
import { openTables, systemClock, wireStores } from '../src/wiring';
import { english } from '../src/words/words';
import { CountingTable } from '../test/fakes/tables';

/*
 * "Show my amber actions" by a lead of ten actions, in plans of 100, 1,000 and 10,000 actions: storage transactions counted, and
 * the time as a ratio to the same query made with the table client alone, in the same run. The ratio must not grow with the plan.
 */

/** `BENCH_SIZES=100,1000` leaves the largest out: Azurite takes some minutes to load it, since it slows with the rows of one partition. */
const SIZES = (process.env.BENCH_SIZES ?? '100,1000,10000').split(',').map(Number);
const ROUNDS = 60;
const TENANT = 'bench';
const ASKER = { id: 'asker', name: 'Ann Archer' };

interface Line {
  readonly actions: number;
  readonly queries: number;
  readonly pointReads: number;
  readonly writes: number;
  readonly rawMs: number;
  readonly askMs: number;
  readonly ratio: number;
}

async function main(): Promise<void> {
  const azurite = await startAzurite({ memory: true });
  const lines: Line[] = [];
  for (const size of SIZES) lines.push(await measure(azurite.connectionString, size));
  await azurite.stop();
  console.table(
    lines.map((line) => ({
      ...line,
      rawMs: line.rawMs.toFixed(2),
      askMs: line.askMs.toFixed(2),
      ratio: line.ratio.toFixed(2),
    })),
  );
  const growth = (lines.at(-1)?.ratio ?? 0) / (lines[0]?.ratio ?? 1);
  console.log(
    `From ${SIZES[0]} to ${SIZES.at(-1)} actions the ratio to the raw query changes by a factor of ${growth.toFixed(2)}.`,
  );
  mkdirSync('test-output', { recursive: true });
  writeFileSync('test-output/bench-ask.json', `${JSON.stringify({ lines, growth }, null, 2)}\n`);
}

async function measure(connection: string, size: number): Promise<Line> {
  const tables = await openTables({ kind: 'connection', connection });
  const plain = wireStores(tables, systemClock);
  const outcome = await importPlan(plain, planOf(size), null);
  if (outcome.outcome !== 'loaded') throw new Error('the plan was not loaded');
  const planId = outcome.plan.id;
  const stored = await plain.plans.readPlan(planId);
  if (!stored) throw new Error('the plan is gone');
  await plain.plans.savePlan({ ...stored, value: { ...stored.value, binding: bindingOf(planId) } });
  const key = (await plain.plans.readLeads(planId)).find(({ value }) => value.lead.name === ASKER.name)?.value
    .lead.key;
  if (!key) throw new Error('the asker leads nothing');
  const caller = {
    tenant: TENANT,
    objectId: `${ASKER.id}-${size}`,
    userId: `29:${size}`,
    name: ASKER.name,
    serviceUrl: 'https://teams',
  };
  await plain.people.savePerson({
    etag: null,
    value: {
      id: caller.objectId,
      tenant: TENANT,
      userId: caller.userId,
      name: caller.name,
      email: null,
      serviceUrl: caller.serviceUrl,
      conversation: 'c',
      unreachable: null,
      welcomed: true,
      plans: [{ plan: planId, leads: [key], answersFor: [], present: true }],
    },
  });
  const plans = new CountingTable(tables.plans);
  const people = new CountingTable(tables.people);
  const stores = wireStores({ plans, people }, systemClock);
  const deps = {
    ...stores,
    words: english,
    memory: makeMemory(systemClock.realNow),
    shared: makeOnce(systemClock.realNow),
    play: null,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as TurnDeps;

  const ask = async (): Promise<void> => {
    const person = await identify(deps, caller);
    const plan = person && (await deps.plans.readPlan(planId))?.value;
    if (!person || !plan) throw new Error('the asker is unknown');
    const incoming = { caller, place: { kind: 'personal', conversation: 'c' } } as const;
    const [content] = await typed(
      deps,
      { incoming, person, ...standingIn(deps, plan, person.value.id, person.value) },
      'show my amber actions',
    );
    if (!content?.summary.includes('10')) throw new Error(`not the answer: ${content?.summary}`);
  };
  const client = TableClient.fromConnectionString(connection, 'plans', { allowInsecureConnection: true });
  const prefix = `lead|${keyPart(key)}|`;
  const raw = new AzureTable(client);
  const query = async (): Promise<void> => {
    const rows = await raw.range(planId, prefix, `${prefix.slice(0, -1)}}`);
    if (rows.length !== 10) throw new Error(`the raw query gave ${rows.length} rows`);
  };

  await ask();
  const counted = {
    queries: plans.count('range') + people.count('range'),
    pointReads: plans.count('read') + people.count('read'),
    writes: plans.count('write') + people.count('write'),
  };
  for (let n = 0; n < 20; n += 1) await ask().then(query);
  const [asks, raws]: [number[], number[]] = [[], []];
  // Turn and turn about, so that what else the machine does falls on both.
  for (let n = 0; n < ROUNDS; n += 1) {
    raws.push(await timed(query));
    asks.push(await timed(ask));
  }
  const [askMs, rawMs] = [median(asks), median(raws)];
  return { actions: size, ...counted, rawMs, askMs, ratio: askMs / rawMs };
}

function planOf(size: number): UnderstoodPlan {
  const actions = Array.from({ length: size }, (_, n): UnderstoodAction => {
    const group = String(Math.floor((n * 10) / size) + 1);
    const isMine = n % (size / 10) === 0;
    return {
      ref: `${group}.${n + 1}`,
      group,
      title: `Action number ${n + 1}`,
      leads: [{ name: isMine ? ASKER.name : `Lead ${leadLetters(n % 40)}`, role: null, kind: 'lead' }],
      planned: null,
      revised: null,
      status: { text: 'A', key: 'amber' },
      percent: 50,
      narrative: 'Half of it is done; the other half begins next month.',
      barriers: '',
      see: [],
    };
  });
  const groups = Array.from({ length: 10 }, (_, n) => ({
    ref: String(n + 1),
    title: `Priority ${n + 1}`,
    leads: [],
  }));
  return {
    plan: { title: 'Bench', asOf: null },
    groups,
    actions,
    measures: [],
    people: [],
    problems: [],
  } as unknown as UnderstoodPlan;
}

function leadLetters(n: number): string {
  return String.fromCharCode(97 + (n % 26)).repeat(3 + Math.floor(n / 26));
}

function bindingOf(plan: string) {
  return {
    tenant: TENANT,
    team: plan,
    teamName: 'Bench',
    serviceUrl: 'https://teams',
    channel: plan,
    channelName: 'General',
    boundAt: new Date().toISOString(),
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
