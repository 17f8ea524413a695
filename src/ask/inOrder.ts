import { type Action, dueDate } from '../domain/plan';
import { compareRefs } from '../domain/refs';
import { statusOn } from '../domain/status';
import type { AskedData } from './answer';
import { daysOverdue, daysSlipped, monthsUnchanged } from './conditions';
import type { Order } from './question';

/** What an order goes by: lower comes first, null last. */
type Rank = (action: Action, data: AskedData) => number | string | null;

const RANKS: Readonly<Record<Order, Rank>> = {
  'most-overdue': (action, data) => -daysOverdue(action, data) || null,
  'due-soonest': (action) => dueDate(action),
  'due-latest': (action) => backwards(dueDate(action)),
  'percent-lowest': ({ percent }) => percent,
  'percent-highest': ({ percent }) => (percent === null ? null : -percent),
  'most-slipped': (action) => -daysSlipped(action) || null,
  worst: (action, data) => statusOn(data.scale, action.status.key)?.concern ?? null,
  best: (action, data) => {
    const concern = statusOn(data.scale, action.status.key)?.concern;
    return concern === undefined ? null : -concern;
  },
  'longest-unchanged': (action, data) => -monthsUnchanged(action, data),
  'newest-update': ({ updatedAt }) => backwards(updatedAt),
};

/** The actions in an order, ties and no order at all by ref. Refs repeat, so the id decides last. */
export function inOrder(actions: readonly Action[], order: Order | null, data: AskedData): Action[] {
  const byRef = [...actions].sort((a, b) => compareRefs(a.ref, b.ref) || compareText(a.id, b.id));
  if (order === null) return byRef;
  const rank = RANKS[order];
  return byRef.sort((a, b) => compareRanks(rank(a, data), rank(b, data)));
}

/** Turns the order of a date round: 2023-09-30 becomes -20230930. */
function backwards(date: string | null): number | null {
  return date === null ? null : -Number(date.replace(/\D/g, ''));
}

function compareRanks(a: number | string | null, b: number | string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
