import { periodName } from '../cards/format';
import { type Period, periodWith } from '../domain/period';
import { monthsOf, type Plan } from '../domain/plan';
import type { Words } from '../words/words';

/** A period as a plan's people call it: `September 2023`, `Q3: July–September 2023`. */
export function periodOf(plan: Plan, period: Period, words: Words): string {
  return periodName(period, words, monthsOf(plan));
}

/** The period that somebody means who names one of its months. */
export function meantPeriod(plan: Plan, month: Period): Period {
  return periodWith(month, monthsOf(plan));
}
