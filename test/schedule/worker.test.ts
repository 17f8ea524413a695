import { noteTeam } from '../../src/app/noteTeam';
import type { Deps } from '../../src/app/ports';
import { setRetention } from '../../src/app/setKeeping';
import { makeWorker, PACE, type Worker } from '../../src/schedule/worker';
import type { Table } from '../../src/storage/table';
import { HiccupTable } from '../fakes/tables';
import {
  type AppWorld,
  idOf,
  makeUnboundWorld,
  makeWorld,
  SEPTEMBER,
  team,
  tellNothing,
} from '../fakes/world';

const workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

function workerOf(deps: Deps): Worker {
  const worker = makeWorker(deps, tellNothing, PACE);
  workers.push(worker);
  return worker;
}

/** Waits for something that a running worker does by itself; its turns come once a second. */
async function until(look: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function promptsAt(world: AppWorld): number {
  return world.teams.arrived.filter(({ content }) => content.summary.startsWith('prompt|')).length;
}

test('does by itself what is due, and looks again at what was left half-done', async () => {
  const world = await makeWorld();
  await world.open();
  // The list says that nothing is due for weeks, as after a stop at the worst moment.
  await world.deps.plans.setNextDue(world.planId, '2023-12-01T00:00:00.000Z');
  workerOf(world.instance('next')).start();
  await until(() => promptsAt(world) === 4);
});

test('two workers do each thing once', async () => {
  const world = await makeWorld();
  workerOf(world.instance('one')).start();
  workerOf(world.instance('two')).start();
  world.clock.set('2023-09-20T08:00:00Z');
  await until(() => promptsAt(world) === 4);
  expect((await world.deps.months.readCycles(world.planId)).map(({ period }) => period)).toEqual([SEPTEMBER]);
});

test('a nudge while it works is another pass, not a second worker', async () => {
  const world = await makeWorld();
  const worker = workerOf(world.deps);
  await world.open();
  await Promise.all([
    worker.advance(world.planId),
    worker.advance(world.planId),
    worker.advance(world.planId),
  ]);
  expect(promptsAt(world)).toBe(4);
});

test('a plan that another instance has is looked at again, though nothing says that it is due', async () => {
  const world = await makeWorld();
  const worker = workerOf(world.instance('mine'));
  worker.start();
  await until(async () => (await world.deps.plans.listPlans())[0]?.nextDue !== null);
  await world.deps.leases.takeLease(world.planId, 'another', 20);
  await world.open();
  await world.deps.plans.setNextDue(world.planId, '2023-12-01T00:00:00.000Z');
  await worker.advance(world.planId);
  expect(promptsAt(world)).toBe(0);
  await world.deps.leases.dropLease(world.planId, 'another');
  await until(() => promptsAt(world) === 4);
});

test('a pass that fails is made up for, and the nudge is told', async () => {
  const world = await makeWorld();
  const tables: HiccupTable[] = [];
  const wrap = (table: Table): Table => {
    const hiccup = new HiccupTable(table);
    tables.push(hiccup);
    return hiccup;
  };
  const worker = workerOf(world.instance('flaky', wrap));
  worker.start();
  await until(async () => (await world.deps.plans.listPlans())[0]?.nextDue !== null);
  await world.open();
  await world.deps.plans.setNextDue(world.planId, '2023-12-01T00:00:00.000Z');
  for (const table of tables)
    table.failNext(({ verb, rows }) => verb === 'range' && (rows[0] ?? '').startsWith('message|'));
  await expect(worker.advance(world.planId)).rejects.toThrow('storage did not answer');
  await until(() => promptsAt(world) === 4);
});

test('settles teams by itself: one that was added before there was a plan to read its roster for', async () => {
  const world = await makeUnboundWorld();
  world.teams.rosterFails = true;
  const worker = workerOf(world.deps);
  worker.start();
  await noteTeam(world.deps, team(), { id: idOf('Olive Officer'), userId: '29:x', name: 'Olive Officer' });
  await worker.settleTeams();
  expect(await world.deps.people.readNewTeams()).toHaveLength(1);
  world.teams.rosterFails = false;
  await until(() => world.teams.arrivedAt('team-1').length === 1);
  expect(await world.deps.people.readNewTeams()).toEqual([]);
});

test('a plan that no team has loses what it is to keep no longer', async () => {
  const world = await makeUnboundWorld();
  await setRetention(world.deps, await world.plan(), 12);
  expect(await world.deps.plans.readAudit(world.planId, 10)).toHaveLength(1);
  world.clock.advance(400 * 86_400_000);
  workerOf(world.deps).start();
  await until(async () => (await world.deps.plans.readAudit(world.planId, 10)).length === 0);
});

test('somebody who joins while the team is being settled is not lost', async () => {
  const world = await makeUnboundWorld();
  const { readRoster } = world.teams;
  const names = world.teams.roster;
  let reads = 0;
  world.teams.readRoster = async (of) => {
    reads += 1;
    const roster = await readRoster.call(world.teams, of);
    if (reads === 1) {
      // After the roster was read, and before the team is settled, somebody joins: another instance notes it.
      world.teams.roster = [
        ...names,
        { id: 'fay-farmer', userId: '29:fay', name: 'Fay Farmer', email: null },
      ];
      await noteTeam(world.deps, team(), null);
    }
    return roster;
  };
  await noteTeam(world.deps, team(), { id: idOf('Olive Officer'), userId: '29:x', name: 'Olive Officer' });
  const worker = workerOf(world.deps);
  await worker.settleTeams();
  await worker.settleTeams();
  const fay = (await world.deps.plans.readLeads(world.planId)).find(
    ({ value }) => value.lead.key === 'fay farmer',
  );
  expect(fay?.value.person).toBe('fay-farmer');
});

test('stops: what is in flight is finished, nothing more is begun', async () => {
  const world = await makeWorld();
  const worker = workerOf(world.deps);
  worker.start();
  await world.open();
  const pass = worker.advance(world.planId);
  await worker.stop();
  await pass;
  expect(promptsAt(world)).toBe(4);
  expect(await world.deps.leases.takeLease(world.planId, 'another', 20)).not.toBeNull();
});
