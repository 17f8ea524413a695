import { countByStatus } from '../domain/figures';
import type { Action } from '../domain/plan';
import type { Move } from '../domain/position';
import { compareRefs } from '../domain/refs';
import { direction, type StatusKey } from '../domain/status';
import type { AskedData, CompareAnswer, Compared } from './answer';
import { matching, moveOf } from './conditions';
import type { CompareQuestion, MovedCondition, PositionAt } from './question';

/** An action as it stood in a position. */
interface Stood {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly status: StatusKey | null;
}

/** What moved from one position to another, what came and what went. */
export function runCompare(question: CompareQuestion, data: AskedData): CompareAnswer {
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

/** The steps that actions made, as a movement asks for them. */
export function movesOf(actions: readonly Action[], moved: MovedCondition, data: AskedData): Move[] {
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

/** The positions that were compared, by the periods that there are. */
export function comparedOf(from: PositionAt, to: PositionAt, data: AskedData): Compared {
  const named = (at: PositionAt) => (at === 'now' ? 'now' : (data.positions.get(at)?.at ?? 'loaded'));
  return { from: named(from), to: named(to) };
}
