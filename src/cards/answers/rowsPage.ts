import type { Compared } from '../../ask/answer';
import type { Action } from '../../domain/plan';
import type { Move } from '../../domain/position';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import type { Button } from '../buttons';
import type { From } from './ask';
import { type Found, fromHere, itemsOn, pageBytes, pageOfAnswer, withinReach } from './frame';
import { type ActionRow, actionRow, renderRows, rowBytes } from './rows';

/** How many actions a page of rows has at most. */
export const MOST_ROWS = 10;

/** How many rows are looked at to see whether ten fit a page: the same ones whatever the page. */
const MOST_JUDGED = 50;

/** What stands beside the rows, and what they say beside the actions themselves. */
export interface RowsLook {
  /** Bytes that stand above the rows on every page. */
  readonly fixed?: number;
  readonly buttons?: readonly Button[];
  readonly moves?: readonly Move[];
  readonly compared?: Compared | null;
}

/**
 * A page of actions as rows. Their buttons know the way back here, unless that would leave fewer than ten on a page.
 * The work grows with the page, not with the list.
 */
export function rowsPage(
  actions: readonly Action[],
  facts: AnswerFacts,
  look: RowsLook,
  words: Words,
): Pick<Found, 'about' | 'items' | 'pages'> {
  const { fixed = 0, buttons = [], compared = null } = look;
  const moves = new Map((look.moves ?? []).map((move) => [move.id, move]));
  // Made once each: rows that are judged, weighed and shown mostly are the same.
  const made = new Map<string, ActionRow>();
  const rowOf = (action: Action, from: From | null): ActionRow => {
    const key = `${from?.page ?? ''}|${action.id}`;
    const row =
      made.get(key) ?? actionRow(action, facts, { from, move: moves.get(action.id), compared }, words);
    made.set(key, row);
    return row;
  };
  const beside = { weigh: rowBytes, most: MOST_ROWS, fixed, buttons };

  const judged = actions.slice(0, MOST_JUDGED).map((action) => rowOf(action, fromHere(facts)));
  const bytes = pageBytes(facts, beside, words);
  const canLeadBack = heaviest(judged) <= bytes;
  const near = withinReach(actions, facts, MOST_ROWS);
  const items = near.map((action) => rowOf(action, canLeadBack ? fromHere(facts) : null));
  const { page, pages, about } = pageOfAnswer(facts, { ...beside, items, bytes }, words, actions.length);
  // The way back names the page that is shown, which may be a nearer one than was asked for.
  const from = canLeadBack ? fromHere(facts, page) : null;
  const shown = itemsOn(page, actions).map((action) => rowOf(action, from));
  return { about, items: renderRows(shown, words), pages };
}

/** What a page weighs that has the heaviest rows of all: then all pages hold as many rows as they may. */
function heaviest(rows: readonly ActionRow[]): number {
  const weights = rows.map(rowBytes).sort((a, b) => b - a);
  return weights.slice(0, MOST_ROWS).reduce((sum, weight) => sum + weight, 0);
}
