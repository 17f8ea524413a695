import { type Period, periodOfDate } from '../domain/period';
import { hangsOn, sameRef } from './conditions';
import type { AskContext } from './context';
import type { Gathered } from './gather';
import { mergeAll, sorted } from './merge';
import { positionAt } from './periods';
import {
  type CompareQuestion,
  type Condition,
  listOf,
  type PositionAt,
  type Question,
  type RefRange,
  type Who,
} from './question';
import { reachOf, type Window } from './recognise/windows';

/**
 * Settles what kind of question the parts make. Null where they make none: words that only say nothing, or a superlative of
 * nothing.
 */
export function assemble(
  parts: Gathered,
  conditions: readonly Condition[],
  context: AskContext,
): Question | null {
  const { intents, rank } = parts;
  if (intents.has('compare')) return comparison(parts, conditions, context);
  const ref = loneRef(parts, context);
  if (ref !== null) return ofOneAction(ref, parts, conditions);
  const implied = parts.order?.implies ?? null;
  const all = implied && !rank ? withImplied(conditions, implied) : conditions;
  if (intents.has('leads') && !rank?.order) return leadsOf(parts, all);
  if (rank && isRanked(parts, conditions)) return ranking(parts, conditions);
  if (intents.has('count')) return { kind: 'count', conditions: all };
  return (
    ofOnePerson(parts, all) ??
    ofOneGroup(parts, all) ??
    (isAsked(parts, all)
      ? {
          ...listOf(all),
          order: parts.order?.order ?? null,
          limit: parts.order?.limit ?? parts.limit,
          shape: parts.shape ?? 'cards',
        }
      : null)
  );
}

/** "The latest due": what an order takes for granted, unless something tighter was said. */
function withImplied(conditions: readonly Condition[], implied: Condition): Condition[] {
  const isSaid = conditions.some(
    ({ kind }) => kind === implied.kind || (implied.kind === 'due' && kind === 'overdue'),
  );
  return isSaid ? [...conditions] : sorted(mergeAll(conditions, implied));
}

/** Something of the plan must be named: an action, a condition, an order. */
function isAsked(parts: Gathered, conditions: readonly Condition[]): boolean {
  return conditions.length > 0 || parts.order !== null || parts.hasNoun || parts.shape !== null;
}

// ---- Comparisons

/** Two positions compared; where one is named, with this one. */
export function comparison(
  parts: Gathered,
  conditions: readonly Condition[],
  context: AskContext,
): CompareQuestion {
  const named = [...new Set(parts.windows.flatMap((window) => positionsNamed(window, context)))];
  const [first, second] = inTime(named);
  const about = conditions.filter(({ kind }) => kind !== 'due' && kind !== 'moved');
  if (first === undefined) return { kind: 'compare', from: 'last', to: 'now', conditions: about };
  if (second === undefined)
    return { kind: 'compare', from: first === 'now' ? 'last' : first, to: 'now', conditions: about };
  return { kind: 'compare', from: first, to: second, conditions: about };
}

function positionsNamed(window: Window, context: AskContext): PositionAt[] {
  if (window.edge === 'last' || window.edge === 'loaded') return [window.edge];
  const { reach } = reachOf(window, 'past', context.today);
  const periods: Period[] = [reach.from, window.edge === 'between' ? reach.to : null].flatMap((day) =>
    day ? [periodOfDate(day)] : [],
  );
  return periods.map((period) => positionAt(period, context.period));
}

