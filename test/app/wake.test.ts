import { openCycle } from '../../src/app/openCycle';
import type { MonthStore } from '../../src/app/ports';
import { makeWorld, SEPTEMBER } from '../fakes/world';

test('an instance that looks just before the month is written does not put it off', async () => {
  const world = await makeWorld();
  const other = world.instance('other');
  const { months } = world.deps;
  // Between the word to the workers and the write the other instance looks, and finds nothing to do.
  const late: MonthStore = Object.create(months);
  late.openCycle = async (plan, cycle) => {
    await world.advance(other);
    await months.openCycle(plan, cycle);
  };
  const opened = await openCycle({ ...world.deps, months: late }, world.planId, SEPTEMBER, 'Olive Officer');
  expect(opened.outcome).toBe('opened');
  const entry = (await world.deps.plans.listPlans()).find(({ id }) => id === world.planId);
  expect(entry?.nextDue).toBe(world.clock.now().toISOString());
});
