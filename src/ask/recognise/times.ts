import { addMonths, endOfMonth } from 'date-fns';
import type { IsoDate } from '../../domain/period';
import { type Days, daysBetween, iso, oneDay, plainShift, shiftDay } from '../days';

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

/** Days that leave nothing to settle. */
export function daysNamed({ from, to }: Days): When {
  return { kind: 'days', from, to };
}

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
  if (part === 'end') return oneDay(to);
  if (part === 'start') return oneDay(from);
  return oneDay(plainShift(from, Math.floor(daysBetween(from, to) / 2), 'day'));
}

/** The days of a time in a year. */
export function daysIn(when: Exclude<When, { kind: 'days' | 'part' }>, year: number): Days {
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
