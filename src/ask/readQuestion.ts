import type { AskContext } from './context';
import type { Question } from './question';

export type { AskContext, KnownPerson } from './context';

/** What was read from a text. */
export type Reading =
  | {
      readonly kind: 'question';
      readonly question: Question;
      /** Other questions that the text may mean, the likelier first; to be offered as buttons. */
      readonly other: readonly Question[];
      /** Words that had no part in it, as they were typed: the answer says so. */
      readonly ignored: readonly string[];
    }
  | {
      readonly kind: 'not-understood';
      /** The parts that were understood, as they were typed. */
      readonly understood: readonly string[];
      /** A name that nobody of the plan has; null where there was none. */
      readonly nobody: string | null;
      /** Three questions that are near, in words that are understood. */
      readonly near: readonly string[];
    }
  /** Some words may be a name: read again with `people`. */
  | { readonly kind: 'needs-people' };

/**
 * Reads a question from English. `previous` is what the asker asked before, which a text such as "only the overdue ones" refines.
 * Never throws; the same text in the same context always gives the same reading, whatever its case and spacing.
 */
export function readQuestion(_text: string, _context: AskContext, _previous?: Question): Reading {
  return { kind: 'not-understood', understood: [], nobody: null, near: [] };
}
