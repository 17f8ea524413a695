import { periodOfDate, shiftPeriod } from '../domain/period';
import type { AskContext } from './context';
import { lastDayOfMonth } from './days';
import type { Item, Items, Marker } from './items';
import { combine } from './merge';
import { endsOf, monthsOf, periodsOf } from './periods';
import type { Condition, PositionAt } from './question';
import { reachOf, type Window } from './recognise/windows';

/*
 * The conditions that items come to: "due" with its time, "not updated" with its time, and what else either may mean.
 */

/** How a window without its year, or without a first day, is taken. */
type Variant = 'plain' | 'other-year' | 'from-today';

/** What a marker's condition depends on beside its window. */
interface Taking {
  readonly context: AskContext;
  readonly variant: Variant;
  /** The list is put in the order of due days: "due" says no more than that. */
  readonly isOrdered: boolean;
}

/** All that the items may come to, the likeliest first: everything as it is, then each item that can be taken another way taken so. */
export function readingsOf({ items, ors }: Items, isOrdered: boolean, context: AskContext): Condition[][] {
  const reading = (variant: Variant, of: Item | null) =>
    combine(
      items.map((item) =>
        conditionOf(item, { context, variant: item === of ? variant : 'plain', isOrdered }),
      ),
      ors,
    );
  const others = items.flatMap((item) => variantsOf(item, context).map((variant) => reading(variant, item)));
  return [reading('plain', null), ...others];
}

/** The other ways to take an item. */
function variantsOf({ marker, window }: Item, { today }: AskContext): Variant[] {
  if (marker?.is !== 'due' || !window) return [];
  const { reach, other } = reachOf(window, leanOf(marker), today);
  const isOpen = reach.from === null && reach.to !== null && reach.to >= today;
  return [...(other ? ['other-year' as const] : []), ...(isOpen ? ['from-today' as const] : [])];
}

function leanOf(marker: Marker): 'past' | 'near' {
  return marker.is === 'due' && !marker.past ? 'near' : 'past';
}

function conditionOf({ made, marker, window, not }: Item, taking: Taking): Condition | null {
  const condition = marker ? markedCondition(marker, window, taking) : made;
  return condition && not ? opposite(condition) : condition;
}

/** What does not hold, said as what does where there are words for it. */
function opposite(condition: Condition): Condition {
  if (condition.kind === 'percent' && condition.is === '=' && condition.than === 100)
    return { ...condition, is: '<' };
  if (condition.kind === 'phase' && condition.phase === 'done') return { kind: 'phase', phase: 'live' };
  if (condition.kind === 'silent') return { kind: 'updated', from: condition.from, to: condition.to };
  if (condition.kind === 'updated') return { kind: 'silent', from: condition.from, to: condition.to };
  return condition.kind === 'not' ? condition.of : { kind: 'not', of: condition };
}

function markedCondition(marker: Marker, window: Window | null, taking: Taking): Condition | null {
  const { context } = taking;
  switch (marker.is) {
    case 'due':
      if (!window && marker.soon) return dueCondition(SOON, 'near', taking);
      return dueCondition(window, leanOf(marker), taking);
    case 'fresh':
      if (marker.mine && window && looksAhead(window, context)) return dueCondition(window, 'near', taking);
      return freshCondition(marker.how, window, context);
    case 'stood':
      if (!window) return { kind: 'status', statuses: marker.statuses };
      return { kind: 'stood', statuses: marker.statuses, at: endsOf(window, context).to };
    case 'movement': {
      const { direction, left, became } = marker;
      const { from, to } = window ? endsOf(window, context) : LATELY;
      return { kind: 'moved', direction, left, became, from, to };
    }
  }
}

const LATELY: { readonly from: PositionAt; readonly to: PositionAt } = { from: 'last', to: 'now' };

const SOON: Window = { edge: 'ahead', span: { n: 1, unit: 'month' } };

/** "What do I need to do before Christmas?" asks for what is due, not for what has no update. */
function looksAhead(window: Window, { today }: AskContext): boolean {
  const { reach } = reachOf(window, 'near', today);
  return window.edge === 'before' || window.edge === 'by' || (reach.to ?? '') > lastDayOfMonth(today);
}

/** Due within a window; without one, due by the end of this month, what is late included. */
function dueCondition(
  window: Window | null,
  lean: 'past' | 'near',
  { context, variant, isOrdered }: Taking,
): Condition | null {
  if (!window) return isOrdered ? null : { kind: 'due', from: null, to: lastDayOfMonth(context.today) };
  const { reach, other } = reachOf(
    window.edge === 'for' ? { ...window, edge: 'ahead' } : window,
    lean,
    context.today,
  );
  const taken = variant === 'other-year' && other ? other : reach;
  return { kind: 'due', from: variant === 'from-today' ? context.today : taken.from, to: taken.to };
}

/** Updated, not updated or unchanged within a window; without one, in this period. */
function freshCondition(
  how: 'updated' | 'silent' | 'unchanged',
  window: Window | null,
  context: AskContext,
): Condition {
  const { period } = context;
  if (how === 'unchanged')
    return { kind: 'unchanged', months: window ? Math.max(1, monthsOf(window, context)) : 1 };
  if (!window) return { kind: how, from: period, to: period };
  const { reach } = reachOf(window, 'past', context.today);
  if (how === 'updated') return { kind: 'updated', ...periodsOf(window, reach, context) };
  if ((window.edge === 'from' || window.edge === 'since') && reach.from) {
    const last = periodOfDate(reach.from);
    return { kind: 'silent', from: last < period ? shiftPeriod(last, 1) : period, to: null };
  }
  if (window.edge === 'for' || window.edge === 'back')
    return {
      kind: 'silent',
      from: shiftPeriod(period, 1 - Math.max(1, monthsOf(window, context))),
      to: null,
    };
  return { kind: 'silent', ...periodsOf(window, reach, context) };
}
