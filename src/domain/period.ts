import { addMonths, format } from 'date-fns';
import { z } from 'zod';

/**
 * What an update is about, as `2023-09`: a month, or the two or three months that end with it. Text order is time order,
 * so periods are compared with `<` and `>` and stored as they are.
 */
export type Period = `${number}-${number}`;

/** A calendar day with no time and no zone, as `2023-09-29`. Text order is time order. */
export type IsoDate = `${number}-${number}-${number}`;

export const periodSchema = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .transform((text) => text as Period);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

/** How many months a plan's periods have: a month, two, or a quarter. */
export type PeriodMonths = 1 | 2 | 3;

/** The period of a month counted from 1. */
export function periodOf(year: number, month: number): Period {
  return `${year}-${String(month).padStart(2, '0')}` as Period;
}

/** The period a calendar day falls in. */
export function periodOfDate(day: IsoDate): Period {
  return day.slice(0, 7) as Period;
}

/**
 * Reads a period from words: `September 2023`, `Sept 23`, `sep-2023`, `2023-09`, `09/2023`.
 * A month without a year is the latest such month that is not after `latest`, where that is given.
 * Answers null for anything else.
 */
export function readPeriod(text: string, latest?: Period): Period | null {
  const trimmed = text.trim().toLowerCase();
  const numbers = /^(\d{4})-(\d{1,2})$/.exec(trimmed) ?? swap(/^(\d{1,2})[/-](\d{4})$/.exec(trimmed));
  if (numbers) {
    const month = Number(numbers[2]);
    return month >= 1 && month <= 12 ? periodOf(Number(numbers[1]), month) : null;
  }
  const words = /^([a-z]{3,9})\.?(?:[\s\-–/']+(\d{4}|\d{2}))?$/.exec(trimmed);
  if (!words?.[1]) return null;
  const month = monthNumber(words[1]);
  if (month === null) return null;
  if (words[2]) return periodOf(words[2].length === 2 ? 2000 + Number(words[2]) : Number(words[2]), month);
  if (!latest) return null;
  const year = Number(latest.slice(0, 4));
  const thisYear = periodOf(year, month);
  return thisYear <= latest ? thisYear : periodOf(year - 1, month);
}

const WELSH_MONTHS: readonly string[] =
  'ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr'.split(' ');

/**
 * The number (1 to 12) of a month's English name or its usual short forms (`Sept` too), or of its Welsh name in full; null if
 * it is none.
 */
export function monthNumber(name: string): number | null {
  const lower = name.toLowerCase();
  const welsh = WELSH_MONTHS.indexOf(lower);
  if (welsh >= 0) return welsh + 1;
  const at = MONTHS.findIndex((short) => lower.startsWith(short));
  if (at < 0) return null;
  const full = format(new Date(2000, at, 1), 'MMMM').toLowerCase();
  return full.startsWith(lower) || lower === 'sept' ? at + 1 : null;
}

/** The period `months` later; earlier when negative. */
export function shiftPeriod(period: Period, months: number): Period {
  const moved = addMonths(new Date(`${period}-01T12:00:00`), months);
  return periodOf(moved.getFullYear(), moved.getMonth() + 1);
}

/** How many months lie between two periods; negative where the second is earlier. */
export function monthsBetween(first: Period, second: Period): number {
  const months = (period: Period): number => Number(period.slice(0, 4)) * 12 + Number(period.slice(5));
  return months(second) - months(first);
}

/**
 * The period that a month belongs to where periods have so many months: named by its last month. They are counted from April, as councils
 * count their year: April and May, August and September; January to March, July to September.
 */
export function periodWith(month: Period, months: PeriodMonths): Period {
  const sinceApril = (Number(month.slice(5)) + 8) % 12;
  return shiftPeriod(month, months - 1 - (sinceApril % months));
}

/** The months of a period, first to last. */
export function monthsIn(period: Period, months: PeriodMonths): Period[] {
  return Array.from({ length: months }, (_, at) => shiftPeriod(period, at + 1 - months));
}

function swap(match: RegExpExecArray | null): [string, string, string] | null {
  return match?.[1] && match[2] ? [match[0], match[2], match[1]] : null;
}
