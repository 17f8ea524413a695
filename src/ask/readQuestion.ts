import type { IsoDate, Period } from '../domain/period';
import type { LeadKey } from '../domain/plan';
import type { StatusScale } from '../domain/status';
import type { Question } from './question';

/** What reading depends on. */
export interface AskContext {
  readonly scale: StatusScale;
  readonly groups: readonly { readonly ref: string; readonly title: string }[];
  /** In the plan's time zone. */
  readonly today: IsoDate;
  /** What "this month" is for updates: the latest period opened, or today's month. */
  readonly period: Period;
  /** The plan's refs, where they are known without a query: then a number that is no ref is not taken for one. */
  readonly refs?: readonly string[];
  /** The leads of the plan; left out until the reader says that it needs them. */
  readonly people?: readonly KnownPerson[];
}

/** A lead as the plan prints them. */
export interface KnownPerson {
  readonly key: LeadKey;
  readonly name: string;
  readonly role: string | null;
}

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
