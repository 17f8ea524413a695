import {
  addDays,
  addMonths,
  endOfMonth,
  endOfWeek,
  format,
  parseISO,
  startOfMonth,
  startOfWeek,
} from 'date-fns';
import { findDateMentions } from '../../domain/dateMentions';
import { type IsoDate, monthNumber } from '../../domain/period';
import type { Precision } from '../../domain/plan';
import { shiftDay } from '../days';
import { as, costing, either, type Input, maybe, once, type Parser, seq, token, words } from '../parser';
import type { TimeUnit } from '../question';
import { countedSpan, number } from './numbers';

/** The days that a text names, both included. */
export interface Days {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** A time as it was named. What names no year is settled by what it is wanted for: "due in December" looks ahead, "since June" back. */
export type When =
  | ({ readonly kind: 'days' } & Days)
  /** So many months from a month of any year; or one day of it. */
  | {
      readonly kind: 'yearless';
      readonly month: number;
      readonly months: number;
      readonly day: number | null;
    }
  | { readonly kind: 'easter' }
  | { readonly kind: 'part'; readonly part: 'start' | 'middle' | 'end'; readonly of: When };

/** Which of several years is meant. `near`: the coming one, unless the past one has only just been. */
export type Lean = 'past' | 'future' | 'near';

/** A date that began a season after this many days is still spoken of without its year. */
const JUST_PAST_DAYS = 100;

/** The days that are meant, and those of the other year that may be meant instead. */
export function settle(when: When, lean: Lean, today: IsoDate): { days: Days; other: Days | null } {
  if (when.kind === 'days') return { days: { from: when.from, to: when.to }, other: null };
  if (when.kind === 'part') {
    const whole = settle(when.of, lean, today);
    return {
      days: partOf(whole.days, when.part),
      other: whole.other && partOf(whole.other, when.part),
    };
  }
  const year = Number(today.slice(0, 4));
  const years = [year - 2, year - 1, year, year + 1, year + 2].map((one) => daysIn(when, one));
  const past = years.filter(({ from }) => from <= today).at(-1) ?? daysIn(when, year);
  const future = years.find(({ to }) => to >= today) ?? past;
  if (past.from === future.from) return { days: future, other: null };
  const justPast = lean === 'near' && shiftDay(past.to, JUST_PAST_DAYS, 'day') >= today;
  const isPast = lean === 'past' || (justPast && shiftDay(today, 8, 'month') < future.from);
  return isPast ? { days: past, other: future } : { days: future, other: past };
}

function partOf({ from, to }: Days, part: 'start' | 'middle' | 'end'): Days {
  if (part === 'end') return { from: to, to };
  if (part === 'start') return { from, to: from };
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  const middle = shiftDay(from, Math.floor(days / 2), 'day');
  return { from: middle, to: middle };
}

function daysIn(when: Exclude<When, { kind: 'days' | 'part' }>, year: number): Days {
  if (when.kind === 'easter') return oneDay(easterSunday(year));
  const first = new Date(year, when.month - 1, 1);
  if (when.day !== null) return oneDay(iso(new Date(year, when.month - 1, when.day)));
  return { from: iso(first), to: iso(endOfMonth(addMonths(first, when.months - 1))) };
}

/** The Gregorian computus (Meeus, Jones, Butcher). */
function easterSunday(year: number): IsoDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return iso(new Date(year, Math.floor(f / 31) - 1, (f % 31) + 1));
}

// ---- Dates that are written out

/** How many months a date of each precision spans, up to its last. */
const MONTHS_OF: Readonly<Partial<Record<Precision, number>>> = {
  month: 1,
  quarter: 3,
  season: 3,
  term: 4,
  year: 12,
};

/** `25 Dec 2023`, `25/12/2023`, `March 2024`, `Sept-23`, `Q4 2023/24`, `summer 2024`, `2024`. */
const written: Parser<When> = once((input, at) => {
  const { text, places } = mendedText(input);
  const start = places[at]?.start;
  if (start === undefined) return [];
  return findDateMentions(text.slice(start)).flatMap((mention) => {
    if (mention.start !== 0 || mention.due === null || JOINED.test(mention.text)) return [];
    const last = places.findLastIndex(({ end }) => end === start + mention.end);
    if (last < at) return [];
    const isNumber = /^\d{2,4}$/.test(mention.text.trim());
    const days = daysOfMention(mention.due, mention.precision);
    return [{ end: last + 1, value: { kind: 'days' as const, ...days }, cost: isNumber ? 0.3 : 0 }];
  });
});

