import {
  type Comparison,
  type Counts,
  compareTotals,
  countByStatus,
  type EarlierTotals,
  type Figure,
  figuresOf,
  latestBefore,
} from './figures';
import type { MeasureStanding } from './measureStanding';
import type { Period, PeriodMonths } from './period';
import type { NamedLead } from './plan';
import type { AssuranceLine } from './planDetail';
import { compareRefs, compareText } from './refs';
import { compareSnapshots, type Snapshot } from './snapshot';
import { direction, type StatusKey, type StatusScale } from './status';

/** An action whose status moved since the last published position (or since the plan was loaded). */
export interface Move {
  readonly id: string;
  readonly ref: string;
  readonly title: string;
  readonly from: StatusKey | null;
  readonly to: StatusKey | null;
  readonly direction: 'better' | 'worse' | 'neither';
}

/** A lead who was asked and has not answered for everything that was asked. */
export interface Silence {
  readonly lead: NamedLead;
  /** Ids of the live actions they were asked about that nobody answered for in the period, in ref order. */
  readonly actions: readonly string[];
  /** How many readings and reports they were asked for that nobody gave. Absent: none. */
  readonly others?: number;
}

/** The figures of one group. */
export interface GroupFigures {
  readonly ref: string;
  readonly title: string;
  /** As they were when the position was taken; absent where the group had none. */
  readonly leads?: readonly NamedLead[];
  readonly total: number;
  readonly counts: Counts;
}

/** The plan at a moment: what the board sees. Everything in it is derived from the snapshots beside it. */
export interface Position {
  readonly period: Period;
  /** When it was taken, UTC ISO. */
  readonly at: string;
  /** What the plan was called then; absent in positions that were frozen before it was kept. */
  readonly planTitle?: string;
  readonly scale: StatusScale;
  readonly total: number;
  /**
   * In the scale's order of concern, then `none`, so that they add up to the total. A status of the scale that no action
   * has is still a line; `none`, and a status that the scale lacks, are lines only where they are not 0.
   */
  readonly figures: readonly Figure[];
  /** In ref order. A group that actions name but the plan does not has its line too, with an empty title. */
  readonly groups: readonly GroupFigures[];
  /** Newest first; at most three. */
  readonly comparisons: readonly Comparison[];
  /** Ids of red actions in ref order. */
  readonly red: readonly string[];
  /** In ref order; only of actions that were there before and still are. */
  readonly moves: readonly Move[];
  /** By the lead's name. */
  readonly silences: readonly Silence[];
  /** How many leads were asked in the period. */
  readonly asked: number;
  /** Ids of live actions, in ref order, that nobody answered for in the period, asked or not: their figures are carried over. */
  readonly carried: readonly string[];
  /** How many months its period has. Absent: one. */
  readonly months?: PeriodMonths;
  /** Every measure that is asked for, in the plan's order. Absent where the plan has none. */
  readonly measures?: readonly MeasureStanding[];
  /** What each group reported, in ref order. Absent where none is asked to. */
  readonly reports?: readonly ReportStanding[];
  /** Names and words of it are no longer kept; its figures are. Absent: they are. */
  readonly thinned?: true;
}

/** What a group's leads said to the board in a period, or that they did not. */
export interface ReportStanding {
  readonly group: string;
  readonly title: string;
  /** Whether they said anything in the period. */
  readonly said: boolean;
  /** What the board should decide; empty for "none", and where nothing was said. */
  readonly recommendation: string;
  /** Who said it; null where nobody did. */
  readonly by: string | null;
  /** The group's business as usual as it stood. */
  readonly assurance: readonly AssuranceLine[];
}

export interface PositionInput {
  readonly period: Period;
  readonly at: Date;
  readonly planTitle?: string;
  readonly scale: StatusScale;
  readonly groups: readonly GroupNamed[];
  readonly actions: readonly Snapshot[];
  /** The snapshots of the last published position before this one, or as loaded where there is none. */
  readonly before: readonly Pick<Snapshot, 'id' | 'status'>[];
  /**
   * In any order; those of `period` itself and later are left out, and the latest three of the rest are compared with.
   * Where a period has both published and typed totals, the published ones count.
   */
  readonly earlier: readonly EarlierTotals[];
  /** Every lead asked in the period with the ids of the actions they were asked about. In any order, as all lists here. */
  readonly asked: readonly {
    lead: NamedLead;
    actions: readonly string[];
    /** What they were asked for beside actions and nobody has given. */
    othersLeft?: readonly string[];
  }[];
  readonly months?: PeriodMonths;
  readonly measures?: readonly MeasureStanding[];
  readonly reports?: readonly ReportStanding[];
}

