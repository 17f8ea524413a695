import fc from 'fast-check';
import { nextDue, periodToOpen } from '../../src/domain/cycle';
import { monthsIn, type Period, periodOf, periodWith, shiftPeriod } from '../../src/domain/period';
import { DEFAULT_CALENDAR, type Plan } from '../../src/domain/plan';

describe('periods of several months', () => {
  test.each([
    ['2023-08', 1, '2023-08'],
    ['2023-08', 2, '2023-09'],
    ['2023-09', 2, '2023-09'],
    ['2023-12', 2, '2024-01'],
    ['2023-07', 3, '2023-09'],
    ['2023-09', 3, '2023-09'],
    ['2023-10', 3, '2023-12'],
    ['2024-03', 3, '2024-03'],
  ] as const)('%s belongs, by %i months, to %s', (month, months, period) => {
    expect(periodWith(month, months)).toBe(period);
  });

  const anyMonth = fc
    .tuple(fc.integer({ min: 1990, max: 2090 }), fc.integer({ min: 1, max: 12 }))
    .map(([year, month]) => periodOf(year, month));
  const anyLength = fc.constantFrom(1 as const, 2 as const, 3 as const);

  test('every month is in exactly one period, and periods follow one another', () => {
    fc.assert(
      fc.property(anyMonth, anyLength, (month, months) => {
        const period = periodWith(month, months);
        expect(monthsIn(period, months)).toContain(month);
        expect(periodWith(period, months)).toBe(period);
        const next = shiftPeriod(period, months);
        expect(periodWith(next, months)).toBe(next);
        for (const one of monthsIn(period, months)) expect(periodWith(one, months)).toBe(period);
      }),
    );
  });
});

describe('the calendar of a plan that is asked each quarter', () => {
  const never = () => false;
  const plan = (latest: Period | null, periodMonths?: 1 | 2 | 3): Plan => ({
    id: 'p',
    title: '',
    asOf: null,
    groups: [],
    scales: [],
    calendar: { ...DEFAULT_CALENDAR, ...(periodMonths ? { periodMonths } : {}) },
    tenant: null,
    binding: {
      tenant: 't',
      team: 'team',
      teamName: '',
      serviceUrl: '',
      channel: '',
      channelName: '',
      boundAt: '2023-01-01T00:00:00.000Z',
    },
    officers: [],
    latest,
    loadedAt: '2023-01-01T00:00:00.000Z',
  });

  test.each([
    ['2023-08-25T12:00:00Z', '2023-06', null],
    ['2023-09-20T07:59:00Z', '2023-06', null],
    ['2023-09-20T08:00:00Z', '2023-06', '2023-09'],
    ['2023-10-25T12:00:00Z', '2023-09', null],
    // Missed while the process was down: it opens when it is back.
    ['2023-10-25T12:00:00Z', '2023-06', '2023-09'],
  ] as const)('on %s, after %s: %s', (now, latest, opens) => {
    expect(periodToOpen(plan(latest, 3), latest, new Date(now), never)).toBe(opens);
  });

  test('it is next due in the last month of the quarter', () => {
    expect(nextDue(plan('2023-09', 3), [], new Date('2023-10-05T09:00:00Z'), never)).toEqual(
      new Date('2023-12-20T09:00:00Z'),
    );
    expect(nextDue(plan('2023-09', 2), [], new Date('2023-10-05T09:00:00Z'), never)).toEqual(
      new Date('2023-11-20T09:00:00Z'),
    );
  });

  test('a plan that was asked monthly goes over to quarters with the next one to end', () => {
    expect(periodToOpen(plan('2023-10', 3), '2023-10', new Date('2023-11-25T12:00:00Z'), never)).toBeNull();
    expect(periodToOpen(plan('2023-10', 3), '2023-10', new Date('2023-12-20T12:00:00Z'), never)).toBe(
      '2023-12',
    );
  });
});
