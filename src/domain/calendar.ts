import { TZDate } from '@date-fns/tz';
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

/** With fewer working days than this between today and the closing, a month opened by hand gets a closing of its own. */
const FEWEST_WORKING_DAYS_TO_ANSWER = 3;

/** The closing that such a month gets, in working days after the day it was opened. */
const WORKING_DAYS_WHEN_OPENED_LATE = 5;

/** No country rests for a year: a search for a working day that takes longer was given a broken list of holidays. */
const LONGEST_REST_IN_DAYS = 366;

/**
 * The dates of a period's month by the plan's calendar: opens at `opensTime` on the first working day on or
 * after `opensDay` (but never after the closing day, and a working day sooner where the day's times would have it
 * open no earlier than it closes), reminds at `opensTime` the given numbers of working days before the closing day
 * (those that would not fall after the opening are left out), closes at `closesTime` on the last working day of the
 * month, publishes at `opensTime` on the next working day. Wall-clock times in `rules.zone`, daylight saving
 * included. Throws a RangeError when the rules hold a time or a zone that does not exist, or when no working day
 * can be found.
 */
export function cycleDates(period: Period, rules: CalendarRules, isBankHoliday: IsBankHoliday): CycleDates {
  const closingDay = onOrBefore(lastDayOf(period), isBankHoliday);
  const closes = instantIn(rules.zone, closingDay, rules.closesTime);
  const opens = openingBefore(closes, closingDay, period, rules, isBankHoliday);
  return {
    opens,
    reminders: remindersBetween(opens, closes, closingDay, rules, isBankHoliday),
    closes,
    publishes: publishingAfter(closingDay, rules, isBankHoliday),
  };
}

/**
 * The dates of a month that a programme officer opens by hand at `now`, which is when it opens. It closes as
 * {@link cycleDates} says; but where that is past, or fewer than three working days are left (the closing day counted,
 * today not), it closes at `closesTime` on the fifth working day after `now`'s day, so that leads have a fair time to
 * answer. Reminders are counted back from that closing. Throws as {@link cycleDates} does.
 */
export function cycleDatesOpenedAt(
  now: Date,
  period: Period,
  rules: CalendarRules,
  isBankHoliday: IsBankHoliday,
): CycleDates {
  const today = dayIn(rules.zone, now);
  const plannedClosingDay = onOrBefore(lastDayOf(period), isBankHoliday);
  const earliestFairDay = workingDaysAfter(today, FEWEST_WORKING_DAYS_TO_ANSWER, isBankHoliday);
  const closingDay =
    plannedClosingDay >= earliestFairDay
      ? plannedClosingDay
      : workingDaysAfter(today, WORKING_DAYS_WHEN_OPENED_LATE, isBankHoliday);
  const closes = instantIn(rules.zone, closingDay, rules.closesTime);
  return {
    opens: now,
    reminders: remindersBetween(now, closes, closingDay, rules, isBankHoliday),
    closes,
    publishes: publishingAfter(closingDay, rules, isBankHoliday),
  };
}

/** The calendar day of an instant in an IANA time zone. Throws a RangeError for a zone or an instant that does not exist. */
export function dayIn(zone: string, instant: Date): IsoDate {
  const known = zoneOf(zone);
  const minute = Math.floor(instant.getTime() / A_MINUTE);
  if (known.minute !== minute) {
    known.day = daySaid(known.format, instant);
    known.minute = minute;
  }
  return known.day;
}

const A_MINUTE = 60_000;

/** What is kept of a zone: a card asks for today several times, and within a minute it is the same day (all zones have differed from UTC by whole minutes since 1972). */
interface Zone {
  readonly format: Intl.DateTimeFormat;
  minute: number;
  day: IsoDate;
}

const zones = new Map<string, Zone>();

function zoneOf(zone: string): Zone {
  const known = zones.get(zone);
  if (known) return known;
  const options = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const made = { format: new Intl.DateTimeFormat('en-GB', options), minute: Number.NaN, day: '' as IsoDate };
  zones.set(zone, made);
  return made;
}

