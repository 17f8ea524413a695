import { type Measure, type Reading, type ReadingValue, readingsThatCount, type Target } from './measure';
import { monthsBetween, type Period } from './period';

/*
 * How a measure stands against what was aimed at. Pure, and made of the readings alone, so that a published position says
 * the same for ever.
 */

/** A measure as a position sees it. Frozen with a published one. */
export interface MeasureStanding {
  readonly id: string;
  readonly ref: string | null;
  readonly name: string;
  /** Ref of its group; null for one of the whole plan. */
  readonly group: string | null;
  /** Names of those who are asked for it. */
  readonly owners: readonly string[];
  /** The target as written; empty where the plan names none. */
  readonly target: string;
  /** What it was read as in the period; null where it was not read: a blank is no reading. */
  readonly reading: ReadingValue | null;
  /** The last reading before the period, blanks apart; null where there is none. */
  readonly before: (ReadingValue & { readonly period: Period }) | null;
  /** How far the reading is from the last figure before it, and when that was; null where one of the two is no figure. */
  readonly change: { readonly by: number; readonly since: Period } | null;
  /** What it is judged by in the period; null where nothing can be judged. */
  readonly aim: Aim | null;
  /** Whether the period's reading keeps up with its aim; null where that can't be said. */
  readonly verdict: 'on' | 'off' | null;
  /** Figures up to the period, oldest first; at most {@link FIGURES_KEPT}. */
  readonly series: readonly { readonly period: Period; readonly value: number }[];
}

/** What a reading is judged by. */
export interface Aim {
  /**
   * `target`: the plan's own. `interim`: a target on the way that is due in the period or was the last due. `between`: the line from the
   * last one due (or the first reading) to the next. `direction`: better than the figure before.
   */
  readonly by: 'target' | 'interim' | 'between' | 'direction';
  /** The figure to reach; for a direction the figure before. */
  readonly value: number;
  readonly wants: 'at least' | 'at most' | 'more' | 'less';
  /** When the interim target is due that it is, or leads to; null for the others. */
  readonly due: Period | null;
}

/** How many figures a trajectory shows. */
export const FIGURES_KEPT = 13;

type Counted = Reading & { readonly period: Period };

/** Every measure that a month asks for, as it stands in a period. Readings of later periods are not looked at. */
export function standingsOf(
  measures: readonly Measure[],
  readings: readonly Reading[],
  period: Period,
): MeasureStanding[] {
  const byMeasure = new Map<string, Reading[]>();
  for (const reading of readings)
    byMeasure.set(reading.measure, [...(byMeasure.get(reading.measure) ?? []), reading]);
  return measures
    .filter(({ tracked }) => tracked)
    .map((measure) => standingOf(measure, byMeasure.get(measure.id) ?? [], period));
}

/** How one measure stands in a period. */
export function standingOf(measure: Measure, readings: readonly Reading[], period: Period): MeasureStanding {
  const counted = readingsThatCount(readings).filter(
    (reading) => reading.period <= period && reading.kind !== 'blank',
  );
  const now = counted.find((reading) => reading.period === period) ?? null;
  const earlier = counted.filter((reading) => reading.period < period);
  const before = earlier.at(-1) ?? null;
  const figures = counted.flatMap(({ period: at, value }) => (value === null ? [] : [{ period: at, value }]));
  const figureBefore = figures.filter((figure) => figure.period < period).at(-1) ?? null;
  const aim = aimOf(measure, figures, period);
  const value = now?.value ?? null;
  return {
    id: measure.id,
    ref: measure.ref,
    name: measure.name,
    group: measure.group,
    owners: (measure.owners.length > 0 ? measure.owners : measure.groupLeads).map(({ name }) => name),
    target: measure.target?.text ?? '',
    reading: now && readingValue(now),
    before: before && { ...readingValue(before), period: before.period },
    change:
      value === null || !figureBefore
        ? null
        : { by: exact(value - figureBefore.value), since: figureBefore.period },
    aim,
    verdict: value === null || !aim ? null : keepsUp(value, aim, measure.target) ? 'on' : 'off',
    series: figures.slice(-FIGURES_KEPT),
  };
}

