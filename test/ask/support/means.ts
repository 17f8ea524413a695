import {
  type Command,
  type Condition,
  type ListQuestion,
  listOf,
  type Measure,
  type MovedCondition,
  NOTHING_SAID,
  type PositionAt,
  type Question,
  type RankQuestion,
  type SaidValues,
  type Who,
} from '../../../src/ask/question';
import type { FigureKey } from '../../../src/domain/figures';
import { leadKeyOf } from '../../../src/domain/people';
import type { IsoDate, Period } from '../../../src/domain/period';

/** Short ways to write what an utterance means, so that a corpus reads as a table. */

/** Who would say it: a lead, a board member, the programme officer, or whoever runs Steward. */
export type Speaker = 'lead' | 'board' | 'officer' | 'it';

/** One meaning and the ways in which people put it. */
export interface Meaning {
  readonly by: Speaker;
  readonly means: Question;
  readonly said: readonly string[];
}

export const means = (by: Speaker, question: Question, ...said: string[]): Meaning => ({
  by,
  means: question,
  said,
});

export const person = (name: string): Who => ({ kind: 'lead', leads: [leadKeyOf(name)], name });

export const MIRIAM = person('Miriam Adeyemi');
export const GARETH = person('Gareth Pritchard');
export const NASREEN = person('Nasreen Malik');
export const HELEN = person('Helen Brackley');
export const TOM = person('Tom Ashdown');
export const CALLUM = person('Callum Reid');
export const PRIYA = person('Priya Raman');
export const ME: Who = { kind: 'me' };
export const NOBODY: Who = { kind: 'nobody' };
export const CLINICAL_OFFICER: Who = {
  kind: 'role',
  leads: ['helen brackley'],
  role: 'Designated Clinical Officer',
};

export const by = (...who: Who[]): Condition => ({ kind: 'who', who });
export const mine = by(ME);
export const is = (...statuses: FigureKey[]): Condition => ({ kind: 'status', statuses });
export const not = (of: Condition): Condition => ({ kind: 'not', of });
export const any = (...of: Condition[]): Condition => ({ kind: 'any', of });
export const inGroup = (...groups: string[]): Condition => ({ kind: 'group', groups });
export const refs = (...ranges: (string | readonly [string, string])[]): Condition => ({
  kind: 'refs',
  ranges: ranges.map((one) =>
    typeof one === 'string' ? { from: one, to: one } : { from: one[0], to: one[1] },
  ),
});
export const text = (...phrases: string[]): Condition => ({ kind: 'text', phrases });
export const quoted = (...phrases: string[]): Condition => ({ kind: 'text', phrases, exact: true });
export const due = (from: IsoDate | null, to: IsoDate | null): Condition => ({ kind: 'due', from, to });
export const measure = (is: Measure['is'], n: number, unit: Measure['unit']): Measure => ({ is, n, unit });
export const overdue: Condition = { kind: 'overdue', by: null };
export const overdueBy = (...by: Parameters<typeof measure>): Condition => ({
  kind: 'overdue',
  by: measure(...by),
});
export const slipped: Condition = { kind: 'slipped', by: null };
export const slippedBy = (...by: Parameters<typeof measure>): Condition => ({
  kind: 'slipped',
  by: measure(...by),
});
export const ongoing: Condition = { kind: 'undated', ongoing: true };
export const undated: Condition = { kind: 'undated', ongoing: false };
export const live: Condition = { kind: 'phase', phase: 'live' };
export const done: Condition = { kind: 'phase', phase: 'done' };
export const closed: Condition = { kind: 'phase', phase: 'closed' };
export const silent = (
  from: Period = '2023-09',
  to: Period | null = from === '2023-09' ? from : null,
): Condition => ({
  kind: 'silent',
  from,
  to,
});
export const updated = (
  from: Period = '2023-09',
  to: Period | null = from === '2023-09' ? from : null,
): Condition => ({
  kind: 'updated',
  from,
  to,
});
export const unchanged = (months: number): Condition => ({ kind: 'unchanged', months });
export const percent = (is: Measure['is'], than: number): Condition => ({ kind: 'percent', is, than });
export const has = (field: 'narrative' | 'barriers' | 'ask'): Condition => ({ kind: 'has', field });
export const stood = (at: PositionAt, ...statuses: FigureKey[]): Condition => ({
  kind: 'stood',
  statuses,
  at,
});

/** A movement since the last position, unless said otherwise. */
export const moved = (how: Partial<Omit<MovedCondition, 'kind'>> = {}): Condition => ({
  kind: 'moved',
  direction: 'any',
  left: null,
  became: null,
  from: 'last',
  to: 'now',
  ...how,
});

export const list = (...conditions: Condition[]): ListQuestion => listOf(conditions);
export const listed = (how: Partial<ListQuestion>, ...conditions: Condition[]): ListQuestion => ({
  ...listOf(conditions),
  ...how,
});
export const count = (...conditions: Condition[]): Question => ({ kind: 'count', conditions });
export const rank = (
  by: RankQuestion['by'],
  order: RankQuestion['order'],
  ...conditions: Condition[]
): Question => ({ kind: 'rank', by, order, conditions, limit: null });
export const action = (ref: string): Question => ({ kind: 'action', ref });
export const history = (ref: string): Question => ({ kind: 'history', ref });
export const leadsOf = (ref: string): Question => ({ kind: 'leads', of: { kind: 'action', ref } });
export const leadsOfGroup = (group: string): Question => ({ kind: 'leads', of: { kind: 'group', group } });
export const leadsOfActions = (...conditions: Condition[]): Question => ({
  kind: 'leads',
  of: { kind: 'actions', conditions },
});
export const group = (ref: string): Question => ({ kind: 'group', group: ref });
export const personal = (who: Who): Question => ({ kind: 'person', who });
export const compare = (from: PositionAt, to: PositionAt, ...conditions: Condition[]): Question => ({
  kind: 'compare',
  from,
  to,
  conditions,
});
export const command = (wanted: Command): Question => ({ kind: 'command', command: wanted });
export const update = (ref: string, says: Partial<SaidValues> = {}): Question =>
  command({ do: 'update', ref, says: { ...NOTHING_SAID, ...says } });
