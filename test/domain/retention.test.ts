import { addMonths } from 'date-fns';
import fc from 'fast-check';
import { dayIn } from '../../src/domain/calendar';
import { type Cycle, newCycle } from '../../src/domain/cycle';
import type { Period } from '../../src/domain/period';
import { DEFAULT_CALENDAR } from '../../src/domain/plan';
import { isOlderThan, periodsToThin } from '../../src/domain/retention';

const LONDON = 'Europe/London';
const instants = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2060-01-01T00:00:00Z'),
  noInvalidDate: true,
});

/** A published period, as it stands. */
function published(period: Period, publishedAt: string, more: Partial<Cycle> = {}): Cycle {
  const at = new Date(publishedAt);
  const dates = { opens: at, closes: at, publishes: at, reminders: [] };
  return {
    ...newCycle(period, at, null, dates),
    state: 'published',
    publishedAt,
    closedAt: publishedAt,
    ...more,
  };
}

test('never a day early, whatever the day, the zone and the hour; and from the day after on', () => {
  fc.assert(
    fc.property(
      instants,
      fc.integer({ min: 12, max: 240 }),
      fc.constantFrom(LONDON, 'UTC', 'Pacific/Auckland', 'America/New_York'),
      (at, months, zone) => {
        const day = dayIn(zone, at);
        // The same day so many months later, or the last of a shorter month: date-fns's own sum, at noon, where no zone changes the day.
        const due = addMonths(new Date(`${day}T12:00:00`), months);
        const on = (offset: number) =>
          new Date(Date.UTC(due.getFullYear(), due.getMonth(), due.getDate() + offset, 12));
        // Noon in UTC is a day that each zone but Auckland shares; there the days before are looked at alone.
        expect(isOlderThan(at.toISOString(), months, zone, on(-1))).toBe(false);
        if (zone !== 'Pacific/Auckland')
          expect(isOlderThan(at.toISOString(), months, zone, on(0))).toBe(false);
        expect(isOlderThan(at.toISOString(), months, zone, on(2))).toBe(true);
      },
    ),
  );
});

test.each([
  ['2023-10-02T09:00:00Z', '2024-10-02T22:59:59Z', false],
  // Midnight of summer time, which is eleven at night in UTC.
  ['2023-10-02T09:00:00Z', '2024-10-02T23:00:00Z', true],
  // A leap day has no anniversary.
  ['2024-02-29T09:00:00Z', '2025-02-28T23:59:59Z', false],
  ['2024-02-29T09:00:00Z', '2025-03-01T00:00:00Z', true],
])('published %s, kept for 12 months: at %s it is old: %s', (at, now, old) => {
  expect(isOlderThan(at, 12, LONDON, new Date(now))).toBe(old);
});

test('the latest period, an open one, one that is done with and those of a plan that sets nothing stay', () => {
  const now = new Date('2030-01-01T12:00:00Z');
  const old = published('2023-09', '2023-10-02T09:00:00Z');
  const never = published('2023-08', '2023-09-02T09:00:00Z', { state: 'closed', publishedAt: null });
  const cycles = [
    old,
    never,
    published('2023-10', '2023-11-02T09:00:00Z'),
    published('2023-07', '2023-08-02T09:00:00Z', { thinnedAt: '2024-09-01T09:00:00Z' }),
    published('2023-06', '2023-07-02T09:00:00Z', { state: 'open', publishedAt: null, closedAt: null }),
    published('2029-12', '2029-12-31T09:00:00Z'),
  ];
  const plan = { calendar: DEFAULT_CALENDAR, latest: '2023-10' as const };
  expect(periodsToThin({ ...plan, retention: { months: 12 } }, cycles, now)).toEqual([never, old]);
  expect(periodsToThin(plan, cycles, now)).toEqual([]);
});
