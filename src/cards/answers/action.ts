import type { ActionAnswer } from '../../ask/answer';
import { type Action, askedLeads, isCrossReference } from '../../domain/plan';
import type { Update } from '../../domain/update';
import type { Words } from '../../words/words';
import { renderRows, standingOf } from '../actionRow';
import type { AnswerFacts } from '../answerFacts';
import type { Button } from '../buttons';
import { cut, plain } from '../escape';
import type { AdaptiveCard } from '../facts';
import { actionName, GROUP_LIMIT, instantName, monthName, nameRuns, standing } from '../format';
import { BOLD, gap, type Paragraph, paragraph, paragraphsOf, run, SUBTLE } from '../runs';
import { weightOf } from '../size';
import { askButton, refTitle, updateButton } from './ask';
import { checkSentence } from './checks';
import { dateLines } from './dates';
import { type Found, frameCard, fromHere, roomBeside } from './frame';
import { historyFound } from './history';
import { monthsPartOf } from './months';
import { leadRuns } from './people';
import { printedSections } from './printed';
import { rowsPage } from './rowsPage';
import { renderSections, type Section, sectionOf, sectionWeight } from './section';

/** Longest narrative, barriers and ask, in characters, from the most generous down: texts give way before anything else does. */
const TEXT_LIMITS = [2_000, 1_200, 800, 500, 300, 150] as const;

const MOST_TARGETS = 6;
const MOST_REFS = 12;

/** One action in full, or its history; where its ref is several actions', which of them is meant; where none, what is near. */
export function actionCard(answer: ActionAnswer, facts: AnswerFacts, words: Words): AdaptiveCard {
  const [action, second] = answer.actions;
  if (!action) return frameCard(facts, nearFound(answer, facts, words), words);
  if (second) return frameCard(facts, severalFound(answer, facts, words), words);
  if (answer.history) return frameCard(facts, historyFound(action, facts, words), words);
  return frameCard(facts, fullFound(action, facts, words), words);
}

function fullFound(action: Action, facts: AnswerFacts, words: Words): Found {
  const buttons = actionButtons(action, facts, words);
  const room = roomBeside(facts, buttons, words);
  const found = (limit: number): Found => ({
    about: '',
    items: fullItems(action, limit, facts, words),
    pages: [],
    buttons,
  });
  const limit = TEXT_LIMITS.find((most) => weightOf(found(most).items) <= room);
  return found(limit ?? 150);
}

function fullItems(action: Action, limit: number, facts: AnswerFacts, words: Words): object[] {
  const at = { status: action.status.key, percent: action.percent };
  const row = {
    ...standingOf(facts.scale, at, words),
    heading: nameRuns(action),
    lines: aboutLines(action, facts, words),
    buttons: [],
  };
  return [
    ...renderRows([row], words),
    ...renderSections(
      [
        checksSection(action, facts, words),
        seeSection(action, facts, words),
        sectionOf({ lines: saidLines(action, limit, facts, words) }),
        textSection(words.say('answer.barriers'), action.barriers, limit),
        textSection(words.say('answer.asked'), action.ask, limit),
        ...printedSections(action, limit, facts, words),
        answeredSection(action, facts, words),
      ],
      words,
    ),
    ...monthsPartOf(facts, words),
  ];
}

function aboutLines(action: Action, facts: AnswerFacts, words: Words): Paragraph[] {
  const title = facts.groups.find(({ ref }) => ref === action.group)?.title ?? '';
  const group = nameRuns({ ref: action.group, title: cut(plain(title), GROUP_LIMIT) }, SUBTLE);
  return [
    { runs: [run(words.say('answer.group'), SUBTLE), gap(' '), ...group] },
    { runs: ledRuns(action, words) },
    ...dateLines(action, facts, words),
  ];
}

function ledRuns(action: Action, words: Words): Paragraph['runs'] {
  const leads = askedLeads(action);
  if (leads.length === 0) return [run(words.say('answer.ledByNobody'), SUBTLE)];
  const label = action.leads.length > 0 ? 'answer.ledBy' : 'answer.groupLedBy';
  return leadRuns(words.say(label), leads, words);
}

/** What was last said, by whom and when. */
function saidLines(action: Action, limit: number, facts: AnswerFacts, words: Words): Paragraph[] {
  if (plain(action.narrative) === '') return [paragraph(words.say('answer.saidNothing'))];
  return [
    paragraph(saidWhen(action, facts, words), BOLD),
    ...paragraphsOf(cut(action.narrative.trim(), limit)),
  ];
}

function saidWhen(action: Action, facts: AnswerFacts, words: Words): string {
  const update = updateThatSaid(action, facts);
  if (update) {
    const values = {
      name: cut(plain(update.by.name), GROUP_LIMIT),
      when: instantName(new Date(update.at), facts, words),
    };
    if (update.onBehalfOf === null) return words.say('answer.saidBy', values);
    return words.say('answer.saidFor', { ...values, lead: cut(plain(update.onBehalfOf), GROUP_LIMIT) });
  }
  if (action.narrativeFrom === null) return words.say('answer.saidAtLoad');
  return words.say('answer.saidIn', { month: monthName(action.narrativeFrom, facts.today, words) });
}

