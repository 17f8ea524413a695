import { dayIn } from '../domain/calendar';
import type { FigureKey } from '../domain/figures';
import { type IsoDate, monthsIn, type Period, type PeriodMonths } from '../domain/period';
import { type Action, dueDate, isOverdue, type TargetDate } from '../domain/plan';
import { DEFAULT_SCALE, type StatusKey, type StatusScale, statusName, statusOn } from '../domain/status';
import type { Words } from '../words/words';
import { cut, plain } from './escape';
import type { Reader } from './facts';
import { ALARM, gap, type RunStyle, run, SUBTLE, type TextRun } from './runs';

/** How dates, numbers and statuses are written on cards. All words come from the language's own file. */

const MINUS = '\u2212';

/** Longest date text of a plan that is shown as written, in characters. */
const DATE_TEXT_LIMIT = 60;

/** The first of so many things in one line, and how many more there are: `1.3.2, 4.1.1, and 3 more`. */
export function listed(first: readonly string[], of: number, words: Words): string {
  const more = of - first.length;
  return [...first, ...(more > 0 ? [words.say('action.more', { n: more })] : [])].join(', ');
}

/** `September 2023`; of several months `August–September 2023`, `Q3: July–September 2023`. */
export function periodName(period: Period, words: Words, months: PeriodMonths = 1): string {
  if (months > 1) return rangeName(period, months, words);
  const month = words.say('date.monthLong', { n: monthOf(period) });
  return words.say('date.monthAndYear', { month, year: yearOf(period) });
}

/** The month of something that was said: `August`; `August 2022` where the bare name could mean a later one. */
export function monthName(period: Period, today: IsoDate, words: Words): string {
  return isWithinAYear(period, today)
    ? words.say('date.monthLong', { n: monthOf(period) })
    : periodName(period, words);
}

/** As {@link monthName}, for the head of a narrow column: `Aug`, `Aug 2022`. */
export function monthShort(period: Period, today: IsoDate, words: Words): string {
  const month = words.say('date.month', { n: monthOf(period) });
  return isWithinAYear(period, today)
    ? month
    : words.say('date.monthAndYear', { month, year: yearOf(period) });
}

/** `Fri 29 Sep`; `Fri 29 Sep 2023` where it is not this year. */
export function dayName(day: IsoDate, today: IsoDate, words: Words): string {
  const values = {
    weekday: words.say('date.weekday', { n: weekdayOf(day) }),
    day: Number(day.slice(8, 10)),
    month: words.say('date.month', { n: monthOf(day) }),
    year: yearOf(day),
  };
  return words.say(yearOf(day) === yearOf(today) ? 'date.day' : 'date.dayAndYear', values);
}

/** `Fri 29 Sep, 5pm`, in the reader's time zone. */
export function instantName(instant: Date, reader: Reader, words: Words): string {
  const day = dayName(dayIn(reader.zone, instant), reader.today, words);
  return words.say('date.at', { day, time: clockTime(instant, reader.zone, words) });
}

/** As {@link instantName}; the time alone when it is today. */
export function recentName(instant: Date, reader: Reader, words: Words): string {
  return dayIn(reader.zone, instant) === reader.today
    ? clockTime(instant, reader.zone, words)
    : instantName(instant, reader, words);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Made once for each zone: making one takes longer than all that it is used for in a turn. */
function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const options = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const made = new Intl.DateTimeFormat('en-GB', options);
  clocks.set(zone, made);
  return made;
}

/** `5pm` on the hour, else `10:42`, in an IANA time zone. */
export function clockTime(instant: Date, zone: string, words: Words): string {
  const parts = clockIn(zone).formatToParts(instant);
  const part = (type: 'hour' | 'minute') => parts.find((piece) => piece.type === type)?.value ?? '00';
  if (part('minute') !== '00') return words.say('date.clock', { hour: part('hour'), minute: part('minute') });
  const hour = Number(part('hour'));
  return words.say('date.hour', { hour: hour % 12 === 0 ? 12 : hour % 12, half: hour < 12 ? 'am' : 'pm' });
}

/**
 * A target date as it was read (`Aug 2023`, `Fri 29 Sep 2023`), with what it was written as where the reading is not
 * plain (`Q4 2017/18 (Mar 2018)`); as written where it names no day (`Ongoing`).
 */
export function targetName(target: TargetDate, today: IsoDate, words: Words): string {
  const text = cut(plain(target.text), DATE_TEXT_LIMIT);
  if (target.due === null) return text;
  const date = target.precision === 'day' ? dayName(target.due, today, words) : dueMonth(target.due, words);
  if (target.precision !== 'day' && target.precision !== 'month') {
    return words.say('date.asRead', { text, date });
  }
  if (target.recurrence === null) return date;
  return words.say('date.recurring', { date, recurrence: cut(plain(target.recurrence), DATE_TEXT_LIMIT) });
}