function daySaid(format: Intl.DateTimeFormat, instant: Date): IsoDate {
  const parts = format.formatToParts(instant);
  const part = (type: 'year' | 'month' | 'day') => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}` as IsoDate;
}

/**
 * The instant of a wall-clock time (`17:00`, 24 hours) on a day in an IANA time zone. A time that the clocks skip
 * is taken as the one an hour later, a time that they repeat as one of the two. Throws a RangeError for a day, a
 * time or a zone that does not exist.
 */
export function instantIn(zone: string, day: IsoDate, time: string): Date {
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!clock) throw new RangeError(`"${time}" is no time of day: write it as 09:00 or 17:30`);
  if (shiftDay(day, 0) !== day) throw new RangeError(`There is no such day as ${day}`);
  const [year, month, date] = partsOf(day);
  const instant = new TZDate(year, month - 1, date, Number(clock[1]), Number(clock[2]), zone).getTime();
  if (Number.isNaN(instant)) throw new RangeError(`There is no such time zone as "${zone}"`);
  return new Date(instant);
}

/** Monday to Friday and no bank holiday. */
export function isWorkingDay(day: IsoDate, isBankHoliday: IsBankHoliday): boolean {
  const [year, month, date] = partsOf(day);
  const weekday = new Date(Date.UTC(year, month - 1, date)).getUTCDay();
  return weekday >= 1 && weekday <= 5 && !isBankHoliday(day);
}

function openingBefore(
  closes: Date,
  closingDay: IsoDate,
  period: Period,
  rules: CalendarRules,
  isBankHoliday: IsBankHoliday,
): Date {
  const wanted = onOrAfter(dayOf(period, rules.opensDay), isBankHoliday);
  const openingDay = wanted < closingDay ? wanted : closingDay;
  const opens = instantIn(rules.zone, openingDay, rules.opensTime);
  if (opens < closes) return opens;
  return instantIn(rules.zone, onOrBefore(shiftDay(closingDay, -1), isBankHoliday), rules.opensTime);
}

function remindersBetween(
  opens: Date,
  closes: Date,
  closingDay: IsoDate,
  rules: CalendarRules,
  isBankHoliday: IsBankHoliday,
): Date[] {
  const daysBefore = [...new Set(rules.remindDaysBefore)].sort((a, b) => b - a);
  return daysBefore
    .map((days) => workingDaysBefore(closingDay, days, isBankHoliday))
    .map((day) => instantIn(rules.zone, day, rules.opensTime))
    .filter((reminder) => reminder > opens && reminder < closes);
}

function publishingAfter(closingDay: IsoDate, rules: CalendarRules, isBankHoliday: IsBankHoliday): Date {
  return instantIn(rules.zone, workingDaysAfter(closingDay, 1, isBankHoliday), rules.opensTime);
}

function workingDaysBefore(day: IsoDate, count: number, isBankHoliday: IsBankHoliday): IsoDate {
  let found = day;
  for (let left = count; left > 0; left -= 1) found = onOrBefore(shiftDay(found, -1), isBankHoliday);
  return found;
}

function workingDaysAfter(day: IsoDate, count: number, isBankHoliday: IsBankHoliday): IsoDate {
  let found = day;
  for (let left = count; left > 0; left -= 1) found = onOrAfter(shiftDay(found, 1), isBankHoliday);
  return found;
}

function onOrBefore(day: IsoDate, isBankHoliday: IsBankHoliday): IsoDate {
  return nearestWorkingDay(day, -1, isBankHoliday);
}

function onOrAfter(day: IsoDate, isBankHoliday: IsBankHoliday): IsoDate {
  return nearestWorkingDay(day, 1, isBankHoliday);
}

function nearestWorkingDay(day: IsoDate, step: 1 | -1, isBankHoliday: IsBankHoliday): IsoDate {
  for (let away = 0; away <= LONGEST_REST_IN_DAYS; away += 1) {
    const candidate = shiftDay(day, step * away);
    if (isWorkingDay(candidate, isBankHoliday)) return candidate;
  }
  throw new RangeError(`No working day within a year of ${day}: the list of bank holidays is broken`);
}

function lastDayOf(period: Period): IsoDate {
  const [year, month] = partsOf(dayOf(period, 1));
  // The day before the first of the next month; UTC has no daylight saving that could bend it.
  return isoDayOf(Date.UTC(year, month, 0));
}

function dayOf(period: Period, day: number): IsoDate {
  return `${period}-${String(day).padStart(2, '0')}` as IsoDate;
}

function shiftDay(day: IsoDate, days: number): IsoDate {
  const [year, month, date] = partsOf(day);
  return isoDayOf(Date.UTC(year, month - 1, date + days));
}

function isoDayOf(utcMidnight: number): IsoDate {
  return new Date(utcMidnight).toISOString().slice(0, 10) as IsoDate;
}

function partsOf(day: IsoDate): [year: number, month: number, date: number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}
