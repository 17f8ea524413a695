import splitPart from '../../../cards/answers/split.json';
import type { Counts, FigureKey } from '../../domain/figures';
import type { StatusScale } from '../../domain/status';
import type { Words } from '../../words/words';
import type { Button } from '../buttons';
import { nameOf, tintOf } from '../format';
import { BOLD, dotted, gap, type Paragraph, run, type TextRun } from '../runs';
import { weightOf } from '../size';
import { partTemplate } from '../template';

/** A bar of a few coloured pieces, always with the same in words under it. */
export interface Bar {
  readonly heading: readonly TextRun[];
  /** Pieces by weight; those of weight 0 are not there. */
  readonly bar: readonly { readonly width: number; readonly style: string }[];
  readonly lines: readonly Paragraph[];
  readonly buttons: readonly Button[];
}

const expand = partTemplate<Bar>(splitPart);
const TEMPLATE_WEIGHT = weightOf(splitPart);
const PIECE_WEIGHT = 170;
const LINE_WEIGHT = 70;

/** Fills in a bar. */
export function renderBar(bar: Bar, words: Words): object {
  return expand(bar, words);
}

/** Bytes that a bar weighs on a card at most. */
export function barWeight(bar: Bar): number {
  return weightOf(bar) + TEMPLATE_WEIGHT + bar.bar.length * PIECE_WEIGHT + bar.lines.length * LINE_WEIGHT;
}

/** How many there are of each status: drawn, and in words. Statuses that none has are left out. */
export function splitBar(counts: Counts, scale: StatusScale, words: Words): Bar {
  const keys = keysInOrder(scale).filter((key) => counts[key] > 0);
  const figures = keys.map((key) => [
    run(nameOf(scale, key, words)),
    gap(' '),
    run(words.say('answer.count', { n: String(counts[key]) }), BOLD),
  ]);
  return {
    heading: [],
    bar: keys.length > 1 ? keys.map((key) => ({ width: counts[key], style: tintOf(key) })) : [],
    lines: keys.length > 0 ? [{ runs: dotted(figures) }] : [],
    buttons: [],
  };
}

/** The lines of the figures: the scale's statuses in their order of concern, whatever else is counted, then "No status". */
export function keysInOrder(scale: StatusScale): FigureKey[] {
  const known: FigureKey[] = [...scale.statuses].sort((a, b) => a.concern - b.concern).map(({ key }) => key);
  const others: readonly FigureKey[] = ['red', 'amber', 'green', 'blue', 'grey', 'none'];
  return [...known, ...others.filter((key) => !known.includes(key))];
}
