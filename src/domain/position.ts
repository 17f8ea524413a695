import type { IsoDate, Period } from './period';
import type { Action, NamedLead } from './plan';
import type { StatusKey, StatusScale } from './status';

/** A line of the figures: a status, or `none` for "No status". */
export type FigureKey = StatusKey | 'none';

/** How many actions have each status. Every action is in exactly one line, so the lines add up to the total. */
export type Counts = Readonly<Record<FigureKey, number>>;

/** One action as it stood when a position was taken. Frozen with a published position. */
export interface Snapshot {
  readonly id: string;
  readonly ref: string;
  readonly group: string;
  readonly title: string;
  readonly leads: readonly NamedLead[];
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
  /** Ids of the live actions without an answer in the period. */
  readonly actions: readonly string[];
}

/** The plan at a moment: what the board sees. Everything in it is derived from the snapshots beside it. */
export interface Position {
  readonly period: Period;
  /** When it was taken, UTC ISO. */
  readonly at: string;
  readonly scale: StatusScale;
  readonly total: number;
  /** In the scale's order of concern, then `none`; a status that no action has is still a line, `none` only where it is not 0. */
  readonly figures: readonly Figure[];
  readonly groups: readonly { ref: string; title: string; total: number; counts: Counts }[];
  /** Newest first; at most three. */
  readonly comparisons: readonly Comparison[];
  /** Ids of red actions in ref order. */
  readonly red: readonly string[];
  readonly moves: readonly Move[];
  readonly silences: readonly Silence[];
  /** How many leads were asked in the period. */
  readonly asked: number;
  /** Ids of live actions that nobody answered for in the period: their figures are carried over. */
  readonly carried: readonly string[];
}

export interface PositionInput {
  readonly period: Period;
  readonly at: Date;
  readonly scale: StatusScale;
  readonly groups: readonly { ref: string; title: string }[];
  readonly actions: readonly Snapshot[];
  /** The snapshots of the last published position before this one, or as loaded where there is none. */
  readonly before: readonly Pick<Snapshot, 'id' | 'status'>[];
  /** In any order; later ones than `period` are left out, and of the rest the latest three are compared with. */
  readonly earlier: readonly EarlierTotals[];
  /** Every lead asked in the period with the ids of the actions they were asked about. */
  readonly asked: readonly { lead: NamedLead; actions: readonly string[] }[];
}

/** One action as a position sees it. `scale` tells whether it is live. */
export function snapshotOf(action: Action, scale: StatusScale): Snapshot {
  throw new Error(`not built: ${action.id} ${scale.id}`);
}

/** Takes the position. Pure: the same input gives the same figures, to the digit, for ever. */
export function takePosition(input: PositionInput): Position {
  throw new Error(`not built: ${input.period}`);
}

/** Counts actions by status; every line is there, 0 where no action has it. */
export function countByStatus(actions: readonly { readonly status: StatusKey | null }[]): Counts {
  throw new Error(`not built: ${actions.length}`);
}

/** Whole-number shares that add up to 100 by the largest remainder (ties: the larger count, then the earlier line); all 0 for a total of 0. */
export function sharesOf(counts: readonly number[]): number[] {
  throw new Error(`not built: ${counts.length}`);
}

/** The change from an earlier position's totals to a later one's, line by line and in total: one function for the post ("since") and the tracker ("between"). */
export function compareTotals(later: { counts: Counts; scale: string }, earlier: EarlierTotals): Comparison {
  throw new Error(`not built: ${later.scale} ${earlier.period}`);
}