/** When an action is due, as runs: `due Aug 2023, passed`, `Ongoing`, `no date`. */
export function dueRuns(action: Action, scale: StatusScale, reader: Reader, words: Words): TextRun[] {
  const target = action.revised ?? action.planned;
  if (!target || plain(target.text) === '') return [run(words.say('action.undated'), SUBTLE)];
  const name = targetName(target, reader.today, words);
  const due = dueDate(action) === null ? name : words.say('action.due', { date: name });
  return passedRuns(due, isOverdue(action, scale, reader.today), words);
}

/** A date with ", passed" after it where it has. */
export function passedRuns(date: string, passed: boolean, words: Words): TextRun[] {
  const shown = run(date, SUBTLE);
  return passed ? [shown, gap(', ', SUBTLE), run(words.say('action.passed'), ALARM)] : [shown];
}

/** `+3`, `−1`, `0`: the sign is a minus, not a hyphen, so that screen readers say it. */
export function signed(n: number): string {
  if (n === 0) return '0';
  return n > 0 ? `+${n}` : `${MINUS}${-n}`;
}

/** `A Amber`, or "No status". A key that the scale lacks has the name that it has everywhere else. */
export function nameOf(scale: StatusScale, key: FigureKey | null, words: Words): string {
  if (key === null || key === 'none') return words.say('status.none');
  return statusName(scale, key) ?? statusName(DEFAULT_SCALE, key) ?? words.say('status.none');
}

/** The label alone, as sentences say it: `Amber`. */
export function labelOf(scale: StatusScale, key: StatusKey, words: Words): string {
  return statusOn(scale, key)?.label ?? statusOn(DEFAULT_SCALE, key)?.label ?? words.say('status.none');
}

/** `A Amber 50%`; without a percentage where none is known, which is not 0%. */
export function standing(
  scale: StatusScale,
  at: { readonly status: StatusKey | null; readonly percent: number | null },
  words: Words,
): string {
  const status = nameOf(scale, at.status, words);
  return at.percent === null ? status : words.say('status.standing', { status, percent: at.percent });
}

/** The style of container that stands for a status. Colour is never alone: the name always stands in it. */
export function tintOf(key: FigureKey | null): string {
  return key === null ? TINTS.none : TINTS[key];
}

const TINTS: Readonly<Record<FigureKey, string>> = {
  red: 'attention',
  amber: 'warning',
  green: 'good',
  blue: 'accent',
  grey: 'emphasis',
  none: 'default',
};

/** The colour that stands for a status in a chart, by Teams' own name for it, so that each theme has its shade. */
export function chartColourOf(key: FigureKey | null): string {
  return CHART_COLOURS[key ?? 'none'];
}

const CHART_COLOURS: Readonly<Record<FigureKey, string>> = {
  red: 'attention',
  amber: 'warning',
  green: 'good',
  blue: 'categoricalBlue',
  grey: 'neutral',
  none: 'categoricalLavender',
};

/** A heading of ref and title, the ref in bold. */
export function nameRuns(
  action: { readonly ref: string; readonly title: string },
  style: RunStyle = {},
): TextRun[] {
  const ref = cut(plain(action.ref), REF_LIMIT);
  const title = cut(plain(action.title), TITLE_LIMIT);
  const name = run(ref, { ...style, weight: 'Bolder' });
  return title === '' ? [name] : [name, gap(' ', style), run(title, style)];
}

/** `1.2.2 Corporate performance reviews`, for a tooltip. */
export function actionName(action: { readonly ref: string; readonly title: string }, words: Words): string {
  const title = cut(plain(action.title), SHORT_TITLE_LIMIT);
  return words.say('action.name', { ref: cut(plain(action.ref), REF_LIMIT), title });
}

/** Longest ref, title and group's title that cards show, in characters. */
export const REF_LIMIT = 40;
const TITLE_LIMIT = 240;
const SHORT_TITLE_LIMIT = 70;
export const GROUP_LIMIT = 90;

function rangeName(period: Period, months: PeriodMonths, words: Words): string {
  const [first = period] = monthsIn(period, months);
  const values = {
    from: words.say('date.monthLong', { n: monthOf(first) }),
    fromYear: yearOf(first),
    to: words.say('date.monthLong', { n: monthOf(period) }),
    year: yearOf(period),
  };
  const isOneYear = yearOf(first) === yearOf(period);
  const range = words.say(isOneYear ? 'date.range' : 'date.rangeOverYears', values);
  const isQuarter = months === 3 && monthOf(period) % 3 === 0;
  return isQuarter ? words.say('date.quarter', { quarter: monthOf(period) / 3, range }) : range;
}

function dueMonth(due: IsoDate, words: Words): string {
  return words.say('date.monthAndYear', {
    month: words.say('date.month', { n: monthOf(due) }),
    year: yearOf(due),
  });
}

function isWithinAYear(period: Period, today: IsoDate): boolean {
  const age = (Number(yearOf(today)) - Number(yearOf(period))) * 12 + monthOf(today) - monthOf(period);
  return age >= 0 && age < 12;
}

/** As text: a number would be written with a thousands separator. */
function yearOf(date: Period | IsoDate): string {
  return date.slice(0, 4);
}

function monthOf(date: Period | IsoDate): number {
  return Number(date.slice(5, 7));
}

/** 1 is Monday, 7 is Sunday. */
function weekdayOf(day: IsoDate): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}
