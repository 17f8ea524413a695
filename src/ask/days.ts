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

/** The day so much later. A month that is given as its last day stays the last day: 28 February and a month is 31 March. */
export function shiftDay(day: IsoDate, n: number, unit: TimeUnit): IsoDate {
  const date = parseISO(day);
  const moved = SHIFTS[unit](date, n);
  const kept = (unit === 'month' || unit === 'year') && isLastDayOfMonth(date) ? endOfMonth(moved) : moved;
  return format(kept, 'yyyy-MM-dd') as IsoDate;
}

const SHIFTS = { day: addDays, week: addWeeks, month: addMonths, year: addYears } as const;

/** How many days lie between two; negative where the second is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
