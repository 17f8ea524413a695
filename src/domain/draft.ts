import type { RosterPerson } from './people';
import type { ReloadCounts } from './reloadWork';
import type { FullPlan } from './understood';

/** What a draft is to become: a team's first plan, or a new version of a plan that is stored. */
export type DraftAim =
  | { readonly kind: 'first'; readonly team: string }
  | { readonly kind: 'again'; readonly plan: string };

/** What somebody answered to the questions about a file, by the question's id. */
export type DraftAnswers = Readonly<Record<string, string>>;

/**
 * A plan that was understood from a file and waits to be confirmed by whoever sent it. It is nobody else's, is no plan yet, and
 * goes away by itself. One a person: where a later file comes meanwhile, they say which of the two is kept.
 */
export interface Draft {
  readonly id: string;
  readonly tenant: string;
  /** Who sent the file: the only one who may look at the draft or load it. */
  readonly person: string;
  readonly aim: DraftAim;
  readonly fileName: string;
  /** UTC ISO, by the machine's clock, as `expires`: when it is thrown away, confirmed or not. */
  readonly receivedAt: string;
  readonly expires: string;
  readonly answers: DraftAnswers;
  /** `kept` while it waits; `loaded` when it was confirmed; `left` when it was not wanted. */
  readonly state: 'kept' | 'loaded' | 'left';
  /** What confirming it came to; null before, and when it was left. */
  readonly outcome: DraftOutcome | null;
}

/** What became of a draft that was confirmed. */
export type DraftOutcome =
  | { readonly kind: 'first'; readonly plan: string; readonly actions: number; readonly leads: number }
  | { readonly kind: 'again'; readonly plan: string; readonly counts: ReloadCounts };

/** What is kept beside a draft until it is loaded or left. */
export interface DraftContent {
  readonly understood: FullPlan;
  /** The team's people when the file came; null where Teams did not give them. */
  readonly roster: readonly RosterPerson[] | null;
}

/** The id of the answer that says whether an action without a row in the file has left the plan. */
export function goneAnswerId(action: string): string {
  return `gone|${action}`;
}

/** What that answer says. */
export const HAS_LEFT = 'left';
export const STAYS = 'stays';

/** The actions that were said to have left the plan, one by one. */
export function leftIn(answers: DraftAnswers, missing: readonly { readonly id: string }[]): string[] {
  return missing.flatMap(({ id }) => (answers[goneAnswerId(id)] === HAS_LEFT ? [id] : []));
}

/** How long a draft waits for its confirmation, in hours. */
export const DRAFT_HOURS = 72;
