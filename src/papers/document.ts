import type { FigureKey } from '../domain/figures';
import type { Tint } from './workbook';

/** A document as it is to be written: every word decided, no library in sight. Plain data, so that it can go to a thread. */
export interface DocumentView {
  readonly title: string;
  readonly subject: string;
  /** BCP 47. */
  readonly language: string;
  /** UTC ISO: what the file says of when it was made. */
  readonly at: string;
  /** What the page's foot says, before the page's number. */
  readonly foot: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  /** One paragraph for each line of the text. */
  | { readonly kind: 'text'; readonly text: string; readonly look?: 'note' | 'strong' }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | TableBlock
  | { readonly kind: 'chart'; readonly chart: Chart };

/** A table whose first row is its header, repeated on each page; the first column names each row. */
export interface TableBlock {
  readonly kind: 'table';
  /** Shares of the page's width. */
  readonly widths: readonly number[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

export interface TableCell {
  readonly text: string;
  readonly isFigure?: boolean;
  readonly isStrong?: boolean;
  readonly tint?: Tint;
  /** A picture in place of the text. */
  readonly chart?: Chart;
}

/** A picture of figures that also stand in the text beside it. */
export type Chart = BarChart | LineChart;

interface Picture {
  readonly name: string;
  /** What the picture shows, for who cannot see it. */
  readonly alt: string;
  /** In pixels as they are shown; drawn twice as fine. */
  readonly width: number;
  readonly height: number;
}

/** Stacked bars by status: one for the whole plan, or one a group. */
export interface BarChart extends Picture {
  readonly kind: 'bars';
  /** What each bar is called, from above. */
  readonly bars: readonly string[];
  readonly series: readonly {
    readonly key: FigureKey;
    readonly name: string;
    readonly values: readonly number[];
  }[];
}

/** A measure's readings in their order, with a dashed line at what is wanted by now. */
export interface LineChart extends Picture {
  readonly kind: 'line';
  /** At least two, oldest first; `at` counts months from the first. */
  readonly points: readonly { readonly at: number; readonly value: number }[];
  /** null where nothing is wanted in figures. */
  readonly aim: number | null;
  /** Whether the last reading keeps up; null where that can't be said. */
  readonly verdict: 'on' | 'off' | null;
}
