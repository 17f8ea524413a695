import type { PersonalData } from './disclosure';
import type { IsoDate, Period } from './period';
import type { Action } from './plan';
import type { StatusKey, StatusScale } from './status';

/** The fields of the form that a lead fills in; each finding belongs to one of them. */
export type AnswerField = 'percent' | 'status' | 'narrative' | 'revised' | 'barriers' | 'ask';

/** What a lead typed for one action, parsed but not yet checked. */
export interface Answer {
  /** null when the field was left empty or is no number. */
  readonly percent: number | null;
  /** null when nothing was chosen. */
  readonly status: StatusKey | null;
  readonly narrative: string;
  /** A new date for the action; null when left empty, which keeps the date as it stands. */
  readonly revised: IsoDate | null;
  readonly barriers: string;
  readonly ask: string;
}

/** One thing that is wrong with an answer (refused) or may be (asked); the words for it are made in `words/`. */
export type Finding = {
  readonly field: AnswerField;
} & (
  | { readonly code: 'percent-missing' | 'percent-out-of-range' | 'percent-not-whole' }
  | { readonly code: 'status-missing' }
  | { readonly code: 'done-under-100' | 'done-without-evidence' }
  | { readonly code: 'red-without-narrative' | 'red-without-barriers' | 'red-without-ask' }
  | { readonly code: 'too-long'; readonly length: number; readonly limit: number }
  | { readonly code: 'personal-data'; readonly kind: PersonalData['kind']; readonly match: string }
  | { readonly code: 'revised-unreadable' }
  // Asked: a contradiction that may be true.
  | { readonly code: 'full-but-not-done' }
  | { readonly code: 'green-past-due'; readonly due: IsoDate }
  | { readonly code: 'amber-without-later-date' }
  | { readonly code: 'better-without-a-word'; readonly from: StatusKey; readonly to: StatusKey }
  | { readonly code: 'percent-fell'; readonly from: number; readonly to: number }
);
export type FindingCode = Finding['code'];

/** What an answer is checked against. */
export interface CheckContext {
  readonly action: Action;
  readonly scale: StatusScale;
  readonly period: Period;
  /** Today in the plan's time zone. */
  readonly today: IsoDate;
}

/** Longest text that a field takes, in UTF-16 code units: what the board's card and a phone can bear. */
export const TEXT_LIMIT = 2000;

/**
 * Checks what a lead typed. `refused` must be mended before it can be saved; `asked` may be true and is saved
 * when the lead says so ("Save anyway"). All findings are given at once, in the order of the form's fields.
 */
export function checkAnswer(answer: Answer, context: CheckContext): { refused: Finding[]; asked: Finding[] } {
  throw new Error(`not built: ${typeof answer} ${typeof context}`);
}
