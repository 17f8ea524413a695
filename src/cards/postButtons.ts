import type { FigureKey } from '../domain/figures';
import { decisionsIn } from '../domain/position';
import type { Words } from '../words/words';
import { type Button, type ButtonData, dialogButton } from './buttons';
import type { PostFacts } from './facts';
import { nameOf } from './format';

/** Teams shows at most six buttons in a row of them. */
const BUTTONS_IN_A_ROW = 6;

/** A row of buttons; the first stands apart from what is above it. */
export interface ButtonRow {
  readonly first: boolean;
  readonly actions: readonly Button[];
}

/** What opens the dialogs: of each status, of the position's lists, and of what the board is told beside actions. */
export function buttonRows(facts: PostFacts, words: Words): ButtonRow[] {
  const { position } = facts;
  const statuses = position.figures
    .filter(({ count }) => count > 0)
    .map(({ key, count }) => {
      const status = nameOf(position.scale, key, words);
      const tooltip = words.say('post.openStatusTip', { n: count, status });
      const title = words.say('post.openStatus', { status, n: count });
      return dialogButton(title, figureData(facts, 'status', { key }), { tooltip });
    });
  const others = [
    dialogButton(words.say('post.openGroups'), figureData(facts, 'groups')),
    dialogButton(words.say('post.openMoves'), figureData(facts, 'moves')),
    dialogButton(words.say('post.openCarried'), figureData(facts, 'carried')),
    ...(position.silences.length > 0
      ? [dialogButton(words.say('post.openSilences'), figureData(facts, 'silences'))]
      : []),
    dialogButton(words.say('post.openTotal', { n: position.total }), figureData(facts, 'total')),
  ];
  const toldBoard = [
    ...((position.measures ?? []).length > 0
      ? [dialogButton(words.say('post.openMeasures'), figureData(facts, 'measures'))]
      : []),
    ...((position.reports ?? []).length > 0
      ? [
          dialogButton(
            words.say('post.openDecisions', { n: decisionsIn(position).length }),
            figureData(facts, 'decisions'),
          ),
        ]
      : []),
  ];
  return [statuses, others, toldBoard]
    .filter((row) => row.length > 0)
    .map((actions, at) => ({ first: at === 0, actions: actions.slice(0, BUTTONS_IN_A_ROW) }));
}

function figureData(facts: PostFacts, what: string, more: { readonly key?: FigureKey } = {}): ButtonData {
  const period = facts.kind === 'post' ? facts.position.period : 'now';
  return { verb: 'figure', plan: facts.plan, period, what, page: 0, ...more };
}
