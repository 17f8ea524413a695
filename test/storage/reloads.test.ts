import { Conflict } from '../../src/app/ports';
import { auditEntry } from '../../src/app/readAudit';
import type { Reload, ReloadWork } from '../../src/domain/reloadWork';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TableReloadStore } from '../../src/storage/reloadStore';
import type { Table } from '../../src/storage/table';

/** A load that began is always to be found whole, whatever other loads begin and end at the same moment. */

const PLAN = 'plan-1';
const AT = '2024-10-18T05:15:00.000Z';
const CLOCK = { now: () => new Date(AT), realNow: () => new Date(AT) };
const OLIVE = { id: 'olive', name: 'Olive Officer' };
const COUNTS = { added: 0, changed: 0, moved: 0, left: 0 };

function load(id: string): Reload {
  return {
    id,
    file: `${id}.xlsx`,
    by: OLIVE,
    chat: 'c',
    at: AT,
    asOf: null,
    period: '2024-10',
    answered: 'ours',
    state: 'running',
    counts: COUNTS,
  };
}

function workFor(id: string): ReloadWork {
  return {
    groups: [{ ref: id, title: `Group of ${id}`, leads: [] }],
    leads: [],
    steps: [],
    parts: { measures: [], reports: [], detail: null },
  };
}

/** A table beside which something happens, once, after a row was written or before rows are taken away. */
function meanwhile(
  table: Table,
  when: 'after a write' | 'before a look',
  act: () => Promise<unknown>,
): Table {
  let isDone = false;
  const once = async (): Promise<void> => {
    if (isDone) return;
    isDone = true;
    await act();
  };
  return {
    read: (partition, row) => table.read(partition, row),
    range: async (...asked) => {
      if (when === 'before a look') await once();
      return table.range(...asked);
    },
    write: async (...asked) => {
      const etags = await table.write(...asked);
      if (when === 'after a write') await once();
      return etags;
    },
  };
}

async function start(store: TableReloadStore, id: string): Promise<void> {
  await store.startReload(PLAN, await store.readReload(PLAN), load(id), workFor(id));
}

async function finish(store: TableReloadStore): Promise<void> {
  const found = await store.readReload(PLAN);
  if (!found) throw new Error('there is no load');
  const { id, file } = found.value;
  const audit = auditEntry(
    { clock: CLOCK, makeId: () => `audit-${id}` },
    { ...OLIVE, chat: 'c' },
    {
      kind: 'plan-loaded',
      file,
      load: id,
      how: 'again',
      added: 0,
      changed: 0,
      left: 0,
    },
  );
  await store.finishReload(PLAN, { ...found, value: { ...found.value, state: 'done' } }, audit);
}

async function workNow(table: Table): Promise<string | undefined> {
  const store = new TableReloadStore(table);
  const found = await store.readReload(PLAN);
  return found ? (await store.readWork(PLAN, found.value)).groups[0]?.ref : undefined;
}

test('a load that begins while the one before is put away is there whole', async () => {
  const table = new MemoryTable();
  const store = new TableReloadStore(table);
  await start(store, 'first');
  await finish(new TableReloadStore(meanwhile(table, 'after a write', () => start(store, 'second'))));
  expect(await workNow(table)).toBe('second');
});

test('of two loads that begin at the same moment one is there whole, and the other leaves nothing behind', async () => {
  const table = new MemoryTable();
  const store = new TableReloadStore(table);
  await start(store, 'first');
  await finish(store);
  const late = new TableReloadStore(meanwhile(table, 'before a look', () => start(store, 'second')));
  await expect(start(late, 'third')).rejects.toThrow(Conflict);
  expect(await workNow(table)).toBe('second');
  expect(await table.range(PLAN, 'reload work|third', 'reload work|third}')).toEqual([]);
});

test('the same load begun twice is there whole, and is put away whole', async () => {
  const table = new MemoryTable();
  const store = new TableReloadStore(table);
  const again = new TableReloadStore(meanwhile(table, 'after a write', () => start(store, 'first')));
  await expect(start(again, 'first')).rejects.toThrow(Conflict);
  expect(await workNow(table)).toBe('first');
  await finish(store);
  expect(await table.range(PLAN, 'reload work|', 'reload work}')).toEqual([]);
});
