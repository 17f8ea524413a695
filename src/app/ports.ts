import type { AuditEntry } from '../domain/audit';
import type { Member } from '../domain/authority';
import type { IsBankHoliday } from '../domain/calendar';
import type { Cycle } from '../domain/cycle';
import type { Draft, DraftContent } from '../domain/draft';
import type { Measure, Reading } from '../domain/measure';
import type { Delivery, Message, Unreachable } from '../domain/message';
import type { Period } from '../domain/period';
import type { Action, LeadKey, Plan } from '../domain/plan';
import type { GroupReport, GroupReturn, PlanDetail } from '../domain/planDetail';
import type { EarlierTotals, Position, Snapshot } from '../domain/position';
import type { LeadRecord } from '../domain/prompt';
import type { ReadEntry } from '../domain/readEntry';
import type { Reload, ReloadWork } from '../domain/reloadWork';
import type { Thinned } from '../domain/retention';
import type { FullPlan } from '../domain/understood';
import type { Update } from '../domain/update';

/**
 * What the use cases need of the world. Each is implemented in one folder (`storage/`, `teams/`) and once more as a fake
 * or over a table in memory; one contract suite runs against both.
 */

/** A stored value with the mark that tells whether it changed since it was read. */
export interface Stored<T> {
  readonly value: T;
  readonly etag: string;
}

/** Somebody else wrote first: read again and decide again. Nothing was written. Every `save…` may throw it. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  constructor(
    /** What was being written, for the log. */
    readonly partition: string,
    readonly row: string,
    options?: ErrorOptions,
  ) {
    super(`row ${row} of ${partition} was changed or made by somebody else`, options);
  }
}

/** A plan as the list of all plans shows it. */
export interface PlanEntry {
  readonly id: string;
  readonly title: string;
  /** The tenant that it is bound to, or reserved for; null for none. */
  readonly tenant: string | null;
  readonly bound: boolean;
  readonly loadedAt: string;
  /** When something is due for it next (UTC ISO, by the plan's clock); null for never. */
  readonly nextDue: string | null;
  /** What its work has failed with again and again, until a pass succeeds or a command says to try anew; null when all is well. */
  readonly stuck: Stuck | null;
}

/** Why the work on a plan was set aside. */
export interface Stuck {
  /** Real time (UTC ISO). */
  readonly at: string;
  /** What failed, in the words of the log. */
  readonly reason: string;
}

/** A plan's place in the order of what is due. */
export interface DueEntry {
  readonly plan: string;
  readonly tenant: string;
  /** When it is to be looked at (UTC ISO, by the plan's clock): while somebody works on it, when others would look after it. */
  readonly look: string;
  /** When what is due became due, or will. */
  readonly nextDue: string;
}

/**
 * A change of who does what, and all that must not be lost with it, in one transaction of at most 100 rows: either everything of it is
 * stored or nothing.
 */
export interface Change {
  readonly audit: readonly AuditEntry[];
  /** Actions that go from lead to lead: their rows and those of the index of "my actions". */
  readonly moves?: readonly Move[];
  /** What is asked for beside actions and goes from lead to lead. */
  readonly measures?: readonly Replaced<Measure>[];
  readonly reports?: readonly Replaced<GroupReport>[];
  /** Actions that the plan did not have, each as it stood when it came; a {@link Conflict} when one is there by now. */
  readonly added?: readonly { readonly action: Action; readonly snapshot: Snapshot }[];
  /** What is said of actions by the same change; a {@link Conflict} when one of that version is there already. */
  readonly updates?: readonly Update[];
  readonly leads?: readonly Stored<LeadRecord>[];
  /** Leads that the plan did not have; a {@link Conflict} when it does by now. */
  readonly newLeads?: readonly LeadRecord[];
  /** A month that has to be looked at anew, since others are to be asked. */
  readonly cycle?: Stored<Cycle> | null;
  /** New messages; a {@link Conflict} when one of them is there already. */
  readonly messages?: readonly Message[];
}

/** A row as it was read, and as it is to be. */
export interface Replaced<T> {
  readonly before: Stored<T>;
  readonly after: T;
}

/** An action that changes hands. Its version stays where nothing was said of it. */
export type Move = Replaced<Action>;

/** What a plan has beside its actions. */
export interface PlanParts {
  readonly detail: PlanDetail;
  readonly measures: readonly Measure[];
  /** The file's own readings, of one measure and time one. */
  readonly readings: readonly Reading[];
  readonly reports: readonly GroupReport[];
}

