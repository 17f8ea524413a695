import type { LeadKey } from './plan';

/** Somebody in the team's roster, as Teams gives them. */
export interface RosterPerson {
  /** The Entra object id in lower case where Teams gives one, else Teams' own user id. */
  readonly id: string;
  readonly name: string;
}

/** What matching a lead's name against the roster came to. A likeness is a question, never an answer. */
export type Match =
  | { readonly kind: 'exact'; readonly person: RosterPerson }
  /** Several people of the very same name, or people whose names are near: best first, at most five. */
  | { readonly kind: 'proposed'; readonly people: readonly RosterPerson[] }
  | { readonly kind: 'none' };

/**
 * Makes the key of a lead from their printed name: lower case, no accents, single spaces; the same for
 * `Dr Ann  Cole` and `ann cole`? No: only case, accents, spaces and punctuation are folded, since two people must never be made one.
 * Safe as a part of a table key.
 */
export function leadKeyOf(name: string): LeadKey {
  throw new Error(`not built: ${name}`);
}

/**
 * Matches one lead's printed name against the roster. Exact: the same name but for case, accents, spaces,
 * punctuation, order (`Cole, Ann`) and what Teams appends in brackets or after a bar (`Ann Cole (NHS)`). Proposed: one or two
 * slips, a short first name (`Ann`/`Anne`, `Dave`/`David`), a changed surname, initials. Never both: a proposal is made only where nobody matches exactly.
 */
export function matchName(name: string, roster: readonly RosterPerson[]): Match {
  throw new Error(`not built: ${name} ${roster.length}`);
}
