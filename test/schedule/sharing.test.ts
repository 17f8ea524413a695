import type { Deps, WorkQueue } from '../../src/app/ports';
import { makeWorker, PACE, type Pace, type Worker } from '../../src/schedule/worker';
import { MemoryQueue } from '../../src/storage/memoryQueue';
import { type AppWorld, makeWorld, tellNothing } from '../fakes/world';

/** Work that several instances share, that fails, or that is held up: over the queue in memory, which keeps the rules of Azure's. */

const QUICK: Pace = { ...PACE, look: 40, poll: [10, 50], again: 30, beat: 30, stop: 2_000 };

const workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

function workerOf(deps: Deps, pace = QUICK): Worker {
  const worker = makeWorker(deps, tellNothing, pace);
  workers.push(worker);
  return worker;
}

async function until(look: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** More plans beside the world's own, of a tenant: bound, without actions. */
async function addPlans(world: AppWorld, tenant: string, ids: readonly string[]): Promise<void> {
  const plan = await world.plan();
  if (!plan.binding) throw new Error('not bound');
  for (const id of ids) {
    await world.deps.plans.createPlan({ ...plan, id, binding: { ...plan.binding, tenant } }, [], []);
    await world.deps.plans.setNextDue(id, world.clock.now().toISOString());
  }
}

/** An instance that notes which plans it takes the lease of, and is held up where it is told to. */
function noting(
  world: AppWorld,
  name: string,
  hold: (plan: string) => Promise<void> = async () => undefined,
) {
  const deps = world.instance(name);
  const took: string[] = [];
  const { leases } = deps;
  return {
    took,
    deps: {
      ...deps,
      leases: {
        takeLease: async (plan: string, owner: string, seconds: number) => {
          const lease = await leases.takeLease(plan, owner, seconds);
          if (lease && plan !== 'sweep') took.push(plan);
          await hold(plan);
          return lease;
        },
        dropLease: leases.dropLease.bind(leases),
      },
    } satisfies Deps,
  };
}

async function isDone(world: AppWorld, ids: readonly string[]): Promise<boolean> {
  const now = world.clock.now().toISOString();
  const entries = await Promise.all(ids.map((id) => world.deps.plans.readEntry(id)));
  return entries.every((entry) => entry !== null && (entry.nextDue === null || entry.nextDue > now));
}

const names = (prefix: string, n: number) => Array.from({ length: n }, (_, at) => `${prefix}${at}`);

test('two instances share what is due, and every plan is worked on', async () => {
  const world = await makeWorld();
  const ids = names('p', 60);
  await addPlans(world, 'tenant-1', ids);
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
  const [one, two] = [noting(world, 'one', pause), noting(world, 'two', pause)];
  workerOf(one.deps).start();
  workerOf(two.deps).start();
  await until(() => isDone(world, ids));
  expect(one.took.length).toBeGreaterThan(0);
  expect(two.took.length).toBeGreaterThan(0);
});

test('plans of a tenant that hangs fill their own lane alone', async () => {
  const world = await makeWorld();
  const slow = names('slow', 40);
  const quick = names('quick', 3);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const one = noting(world, 'one', async (plan) => (plan.startsWith('slow') ? held : undefined));
  await addPlans(world, 'slow-tenant', slow);
  await addPlans(world, 'tenant-1', quick);
  workerOf(one.deps).start();
  await until(() => isDone(world, quick));
  expect(one.took.filter((plan) => plan.startsWith('slow'))).toHaveLength(8);
  release();
  await until(() => isDone(world, slow));
});

/** An instance whose passes over the world's plan fail while `broken`. */
function failing(world: AppWorld, name: string, queue?: WorkQueue) {
  const state = { broken: true, tries: 0 };
  const deps = world.instance(name);
  const readPlan = deps.plans.readPlan.bind(deps.plans);
  deps.plans.readPlan = async (plan) => {
    if (plan === world.planId && state.broken) {
      state.tries += 1;
      throw new Error('a row that nobody can read');
    }
    return readPlan(plan);
  };
  return { state, deps: queue ? { ...deps, queue } : deps };
}

test('what fails five times is set aside and shown; a command has it tried anew; then all is well', async () => {
  const world = await makeWorld();
  const { state, deps } = failing(world, 'flaky');
  await world.deps.plans.setNextDue(world.planId, world.clock.now().toISOString());
  const worker = workerOf(deps);
  worker.start();
  await until(async () => (await deps.queue.readPoison()).length > 0);
  const entry = await deps.plans.readEntry(world.planId);
  expect(entry?.stuck?.reason).toContain('a row that nobody can read');
  expect(await deps.queue.readPoison()).toMatchObject([{ plan: world.planId, times: 5 }]);
  expect(world.log.lines.filter(({ level }) => level === 'error').map(({ event }) => event)).toEqual([
    'the work on a plan failed again and again; it was set aside',
  ]);
  state.broken = false;
  for (const wake of await deps.queue.takePoison(world.planId)) await deps.queue.wake(wake);
  await until(async () => (await deps.plans.readEntry(world.planId))?.stuck === null);
  expect(await isDone(world, [world.planId])).toBe(true);
});

test('what was set aside is tried when it is asked for, and then is no longer stuck', async () => {
  const world = await makeWorld();
  await world.deps.plans.setStuck(world.planId, { at: '2023-09-01T09:00:00.000Z', reason: 'x' });
  await workerOf(world.deps).advance(world.planId);
  expect((await world.deps.plans.readEntry(world.planId))?.stuck).toBeNull();
});

test('a queue that is out of reach costs time alone', async () => {
  const world = await makeWorld();
  const queue = new MemoryQueue();
  const dead = async () => {
    throw new Error('the queue is out of reach');
  };
  queue.wake = dead;
  queue.receive = dead;
  await world.open();
  workerOf({ ...world.deps, queue }).start();
  await until(async () =>
    (await world.messages('prompt|')).every(({ state }) => state === 'sent' || state === 'unreachable'),
  );
});

test('nudges that come twice, for plans that do not exist, or whose plan another has, do no harm', async () => {
  const world = await makeWorld();
  await world.open();
  const ids = [world.planId, world.planId, 'gone', world.planId];
  for (const plan of ids) await world.deps.queue.wake({ plan, tenant: 'tenant-1' });
  workerOf(world.instance('one')).start();
  workerOf(world.instance('two')).start();
  await until(async () => (await world.messages('prompt|')).every(({ state }) => state !== 'planned'));
  await until(async () => (await world.deps.queue.receive(32, 0)).length === 0);
  const prompts = world.teams.arrived.filter(({ content }) => content.summary.startsWith('prompt|'));
  expect(prompts).toHaveLength(4);
  expect(await world.deps.queue.readPoison()).toEqual([]);
});

test('a process that stops ends between two messages when it must, and others go on at once', async () => {
  const world = await makeWorld();
  await world.open();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { sendToChat } = world.teams;
  let sending = 0;
  world.teams.sendToChat = async (...send) => {
    sending += 1;
    await held;
    return sendToChat.apply(world.teams, send);
  };
  const stopping = workerOf(world.instance('stopping'), { ...QUICK, stop: 100 });
  const pass = stopping.advance(world.planId);
  await until(() => sending > 0);
  await stopping.stop();
  expect(await world.deps.queue.receive(1, 0)).toMatchObject([{ plan: world.planId }]);
  release();
  await pass;
  await workerOf(world.instance('next')).advance(world.planId);
  const prompts = world.teams.arrived.filter(({ content }) => content.summary.startsWith('prompt|'));
  expect(new Set(prompts.map(({ to }) => to)).size).toBe(prompts.length);
  expect(prompts).toHaveLength(4);
});

test('a plan that stays due is told of as an error, once', async () => {
  const world = await makeWorld();
  const { deps } = failing(world, 'flaky');
  await deps.plans.setNextDue(world.planId, '2023-09-01T08:00:00.000Z');
  workerOf(deps).start();
  await until(async () => (await deps.queue.readPoison()).length > 0);
  const overdue = world.log.lines.filter(({ event }) => event === 'what was due for a plan is not done yet');
  expect(overdue).toMatchObject([
    { level: 'error', facts: { plan: world.planId, due: '2023-09-01T08:00:00.000Z' } },
  ]);
});

test('a month that opens late is told of to the programme officer, once, and one on time is not', async () => {
  const world = await makeWorld();
  world.clock.set('2023-09-20T08:10:00Z');
  await world.advance();
  expect(await world.messages('notice|held-up|')).toEqual([]);
  world.clock.set('2023-10-20T10:45:00Z');
  await world.advance();
  await world.advance();
  const told = await world.messages('notice|held-up|');
  expect(told.map(({ key, state }) => [key.split('|').slice(2, 5).join('|'), state])).toContainEqual([
    '2023-10|open|2023-10-20',
    'sent',
  ]);
  expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
});

test('an instance says that it lives, and takes its row away when it stops', async () => {
  const world = await makeWorld();
  const worker = workerOf(world.instance('mine'));
  worker.start();
  await until(async () => (await world.deps.instances.list()).length === 1);
  expect(await world.deps.instances.list()).toMatchObject([{ id: 'mine', working: expect.any(Number) }]);
  await worker.stop();
  expect(await world.deps.instances.list()).toEqual([]);
});
