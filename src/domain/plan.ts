import type { IsoDate, Period, PeriodMonths } from './period';
import type { StatusKey, StatusScale } from './status';

/** How exactly a target date was written. */
export type Precision = 'day' | 'month' | 'season' | 'term' | 'quarter' | 'year';

/**
 * A date as the plan writes it and as Steward reads it. Nothing is guessed: what can't be read keeps its
 * text and has `due: null`.
 */
export interface TargetDate {
  /** Exactly what stood in the cell. */
  readonly text: string;
  /** The last day that the text can mean; null if it names none. */
  readonly due: IsoDate | null;
  readonly precision: Precision | null;
  /** What repeats, in the plan's words: `repeated 3 monthly`. */
  readonly recurrence: string | null;
  /** A status word in a date's place, lower case: `ongoing`, `rolling`, `complete`, `see 7.3.1`. */
  readonly word: string | null;
}

/** Names a lead within a plan: made from the name as printed, never shown to anybody. */
export type LeadKey = string;

/** A person as the plan prints them against an action or a group. */
export interface NamedLead {
  readonly key: LeadKey;
  readonly name: string;
  readonly role: string | null;
  readonly kind: 'lead' | 'co-lead';
}

/** What a plan calls a priority, a success statement, a workstream or an area for development. */
export interface Group {
  readonly ref: string;
  readonly title: string;
  readonly leads: readonly NamedLead[];
}

/** The three things that a month asks for, with what belongs to them. */
export interface ActionState {
  /** The key on the plan's scale; null is "No status". `text` keeps what stood in the cell when a file said it. */
  readonly status: { readonly text: string; readonly key: StatusKey | null };
  /** 0 to 100; null when it was not given or could not be read, which is not 0. */
  readonly percent: number | null;
  /** What was last said, however long ago; see {@link Action.narrativeFrom}. Plain text, never markdown. */
  readonly narrative: string;
  readonly revised: TargetDate | null;
  /** What stands in the way, in the lead's words; empty when nothing was said. */
  readonly barriers: string;
  /** What is asked of the board; empty when nothing was said. */
  readonly ask: string;
}

/** A part of an action with a date or a status of its own; the action's own is the worst of them. */
export interface Step {
  /** Empty where the file parts the dates or the statuses and not the words. */
  readonly text: string;
  readonly date: TargetDate | null;
  readonly status: { readonly text: string; readonly key: StatusKey | null } | null;
}

/** The cells of an action as they were printed, lines as they stood; empty for a blank cell. */
export interface RawTexts {
  readonly leads: string;
  readonly planned: string;
  readonly revised: string;
  readonly status: string;
  readonly percent: string;
}

/** What the plan prints of an action that no month asks for. Read it with {@link printedOf}. */
export interface Printed {
  /** Ref of the outcome or objective that it serves; null where the plan names none. */
  readonly outcome: string | null;
  readonly partners: string;
  readonly resources: string;
  /** How success will be known: "How will we know?", "Success measures". */
  readonly evidence: string;
  readonly steps: readonly Step[];
  /** null for an action that did not come out of a file with cells. */
  readonly raw: RawTexts | null;
}

const NOTHING_PRINTED: Printed = {
  outcome: null,
  partners: '',
  resources: '',
  evidence: '',
  steps: [],
  raw: null,
};

/** One line of the plan. */
export interface Action extends ActionState {
  /** Absent where the plan prints nothing of it, and in plans that were loaded before it was kept. */
  readonly printed?: Partial<Printed>;
  /** Given at first load; never changes, whatever becomes of the ref. */
  readonly id: string;
  /** As printed: `1.3.2`, `AIP4`. Refs repeat and get renumbered, so nothing is keyed by one. */
  readonly ref: string;
  /** Ref of its group. */
  readonly group: string;
  readonly title: string;
  /** Its own leads; where there are none its group's leads are asked: see {@link askedLeads}. */
  readonly leads: readonly NamedLead[];
  /** Its group's leads, who may always answer for it. */
  readonly groupLeads: readonly NamedLead[];
  readonly planned: TargetDate | null;
  /** Refs of the actions that it is reported under: a row that has these and no status of its own is a mere cross-reference. */
  readonly see: readonly string[];
  /** Counts accepted updates: 0 as loaded. */
  readonly version: number;
  /** The period of the last accepted update; null while nobody has answered. */
  readonly updatedIn: Period | null;
  /** Who said it last, by name, and when (UTC, ISO); null while nobody has answered. */
  readonly updatedBy: string | null;
  readonly updatedAt: string | null;
  /** The period that `narrative` was said in; null when it came with the loaded plan (or is empty). */
  readonly narrativeFrom: Period | null;
  /** How many periods running it was answered with "No change". */
  readonly unchangedFor: number;
  /** What it said before the last accepted update, so that a card can show the step; null while nobody has answered. */
  readonly was: { readonly status: StatusKey | null; readonly percent: number | null } | null;
  /**
   * Who wrote the action's last version (a person's id), when (UTC ISO) and how: unlike `updatedBy` it tells of an undo too. Absent
   * while nobody has.
   */
  readonly wrote?: {
    readonly by: string;
    readonly at: string;
    readonly kind: 'answer' | 'no-change' | 'undo' | 'loaded';
  };
  /**
   * Which load of a file wrote it last (a reload's id; empty for the first), and the leads whom that file named: what a hand-over changed
   * since is told from it. Absent in plans that were loaded before it was kept.
   */
  readonly loaded?: { readonly by: string; readonly leads: readonly LeadKey[] };
  /**
   * Since when it is no longer in the plan: a later file has no row for it, and a programme officer said that it has left. Its row and its
   * history stay; it is not asked for, not counted and in no list but that of those that have left. Absent for all others.
   */
  readonly left?: { readonly at: string; readonly by: string };
  /**
   * Fingerprints of the narratives of this action that a programme officer has cleared for publication, newest last. Absent while none
   * was. Other words, said later, are not cleared by it.
   */
  readonly cleared?: readonly string[];
}