/** Plans, their actions, leads and updates. */
export interface PlanStore {
  /** Every plan that was loaded whole, oldest first. */
  listPlans(): Promise<PlanEntry[]>;
  readPlan(plan: string): Promise<Stored<Plan> | null>;
  /** Stores a new plan with its actions and leads: seen by others when the last row is written, or not at all. */
  createPlan(
    plan: Plan,
    actions: readonly Action[],
    leads: readonly LeadRecord[],
    parts?: PlanParts,
  ): Promise<void>;
  /** Saves the plan's own row, with lines of the audit in the same transaction. */
  savePlan(plan: Stored<Plan>, audit?: readonly AuditEntry[]): Promise<Stored<Plan>>;
  /** A plan's line in the list of all plans. One point read. */
  readEntry(plan: string): Promise<PlanEntry | null>;
  /** Says when something is due for the plan next, and so when a worker should look at it. */
  setNextDue(plan: string, nextDue: string | null): Promise<void>;
  /** The same, when the plan was gone through whole: it is stuck no more. */
  finishPass(plan: string, nextDue: string | null): Promise<void>;
  /** The bound plans to be looked at next, earliest first, at most `limit`, those of the future too. One query, however many plans there are. */
  readDue(limit: number): Promise<DueEntry[]>;
  /** Takes what is due in hand: others look at the plan at `until` only, unless it is done by then. False when somebody else was first. */
  claimDue(entry: DueEntry, until: string): Promise<boolean>;
  /**
   * Notes that the work on a plan was set aside, or (null) that it goes on; with the time (UTC ISO, by the plan's clock) at which somebody is to
   * look at it, due or not. False when it was set aside before.
   */
  setStuck(plan: string, stuck: Stuck | null, lookBy?: string | null): Promise<boolean>;

  readAction(plan: string, action: string): Promise<Stored<Action> | null>;
  /** Every action of the plan, in ref order; those that have left it are not among them. One query for each thousand. */
  readActions(plan: string): Promise<Action[]>;
  /** As {@link PlanStore.readActions}, with those that have left. */
  readEveryAction(plan: string): Promise<Action[]>;
  /** The actions that a month asks this lead about, live or not, in ref order. One query. */
  readActionsOfLead(plan: string, lead: LeadKey): Promise<Action[]>;
  /** Commits a reply whole: the action, its update and the lead's index (and lines of the audit), in one transaction. */
  saveUpdate(
    plan: string,
    before: Stored<Action>,
    after: Action,
    update: Update,
    audit?: readonly AuditEntry[],
  ): Promise<void>;
  readUpdate(plan: string, action: string, version: number): Promise<Update | null>;
  /** Every update of an action, newest first. */
  readUpdates(plan: string, action: string): Promise<Update[]>;
  /** Every update of the plan, action by action, newest first in each. One query for each thousand. */
  readAllUpdates(plan: string): Promise<Update[]>;

  readLeads(plan: string): Promise<Stored<LeadRecord>[]>;
  saveLead(plan: string, lead: Stored<LeadRecord>): Promise<Stored<LeadRecord>>;
  /** Commits a change of who does what, whole. */
  commitChange(plan: string, change: Change): Promise<void>;

  /** Adds a line to the audit on its own: for what is changed elsewhere than in the plan's partition. */
  addAudit(plan: string, entry: AuditEntry): Promise<void>;
  /** The newest lines of the audit, newest first, at most `limit`. One query for each thousand. */
  readAudit(plan: string, limit: number): Promise<AuditEntry[]>;
}

/** What a plan has beside actions: measures with their readings, what groups report, and what else its file said. */
export interface MeasureStore {
  readDetail(plan: string): Promise<PlanDetail>;
  /** Replaces all of it. Repeated after a stop, it comes to the same. */
  saveDetail(plan: string, detail: PlanDetail): Promise<void>;

