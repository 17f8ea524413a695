import { advancePlan } from '../../src/app/advancePlan';
import { closeCycle } from '../../src/app/closeCycle';
import { importPlan } from '../../src/app/importPlan';
import { noteTeam } from '../../src/app/noteTeam';
import { openCycle } from '../../src/app/openCycle';
import type { Caller } from '../../src/app/people';
import type { Composer, Deps, Log, PlanReader, RosterEntry, Stored } from '../../src/app/ports';
import { requestPublication } from '../../src/app/publishPosition';
import { type Reply, type ReplyOutcome, recordUpdate } from '../../src/app/recordUpdate';
import { settleTeam } from '../../src/app/settleTeam';
import type { Answer } from '../../src/domain/checks';
import type { Message } from '../../src/domain/message';
import type { Period } from '../../src/domain/period';
import type { Action, Plan } from '../../src/domain/plan';
import type { UnderstoodAction, UnderstoodPlan } from '../../src/domain/understood';
import { bankHolidaysOf } from '../../src/schedule/bankHolidays';
import { TableDraftStore } from '../../src/storage/draftStore';
import { TableInstanceStore } from '../../src/storage/instanceStore';
import { TableLeaseStore } from '../../src/storage/leaseStore';
import { TableMeasureStore } from '../../src/storage/measureStore';
import { MemoryQueue } from '../../src/storage/memoryQueue';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TableMonthStore } from '../../src/storage/monthStore';
import { TablePeopleStore } from '../../src/storage/peopleStore';
import { TablePlanStore } from '../../src/storage/planStore';
import { TableReadStore } from '../../src/storage/readStore';
import { TableReloadStore } from '../../src/storage/reloadStore';
import { TableRetentionStore } from '../../src/storage/retentionStore';
import type { Table } from '../../src/storage/table';
import { FakeMessenger } from './fakeMessenger';
import { SettableClock } from './settableClock';

/** A world of use cases over tables in memory: a small plan in a team, a clock to set, and Teams as a fake. */

export const TENANT = 'tenant-1';
export const TEAM = 'team-1';
export const SEPTEMBER: Period = '2023-09';
export const OCTOBER: Period = '2023-10';

/** The people of the team, by their first names. All are invented. */
export const PEOPLE = ['Olive Officer', 'Ann Archer', 'Ben Baker', 'Cat Carter', 'Dan Draper', 'Eve Eaton'];

/** The id of somebody by their name. */
export function idOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

export function rosterOf(names: readonly string[]): RosterEntry[] {
  return names.map((name) => ({ id: idOf(name), userId: `29:${idOf(name)}`, name, email: null }));
}

/** A reply's sender. */
export function callerOf(name: string): Caller {
  return {
    tenant: TENANT,
    objectId: idOf(name),
    userId: `29:${idOf(name)}`,
    name,
    serviceUrl: 'https://teams',
  };
}

/** A line of a plan file; everything may be left out. */
export function line(
  ref: string,
  leads: readonly string[],
  more: Partial<UnderstoodAction> = {},
): UnderstoodAction {
  return {
    ref,
    group: ref.split('.')[0] ?? '1',
    title: `Action ${ref}`,
    leads: leads.map((name, at) => ({ name, role: null, kind: at === 0 ? 'lead' : 'co-lead' })),
    planned: null,
    revised: null,
    status: { text: 'A', key: 'amber' },
    percent: 50,
    narrative: 'It is under way.',
    barriers: '',
    see: [],
    ...more,
  };
}

/**
 * Eight lines: a shared one, one without leads (its group's then), a delivered one, a cross-reference, and one whose lead is
 * in nobody's team.
 */
export const LINES: readonly UnderstoodAction[] = [
  line('1.1', ['Ann Archer']),
  line('1.2', ['Ann Archer', 'Ben Baker']),
  line('1.3', []),
  line('2.1', ['Ben Baker'], { status: { text: 'G', key: 'green' }, percent: 70 }),
  line('2.2', ['Cat Carter'], { status: { text: 'B', key: 'blue' }, percent: 100 }),
  line('2.3', ['Cat Carter'], { status: { text: '', key: null }, percent: null, see: ['2.1'] }),
  line('3.1', ['Fay Farmer']),
  line('3.2', ['Dan Draper'], { status: { text: 'R', key: 'red' }, percent: 10 }),
];

