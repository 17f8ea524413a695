import type { Standing } from '../../ask/answer';
import { type Condition, listOf, type Order } from '../../ask/question';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import type { Button } from '../buttons';
import { nameOf, periodName } from '../format';
import { dotted, type Paragraph, run, SUBTLE } from '../runs';
import { askButton } from './ask';
import { fromHere } from './frame';

/** How a set of actions stands, in figures: how many, how far, what is late, what was not answered. */
export function standingLines(standing: Standing, facts: AnswerFacts, words: Words): Paragraph[] {
  const { actions, live, percent, overdue, unanswered } = standing;
  const size = words.say('answer.standing', { n: actions.length, live });
  const average = percent === null ? '' : words.say('answer.average', { percent });
  return [
    { runs: dotted([[run(size)], [run(average, SUBTLE)]]) },
    {
      runs: dotted([
        [run(words.say('answer.overdueCount', { n: overdue.length }))],
        [run(unansweredText(unanswered.length, facts, words))],
      ]),
    },
  ];
}

/** One way to the actions behind a figure. */
interface Way {
  readonly title: string;
  readonly n: number;
  /** What holds of them beside the scope. */
  readonly more: readonly Condition[];
  readonly order?: Order;
  readonly tooltip?: string;
}

/** The ways to the actions behind the figures; `scope` says whose or which they are, `all` whether one leads to all of them. */
export function standingButtons(
  standing: Standing,
  scope: Condition,
  all: boolean,
  facts: AnswerFacts,
  words: Words,
): Button[] {
  return waysOf(standing, all, facts, words)
    .filter(({ n }) => n > 0)
    .flatMap(({ title, more, order = null, tooltip }) =>
      askButton(title, { ...listOf([scope, ...more]), order }, facts, {
        from: fromHere(facts),
        ...(tooltip === undefined ? {} : { tooltip }),
      }),
    );
}

function waysOf(standing: Standing, all: boolean, facts: AnswerFacts, words: Words): Way[] {
  const { actions, counts, overdue, unanswered } = standing;
  const red = nameOf(facts.scale, 'red', words);
  const everything: Way = {
    title: words.say('answer.allCount', { n: actions.length }),
    n: actions.length,
    more: [],
  };
  return [
    ...(all ? [everything] : []),
    {
      title: words.say('answer.statusCount', { status: red, n: counts.red }),
      n: counts.red,
      more: [{ kind: 'status', statuses: ['red'] }],
    },
    {
      title: overdueTitle(overdue.length, words),
      n: overdue.length,
      more: [{ kind: 'overdue', by: null }],
      order: 'most-overdue',
    },
    {
      title: words.say('answer.showUnanswered', { n: unanswered.length }),
      n: unanswered.length,
      more: [{ kind: 'silent', from: facts.month, to: null }],
      tooltip: unansweredText(unanswered.length, facts, words),
    },
  ];
}

/** What the button to the overdue ones says. */
export function overdueTitle(n: number, words: Words): string {
  return words.say('answer.overdueCount', { n });
}

function unansweredText(n: number, facts: AnswerFacts, words: Words): string {
  return words.say('answer.unansweredCount', { n, month: periodName(facts.month, words) });
}
