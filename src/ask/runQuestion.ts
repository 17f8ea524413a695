import { distance } from 'fastest-levenshtein';
import { type Counts, countByStatus } from '../domain/figures';
import { type Action, askedLeads, type Group, isLive, type NamedLead } from '../domain/plan';
import type { Move } from '../domain/position';
import { compareRefs, refSortKey } from '../domain/refs';
import { direction, type StatusKey } from '../domain/status';
import type {
  AnswerData,
  AskedData,
  CompareAnswer,
  Compared,
  GroupAnswer,
  LeadsAnswer,
  ListAnswer,
  PersonAnswer,
  RankAnswer,
  RankRow,
  Scope,
  Standing,
} from './answer';
import {
  daysOverdue,
  foldText,
  hangsOn,
  holds,
  keysOf,
  moveOf,
  sameRef,
  speaksOf,
  stemOf,
  vocabularyOf,
} from './conditions';
import { inOrder } from './inOrder';
import { neededOf } from './neededOf';
import type {
  CompareQuestion,
  Condition,
  GroupQuestion,
  LeadsQuestion,
  ListQuestion,
  MovedCondition,
  PersonQuestion,
  PositionAt,
  Question,
  RankQuestion,
} from './question';

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

/** The question with the words that no action says mended to those that are spelled nearly so. */
function mended(question: Question, data: AskedData): Question {
  if (question.kind === 'leads')
    return question.of.kind === 'actions'
      ? {
          ...question,
          of: { ...question.of, conditions: question.of.conditions.map((one) => mendedText(one, data)) },
        }
      : question;
  if (!('conditions' in question) || !question.conditions.some(hasText)) return question;
  return { ...question, conditions: question.conditions.map((one) => mendedText(one, data)) };
}

function hasText(condition: Condition): boolean {
  if (condition.kind === 'not') return hasText(condition.of);
  return condition.kind === 'any' ? condition.of.some(hasText) : condition.kind === 'text';
}

function mendedText(condition: Condition, data: AskedData): Condition {
  if (condition.kind === 'not') return { kind: 'not', of: mendedText(condition.of, data) };
  if (condition.kind === 'any') return { kind: 'any', of: condition.of.map((one) => mendedText(one, data)) };
  if (condition.kind !== 'text' || condition.exact) return condition;
  const phrases = condition.phrases.map((phrase) => {
    const isSaid = (words: string) => data.actions.some((action) => speaksOf(action, words));
    if (isSaid(phrase)) return phrase;
    const words = foldText(phrase).split(' ');
    const better = words.map((word) => (isSaid(word) ? word : (nearestWord(word, data) ?? word)));
    // A word that nobody says finds nothing: the others are searched for, and the answer says which.
    const found = better.filter(isSaid);
    if (found.length > 0 && found.some((word) => !SMALL_WORDS.has(word))) return found.join(' ');
    return phrase;
  });
  return { ...condition, phrases };
}

/** The word of the plan that is spelled nearly so; null for a short word, or where none is. */
function nearestWord(word: string, data: AskedData): string | null {
  const allowed = word.length >= LONG_WORD ? 2 : 1;
  if (word.length < SHORTEST_MENDED) return null;
  const near = [...vocabularyOf(data.actions)]
    .filter((other) => other.length >= SHORTEST_MENDED && other[0] === word[0])
    .map((other) => ({ other, slips: isSwapped(word, other) ? 1 : distance(word, other) }))
    .filter(({ slips }) => slips <= allowed)
    .sort((a, b) => a.slips - b.slips || (a.other < b.other ? -1 : 1));
  return near[0]?.other ?? null;
}

const SHORTEST_MENDED = 5;
const LONG_WORD = 8;

/** Two letters that changed places. */
function isSwapped(a: string, b: string): boolean {
  return a.length === b.length && distance(a, b) === 2 && [...a].sort().join('') === [...b].sort().join('');
}

function matching(conditions: readonly Condition[], data: AskedData): Action[] {
  const settled = conditions.map((condition) => withWords(condition, data));
  return data.actions.filter((action) => settled.every((condition) => holds(condition, action, data)));
}

/** A phrase that stands nowhere as it was typed is searched for by its words, plurals as singulars. */
function withWords(condition: Condition, data: AskedData): Condition {
  if (condition.kind === 'not') return { kind: 'not', of: withWords(condition.of, data) };
  if (condition.kind === 'any') return { kind: 'any', of: condition.of.map((one) => withWords(one, data)) };
  if (condition.kind !== 'text' || condition.exact) return condition;
  const phrases = condition.phrases.flatMap((phrase) =>
    data.actions.some((action) => speaksOf(action, phrase)) ? [phrase] : wordsIn(phrase),
  );
  return { ...condition, phrases };
}

function wordsIn(phrase: string): string[] {
  const words = foldText(phrase)
    .split(' ')
    .filter((word) => !SMALL_WORDS.has(word));
  return words.map(stemOf);
}

const SMALL_WORDS: ReadonlySet<string> = new Set(
  'a an and at by for from in into of on or our the to with'.split(' '),
);

