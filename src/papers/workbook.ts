import type { StatusKey } from '../domain/status';

/** A workbook as it is to be written: every word decided, no library in sight. Plain data, so that it can go to a thread. */
export interface WorkbookView {
  readonly title: string;
  readonly subject: string;
  /** BCP 47. */
  readonly language: string;
  /** UTC ISO: what the file says of when it was made, so that the same paper is the same file next year. */
  readonly at: string;
  readonly sheets: readonly SheetView[];
}

export interface SheetView {
  /** A name that Excel takes: see {@link sheetNames}. */
  readonly name: string;
  /** Widths of its columns, in characters. */
  readonly widths: readonly number[];
  readonly rows: readonly RowView[];
  /** Number of the header row, which stays in sight and is printed on each page; null for none. */
  readonly header: number | null;
  /** Wide sheets are for paper twice as large. */
  readonly paper: 'A4' | 'A3';
  /** What the page's foot says, beside its number. */
  readonly foot: string;
}

export interface RowView {
  readonly cells: readonly (CellView | null)[];
  /** In points; left out, it is worked out from its texts: see {@link rowHeight}. */
  readonly height?: number;
}

export interface CellView {
  readonly value: CellValue;
  readonly look: Look;
  /** How many columns it reaches across; 1 when left out. */
  readonly across?: number;
}

/** How a cell looks. `plain` is a cell of a table. */
export type Look =
  | 'title'
  | 'subtitle'
  | 'heading'
  | 'note'
  | 'head'
  | 'headFigure'
  | 'plain'
  | 'strong'
  | Tint;

/** A status as a colour, always beside its letter and word. */
export type Tint = `tint-${StatusKey | 'none'}`;

export type CellValue =
  | { readonly kind: 'text'; readonly text: string }
  /** Text that is shown with words that are no part of it: `A` as “A Amber”. */
  | { readonly kind: 'coded'; readonly text: string; readonly format: string }
  | { readonly kind: 'number'; readonly number: number; readonly format: NumberFormat }
  /** A formula with the value that it has now, so that the file reads the same before it is worked out anew. */
  | {
      readonly kind: 'formula';
      readonly formula: string;
      readonly result: number | '';
      readonly format: NumberFormat;
    }
  /** To another sheet of the same workbook. */
  | { readonly kind: 'link'; readonly text: string; readonly sheet: string };

export type NumberFormat = 'count' | 'share' | 'change';

/** How high a line of text is, in points, and how many letters stand in the width of ten. */
const LINE = 13.2;
const LETTERS_IN_TEN = 11.5;
/** The same of a heading that goes over several lines. */
const LARGE_LINE = 16;
const LARGE_LETTERS_IN_TEN = 8.5;
/** The highest that Excel makes a row. */
const HIGHEST_ROW = 409;

/**
 * How high a row must be for its texts to be seen whole, in points: programs that open a file do not all fit rows to their texts, and none
 * does where a cell reaches across columns.
 */
export function rowHeight({ cells, height }: RowView, widths: readonly number[]): number {
  if (height !== undefined) return height;
  let column = 0;
  const heights = cells.map((cell) => {
    const across = cell?.across ?? 1;
    const width = widths.slice(column, column + across).reduce((sum, one) => sum + one, 0);
    column += across;
    if (!cell) return LINE;
    if (cell.look === 'title') return 24;
    if (cell.look === 'heading' || (cell.look === 'subtitle' && across === 1)) return 18;
    const { value } = cell;
    const text = value.kind === 'link' ? linkText(value.text) : value.kind === 'text' ? value.text : '';
    const isLarge = cell.look === 'subtitle';
    const perLine = Math.max(1, (width * (isLarge ? LARGE_LETTERS_IN_TEN : LETTERS_IN_TEN)) / 10);
    const lines = text
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / perLine)), 0);
    return lines * (isLarge ? LARGE_LINE : LINE) + 3;
  });
  return Math.min(HIGHEST_ROW, Math.max(LINE + 3, ...heights));
}

/** Columns of so many characters in all are still read well on A4, lying. */
const WIDEST_ON_A4 = 170;

/** The paper that columns of these widths, in characters, are printed on. */
export function paperFor(widths: readonly number[]): SheetView['paper'] {
  return widths.reduce((sum, width) => sum + width, 0) > WIDEST_ON_A4 ? 'A3' : 'A4';
}

/** Longest text of a link: a formula takes 255 characters between quotation marks, and doubles each mark in them. */
const LONGEST_LINK = 120;

/** The words of a link, in one line. */
export function linkText(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= LONGEST_LINK) return line;
  return `${line.slice(0, LONGEST_LINK - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Longest name of a sheet (https://support.microsoft.com/office/rename-a-worksheet-3f1f7148-ee83-404d-8ef0-9ff99fbad1f9). */
const LONGEST_NAME = 31;
/** Excel keeps this name for itself. */
const RESERVED = 'history';

/** Names that Excel takes for sheets, in order: none of its forbidden signs, at most 31 characters, each once whatever the case. */
export function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>([RESERVED]);
  return wanted.map((name) => {
    const clean = cutName(
      name
        .replace(/[\p{Cc}\p{Cf}\p{Surrogate}[\]:*?/\\]/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
      LONGEST_NAME,
    );
    let free = clean || 'Sheet';
    for (let n = 2; taken.has(free.toLowerCase()); n += 1) {
      const end = ` (${n})`;
      free = `${cutName(clean || 'Sheet', LONGEST_NAME - end.length)}${end}`;
    }
    taken.add(free.toLowerCase());
    return free;
  });
}

/** Without a quotation mark at either end, which Excel takes for its own. */
function cutName(name: string, longest: number): string {
  return [...name]
    .reduce((text, character) => (text.length + character.length > longest ? text : text + character), '')
    .replace(/^[' ]+|[' ]+$/g, '');
}

/** A sheet's name as formulas write it. */
export function quotedSheet(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

/** The letters of a column counted from 1: 1 is A, 27 is AA. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + ((column - 1) % 26));
  return column <= 26 ? letter : columnName(Math.floor((column - 1) / 26)) + letter;
}

/** Text in a formula. */
export function quotedText(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