/** A group as a position names it. */
type GroupNamed = Pick<GroupFigures, 'ref' | 'title' | 'leads'>;

/**
 * Takes the position. Pure: the same input gives the same figures, to the digit, for ever, in whatever order its
 * lists come.
 */
export function takePosition(input: PositionInput): Position {
  const { period, scale } = input;
  const actions = [...input.actions].sort(compareSnapshots);
  const counts = countByStatus(actions);
  const carried = actions.filter((action) => action.live && action.updatedIn !== period);
  const asked = mergeByLead(input.asked);
  return {
    period,
    at: input.at.toISOString(),
    ...(input.planTitle === undefined ? {} : { planTitle: input.planTitle }),
    scale,
    total: actions.length,
    figures: figuresOf(counts, scale),
    groups: groupFigures(actions, input.groups),
    comparisons: latestBefore(period, input.earlier).map((earlier) =>
      compareTotals({ counts, scale: scale.id }, earlier),
    ),
    red: actions.filter(({ status }) => status === 'red').map(({ id }) => id),
    moves: movesBetween(input.before, actions, scale),
    silences: silencesOf(asked, carried),
    asked: asked.length,
    carried: carried.map(({ id }) => id),
    ...(input.months && input.months > 1 ? { months: input.months } : {}),
    ...(input.measures ? { measures: input.measures } : {}),
    ...(input.reports ? { reports: input.reports } : {}),
  };
}

/** What the board is asked to decide, by group. */
export function decisionsIn({ reports = [] }: Pick<Position, 'reports'>): readonly ReportStanding[] {
  return reports.filter(({ recommendation }) => recommendation !== '');
}

function groupFigures(actions: readonly Snapshot[], groups: readonly GroupNamed[]): GroupFigures[] {
  const named = new Map<string, GroupNamed>(actions.map(({ group }) => [group, { ref: group, title: '' }]));
  for (const group of groups) named.set(group.ref, group);
  const byGroup = new Map<string, Snapshot[]>([...named.keys()].map((ref) => [ref, []]));
  for (const action of actions) byGroup.get(action.group)?.push(action);
  return [...named.values()]
    .sort((a, b) => compareRefs(a.ref, b.ref) || compareText(a.ref, b.ref))
    .map(({ ref, title, leads = [] }) => {
      const own = byGroup.get(ref) ?? [];
      const led = leads.length > 0 ? { leads } : {};
      return { ref, title, ...led, total: own.length, counts: countByStatus(own) };
    });
}

function movesBetween(
  before: PositionInput['before'],
  actions: readonly Snapshot[],
  scale: StatusScale,
): Move[] {
  const statusBefore = new Map(before.map(({ id, status }) => [id, status]));
  const moves: Move[] = [];
  for (const { id, ref, title, status } of actions) {
    const from = statusBefore.get(id);
    if (from === undefined || from === status) continue;
    moves.push({ id, ref, title, from, to: status, direction: direction(scale, from, status) });
  }
  return moves;
}

/** What each lead was asked about, once a lead, by name: two cards for one person are one person asked. */
function mergeByLead(asked: PositionInput['asked']): {
  readonly lead: NamedLead;
  readonly actions: ReadonlySet<string>;
  readonly others: ReadonlySet<string>;
}[] {
  const merged = new Map<string, { lead: NamedLead; actions: Set<string>; others: Set<string> }>();
  for (const { lead, actions, othersLeft } of [...asked].sort((a, b) => compareLeads(a.lead, b.lead))) {
    const known = merged.get(lead.key) ?? { lead, actions: new Set<string>(), others: new Set<string>() };
    for (const id of actions) known.actions.add(id);
    for (const key of othersLeft ?? []) known.others.add(key);
    merged.set(lead.key, known);
  }
  return [...merged.values()];
}

function silencesOf(asked: ReturnType<typeof mergeByLead>, carried: readonly Snapshot[]): Silence[] {
  const places = new Map(carried.map(({ id }, at) => [id, at]));
  const placeOf = (id: string): number => places.get(id) ?? -1;
  return asked
    .map(({ lead, actions, others }) => ({
      lead,
      actions: [...actions].filter((id) => placeOf(id) >= 0).sort((a, b) => placeOf(a) - placeOf(b)),
      ...(others.size > 0 ? { others: others.size } : {}),
    }))
    .filter(({ actions, others = 0 }) => actions.length + others > 0);
}

function compareLeads(a: NamedLead, b: NamedLead): number {
  return (
    a.name.localeCompare(b.name, 'en-GB') ||
    compareText(a.key, b.key) ||
    // "lead" before "co-lead": somebody who is both is named as a lead.
    compareText(b.kind, a.kind) ||
    compareText(a.role ?? '', b.role ?? '')
  );
}
