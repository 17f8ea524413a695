import { openCycle } from '../src/app/openCycle';
import { startAzurite } from '../src/demo/processes';
import { MemoryQueue } from '../src/storage/memoryQueue';
import { openTables, systemClock, wireStores } from '../src/wiring';
import { startBot } from './bots/start';
import { median, percentile, report, round, run, setting, settings } from './harness';
import { loadPlan } from './plans';

/*
 * Replies saved a second, by one process and by two on one Azurite, against Azurite's own ceiling: the same requests (four point reads side by
 * side, one transaction of three rows) with the table client alone, in the same processes, turn and turn about.
 */

const SECONDS = setting('BENCH_SECONDS', 4);
const TURNS = setting('BENCH_TURNS', 2);
const AT_A_TIME = setting('BENCH_AT_A_TIME', 8);
const PROCESSES = settings('BENCH_PROCESSES', [1, 2]);
const PLANS = 8;
const LEADS = 10;

/** What a process says that saved replies, or asked storage alone, for some seconds. */
export interface Served {
  readonly times: number[];
  readonly transactions: number;
  readonly refused: number;
}

async function main(): Promise<void> {
  const azurite = await startAzurite({ memory: true });
  const tables = await openTables({ kind: 'connection', connection: azurite.connectionString });
  const stores = wireStores(tables, systemClock);
  const period = new Date().toISOString().slice(0, 7) as `${number}-${number}`;
  const deps = {
    ...stores,
    queue: new MemoryQueue(),
    isBankHoliday: () => false,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  const plans: string[] = [];
  for (let number = 0; number < PLANS; number += 1) {
    const look = {
      number,
      actions: 50,
      leads: LEADS,
      tenant: 'tenant',
      serviceUrl: 'https://teams',
      chats: true,
    };
    const { id } = await loadPlan(stores, look);
    await openCycle(deps, id, period, 'Bench');
    plans.push(id);
  }
  const lines = [];
  for (const processes of PROCESSES) {
    const env = { BENCH_STORAGE: azurite.connectionString };
    const bots = await Promise.all(Array.from({ length: processes }, () => startBot('replier.ts', env)));
    const each = PLANS / processes;
    const serve = async (what: 'save' | 'raw', seconds: number): Promise<Served[]> =>
      Promise.all(
        bots.map((bot, at) => {
          const first = at * each;
          const mine = {
            first,
            plans: plans.slice(first, first + each),
            period,
            seconds,
            leads: LEADS,
            atATime: AT_A_TIME,
          };
          return bot.ask<Served>(what, mine);
        }),
      );
    await serve('save', 1);
    await serve('raw', 1);
    const saved: Served[] = [];
    const raw: Served[] = [];
    for (let n = 0; n < TURNS; n += 1) {
      raw.push(...(await serve('raw', SECONDS)));
      saved.push(...(await serve('save', SECONDS)));
    }
    await Promise.all(bots.map((bot) => bot.stop()));
    const timesOf = (all: readonly Served[]) => all.flatMap(({ times }) => times);
    const [ours, ceiling] = [timesOf(saved), timesOf(raw)];
    const rate = (times: readonly number[]) => times.length / (TURNS * SECONDS);
    lines.push({
      processes,
      'replies a second': round(rate(ours), 1),
      'ceiling a second': round(rate(ceiling), 1),
      share: round(rate(ours) / rate(ceiling)),
      'p50 ms': round(median(ours), 1),
      'p99 ms': round(percentile(ours, 0.99), 1),
      'ceiling p50': round(median(ceiling), 1),
      'ceiling p99': round(percentile(ceiling, 0.99), 1),
      'transactions each': round(saved.reduce((sum, one) => sum + one.transactions, 0) / ours.length),
      'not saved': saved.reduce((sum, one) => sum + one.refused, 0),
    });
  }
  report('replies', lines, [
    `${AT_A_TIME} at a time in each process. The ceiling is Azurite’s own for four point reads and one transaction of three rows, asked with the table client alone.`,
  ]);
  await azurite.stop();
}

run(main);
