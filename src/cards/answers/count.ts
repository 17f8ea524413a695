import type { CountAnswer } from '../../ask/answer';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { BOLD, gap, run, SUBTLE } from '../runs';
import type { Found } from './frame';
import { rowsPage } from './rowsPage';
import { barWeight, renderBar, splitBar } from './split';

/** A number, large, with what it is out of and how it splits by status; under it the actions that were counted, page by page. */
export function countFound(answer: CountAnswer, facts: AnswerFacts, words: Words): Found {
  const { n, scope, counts, actions } = answer;
  const number = run(words.say('answer.count', { n: String(n) }), { ...BOLD, size: 'ExtraLarge' });
  const of =
    scope.total > n ? [gap(' '), run(words.say('answer.countOf', { total: scope.total }), SUBTLE)] : [];
  const bar = { ...splitBar(counts, facts.scale, words), heading: [number, ...of] };
  if (n === 0) return { about: '', items: [renderBar(bar, words)], pages: [], buttons: [] };
  const rows = rowsPage(actions, facts, { fixed: barWeight(bar) }, words);
  return { ...rows, items: [renderBar(bar, words), ...rows.items], buttons: [] };
}