export function understood(
  actions: readonly UnderstoodAction[] = LINES,
  groupLeads: readonly string[] = ['Eve Eaton'],
): UnderstoodPlan {
  const refs = [...new Set(actions.map(({ group }) => group))];
  return {
    plan: { title: 'A plan', asOf: '2023-08' },
    groups: refs.map((ref) => ({
      ref,
      title: `Group ${ref}`,
      leads: ref === '1' ? groupLeads.map((name) => ({ name, role: null })) : [],
    })),
    actions,
    measures: [],
    people: [],
    problems: [],
  };
}

/** What the log was told, as data. */
export class KeptLog implements Log {
  readonly lines: { readonly level: string; readonly event: string; readonly facts: unknown }[] = [];
  info(facts: Readonly<Record<string, unknown>>, event: string): void {
    this.lines.push({ level: 'info', event, facts });
  }
  warn(facts: Readonly<Record<string, unknown>>, event: string): void {
    this.lines.push({ level: 'warn', event, facts });
  }
  error(facts: Readonly<Record<string, unknown>>, event: string): void {
    this.lines.push({ level: 'error', event, facts });
  }
}

/** Says of each message what it is: enough to tell them apart where they arrive. */
const plainComposer: Composer = {
  compose: async (_plan, message) => ({ summary: message.key, text: message.kind }),
};

/** Files are read where they are tested: use cases get what was understood. */
const noReader: PlanReader = {
  readFile: () => Promise.reject(new Error('no file is read here')),
  readText: () => Promise.reject(new Error('no text is read here')),
};

export interface WorldOptions {
  /** Where everything is kept, instead of in memory. */
  readonly tables?: { readonly plans: Table; readonly people: Table };
  readonly now?: string;
  readonly lines?: readonly UnderstoodAction[];
  readonly groupLeads?: readonly string[];
  /** What the plan's file says beside actions: measures, business as usual. */
  readonly more?: Partial<UnderstoodPlan>;
  readonly people?: readonly string[];
  readonly composer?: Composer;
  /** Wraps the two tables: to count, to crash. */
  readonly wrap?: (table: Table) => Table;
  readonly calendar?: Partial<Plan['calendar']>;
}

/** Everything that a test of use cases works with. */
export interface AppWorld {
  readonly deps: Deps;
  readonly clock: SettableClock;
  readonly teams: FakeMessenger;
  readonly log: KeptLog;
  readonly planId: string;
  /** A second process over the same storage. */
  instance(name: string, wrap?: (table: Table) => Table): Deps;
  plan(): Promise<Plan>;
  action(ref: string): Promise<Stored<Action>>;
  /** Rows of every message of the plan. */
  messages(prefix?: string): Promise<Message[]>;
  message(key: string): Promise<Message>;
  open(period?: Period, by?: string): ReturnType<typeof openCycle>;
  advance(deps?: Deps): Promise<boolean>;
  reply(
    name: string,
    ref: string,
    said?: Partial<Answer> | 'no-change',
    more?: Partial<Reply>,
  ): Promise<ReplyOutcome>;
  close(period?: Period, by?: string): ReturnType<typeof closeCycle>;
  publish(period?: Period): ReturnType<typeof requestPublication>;
  /** The roster is read again, as after people joined or left. */
  rosterChanges(names: readonly string[]): Promise<void>;
}

/** Loads the plan, binds it to the team and settles everything, at 10:00 on Friday 1 September 2023 unless told otherwise. */
export async function makeWorld(options: WorldOptions = {}): Promise<AppWorld> {
  const world = await makeUnboundWorld(options);
  await noteTeam(world.deps, team(), { id: idOf('Olive Officer'), userId: '29:x', name: 'Olive Officer' });
  await world.rosterChanges(options.people ?? PEOPLE);
  if (options.calendar) {
    const plan = await world.deps.plans.readPlan(world.planId);
    if (plan)
      await world.deps.plans.savePlan({
        ...plan,
        value: { ...plan.value, calendar: { ...plan.value.calendar, ...options.calendar } },
      });
  }
  await world.advance();
  return world;
}

