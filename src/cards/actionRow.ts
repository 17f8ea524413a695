import actionPart from '../../cards/parts/action.json';
import type { FigureKey } from '../domain/figures';
import type { StatusKey, StatusScale } from '../domain/status';
import type { Words } from '../words/words';
import type { Button } from './buttons';
import { nameOf, tintOf } from './format';
import { BOLD, type Paragraph, paragraph, type TextRun } from './runs';
import { weightOf } from './size';
import { partTemplate } from './template';

/** One action as lists show it: its standing at the left, then its name, a few lines, its buttons. */
export interface ActionRow {
  /** Style of the container behind the standing. */
  readonly tint: string;
  readonly standing: readonly Paragraph[];
  readonly heading: readonly TextRun[];
  readonly lines: readonly Paragraph[];
  readonly buttons: readonly Button[];
}

const expandRow = partTemplate<ActionRow>(actionPart);
const TEMPLATE_WEIGHT = weightOf(actionPart);

/** Fills in the rows of a page; the card's template takes them as they are. */
export function renderRows(rows: readonly ActionRow[], words: Words): object[] {
  return rows.map((row) => renderRow(row, words));
}

/** Fills in one row. */
export function renderRow(row: ActionRow, words: Words): object {
  return expandRow(row, words);
}

/** Bytes that a row weighs on a card at most: each field stands in the template once. */
export function rowWeight(row: ActionRow): number {
  return weightOf(row) + TEMPLATE_WEIGHT + row.lines.length * LINE_WEIGHT;
}

const LINE_WEIGHT = 70;

/** The standing that begins a row: the status, and under it the percentage where one is known. */
export function standingOf(
  scale: StatusScale,
  at: { readonly status: StatusKey | null; readonly percent: number | null },
  words: Words,
): Pick<ActionRow, 'tint' | 'standing'> {
  const status = paragraph(nameOf(scale, at.status, words), BOLD);
  const key: FigureKey = at.status ?? 'none';
  if (at.percent === null) return { tint: tintOf(key), standing: [status] };
  const percent = paragraph(words.say('status.percent', { percent: at.percent }));
  return { tint: tintOf(key), standing: [status, percent] };
}