function runList(question: ListQuestion, data: AskedData): ListAnswer {
  const found = inOrder(matching(question.conditions, data), question.order, data);
  const actions = question.limit === null ? found : found.slice(0, question.limit);
  const moved = question.conditions.flatMap(movementsIn)[0];
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

/** The movement that a condition asks about; only one that must hold says which step each action made. */
function movementsIn(condition: Condition): MovedCondition[] {
  return condition.kind === 'moved' ? [condition] : [];
}

function movesOf(actions: readonly Action[], moved: MovedCondition, data: AskedData): Move[] {
  return actions.flatMap((action) => {
    const step = moveOf(moved, action, data);
    return step ? [moveFrom(action, step.from, step.to, data)] : [];
  });
}

function moveFrom(
  { id, ref, title }: Pick<Action, 'id' | 'ref' | 'title'>,
  from: StatusKey | null,
  to: StatusKey | null,
  data: AskedData,
): Move {
  return { id, ref, title, from, to, direction: direction(data.scale, from, to) };
}

function comparedOf(from: PositionAt, to: PositionAt, data: AskedData): Compared {
  const named = (at: PositionAt) => (at === 'now' ? 'now' : (data.positions.get(at)?.at ?? 'loaded'));
  return { from: named(from), to: named(to) };
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

// ---- By group or by lead

function runRank(question: RankQuestion, data: AskedData): RankAnswer {
  const found = inOrder(matching(question.conditions, data), null, data);
  const rows = question.by === 'group' ? rowsByGroup(found, data) : rowsByLead(found, data);
  const shown = rows.filter(({ n }) => n > 0 || question.order === 'fewest');
  const sorted = question.order === 'plain' ? shown : sortRows(shown, question.order);
  return {
    kind: 'rank',
    question,
    rows: question.limit === null ? sorted : sorted.slice(0, question.limit),
    n: found.length,
  };
}

/** In the order that they come in where the numbers are equal. */
function sortRows(rows: readonly RankRow[], order: 'most' | 'fewest'): RankRow[] {
  const sign = order === 'most' ? -1 : 1;
  return [...rows].sort((a, b) => sign * (a.n - b.n));
}

function rowsByGroup(found: readonly Action[], data: AskedData): RankRow[] {
  return [...data.groups]
    .sort((a, b) => compareRefs(a.ref, b.ref))
    .map(({ ref, title }) => {
      const actions = found.filter(({ group }) => sameRef(group, ref));
      const of = data.actions.filter(({ group }) => sameRef(group, ref)).length;
      return { key: ref, name: title, n: actions.length, of, actions };
    });
}

function rowsByLead(found: readonly Action[], data: AskedData): RankRow[] {
  const unled = found.filter((action) => askedLeads(action).length === 0);
  const ofNobody = data.actions.filter((action) => askedLeads(action).length === 0).length;
  const led = leadsOf(data.actions).map(({ key, name }) => {
    const asks = (action: Action) => askedLeads(action).some((lead) => lead.key === key);
    const actions = found.filter(asks);
    return { key, name, n: actions.length, of: data.actions.filter(asks).length, actions };
  });
  return unled.length > 0
    ? [...led, { key: '', name: '', n: unled.length, of: ofNobody, actions: unled }]
    : led;
}

/** Everybody who is asked for one of the actions, once each, by name. */
function leadsOf(actions: readonly Action[]): NamedLead[] {
  const byKey = new Map<string, NamedLead>();
  for (const lead of actions.flatMap(askedLeads)) if (!byKey.has(lead.key)) byKey.set(lead.key, lead);
  return [...byKey.values()].sort(
    (a, b) => a.name.localeCompare(b.name, 'en-GB') || (a.key < b.key ? -1 : 1),
  );
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

// ---- Two positions

interface Stood {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly status: StatusKey | null;
}

function runCompare(question: CompareQuestion, data: AskedData): CompareAnswer {
  const wanted = new Set(matching(question.conditions, data).map(({ id }) => id));
  const all = question.conditions.length === 0;
  const before = stoodAt(question.from, data).filter(({ id }) => all || wanted.has(id));
  const after = stoodAt(question.to, data).filter(({ id }) => all || wanted.has(id));
  const statusBefore = new Map(before.map(({ id, status }) => [id, status]));
  const idsAfter = new Set(after.map(({ id }) => id));
  return {
    kind: 'compare',
    question,
    compared: comparedOf(question.from, question.to, data),
    before: countByStatus(before),
    after: countByStatus(after),
    moves: after.flatMap((action) => {
      const from = statusBefore.get(action.id);
      if (from === undefined || from === action.status) return [];
      return [moveFrom(action, from, action.status, data)];
    }),
    added: after.filter(({ id }) => !statusBefore.has(id)).map(({ ref }) => ref),
    gone: before.filter(({ id }) => !idsAfter.has(id)).map(({ ref }) => ref),
  };
}

function stoodAt(at: PositionAt, data: AskedData): Stood[] {
  const stood =
    at === 'now'
      ? data.actions.map(({ id, ref, title, status }) => ({ id, ref, title, status: status.key }))
      : [...(data.positions.get(at)?.snapshots ?? [])];
  return stood.sort((a, b) => compareRefs(a.ref, b.ref) || (a.id < b.id ? -1 : 1));
}