/** The update that the narrative was said in: the newest may have been silent, or have been taken back. */
function updateThatSaid(action: Action, facts: AnswerFacts): Update | undefined {
  const text = action.narrative.trim();
  return text === '' ? undefined : facts.updates.find(({ after }) => after.narrative.trim() === text);
}

/** When it was last answered, unless what was said then has told it already. */
function answeredSection(action: Action, facts: AnswerFacts, words: Words): Section {
  const told = updateThatSaid(action, facts)?.at === action.updatedAt && action.updatedAt !== null;
  if (told && action.unchangedFor === 0) return sectionOf({});
  const line = paragraph(answeredText(action, facts, words), SUBTLE);
  return sectionOf({ lines: [line], spacing: 'Small', separator: false });
}

function answeredText(action: Action, facts: AnswerFacts, words: Words): string {
  if (action.updatedAt === null) return words.say('answer.neverAnswered');
  const answered = words.say('answer.lastAnswered', {
    when: instantName(new Date(action.updatedAt), facts, words),
    name: cut(plain(action.updatedBy ?? ''), GROUP_LIMIT),
  });
  if (action.unchangedFor === 0) return answered;
  return `${answered} ${words.say('answer.unchanged', { n: action.unchangedFor })}`;
}

function textSection(label: string, text: string, limit: number): Section {
  const lines = paragraphsOf(cut(text.trim(), limit));
  return sectionOf(
    lines.length === 0 ? {} : { heading: [run(label, BOLD)], lines, spacing: 'Small', separator: false },
  );
}

function checksSection(action: Action, facts: AnswerFacts, words: Words): Section {
  const lines = facts.checks.map((finding) => paragraph(checkSentence(finding, action, facts, words)));
  if (lines.length === 0) return sectionOf({});
  return sectionOf({
    heading: [run(words.say('answer.checks', { n: lines.length }), BOLD)],
    lines,
    style: 'warning',
    separator: false,
  });
}

/** The actions that it points at, each with where it stands. */
function seeSection(action: Action, facts: AnswerFacts, words: Words): Section {
  const { actions, missing } = facts.see;
  const shown = actions.slice(0, MOST_TARGETS);
  const lines = shown.map((target) => {
    const at = { status: target.status.key, percent: target.percent };
    return { runs: [run(standing(facts.scale, at, words), BOLD), gap(' '), ...nameRuns(target)] };
  });
  const more = actions.length - shown.length;
  const refs = missing
    .slice(0, MOST_REFS)
    .map((ref) => refTitle(ref, words))
    .join(', ');
  const rest = [
    ...(more > 0 ? [paragraph(words.say('action.more', { n: more }), SUBTLE)] : []),
    ...(missing.length > 0
      ? [paragraph(words.say('answer.seeMissing', { n: missing.length, refs }), SUBTLE)]
      : []),
  ];
  if (lines.length + rest.length === 0) return sectionOf({});
  return sectionOf({
    heading: [run(words.say(isCrossReference(action) ? 'answer.seeUnder' : 'answer.see'), BOLD)],
    lines: [...lines, ...rest],
    buttons: shown.flatMap((target) =>
      askButton(refTitle(target.ref, words), { kind: 'action', ref: target.ref }, facts, {
        action: target.id,
        from: fromHere(facts),
        tooltip: words.say('answer.moreTip', { action: actionName(target, words) }),
      }),
    ),
  });
}

function actionButtons(action: Action, facts: AnswerFacts, words: Words): Button[] {
  const history = askButton(words.say('answer.history'), { kind: 'history', ref: action.ref }, facts, {
    action: action.id,
    from: facts.back,
    tooltip: words.say('answer.historyTip', { action: actionName(action, words) }),
  });
  return [...updateButton(action, facts, words), ...history];
}

/** Refs repeat: the actions that have this one, to choose from. */
function severalFound(answer: ActionAnswer, facts: AnswerFacts, words: Words): Found {
  const ask = sectionOf({
    lines: [paragraph(words.say('answer.several', { n: answer.actions.length }))],
    separator: false,
  });
  const rows = rowsPage(answer.actions, facts, { fixed: sectionWeight(ask) }, words);
  return { ...rows, items: [...renderSections([ask], words), ...rows.items], buttons: [] };
}

function nearFound(answer: ActionAnswer, facts: AnswerFacts, words: Words): Found {
  const near = answer.near.length > 0 ? [paragraph(words.say('answer.nearRefs'), SUBTLE)] : [];
  const kind = answer.history ? 'history' : 'action';
  const section = sectionOf({
    lines: [paragraph(words.say('answer.noAction')), ...near],
    buttons: answer.near.flatMap((ref) => askButton(refTitle(ref, words), { kind, ref }, facts)),
    separator: false,
  });
  return { about: '', items: renderSections([section], words), pages: [], buttons: [] };
}