/** Two months in one mention ("March and June 2023") are two times here. */
const JOINED = /[a-z]\.?\s*(?:\b(?:to|and|or|through)\b|[-–—&,+])\s*[a-z]/i;

function daysOfMention(due: IsoDate, precision: Precision | null): Days {
  const months = precision ? MONTHS_OF[precision] : undefined;
  if (months === undefined) return oneDay(due);
  return { from: iso(startOfMonth(addMonths(parseISO(due), 1 - months))), to: due };
}

/** The text with slips in the names of months and seasons mended, and where its tokens stand in it. */
function mendedText(input: Input): { text: string; places: readonly { start: number; end: number }[] } {
  const known = MENDED.get(input);
  if (known) return known;
  let text = '';
  let done = 0;
  const places = input.tokens.map((one, at) => {
    text += input.text.slice(done, Math.max(done, one.start));
    const start = text.length;
    const named = [...(input.forms[at]?.keys() ?? [])].find((word) => MONTH_WORDS.has(word));
    text += one.start < done ? '' : (named ?? input.text.slice(one.start, one.end));
    done = Math.max(done, one.end);
    return { start, end: text.length };
  });
  const made = { text, places };
  MENDED.set(input, made);
  return made;
}

const MENDED = new WeakMap<Input, ReturnType<typeof mendedText>>();

// ---- Months, days, seasons without a year

const MONTH_NAMES =
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec';
const MONTH_WORDS: ReadonlySet<string> = new Set(MONTH_NAMES.split(' '));

const month: Parser<number> = as(words(MONTH_NAMES.replace(/ /g, '/')), (word) => monthNumber(word));

/** `25th`, `25`. */
const dayOfMonth: Parser<number> = either(
  as(token('word'), ({ word }) => (/^\d/.test(word) ? Number.parseInt(word, 10) : null)),
  as(token('number'), ({ word }) => (Number(word) >= 1 && Number(word) <= 31 ? Number(word) : null)),
);

const yearless: Parser<When> = either<When>(
  as(seq(dayOfMonth, maybe(words('of')), month), ([day, , of]) => dayIn(of, day)),
  as(seq(month, dayOfMonth), ([of, day]) => dayIn(of, day)),
  as(month, (of) => ({ kind: 'yearless', month: of, months: 1, day: null })),
  as(words('christmas/xmas day?|xmas/christmas break/holiday'), () => dayIn(12, 25)),
  as(words("new year 's day?|new year day"), () => dayIn(1, 1)),
  as(words('easter'), () => ({ kind: 'easter' })),
  as(token('code'), ({ word }) => quarterOf(word)),
  as(seq(words('quarter'), number), ([, n]) => quarterOf(`q${n}`)),
  as(words('new year'), () => ({ kind: 'yearless', month: 1, months: 3, day: null })),
  as(words('spring'), () => ({ kind: 'yearless', month: 3, months: 3, day: null })),
  as(words('summer'), () => ({ kind: 'yearless', month: 6, months: 3, day: null })),
  as(words('autumn'), () => ({ kind: 'yearless', month: 9, months: 3, day: null })),
  as(words('winter'), () => ({ kind: 'yearless', month: 12, months: 3, day: null })),
  as(words('spring term'), () => ({ kind: 'yearless', month: 1, months: 4, day: null })),
  as(words('summer term'), () => ({ kind: 'yearless', month: 4, months: 4, day: null })),
  as(words('autumn term'), () => ({ kind: 'yearless', month: 9, months: 4, day: null })),
);

/** `Q4` is a council's: of the financial year, January to March. */
function quarterOf(word: string): When | null {
  const [, n] = /^q([1-4])$/.exec(word) ?? [];
  return n ? { kind: 'yearless', month: ((Number(n) * 3) % 12) + 1, months: 3, day: null } : null;
}

function dayIn(of: number, day: number): When | null {
  return day >= 1 && day <= 31 ? { kind: 'yearless', month: of, months: 1, day } : null;
}

// ---- Times that are told from today

type Calendar = 'week' | 'month' | 'quarter' | 'year' | 'financial year' | 'term';

const calendar: Parser<Calendar> = either<Calendar>(
  as(words('financial/fiscal year|fy'), () => 'financial year'),
  as(words('week/month/quarter/year/term'), (word) => word as Calendar),
  as(words('calendar month/year'), (word) => (word.endsWith('year') ? 'year' : 'month')),
);

