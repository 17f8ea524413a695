import type { GroupAnswer } from '../../ask/answer';
import type { Action } from '../../domain/plan';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { nameOf } from '../format';
import { BOLD, paragraph, run, SUBTLE } from '../runs';
import { weightOf } from '../size';
import { type Found, fromHere, roomBeside } from './frame';
import { leadRuns } from './people';
import { actionRow, renderRows } from './rows';
import { renderSections, sectionOf } from './section';
import { renderBar, splitBar } from './split';
import { overdueTitle, standingButtons, standingLines } from './standing';

/** How many red and how many late actions are shown, from the most generous down: long titles give way to the buttons. */
const FEW = [
  { red: 4, overdue: 3 },
  { red: 3, overdue: 2 },
  { red: 2, overdue: 1 },
  { red: 1, overdue: 1 },
  { red: 0, overdue: 0 },
] as const;
type Few = (typeof FEW)[number];

/** How a group is doing: its figures, who leads it, what is red and what is late in it. */
export function groupFound(answer: GroupAnswer, facts: AnswerFacts, words: Words): Found {
  const { group, standing } = answer;
  if (!group && standing.actions.length === 0) return noGroup(words);
  const split = splitBar(standing.counts, facts.scale, words);
  const lines = [...split.lines, ...standingLines(standing, facts, words)];
  const leads = group?.leads ?? [];
  const ledBy =
    leads.length === 0
      ? paragraph(words.say('answer.groupNoLeads'), SUBTLE)
      : { runs: leadRuns(words.say('answer.groupLeads'), leads, words) };
  const scope = { kind: 'group' as const, groups: [answer.question.group] };
  const buttons = standingButtons(standing, scope, true, facts, words);
  const room = roomBeside(facts, buttons, words);
  const bar = renderBar({ ...split, lines: [...lines, ledBy] }, words);
  const items = FEW.map((few) => () => [bar, ...concerns(answer, few, facts, words)]);
  const fitting = items.find((make) => weightOf(make()) <= room);
  return { about: '', items: fitting ? fitting() : [bar], pages: [], buttons };
}

/** What is red, then what is late and not red: a few of each, the rest behind the buttons. */
function concerns(answer: GroupAnswer, few: Few, facts: AnswerFacts, words: Words): object[] {
  const { actions, overdue } = answer.standing;
  const red = actions.filter(({ status }) => status.key === 'red');
  const byId = new Map(actions.map((action) => [action.id, action]));
  const late = overdue.flatMap((id) => byId.get(id) ?? []).filter(({ status }) => status.key !== 'red');
  const redTitle = words.say('answer.statusCount', {
    status: nameOf(facts.scale, 'red', words),
    n: red.length,
  });
  return [
    ...fewOf(redTitle, red, few.red, redTitle, facts, words),
    ...fewOf(
      words.say(red.length > 0 ? 'answer.alsoOverdue' : 'answer.overdue'),
      late,
      few.overdue,
      overdueTitle(overdue.length, words),
      facts,
      words,
    ),
  ];
}

function fewOf(
  title: string,
  actions: readonly Action[],
  most: number,
  button: string,
  facts: AnswerFacts,
  words: Words,
): object[] {
  if (actions.length === 0) return [];
  const rows = actions
    .slice(0, most)
    .map((action) => actionRow(action, facts, { from: fromHere(facts) }, words));
  const more = actions.length - rows.length;
  const rest = more > 0 ? [paragraph(words.say('answer.moreBehind', { n: more, button }), SUBTLE)] : [];
  return [
    ...renderSections([sectionOf({ heading: [run(title, BOLD)] })], words),
    ...renderRows(rows, words),
    ...renderSections([sectionOf({ lines: rest, separator: false })], words),
  ];
}

function noGroup(words: Words): Found {
  const section = sectionOf({ lines: [paragraph(words.say('answer.noGroup'))], separator: false });
  return { about: '', items: renderSections([section], words), pages: [], buttons: [] };
}
