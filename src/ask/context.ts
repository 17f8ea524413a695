import type { IsoDate, Period } from '../domain/period';
import type { LeadKey } from '../domain/plan';
import type { StatusScale } from '../domain/status';

/** What reading depends on. */
export interface AskContext {
  readonly scale: StatusScale;
  readonly groups: readonly { readonly ref: string; readonly title: string }[];
  /** In the plan's time zone. */
  readonly today: IsoDate;
  /** What "this month" is for updates: the latest period opened, or today's month. */
  readonly period: Period;
  /** The plan's refs, where they are known without a query: then a code that is no ref is not taken for one. */
  readonly refs?: readonly string[];
  /** The leads of the plan; left out until the reader says that it needs them. */
  readonly people?: readonly KnownPerson[];
  /** Whether the plan has measures, or groups that report to the board. */
  readonly measures?: boolean;
  /** The titles of the plan's actions (and the names of its measures); left out until the reader says that it needs them. */
  readonly titles?: readonly string[];
  /** The names of the plan's measures; known when its titles are. */
  readonly measureNames?: readonly string[];
}

/** A lead as the plan prints them. */
export interface KnownPerson {
  readonly key: LeadKey;
  readonly name: string;
  readonly role: string | null;
}