const STEPS: Readonly<Record<string, number>> = {
  this: 0,
  current: 0,
  next: 1,
  following: 1,
  coming: 1,
  last: -1,
  previous: -1,
  past: -1,
};

const step: Parser<number> = as(words(Object.keys(STEPS).join('/')), (word) => STEPS[word] ?? null);

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const weekday: Parser<number> = as(words(WEEKDAYS.join('/')), (word) => WEEKDAYS.indexOf(word));

const fromToday: Parser<When> = either<When>(
  as(
    seq(words('first/second/third/fourth/last'), words('quarter'), maybe(words('of')), token('number')),
    ([which, , , { word }]) => quarterIn(which, Number(word)),
  ),
  as(words('half term|halfterm'), (_, { context }) => halfTerm(context.today)),
  as(words('today|now'), (_, { context }) => ({ kind: 'days', ...oneDay(context.today) })),
  as(words('tomorrow'), (_, { context }) => shifted(context.today, 1, 'day')),
  as(words('yesterday'), (_, { context }) => shifted(context.today, -1, 'day')),
  as(seq(step, calendar), ([steps, of], { context }) => calendarDays(context.today, of, steps)),
  as(seq(step, calendar, words('and/or next month/week/quarter/year?')), ([steps, of], { context }) =>
    steps === 0 ? { ...calendarDays(context.today, of, 0), to: calendarDays(context.today, of, 1).to } : null,
  ),
  as(
    seq(step, calendar, words('and/or one/month/week/quarter/year? after that/next?')),
    ([steps, of], { context }) => ({
      ...calendarDays(context.today, of, steps),
      to: calendarDays(context.today, of, steps + 1).to,
    }),
  ),
  as(seq(step, month), ([steps, of], { context }) => stepTo(of, steps, context.today)),
  as(seq(maybe(step), weekday), ([steps, day], { context }) => weekdayFrom(context.today, day, steps ?? 0)),
  as(seq(countedSpan, words('ago')), ([{ n, unit }], { context }) => shifted(context.today, -n, unit)),
  as(seq(countedSpan, words("time|from now|'s time|hence")), ([{ n, unit }], { context }) =>
    shifted(context.today, n, unit),
  ),
  as(words('year end|financial year end|end financial year'), (_, { context }) =>
    endOf(calendarDays(context.today, 'financial year', 0)),
  ),
  as(seq(words('end'), maybe(words('of')), calendar), ([, , of], { context }) =>
    endOf(calendarDays(context.today, of, 0)),
  ),
  as(words('month end|eom'), (_, { context }) => endOf(calendarDays(context.today, 'month', 0))),
  as(words('eoy'), (_, { context }) => endOf(calendarDays(context.today, 'year', 0))),
);

/** "Next June" is the coming one, "last June" the one before today, "this June" the one of this year. */
function stepTo(of: number, steps: number, today: IsoDate): When {
  const when: When = { kind: 'yearless', month: of, months: 1, day: null };
  if (steps === 0) return { kind: 'days', ...daysIn(when, Number(today.slice(0, 4))) };
  const inThis = daysIn(when, Number(today.slice(0, 4)));
  if (steps > 0)
    return { kind: 'days', ...(inThis.from > today ? inThis : daysIn(when, Number(today.slice(0, 4)) + 1)) };
  return { kind: 'days', ...(inThis.to < today ? inThis : daysIn(when, Number(today.slice(0, 4)) - 1)) };
}

function weekdayFrom(today: IsoDate, day: number, steps: number): When {
  const date = parseISO(today);
  const ahead = (day - date.getDay() + 7) % 7;
  if (steps < 0) return { kind: 'days', ...oneDay(iso(addDays(date, ahead === 0 ? -7 : ahead - 7))) };
  return { kind: 'days', ...oneDay(iso(addDays(date, steps > 0 && ahead === 0 ? 7 : ahead))) };
}

