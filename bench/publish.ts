import { fork } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { advancePlan } from '../src/app/advancePlan';
import { openCycle } from '../src/app/openCycle';
import { requestPublication } from '../src/app/publishPosition';
import { makeComposer } from '../src/cards/composer';
import { MemoryQueue } from '../src/storage/memoryQueue';
import { MemoryTable } from '../src/storage/memoryTable';
import type { Table } from '../src/storage/table';
import { makeId, systemClock, wireStores } from '../src/wiring';
import { english } from '../src/words/words';
import { FakeMessenger } from '../test/fakes/fakeMessenger';
import { type Line, report, round, run, settings } from './harness';
import { loadPlan } from './plans';
import { emptyTally, tallied } from './tables';

/*
 * A month published in plans of several sizes: what storage is asked, how much memory it takes at its highest, and how long it keeps the event
 * loop from anything else. On tables in memory, which hold the plan too: what is counted is the same, and Azurite takes minutes to load the
 * largest. Each size has a process of its own.
 */

const SIZES = settings('BENCH_SIZES', [100, 1000, 10_000]);
const MIB = 1024 * 1024;

async function main(): Promise<void> {
  const lines: Line[] = [];
  for (const size of SIZES) lines.push(await inOwnProcess(size));
  report('publish', lines, [
    'Transactions: a query of over a thousand rows counts once for each thousand. Memory: what the heap grew by at its highest while publishing, over what the loaded plan holds (the tables are in it).',
  ]);
}

function inOwnProcess(size: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const child = fork(__filename, [String(size)], { execArgv: ['--expose-gc', '--import', 'tsx'] });
    child.once('message', (line: Line) => {
      resolve(line);
      child.kill();
    });
    child.once('exit', (code) => reject(new Error(`publishing ${size} actions ended with ${code}`)));
  });
}

async function publish(size: number): Promise<Line> {
  let tally = emptyTally();
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
    return tally;
  };
  const tables = { plans: tallied(likeStorage(), look), people: tallied(likeStorage(), look) };
  const stores = wireStores(tables, systemClock);
  const deps = {
    ...stores,
    queue: new MemoryQueue(),
    reader: {
      readFile: () => Promise.reject(new Error('none')),
      readText: () => Promise.reject(new Error('none')),
    },
    messenger: new FakeMessenger([]),
    composer: makeComposer(stores, english),
    isBankHoliday: () => false,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    makeId,
    instance: 'bench',
  };
  const leads = Math.min(50, Math.ceil(size / 10));
  const look2 = {
    number: 0,
    actions: size,
    leads,
    tenant: 'tenant',
    serviceUrl: 'https://teams',
    chats: true,
  };
  const { id } = await loadPlan(stores, look2);
  const period = new Date().toISOString().slice(0, 7) as `${number}-${number}`;
  await openCycle(deps, id, period, 'Bench');
  await advancePlan(deps, id);
  const plan = (await stores.plans.readPlan(id))?.value;
  if (!plan) throw new Error('the plan is gone');
  for (let n = 0; n < 3; n += 1) globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  peak = before;
  tally = emptyTally();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await requestPublication(deps, plan, period, 'Bench');
  await advancePlan(deps, id);
  await new Promise((resolve) => setTimeout(resolve, 20));
  delay.disable();
  if (!(await stores.months.readPosition(id, period))) throw new Error('it was not published');
  const { pointReads, queryPages, writes, rowsWritten } = tally;
  return {
    actions: size,
    'point reads': pointReads,
    'query pages': queryPages,
    'write transactions': writes,
    'rows written': rowsWritten,
    'transactions an action': round((pointReads + queryPages + writes) / size, 3),
    'peak heap over the plan, MiB': round((peak - before) / MIB, 1),
    'RSS, MiB': round(process.memoryUsage().rss / MIB, 0),
    'longest block of the loop, ms': round(delay.max / 1e6, 0),
  };
}

/** Tables in memory that answer as storage does: later, when the event loop has come round, and by a thousand rows at a time. */
function likeStorage(): Table {
  const inner = new MemoryTable();
  const later = () => new Promise((resolve) => setImmediate(resolve));
  return {
    read: async (partition, row) => {
      await later();
      return inner.read(partition, row);
    },
    range: async (partition, from, below, limit) => {
      const rows = await inner.range(partition, from, below, limit);
      for (let n = 0; n <= rows.length; n += 1000) await later();
      return rows;
    },
    write: async (partition, writes) => {
      await later();
      return inner.write(partition, writes);
    },
  };
}

const size = process.argv[2];
if (size === undefined || !process.send) run(main);
else
  publish(Number(size)).then(
    (line) => process.send?.(line),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
