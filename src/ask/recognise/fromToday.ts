import { addDays, addMonths, endOfMonth, endOfWeek, parseISO, startOfWeek } from 'date-fns';
import type { IsoDate } from '../../domain/period';
import { type Days, iso, oneDay, plainShift } from '../days';
import { as, costing, either, maybe, type Parser, seq, token, words } from '../parser';
import type { TimeUnit } from '../question';
import { countedSpan } from './numbers';
import { daysIn, daysNamed, type When } from './times';
import { month } from './yearless';

/*
 * Times that are told from today: "next month", "last June", "in three weeks' time", "the end of the financial year".
 */

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

/** "Next June". */
const stepToMonth: Parser<When> = as(seq(step, month), ([steps, of], { context }) =>
  daysNamed(stepTo(of, steps, context.today)),
);

/** A month told from today: "this month", "last June". */
export const monthFromToday: Parser<When> = either(
  as(seq(step, words('month')), ([steps], { context }) =>
    daysNamed(calendarDays(context.today, 'month', steps)),
  ),
  costing(0.2, stepToMonth),
);

/** A time told from today. */
export const fromToday: Parser<When> = either<When>(
  as(
    seq(words('first/second/third/fourth/last'), words('quarter'), maybe(words('of')), token('number')),
    ([which, , , { word }]) => quarterIn(which, Number(word)),
  ),
  as(words('half term|halfterm'), (_, { context }) => halfTerm(context.today)),
  as(words('today|now'), (_, { context }) => daysNamed(oneDay(context.today))),
  as(words('tomorrow'), (_, { context }) => shifted(context.today, 1, 'day')),
  as(words('yesterday'), (_, { context }) => shifted(context.today, -1, 'day')),
  as(seq(step, calendar), ([steps, of], { context }) => daysNamed(calendarDays(context.today, of, steps))),
  as(seq(step, calendar, words('and/or next month/week/quarter/year?')), ([steps, of], { context }) =>
    steps === 0 ? thisAndNext(context.today, of, 0) : null,
  ),
  as(
    seq(step, calendar, words('and/or one/month/week/quarter/year? after that/next?')),
    ([steps, of], { context }) => thisAndNext(context.today, of, steps),
  ),
  stepToMonth,
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
function stepTo(of: number, steps: number, today: IsoDate): Days {
  const year = Number(today.slice(0, 4));
  const monthIn = (one: number) => daysIn({ kind: 'yearless', month: of, months: 1, day: null }, one);
  const inThis = monthIn(year);
  if (steps > 0) return inThis.from > today ? inThis : monthIn(year + 1);
  if (steps < 0) return inThis.to < today ? inThis : monthIn(year - 1);
  return inThis;
}

function weekdayFrom(today: IsoDate, day: number, steps: number): When {
  const date = parseISO(today);
  const ahead = (day - date.getDay() + 7) % 7;
  if (steps < 0) return daysNamed(oneDay(iso(addDays(date, ahead === 0 ? -7 : ahead - 7))));
  return daysNamed(oneDay(iso(addDays(date, steps > 0 && ahead === 0 ? 7 : ahead))));
}

/** A week is Monday to Sunday, a quarter one of the calendar's (and the financial year's), terms as plans have them: until April, July, December. */
function calendarDays(today: IsoDate, of: Calendar, steps: number): Days {
  const date = parseISO(today);
  if (of === 'week') {
    const day = addDays(date, 7 * steps);
    const monday = startOfWeek(day, { weekStartsOn: 1 });
    return { from: iso(monday), to: iso(endOfWeek(day, { weekStartsOn: 1 })) };
  }
  const [months, offset] = LENGTHS[of];
  const since = (date.getFullYear() * 12 + date.getMonth() - offset) / months;
  const first = (Math.floor(since) + steps) * months + offset;
  const from = new Date(Math.floor(first / 12), first % 12, 1);
  return { from: iso(from), to: iso(endOfMonth(addMonths(from, months - 1))) };
}

/** How many months each has, and in which month (from 0) one of them begins. Terms are taken as thirds of the year from January. */
const LENGTHS: Readonly<Record<Exclude<Calendar, 'week'>, readonly [months: number, offset: number]>> = {
  month: [1, 0],
  quarter: [3, 0],
  year: [12, 0],
  'financial year': [12, 3],
  term: [4, 0],
};

/** "This month and next", "last week and the one after that". */
function thisAndNext(today: IsoDate, of: Calendar, steps: number): When {
  return daysNamed({
    from: calendarDays(today, of, steps).from,
    to: calendarDays(today, of, steps + 1).to,
  });
}

/** "The first quarter of 2024" is the calendar's. */
function quarterIn(which: string, year: number): When | null {
  if (year < 2000 || year > 2100) return null;
  const n = ['first', 'second', 'third', 'fourth'].indexOf(which);
  const first = new Date(year, 3 * (n < 0 ? 3 : n), 1);
  return daysNamed({ from: iso(first), to: iso(endOfMonth(addMonths(first, 2))) });
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
  return daysNamed(next ?? oneDay(today));
}

function endOf(days: Days): When {
  return { kind: 'part', part: 'end', of: daysNamed(days) };
}

function shifted(today: IsoDate, n: number, unit: TimeUnit): When {
  return daysNamed(oneDay(plainShift(today, n, unit)));
}
