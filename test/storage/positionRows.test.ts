import type { Position } from '../../src/domain/position';
import { thinPosition } from '../../src/domain/retention';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TableMonthStore } from '../../src/storage/monthStore';
import { TableRetentionStore } from '../../src/storage/retentionStore';
import { POSITION } from '../cards/samples';
import { CountingTable } from '../fakes/tables';

/** A position of ten thousand actions of which nobody spoke: longer than one entity takes. */
const ids = Array.from({ length: 10_000 }, (_, n) => n.toString(16).padStart(32, '0'));
const LARGE: Position = {
  ...POSITION,
  carried: ids,
  silences: Array.from({ length: 50 }, (_, n) => ({
    lead: { key: `lead-${n}`, name: `Lead ${n}`, role: null, kind: 'lead' },
    actions: ids.slice(n * 200, (n + 1) * 200),
  })),
};

async function frozen(position: Position) {
  const table = new CountingTable(new MemoryTable());
  const months = new TableMonthStore(table);
  await months.freezePosition('plan', position, []);
  return { table, months };
}

test('a position of ten thousand silent actions is kept whole', async () => {
  const { table, months } = await frozen(LARGE);
  expect(await months.readPosition('plan', LARGE.period)).toEqual(LARGE);
  expect(await months.readPositions('plan')).toEqual([LARGE]);
  const last = table.calls.filter(({ verb }) => verb === 'write').at(-1);
  expect(last?.rows.at(-1)).toBe(`position|${LARGE.period}`);
});

test('each part is a list of whole items, so that a name in it is found', async () => {
  const { table } = await frozen(LARGE);
  const rows = await table.range('plan', 'position part|', 'position part}');
  const items = rows.map((row) => JSON.parse(bodyOf(row.cells)) as { list: string; items: unknown[] });
  expect(items.flatMap(({ list, items: some }) => (list === 'silences' ? some : []))).toEqual(LARGE.silences);
});

test('retention thins it out whole, and leaves no part with a name', async () => {
  const { table, months } = await frozen(LARGE);
  await new TableRetentionStore(table).thinPosition('plan', LARGE.period, thinPosition);
  expect(await months.readPosition('plan', LARGE.period)).toEqual(thinPosition(LARGE));
  const parts = await table.range('plan', 'position part|', 'position part}');
  expect(parts.filter(({ cells }) => /Lead \d/.test(bodyOf(cells)))).toEqual([]);
});

test('any other position is one row, read by one request', async () => {
  const { table, months } = await frozen(POSITION);
  const before = table.calls.length;
  expect(await months.readPosition('plan', POSITION.period)).toEqual(POSITION);
  expect(table.calls.length - before).toBe(1);
});

function bodyOf(cells: Readonly<Record<string, unknown>>): string {
  let body = '';
  for (let n = 0; cells[`body${n}`] !== undefined; n += 1) body += String(cells[`body${n}`]);
  return body;
}
