import type { Period } from './period';
import type { Position } from './position';
import { compareText } from './refs';
import { STATUS_KEYS, type StatusKey, type StatusScale } from './status';

/*
 * How many actions have each status, and the change from one position to the next.
 */

/** A line of the figures: a status, or `none` for "No status". */
export type FigureKey = StatusKey | 'none';

const FIGURE_KEYS: readonly FigureKey[] = [...STATUS_KEYS, 'none'];

/** How many earlier positions a post has room for. */
const COMPARISONS_SHOWN = 3;

/** How many actions have each status. Every action is in exactly one line, so the lines add up to the total. */
export type Counts = Readonly<Record<FigureKey, number>>;

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

/** Counts actions by status; every line is there, 0 where no action has it. */
export function countByStatus(actions: readonly { readonly status: StatusKey | null }[]): Counts {
  const counts = recordOf(() => 0);
  for (const { status } of actions) counts[status ?? 'none'] += 1;
  return counts;
}

/** See {@link Position.figures}. */
export function figuresOf(counts: Counts, scale: StatusScale): Figure[] {
  const keys = [...scale.statuses].sort((a, b) => a.concern - b.concern).map(({ key }) => key as FigureKey);
  // Whatever is counted is shown: figures that leave an action out would not add up.
  const unforeseen = FIGURE_KEYS.filter((key) => !keys.includes(key) && counts[key] > 0);
  const lines = [...keys, ...unforeseen];
  const shares = sharesOf(lines.map((key) => counts[key]));
  return lines.map((key, line) => ({ key, count: counts[key], share: shares[line] ?? 0 }));
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

/** The latest totals before a period, newest first, that a position is compared with. */
export function latestBefore(period: Period, earlier: readonly EarlierTotals[]): EarlierTotals[] {
  const past = earlier
    .filter((totals) => totals.period < period)
    .sort((a, b) => compareText(b.period, a.period) || compareText(a.from, b.from));
  return past.filter((totals, at) => past[at - 1]?.period !== totals.period).slice(0, COMPARISONS_SHOWN);
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
