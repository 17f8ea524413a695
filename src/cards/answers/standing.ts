import type { Standing } from '../../ask/answer';
import { type Condition, listOf, type Order, type Question } from '../../ask/question';
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

/** The ways to the actions behind the figures; `scope` says whose or which they are. */
export function standingButtons(
  standing: Standing,
  scope: Condition,
  all: 'all' | 'none',
  facts: AnswerFacts,
  words: Words,
): Button[] {
  const { actions, counts, overdue, unanswered } = standing;
  const show = (
    title: string,
    n: number,
    more: readonly Condition[],
    order: Order | null = null,
  ): Button[] => {
    const question: Question = { ...listOf([scope, ...more]), order };
    return n > 0 ? askButton(title, question, facts, { from: fromHere(facts) }) : [];
  };
  const red = nameOf(facts.scale, 'red', words);
  return [
    ...(all === 'all' ? show(words.say('answer.allCount', { n: actions.length }), actions.length, []) : []),
    ...show(words.say('answer.statusCount', { status: red, n: counts.red }), counts.red, [
      { kind: 'status', statuses: ['red'] },
    ]),
    ...show(
      overdueTitle(overdue.length, words),
      overdue.length,
      [{ kind: 'overdue', by: null }],
      'most-overdue',
    ),
    ...show(unansweredText(unanswered.length, facts, words), unanswered.length, [
      { kind: 'silent', from: facts.month, to: null },
    ]),
  ];
}

/** What the button to the overdue ones says. */
export function overdueTitle(n: number, words: Words): string {
  return words.say('answer.overdueCount', { n });
}

function unansweredText(n: number, facts: AnswerFacts, words: Words): string {
  return words.say('answer.unansweredCount', { n, month: periodName(facts.month, words) });
}
