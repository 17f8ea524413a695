import type { RankAnswer, RankRow } from '../../ask/answer';
import { type Condition, listOf } from '../../ask/question';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { cut, plain } from '../escape';
import { GROUP_LIMIT, nameRuns } from '../format';
import { BOLD, dotted, run, type TextRun } from '../runs';
import type { Page } from '../size';
import { askButton } from './ask';
import { type Found, fromHere, itemsOn, pageOfAnswer } from './frame';
import { nothingFound } from './list';
import { type Bar, barWeight, renderBar } from './split';

const MOST_ROWS = 10;

/** Groups or leads by how many of their actions match: a bar each, in words too, and the way to the actions. */
export function rankFound(answer: RankAnswer, facts: AnswerFacts, words: Words): Found {
  if (answer.rows.length === 0) return nothingFound(facts, words);
  const longest = Math.max(...answer.rows.map(({ of }) => of));
  const bars = answer.rows.map((row) => rankBar(row, longest, answer, facts, null, words));
  const paging = { items: bars, weigh: barWeight, most: MOST_ROWS, fixed: 0, buttons: [] };
  const { page, pages, about } = pageOfAnswer(facts, paging, words);
  const shown = itemsOn(page, answer.rows).map((row) => rankBar(row, longest, answer, facts, page, words));
  return { about, items: shown.map((bar) => renderBar(bar, words)), pages, buttons: [] };
}

/** As long as the row has actions, against the longest row; filled as far as they match. */
function rankBar(
  row: RankRow,
  longest: number,
  answer: RankAnswer,
  facts: AnswerFacts,
  page: Page<unknown> | null,
  words: Words,
): Bar {
  const { n, of } = row;
  const pieces = [
    { width: n, style: 'accent' },
    { width: of - n, style: 'emphasis' },
    { width: longest - of, style: 'default' },
  ];
  const text = answer.question.conditions.length === 0 ? 'answer.rankAll' : 'answer.rankOf';
  const name = rowName(row, answer, words);
  const open = askButton(
    words.say('answer.rankShow', { n }),
    listOf([...answer.question.conditions, rowCondition(row, answer)]),
    facts,
    { from: fromHere(facts, page), tooltip: words.say('answer.rankShowTip', { n, name }) },
  );
  return {
    heading: dotted([rowHeading(row, answer, words), [run(words.say(text, { n, of }), BOLD)]]),
    bar: pieces.filter(({ width }) => width > 0),
    lines: [],
    buttons: n > 0 ? open : [],
  };
}

function rowHeading(row: RankRow, answer: RankAnswer, words: Words): TextRun[] {
  if (answer.question.by === 'group') {
    return nameRuns({ ref: row.key, title: cut(plain(row.name), GROUP_LIMIT) });
  }
  return [run(rowName(row, answer, words))];
}

function rowName(row: RankRow, answer: RankAnswer, words: Words): string {
  if (answer.question.by === 'lead' && row.key === '') return words.say('answer.rankNobody');
  return cut(plain(row.name) || plain(row.key), GROUP_LIMIT);
}

/** What holds of a row's actions beside what was asked. */
function rowCondition(row: RankRow, answer: RankAnswer): Condition {
  if (answer.question.by === 'group') return { kind: 'group', groups: [row.key] };
  if (row.key === '') return { kind: 'who', who: [{ kind: 'nobody' }] };
  return { kind: 'who', who: [{ kind: 'lead', leads: [row.key], name: row.name }] };
}
