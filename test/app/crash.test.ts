import fc from 'fast-check';
import { advancePlan } from '../../src/app/advancePlan';
import { closeCycle } from '../../src/app/closeCycle';
import { noteTeam } from '../../src/app/noteTeam';
import { openCycle } from '../../src/app/openCycle';
import type { Deps } from '../../src/app/ports';
import { requestPublication } from '../../src/app/publishPosition';
import { recordUpdate } from '../../src/app/recordUpdate';
import { settleLead } from '../../src/app/settleLead';
import { settleTeam } from '../../src/app/settleTeam';
import { publishedPosition } from '../../src/app/viewPosition';
import type { Period } from '../../src/domain/period';
import type { Position } from '../../src/domain/position';
import { promptKey, promptsDue } from '../../src/domain/prompt';
import { scaleAt } from '../../src/domain/status';
import type { Update } from '../../src/domain/update';
import { Crash, CrashingTable, CrashPlan } from '../fakes/tables';
import {
  type AppWorld,
  answer,
  callerOf,
  idOf,
  LINES,
  makeUnboundWorld,
  makeWorld,
  OCTOBER,
  PEOPLE,
  rosterOf,
  SEPTEMBER,
  team,
  tellNothing,
} from '../fakes/world';
import { figureCounts } from './figures';

/** A month lived through while the process dies between any two writes: what was promised holds all the same. */

type Deed =
  | { readonly deed: 'open' | 'close' | 'publish'; readonly later: boolean }
  | {
      readonly deed: 'reply';
      readonly who: number;
      readonly ref: number;
      readonly percent: number;
      readonly stale: boolean;
    }
  | { readonly deed: 'noChange'; readonly who: number; readonly ref: number }
  | { readonly deed: 'crash'; readonly at: number; readonly afterwards: boolean }
  | { readonly deed: 'advance' }
  | { readonly deed: 'wait'; readonly days: number }
  | { readonly deed: 'settle'; readonly nobody: boolean }
  | { readonly deed: 'roster'; readonly without: number };

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      deed: fc.constantFrom('open' as const, 'close' as const, 'publish' as const),
      later: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      deed: fc.constant('reply' as const),
      who: fc.nat(PEOPLE.length - 1),
      ref: fc.nat(LINES.length - 1),
      percent: fc.integer({ min: 0, max: 99 }),
      stale: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      deed: fc.constant('noChange' as const),
      who: fc.nat(PEOPLE.length - 1),
      ref: fc.nat(LINES.length - 1),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      deed: fc.constant('crash' as const),
      at: fc.integer({ min: 1, max: 14 }),
      afterwards: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ deed: fc.constant('advance' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ deed: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 12 }) }),
  },
  { weight: 1, arbitrary: fc.record({ deed: fc.constant('settle' as const), nobody: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ deed: fc.constant('roster' as const), without: fc.nat(PEOPLE.length * 2) }),
  },
);

/** A world whose process can die, and what it has promised so far. */
interface Life {
  readonly world: AppWorld;
  readonly crash: CrashPlan;
  deps: Deps;
  starts: number;
  /** Replies that were answered with "saved". */
  readonly accepted: { readonly action: string; readonly version: number; readonly by: string }[];
  /** Positions as they were first seen. */
  readonly published: Map<Period, Position>;
  readonly updates: Map<string, Update>;
}

async function begin(): Promise<Life> {
  const world = await makeWorld({ now: '2023-09-18T09:00:00Z' });
  const life: Life = {
    world,
    crash: new CrashPlan(),
    deps: world.deps,
    starts: 0,
    accepted: [],
    published: new Map(),
    updates: new Map(),
  };
  restart(life);
  return life;
}

function restart(life: Life): void {
  life.crash.mend();
  life.starts += 1;
  life.deps = life.world.instance(`process-${life.starts}`, (table) => new CrashingTable(table, life.crash));
  life.world.clock.advance(21_000);
}

async function live(life: Life, deed: Deed): Promise<void> {
  try {
    await perform(life, deed);
  } catch (error) {
    if (!life.crash.crashed) throw error;
  }
  if (life.crash.crashed) restart(life);
}

