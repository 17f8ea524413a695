import { as, either, maybe, type Parser, seq, token, words } from '../parser';
import type { Piece } from '../piece';
import type { Condition, Order } from '../question';
import { number } from './numbers';

const LIVE_AND_DATED: Condition = { kind: 'due', from: null, to: null };

/** How each order is asked for, and what it takes for granted. */
const ORDERS: readonly { readonly order: Order; readonly pattern: string; readonly implies?: Condition }[] = [
  {
    order: 'most-overdue',
    pattern: `most/longest/worst/furthest/badly overdue/late/behind | overdue longest/most | worst offenders
      | oldest overdue | furthest past due date?`,
    implies: { kind: 'overdue', by: null },
  },
  {
    order: 'due-latest',
    pattern: `latest/last due | due latest/last | latest/furthest/last due? date/dates/deadline/deadlines
      | furthest away/out/off | latest to finish | finishing last | finish last`,
    implies: LIVE_AND_DATED,
  },
  {
    order: 'due-soonest',
    pattern: `due next/first/soonest/earliest | soonest/earliest/first/nearest/next due | next up
      | soonest/earliest/nearest/next due? date/deadline/dates/deadlines | finishing first/soonest
      | when is/are/will/does`,
    implies: LIVE_AND_DATED,
  },
  {
    order: 'percent-lowest',
    pattern: `lowest/least/smallest percent/percentage/%/completion/progress complete/completion?
      | least complete/completed/done/progressed/advanced/far progress? | lowest complete/completed | lowest
      | furthest from done/finished/completion/complete | least far on/along`,
  },
  {
    order: 'percent-highest',
    pattern: `highest/greatest/largest percent/percentage/%/completion/progress complete/completion?
      | most complete/completed/done/progressed/advanced | highest | furthest on/along/ahead
      | closest/nearest to done/finished/completion/complete/being?`,
  },
  {
    order: 'most-slipped',
    pattern: `slipped/slip most/furthest/longest | most/furthest/worst slipped/delayed/slippage
      | biggest/largest/longest/worst/greatest slip/slips/slippage/delay/delays | delayed most/longest`,
    implies: { kind: 'slipped', by: null },
  },
  { order: 'worst', pattern: 'worst | most concerning/worrying' },
  { order: 'best', pattern: 'best' },
  {
    order: 'longest-unchanged',
    pattern: `longest/most unchanged/stuck/stale/stalled | unchanged/stuck longest | least recently updated
      | oldest/stalest update/updates | longest without update/change | not updated longest`,
  },
  {
    order: 'newest-update',
    pattern: `latest/newest/most recent/freshest update/updates/news | most recently/recent updated
      | recently updated`,
  },
];

/** How a list that is there already is put in another order. */
const SORTS: readonly { readonly order: Order; readonly pattern: string }[] = [
  { order: 'most-overdue', pattern: 'longest/most overdue first' },
  {
    order: 'due-soonest',
    pattern: `sort/sorted/order/ordered by due? date/deadline | in order of due? date/deadline
      | by due? date/deadline | in date order | soonest/earliest first | soonest/earliest due first`,
  },
  { order: 'due-latest', pattern: 'latest/last due? first' },
  {
    order: 'percent-lowest',
    pattern: `lowest percent/percentage/%/completion/progress? first
      | sort/sorted/order/ordered? by percent/percentage/%/completion/progress`,
  },
  { order: 'percent-highest', pattern: 'highest percent/percentage/%/completion/progress? first' },
  { order: 'most-slipped', pattern: 'most slipped first' },
  {
    order: 'worst',
    pattern: `worst first | sort/sorted/order/ordered? by status/rag/colour/rating
      | in order of status/rag/concern | reds first`,
  },
  { order: 'best', pattern: 'best first' },
  { order: 'longest-unchanged', pattern: 'longest unchanged first' },
  { order: 'newest-update', pattern: 'newest update? first | last updated first' },
];

/** "The most overdue action" is one. */
const theOne: Parser<1> = as(token('word'), ({ word }) =>
  ['action', 'one', 'item', 'task'].includes(word) ? 1 : null,
);

/** "Which action is most overdue?" */
const whichOne: Parser<1> = as(seq(words('which/what'), theOne), () => 1);

/** In what order actions are wanted, and how many from the front. */
export const orders: Parser<Piece> = either(
  ...ORDERS.map(({ order, pattern, implies }) =>
    as(
      seq(maybe(whichOne), maybe(words('top/first/single')), maybe(number), words(pattern), maybe(theOne)),
      ([which, , n, , one]) => ordered(order, n ?? one ?? which, implies),
    ),
  ),
  ...SORTS.map(({ order, pattern }) =>
    as(words(pattern), () => ({ is: 'order' as const, order, limit: null, sorts: true })),
  ),
  as(seq(words('top'), number, words('overdue/late')), ([, n]) =>
    ordered('most-overdue', n, { kind: 'overdue', by: null }),
  ),
  as(seq(words('top'), number, words('slipped/delayed')), ([, n]) =>
    ordered('most-slipped', n, { kind: 'slipped', by: null }),
  ),
  as(seq(words('top/first/worst'), number, words('worst')), ([, n]) => ordered('worst', n, undefined)),
  as(seq(words('worst'), number), ([, n]) => ordered('worst', n, undefined)),
);

function ordered(order: Order, limit: number | null, implies: Condition | undefined): Piece {
  return { is: 'order', order, limit, ...(implies ? { implies } : {}) };
}
