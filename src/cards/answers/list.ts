import type { ListAnswer } from '../../ask/answer';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { run, SUBTLE } from '../runs';
import { weightOf } from '../size';
import { type Found, pageOfAnswer } from './frame';
import { titleLine } from './rows';
import { rowsPage } from './rowsPage';
import { renderSections, sectionOf } from './section';

const MOST_TITLES = 20;

/** A list of actions, page by page: rows with what stands in them, or titles alone. */
export function listFound(answer: ListAnswer, facts: AnswerFacts, words: Words): Found {
  if (answer.actions.length === 0) return nothingFound(facts, words);
  return answer.question.shape === 'titles'
    ? titlesFound(answer, facts, words)
    : { ...rowsPage(answer.actions, facts, answer, words), buttons: [] };
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
