import type { IsoDate } from '../domain/period';
import { plainShift } from './days';
import type { Condition, ConditionOf, MovedCondition } from './question';

/*
 * Putting conditions together: what must hold as well, and what may hold instead.
 */

/** The order in which a question's conditions stand, so that equal questions are equal. */
const KINDS: readonly Condition['kind'][] = [
  'who',
  'shared',
  'status',
  'phase',
  'overdue',
  'slipped',
  'contradiction',
  'percent',
  'no-percent',
  'undated',
  'group',
  'refs',
  'text',
  'due',
  'silent',
  'updated',
  'unchanged',
  'moved',
  'stood',
  'has',
  'not',
  'any',
];

/** All conditions; those joined by "or" made one where they are of different kinds, those of the same kind merged. */
export function combine(made: readonly (Condition | null)[], ors: ReadonlySet<number>): Condition[] {
  const runs: Condition[][] = [];
  for (const [n, condition] of made.entries()) {
    if (!condition) continue;
    const last = runs.at(-1);
    if (last && ors.has(n)) last.push(condition);
    else runs.push([condition]);
  }
  const joined = runs.flatMap((run): Condition[] => {
    const merged = run.reduce<Condition[]>((all, one) => mergeAny(all, one), []);
    return merged.length > 1 ? [{ kind: 'any', of: sorted(merged) }] : merged;
  });
  return sorted(fromStatus(joined.reduce<Condition[]>((all, one) => mergeAll(all, one), [])));
}

/** "Which ambers went green": what they were, since they cannot be both. */
function fromStatus(conditions: readonly Condition[]): readonly Condition[] {
  const moved = conditions.find((one) => one.kind === 'moved');
  const status = conditions.find((one) => one.kind === 'status');
  if (moved?.kind !== 'moved' || status?.kind !== 'status' || moved.left || !moved.became) return conditions;
  if (status.statuses.some((key) => moved.became?.includes(key))) return conditions;
  const stepped: Condition = { ...moved, left: status.statuses };
  return conditions.flatMap((one) => (one === status ? [] : one === moved ? [stepped] : [one]));
}

/** Adds a condition that must hold as well. What an action can only be one of (status, group, lead) is widened instead. */
export function mergeAll(all: readonly Condition[], one: Condition): Condition[] {
  const same = all.find(({ kind }) => kind === one.kind);
  if (!same) return [...all, one];
  if (JSON.stringify(same) === JSON.stringify(one)) return [...all];
  const merged = widened(same, one) ?? narrowed(same, one);
  return merged ? all.map((other) => (other === same ? merged : other)) : [...all, one];
}

/** Two conditions of a kind as one that asks for both; null where they must stay two. */
function narrowed(a: Condition, b: Condition): Condition | null {
  if (a.kind === 'text' && b.kind === 'text')
    return a.exact === b.exact ? { ...a, phrases: [...new Set([...a.phrases, ...b.phrases])] } : null;
  if (a.kind === 'due' && b.kind === 'due') return mergeDue(a, b);
  if (a.kind === 'overdue' && b.kind === 'overdue') return { kind: 'overdue', by: a.by ?? b.by };
  if (a.kind === 'slipped' && b.kind === 'slipped') return { kind: 'slipped', by: a.by ?? b.by };
  if (a.kind === 'undated' && b.kind === 'undated')
    return { kind: 'undated', ongoing: a.ongoing || b.ongoing };
  return a.kind === 'moved' && b.kind === 'moved' ? mergeMoves(a, b) : null;
}

/** Both must hold; where they cannot ("in November and December") either may. */
function mergeDue(a: ConditionOf<'due'>, b: ConditionOf<'due'>): Condition {
  const [first, last] = (a.from ?? '') <= (b.from ?? '') ? [a, b] : [b, a];
  const isApart = first.to !== null && last.from !== null && first.to < last.from;
  if (!isApart || first.to === null)
    return { kind: 'due', from: later(a.from, b.from), to: sooner(a.to, b.to) };
  if (plainShift(first.to, 1, 'day') === last.from) return { kind: 'due', from: first.from, to: last.to };
  return { kind: 'any', of: [first, last] };
}

/** One movement; a time that was named goes before the time since the last position. */
function mergeMoves(a: MovedCondition, b: MovedCondition): MovedCondition {
  const isDefault = a.from === 'last' && a.to === 'now';
  return {
    kind: 'moved',
    direction: a.direction === 'any' ? b.direction : a.direction,
    left: a.left ?? b.left,
    became: a.became ?? b.became,
    from: isDefault ? b.from : a.from,
    to: isDefault ? b.to : a.to,
  };
}

/** Adds a condition that may hold instead. */
function mergeAny(all: readonly Condition[], one: Condition): Condition[] {
  for (const other of all) {
    const merged = widened(other, one);
    if (merged) return all.map((each) => (each === other ? merged : each));
  }
  return [...all, one];
}

/** Two conditions of a kind that lists what is allowed, as one that allows both. */
export function widened(a: Condition, b: Condition): Condition | null {
  if (a.kind === 'status' && b.kind === 'status')
    return { kind: 'status', statuses: [...new Set([...a.statuses, ...b.statuses])] };
  if (a.kind === 'group' && b.kind === 'group')
    return { kind: 'group', groups: [...new Set([...a.groups, ...b.groups])] };
  if (a.kind === 'who' && b.kind === 'who') return { kind: 'who', who: unique([...a.who, ...b.who]) };
  if (a.kind === 'refs' && b.kind === 'refs')
    return { kind: 'refs', ranges: unique([...a.ranges, ...b.ranges]) };
  return null;
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** In one order, so that "red overdue" and "overdue reds" are one question. */
export function sorted(conditions: readonly Condition[]): Condition[] {
  return [...conditions].sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

function later(a: IsoDate | null, b: IsoDate | null): IsoDate | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

function sooner(a: IsoDate | null, b: IsoDate | null): IsoDate | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