  /** Every measure in the plan's own order. One query for each thousand, as for all lists here. */
  readMeasures(plan: string): Promise<Measure[]>;
  readMeasure(plan: string, measure: string): Promise<Stored<Measure> | null>;
  /** Every reading of a measure, or of all of them, in no order that means anything. */
  readReadings(plan: string, measure?: string): Promise<Reading[]>;
  /** Commits a reading whole: the measure and the reading, in one transaction. Readings are never changed. */
  saveReading(plan: string, before: Stored<Measure>, after: Measure, reading: Reading): Promise<void>;
  /** Adds measures (`etag` null: a {@link Conflict} when one is there) and replaces others, and puts a file's readings beside them. */
  saveMeasures(
    plan: string,
    measures: readonly { readonly value: Measure; readonly etag: string | null }[],
    readings?: readonly Reading[],
  ): Promise<void>;

  /** What groups report, by the group's ref. */
  readReports(plan: string): Promise<GroupReport[]>;
  readReport(plan: string, report: string): Promise<Stored<GroupReport> | null>;
  /** Adds reports (`etag` null: a {@link Conflict} when one is there) and replaces others. */
  saveReports(
    plan: string,
    reports: readonly { readonly value: GroupReport; readonly etag: string | null }[],
  ): Promise<void>;
  /** Commits what a group's leads said: the report and the return, in one transaction. Returns are never changed. */
  saveReturn(plan: string, before: Stored<GroupReport>, after: GroupReport, said: GroupReturn): Promise<void>;
  /** Everything that was said for a report, the newest of each period first. */
  readReturns(plan: string, report: string): Promise<GroupReturn[]>;
}

/** The months of a plan: cycles, the messages that went out, positions. */
export interface MonthStore {
  readCycle(plan: string, period: Period): Promise<Stored<Cycle> | null>;
  /** Every month that was opened, oldest first. */
  readCycles(plan: string): Promise<Cycle[]>;
  /** Makes the cycle and points the plan at it, in one transaction; a {@link Conflict} when either was there first. */
  openCycle(plan: Stored<Plan>, cycle: Cycle): Promise<void>;
  /** Saves the cycle and adds new messages beside it, in one transaction; a {@link Conflict} too when one of them is there already. */
  saveCycle(plan: string, cycle: Stored<Cycle>, messages?: readonly Message[]): Promise<Stored<Cycle>>;

  /** Adds those messages that are not there yet; the others are left as they are. */
  addMessages(plan: string, messages: readonly Message[]): Promise<void>;
  readMessage(plan: string, key: string): Promise<Stored<Message> | null>;
  /** The messages whose key begins with `prefix` (which ends in `|`); all of the plan without one. */
  readMessages(plan: string, prefix?: string): Promise<Stored<Message>[]>;
  saveMessage(plan: string, message: Stored<Message>): Promise<Stored<Message>>;

  /** Freezes a position with the snapshots behind it. A second one of the same period is refused with a {@link Conflict}. */
  freezePosition(plan: string, position: Position, snapshots: readonly Snapshot[]): Promise<void>;
  readPosition(plan: string, period: Period): Promise<Position | null>;
  /** Every frozen position, oldest first. */
  readPositions(plan: string): Promise<Position[]>;
  /** Snapshots of a frozen position, or of the plan as it was loaded. */
  readSnapshots(plan: string, period: Period | 'loaded'): Promise<Snapshot[]>;
  /** Totals from before Steward. A later one of the same period replaces the earlier. */
  saveEarlierTotals(plan: string, totals: EarlierTotals): Promise<void>;
  readEarlierTotals(plan: string): Promise<EarlierTotals[]>;
}

/** Plans that were understood from a file and wait to be confirmed. Nobody sees one but whoever sent the file. */
export interface DraftStore {
  /** The draft of a person; null where there is none. One point read. */
  readDraft(tenant: string, person: string): Promise<Stored<Draft> | null>;
  /** What was understood of the file, and what goes with it; null when it was loaded or left, or was not kept whole. */
  readContent(draft: Draft): Promise<DraftContent | null>;
  /** Keeps a draft in the place of the person's earlier one. A stop in between leaves a draft without its content. */
  keepDraft(draft: Draft, content: DraftContent): Promise<void>;
  /** Saves the draft's own row. */
  saveDraft(draft: Stored<Draft>): Promise<Stored<Draft>>;
  /** Throws away what was understood; the draft's own row stays until it expires. */
  dropContent(draft: Draft): Promise<void>;
  /** Throws away every draft that expired by an instant (UTC ISO). */
  dropExpired(before: string): Promise<void>;
}