/** A week is Monday to Sunday, a quarter one of the calendar's (and the financial year's), terms as plans have them: until April, July, December. */
function calendarDays(today: IsoDate, of: Calendar, steps: number): Days & { kind: 'days' } {
  const date = parseISO(today);
  if (of === 'week') {
    const day = addDays(date, 7 * steps);
    const monday = startOfWeek(day, { weekStartsOn: 1 });
    return { kind: 'days', from: iso(monday), to: iso(endOfWeek(day, { weekStartsOn: 1 })) };
  }
  const [months, offset] = LENGTHS[of];
  const since = (date.getFullYear() * 12 + date.getMonth() - offset) / months;
  const first = (Math.floor(since) + steps) * months + offset;
  const from = new Date(Math.floor(first / 12), first % 12, 1);
  return { kind: 'days', from: iso(from), to: iso(endOfMonth(addMonths(from, months - 1))) };
}

/** How many months each has, and in which month (from 0) one of them begins. Terms are taken as thirds of the year from January. */
const LENGTHS: Readonly<Record<Exclude<Calendar, 'week'>, readonly [months: number, offset: number]>> = {
  month: [1, 0],
  quarter: [3, 0],
  year: [12, 0],
  'financial year': [12, 3],
  term: [4, 0],
};

/** "The first quarter of 2024" is the calendar's. */
function quarterIn(which: string, year: number): When | null {
  if (year < 2000 || year > 2100) return null;
  const n = ['first', 'second', 'third', 'fourth'].indexOf(which);
  const first = new Date(year, 3 * (n < 0 ? 3 : n), 1);
  return { kind: 'days', from: iso(first), to: iso(endOfMonth(addMonths(first, 2))) };
}

/** In which months schools have a half term, and where in the month its Monday is looked for: councils differ by a week. */
const HALF_TERMS: readonly (readonly [month: number, lastDay: number])[] = [
  [2, 19],
  [5, 31],
  [10, 28],
];

/** The week of the next half term, Monday to Friday: mid-February, the end of May, the end of October. */
function halfTerm(today: IsoDate): When {
  const year = Number(today.slice(0, 4));
  const weeks = [year, year + 1].flatMap((one) =>
    HALF_TERMS.map(([of, lastDay]) => {
      const monday = startOfWeek(new Date(one, of - 1, lastDay), { weekStartsOn: 1 });
      return { from: iso(monday), to: iso(addDays(monday, 4)) };
    }),
  );
  const next = weeks.find(({ to }) => to >= today);
  return { kind: 'days', ...(next ?? oneDay(today)) };
}

function endOf(days: Days): When {
  return { kind: 'part', part: 'end', of: { kind: 'days', ...days } };
}

function shifted(today: IsoDate, n: number, unit: TimeUnit): When {
  return { kind: 'days', ...oneDay(plainShift(today, n, unit)) };
}

/** The day so much later, by the calendar: 30 September and a month is 30 October. */
export function plainShift(day: IsoDate, n: number, unit: TimeUnit): IsoDate {
  const date = parseISO(day);
  if (unit === 'day') return iso(addDays(date, n));
  if (unit === 'week') return iso(addDays(date, 7 * n));
  return iso(addMonths(date, unit === 'year' ? 12 * n : n));
}

// ---- All of them

const plain: Parser<When> = either(written, yearless, fromToday);

const PARTS: Readonly<Record<string, 'start' | 'middle' | 'end'>> = {
  end: 'end',
  close: 'end',
  start: 'start',
  beginning: 'start',
  mid: 'middle',
  middle: 'middle',
};

/** A time: a date, a month, a feast, or told from today. `end of March` is its last day. */
export const when: Parser<When> = once(
  either<When>(
    plain,
    as(seq(words(Object.keys(PARTS).join('/')), maybe(words('of')), plain), ([part, , of]) => ({
      kind: 'part',
      part: PARTS[part] ?? 'end',
      of,
    })),
  ),
);

/** A month and year, or a month alone: what an update or a published position is of. */
export const monthNamed: Parser<When> = either(
  as(written, (days) => (days.kind === 'days' && isOneMonth(days) ? days : null)),
  as(yearless, (one) => (one.kind === 'yearless' && one.day === null && one.months === 1 ? one : null)),
  as(seq(step, words('month')), ([steps], { context }) => calendarDays(context.today, 'month', steps)),
  costing(
    0.2,
    as(seq(step, month), ([steps, of], { context }) => stepTo(of, steps, context.today)),
  ),
);

function isOneMonth({ from, to }: Days): boolean {
  return from.slice(0, 7) === to.slice(0, 7) && from !== to;
}

function oneDay(day: IsoDate): Days {
  return { from: day, to: day };
}

function iso(date: Date): IsoDate {
  return format(date, 'yyyy-MM-dd') as IsoDate;
}
