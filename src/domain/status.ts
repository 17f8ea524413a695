import type { Period } from './period';

/**
 * What a status *is*, whatever a plan calls it. Scales differ in letters, labels and meanings, but each
 * value stands for one of these five, so that figures of different plans and years stay comparable.
 */
export const STATUS_KEYS = ['red', 'amber', 'green', 'blue', 'grey'] as const;
export type StatusKey = (typeof STATUS_KEYS)[number];

/** One value of a plan's status scale. */
export interface Status {
  readonly key: StatusKey;
  /** What stands before the label wherever a status is shown, so that colour is never the only sign: `R`, `GR`. */
  readonly letter: string;
  readonly label: string;
  /** The plan's own words for it. */
  readonly meaning: string;
  /** `live`: leads are asked for it. `done`: delivered. `closed`: merged or reported elsewhere. */
  readonly phase: 'live' | 'done' | 'closed';
  /** Order of concern: 0 is the worst. Two statuses are compared by this alone. */
  readonly concern: number;
}

/** A plan's status scale as it was from one period on. */
export interface StatusScale {
  /** Names the scale, so that a figure can say which scale it was counted on: `2023-02`. */
  readonly id: string;
  /** First period that it holds for; null for "since ever". */
  readonly from: Period | null;
  readonly statuses: readonly Status[];
}

/** The five colours as the February 2023 tracker describes them, in our words. */
export const DEFAULT_SCALE: StatusScale = {
  id: 'five-colours',
  from: null,
  statuses: [
    {
      key: 'red',
      letter: 'R',
      label: 'Red',
      meaning: 'not started, or will not meet its date: a risk to raise with the board',
      phase: 'live',
      concern: 0,
    },
    {
      key: 'amber',
      letter: 'A',
      label: 'Amber',
      meaning: 'under way, but later than the planned date',
      phase: 'live',
      concern: 1,
    },
    {
      key: 'green',
      letter: 'G',
      label: 'Green',
      meaning: 'under way and on time for the planned date',
      phase: 'live',
      concern: 2,
    },
    { key: 'blue', letter: 'B', label: 'Blue', meaning: 'delivered and complete', phase: 'done', concern: 3 },
    {
      key: 'grey',
      letter: 'GR',
      label: 'Grey',
      meaning: 'merged or closed: reported under another action',
      phase: 'closed',
      concern: 4,
    },
  ],
};

/** The scale in force in a period: of those that began by then, the one that began last. */
export function scaleAt(history: readonly StatusScale[], period: Period): StatusScale {
  const inForce = history
    .filter((scale) => scale.from === null || scale.from <= period)
    .sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''));
  return inForce.at(-1) ?? DEFAULT_SCALE;
}

/** The status with this key on this scale; null when the scale has none, or the key is null (no status). */
export function statusOn(scale: StatusScale, key: StatusKey | null): Status | null {
  return scale.statuses.find((status) => status.key === key) ?? null;
}

/** How a status is always written: letter and word, `A Amber`. No status is a line of its own, with no letter. */
export function statusName(scale: StatusScale, key: StatusKey | null): string | null {
  const status = statusOn(scale, key);
  return status ? `${status.letter} ${status.label}` : null;
}

/**
 * Whether going from one status to another is for the better, the worse, or neither. Grey (closed) and no
 * status are off the road from red to blue, so a move to or from them is neither.
 */
export function direction(
  scale: StatusScale,
  from: StatusKey | null,
  to: StatusKey | null,
): 'better' | 'worse' | 'neither' {
  const before = statusOn(scale, from);
  const after = statusOn(scale, to);
  if (!before || !after || before.phase === 'closed' || after.phase === 'closed') return 'neither';
  if (before.concern === after.concern) return 'neither';
  return after.concern > before.concern ? 'better' : 'worse';
}
