import type { IsoDate, Period } from '../../domain/period';
import { type Action, dueDate, isLive, isOverdue, type TargetDate } from '../../domain/plan';
import type { Update } from '../../domain/update';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { cut, plain } from '../escape';
import { GROUP_LIMIT, instantName } from '../format';
import { ALARM, BOLD, dotted, gap, type Paragraph, run, SUBTLE, type TextRun } from '../runs';

/*
 * An action's dates as the plan writes them and as they were read: nobody should have to guess what Steward took
 * "Jul-22" for.
 */

const TEXT_LIMIT = 80;
const DAY_IN_MS = 86_400_000;

/** What was planned, what it was moved to and when, and when it is due: a paragraph each. */
export function dateLines(action: Action, facts: AnswerFacts, words: Words): Paragraph[] {
  return [
    ...targetLine(words.say('answer.planned'), action.planned, [], words),
    ...targetLine(words.say('answer.revised'), action.revised, movedPieces(action, facts, words), words),
    ...dueLine(action, facts, words),
  ];
}

/** `31 Jul 2022`: a day as a reading of what was written, with its year and without a weekday. */
export function dayAlone(day: IsoDate, words: Words): string {
  return words.say('answer.day', {
    day: Number(day.slice(8, 10)),
    month: words.say('date.month', { n: Number(day.slice(5, 7)) }),
    year: day.slice(0, 4),
  });
}

/** A date's text as an update keeps it: a day is said as a day, anything else is quoted. */
export function writtenDate(text: string, words: Words): string {
  const shown = cut(plain(text), TEXT_LIMIT);
  return isDay(shown) ? dayAlone(shown, words) : words.say('answer.written', { text: shown });
}

/** Where a position stands in time: `Jun 2023`, `As loaded`, `Today`. */
export function positionName(at: Period | 'loaded' | 'now', words: Words): string {
  if (at === 'loaded') return words.say('answer.atLoadedLong');
  if (at === 'now') return words.say('answer.atNowLong');
  const month = words.say('date.month', { n: Number(at.slice(5, 7)) });
  return words.say('date.monthAndYear', { month, year: at.slice(0, 4) });
}

function targetLine(
  label: string,
  target: TargetDate | null,
  more: readonly string[],
  words: Words,
): Paragraph[] {
  if (!target || plain(target.text) === '') return [];
  const pieces = [readingOf(target, words), ...more].map((text, at) => [run(text, at === 0 ? {} : SUBTLE)]);
  return [{ runs: [run(label, BOLD), gap(' '), ...dotted(pieces)] }];
}

/** `“Jul-22”, read as 31 Jul 2022`; a day that is written as a day needs no reading. */
function readingOf(target: TargetDate, words: Words): string {
  const text = cut(plain(target.text), TEXT_LIMIT);
  if (target.due === null) return words.say('answer.noDay', { text });
  const date = dayAlone(target.due, words);
  const read = text === target.due ? date : words.say('answer.readAs', { text, date });
  if (target.recurrence === null) return read;
  return words.say('answer.repeats', { date: read, recurrence: cut(plain(target.recurrence), TEXT_LIMIT) });
}

function movedPieces(action: Action, facts: AnswerFacts, words: Words): string[] {
  const by = movedBy(action.planned?.due ?? null, action.revised?.due ?? null, words);
  const update = facts.updates.find(({ before, after }) => before.revisedText !== after.revisedText);
  return [...by, ...(update ? [movedWhen(update, facts, words)] : [])];
}

/** By how much the revised date is later or earlier than the planned one, in months where it is one at least. */
function movedBy(planned: IsoDate | null, revised: IsoDate | null, words: Words): string[] {
  if (planned === null || revised === null || planned === revised) return [];
  const months = monthsFrom(planned, revised);
  if (months > 0) return [words.say('answer.monthsLater', { n: months })];
  if (months < 0) return [words.say('answer.monthsEarlier', { n: -months })];
  const days = daysFrom(planned, revised);
  return [words.say(days > 0 ? 'answer.daysLater' : 'answer.daysEarlier', { n: Math.abs(days) })];
}

function movedWhen(update: Update, facts: AnswerFacts, words: Words): string {
  return words.say('answer.moved', {
    when: instantName(new Date(update.at), facts, words),
    name: cut(plain(update.by.name), GROUP_LIMIT),
  });
}

/** Only what is live is due. */
function dueLine(action: Action, facts: AnswerFacts, words: Words): Paragraph[] {
  if (!isLive(action, facts.scale)) return [];
  const due = dueDate(action);
  if (due === null) return [{ runs: [run(words.say('answer.noDue'), SUBTLE)] }];
  return [
    { runs: [run(words.say('answer.due'), BOLD), gap(' '), ...dotted(dueParts(action, due, facts, words))] },
  ];
}

function dueParts(action: Action, due: IsoDate, facts: AnswerFacts, words: Words): TextRun[][] {
  const days = daysFrom(facts.today, due);
  const away = isOverdue(action, facts.scale, facts.today)
    ? run(words.say('answer.passedBy', { n: -days }), ALARM)
    : run(words.say('answer.dueIn', { n: days }), SUBTLE);
  return [[run(dayAlone(due, words))], [away]];
}

function isDay(text: string): text is IsoDate {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

function monthsFrom(from: IsoDate, to: IsoDate): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return years * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
}

function daysFrom(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_IN_MS);
}
