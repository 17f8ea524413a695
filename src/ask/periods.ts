import { monthsBetween, type Period, periodOfDate, shiftPeriod } from '../domain/period';
import type { AskContext } from './context';
import type { PositionAt } from './question';
import { type Reach, reachOf, type Window } from './recognise/windows';

/*
 * The periods and positions of the plan that a stretch of time comes to: "since June", "in the last three months".
 */

/** The periods of updates that were given within a window; `to` null for until now. */
export function periodsOf(
  window: Window,
  reach: Reach,
  { period }: AskContext,
): { from: Period; to: Period | null } {
  if (window.edge === 'last') return { from: period, to: period };
  const from = reach.from ? periodOfDate(reach.from) : ('0000-01' as Period);
  const to = reach.to ? periodOfDate(reach.to) : null;
  // "This week" is within this month's period, whichever that is.
  if (from >= period) return { from: period, to: period };
  return { from, to: to === null || to >= period ? null : to };
}

/** How many months a window goes back from this period. */
export function monthsOf(window: Window, context: AskContext): number {
  if (window.edge === 'for' || window.edge === 'back' || window.edge === 'ahead') {
    const { n, unit } = window.span;
    return unit === 'year' ? 12 * n : unit === 'month' ? n : Math.round((unit === 'week' ? 7 * n : n) / 30);
  }
  const { reach } = reachOf(window, 'past', context.today);
  return reach.from ? monthsBetween(periodOfDate(reach.from), context.period) : 1;
}

/** The two positions that a movement is between: "since June" June's and now, "in June" May's and June's. */
export function endsOf(window: Window, context: AskContext): { from: PositionAt; to: PositionAt } {
  const { period, today } = context;
  if (window.edge === 'last' || window.edge === 'loaded') return { from: window.edge, to: 'now' };
  if (window.edge === 'for' || window.edge === 'back' || window.edge === 'ahead')
    return { from: earlier(shiftPeriod(period, -Math.max(1, monthsOf(window, context))), period), to: 'now' };
  const { reach } = reachOf(window, 'past', today);
  const first = reach.from ? periodOfDate(reach.from) : null;
  const to = reach.to ? periodOfDate(reach.to) : null;
  if (window.edge === 'in')
    return { from: first && first < period ? shiftPeriod(first, -1) : 'last', to: positionAt(to, period) };
  return { from: first ? earlier(first, period) : 'loaded', to: positionAt(to, period) };
}

/** The position that a period names: this one is as it stands now. */
export function positionAt(named: Period | null, period: Period): PositionAt {
  return named === null || named >= period ? 'now' : named;
}

/** The position that movement since a period is from. */
function earlier(named: Period, period: Period): PositionAt {
  return named >= period ? 'last' : named;
}
