import type { FigureKey } from '../domain/figures';
import { DEFAULT_SCALE, type Status, type StatusScale, statusOn } from '../domain/status';
import type { CellValue, Look } from './workbook';

/** How a status stands in a cell: the text that a reader of the file goes by, shown with letter and word. */
export interface StatusCell {
  /** What the cell holds, and what formulas count; empty for no status. */
  readonly text: string;
  /** Excel's format that shows the rest of the name. */
  readonly format: string;
  readonly look: Look;
}

/** Longest part of a name that a number format takes; the whole of one may have 255 characters. */
const LONGEST_PART = 60;

/**
 * A status in a cell. Plans write it as a letter (`A`) where their scale is that of the five colours, else as a word (`Amber`,
 * `Underway`), so that is what the cell holds; the other half of “A Amber” is in the cell's format and always shown.
 */
export function statusCell(scale: StatusScale, key: FigureKey | null): StatusCell {
  const look: Look = `tint-${key ?? 'none'}`;
  if (key === null || key === 'none') return { text: '', format: '@', look };
  const status = statusOn(scale, key) ?? statusOn(DEFAULT_SCALE, key);
  if (!status) return { text: '', format: '@', look };
  return isLettered(scale, status)
    ? { text: status.letter, format: `@" ${part(status.label)}"`, look }
    : { text: status.label, format: `"${part(status.letter)} "@`, look };
}

/** The cell's value; a blank cell for no status. */
export function statusValue({ text, format }: StatusCell): CellValue {
  return text === '' ? { kind: 'text', text } : { kind: 'coded', text, format };
}

/** Whether a plan asks "On track?" and answers Y or N. */
export function asksOnTrack(scale: StatusScale): boolean {
  return scale.id === 'on-track';
}

function isLettered(scale: StatusScale, status: Status): boolean {
  if (asksOnTrack(scale)) return /^[YN]$/.test(status.letter);
  if (scale.statuses.length < DEFAULT_SCALE.statuses.length) return false;
  return scale.statuses.every(({ key, letter }) => statusOn(DEFAULT_SCALE, key)?.letter === letter);
}

/** Text inside a format's quotation marks. */
function part(text: string): string {
  return text
    .replace(/["\\\p{Cc}\p{Surrogate}]/gu, ' ')
    .slice(0, LONGEST_PART)
    .trim();
}
