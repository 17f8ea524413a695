import type { MeasureStanding } from './measureStanding';
import type { IsoDate, Period, PeriodMonths } from './period';
import { type Action, askedLeads, dueDate, isLive, type NamedLead, type Printed } from './plan';
import type { AssuranceLine } from './planDetail';
import { compareRefs } from './refs';
import { direction, STATUS_KEYS, type StatusKey, type StatusScale } from './status';

/** A line of the figures: a status, or `none` for "No status". */
export type FigureKey = StatusKey | 'none';

const FIGURE_KEYS: readonly FigureKey[] = [...STATUS_KEYS, 'none'];

/** How many earlier positions a post has room for. */
const COMPARISONS_SHOWN = 3;

/** How many actions have each status. Every action is in exactly one line, so the lines add up to the total. */
export type Counts = Readonly<Record<FigureKey, number>>;

/** One action as it stood when a position was taken. Frozen with a published position. */
export interface Snapshot {
  readonly id: string;
  readonly ref: string;
  readonly group: string;
  readonly title: string;
  /** Who is asked for it: its own leads, or its group's where it names none. */
  readonly leads: readonly NamedLead[];
  /** `leads` are its group's, since it names none of its own. Absent where they are its own. */
  readonly ledByGroup?: true;
  /** Refs of the actions that it is reported under; absent where there are none. */
  readonly see?: readonly string[];
  /** What the plan prints of it besides, but for its cells as they stood. Absent where it prints nothing. */
  readonly printed?: Partial<Omit<Printed, 'raw'>>;
  readonly status: StatusKey | null;
  readonly percent: number | null;
  readonly narrative: string;
  /** Period that the narrative was said in; null when it came with the plan. */
  readonly narrativeFrom: Period | null;
  readonly barriers: string;
  readonly ask: string;
  readonly due: IsoDate | null;
  /** Dates as people read them, planned and revised, as written. */
  readonly plannedText: string;
  readonly revisedText: string;
  readonly live: boolean;
  /** Period of the last accepted update; null if none ever. */
  readonly updatedIn: Period | null;
}

/** A status count and its share of the total. */
export interface Figure {
  readonly key: FigureKey;
  readonly count: number;
  /** Whole percents that add up to 100 over all figures (largest remainder); 0 when the total is 0. */
  readonly share: number;
}

/** Figures of the past: a published position's, or totals typed in from before Steward. */
export interface EarlierTotals {
  readonly period: Period;
  readonly counts: Counts;
  /** Id of the scale that they were counted on. */
  readonly scale: string;
  /** `published` by Steward, or `typed` in from before it. */
  readonly from: 'published' | 'typed';
}

/** The change of one figure between an earlier position and this one. */
export interface Comparison {
  readonly with: Period;
  readonly delta: Readonly<Record<FigureKey | 'total', number>>;
  /** False when the two were counted on different scales: the colours did not mean the same. */
  readonly likeForLike: boolean;
}

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

function printedIn({ printed }: Action): Pick<Snapshot, 'printed'> {
  if (!printed) return {};
  const { raw: _, ...kept } = printed;
  return Object.keys(kept).length > 0 ? { printed: kept } : {};
}

/** One action as a position sees it. `scale` tells whether it is live. */
export function snapshotOf(action: Action, scale: StatusScale): Snapshot {
  return {
    id: action.id,
    ref: action.ref,
    group: action.group,
    title: action.title,
    leads: askedLeads(action),
    ...(action.leads.length === 0 && action.groupLeads.length > 0 ? { ledByGroup: true as const } : {}),
    ...(action.see.length > 0 ? { see: action.see } : {}),
    ...printedIn(action),
    status: action.status.key,
    percent: action.percent,
    narrative: action.narrative,
    narrativeFrom: action.narrativeFrom,
    barriers: action.barriers,
    ask: action.ask,
    due: dueDate(action),
    plannedText: action.planned?.text ?? '',
    revisedText: action.revised?.text ?? '',
    live: isLive(action, scale),
    updatedIn: action.updatedIn,
  };
}

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

/** Counts actions by status; every line is there, 0 where no action has it. */
export function countByStatus(actions: readonly { readonly status: StatusKey | null }[]): Counts {
  const counts = recordOf(() => 0);
  for (const { status } of actions) counts[status ?? 'none'] += 1;
  return counts;
}

/**
 * Whole-number shares that add up to 100 by the largest remainder (ties: the larger count, then the earlier line); all 0
 * for a total of 0. `counts` are whole numbers from 0.
 */
