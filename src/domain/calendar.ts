import type { IsoDate, Period } from './period';
import type { CalendarRules } from './plan';

/** Whether a day is a bank holiday in the plan's country. Given from outside: the domain keeps no list. */
export type IsBankHoliday = (day: IsoDate) => boolean;

/** When the steps of one period's month happen. All instants are UTC. */
export interface CycleDates {
  readonly opens: Date;
  /** In time order; a plan may have none. */
  readonly reminders: readonly Date[];
  readonly closes: Date;
  /** When it publishes by itself; the next working day after closing at the opening time. */
  readonly publishes: Date;
}

/**
 * The dates of a period's month by the plan's calendar: opens at `opensTime` on the first working day on or
 * after `opensDay` (but never after the closing day), reminds at `opensTime` the given number of working days before the closing day (those that would not
 * fall after the opening are left out), closes at `closesTime` on the last working day of the month, publishes at
 * `opensTime` on the next working day. Wall-clock times in `rules.zone`, daylight saving included.
 */
export function cycleDates(period: Period, rules: CalendarRules, isBankHoliday: IsBankHoliday): CycleDates {
  throw new Error(`not built: ${period} ${typeof rules} ${typeof isBankHoliday}`);
}

/**
 * The dates of a month that a programme officer opens by hand at `now`. As {@link cycleDates}, but where its closing
 * is past, or fewer than three working days are left, it closes at `closesTime` on the fifth working day after
 * `now`'s day, so that leads have a fair time to answer; reminders are counted back from that closing.
 */
export function cycleDatesOpenedAt(
  now: Date,
  period: Period,
  rules: CalendarRules,
  isBankHoliday: IsBankHoliday,
): CycleDates {
  throw new Error(`not built: ${now.toISOString()} ${period} ${typeof rules} ${typeof isBankHoliday}`);
}

/** The calendar day of an instant in a time zone. */
export function dayIn(zone: string, instant: Date): IsoDate {
  throw new Error(`not built: ${zone} ${instant.toISOString()}`);
}

/** The instant of a wall-clock time (`17:00`) on a day in a time zone. */
export function instantIn(zone: string, day: IsoDate, time: string): Date {
  throw new Error(`not built: ${zone} ${day} ${time}`);
}

/** Monday to Friday and no bank holiday. */
export function isWorkingDay(day: IsoDate, isBankHoliday: IsBankHoliday): boolean {
  throw new Error(`not built: ${day} ${typeof isBankHoliday}`);
}