/** Loads of a file into a plan that is stored: at most one at a time for each plan. */
export interface ReloadStore {
  /** The load that is going on, or the last one; null when there was none. One point read. */
  readReload(plan: string): Promise<Stored<Reload> | null>;
  /** Writes down a load with all its work, before any of it is done; a {@link Conflict} when another began meanwhile. `before` is what was read. */
  startReload(plan: string, before: Stored<Reload> | null, reload: Reload, work: ReloadWork): Promise<void>;
  /** What a load is to do. Throws when it was not written down whole, which a load that began always is. */
  readWork(plan: string, reload: Reload): Promise<ReloadWork>;
  /** Says that a load is done, with its line of the audit, and takes its work away. */
  finishReload(plan: string, reload: Stored<Reload>, audit: AuditEntry): Promise<void>;
}

/** Reads plans from files and from pasted text. Never throws for what it is given: a refusal is a problem of the plan's. */
export interface PlanReader {
  readFile(bytes: Buffer, name: string): Promise<FullPlan>;
  readText(text: string): Promise<FullPlan>;
}

/** What becomes of a row; `before` is the one before it in the order of keys, as it was read. The same value leaves it as it is. */
export type Thinning<T> = (value: T, before: T | null) => T;

/** Takes out what a plan keeps no longer. Each may be stopped anywhere and done again. */
export interface RetentionStore {
  /** How far the plan was thinned out; null where it never was. One point read. */
  readThinned(plan: string): Promise<Thinned | null>;
  saveThinned(plan: string, thinned: Thinned): Promise<void>;
  /** Updates by action, the newest of each first. */
  thinUpdates(plan: string, thin: Thinning<Update>): Promise<void>;
  thinSnapshots(plan: string, of: Period | 'loaded', thin: Thinning<Snapshot>): Promise<void>;
  thinPosition(plan: string, period: Period, thin: Thinning<Position>): Promise<void>;
  thinReadings(plan: string, thin: Thinning<Reading>): Promise<void>;
  thinReturns(plan: string, thin: Thinning<GroupReturn>): Promise<void>;
  dropMessages(plan: string, goes: (message: Message) => boolean): Promise<void>;
  /** Says of a period that its words are gone, at an instant (UTC ISO). Written last. */
  markThinned(plan: string, period: Period, at: string): Promise<void>;
  /** Takes away the lines of the audit, or of who read what, that are old by their time (UTC ISO). */
  dropBefore(plan: string, kind: 'audit' | 'read', isOld: (at: string) => boolean): Promise<void>;
}

/** Who asked for what, where a plan wants it written down. */
export interface ReadStore {
  add(plan: string, entry: ReadEntry): Promise<void>;
  /** The newest first. */
  list(plan: string, limit: number): Promise<ReadEntry[]>;
}

/** One instance at a time works on a plan. */
export interface LeaseStore {
  /**
   * Takes or renews the lease on a plan for `seconds` of real time. `taken` tells that it was another's (now expired) before: what it
   * left half-done is to be looked after. Null when somebody else holds it.
   */
  takeLease(plan: string, owner: string, seconds: number): Promise<{ readonly taken: boolean } | null>;
  /** Gives the lease back, if it is still the owner's. */
  dropLease(plan: string, owner: string): Promise<void>;
}

/** A nudge: some worker should look at a plan. */
export interface Wake {
  readonly plan: string;
  readonly tenant: string;
}

/** A nudge that was handed to this worker, and is hidden from the others for a while. */
export interface ReceivedWake extends Wake {
  /** How often it was handed out, this time included. */
  readonly times: number;
  /** The queue's own mark of this handing-out; changes when it is extended. */
  receipt: { readonly id: string; readonly pop: string };
}

/** A nudge that was set aside, since it failed again and again. */
export interface PoisonWake extends Wake {
  readonly reason: string;
  /** Real time (UTC ISO). */
  readonly at: string;
  readonly times: number;
}

/**
 * Hands work to any number of instances. The rows of a plan are the truth: a nudge only has some worker look at them, so that losing one
 * costs time alone, and handling one twice does no harm.
 */
