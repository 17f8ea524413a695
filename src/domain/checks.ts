import { findPersonalData, type PersonalData } from './disclosure';
import type { IsoDate, Period } from './period';
import { type Action, dueDate } from './plan';
import { direction, type Status, type StatusKey, type StatusScale, statusOn } from './status';

/** The fields of the form that a lead fills in, in its order; each finding belongs to one of them. */
const ANSWER_FIELDS = ['percent', 'status', 'narrative', 'revised', 'barriers', 'ask'] as const;
export type AnswerField = (typeof ANSWER_FIELDS)[number];

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

/** What makes a sentence of evidence rather than a mere "done". */
const FEWEST_WORDS_OF_EVIDENCE = 3;

/**
 * Checks what a lead typed. `refused` must be mended before it can be saved; `asked` may be true and is saved
 * when the lead says so ("Save anyway"). All findings are given at once, in the order of the form's fields. What an
 * answer needs must be in the answer itself: what the action already holds counts only where the form sent it back.
 */
export function checkAnswer(answer: Answer, context: CheckContext): { refused: Finding[]; asked: Finding[] } {
  const status = statusOn(context.scale, answer.status);
  return {
    refused: inFieldOrder([
      ...checkPercent(answer.percent),
      ...checkStatus(status),
      ...checkDone(answer, status),
      ...checkRed(answer),
      ...checkRevised(answer.revised),
      ...checkTexts(answer, context.today),
    ]),
    asked: inFieldOrder([
      ...askWhetherPercentFell(answer.percent, context.action.percent),
      ...askWhetherDone(answer.percent, status),
      ...askAboutGreen(answer, context),
      ...askAboutAmber(answer, context.action, context.today),
      ...askWhyBetter(answer, status, context),
    ]),
  };
}

// ---- Refused

/** A whole number from 0 to 100: the board compares months, and halves of a percent are a show of precision. */
function checkPercent(percent: number | null): Finding[] {
  if (percent === null || Number.isNaN(percent)) return [{ field: 'percent', code: 'percent-missing' }];
  if (percent < 0 || percent > 100) return [{ field: 'percent', code: 'percent-out-of-range' }];
  return Number.isInteger(percent) ? [] : [{ field: 'percent', code: 'percent-not-whole' }];
}

/** A status of the plan's own scale: without one the action would fall out of the figures. */
function checkStatus(status: Status | null): Finding[] {
  return status ? [] : [{ field: 'status', code: 'status-missing' }];
}

/** Done is a claim to the board that closes the matter: all of it, and a sentence that shows it, typed now. */
function checkDone(answer: Answer, status: Status | null): Finding[] {
  if (status?.phase !== 'done') return [];
  const findings: Finding[] = [];
  if (isPercentage(answer.percent) && answer.percent < 100) {
    findings.push({ field: 'percent', code: 'done-under-100' });
  }
  if (countWords(answer.narrative) < FEWEST_WORDS_OF_EVIDENCE) {
    findings.push({ field: 'narrative', code: 'done-without-evidence' });
  }
  return findings;
}

/** Red goes to the board to be acted on: it has to know what happened, what is in the way and what it is asked for. */
function checkRed({ status, narrative, barriers, ask }: Answer): Finding[] {
  if (status !== 'red') return [];
  const findings: Finding[] = [];
  if (isBlank(narrative)) findings.push({ field: 'narrative', code: 'red-without-narrative' });
  if (isBlank(barriers)) findings.push({ field: 'barriers', code: 'red-without-barriers' });
  if (isBlank(ask)) findings.push({ field: 'ask', code: 'red-without-ask' });
  return findings;
}

/** A day that the calendar has: a card's date field is data from outside, and due dates are compared as text. */
function checkRevised(revised: IsoDate | null): Finding[] {
  return revised === null || isCalendarDay(revised) ? [] : [{ field: 'revised', code: 'revised-unreadable' }];
}

