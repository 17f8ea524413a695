import type { Problem, Severity } from '../domain/understood';

/** The colours that a status cell may be filled with. */
export type FillColour = 'red' | 'amber' | 'green' | 'blue' | 'grey';

/** One cell of a file, as a person would see it. */
export interface Cell {
  /** Trimmed; empty for a blank cell and for all but the first cell of a merged range. */
  readonly text: string;
  /** The file's own number format is a percentage: the text ends in `%`. */
  readonly isPercent: boolean;
  /** In a range merged downwards: the text of its first cell, for every row below that one. Else null. */
  readonly mergedText: string | null;
  /** What the cell is filled with, where the file says so and it is one of the status colours. */
  readonly fill: FillColour | null;
  /** What the reader of the file itself found doubtful; null when nothing. */
  readonly doubt: string | null;
  /** It reaches across its whole table, as headings inside a table do. */
  readonly isWide?: boolean;
}

/** A row that is not blank. */
export interface Row {
  /** The row's number as the file's own program shows it, from 1. A jump in numbers is a stretch of blank rows. */
  readonly number: number;
  /** From column A on, without holes. */
  readonly cells: readonly Cell[];
}

/** Where a row stands in a document whose rows are not numbered through, as in Word. */
export interface RowPlace {
  /** `table 4, row 7` or `paragraph 12`. */
  readonly text: string;
  /** Which of the document's tables it belongs to, from 1; null for a paragraph. */
  readonly table: number | null;
  /** 1 to 6 for a Word heading of that level, 7 for a paragraph all in bold; else null. */
  readonly level: number | null;
  /** Columns of its table; 1 for a paragraph. */
  readonly width: number;
  /** The nearest heading above it, or its own text if it is one. */
  readonly heading: string | null;
}

/** One sheet of a workbook, a whole CSV file, or a whole document as one stream of rows. */
export interface Table {
  /** The sheet's name; empty for a file that has but one nameless table. */
  readonly name: string;
  readonly rows: readonly Row[];
  /** By the rows' numbers, where they are made up: in a document. */
  readonly places?: ReadonlyMap<number, RowPlace>;
}

/** What a reader made of a file: its tables, or problems, or both. */
export interface TablesRead {
  readonly tables: readonly Table[];
  readonly problems: readonly Problem[];
}

export const BLANK_CELL: Cell = { text: '', isPercent: false, mergedText: null, fill: null, doubt: null };

/** A cell that has text and nothing else to say. */
export function textCell(text: string): Cell {
  return { ...BLANK_CELL, text };
}

/** The text of a row's cell; empty past its end. */
export function textAt(row: Row, column: number): string {
  return row.cells[column]?.text ?? '';
}

/** The columns of a row that hold text, from the left. */
export function filledColumns(row: Row): number[] {
  return row.cells.flatMap((cell, column) => (cell.text === '' ? [] : [column]));
}

/** The letters by which spreadsheets name a column: 0 is A, 26 is AA. */
export function columnLetters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnLetters(Math.floor(column / 26) - 1) + letter;
}

/**
 * The place of a row or a cell, as people look it up: `sheet Plan, row 42, column E`, or in a document
 * `table 4, row 7, column E (under “Priority 2”)`.
 */
export function placeOf(table: Table, rowNumber?: number, column?: number): string {
  const place = rowNumber === undefined ? undefined : table.places?.get(rowNumber);
  if (place) {
    const cell = place.table === null || column === undefined ? '' : `, column ${columnLetters(column)}`;
    const under = place.heading === null ? '' : ` (under ${quote(place.heading)})`;
    return `${place.text}${cell}${under}`;
  }
  const parts = [
    table.name === '' ? null : `sheet ${table.name}`,
    rowNumber === undefined ? null : `row ${rowNumber}`,
    column === undefined ? null : `column ${columnLetters(column)}`,
  ];
  return parts.filter((part) => part !== null).join(', ') || 'the file';
}

/** A place without the heading that it stands under, for the middle of a sentence. */
export function shortPlace(where: string): string {
  return where.replace(/ \(under “[^”]*”\)$/, '');
}

/** A problem in one line of code. */
export function problem(severity: Severity, where: string, message: string): Problem {
  return { severity, where, message };
}

/** A text short enough to be quoted in a sentence. */
export function quote(text: string, longest = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `“${line.length > longest ? `${line.slice(0, longest - 1).trimEnd()}…` : line}”`;
}
