import { readHeader } from './columns';
import { turnForm } from './forms';
import { gatherForms } from './paragraphForms';
import { readGroupHeading } from './rowKinds';
import {
  BLANK_CELL,
  type Cell,
  type FillColour,
  type Row,
  type RowPlace,
  type Table,
  textCell,
} from './tables';
import type { WordBlock, WordCell, WordTable } from './wordHtml';

/** A row of a Word table with its cells in columns, before it gets its number in the stream. */
type GridRow = Cell[];

/** The colours of a table's cells, row by row, as Word stores them; null where they are not known. */
export type TableFills = readonly (readonly (FillColour | null)[])[];

/**
 * Lays a document's paragraphs and tables out as one table of rows, in document order: a paragraph is a row of one cell, and
 * a jump in the rows' numbers stands before and after each table. Each row knows its place as a person finds it in Word.
 * `fills` gives the tables' colours in the order in which tables begin.
 */
export function layOutBlocks(blocks: readonly WordBlock[], fills: readonly TableFills[] = []): Table {
  const layout = new Layout(fills);
  layout.addAll(blocks);
  return layout.finish();
}

/** How far the laying out has come. It lives for one call of {@link layOutBlocks}. */
class Layout {
  private readonly rows: Row[] = [];
  private readonly places = new Map<number, RowPlace>();
  private number = 0;
  private tables = 0;
  private lines = 0;
  private heading: string | null = null;
  private fillsTaken = 0;

  constructor(private readonly fills: readonly TableFills[]) {}

  addAll(blocks: readonly WordBlock[]): void {
    for (const block of gatherForms(blocks)) {
      if (block.kind === 'table') this.addTable(block);
      else this.addLine(block.text, block.level);
    }
  }

  finish(): Table {
    return { name: '', rows: this.rows, places: this.places };
  }

  private addLine(text: string, level: number | null): void {
    this.lines += 1;
    const row = this.nextRow([textCell(text)]);
    const isEntry = /\.{4,}\s*\d{1,3}$/.test(text);
    if ((level !== null && text.length <= 300) || (readGroupHeading(row) && !isEntry)) this.heading = text;
    this.place(row, { text: `paragraph ${this.lines}`, table: null, level, width: 1 });
  }

  private addTable(table: WordTable): void {
    const fills = this.takeFills(table);
    if (isFrame(table)) {
      for (const cell of table.rows.flat()) this.addAll(cell.blocks);
      return;
    }
    if (isLayout(table)) {
      this.addLayout(table);
      return;
    }
    this.skipNested(table);
    this.tables += 1;
    this.number += 1;
    const grid = turnForm(toGrid(table, fills));
    const width = Math.max(1, ...grid.map((cells) => cells.length));
    for (const [index, cells] of grid.entries()) {
      if (cells.every(({ text, mergedText }) => text === '' && mergedText === null)) {
        this.number += 1;
        continue;
      }
      const row = this.nextRow(cells);
      const heading = readGroupHeading(row);
      // A label without a number further down ("Recommendation") is a fact of the group, not its heading.
      if (heading && (heading.ref !== '' || index === 0))
        this.heading = cells
          .map(({ text }) => text)
          .join(' ')
          .trim();
      this.place(row, {
        text: `table ${this.tables}, row ${index + 1}`,
        table: this.tables,
        level: null,
        width,
      });
    }
    this.number += 1;
  }

  /** What stands beside a table of actions in a layout is its heading. */
  private addLayout({ rows }: WordTable): void {
    for (const cells of rows.filter((row) => row.some(holdsActions))) {
      for (const cell of cells) {
        const isHeading = !holdsActions(cell);
        if (isHeading) for (const block of cell.blocks) this.addAll([asHeading(block)]);
        else this.addAll(cell.blocks);
      }
    }
  }

  private nextRow(cells: Cell[]): Row {
    this.number += 1;
    const row: Row = { number: this.number, cells };
    this.rows.push(row);
    return row;
  }

  private place(row: Row, place: Omit<RowPlace, 'heading'>): void {
    this.places.set(row.number, { ...place, heading: this.heading });
  }

  private takeFills({ rows }: WordTable): TableFills {
    const fills = this.fills[this.fillsTaken] ?? [];
    this.fillsTaken += 1;
    // Rows that do not fit cell by cell tell nothing for sure.
    return rows.map((cells, index) => (fills[index]?.length === cells.length ? fills[index] : []));
  }

  /** The tables inside a table's cells come next in the list of colours: they are read as text. */
  private skipNested({ rows }: WordTable): void {
    for (const block of rows.flat().flatMap((cell) => cell.blocks)) {
      if (block.kind !== 'table') continue;
      this.fillsTaken += 1;
      this.skipNested(block);
    }
  }
}