export interface WorkQueue {
  /** Nudges, after so many seconds (0 to 7 days: Azure's own limit). */
  wake(wake: Wake, afterSeconds?: number): Promise<void>;
  /** At most `most` (1 to 32: Azure's own limit) nudges; each is hidden from others for `seconds`. */
  receive(most: number, seconds: number): Promise<ReceivedWake[]>;
  /** Hides a received nudge for `seconds` from now: longer while work goes on, or until it should be tried again. False when it was handed to somebody else meanwhile. */
  extend(wake: ReceivedWake, seconds: number): Promise<boolean>;
  /** Takes a received nudge away; that it is gone already is no fault. */
  done(wake: ReceivedWake): Promise<void>;
  /** Sets a received nudge aside. */
  poison(wake: ReceivedWake, reason: string): Promise<void>;
  /** What was set aside, oldest first, at most 32. Nothing changes. */
  readPoison(): Promise<PoisonWake[]>;
  /** Takes away what was set aside (of one plan where one is named) and gives it, for the caller to wake anew or forget. */
  takePoison(plan: string | null): Promise<PoisonWake[]>;
  /** Whether the queue answers; throws what it answers with when it does not. */
  ping(): Promise<void>;
}

/** The rate at which all instances together may send in a tenant. */
export interface SlotStore {
  /**
   * Reserves so many slots, `everyMs` after one another, that nobody else has, in `leadMs` (0) at the earliest; gives the real time (ms since
   * 1970) of the first.
   */
  reserve(tenant: string, slots: number, everyMs: number, leadMs?: number): Promise<number>;
  /** No slot that is not reserved yet begins before `until` (ms since 1970). */
  holdUntil(tenant: string, until: number): Promise<void>;
}

/** A process that serves, as it last wrote of itself. */
export interface Instance {
  readonly id: string;
  /** Real time (UTC ISO): when it started, and when it last said that it lives. */
  readonly startedAt: string;
  readonly at: string;
  /** How many plans it was working on. */
  readonly working: number;
}

/** Which instances there are: each writes a row every minute, and takes it away when it stops. */
export interface InstanceStore {
  beat(instance: Instance): Promise<void>;
  leave(id: string): Promise<void>;
  /** All that have written, those too that died since. */
  list(): Promise<Instance[]>;
}

/** Somebody whom Steward can be asked by, or asks. */
export interface Person {
  /** Entra object id in lower case; Teams' own user id where there is none. */
  readonly id: string;
  readonly tenant: string;
  /** Teams' id of the user towards this bot (`29:…`). */
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  readonly serviceUrl: string;
  /** Their one-to-one chat with Steward, once there is one. */
  readonly conversation: string | null;
  /** The plans that they belong to. */
  readonly plans: readonly Member[];
  /** Last known reason for which they could not be reached; null when nothing speaks against it. */
  readonly unreachable: Exclude<Unreachable, 'not-matched'> | null;
  /** Whether they were welcomed in their own chat: once is enough. */
  readonly welcomed: boolean;
}

/** A team that Steward was added to. */
export interface Team {
  readonly tenant: string;
  readonly id: string;
  readonly name: string;
  readonly serviceUrl: string;
  /** The plan that lives here; null while none does. */
  readonly plan: string | null;
  /** Who added Steward: the first programme officer of the plan that binds here. */
  readonly addedBy: { readonly id: string; readonly userId: string; readonly name: string } | null;
  readonly addedAt: string;
  /** What a team without a plan of its own was told, so that it is told once. */
  readonly told: 'no-plan' | 'elsewhere' | null;
  /** `new` until the roster was read, the leads matched and the greeting planned. */
  readonly state: 'new' | 'settled' | 'removed';
  /** When its roster was last read (UTC ISO, plan's clock). Absent: not since this is noted. */
  readonly rosterAt?: string;
}

/** Where people can be reached, and which teams Steward is in. */
export interface PeopleStore {
  readPerson(tenant: string, id: string): Promise<Stored<Person> | null>;
  /** By Teams' own user id, for activities that carry no object id. */
  findByUserId(tenant: string, userId: string): Promise<Stored<Person> | null>;
  /** Everybody who belongs to the plan, present or not. */
  readMembers(tenant: string, plan: string): Promise<Person[]>;
  /** Everybody of the tenant whom Steward has met, in a team or in their own chat. */
  readPeople(tenant: string): Promise<Person[]>;
  /** Adds or replaces; `etag` null means that they are new. */
  savePerson(person: { readonly value: Person; readonly etag: string | null }): Promise<void>;
  readTeam(tenant: string, team: string): Promise<Stored<Team> | null>;
  saveTeam(team: { readonly value: Team; readonly etag: string | null }): Promise<void>;
  /** Teams that were added and are not settled yet, of every tenant. */
  readNewTeams(): Promise<Stored<Team>[]>;
}

