import type { RawTexts, Step, TargetDate } from './plan';
import type { Status, StatusKey } from './status';

/** How bad a problem in a file is: an error stops the load, a warning needs an eye, a note is for information. */
export type Severity = 'error' | 'warning' | 'note';

/** Something about a file that a person should know, with its place: `sheet Plan, row 42, column E`. */
export interface Problem {
  readonly severity: Severity;
  readonly where: string;
  readonly message: string;
}

export interface UnderstoodLead {
  readonly name: string;
  readonly role: string | null;
  readonly kind: 'lead' | 'co-lead';
  /** The initials or code that stood in the cell, where a glossary in the same file gave the name; else null. */
  readonly code?: string | null;
}

/** A part of an action with a date or a status of its own. */
export type UnderstoodStep = Step;

export type { RawTexts };

export interface UnderstoodAction {
  readonly ref: string;
  /** Ref of its group. */
  readonly group: string;
  readonly title: string;
  /** Its own leads only; a group's leads stand with the group. */
  readonly leads: readonly UnderstoodLead[];
  readonly planned: TargetDate | null;
  readonly revised: TargetDate | null;
  readonly status: { readonly text: string; readonly key: StatusKey | null };
  /** 0 to 100; null when blank, NA, TBC, `-` or unread, never 0 for those. */
  readonly percent: number | null;
  readonly narrative: string;
  readonly barriers: string;
  /** What is asked of the board. */
  readonly ask?: string;
  /** Refs that the row points at: "see 7.3.1". */
  readonly see: readonly string[];
  /** Ref of the outcome or objective that it serves; null where the file names none. */
  readonly outcome?: string | null;
  readonly partners?: string;
  readonly resources?: string;
  /** How success will be known: "How will we know?", "Success measures". */
  readonly evidence?: string;
  /** Its parts with a date or a status of their own; the action itself has the worst status and the latest date. */
  readonly steps?: readonly UnderstoodStep[];
  readonly raw?: RawTexts;
}

/** What a group sets out to reach: "1.1 Improved timeliness". */
export interface UnderstoodOutcome {
  readonly ref: string;
  readonly group: string;
  readonly title: string;
}

/** A point on the way: a row of a table of milestones, or a cell of a column such as "6 months". */
export interface UnderstoodMilestone {
  readonly ref: string | null;
  readonly group: string | null;
  /** Ref of the action that it belongs to; null for one of its own. */
  readonly action: string | null;
  readonly text: string;
  readonly when: TargetDate | null;
  readonly status: { readonly text: string; readonly key: StatusKey | null };
}

/** What a reading or a target says, `value` only where it holds one figure. */
export type ReadingKind = 'number' | 'na' | 'tbc' | 'blank' | 'dash' | 'words';

export interface UnderstoodReading {
  /** The month as `2024-04` where the header names one with its year; else the header's own words. */
  readonly period: string;
  readonly text: string;
  readonly value: number | null;
  readonly kind: ReadingKind;
}

export interface UnderstoodTarget {
  readonly text: string;
  /** The figure in it: 75 for `75%`, 6 for `>6`; null for words. */
  readonly value: number | null;
  readonly kind: ReadingKind;
  /** What is wanted: at least, at most or exactly the figure, or only a direction; null where it says nothing. */
  readonly wants: 'at least' | 'at most' | 'more' | 'less' | 'the figure' | null;
}

/** A measure (KPI) with its target and its readings. */
export interface UnderstoodMeasure {
  readonly ref: string | null;
  readonly name: string;
  /** Ref of its group; null for one of the whole plan. */
  readonly group: string | null;
  readonly owners: readonly UnderstoodLead[];
  /** null where the plan names none. */
  readonly target: UnderstoodTarget | null;
  readonly baseline: string;
  readonly interim: readonly { readonly when: string; readonly text: string }[];
  readonly readings: readonly UnderstoodReading[];
  readonly narrative: string;
}

/** A line of business as usual: an activity, whether it is complete, and what it changed, in the plan's words. */
export interface UnderstoodAssurance {
  readonly group: string | null;
  readonly activity: string;
  readonly complete: string;
  readonly impact: string;
}

/** Something that the board is asked to decide. */
export interface UnderstoodRecommendation {
  readonly group: string | null;
  readonly ref: string | null;
  readonly text: string;
}

export interface UnderstoodGroup {
  readonly ref: string;
  readonly title: string;
  readonly leads: readonly {
    readonly name: string;
    readonly role: string | null;
    readonly code?: string | null;
  }[];
  /** What the file says of the group as a whole; empty when it says nothing. */
  readonly narrative?: string;
}

/** A status scale as a file uses it: its words, on the five keys that every scale shares. */
export interface UnderstoodScale {
  /** `five-colours` is Steward's own; else a name that says what the file uses. */
  readonly id: string;
  readonly statuses: readonly Pick<Status, 'key' | 'letter' | 'label' | 'meaning' | 'phase'>[];
}

/**
 * What was understood of a file. `steward check --json` prints exactly this; keys are added over time, never
 * renamed. Optional keys are those that were added: {@link FullPlan} has them all.
 */
export interface UnderstoodPlan {
  readonly plan: { readonly title: string; readonly asOf: string | null };
  readonly groups: readonly UnderstoodGroup[];
  readonly actions: readonly UnderstoodAction[];
  readonly measures: readonly UnderstoodMeasure[];
  readonly people: readonly {
    readonly code: string | null;
    readonly name: string;
    readonly role: string | null;
    readonly organisation: string | null;
  }[];
  readonly outcomes?: readonly UnderstoodOutcome[];
  readonly milestones?: readonly UnderstoodMilestone[];
  readonly assurance?: readonly UnderstoodAssurance[];
  readonly recommendations?: readonly UnderstoodRecommendation[];
  readonly scale?: UnderstoodScale;
  readonly problems: readonly Problem[];
}

/** An action with every key, as a reader gives it. */
export type FullAction = Required<Omit<UnderstoodAction, 'leads'>> & { readonly leads: readonly FullLead[] };
export type FullLead = Required<UnderstoodLead>;

/** A plan with every key, as a reader of files gives it. */
export interface FullPlan extends Required<Omit<UnderstoodPlan, 'actions' | 'groups'>> {
  readonly groups: readonly (Required<Omit<UnderstoodGroup, 'leads'>> & {
    readonly leads: readonly Required<UnderstoodGroup['leads'][number]>[];
  })[];
  readonly actions: readonly FullAction[];
}