/** The team that the plan lives in, as an activity names it. */
export function team(id = TEAM, tenant = TENANT) {
  return { tenant, id, name: 'Improvement Board', serviceUrl: 'https://teams' };
}

/** Loads the plan only. */
export async function makeUnboundWorld(options: WorldOptions = {}): Promise<AppWorld> {
  const clock = new SettableClock(options.now ?? '2023-09-01T09:00:00Z');
  const teams = new FakeMessenger(rosterOf(options.people ?? PEOPLE));
  const log = new KeptLog();
  const plansTable = options.tables?.plans ?? new MemoryTable();
  const peopleTable = options.tables?.people ?? new MemoryTable();
  const queue = new MemoryQueue();
  let ids = 0;
  const makeId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const instance = (name: string, wrap: (table: Table) => Table = (table) => table): Deps => ({
    plans: new TablePlanStore(wrap(plansTable)),
    months: new TableMonthStore(wrap(plansTable)),
    measures: new TableMeasureStore(wrap(plansTable)),
    people: new TablePeopleStore(wrap(peopleTable)),
    leases: new TableLeaseStore(wrap(plansTable), () => clock.realNow()),
    queue,
    instances: new TableInstanceStore(wrap(plansTable)),
    drafts: new TableDraftStore(wrap(plansTable)),
    reloads: new TableReloadStore(wrap(plansTable)),
    retention: new TableRetentionStore(wrap(plansTable)),
    reads: new TableReadStore(wrap(plansTable)),
    reader: noReader,
    messenger: teams,
    composer: options.composer ?? plainComposer,
    clock,
    isBankHoliday: bankHolidaysOf('England'),
    makeId,
    log,
    instance: name,
  });
  const deps = instance('first', options.wrap);
  const loaded = await importPlan(
    deps,
    { ...understood(options.lines, options.groupLeads), ...options.more },
    null,
  );
  if (loaded.outcome !== 'loaded') throw new Error('the plan was refused');
  const planId = loaded.plan.id;

  const plan = async (): Promise<Plan> => {
    const found = await deps.plans.readPlan(planId);
    if (!found) throw new Error('the plan is gone');
    return found.value;
  };
  const action = async (ref: string): Promise<Stored<Action>> => {
    const id = (await deps.plans.readActions(planId)).find((one) => one.ref === ref)?.id ?? '';
    const found = await deps.plans.readAction(planId, id);
    if (!found) throw new Error(`there is no ${ref}`);
    return found;
  };
  const messages = async (prefix = ''): Promise<Message[]> =>
    (await deps.months.readMessages(planId, prefix)).map(({ value }) => value);

  return {
    deps,
    clock,
    teams,
    log,
    planId,
    instance,
    plan,
    action,
    messages,
    message: async (key) => {
      const found = await deps.months.readMessage(planId, key);
      if (!found) throw new Error(`there is no message ${key}`);
      return found.value;
    },
    open: (period = SEPTEMBER, by = 'Olive Officer') => openCycle(deps, planId, period, by),
    advance: (on = deps) => advancePlan(on, planId),
    reply: async (name, ref, said = {}, more = {}) => {
      const { value } = await action(ref);
      return recordUpdate(deps, callerOf(name), {
        plan: planId,
        period: SEPTEMBER,
        action: value.id,
        version: value.version,
        said: said === 'no-change' ? said : answer(said),
        unread: [],
        anyway: true,
        chat: `chat-${idOf(name)}`,
        ...more,
      });
    },
    close: async (period = SEPTEMBER, by = idOf('Olive Officer')) =>
      closeCycle(deps, await plan(), period, by),
    publish: async (period = SEPTEMBER) => requestPublication(deps, await plan(), period, 'Olive Officer'),
    rosterChanges: async (names) => {
      teams.roster = rosterOf(names);
      await noteTeam(deps, team(), null);
      for (const found of await deps.people.readNewTeams()) await settleTeam(deps, found.value, tellNothing);
    },
  };
}

/** An answer that is accepted as it is. */
export function answer(said: Partial<Answer> = {}): Answer {
  return {
    percent: 60,
    status: 'amber',
    narrative: 'Two of the three parts are done.',
    revised: null,
    barriers: '',
    ask: '',
    ...said,
  };
}

export function tellNothing() {
  return { summary: 'told', text: 'told' };
}
