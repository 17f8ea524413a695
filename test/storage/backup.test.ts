import { TableClient } from '@azure/data-tables';
import type { RunningAzurite } from '../../src/demo/processes';
import { AzureTable, ensureTable } from '../../src/storage/azureTable';
import { type BackedUp, BackupError, backupLines, readBackup, restoreBackup } from '../../src/storage/backup';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TableMonthStore } from '../../src/storage/monthStore';
import { TablePeopleStore } from '../../src/storage/peopleStore';
import { TablePlanStore } from '../../src/storage/planStore';
import type { Table } from '../../src/storage/table';
import { startTestAzurite } from '../e2e/support/azurite';
import { SEPTEMBER, TENANT } from '../fakes/world';
import { publishedMonth } from './storedWorld';

const AT = new Date('2023-10-02T09:00:00Z');

async function linesOf(tables: BackedUp, only: string | null = null): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of backupLines(tables, AT, only)) lines.push(line);
  return lines;
}

/** All that a plan can be asked. */
async function answersOf({ plans, people }: BackedUp, plan: string) {
  const store = new TablePlanStore(plans);
  const months = new TableMonthStore(plans);
  const actions = await store.readActions(plan);
  return {
    plan: (await store.readPlan(plan))?.value,
    entries: await store.listPlans(),
    actions,
    updates: await Promise.all(actions.map(({ id }) => store.readUpdates(plan, id))),
    leads: (await store.readLeads(plan)).map(({ value }) => value),
    audit: await store.readAudit(plan, 1000),
    cycles: await months.readCycles(plan),
    messages: (await months.readMessages(plan)).map(({ value }) => value),
    positions: await months.readPositions(plan),
    snapshots: await months.readSnapshots(plan, SEPTEMBER),
    people: await new TablePeopleStore(people).readPeople(TENANT),
  };
}

/** A month with replies, closed and published. */
const afterAMonth = () =>
  publishedMonth(async (world) => {
    const narrative = 'Two teams left. Ünïcode, a line end of Word’s \u2028 and “quotes”.';
    await world.reply('Ann Archer', '1.1', { narrative });
    await world.reply('Ben Baker', '1.2', 'no-change');
  });

describe('a backup restored elsewhere', () => {
  let azurite: RunningAzurite;
  beforeAll(async () => {
    azurite = await startTestAzurite();
  });
  afterAll(() => azurite.stop());

  test('gives the same answers, on real tables', async () => {
    const { world, tables } = await afterAMonth();
    const open = async (name: string) => {
      const client = TableClient.fromConnectionString(azurite.connectionString, name, {
        allowInsecureConnection: true,
      });
      await ensureTable(client);
      return new AzureTable(client);
    };
    const elsewhere = { plans: await open('plans'), people: await open('people') };
    await restoreBackup(elsewhere, readBackup(await linesOf(tables)));
    expect(await answersOf(elsewhere, world.planId)).toEqual(await answersOf(tables, world.planId));
    expect(await linesOf(elsewhere)).toEqual(await linesOf(tables));
  });
});

test('a backup that was cut short or changed is refused whole', async () => {
  const { tables } = await afterAMonth();
  const lines = await linesOf(tables);
  const elsewhere = { plans: new MemoryTable(), people: new MemoryTable() };
  const attempts = [
    lines.slice(0, -1),
    lines.slice(0, lines.length / 2),
    lines.map((line, at) => (at === 3 ? line.replace('"', "'") : line)),
    [...lines.slice(0, 2), ...lines.slice(3)],
    ['{}'],
    [],
    ['not json'],
  ];
  for (const attempt of attempts) expect(() => readBackup(attempt)).toThrow(BackupError);
  expect(await elsewhere.plans.range('index', '', '~')).toEqual([]);
});

test('a plan that is there already is not overwritten', async () => {
  const { world, tables } = await afterAMonth();
  const backup = readBackup(await linesOf(tables));
  await world.reply('Ann Archer', '1.1', { narrative: 'Said after the backup was made.' });
  const before = await answersOf(tables, world.planId);
  await expect(restoreBackup(tables, backup)).rejects.toThrow(
    /Nothing was restored: a plan of the backup is here/,
  );
  expect(await answersOf(tables, world.planId)).toEqual(before);
});

test('a restore that stops half-way shows no plan, and can be done again', async () => {
  const { world, tables } = await afterAMonth();
  const backup = readBackup(await linesOf(tables));
  const plans = new MemoryTable();
  const people = new MemoryTable();
  let left = 2;
  const stopping: Table = {
    read: (partition, row) => plans.read(partition, row),
    range: (partition, from, below, limit) => plans.range(partition, from, below, limit),
    write: (partition, writes) => {
      left -= 1;
      if (left === 0) throw new Error('the process was stopped');
      return plans.write(partition, writes);
    },
  };
  await expect(restoreBackup({ plans: stopping, people }, backup)).rejects.toThrow('stopped');
  expect(await new TablePlanStore(plans).listPlans()).toEqual([]);
  await restoreBackup({ plans, people }, backup);
  expect(await answersOf({ plans, people }, world.planId)).toEqual(await answersOf(tables, world.planId));
});

test('one plan of several: the others’ people stay out, and nobody loses the plan they had', async () => {
  const one = await afterAMonth();
  const backup = readBackup(await linesOf(one.tables, one.world.planId));
  const people = new MemoryTable();
  const store = new TablePeopleStore(people);
  const [ann] = await new TablePeopleStore(one.tables.people).readPeople(TENANT);
  if (!ann) throw new Error('nobody there');
  await store.savePerson({
    value: { ...ann, plans: [{ plan: 'another', leads: [], answersFor: [], present: true }] },
    etag: null,
  });
  await restoreBackup({ plans: new MemoryTable(), people }, backup);
  const now = await store.readPerson(TENANT, ann.id);
  expect(now?.value.plans.map(({ plan }) => plan)).toEqual(['another', one.world.planId]);
});

test('a newer Steward’s backup is not restored by an older one', async () => {
  const { tables } = await afterAMonth();
  const backup = readBackup(await linesOf(tables));
  const elsewhere = { plans: new MemoryTable(), people: new MemoryTable() };
  await expect(restoreBackup(elsewhere, { ...backup, schema: 99 })).rejects.toThrow(/newer Steward/);
});

test('with nothing stored there is nothing to back up, and it says so', async () => {
  await expect(linesOf({ plans: new MemoryTable(), people: new MemoryTable() })).rejects.toThrow(
    'There is no plan to back up.',
  );
});