/** A table of one column that holds other tables is there for the looks: what it holds counts. */
function isFrame({ rows }: WordTable): boolean {
  const holdsTable = ({ blocks }: WordCell): boolean =>
    blocks.some((block) => block.kind === 'table' && block.rows.length > 1);
  return rows.every((cells) => cells.length <= 1) && rows.flat().some(holdsTable);
}

/** A table with tables of actions in its cells is there for the looks, too, whatever stands beside them. */
function isLayout({ rows }: WordTable): boolean {
  return rows.flat().some(holdsActions);
}

function holdsActions({ blocks }: WordCell): boolean {
  return blocks.some((block) => block.kind === 'table' && block.rows.length > 1 && isHeaderOfActions(block));
}

function isHeaderOfActions({ rows: [first = []] }: WordTable): boolean {
  return readHeader({ number: 1, cells: first.map((cell) => textCell(textOfCell(cell))) }) !== null;
}

/** A line beside a table of actions heads it as a line in bold does. */
function asHeading(block: WordBlock): WordBlock {
  return block.kind === 'line' ? { ...block, level: block.level ?? 7 } : block;
}

/** A cell's place in the grid: its first column and its end, with the text that it brings or continues. */
interface GridCell {
  readonly start: number;
  readonly end: number;
  readonly cell: Cell;
}

/** Spans that reach further are a damaged file's. */
const WIDEST_GRID = 400;

/**
 * Puts cells into columns. Word's grid has more columns than a person sees wherever two rows' edges differ by a hair, so rows with as
 * many cells as most rows have are counted cell by cell, and the others are laid over them by the grid.
 */
function toGrid(table: WordTable, fills: TableFills): GridRow[] {
  const rows = gridRows(table, fills);
  const usual = usualCount(rows);
  const ruler = rows.find((cells) => cells.length === usual) ?? [];
  return rows.map((cells) => {
    if (cells.length >= usual) return cells.map(({ cell }) => cell);
    const [only] = cells;
    if (only && cells.length === 1) return [{ ...only.cell, isWide: true }];
    const placed: Cell[] = Array.from({ length: usual }, () => BLANK_CELL);
    let from = 0;
    for (const one of cells) {
      const column = Math.max(from, columnOf(one, ruler));
      if (column < placed.length) placed[column] = one.cell;
      else placed.push(one.cell);
      from = column + 1;
    }
    return placed;
  });
}

/** The column of the ruler that a cell begins in. */
function columnOf({ start }: GridCell, ruler: readonly GridCell[]): number {
  const at = ruler.findIndex((one) => one.start <= start && start < one.end);
  return at < 0 ? ruler.length : at;
}

/** How many cells most rows have; of two counts that are as common the larger. */
function usualCount(rows: readonly (readonly GridCell[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  const weigh = ([length, count]: readonly [number, number]): number => (length > 1 ? count : 0);
  const best = [...counts].sort((a, b) => weigh(b) - weigh(a) || b[0] - a[0])[0];
  return best?.[0] ?? 0;
}

function gridRows(table: WordTable, fills: TableFills): GridCell[][] {
  /** Cells from above that reach down, by the grid column where they begin. */
  let hanging: { start: number; end: number; text: string; left: number }[] = [];
  return table.rows.map((cells, rowIndex) => {
    const row: GridCell[] = [];
    let at = 0;
    const passHanging = (): void => {
      const isHere = (one: { start: number; end: number }): boolean => one.start === at && one.end > at;
      for (let found = hanging.find(isHere); found; found = hanging.find(isHere)) {
        const { start, end, text } = found;
        row.push({ start, end, cell: { ...BLANK_CELL, mergedText: text === '' ? null : text } });
        at = end;
      }
    };
    const reachingDown: typeof hanging = [];
    for (const [index, cell] of cells.slice(0, WIDEST_GRID).entries()) {
      passHanging();
      const end = Math.min(at + cell.columns, WIDEST_GRID);
      const text = textOfCell(cell);
      row.push({ start: at, end, cell: { ...textCell(text), fill: fills[rowIndex]?.[index] ?? null } });
      if (cell.rows > 1) reachingDown.push({ start: at, end, text, left: cell.rows });
      at = end;
    }
    passHanging();
    hanging = [...hanging, ...reachingDown].flatMap((one) =>
      one.left > 1 ? [{ ...one, left: one.left - 1 }] : [],
    );
    return row;
  });
}

/** A cell's paragraphs, a line each; a table inside it has a line a row. */
function textOfCell({ blocks }: WordCell): string {
  return blocks
    .map((block) =>
      block.kind === 'line'
        ? block.text
        : block.rows
            .map((row) => row.map((cell) => textOfCell(cell).replace(/\n/g, ' ')).join(' | '))
            .join('\n'),
    )
    .filter((text) => text !== '')
    .join('\n')
    .slice(0, LONGEST_CELL);
}

/** A cell of more characters than a spreadsheet's holds is no cell of a plan. */
const LONGEST_CELL = 32_767;
