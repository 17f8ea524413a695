import {
  addDays,
  addMonths,
  addWeeks,
  addYears,
  endOfMonth,
  format,
  isLastDayOfMonth,
  parseISO,
} from 'date-fns';
import type { IsoDate } from '../domain/period';
import type { TimeUnit } from './question';

/** Some days that follow one another, both ends included. */
export interface Days {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** One day. */
export function oneDay(day: IsoDate): Days {
  return { from: day, to: day };
}

/** The calendar day of a date in this machine's zone, as date-fns makes it. */
export function iso(date: Date): IsoDate {
  return format(date, 'yyyy-MM-dd') as IsoDate;
}

const SHIFTS = { day: addDays, week: addWeeks, month: addMonths, year: addYears } as const;

/** The day so much later, by the calendar: 30 September and a month is 30 October. */
export function plainShift(day: IsoDate, n: number, unit: TimeUnit): IsoDate {
  return iso(SHIFTS[unit](parseISO(day), n));
}

/** The day so much later. A month that is given as its last day stays the last day: 28 February and a month is 31 March. */
export function shiftDay(day: IsoDate, n: number, unit: TimeUnit): IsoDate {
  const date = parseISO(day);
  const moved = SHIFTS[unit](date, n);
  return iso((unit === 'month' || unit === 'year') && isLastDayOfMonth(date) ? endOfMonth(moved) : moved);
}

/** The last day of a day's month. */
export function lastDayOfMonth(day: IsoDate): IsoDate {
  return iso(endOfMonth(parseISO(day)));
}

/** How many days lie between two; negative where the second is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
