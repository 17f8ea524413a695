import type { CountAnswer } from '../../ask/answer';
import { listOf } from '../../ask/question';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { BOLD, gap, run, SUBTLE } from '../runs';
import { askButton } from './ask';
import { type Found, fromHere } from './frame';
import { renderBar, splitBar } from './split';

/** A number, large, with what it is out of and how it splits by status. */
export function countFound(answer: CountAnswer, facts: AnswerFacts, words: Words): Found {
  const { n, scope, counts, question } = answer;
  const number = run(words.say('answer.count', { n: String(n) }), { ...BOLD, size: 'ExtraLarge' });
  const of =
    scope.total > n ? [gap(' '), run(words.say('answer.countOf', { total: scope.total }), SUBTLE)] : [];
  const split = splitBar(counts, facts.scale, words);
  const show = askButton(words.say('answer.showThem', { n }), listOf(question.conditions), facts, {
    from: fromHere(facts),
    tooltip: words.say('answer.showThemTip', { n }),
  });
  return {
    about: '',
    items: [renderBar({ ...split, heading: [number, ...of] }, words)],
    pages: [],
    buttons: n > 0 ? show : [],
  };
}
