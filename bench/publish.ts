import { fork } from 'node:child_process';
import { join } from 'node:path';
import { advancePlan } from '../src/app/advancePlan';
import { openCycle } from '../src/app/openCycle';
import { requestPublication } from '../src/app/publishPosition';
import { makeComposer } from '../src/cards/composer';
import { parseTemplates } from '../src/cards/template';
import { MemoryQueue } from '../src/storage/memoryQueue';
import { MemoryTable } from '../src/storage/memoryTable';
import type { Table } from '../src/storage/table';
import { makeId, systemClock, wireStores } from '../src/wiring';
import { english } from '../src/words/words';
import { FakeMessenger } from '../test/fakes/fakeMessenger';
import { compile } from './bots/start';
import { type Line, report, round, run, settings } from './harness';
import { watchLoop } from './loopWatch';
import { loadPlan } from './plans';
import { emptyTally, tallied } from './tables';

/*
 * A month published in plans of several sizes: what storage is asked, how much memory it takes at its highest, and how long it keeps the event
 * loop from anything else. On tables in memory, which hold the plan too: what is counted is the same, and Azurite takes minutes to load the
 * largest. Each size has a process of its own.
 */

const SIZES = settings('BENCH_SIZES', [100, 1000, 10_000]);
const MIB = 1024 * 1024;
/** This file as production would run it: not through tsx. */
const COMPILED = join(__dirname, '..', 'dist', 'bench', 'publish.js');

async function main(): Promise<void> {
  compile();
  const lines: Line[] = [];
  for (const size of SIZES) lines.push(await inOwnProcess(size));
  report('publish', lines, [
    'Transactions: a query of over a thousand rows counts once for each thousand. Memory: what the heap grew by at its highest while publishing, over what the loaded plan holds (the tables are in it).',
  ]);
}

function inOwnProcess(size: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    const child = fork(COMPILED, [String(size)], { execArgv: ['--expose-gc'] });
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
  await parseTemplates();
  for (let n = 0; n < 3; n += 1) globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  peak = before;
  tally = emptyTally();
  const endWatch = watchLoop();
  await requestPublication(deps, plan, period, 'Bench');
  await advancePlan(deps, id);
  const { longest, longestWork } = endWatch();
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
    'longest block of the loop, ms': round(longest, 0),
    'of its own work, ms': longestWork === null ? null : round(longestWork, 0),
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
      await later();
      const rows = await inner.range(partition, from, below, limit);
      for (let n = 1000; n <= rows.length; n += 1000) await later();
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
