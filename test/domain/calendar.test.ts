import fc from 'fast-check';
import {
  type CycleDates,
  cycleDates,
  cycleDatesOpenedAt,
  dayIn,
  instantIn,
  isWorkingDay,
} from '../../src/domain/calendar';
import { type IsoDate, type Period, periodOf } from '../../src/domain/period';
import { type CalendarRules, DEFAULT_CALENDAR } from '../../src/domain/plan';
import { bankHolidaysOf } from '../../src/schedule/bankHolidays';

const ZONE = 'Europe/London';
const inEngland = bankHolidaysOf('England');
const never = () => false;

describe('the dates of a month by the calendar', () => {
  test.each<[string, Period, string, string[], string, string]>([
    [
      'an ordinary month, in summer time',
      '2023-09',
      '2023-09-20T08:00',
      ['2023-09-26T08:00', '2023-09-28T08:00'],
      '2023-09-29T16:00',
      '2023-10-02T08:00',
    ],
    [
      'the clocks go back between opening and closing',
      '2023-10',
      '2023-10-20T08:00',
      ['2023-10-26T08:00', '2023-10-30T09:00'],
      '2023-10-31T17:00',
      '2023-11-01T09:00',
    ],
    [
      'the clocks go forward between opening and closing',
      '2023-03',
      '2023-03-20T09:00',
      ['2023-03-28T08:00', '2023-03-30T08:00'],
      '2023-03-31T16:00',
      '2023-04-03T08:00',
    ],
    [
      'Easter: Good Friday is the last weekday, the month closes before it and publishes after Easter Monday',
      '2024-03',
      '2024-03-20T09:00',
      ['2024-03-25T09:00', '2024-03-27T09:00'],
      '2024-03-28T17:00',
      '2024-04-02T08:00',
    ],
    [
      'Christmas: reminders step over the holidays',
      '2023-12',
      '2023-12-20T09:00',
      ['2023-12-22T09:00', '2023-12-28T09:00'],
      '2023-12-29T17:00',
      '2024-01-02T09:00',
    ],
    [
      'Christmas with substitute days',
      '2022-12',
      '2022-12-20T09:00',
      ['2022-12-23T09:00', '2022-12-29T09:00'],
      '2022-12-30T17:00',
      '2023-01-03T09:00',
    ],
    [
      'the 20th is a Saturday',
      '2024-04',
      '2024-04-22T08:00',
      ['2024-04-25T08:00', '2024-04-29T08:00'],
      '2024-04-30T16:00',
      '2024-05-01T08:00',
    ],
    [
      'the 20th is a Sunday and the last day a Thursday',
      '2023-08',
      '2023-08-21T08:00',
      ['2023-08-25T08:00', '2023-08-30T08:00'],
      '2023-08-31T16:00',
      '2023-09-01T08:00',
    ],
    [
      'the last day is a Sunday',
      '2024-06',
      '2024-06-20T08:00',
      ['2024-06-25T08:00', '2024-06-27T08:00'],
      '2024-06-28T16:00',
      '2024-07-01T08:00',
    ],
    [
      'a leap February',
      '2024-02',
      '2024-02-20T09:00',
      ['2024-02-26T09:00', '2024-02-28T09:00'],
      '2024-02-29T17:00',
      '2024-03-01T09:00',
    ],
  ])('%s', (_, period, opens, reminders, closes, publishes) => {
    expect(inMinutes(cycleDates(period, DEFAULT_CALENDAR, inEngland))).toEqual({
      opens,
      reminders,
      closes,
      publishes,
    });
  });

  test('leaves out reminders that would not fall after the opening', () => {
    const rules: CalendarRules = { ...DEFAULT_CALENDAR, opensDay: 27, remindDaysBefore: [1, 3, 8, 3] };

    // Opens Wed 27 September 2023 and closes Fri 29th: three working days before is Tue 26th.
    expect(inMinutes(cycleDates('2023-09', rules, inEngland)).reminders).toEqual(['2023-09-28T08:00']);
  });

  test('never opens after the closing day', () => {
    const rules: CalendarRules = { ...DEFAULT_CALENDAR, opensDay: 28 };

    // 28 February 2026 is a Saturday: the month closes on Friday the 27th.
    const dates = inMinutes(cycleDates('2026-02', rules, inEngland));

    expect(dates).toMatchObject({ opens: '2026-02-27T09:00', reminders: [], closes: '2026-02-27T17:00' });
  });

  test('opens a working day sooner where the times of one day would have it open after it closes', () => {
    const rules: CalendarRules = { ...DEFAULT_CALENDAR, opensDay: 28, opensTime: '18:00' };

    const dates = inMinutes(cycleDates('2026-02', rules, inEngland));

    expect(dates).toMatchObject({ opens: '2026-02-26T18:00', closes: '2026-02-27T17:00' });
  });

  test('follows the zone of the plan', () => {
    const rules: CalendarRules = { ...DEFAULT_CALENDAR, zone: 'Pacific/Auckland' };

    expect(inMinutes(cycleDates('2023-09', rules, never))).toMatchObject({
      opens: '2023-09-19T21:00',
      closes: '2023-09-29T04:00',
    });
  });

  test('says what is wrong with rules or holidays that cannot be followed', () => {
    expect(() => cycleDates('2023-09', { ...DEFAULT_CALENDAR, opensTime: '9 am' }, never)).toThrow('9 am');
    expect(() => cycleDates('2023-09', { ...DEFAULT_CALENDAR, zone: 'Europe/Nowhere' }, never)).toThrow(
      RangeError,
    );
    expect(() => cycleDates('2023-09', DEFAULT_CALENDAR, () => true)).toThrow('bank holidays');
  });

  test('opens before it closes, and reminds in order between the two, on working days only', () => {
    fc.assert(
      fc.property(aPeriod, someRules, (period, rules) => {
        const { opens, reminders, closes, publishes } = cycleDates(period, rules, inEngland);
        const instants = [opens, ...reminders, closes, publishes];

        for (const [at, instant] of instants.entries()) {
          const before = instants[at - 1];
          if (before) expect(before.getTime()).toBeLessThan(instant.getTime());
          expect(isWorkingDay(dayIn(rules.zone, instant), inEngland)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('closes on the last working day of its month', () => {
    fc.assert(
      fc.property(aPeriod, (period) => {
        const closingDay = dayIn(ZONE, cycleDates(period, DEFAULT_CALENDAR, inEngland).closes);

        expect(closingDay.slice(0, 7)).toBe(period);
        const laterDays = daysOf(period).filter((day) => day > closingDay);
        expect(laterDays.filter((day) => isWorkingDay(day, inEngland))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the dates of a month opened by hand', () => {
  test('keeps the planned closing while three working days are left', () => {
    const now = new Date('2023-09-26T10:15:00Z');

    expect(inMinutes(cycleDatesOpenedAt(now, '2023-09', DEFAULT_CALENDAR, inEngland))).toEqual({
      opens: '2023-09-26T10:15',
      reminders: ['2023-09-28T08:00'],
      closes: '2023-09-29T16:00',
      publishes: '2023-10-02T08:00',
    });
  });

  test('gives five working days where fewer than three are left', () => {
    const now = new Date('2023-09-27T07:00:00Z');

    expect(inMinutes(cycleDatesOpenedAt(now, '2023-09', DEFAULT_CALENDAR, inEngland))).toEqual({
      opens: '2023-09-27T07:00',
      reminders: ['2023-09-29T08:00', '2023-10-03T08:00'],
      closes: '2023-10-04T16:00',
      publishes: '2023-10-05T08:00',
    });
  });

  test('gives five working days to a month that is long past, bank holidays left out', () => {
    const now = new Date('2023-12-21T12:00:00Z');

    expect(inMinutes(cycleDatesOpenedAt(now, '2023-09', DEFAULT_CALENDAR, inEngland))).toMatchObject({
      closes: '2024-01-02T17:00',
      publishes: '2024-01-03T09:00',
    });
  });

  test('counts from the day in the zone of the plan, not in UTC', () => {
    // Half past midnight on Wednesday in London, still Tuesday in UTC.
    const now = new Date('2023-09-26T23:30:00Z');

    expect(inMinutes(cycleDatesOpenedAt(now, '2023-09', DEFAULT_CALENDAR, inEngland)).closes).toBe(
      '2023-10-04T16:00',
    );
  });

  test('opens now, and leaves leads at least three working days', () => {
    const aMoment = fc.date({
      min: new Date('2022-01-01'),
      max: new Date('2028-11-30'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(aMoment, aPeriod, (now, period) => {
        const { opens, reminders, closes, publishes } = cycleDatesOpenedAt(
          now,
          period,
          DEFAULT_CALENDAR,
          inEngland,
        );
        const today = dayIn(ZONE, now);
        const closingDay = dayIn(ZONE, closes);

        expect(opens).toEqual(now);
        expect(closes < publishes).toBe(true);
        expect(reminders.every((reminder) => reminder > now && reminder < closes)).toBe(true);
        expect(isWorkingDay(closingDay, inEngland)).toBe(true);
        expect(workingDaysAfterUpTo(today, closingDay)).toBeGreaterThanOrEqual(3);
      }),
      { numRuns: 200 },
    );
  });
});

describe('days and instants', () => {
  test.each([
    ['2023-06-30T23:30:00Z', '2023-07-01'],
    ['2023-01-31T23:30:00Z', '2023-01-31'],
    ['2023-10-29T00:30:00Z', '2023-10-29'],
  ])('%s is %s in London', (instant, day) => {
    expect(dayIn(ZONE, new Date(instant))).toBe(day);
  });

  test.each<[IsoDate, string, string]>([
    ['2023-03-25', '09:00', '2023-03-25T09:00'],
    ['2023-03-26', '09:00', '2023-03-26T08:00'],
    ['2023-03-26', '01:30', '2023-03-26T01:30'],
    ['2023-10-28', '17:00', '2023-10-28T16:00'],
    ['2023-10-29', '17:00', '2023-10-29T17:00'],
  ])('%s %s in London is %s in UTC', (day, time, instant) => {
    expect(inMinute(instantIn(ZONE, day, time))).toBe(instant);
  });

  test('a day and a time make an instant of that day again', () => {
    fc.assert(
      fc.property(aPeriod, fc.nat(27), fc.integer({ min: 3, max: 23 }), (period, day, hour) => {
        const isoDay = `${period}-${String(day + 1).padStart(2, '0')}` as IsoDate;

        expect(dayIn(ZONE, instantIn(ZONE, isoDay, `${String(hour).padStart(2, '0')}:00`))).toBe(isoDay);
      }),
    );
  });

  test.each<[IsoDate, boolean]>([
    ['2023-09-29', true],
    ['2023-09-30', false],
    ['2023-10-01', false],
    ['2023-05-08', false],
    ['2023-05-09', true],
  ])('%s a working day: %s', (day, expected) => {
    expect(isWorkingDay(day, inEngland)).toBe(expected);
  });
});

const aPeriod = fc
  .tuple(fc.integer({ min: 2022, max: 2028 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, month]) => periodOf(year, month));

const someRules: fc.Arbitrary<CalendarRules> = fc.record({
  zone: fc.constantFrom('Europe/London', 'UTC', 'America/New_York', 'Asia/Kolkata'),
  opensDay: fc.integer({ min: 1, max: 28 }),
  opensTime: fc.constantFrom('00:00', '07:30', '09:00', '17:00', '23:59'),
  remindDaysBefore: fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 4 }),
  closesTime: fc.constantFrom('08:00', '12:00', '17:00'),
  publishes: fc.constantFrom('officer', 'itself'),
});

function inMinute(instant: Date): string {
  return instant.toISOString().slice(0, 16);
}

function inMinutes(dates: CycleDates) {
  return {
    opens: inMinute(dates.opens),
    reminders: dates.reminders.map(inMinute),
    closes: inMinute(dates.closes),
    publishes: inMinute(dates.publishes),
  };
}

function daysOf(period: Period): IsoDate[] {
  const days = Array.from(
    { length: 31 },
    (_, at) => `${period}-${String(at + 1).padStart(2, '0')}` as IsoDate,
  );
  return days.filter((day) => new Date(day).getUTCDate() === Number(day.slice(8)));
}

function workingDaysAfterUpTo(from: IsoDate, to: IsoDate): number {
  let count = 0;
  for (let at = Date.parse(from) + 86_400_000; at <= Date.parse(to); at += 86_400_000) {
    if (isWorkingDay(new Date(at).toISOString().slice(0, 10) as IsoDate, inEngland)) count += 1;
  }
  return count;
}