/** When a plan's month happens. Times are wall-clock times in `zone`. */
export interface CalendarRules {
  /** IANA time zone. Default `Europe/London`. */
  readonly zone: string;
  /** Opens at `opensTime` on the first working day on or after this day of the month (1 to 28). Default 20. */
  readonly opensDay: number;
  readonly opensTime: string;
  /** Reminders at `opensTime`, this many working days before the day it closes. Default 3 and 1. */
  readonly remindDaysBefore: readonly number[];
  /** Closes at this time on the last working day of the month. Default 17:00. */
  readonly closesTime: string;
  /** `officer`: published when a programme officer says so. `itself`: at `opensTime` the next working day after closing. */
  readonly publishes: 'officer' | 'itself';
  /** How many months a period has. Absent: 1. See {@link monthsOf}. */
  readonly periodMonths?: PeriodMonths;
}

export const DEFAULT_CALENDAR: CalendarRules = {
  zone: 'Europe/London',
  opensDay: 20,
  opensTime: '09:00',
  remindDaysBefore: [3, 1],
  closesTime: '17:00',
  publishes: 'officer',
};

/** Where the plan lives in Teams: the one team it is bound to, for good. */
export interface Binding {
  readonly tenant: string;
  /** Teams' own id of the team (`19:…@thread.tacv2`), which is also its General channel's. */
  readonly team: string;
  readonly teamName: string;
  readonly serviceUrl: string;
  /** The board's channel; the General channel until somebody says "post the summary here". */
  readonly channel: string;
  readonly channelName: string;
  /** When Steward was added, UTC ISO. What the calendar planned before then is not made up for. */
  readonly boundAt: string;
}

/** One organisation's improvement plan, without its actions. */
export interface Plan {
  readonly id: string;
  readonly title: string;
  /** The month that the loaded file speaks of; null if it says none. */
  readonly asOf: Period | null;
  readonly groups: readonly Group[];
  readonly scales: readonly StatusScale[];
  readonly calendar: CalendarRules;
  /** The only tenant that may bind it (`load --tenant`); null for any. */
  readonly tenant: string | null;
  readonly binding: Binding | null;
  /** Programme officers: person ids. */
  readonly officers: readonly string[];
  /** The last period that was opened; null before the first. Cards of earlier ones give way to it. */
  readonly latest: Period | null;
  /** When it was loaded, UTC ISO. */
  readonly loadedAt: string;
  /** How many measures it has. Absent: none, and nothing is read or asked of measures. */
  readonly measures?: number;
  /**
   * Of how many groups a month asks the leads what the board should decide, and how their business as usual stands. Absent or
   * 0: nobody is asked that.
   */
  readonly reports?: number;
  /**
   * How many months (12 to 240) words and names are kept after a period was published, or closed where it never was. Absent: as long as the plan is
   * stored.
   */
  readonly retention?: { readonly months: number };
  /** Whether it is written down who asked for what kind of thing. Absent: it never was. */
  readonly logReading?: boolean;
}

/** Everything printed of an action, whatever its row keeps. */
export function printedOf(action: Pick<Action, 'printed'>): Printed {
  return { ...NOTHING_PRINTED, ...action.printed };
}

/** How many months a plan's periods have: 1 unless it says otherwise. */
export function monthsOf({ calendar }: Pick<Plan, 'calendar'>): PeriodMonths {
  return calendar.periodMonths ?? 1;
}

/** The leads that a month asks about an action: its own, or its group's where it names none. */
export function askedLeads(action: Pick<Action, 'leads' | 'groupLeads'>): readonly NamedLead[] {
  return action.leads.length > 0 ? action.leads : action.groupLeads;
}

/** Whether a row is only a pointer to another action ("see 7.3.1"): it has no status of its own and is not asked for. */
export function isCrossReference(action: Pick<Action, 'see' | 'status' | 'percent'>): boolean {
  return action.see.length > 0 && action.status.key === null && action.percent === null;
}

/** Live: neither done nor closed, and no mere cross-reference. Only live actions are asked for, due or overdue. */
export function isLive(action: Pick<Action, 'see' | 'status' | 'percent'>, scale: StatusScale): boolean {
  if (isCrossReference(action)) return false;
  const status = scale.statuses.find(({ key }) => key === action.status.key);
  return status === undefined || status.phase === 'live';
}

/** The day an action is due: the revised date if it can be read; none if the revised cell is words only; else the planned date. */
export function dueDate(action: Pick<Action, 'planned' | 'revised'>): IsoDate | null {
  if (action.revised) return action.revised.due;
  return action.planned?.due ?? null;
}

/** Whether a live action's due day has passed on the given day (in the plan's time zone). */
export function isOverdue(action: Action, scale: StatusScale, today: IsoDate): boolean {
  const due = dueDate(action);
  return isLive(action, scale) && due !== null && due < today;
}
