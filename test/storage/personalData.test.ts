import fc from 'fast-check';
import { currentPosition } from '../../src/app/viewPosition';
import { TableLeaseStore } from '../../src/storage/leaseStore';
import { erasePerson, type Kept, PlanBusy, readPersonalData } from '../../src/storage/personalData';
import type { Table } from '../../src/storage/table';
import { figureCounts } from '../app/figures';
import { idOf, OCTOBER, SEPTEMBER, TENANT } from '../fakes/world';
import { publishedMonth } from './storedWorld';

/** A published month in which Ann answered, and spoke of herself. */
async function afterAMonth() {
  const { world, tables } = await publishedMonth(async (made) => {
    const narrative = 'ANN  Archer met the schools; Archer Road is open.';
    await made.reply('Ann Archer', '1.1', { narrative });
    await made.reply('Ann Archer', '1.2', { narrative: 'Two teams left.' });
  });
  const ann = await world.deps.people.readPerson(TENANT, idOf('Ann Archer'));
  if (!ann) throw new Error('Ann is gone');
  const leases = new TableLeaseStore(tables.plans, () => world.clock.realNow());
  const kept: Kept = { ...tables, leases };
  return { world, kept, ann: ann.value };
}

/** Every character that is stored. */
async function everything({ plans, people }: Kept, plan: string): Promise<string> {
  const rows = [...(await plans.range(plan, '', '~')), ...(await people.range(TENANT, '', '~'))];
  return JSON.stringify(rows.map(({ row, cells }) => [row, cells]));
}

test('all that is kept of a person is found: what they said, were asked and lead, and where they are reached', async () => {
  const { kept, ann } = await afterAMonth();
  const rows = (await readPersonalData(kept, ann)).map(({ row }) => row.split('|')[0] ?? '');
  expect(new Set(rows)).toEqual(
    new Set(
      ['action', 'lead', 'message', 'snapshot', 'update', 'who', 'person', 'user', 'position'].filter(
        (kind) => rows.includes(kind),
      ),
    ),
  );
  for (const kind of ['action', 'lead', 'message', 'snapshot', 'update', 'who', 'person', 'user'])
    expect(rows).toContain(kind);
});

test('once erased, neither name nor id nor address stands anywhere, and the figures are as they were', async () => {
  const { world, kept, ann } = await afterAMonth();
  const figures = async () => ({
    now: figureCounts((await currentPosition(world.deps, await world.plan(), OCTOBER)).position),
    published: (await world.deps.months.readPosition(world.planId, SEPTEMBER))?.figures,
    updates: (await world.deps.plans.readUpdates(world.planId, (await world.action('1.1')).value.id)).length,
  });
  const before = await figures();
  const erasure = await erasePerson(kept, ann, 'Former lead 3F2A');
  const text = await everything(kept, world.planId);
  expect(/ann\s+archer/i.test(text)).toBe(false);
  for (const mark of [ann.id, ann.userId, ann.email, ann.conversation])
    if (mark) expect(text.toLowerCase().includes(mark.toLowerCase())).toBe(false);
  expect(text.includes('Former lead 3F2A met the schools')).toBe(true);
  expect(await figures()).toEqual(before);
  expect((await world.action('1.2')).value.leads.map(({ name }) => name)).toEqual([
    'Former lead 3F2A',
    'Ben Baker',
  ]);
  // A surname alone may be a road: it is left for a person to look at.
  expect(erasure.toLookAt.length).toBeGreaterThan(0);
});

test('the month goes on: Ben still answers for what he shared with her', async () => {
  const { world, kept, ann } = await afterAMonth();
  await erasePerson(kept, ann, 'Former lead 3F2A');
  await world.open(OCTOBER);
  await world.advance();
  const outcome = await world.reply('Ben Baker', '1.2', { narrative: 'One team left.' }, { period: OCTOBER });
  expect(outcome.outcome).toBe('saved');
});

test('stopped anywhere and done again, it ends with one alias', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 25 }), async (stopAt) => {
      const { world, kept, ann } = await afterAMonth();
      let left = stopAt;
      const stopping: Table = {
        read: (partition, row) => kept.plans.read(partition, row),
        range: (partition, from, below, limit) => kept.plans.range(partition, from, below, limit),
        write: (partition, writes) => {
          left -= 1;
          if (left === 0) throw new Error('stopped');
          return kept.plans.write(partition, writes);
        },
      };
      await erasePerson({ ...kept, plans: stopping }, ann, 'Former lead 1111').catch(() => {});
      await erasePerson(kept, ann, 'Former lead 2222');
      const text = await everything(kept, world.planId);
      expect([/ann\s+archer/i.test(text), text.includes('Former lead 2222')]).toEqual([false, false]);
    }),
    { numRuns: 6 },
  );
});

test('a plan that is being worked on is left alone, and it says so', async () => {
  const { world, kept, ann } = await afterAMonth();
  await world.deps.leases.takeLease(world.planId, 'another instance', 60);
  await expect(erasePerson(kept, ann, 'Former lead 3F2A')).rejects.toThrow(PlanBusy);
  expect((await everything(kept, world.planId)).includes('Ann Archer')).toBe(true);
});