/** Texts that fit the board's card and a phone, and hold nothing that points at a child: the whole board reads them. */
function checkTexts(answer: Answer, today: IsoDate): Finding[] {
  return (['narrative', 'barriers', 'ask'] as const).flatMap((field) => {
    const text = answer[field];
    const findings: Finding[] = [];
    if (text.length > TEXT_LIMIT) {
      findings.push({ field, code: 'too-long', length: text.length, limit: TEXT_LIMIT });
    }
    for (const { kind, match } of onceEach(findPersonalData(text, today))) {
      findings.push({ field, code: 'personal-data', kind, match });
    }
    return findings;
  });
}

// ---- Asked

/** A figure seldom falls: either it was too high before, which the board should hear, or it is a slip of the hand. */
function askWhetherPercentFell(percent: number | null, before: number | null): Finding[] {
  if (!isPercentage(percent) || before === null || percent >= before) return [];
  return [{ field: 'percent', code: 'percent-fell', from: before, to: percent }];
}

/** All of it is done, yet leads will go on being asked about it: probably it is delivered. */
function askWhetherDone(percent: number | null, status: Status | null): Finding[] {
  return percent === 100 && status?.phase === 'live' ? [{ field: 'status', code: 'full-but-not-done' }] : [];
}

/** Green means on time, which it cannot be once its date has passed. */
function askAboutGreen({ status, revised }: Answer, { action, today }: CheckContext): Finding[] {
  const due = readableDay(revised) ?? dueDate(action);
  if (status !== 'green' || due === null || due >= today) return [];
  return [{ field: 'status', code: 'green-past-due', due }];
}

/**
 * Amber means delayed, so there should be a date later than the planned one, and one that is still to come. Nothing is
 * asked where no date can be read, or where the plan says in words that there is none (`ongoing`, `rolling`).
 */
function askAboutAmber(answer: Answer, action: Action, today: IsoDate): Finding[] {
  if (answer.status !== 'amber') return [];
  const planned = action.planned?.due ?? null;
  const typed = readableDay(answer.revised);
  if (typed === null && action.revised !== null && action.revised.due === null) return [];
  const revised = typed ?? action.revised?.due ?? null;
  if (planned === null && revised === null) return [];
  const hasLaterDate = revised !== null && (planned === null || revised > planned) && revised >= today;
  return hasLaterDate ? [] : [{ field: 'revised', code: 'amber-without-later-date' }];
}

/** Good news without a word cannot be told from a wrong tap. Done without a word is refused already. */
function askWhyBetter(answer: Answer, status: Status | null, { action, scale }: CheckContext): Finding[] {
  const from = action.status.key;
  const to = answer.status;
  if (from === null || to === null || status?.phase === 'done' || !isBlank(answer.narrative)) return [];
  if (direction(scale, from, to) !== 'better') return [];
  return [{ field: 'narrative', code: 'better-without-a-word', from, to }];
}

// ---- Helpers

function inFieldOrder(findings: Finding[]): Finding[] {
  return findings.sort((a, b) => ANSWER_FIELDS.indexOf(a.field) - ANSWER_FIELDS.indexOf(b.field));
}

function isPercentage(percent: number | null): percent is number {
  return percent !== null && checkPercent(percent).length === 0;
}

function isBlank(text: string): boolean {
  return countWords(text) === 0;
}

/** Words hold a letter or a digit: dashes and full stops are no evidence. */
function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function readableDay(day: IsoDate | null): IsoDate | null {
  return day !== null && isCalendarDay(day) ? day : null;
}

function isCalendarDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const instant = new Date(`${day}T00:00:00Z`);
  // 31 February is rolled on into March: then it is another day.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
}

/** The same number typed twice is one thing to mend. */
function onceEach(data: readonly PersonalData[]): PersonalData[] {
  return [...new Map(data.map((piece) => [`${piece.kind} ${piece.match}`, piece])).values()];
}
