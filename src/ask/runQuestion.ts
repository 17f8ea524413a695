import { distance } from 'fastest-levenshtein';
import { type Counts, countByStatus } from '../domain/figures';
import { type Action, type Group, isLive } from '../domain/plan';
import { compareRefs, refSortKey } from '../domain/refs';
import type {
  AnswerData,
  AskedData,
  GroupAnswer,
  LeadsAnswer,
  ListAnswer,
  PersonAnswer,
  Scope,
  Standing,
} from './answer';
import { comparedOf, movesOf, runCompare } from './compare';
import { daysOverdue, hangsOn, keysOf, matching, sameRef } from './conditions';
import { inOrder } from './inOrder';
import { neededOf } from './neededOf';
import type {
  Condition,
  GroupQuestion,
  LeadsQuestion,
  ListQuestion,
  PersonQuestion,
  Question,
} from './question';
import { leadsOf, runRank } from './rank';
import { mended } from './search';

/** How many like refs are offered for one that the plan has not. */
const MOST_NEAR = 3;

/**
 * Works a question out over the plan's data. Pure: the same question and data give the same answer, whatever order the data
 * comes in. Give it all that {@link neededOf} asks for; a position that does not exist is answered as missing.
 */
export function runQuestion(asked: Question, data: AskedData): AnswerData {
  const question = mended(asked, data);
  const missing = neededOf(question).positions.filter((at) => !data.positions.has(at));
  if (missing.length > 0) return { kind: 'missing', positions: missing };
  switch (question.kind) {
    case 'list':
      return runList(question, data);
    case 'count': {
      const actions = inOrder(matching(question.conditions, data), null, data);
      const scope = scopeOf(question.conditions, data);
      return { kind: 'count', question, n: actions.length, scope, counts: countOf(actions), actions };
    }
    case 'rank':
      return runRank(question, data);
    case 'action':
    case 'history':
      return runAction(question.ref, question.kind === 'history', data);
    case 'leads':
      return runLeads(question, data);
    case 'group':
      return runGroup(question, data);
    case 'person':
      return runPerson(question, data);
    case 'compare':
      return runCompare(question, data);
    case 'command':
      return { kind: 'command', question };
  }
}

function runList(question: ListQuestion, data: AskedData): ListAnswer {
  const found = inOrder(matching(question.conditions, data), question.order, data);
  const actions = question.limit === null ? found : found.slice(0, question.limit);
  // Only a movement that must hold says which step each action made.
  const moved = question.conditions.find((condition) => condition.kind === 'moved');
  return {
    kind: 'list',
    question,
    actions,
    matching: found.length,
    scope: scopeOf(question.conditions, data),
    counts: countOf(found),
    moves: moved ? movesOf(actions, moved, data) : [],
    compared: moved ? comparedOf(moved.from, moved.to, data) : null,
  };
}

/** What a number is out of: whose actions, which groups' or refs'. */
function scopeOf(conditions: readonly Condition[], data: AskedData): Scope {
  const narrowing = conditions.filter(({ kind }) => kind === 'who' || kind === 'group' || kind === 'refs');
  const total = matching(narrowing, data).length;
  const [only] = narrowing;
  if (!only) return { of: 'plan', total };
  if (narrowing.length > 1) return { of: 'other', total };
  if (only.kind === 'group') return { of: 'group', total };
  if (only.kind !== 'who' || only.who.length !== 1) return { of: 'other', total };
  return { of: only.who[0]?.kind === 'me' ? 'mine' : 'lead', total };
}

function countOf(actions: readonly Action[]): Counts {
  return countByStatus(actions.map(({ status }) => ({ status: status.key })));
}

// ---- One action, one group, one person

function runAction(ref: string, history: boolean, data: AskedData): AnswerData {
  const actions = inOrder(
    data.actions.filter((action) => sameRef(action.ref, ref)),
    null,
    data,
  );
  return { kind: 'action', history, ref, actions, near: actions.length > 0 ? [] : nearRefs(ref, data) };
}

/** Refs that hang on the one asked for, else those spelled most like it. */
function nearRefs(ref: string, data: AskedData): string[] {
  const refs = [...new Set(inOrder(data.actions, null, data).map((action) => action.ref))];
  const hanging = refs.filter((known) => hangsOn(known, ref));
  if (hanging.length > 0) return hanging.slice(0, MOST_NEAR);
  const wanted = refSortKey(ref);
  const near = refs
    .map((known) => ({ known, slips: distance(wanted, refSortKey(known)) }))
    .filter(({ slips }) => slips <= 2);
  const fewest = Math.min(...near.map(({ slips }) => slips));
  return near
    .filter(({ slips }) => slips === fewest)
    .slice(0, MOST_NEAR)
    .map(({ known }) => known);
}

function runLeads(question: LeadsQuestion, data: AskedData): LeadsAnswer {
  const { of } = question;
  if (of.kind === 'group') {
    const group = groupOf(of.group, data);
    return { kind: 'leads', question, group, actions: [], leads: group?.leads ?? [] };
  }
  const found =
    of.kind === 'action'
      ? data.actions.filter((action) => sameRef(action.ref, of.ref))
      : matching(of.conditions, data);
  const actions = inOrder(found, null, data);
  return { kind: 'leads', question, group: null, actions, leads: leadsOf(actions) };
}

function runGroup(question: GroupQuestion, data: AskedData): GroupAnswer {
  const actions = data.actions.filter(({ group }) => sameRef(group, question.group));
  return {
    kind: 'group',
    question,
    group: groupOf(question.group, data),
    standing: standingOf(actions, data),
  };
}

function runPerson(question: PersonQuestion, data: AskedData): PersonAnswer {
  const keys = keysOf(question.who, data);
  return {
    kind: 'person',
    question,
    who: question.who,
    standing: standingOf(matching([{ kind: 'who', who: [question.who] }], data), data),
    groups: data.groups
      .filter(({ leads }) => leads.some(({ key }) => keys.includes(key)))
      .sort((a, b) => compareRefs(a.ref, b.ref)),
  };
}

function groupOf(ref: string, data: AskedData): Group | null {
  return data.groups.find((group) => sameRef(group.ref, ref)) ?? null;
}

function standingOf(found: readonly Action[], data: AskedData): Standing {
  const actions = inOrder(found, null, data);
  const live = actions.filter((action) => isLive(action, data.scale));
  const overdue = live.filter((action) => daysOverdue(action, data) > 0);
  const percents = actions.flatMap(({ percent }) => percent ?? []);
  const sum = percents.reduce((total, percent) => total + percent, 0);
  return {
    actions,
    counts: countOf(actions),
    live: live.length,
    overdue: inOrder(overdue, 'most-overdue', data).map(({ id }) => id),
    unanswered: live.filter(({ updatedIn }) => updatedIn !== data.period).map(({ id }) => id),
    percent: percents.length > 0 ? Math.round(sum / percents.length) : null,
  };
}
