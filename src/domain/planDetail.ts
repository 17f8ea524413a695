import type { Period } from './period';
import type { NamedLead } from './plan';
import type { UnderstoodMilestone, UnderstoodOutcome, UnderstoodRecommendation } from './understood';

/** What a plan says beside its actions and measures. No reply reads it, so it stands apart from the plan's own row. */
export interface PlanDetail {
  readonly outcomes: readonly UnderstoodOutcome[];
  readonly milestones: readonly UnderstoodMilestone[];
  /** What the file that was loaded asks the board to decide. What leads recommend in a month is kept with the month. */
  readonly recommendations: readonly UnderstoodRecommendation[];
  /** Who the plan's own glossary names, with their codes. */
  readonly people: readonly GlossaryPerson[];
  /** What the file says of a group as a whole; groups of which it says nothing are left out. */
  readonly narratives: readonly { readonly group: string; readonly text: string }[];
  /** Business as usual of no group: nobody is asked about it. */
  readonly assurance: readonly AssuranceLine[];
}

export interface GlossaryPerson {
  readonly code: string | null;
  readonly name: string;
  readonly role: string | null;
  readonly organisation: string | null;
}

/** A line of business as usual: an activity, whether it is complete, and what it changed, in the plan's words. */
export interface AssuranceLine {
  /** Given at load; never changes. */
  readonly id: string;
  readonly activity: string;
  readonly complete: string;
  readonly impact: string;
}

export const NO_DETAIL: PlanDetail = {
  outcomes: [],
  milestones: [],
  recommendations: [],
  people: [],
  narratives: [],
  assurance: [],
};

/**
 * What a group's leads report to the board beside its actions: what it should decide, and how the group's business as usual stands. One for each group of
 * a plan that reports such things.
 */
export interface GroupReport {
  /** Given at load; never changes. */
  readonly id: string;
  /** Ref of the group. */
  readonly group: string;
  /** Who is asked: the group's leads. */
  readonly leads: readonly NamedLead[];
  readonly assurance: readonly AssuranceLine[];
  /** Counts accepted returns: 0 as loaded. */
  readonly version: number;
  /** What was last said; see {@link GroupReturn}. Null while nobody has said anything. */
  readonly last: GroupReturn | null;
}

/**
 * What a group's leads said in one period. Never changed: a later one of the same period stands beside it and counts instead.
 */
export interface GroupReturn {
  /** Id of the group's report. */
  readonly report: string;
  readonly group: string;
  /** Version of the report that it made. */
  readonly version: number;
  readonly period: Period;
  /** What the board should decide; empty for "none", which is an answer. */
  readonly recommendation: string;
  /** The group's business as usual, whole, as it stood after. */
  readonly assurance: readonly AssuranceLine[];
  readonly by: { readonly id: string; readonly name: string };
  /** UTC ISO. */
  readonly at: string;
  /** The lead it was said for, when somebody else said it; null when they spoke for themselves. */
  readonly onBehalfOf: string | null;
  /** Teams conversation that it came from. */
  readonly chat: string;
  /** Said after the month had closed. */
  readonly late: boolean;
}
