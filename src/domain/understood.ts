import type { TargetDate } from './plan';
import type { StatusKey } from './status';

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
}

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
  /** Refs that the row points at: "see 7.3.1". */
  readonly see: readonly string[];
}

/**
 * What was understood of a file. `steward check --json` prints exactly this; keys are added over time, never
 * renamed.
 */
export interface UnderstoodPlan {
  readonly plan: { readonly title: string; readonly asOf: string | null };
  readonly groups: readonly {
    readonly ref: string;
    readonly title: string;
    readonly leads: readonly { readonly name: string; readonly role: string | null }[];
  }[];
  readonly actions: readonly UnderstoodAction[];
  readonly measures: readonly never[];
  readonly people: readonly {
    readonly code: string | null;
    readonly name: string;
    readonly role: string | null;
    readonly organisation: string | null;
  }[];
  readonly problems: readonly Problem[];
}
