import type { AnswerData } from '../ask/answer';
import type { Question } from '../ask/question';
import type { Finding } from '../domain/checks';
import type { Period } from '../domain/period';
import type { Action } from '../domain/plan';
import type { Snapshot } from '../domain/snapshot';
import type { StatusKey, StatusScale } from '../domain/status';
import type { Update } from '../domain/update';
import type { Reader } from './facts';

/** Where an action stood in one month. */
export interface MonthStanding {
  /** `loaded` is how the plan came. */
  readonly at: Period | 'loaded' | 'now';
  readonly status: StatusKey | null;
  readonly percent: number | null;
}

/** A question offered as a button, in words and as what it sends back. */
export interface Offer {
  readonly title: string;
  readonly question: Question;
}

/** What every answer's card is made from. */
export interface AnswerFacts extends Reader {
  readonly plan: string;
  readonly scale: StatusScale;
  readonly groups: readonly { readonly ref: string; readonly title: string }[];
  /** The question said back in words, with its count: the card's first line. */
  readonly said: string;
  /** A further sentence above the answer: which of two readings was taken, what was left out; null for none. */
  readonly note: string | null;
  readonly answer: Exclude<AnswerData, { kind: 'command' | 'missing' }>;
  readonly page: number;
  /** Which actions the asker may update (ids). */
  readonly mine: ReadonlySet<string>;
  /** The period that "this month" is: what "not answered" is counted in. */
  readonly month: Period;
  /** The period that "Update" opens the form for; null while none can be answered, and in a channel. */
  readonly period: Period | null;
  /** The answer whose button opened this one, for a way back to it; null where there is none. */
  readonly back: { readonly question: Question; readonly page: number } | null;
  /** Other readings and near questions, as buttons. */
  readonly offers: readonly Offer[];
  /** Whether the answer may be shared to the board's channel from here: in a personal chat. */
  readonly shareable: boolean;
  /** Whose share it is, when the card is posted in the channel; null otherwise. Such a card has no buttons that update. */
  readonly sharedBy: string | null;
  /** For one action or its history: its updates, newest first; empty otherwise. */
  readonly updates: readonly Update[];
  /** For one action: where it stood, oldest first, now included; empty otherwise. */
  readonly months: readonly MonthStanding[];
  /** For one action: the actions that it points at ("see 7.3.1"), and the refs that the plan lacks. */
  readonly see: { readonly actions: readonly Action[]; readonly missing: readonly string[] };
  /** For one action: what its present state contradicts, as findings' codes with what they need; empty otherwise. */
  readonly checks: readonly Finding[];
  /** For rows that only point elsewhere: the actions that they point at, by the ref that the row writes. May lack some, or all. */
  readonly targets: ReadonlyMap<string, Action>;
  /** For a comparison: the snapshots of the later position by id, for titles and leads; empty otherwise. */
  readonly snapshots: ReadonlyMap<string, Snapshot>;
}
