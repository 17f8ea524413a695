import type { ListAnswer } from '../../ask/answer';
import type { Action } from '../../domain/plan';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { run, SUBTLE } from '../runs';
import { weightOf } from '../size';
import type { From } from './ask';
import { type Found, fromHere, itemsOn, pageOfAnswer } from './frame';
import { type ActionRow, actionRow, renderRows, rowWeight, titleLine } from './rows';
import { renderSections, sectionOf } from './section';

const MOST_ROWS = 10;
const MOST_TITLES = 20;

/** A list of actions, page by page: rows with what stands in them, or titles alone. */
export function listFound(answer: ListAnswer, facts: AnswerFacts, words: Words): Found {
  if (answer.actions.length === 0) return nothingFound(facts, words);
  return answer.question.shape === 'titles'
    ? titlesFound(answer, facts, words)
    : rowsFound(answer, facts, words);
}

/** Says so plainly, and leads over to the near questions that the frame offers. */
export function nothingFound(facts: AnswerFacts, words: Words): Found {
  const near = facts.offers.length > 0 ? [{ runs: [run(words.say('answer.near'), SUBTLE)] }] : [];
  const lines = [{ runs: [run(words.say('answer.nothing'))] }, ...near];
  return {
    about: '',
    items: renderSections([sectionOf({ lines, separator: false })], words),
    pages: [],
    buttons: [],
  };
}

function rowsFound(answer: ListAnswer, facts: AnswerFacts, words: Words): Found {
  const moves = new Map(answer.moves.map((move) => [move.id, move]));
  const rowOf = (action: Action, from: From | null): ActionRow =>
    actionRow(action, facts, { from, move: moves.get(action.id), compared: answer.compared }, words);
  const rows = answer.actions.map((action) => rowOf(action, fromHere(facts)));
  const paging = { items: rows, weigh: rowWeight, most: MOST_ROWS, fixed: 0, buttons: [] };
  const { page, pages, about } = pageOfAnswer(facts, paging, words);
  // The way back names the page that is shown, which may be a nearer one than was asked for.
  const shown = itemsOn(page, answer.actions).map((action) => rowOf(action, fromHere(facts, page)));
  return { about, items: renderRows(shown, words), pages, buttons: [] };
}

function titlesFound(answer: ListAnswer, facts: AnswerFacts, words: Words): Found {
  const lines = answer.actions.map(titleLine);
  const cut = pageOfAnswer(
    facts,
    {
      items: lines,
      weigh: (line) => weightOf(line) + LINE_WEIGHT,
      most: MOST_TITLES,
      fixed: 400,
      buttons: [],
    },
    words,
  );
  const section = sectionOf({ lines: cut.page.items, separator: false });
  return { about: cut.about, items: renderSections([section], words), pages: cut.pages, buttons: [] };
}

const LINE_WEIGHT = 70;
