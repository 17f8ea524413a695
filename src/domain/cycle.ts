import { type CycleDates, cycleDates, cycleDatesOpenedAt, dayIn, type IsBankHoliday } from './calendar';
import { type Period, periodOfDate, periodWith, shiftPeriod } from './period';
import { monthsOf, type Plan } from './plan';

/** One period's run. */
export interface Cycle {
  readonly period: Period;
  readonly state: 'open' | 'closed' | 'publishing' | 'published';
  /** All instants UTC ISO. */
  readonly openedAt: string;
  /** Name of who opened it; null when the calendar did. */
  readonly openedBy: string | null;
  readonly reminders: readonly string[];
  /** How many of `reminders` are done with (sent, or passed over because a later one was due too). */
  readonly reminded: number;
  readonly closes: string;
  readonly publishes: string;
  readonly closedAt: string | null;
  readonly publishedAt: string | null;
  readonly publishedBy: string | null;
  /** Whether every prompt row is written: until then opening goes on after a restart. */
  readonly prompted: boolean;
  /** When its words and names were taken out, since the plan keeps them no longer (UTC ISO). Absent: they are there. */
  readonly thinnedAt?: string;
}

/** A cycle opened at an instant; `by` is null when the calendar opens it. */
export function newCycle(period: Period, at: Date, by: string | null, dates: CycleDates): Cycle {
  return {
    period,
    state: 'open',
    openedAt: at.toISOString(),
    openedBy: by,
    reminders: dates.reminders.filter((instant) => instant > at).map((instant) => instant.toISOString()),
    reminded: 0,
    closes: dates.closes.toISOString(),
    publishes: dates.publishes.toISOString(),
    closedAt: null,
    publishedAt: null,
    publishedBy: null,
    prompted: false,
  };
}

/** Dates for a month that opens now, by hand or by the calendar: fair time to answer even when it opens late. */
export function datesForOpening(
  plan: Plan,
  period: Period,
  now: Date,
  isBankHoliday: IsBankHoliday,
): CycleDates {
  return cycleDatesOpenedAt(now, period, plan.calendar, isBankHoliday);
}

/**
 * The period that the calendar wants open now and that is not: its opening has come (since the plan was bound: what was
 * planned before Steward was there is nobody's expectation) and the next one's has not. Null when there is none.
 */
export function periodToOpen(
  plan: Plan,
  latest: Period | null,
  now: Date,
  isBankHoliday: IsBankHoliday,
): Period | null {
  if (!plan.binding) return null;
  const boundAt = new Date(plan.binding.boundAt);
  const months = monthsOf(plan);
  const current = periodWith(periodOfDate(dayIn(plan.calendar.zone, now)), months);
  const opened = [current, shiftPeriod(current, -months)].find(
    (period) => cycleDates(period, plan.calendar, isBankHoliday).opens <= now,
  );
  if (!opened || (latest !== null && latest >= opened)) return null;
  return cycleDates(opened, plan.calendar, isBankHoliday).opens > boundAt ? opened : null;
}

/** A step of a month whose time has come. */
export type Step =
  | { readonly step: 'remind'; readonly upTo: number }
  | { readonly step: 'close' }
  | { readonly step: 'publish' };

/**
 * Which step of a cycle is due now; null when none. Of several missed reminders only the last is worth sending, and
 * none at all once the month is to close.
 */
export function dueStep(cycle: Cycle, plan: Plan, now: Date): Step | null {
  if (cycle.state === 'open' && now >= new Date(cycle.closes)) return { step: 'close' };
  if (cycle.state === 'open') {
    if (isOvertaken(cycle, plan)) return null;
    const due = cycle.reminders.filter((instant) => new Date(instant) <= now).length;
    return due > cycle.reminded ? { step: 'remind', upTo: due } : null;
  }
  if (cycle.state === 'publishing') return { step: 'publish' };
  if (cycle.state === 'closed' && plan.calendar.publishes === 'itself' && now >= new Date(cycle.publishes))
    return { step: 'publish' };
  return null;
}

/** When the calendar wanted a step of a cycle; null for one that a person asked for. */
export function stepWasDue(cycle: Cycle, step: Step): Date | null {
  switch (step.step) {
    case 'remind': {
      const instant = cycle.reminders[step.upTo - 1];
      return instant === undefined ? null : new Date(instant);
    }
    case 'close':
      return new Date(cycle.closes);
    case 'publish':
      return cycle.state === 'closed' ? new Date(cycle.publishes) : null;
  }
}

/** Whether a later month was opened: then nobody is reminded of this one any more, but it still closes and is published. */
function isOvertaken(cycle: Cycle, plan: Plan): boolean {
  return plan.latest !== null && plan.latest > cycle.period;
}

/** Whether an answer given now is late: the month has closed, or its time has passed and closing is about to happen. */
export function isLate(cycle: Cycle, now: Date): boolean {
  return cycle.state !== 'open' || now >= new Date(cycle.closes);
}

/**
 * When something is next due for a plan, so that a scheduler need not look before then: the earliest of its months' next
 * reminders, closings and publications, and the next opening.
 */
export function nextDue(
  plan: Plan,
  cycles: readonly Cycle[],
  now: Date,
  isBankHoliday: IsBankHoliday,
): Date | null {
  if (!plan.binding) return null;
  const instants = cycles.flatMap((cycle) => nextSteps(plan, cycle, now));
  const months = monthsOf(plan);
  const current = periodWith(periodOfDate(dayIn(plan.calendar.zone, now)), months);
  const { latest } = plan;
  // A month may be opened by hand while the one before still runs, so the next to open may be the one after the next.
  const opening = [-1, 0, 1, 2]
    .map((on) => shiftPeriod(current, on * months))
    .filter((period) => latest === null || period > latest)
    .map((period) => cycleDates(period, plan.calendar, isBankHoliday).opens)
    .find((opens) => opens > new Date(plan.binding?.boundAt ?? 0) && opens > now);
  if (opening) instants.push(opening);
  return instants.length > 0 ? new Date(Math.min(...instants.map(Number))) : null;
}

function nextSteps(plan: Plan, cycle: Cycle, now: Date): Date[] {
  switch (cycle.state) {
    case 'open': {
      const reminder = isOvertaken(cycle, plan) ? undefined : cycle.reminders[cycle.reminded];
      return [...(reminder === undefined ? [] : [new Date(reminder)]), new Date(cycle.closes)];
    }
    case 'closed':
      return plan.calendar.publishes === 'itself' ? [new Date(cycle.publishes)] : [];
    case 'publishing':
      return [now];
    case 'published':
      return [];
  }
}
