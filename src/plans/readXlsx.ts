import type { Cell as SheetCell, Row as SheetRow, Worksheet } from 'exceljs';
import type { Problem } from '../domain/understood';
import { seenValue } from './cellText';
import { MOST_ROWS } from './fileKind';
import {
  type Cell,
  type FillColour,
  problem,
  type Row,
  type Table,
  type TablesRead,
  textCell,
} from './tables';

/** Columns beyond this are not looked at: a stray mark in column XFD must not make every row that wide. */
const MOST_COLUMNS = 200;
/** What one cell can hold in Excel, in UTF-16 code units. */
const LONGEST_CELL = 32_767;

/**
 * Reads the sheets of an .xlsx workbook as tables of cells. Hidden sheets are left out, and a note says so.
 * A workbook that can't be opened gives one error; never throws. The caller has checked its size.
 */
export async function readXlsx(bytes: Buffer): Promise<TablesRead> {
  // Loaded when first needed: the library is large, and most of Steward's life no file comes in.
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.Workbook();
  try {
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  } catch {
    const message = 'The workbook is damaged and can’t be opened: save it again in Excel and send that file.';
    return { tables: [], problems: [problem('error', 'the file', message)] };
  }
  const problems: Problem[] = [];
  const tables: Table[] = [];
  let rowsLeft = MOST_ROWS;
  for (const sheet of workbook.worksheets) {
    if (sheet.state !== 'visible') {
      problems.push(problem('note', `sheet ${sheet.name}`, 'The sheet is hidden and was not read.'));
      continue;
    }
    const table = readSheet(sheet);
    rowsLeft -= table.rows.length;
    if (rowsLeft < 0) break;
    tables.push(table);
  }
  return { tables, problems };
}

function readSheet(sheet: Worksheet): Table {
  const rows: Row[] = [];
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    const cells = readCells(row);
    if (cells.some(({ text, mergedText }) => text !== '' || mergedText !== null))
      rows.push({ number, cells });
  });
  return { name: sheet.name, rows };
}

function readCells(row: SheetRow): Cell[] {
  const cells: Cell[] = [];
  // Blank cells count, too: a status may be said by a cell's colour alone.
  for (let column = 1; column <= Math.min(row.cellCount, MOST_COLUMNS); column += 1) {
    cells.push(readCell(row.getCell(column)));
  }
  return cells;
}

function readCell(cell: SheetCell): Cell {
  const fill = fillOf(cell);
  if (cell.isMerged && cell.master.address !== cell.address) return readMergedCell(cell, fill);
  const { text, isPercent, doubt } = seenValue(cell.value, cell.numFmt);
  return { text: text.slice(0, LONGEST_CELL), isPercent, mergedText: null, fill, doubt };
}

/** Only the first column of a range merged downwards carries its text on: across, it stands once. */
function readMergedCell(cell: SheetCell, fill: FillColour | null): Cell {
  const { master } = cell;
  const isBelow = Number(master.row) < Number(cell.row) && master.col === cell.col;
  if (!isBelow) return { ...textCell(''), fill };
  const { text, isPercent } = seenValue(master.value, master.numFmt);
  return { text: '', isPercent, mergedText: text === '' ? null : text, fill, doubt: null };
}

function fillOf(cell: SheetCell): FillColour | null {
  const { fill } = cell;
  if (fill?.type !== 'pattern' || fill.pattern !== 'solid') return null;
  const argb = fill.fgColor?.argb;
  return argb && /^[0-9a-f]{8}$/i.test(argb) ? colourOf(argb.slice(2)) : null;
}

/** Names a colour by its hue; null for what is too pale, too dark or no status colour. */
function colourOf(rgb: string): FillColour | null {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map(
    (at) => Number.parseInt(rgb.slice(at, at + 2), 16) / 255,
  );
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread < 0.08) return most > 0.35 && most < 0.87 ? 'grey' : null;
  if (spread / most < 0.35) return null;
  const hue = hueOf(red, green, blue, most, spread);
  if (hue < 18 || hue >= 340) return 'red';
  if (hue < 66) return 'amber';
  if (hue < 165) return 'green';
  return hue < 260 ? 'blue' : null;
}

/** The hue of a colour in degrees, 0 to 360. */
function hueOf(red: number, green: number, blue: number, most: number, spread: number): number {
  if (most === red) return (60 * ((green - blue) / spread) + 360) % 360;
  if (most === green) return 60 * ((blue - red) / spread) + 120;
  return 60 * ((red - green) / spread) + 240;
}
