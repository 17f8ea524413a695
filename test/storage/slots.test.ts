import { TableClient } from '@azure/data-tables';
import type { RunningAzurite } from '../../src/demo/processes';
import { AzureTable, ensureTable } from '../../src/storage/azureTable';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TableSlotStore } from '../../src/storage/slotStore';
import type { Table } from '../../src/storage/table';
import { startTestAzurite } from '../e2e/support/azurite';
import { CountingTable } from '../fakes/tables';

function describeSlots(name: string, open: () => Table): void {
  test(`several processes reserve at once, and no two get the same slot: ${name}`, async () => {
    const stores = Array.from({ length: 4 }, () => new TableSlotStore(open(), () => new Date()));
    const blocks = await Promise.all(
      stores.map(async (store) => {
        const mine: { first: number; slots: number }[] = [];
        for (let n = 1; n <= 10; n += 1) mine.push({ first: await store.reserve('t', n, 20), slots: n });
        return mine;
      }),
    );
    const taken = blocks.flat().sort((a, b) => a.first - b.first);
    for (const [at, { first, slots }] of taken.entries()) {
      const next = taken[at + 1];
      if (next) expect(next.first).toBeGreaterThanOrEqual(first + slots * 20);
    }
  });

  test(`what is held is held for all: ${name}`, async () => {
    const [one, two] = [1, 2].map(() => new TableSlotStore(open(), () => new Date()));
    await two?.reserve('u', 1, 20);
    const until = Date.now() + 60_000;
    await one?.holdUntil('u', until);
    expect(await two?.reserve('u', 1, 20)).toBeGreaterThanOrEqual(until);
    await one?.holdUntil('u', Date.now());
    expect(await two?.reserve('u', 1, 20)).toBeGreaterThanOrEqual(until);
  });
}

const memory = new MemoryTable();
describeSlots('in memory', () => memory);

test('one process alone pays one write a block', async () => {
  const table = new CountingTable(new MemoryTable());
  const store = new TableSlotStore(table, () => new Date());
  await store.reserve('t', 1, 20);
  table.calls.length = 0;
  for (let n = 0; n < 10; n += 1) await store.reserve('t', 20, 20);
  expect([table.count('write'), table.count('read')]).toEqual([10, 0]);
});

describe('on Azurite', () => {
  let azurite: RunningAzurite;
  let table: Table;
  beforeAll(async () => {
    azurite = await startTestAzurite();
    const client = TableClient.fromConnectionString(azurite.connectionString, 'slots', {
      allowInsecureConnection: true,
    });
    await ensureTable(client);
    table = new AzureTable(client);
  });
  afterAll(() => azurite.stop());
  describeSlots('on Azurite', () => table);
});