/** What a message shows. `summary` is what a phone's notification says. */
export interface Content {
  readonly summary: string;
  readonly text?: string;
  readonly card?: unknown;
  /** An attachment about a file, as Teams knows them: an offer of one, or where one lies. */
  readonly file?: {
    readonly contentType: string;
    readonly name: string;
    readonly content: unknown;
    readonly contentUrl?: string;
  };
}

/** Leave to claim and send one message now. */
export interface Permit {
  readonly tenant: string;
  /** Real time (ms since 1970) after which the message is not sent any more, but put off. */
  readonly until: number;
}

/** Sends messages of Steward's own accord, and says what became of each. Never throws for what Teams answers. */
export interface Messenger {
  /** The one-to-one chat with a person: made where there is none; making it twice gives the same one. */
  openChat(
    person: Person,
  ): Promise<{ readonly conversation: string } | Extract<Delivery, { outcome: 'throttled' | 'unreachable' }>>;
  /**
   * Waits until a message of Steward's own accord is about to have its turn by the limits that Teams sets, and has `act` claim and send it. So a process that
   * stops while messages wait leaves few of them in doubt.
   */
  inTurn<T>(tenant: string, act: (permit: Permit) => Promise<T>): Promise<T>;
  /** Without a permit it waits for a turn of its own. */
  sendToChat(person: Person, conversation: string, content: Content, permit?: Permit): Promise<Delivery>;
  sendToChannel(
    serviceUrl: string,
    tenant: string,
    channel: string,
    content: Content,
    permit?: Permit,
  ): Promise<Delivery>;
  /** Replaces a message that was sent; says whether it is still there. */
  updateMessage(
    serviceUrl: string,
    conversation: string,
    messageId: string,
    content: Content,
  ): Promise<'updated' | 'gone' | 'failed'>;
  /** The people of a team, all pages. Throws when Teams does not give them. */
  readRoster(team: Pick<Team, 'id' | 'serviceUrl' | 'tenant'>): Promise<readonly RosterEntry[]>;
  /**
   * What a team and its channels are called; names are a courtesy, so those that Teams does not give are left out (Teams gives none for
   * the General channel, which has the team's id).
   */
  readTeamNames(team: Pick<Team, 'id' | 'serviceUrl' | 'tenant'>): Promise<{
    readonly team: string | null;
    readonly channels: ReadonlyMap<string, string>;
  }>;
}

/** A person of a team's roster, as Teams gives them. */
export interface RosterEntry {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
}

/** The plan's clock (which a demo may set) and the machine's (which leases and retries go by). */
export interface Clock {
  /** What the plan's world takes for now. */
  now(): Date;
  /** The machine's own time. */
  realNow(): Date;
}

/** Makes ids that never repeat. */
export type MakeId = () => string;

/** Makes what a message shows, at the moment it is sent. Null when it has nothing to say any more. */
export interface Composer {
  compose(plan: Plan, message: Message, to: Person | null): Promise<Content | null>;
}

/** Where the app tells what it did: ids and counts, never names or narratives. */
export interface Log {
  info(facts: Readonly<Record<string, unknown>>, event: string): void;
  warn(facts: Readonly<Record<string, unknown>>, event: string): void;
  error(facts: Readonly<Record<string, unknown>>, event: string): void;
}

/** Everything that the use cases work with, put together once in `wiring.ts`. */
export interface Deps {
  readonly plans: PlanStore;
  readonly months: MonthStore;
  readonly measures: MeasureStore;
  readonly people: PeopleStore;
  readonly leases: LeaseStore;
  readonly queue: WorkQueue;
  readonly instances: InstanceStore;
  readonly drafts: DraftStore;
  readonly reloads: ReloadStore;
  readonly retention: RetentionStore;
  readonly reads: ReadStore;
  readonly reader: PlanReader;
  readonly messenger: Messenger;
  readonly composer: Composer;
  readonly clock: Clock;
  readonly isBankHoliday: IsBankHoliday;
  readonly makeId: MakeId;
  readonly log: Log;
  /** Names this process among all instances; new with every start. */
  readonly instance: string;
  /** How long a plan is one instance's own, in seconds of real time. Default 20. The shorter, the sooner a killed instance's work goes on. */
  readonly leaseSeconds?: number;
}
