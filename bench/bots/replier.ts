import { recordUpdate } from '../../src/app/recordUpdate';
import { keyPart } from '../../src/storage/codec';
import type { Table } from '../../src/storage/table';
import { openTables, systemClock, type Tables, wireStores } from '../../src/wiring';
import { leadOf } from '../plans';
import type { Served } from '../replies';
import { emptyTally, tableTransactions, tallied } from '../tables';

/* Saves replies for some seconds, or asks storage for the same with nothing around it. */

interface Order {
  readonly say: 'save' | 'raw';
  /** Number of the first of the plans. */
  readonly first: number;
  readonly plans: readonly string[];
  readonly period: `${number}-${number}`;
  readonly seconds: number;
  readonly leads: number;
  readonly atATime: number;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const tally = emptyTally();

async function main(): Promise<void> {
  const tables = await openTables({ kind: 'connection', connection: process.env.BENCH_STORAGE ?? '' });
  const counted: Tables = {
    plans: tallied(tables.plans, () => tally),
    people: tallied(tables.people, () => tally),
  };
  const stores = wireStores(counted, systemClock);

  const save = async (order: Order): Promise<Served> => {
    const lanes = await lanesOf(order);
    const before = tableTransactions(tally);
    let refused = 0;
    const times = await inLanes(order, async (lane, n) => {
      const [plan, number, mine] = lanes[lane % lanes.length] ?? [];
      const action = mine?.[n % mine.length];
      if (plan === undefined || !action) throw new Error('there is nothing to save');
      const { name, objectId, userId, conversation } = leadOf(number ?? 0, action.lead);
      const outcome = await recordUpdate(
        { ...stores, log: quiet },
        { tenant: 'tenant', objectId, userId, name, serviceUrl: 'https://teams' },
        {
          plan,
          period: order.period,
          action: action.id,
          version: action.version,
          said: {
            percent: n % 100,
            status: 'amber',
            narrative: `Reply ${n}: two of the three parts are done.`,
            revised: null,
            barriers: '',
            ask: '',
          },
          unread: [],
          anyway: true,
          chat: conversation,
        },
      );
      if (outcome.outcome === 'saved') action.version += 1;
      else refused += 1;
    });
    return { times, refused, transactions: tableTransactions(tally) - before };
  };

  /** For each lane the plan, its number, and actions that no other lane answers. */
  const lanesOf = async ({ plans, first, atATime, leads }: Order) => {
    const all = await Promise.all(
      plans.map(async (plan, at) => {
        const actions = await stores.plans.readActions(plan);
        return [
          plan,
          first + at,
          actions.map(({ id, version, leads: ledBy }) => ({
            id,
            version,
            lead: numberOf(ledBy[0]?.name, leads),
          })),
        ] as const;
      }),
    );
    return Array.from({ length: atATime }, (_, lane) => {
      const [plan, number, actions] = all[lane % all.length] ?? (['', 0, []] as const);
      const turn = Math.floor(lane / all.length);
      const lanesOfPlan = Math.ceil(atATime / all.length);
      return [plan, number, actions.filter((_action, at) => at % lanesOfPlan === turn)] as const;
    });
  };

  const raw = async (order: Order): Promise<Served> => {
    const rows = await Promise.all(
      order.plans.map(async (plan) => ({
        plan,
        actions: await tables.plans.range(plan, 'action|', 'action}'),
      })),
    );
    const times = await inLanes(order, (lane, n) =>
      askAlone(tables, order, rows[lane % rows.length], lane, n),
    );
    return { times, refused: 0, transactions: times.length * 5 };
  };

  process.on('message', (order: Order) => {
    (order.say === 'save' ? save(order) : raw(order)).then(
      (served) => process.send?.(served),
      (error: unknown) => process.send?.({ failed: String(error) }),
    );
  });
  process.send?.({ ready: true, port: 0 });
}

/** What saving a reply asks of storage: four point reads side by side, and one transaction of three rows of its size. */
async function askAlone(
  { plans, people }: Tables,
  { period, leads, first }: Order,
  found: { readonly plan: string; readonly actions: Awaited<ReturnType<Table['range']>> } | undefined,
  lane: number,
  n: number,
): Promise<void> {
  const row = found?.actions[n % found.actions.length];
  if (!found || !row) throw new Error('there is nothing to ask for');
  await Promise.all([
    plans.read(found.plan, 'plan'),
    plans.read(found.plan, row.row),
    plans.read(found.plan, `cycle|${period}`),
    people.read('tenant', `person|${leadOf(first, n % leads).objectId}`),
  ]);
  const id = keyPart(`${lane}-${n}`);
  await plans.write(`${found.plan} alone`, [
    { op: 'put', row: `action|${id}`, cells: row.cells },
    { op: 'put', row: `update|${id}`, cells: row.cells },
    { op: 'put', row: `lead|${id}`, cells: row.cells },
  ]);
}

/** Does something over and over for so many seconds, in so many lanes; gives the milliseconds of each. */
async function inLanes(
  { seconds, atATime }: Order,
  work: (lane: number, n: number) => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: atATime }, async (_, lane) => {
      for (let n = 0; performance.now() < until; n += 1) {
        const from = performance.now();
        await work(lane, n);
        times.push(performance.now() - from);
      }
    }),
  );
  return times;
}

function numberOf(name: string | undefined, leads: number): number {
  return Array.from({ length: leads }, (_, n) => n).find((n) => leadOf(0, n).name === name) ?? 0;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
