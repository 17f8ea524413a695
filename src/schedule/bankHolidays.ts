import Holidays from 'date-holidays';
import type { IsBankHoliday } from '../domain/calendar';
import type { IsoDate } from '../domain/period';

/** The parts of the United Kingdom that keep bank holidays of their own, with their codes in `date-holidays`. */
const STATE_CODES = { England: 'ENG', Wales: 'WLS', Scotland: 'SCT', 'Northern Ireland': 'NIR' } as const;

/** A country whose bank holidays can be asked for. */
export type Country = keyof typeof STATE_CODES;

/**
 * The bank holidays of a country, substitute days and one-off days (a jubilee, a coronation) included. Each year is
 * worked out when a day of it is first asked for, and kept. A one-off day is known from that release of
 * `date-holidays` on that lists it, so the package has to be kept up to date.
 */
export function bankHolidaysOf(country: Country): IsBankHoliday {
  const daysByYear = new Map<number, ReadonlySet<IsoDate>>();
  let holidays: Holidays | null = null;

  function daysOf(year: number): ReadonlySet<IsoDate> {
    const kept = daysByYear.get(year);
    if (kept) return kept;
    holidays ??= new Holidays({ country: 'GB', state: STATE_CODES[country] }, { types: ['public'] });
    const days = new Set(holidays.getHolidays(year).map(({ date }) => date.slice(0, 10) as IsoDate));
    daysByYear.set(year, days);
    return days;
  }

  return (day) => daysOf(Number(day.slice(0, 4))).has(day);
}
