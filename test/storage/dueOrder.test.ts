import fc from 'fast-check';
import type { Plan } from '../../src/domain/plan';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TablePlanStore } from '../../src/storage/planStore';
import { CountingTable } from '../fakes/tables';
import { makeWorld } from '../fakes/world';

/** The order of what is due: that it agrees with the list of all plans whatever is done, and what a look costs. */

let template: Plan;
beforeAll(async () => {
  template = await (await makeWorld()).plan();
});

const at = (minute: number): string => new Date(Date.UTC(2023, 8, 1, 9, minute)).toISOString();

async function withPlans(ids: readonly string[], table = new MemoryTable()) {
  const store = new TablePlanStore(table);
  for (const id of ids) await store.createPlan({ ...template, id }, [], []);
  return store;
}

test('gives what comes first, and only bound plans for which something is due', async () => {
  const store = await withPlans(['a', 'b', 'c', 'd']);
  await store.setNextDue('a', at(3));
  await store.setNextDue('b', at(1));
  await store.setNextDue('c', at(2));
  const c = await store.readPlan('c');
  if (c) await store.savePlan({ ...c, value: { ...c.value, binding: null } });
  expect((await store.readDue(10)).map(({ plan, look }) => [plan, look])).toEqual([
    ['b', at(1)],
    ['a', at(3)],
  ]);
  expect(await store.readDue(1)).toHaveLength(1);
  await store.setNextDue('b', null);
  expect((await store.readDue(10)).map(({ plan }) => plan)).toEqual(['a']);
});

test('a plan that is due goes to one, and comes up again when its claim runs out; what was due stays known', async () => {
  const store = await withPlans(['a']);
  await store.setNextDue('a', at(1));
  const [entry] = await store.readDue(1);
  if (!entry) throw new Error('nothing is due');
  const taken = await Promise.all([1, 2, 3, 4].map(() => store.claimDue(entry, at(5))));
  expect(taken.filter(Boolean)).toHaveLength(1);
  expect(await store.readDue(10)).toEqual([{ ...entry, look: at(5) }]);
  expect((await store.readEntry('a'))?.nextDue).toBe(at(1));
});

test('who is woken while claimed is due at once', async () => {
  const store = await withPlans(['a']);
  await store.setNextDue('a', at(1));
  const [entry] = await store.readDue(1);
  if (entry) await store.claimDue(entry, at(9));
  await store.setNextDue('a', at(2));
  expect((await store.readDue(10)).map(({ look }) => look)).toEqual([at(2)]);
});

test('a plan is stuck until a pass goes through; a nudge does not change that', async () => {
  const store = await withPlans(['a']);
  await store.setStuck('a', { at: at(1), reason: 'storage said no' });
  await store.setNextDue('a', at(2));
  expect((await store.readEntry('a'))?.stuck).toEqual({ at: at(1), reason: 'storage said no' });
  await store.finishPass('a', at(3));
  expect((await store.readEntry('a'))?.stuck).toBeNull();
});

test('a plan that is stuck is looked at soon, however far off its next step is', async () => {
  const store = await withPlans(['a']);
  await store.finishPass('a', at(50));
  expect(await store.setStuck('a', { at: at(1), reason: 'storage said no' }, at(5))).toBe(true);
  expect(await store.readDue(10)).toMatchObject([{ plan: 'a', look: at(5), nextDue: at(50) }]);
});

test('whatever is done by several at once, the order and the list agree', async () => {
  const ids = ['a', 'b', 'c'];
  const step = fc.record({
    plan: fc.constantFrom(...ids),
    what: fc.constantFrom('due', 'never', 'claim', 'bind', 'unbind', 'finish'),
    minute: fc.nat(50),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 8 }), async (rounds) => {
      const store = await withPlans(ids);
      const act = async ({ plan, what, minute }: { plan: string; what: string; minute: number }) => {
        if (what === 'due') return store.setNextDue(plan, at(minute));
        if (what === 'never') return store.setNextDue(plan, null);
        if (what === 'finish') return store.finishPass(plan, at(minute));
        const [entry] = (await store.readDue(10)).filter((one) => one.plan === plan);
        if (what === 'claim') return entry ? store.claimDue(entry, at(minute)) : null;
        const row = await store.readPlan(plan);
        const binding = what === 'bind' ? template.binding : null;
        return row ? store.savePlan({ ...row, value: { ...row.value, binding } }).catch(() => null) : null;
      };
      for (const round of rounds) await Promise.all(round.map(act));
      const due = await store.readDue(100);
      const listed = (await store.listPlans()).filter(({ bound, nextDue }) => bound && nextDue !== null);
      expect(due.map(({ plan }) => plan).sort()).toEqual(listed.map(({ id }) => id).sort());
      for (const { plan, nextDue } of due)
        expect(nextDue).toBe(listed.find(({ id }) => id === plan)?.nextDue);
    }),
    { numRuns: 60 },
  );
});

test('a look costs one query, however many plans there are', async () => {
  const table = new MemoryTable();
  const ids = Array.from({ length: 500 }, (_, n) => `plan-${n}`);
  const store = await withPlans(ids, table);
  for (const [n, id] of ids.entries()) await store.setNextDue(id, at(n));
  const counting = new CountingTable(table);
  expect(await new TablePlanStore(counting).readDue(64)).toHaveLength(64);
  expect(counting.calls).toHaveLength(1);
});
