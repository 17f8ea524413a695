import { openCycle } from '../../src/app/openCycle';
import type { MonthStore } from '../../src/app/ports';
import { requestPublication } from '../../src/app/publishPosition';
import { type AppWorld, makeWorld, SEPTEMBER } from '../fakes/world';

/** When the plan is due next. */
async function dueOf(world: AppWorld): Promise<string | null | undefined> {
  return (await world.deps.plans.listPlans()).find(({ id }) => id === world.planId)?.nextDue;
}

test('an instance that looks just before a publication is asked for does not put it off', async () => {
  const world = await makeWorld();
  await world.open();
  await world.advance();
  const other = world.instance('other');
  const { months } = world.deps;
  const late: MonthStore = Object.create(months);
  late.saveCycle = async (plan, cycle, messages) => {
    await world.advance(other);
    return months.saveCycle(plan, cycle, messages);
  };
  await requestPublication({ ...world.deps, months: late }, await world.plan(), SEPTEMBER, 'Olive Officer');
  expect(await dueOf(world)).toBe(world.clock.now().toISOString());
});

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
  expect(await dueOf(world)).toBe(world.clock.now().toISOString());
});