function inTime(named: readonly PositionAt[]): PositionAt[] {
  const rank = (position: PositionAt) =>
    position === 'loaded' ? '0' : position === 'last' ? '8' : position === 'now' ? '9' : `1${position}`;
  return [...named].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

// ---- One action

/** The one action that is meant; null where a list is: several refs, a stem such as `1.2`, or something joined to it. */
function loneRef(parts: Gathered, context: AskContext): string | null {
  const [range] = parts.refs;
  if (!range || parts.refs.length > 1 || parts.isCombined || range.from !== range.to) return null;
  return isStem(range, context) ? null : range.from;
}

function isStem({ from }: RefRange, { refs }: AskContext): boolean {
  if (!refs) return /^\d+\.\d+$/.test(from);
  return !refs.some((ref) => sameRef(ref, from)) && refs.some((ref) => hangsOn(ref, from));
}

function ofOneAction(ref: string, { intents, rank }: Gathered, conditions: readonly Condition[]): Question {
  if (intents.has('history')) return { kind: 'history', ref };
  const isMoved = conditions.some(({ kind }) => kind === 'moved' || kind === 'stood' || kind === 'updated');
  if (isMoved && !intents.has('leads')) return { kind: 'history', ref };
  if (intents.has('leads') || rank?.by === 'lead') return { kind: 'leads', of: { kind: 'action', ref } };
  return { kind: 'action', ref };
}

// ---- Leads, groups, people

function leadsOf(parts: Gathered, conditions: readonly Condition[]): Question | null {
  if (parts.superlative || parts.order?.order === 'most-overdue')
    return {
      kind: 'rank',
      by: 'lead',
      conditions,
      order: parts.superlative ?? 'most',
      limit: parts.limit,
    };
  const [only] = conditions;
  if (!only)
    return parts.hasNoun ? null : { kind: 'rank', by: 'lead', conditions: [], order: 'plain', limit: null };
  const [group] = parts.groups;
  if (
    conditions.length === 1 &&
    only.kind === 'group' &&
    group !== undefined &&
    parts.groups.length === 1 &&
    !parts.hasNoun
  )
    return { kind: 'leads', of: { kind: 'group', group } };
  return { kind: 'leads', of: { kind: 'actions', conditions } };
}

/** "Who" and "which priority" ask for a ranking where there is something to rank by. */
function isRanked(
  { rank, superlative, order, intents, hasNoun }: Gathered,
  conditions: readonly Condition[],
): boolean {
  if (!rank) return false;
  return (
    rank.order !== null ||
    superlative !== null ||
    order !== null ||
    conditions.length > 0 ||
    rank.by === 'group' ||
    intents.has('count') ||
    hasNoun
  );
}

function ranking(parts: Gathered, conditions: readonly Condition[]): Question {
  const { rank, superlative, order } = parts;
  const implied = order?.implies;
  const isByStatus = (order?.order === 'worst' || order?.order === 'best') && conditions.length === 0;
  const all: Condition[] = isByStatus
    ? [order.order === 'worst' ? { kind: 'status', statuses: ['red'] } : { kind: 'phase', phase: 'done' }]
    : implied
      ? withImplied(conditions, implied)
      : [...conditions];
  const nothingSaid = superlative === null && rank?.order === null && order === null && all.length === 0;
  return {
    kind: 'rank',
    by: rank?.by ?? 'group',
    conditions: all,
    order: rank?.order === 'plain' || nothingSaid ? 'plain' : (superlative ?? rank?.order ?? 'most'),
    limit: parts.limit ?? order?.limit ?? null,
  };
}

function ofOnePerson(parts: Gathered, conditions: readonly Condition[]): Question | null {
  const { person } = parts;
  if (person) {
    const rest = conditions.filter(({ kind }) => kind !== 'who');
    if (person.kind === 'me' || rest.length > 0)
      return listOf(sorted([...rest, { kind: 'who', who: [person] }]));
    return { kind: 'person', who: person };
  }
  const [who] = parts.who;
  if (!isLone(parts, conditions, 'who') || !who || parts.who.length > 1) return null;
  if (who.kind === 'group-leads') return { kind: 'leads', of: { kind: 'group', group: who.group } };
  return who.kind === 'lead' || who.kind === 'role' ? { kind: 'person', who } : null;
}

function ofOneGroup(parts: Gathered, conditions: readonly Condition[]): Question | null {
  const [group] = parts.groups;
  if (!isLone(parts, conditions, 'group') || group === undefined || parts.groups.length > 1) return null;
  return parts.intents.has('show') && !parts.intents.has('report') ? null : { kind: 'group', group };
}

/** Whether nothing but this was named. */
function isLone(parts: Gathered, conditions: readonly Condition[], kind: 'who' | 'group'): boolean {
  const isPlain = !parts.hasNoun && !parts.isCombined && parts.order === null && parts.shape === null;
  return isPlain && conditions.length === 1 && conditions[0]?.kind === kind;
}

/** The who of a condition, where it is of one person. */
export function personIn(condition: Condition | undefined): Who | null {
  return condition?.kind === 'who' && condition.who.length === 1 ? (condition.who[0] ?? null) : null;
}
