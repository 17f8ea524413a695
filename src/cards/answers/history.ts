import type { Action } from '../../domain/plan';
import type { Said, Update } from '../../domain/update';
import type { Words } from '../../words/words';
import { standingOf } from '../actionRow';
import type { AnswerFacts } from '../answerFacts';
import type { Button } from '../buttons';
import { cut, plain } from '../escape';
import { actionName, GROUP_LIMIT, instantName, nameRuns, periodName, standing } from '../format';
import { BOLD, dotted, labelled, type Paragraph, paragraph, paragraphsOf, run, SUBTLE } from '../runs';
import { askButton, refTitle, updateButton } from './ask';
import { writtenDate } from './dates';
import { type Found, pageOfAnswer } from './frame';
import { type ActionRow, renderRows, rowBytes } from './rows';
import { renderSections, sectionOf } from './section';

const MOST_UPDATES = 10;
const NARRATIVE_LIMIT = 2_000;
const TEXT_LIMIT = 600;

/** Every update of an action, newest first: who, when, from what to what, and the words said. */
export function historyFound(action: Action, facts: AnswerFacts, words: Words): Found {
  const head = sectionOf({ lines: [{ runs: nameRuns(action) }], separator: false });
  const buttons = historyButtons(action, facts, words);
  if (facts.updates.length === 0) {
    const none = sectionOf({ lines: [paragraph(words.say('answer.noHistory'))], separator: false });
    return { about: '', items: renderSections([head, none], words), pages: [], buttons };
  }
  const rows = facts.updates.map((update) => updateRow(update, facts, words));
  const paging = { items: rows, weigh: rowBytes, most: MOST_UPDATES, fixed: HEAD_BYTES, buttons };
  const { page, pages, about } = pageOfAnswer(facts, paging, words);
  return {
    about,
    items: [...renderSections([head], words), ...renderRows(page.items, words)],
    pages,
    buttons,
  };
}

/** Bytes of the action's name above its updates. */
const HEAD_BYTES = 1_400;

function updateRow(update: Update, facts: AnswerFacts, words: Words): ActionRow {
  const { before, after } = update;
  if (update.thinned)
    return {
      ...standingOf(facts.scale, after, words),
      heading: [run(instantName(new Date(update.at), facts, words), BOLD)],
      lines: [
        paragraph(stepText(before, after, facts, words)),
        ...marks(update, words),
        paragraph(words.say('post.thinned'), SUBTLE),
      ],
      buttons: [],
    };
  return {
    ...standingOf(facts.scale, after, words),
    heading: [run(whoAndWhen(update, facts, words), BOLD)],
    lines: [
      paragraph(stepText(before, after, facts, words)),
      ...marks(update, words),
      ...dateLines(before, after, words),
      ...paragraphsOf(cut(after.narrative.trim(), NARRATIVE_LIMIT)),
      ...changedText(words.say('answer.barriers'), before.barriers, after.barriers, words),
      ...changedText(words.say('answer.asked'), before.ask, after.ask, words),
    ],
    buttons: [],
  };
}

function whoAndWhen(update: Update, facts: AnswerFacts, words: Words): string {
  const values = {
    when: instantName(new Date(update.at), facts, words),
    name: cut(plain(update.by.name), GROUP_LIMIT),
  };
  if (update.onBehalfOf === null) return words.say('answer.historyBy', values);
  return words.say('answer.historyFor', { ...values, lead: cut(plain(update.onBehalfOf), GROUP_LIMIT) });
}

/** `A Amber 75% → G Green 90%`, or that it stays as it was. */
function stepText(before: Said, after: Said, facts: AnswerFacts, words: Words): string {
  const from = standing(facts.scale, before, words);
  const to = standing(facts.scale, after, words);
  return from === to ? words.say('answer.stays', { standing: to }) : words.say('answer.step', { from, to });
}

/** For which month, and what was out of the ordinary. */
function marks(update: Update, words: Words): Paragraph[] {
  const anyway = update.savedAnyway.map((code) => words.say(`answer.anyway.${code}`)).join('; ');
  const pieces = [
    words.say('answer.forPeriod', { period: periodName(update.period, words) }),
    ...(update.kind === 'no-change' ? [words.say('answer.noChange')] : []),
    ...(update.kind === 'undo' ? [words.say('answer.undo')] : []),
    ...(update.kind === 'loaded' ? [words.say('answer.loadedFromFile')] : []),
    ...(update.late ? [words.say('answer.late')] : []),
  ];
  return [
    { runs: dotted(pieces.map((piece) => [run(piece, SUBTLE)])) },
    ...(anyway === '' ? [] : [labelled(words.say('answer.savedAnyway'), anyway)]),
  ];
}

function dateLines(before: Said, after: Said, words: Words): Paragraph[] {
  if (before.revisedText === after.revisedText) return [];
  const from = writtenDate(before.revisedText, words);
  const to = writtenDate(after.revisedText, words);
  if (before.revisedText === '') return [paragraph(words.say('answer.dateSet', { to }))];
  if (after.revisedText === '') return [paragraph(words.say('answer.dateGone', { from }))];
  return [paragraph(words.say('answer.dateFrom', { from, to }))];
}

/** What stands in the way, or is asked, where the update changed it. */
function changedText(label: string, before: string, after: string, words: Words): Paragraph[] {
  if (before === after) return [];
  const said = cut(plain(after), TEXT_LIMIT);
  return [labelled(label, said === '' ? words.say('answer.cleared') : said)];
}

function historyButtons(action: Action, facts: AnswerFacts, words: Words): Button[] {
  const back = askButton(
    words.say('answer.toAction', { ref: refTitle(action.ref, words) }),
    { kind: 'action', ref: action.ref },
    facts,
    {
      action: action.id,
      from: facts.back,
      tooltip: words.say('answer.toActionTip', { action: actionName(action, words) }),
    },
  );
  return [...back, ...updateButton(action, facts, words)];
}