async function perform(life: Life, deed: Deed): Promise<void> {
  const { deps, world } = life;
  const plan = await world.plan();
  const period = 'later' in deed && deed.later ? OCTOBER : (plan.latest ?? SEPTEMBER);
  switch (deed.deed) {
    case 'crash':
      life.crash.crashAt(deed.at, deed.afterwards);
      return;
    case 'wait':
      world.clock.advance(deed.days * 86_400_000);
      return;
    case 'open':
      await openCycle(deps, plan.id, period, 'Olive Officer');
      return;
    case 'close':
      await closeCycle(deps, plan, period, null);
      return;
    case 'publish':
      await requestPublication(deps, plan, period, 'Olive Officer');
      return;
    case 'advance':
      await advancePlan(deps, plan.id);
      return;
    case 'settle':
      await settleLead(
        deps,
        plan,
        idOf('Olive Officer'),
        'fay farmer',
        deed.nobody ? { kind: 'nobody' } : { kind: 'person', person: idOf('Cat Carter') },
      );
      return;
    case 'roster':
      // The officer stays: without one nobody could say anything any more.
      world.teams.roster = rosterOf(PEOPLE.filter((_, at) => at === 0 || at !== deed.without));
      await noteTeam(deps, team(), null);
      for (const found of await deps.people.readNewTeams()) await settleTeam(deps, found.value, tellNothing);
      return;
    case 'reply':
    case 'noChange': {
      const { value } = await world.action(LINES[deed.ref]?.ref ?? '');
      const name = PEOPLE[deed.who] ?? '';
      const outcome = await recordUpdate(deps, callerOf(name), {
        plan: plan.id,
        period,
        action: value.id,
        version: deed.deed === 'reply' && deed.stale ? Math.max(0, value.version - 1) : value.version,
        said: deed.deed === 'reply' ? answer({ percent: deed.percent }) : 'no-change',
        unread: [],
        anyway: true,
        chat: 'chat',
      });
      if (outcome.outcome === 'saved' && !outcome.repeat)
        life.accepted.push({ action: value.id, version: outcome.action.version, by: idOf(name) });
    }
  }
}

/** What must hold at every moment. */
async function checkAlways(life: Life): Promise<void> {
  const { world } = life;
  const { deps } = world;
  for (const action of await deps.plans.readActions(world.planId)) {
    const updates = await deps.plans.readUpdates(world.planId, action.id);
    expect(updates.map(({ version }) => version)).toEqual(
      Array.from({ length: action.version }, (_, n) => action.version - n),
    );
    for (const update of updates) {
      const key = `${action.id} ${update.version}`;
      expect(life.updates.get(key) ?? update).toEqual(update);
      life.updates.set(key, update);
    }
    if (updates[0])
      expect({ status: action.status.key, percent: action.percent }).toEqual({
        status: updates[0].after.status,
        percent: updates[0].after.percent,
      });
    for (const { key } of action.leads)
      expect(
        (await deps.plans.readActionsOfLead(world.planId, key)).find(({ id }) => id === action.id),
      ).toEqual(action);
  }
  for (const { action, version, by } of life.accepted)
    expect((await deps.plans.readUpdate(world.planId, action, version))?.by.id).toBe(by);
  const arrivals = world.teams.arrived.map(({ to, content }) => `${to} ${content.summary}`);
  expect(arrivals.filter((arrival, at) => arrivals.indexOf(arrival) !== at)).toEqual([]);
  const plan = await world.plan();
  for (const position of await deps.months.readPositions(world.planId)) {
    const first = life.published.get(position.period);
    if (first) expect(position).toEqual(first);
    life.published.set(position.period, position);
    const view = await publishedPosition(deps, plan, position.period);
    const counted = figureCounts(position);
    expect(Object.values(counted).reduce((sum, n) => sum + n, 0)).toBe(position.total);
    for (const [key, count] of Object.entries(counted))
      expect(
        [...(view?.actions.values() ?? [])].filter(({ status }) => (status ?? 'none') === key),
      ).toHaveLength(count);
  }
}

/** What must hold once the process has been left alone for a while. */
async function checkInTheEnd(life: Life): Promise<void> {
  const { world } = life;
  restart(life);
  for (const found of await life.deps.people.readNewTeams())
    await settleTeam(life.deps, found.value, tellNothing);
  await advancePlan(life.deps, world.planId);
  await checkAlways(life);
  const plan = await world.plan();
  for (const message of await world.messages())
    expect({ key: message.key, state: message.state }).toEqual({
      key: message.key,
      state: expect.stringMatching(/^(sent|unreachable|unconfirmed|not-needed)$/),
    });
  for (const cycle of await life.deps.months.readCycles(world.planId)) {
    expect(cycle.state).not.toBe('publishing');
    if (cycle.state === 'closed')
      expect((await world.message(`notice|closed|${cycle.period}|${idOf('Olive Officer')}`)).state).toMatch(
        /^(sent|unconfirmed)$/,
      );
    if (cycle.state !== 'published') continue;
    expect(await life.deps.months.readPosition(world.planId, cycle.period)).not.toBeNull();
    expect((await world.message(`post|${cycle.period}`)).state).toMatch(/^(sent|unconfirmed)$/);
  }
  if (!plan.latest) return;
  const cycle = await life.deps.months.readCycle(world.planId, plan.latest);
  if (cycle?.value.state !== 'open') return;
  // Nobody unasked and unlisted: there is a row for everybody who is to be asked now, with all that they are to be asked about.
  // What was answered meanwhile (a delivered action that the officer has brought back) need not be asked for.
  const actions = await life.deps.plans.readActions(world.planId);
  const due = promptsDue(
    actions.filter(({ updatedIn }) => updatedIn !== plan.latest),
    (await life.deps.plans.readLeads(world.planId)).map(({ value }) => value),
    scaleAt(plan.scales, plan.latest),
  );
  for (const prompt of due) {
    const row = await world.message(promptKey(plan.latest, prompt));
    expect(row.actions).toEqual(expect.arrayContaining([...prompt.actions]));
    // And whoever was asked may answer.
    if (!prompt.person) continue;
    const person = await life.deps.people.readPerson('tenant-1', prompt.person);
    const mine = person?.value.plans.flatMap(({ leads, answersFor }) => [...leads, ...answersFor]);
    expect(mine).toEqual(expect.arrayContaining([...prompt.leads]));
  }
}