export function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  // Remainders are kept as whole numbers: fractions would make equal ones differ in the last bit.
  const lines = counts.map((count, line) => ({
    line,
    count,
    share: Math.floor((count * 100) / total),
    remainder: (count * 100) % total,
  }));
  const missing = 100 - lines.reduce((sum, { share }) => sum + share, 0);
  const byRemainder = [...lines].sort(
    (a, b) => b.remainder - a.remainder || b.count - a.count || a.line - b.line,
  );
  const raised = new Set(byRemainder.slice(0, missing).map(({ line }) => line));
  return lines.map(({ line, share }) => (raised.has(line) ? share + 1 : share));
}

/** The change from an earlier position's totals to a later one's, line by line and in total: one function for the post ("since") and the tracker ("between"). */
export function compareTotals(later: { counts: Counts; scale: string }, earlier: EarlierTotals): Comparison {
  const delta = recordOf((key) => later.counts[key] - earlier.counts[key]);
  return {
    with: earlier.period,
    delta: { ...delta, total: totalOf(later.counts) - totalOf(earlier.counts) },
    likeForLike: later.scale === earlier.scale,
  };
}

/** A position and one before it: what the tracker prints between two neighbouring columns. */
export interface Step {
  readonly earlier: EarlierTotals;
  /** The change from `earlier` to the position after it, which stands to its left. */
  readonly comparison: Comparison;
}

/**
 * The positions that a position was compared with, newest first, each with the change *between* it and its newer neighbour: as the
 * tracker prints them, where the post prints the change *since* each. The totals are worked out from the frozen changes, so
 * that a published position gives the same figures for ever. `known` are earlier totals as they are stored, which tell the scale of two that
 * were both counted otherwise than this one.
 */
export function stepsBetween(position: Position, known: readonly EarlierTotals[]): Step[] {
  const now = recordOf((key) => position.figures.find((figure) => figure.key === key)?.count ?? 0);
  const totals = position.comparisons.map((comparison): EarlierTotals => {
    const stored = known.find(({ period }) => period === comparison.with);
    return {
      period: comparison.with,
      counts: recordOf((key) => now[key] - comparison.delta[key]),
      scale: comparison.likeForLike ? position.scale.id : (stored?.scale ?? ''),
      from: stored?.from ?? 'typed',
    };
  });
  return totals.map((earlier, at) => {
    const newer = totals[at - 1] ?? { counts: now, scale: position.scale.id };
    return { earlier, comparison: compareTotals(newer, earlier) };
  });
}

function figuresOf(counts: Counts, scale: StatusScale): Figure[] {
  const keys = [...scale.statuses].sort((a, b) => a.concern - b.concern).map(({ key }) => key as FigureKey);
  // Whatever is counted is shown: figures that leave an action out would not add up.
  const unforeseen = FIGURE_KEYS.filter((key) => !keys.includes(key) && counts[key] > 0);
  const lines = [...keys, ...unforeseen];
  const shares = sharesOf(lines.map((key) => counts[key]));
  return lines.map((key, line) => ({ key, count: counts[key], share: shares[line] ?? 0 }));
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

function latestBefore(period: Period, earlier: readonly EarlierTotals[]): EarlierTotals[] {
  const past = earlier
    .filter((totals) => totals.period < period)
    .sort((a, b) => compareText(b.period, a.period) || compareText(a.from, b.from));
  return past.filter((totals, at) => past[at - 1]?.period !== totals.period).slice(0, COMPARISONS_SHOWN);
}

function movesBetween(
  before: PositionInput['before'],
  actions: readonly Snapshot[],
  scale: StatusScale,
): Move[] {
  const statusBefore = new Map(before.map(({ id, status }) => [id, status]));
  return actions.flatMap(({ id, ref, title, status }) => {
    const from = statusBefore.get(id);
    if (from === undefined || from === status) return [];
    return [{ id, ref, title, from, to: status, direction: direction(scale, from, status) }];
  });
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

function recordOf(countOf: (key: FigureKey) => number): Record<FigureKey, number> {
  return {
    red: countOf('red'),
    amber: countOf('amber'),
    green: countOf('green'),
    blue: countOf('blue'),
    grey: countOf('grey'),
    none: countOf('none'),
  };
}

function totalOf(counts: Counts): number {
  return FIGURE_KEYS.reduce((sum, key) => sum + counts[key], 0);
}

/** Refs repeat, so the id decides between equal ones: the order must not hang on the order of the input. */
export function compareSnapshots(a: Pick<Snapshot, 'ref' | 'id'>, b: Pick<Snapshot, 'ref' | 'id'>): number {
  return compareRefs(a.ref, b.ref) || compareText(a.ref, b.ref) || compareText(a.id, b.id);
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

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
