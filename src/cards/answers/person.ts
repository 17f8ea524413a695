import type { PersonAnswer } from '../../ask/answer';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { cut, plain } from '../escape';
import { GROUP_LIMIT, nameRuns } from '../format';
import { BOLD, dotted, gap, type Paragraph, run } from '../runs';
import type { Found } from './frame';
import { nothingFound } from './list';
import { rowsPage } from './rowsPage';
import { barWeight, renderBar, splitBar } from './split';
import { standingButtons, standingLines } from './standing';

const MOST_GROUPS = 6;

/** What somebody leads: the figures, the groups, the actions page by page. */
export function personFound(answer: PersonAnswer, facts: AnswerFacts, words: Words): Found {
  const { standing } = answer;
  if (standing.actions.length === 0 && answer.groups.length === 0) return nothingFound(facts, words);
  const split = splitBar(standing.counts, facts.scale, words);
  const bar = {
    ...split,
    lines: [...split.lines, ...standingLines(standing, facts, words), ...groupLines(answer, words)],
  };
  const scope = { kind: 'who' as const, who: [answer.who] };
  const buttons = standingButtons(standing, scope, false, facts, words);
  const rows = rowsPage(standing.actions, facts, { fixed: barWeight(bar), buttons }, words);
  return { ...rows, items: [renderBar(bar, words), ...rows.items], buttons };
}

function groupLines({ groups }: PersonAnswer, words: Words): Paragraph[] {
  if (groups.length === 0) return [];
  const names = groups
    .slice(0, MOST_GROUPS)
    .map(({ ref, title }) => nameRuns({ ref, title: cut(plain(title), GROUP_LIMIT) }));
  const more = groups.length - names.length;
  const rest = more > 0 ? [[run(words.say('action.more', { n: more }))]] : [];
  const label = run(words.say('answer.leadsGroups', { n: groups.length }), BOLD);
  return [{ runs: [label, gap(' '), ...dotted([...names, ...rest])] }];
}