test('whatever happens in whatever order, and wherever the process dies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deeds, { minLength: 5, maxLength: 28 }), async (sequence) => {
      const life = await begin();
      for (const deed of sequence) {
        await live(life, deed);
        await checkAlways(life);
      }
      await checkInTheEnd(life);
    }),
    { numRuns: 80 },
  );
}, 120_000);

test('a death at every single write of a month, before it is kept or after, and the month completes', async () => {
  const month: Deed[] = [
    { deed: 'open', later: false },
    { deed: 'advance' },
    { deed: 'settle', nobody: false },
    { deed: 'advance' },
    { deed: 'reply', who: 1, ref: 0, percent: 77, stale: false },
    { deed: 'noChange', who: 2, ref: 1 },
    { deed: 'roster', without: 3 },
    { deed: 'wait', days: 8 },
    { deed: 'advance' },
    { deed: 'close', later: false },
    { deed: 'publish', later: false },
    { deed: 'advance' },
  ];
  for (const afterwards of [false, true]) {
    for (let at = 1; ; at += 1) {
      const life = await begin();
      life.crash.crashAt(at, afterwards);
      const starts = life.starts;
      for (const deed of month) await live(life, deed);
      const died = life.starts > starts;
      // As people do: who got no answer says it again.
      for (const deed of month.filter((one) => one.deed === 'open' || one.deed === 'publish'))
        await live(life, deed);
      await checkInTheEnd(life);
      expect((await life.deps.months.readCycle(life.world.planId, SEPTEMBER))?.value.state).toBe('published');
      if (!died) break;
      expect(at).toBeLessThan(400);
    }
  }
}, 120_000);

test.each<[string, Deed]>([
  ['settling a name', { deed: 'settle', nobody: false }],
  ['settling a name as nobody’s', { deed: 'settle', nobody: true }],
  ['closing', { deed: 'close', later: false }],
])('a death at every single write of %s in an open month: nobody is left out', async (_what, deed) => {
  for (const afterwards of [false, true]) {
    for (let at = 1; ; at += 1) {
      const life = await begin();
      await live(life, { deed: 'open', later: false });
      await live(life, { deed: 'advance' });
      life.crash.crashAt(at, afterwards);
      const starts = life.starts;
      await live(life, deed);
      await checkInTheEnd(life);
      if (life.starts === starts + 1) break;
      expect(at).toBeLessThan(100);
    }
  }
});

test('a death at every single write of the first settling of a team: it is bound, greeted once, and its months come', async () => {
  for (const afterwards of [false, true]) {
    for (let at = 1; ; at += 1) {
      const world = await makeUnboundWorld();
      const crash = new CrashPlan();
      const deps = world.instance('first', (table) => new CrashingTable(table, crash));
      crash.crashAt(at, afterwards);
      const olive = { id: idOf('Olive Officer'), userId: '29:x', name: 'Olive Officer' };
      const settle = async (on: Deps) => {
        await noteTeam(on, team(), olive);
        for (const found of await on.people.readNewTeams()) await settleTeam(on, found.value, tellNothing);
        await advancePlan(on, world.planId);
      };
      await settle(deps).catch((error: unknown) => {
        if (!(error instanceof Crash)) throw error;
      });
      const died = crash.crashed;
      world.clock.advance(21_000);
      const next = world.instance('next');
      // Teams tells of one event twice.
      await settle(next);
      const [entry] = await next.plans.listPlans();
      expect(entry).toMatchObject({ bound: true, tenant: 'tenant-1' });
      expect(await next.people.readNewTeams()).toEqual([]);
      expect(world.teams.arrivedAt('team-1').length).toBeLessThanOrEqual(1);
      expect((await world.plan()).officers).toEqual([olive.id]);
      world.clock.set('2023-09-20T08:00:00Z');
      await advancePlan(next, world.planId);
      for (const to of ['ann-archer', 'ben-baker', 'dan-draper', 'eve-eaton'])
        expect(world.teams.arrivedAt(to)).toHaveLength(1);
      if (!died) break;
      expect(at).toBeLessThan(200);
    }
  }
}, 60_000);
