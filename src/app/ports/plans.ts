import type { AuditEntry } from '../../domain/audit';
import type { Cycle } from '../../domain/cycle';
import type { Measure, Reading } from '../../domain/measure';
import type { Message } from '../../domain/message';
import type { Action, LeadKey, Plan } from '../../domain/plan';
import type { GroupReport, GroupReturn, PlanDetail } from '../../domain/planDetail';
import type { LeadRecord } from '../../domain/prompt';
import type { Snapshot } from '../../domain/snapshot';
import type { Update } from '../../domain/update';
import type { Replaced, Stored } from './stored';

/* Plans, their actions, leads and updates, and what they have beside actions. */

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