/** What a measure is judged by in a period: a target on the way before the target itself, and a direction where there is no figure. */
export function aimOf(
  measure: Pick<Measure, 'target' | 'interim' | 'baseline'>,
  figures: MeasureStanding['series'],
  period: Period,
): Aim | null {
  const { target } = measure;
  const wants = wantsOf(measure, figures);
  const interim = interimAim(measure, figures, period);
  if (interim && wants) return { ...interim, wants };
  if (target && target.value !== null && wants)
    return { by: 'target', value: target.value, wants, due: null };
  const before = figures.filter((figure) => figure.period < period).at(-1);
  if (target && (target.wants === 'more' || target.wants === 'less') && before)
    return { by: 'direction', value: before.value, wants: target.wants, due: null };
  return null;
}

/** The interim target of the period: one that is due in it, the line between two, or the last that was due. */
function interimAim(
  { interim }: Pick<Measure, 'interim'>,
  figures: MeasureStanding['series'],
  period: Period,
): Omit<Aim, 'wants'> | null {
  const points = interim
    .flatMap(({ due, value }) => (due === null || value === null ? [] : [{ at: due, value }]))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const last = points.filter(({ at }) => at <= period).at(-1);
  const next = points.find(({ at }) => at > period);
  if (last && (last.at === period || !next)) return { by: 'interim', value: last.value, due: last.at };
  if (!next) return null;
  const [first] = figures;
  const from = last ?? (first && first.period < period ? { at: first.period, value: first.value } : null);
  if (!from) return null;
  const share = monthsBetween(from.at, period) / monthsBetween(from.at, next.at);
  return { by: 'between', value: exact(from.value + (next.value - from.value) * share), due: next.at };
}

/**
 * Which way is better. A target of a bare figure says nothing of that: then it is the way that its targets on the way go, or that leads from its
 * baseline or first reading to it, and up where these do not say.
 */
function wantsOf(
  { target, interim, baseline }: Pick<Measure, 'target' | 'interim' | 'baseline'>,
  figures: MeasureStanding['series'],
): 'at least' | 'at most' | null {
  if (target?.kind === 'na') return null;
  if (target?.wants === 'at least' || target?.wants === 'more') return 'at least';
  if (target?.wants === 'at most' || target?.wants === 'less') return 'at most';
  const steps = interim.flatMap(({ value }) => (value === null ? [] : [value]));
  const start = numberIn(baseline) ?? figures[0]?.value ?? steps[0] ?? null;
  const end = target?.value ?? steps.at(-1) ?? null;
  if (end === null) return null;
  return start !== null && start > end ? 'at most' : 'at least';
}

function keepsUp(value: number, aim: Aim, target: Target | null): boolean {
  // ">6" is not kept by 6; a target on the way is a figure to reach.
  const isStrict = aim.by === 'direction' || (aim.by === 'target' && isMoreThan(target?.text ?? ''));
  if (isStrict && value === aim.value) return false;
  return aim.wants === 'at least' || aim.wants === 'more' ? value >= aim.value : value <= aim.value;
}

function isMoreThan(text: string): boolean {
  return /[<>](?!=)|\b(?:more|less|fewer|higher|lower) than\b|\b(?:over|above|under|below)\b/i.test(text);
}

function numberIn(text: string): number | null {
  const figure = /-?\d+(?:\.\d+)?/.exec(text.replaceAll(',', ''))?.[0];
  return figure === undefined ? null : Number(figure);
}

function readingValue({ text, value, kind }: Counted): ReadingValue {
  return { text, value, kind };
}

/** Without the noise of binary fractions: 62.3 − 59.1 is 3.2. */
function exact(value: number): number {
  return Number(value.toFixed(6));
}
