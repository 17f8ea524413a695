import type { CellValue, Cell as SheetCell, Row as SheetRow, Worksheet } from 'exceljs';
import type { Problem } from '../domain/understood';
import { seenValue } from './cellText';
import { MOST_ROWS } from './fileKind';
import { colourOf } from './fillColour';
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

/** Parts of a sheet that say nothing of a plan, some of which the library spells out cell by cell. */
const NOT_LOOKED_AT: readonly string[] = [
  'dataValidations',
  'conditionalFormatting',
  'drawing',
  'legacyDrawing',
  'picture',
  'sheetProtection',
  'extLst',
];

/**
 * Reads the sheets of an .xlsx workbook as tables of cells. Hidden sheets are left out, and a note says so.
 * A workbook that can't be opened gives one error; never throws. The caller has checked its size; `ignoreMerges` reads
 * merged cells as if they were not merged, which is for a workbook that merges millions.
 */
export async function readXlsx(bytes: Buffer, ignoreMerges = false): Promise<TablesRead> {
  // Loaded when first needed: the library is large, and most of Steward's life no file comes in.
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.Workbook();
  try {
    const ignoreNodes = ignoreMerges ? [...NOT_LOOKED_AT, 'mergeCells'] : [...NOT_LOOKED_AT];
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer, { ignoreNodes });
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
  const { text, isPercent, doubt } = seenValue(cellValue(cell), cell.numFmt);
  return { text: text.slice(0, LONGEST_CELL), isPercent, mergedText: null, fill, doubt };
}

/** The library leaves a formula's result out of its value where it is 0 or empty. */
function cellValue({ value, result }: SheetCell): CellValue {
  const isFormula =
    value !== null && typeof value === 'object' && ('formula' in value || 'sharedFormula' in value);
  return isFormula ? (result ?? null) : value;
}

/** Only the first column of a range merged downwards carries its text on: across, it stands once. */
function readMergedCell(cell: SheetCell, fill: FillColour | null): Cell {
  const { master } = cell;
  const isBelow = Number(master.row) < Number(cell.row) && master.col === cell.col;
  if (!isBelow) return { ...textCell(''), fill };
  const { text, isPercent } = seenValue(cellValue(master), master.numFmt);
  return { text: '', isPercent, mergedText: text === '' ? null : text, fill, doubt: null };
}

function fillOf(cell: SheetCell): FillColour | null {
  const { fill } = cell;
  if (fill?.type !== 'pattern' || fill.pattern !== 'solid') return null;
  const argb = fill.fgColor?.argb;
  return argb && /^[0-9a-f]{8}$/i.test(argb) ? colourOf(argb.slice(2)) : null;
}
