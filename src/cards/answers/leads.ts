import type { LeadsAnswer } from '../../ask/answer';
import { type Action, askedLeads, type NamedLead } from '../../domain/plan';
import type { Words } from '../../words/words';
import type { AnswerFacts } from '../answerFacts';
import { cut, plain } from '../escape';
import { GROUP_LIMIT, nameRuns } from '../format';
import { BOLD, paragraph, run, SUBTLE } from '../runs';
import { askButton, refTitle } from './ask';
import { type Found, fromHere, pageOfAnswer } from './frame';
import { nothingFound } from './list';
import { leadName } from './people';
import { actionRow, renderRows } from './rows';
import { renderSections, type Section, sectionOf, sectionWeight } from './section';

const MOST_LEADS = 10;
const MOST_REFS = 12;
const MOST_ACTIONS = 3;

/** Bytes of what stands above the names. */
const HEAD_BYTES = 6_000;

/** Who leads an action, a group, or the actions that match: one name a section, with what they lead of it. */
export function leadsFound(answer: LeadsAnswer, facts: AnswerFacts, words: Words): Found {
  const { of } = answer.question;
  if (of.kind === 'group' && answer.group === null) return only('answer.noGroup', words);
  if (of.kind !== 'group' && answer.actions.length === 0) {
    return of.kind === 'action' ? only('answer.noAction', words) : nothingFound(facts, words);
  }
  const head = headItems(answer, facts, words);
  if (answer.leads.length === 0) return { ...only('answer.leadsNobody', words, head), pages: [] };
  const sections = answer.leads.map((lead) => leadSection(lead, answer, facts, words));
  const paging = { items: sections, weigh: sectionWeight, most: MOST_LEADS, fixed: HEAD_BYTES, buttons: [] };
  const { page, pages, about } = pageOfAnswer(facts, paging, words);
  return { about, items: [...head, ...renderSections(page.items, words)], pages, buttons: [] };
}

/** What they lead: the action itself, or the group's name. */
function headItems(answer: LeadsAnswer, facts: AnswerFacts, words: Words): object[] {
  if (answer.group !== null) {
    const title = cut(plain(answer.group.title), GROUP_LIMIT);
    const name = { runs: nameRuns({ ref: answer.group.ref, title }) };
    return renderSections([sectionOf({ lines: [name], separator: false })], words);
  }
  // Of many, each name says which; a few are shown themselves.
  if (answer.question.of.kind !== 'action' && answer.actions.length > MOST_ACTIONS) return [];
  const rows = answer.actions
    .slice(0, MOST_ACTIONS)
    .map((action) => actionRow(action, facts, { from: fromHere(facts) }, words));
  const byGroup = answer.actions.every(({ leads }) => leads.length === 0) && answer.leads.length > 0;
  const note = byGroup ? [paragraph(words.say('answer.leadsOfGroup'), SUBTLE)] : [];
  return [
    ...renderRows(rows, words),
    ...renderSections([sectionOf({ lines: note, separator: false })], words),
  ];
}

function leadSection(lead: NamedLead, answer: LeadsAnswer, facts: AnswerFacts, words: Words): Section {
  const name = cut(plain(lead.name), GROUP_LIMIT);
  const who = { kind: 'lead' as const, leads: [lead.key], name: lead.name };
  const several = answer.question.of.kind === 'actions';
  const own = several ? answer.actions.filter((action) => leads(action, lead)) : [];
  return sectionOf({
    heading: [run(leadName(lead, words), BOLD)],
    lines: own.length > 0 ? [paragraph(refsText(own, words), SUBTLE)] : [],
    buttons: askButton(words.say('answer.leadsAll'), { kind: 'person', who }, facts, {
      from: fromHere(facts),
      tooltip: words.say('answer.leadsAllTip', { name }),
    }),
  });
}

function refsText(actions: readonly Action[], words: Words): string {
  const shown = actions.slice(0, MOST_REFS).map(({ ref }) => refTitle(ref, words));
  const more = actions.length - shown.length;
  const list = shown.join(', ');
  const refs = more > 0 ? words.say('answer.leadsMore', { refs: list, n: more }) : list;
  return words.say('answer.leadsOf', { n: actions.length, refs });
}

function leads(action: Action, lead: NamedLead): boolean {
  return askedLeads(action).some(({ key }) => key === lead.key);
}

function only(
  key: 'answer.noGroup' | 'answer.noAction' | 'answer.leadsNobody',
  words: Words,
  head: readonly object[] = [],
): Found {
  const section = sectionOf({ lines: [paragraph(words.say(key))], separator: head.length > 0 });
  return { about: '', items: [...head, ...renderSections([section], words)], pages: [], buttons: [] };
}
