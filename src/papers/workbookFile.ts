import exceljs, { type Cell, type Fill, type PaperSize, type Worksheet } from 'exceljs';
import { fixedZip } from './fixedZip';
import { LONGEST_CELL, looksLikeFormula, safeText, withoutCodes } from './safeText';
import type { CellValue, CellView, Look, NumberFormat, SheetView, WorkbookView } from './workbook';
import { linkText, quotedSheet, quotedText, rowHeight } from './workbook';

/** Each with a little room to its right, so that it does not run into the words of the next column. */
const FORMATS: Readonly<Record<NumberFormat, string>> = {
  count: '0_)',
  share: '0%_)',
  change: '+0_);\u22120_);0_)',
};

/** Dark enough for white letters, light enough for black: each pair has a contrast of 4.5 to 1 or more. */
const TINTS: Readonly<Record<string, { readonly fill: string; readonly ink: string }>> = {
  'tint-red': { fill: 'FFB3261E', ink: 'FFFFFFFF' },
  'tint-amber': { fill: 'FFFFC44D', ink: 'FF1A1A1A' },
  'tint-green': { fill: 'FF1E7B3A', ink: 'FFFFFFFF' },
  'tint-blue': { fill: 'FF1F5FA8', ink: 'FFFFFFFF' },
  'tint-grey': { fill: 'FFD0D0D0', ink: 'FF1A1A1A' },
  'tint-none': { fill: 'FFFFFFFF', ink: 'FF1A1A1A' },
};
/** Excel's own numbers for sizes of paper; the library's type knows some of them only. */
const A4 = 9;
const A3 = 8;
const HEAD_FILL = 'FF1F3A5F';
const FONT = 'Calibri';
/** A text cell that holds more is shown as `####` by some programs: the format for text is left out there. */
const LONGEST_AS_TEXT = 255;

/** Writes a workbook as .xlsx. The same view gives the same bytes. */
export async function writeWorkbook(view: WorkbookView): Promise<Uint8Array> {
  const workbook = new exceljs.Workbook();
  const at = new Date(view.at);
  Object.assign(workbook, {
    title: safeText(view.title, 250),
    subject: safeText(view.subject, 250),
    language: view.language,
    creator: 'Steward',
    lastModifiedBy: 'Steward',
    created: at,
    modified: at,
  });
  for (const sheet of view.sheets) writeSheet(workbook.addWorksheet(sheet.name), sheet);
  const bytes = await workbook.xlsx.writeBuffer({ useSharedStrings: true, useStyles: true });
  return fixedZip(new Uint8Array(bytes as unknown as ArrayBuffer));
}

function writeSheet(sheet: Worksheet, view: SheetView): void {
  view.widths.forEach((width, at) => {
    sheet.getColumn(at + 1).width = width;
  });
  view.rows.forEach((row, at) => {
    const written = sheet.getRow(at + 1);
    written.height = rowHeight(row, view.widths);
    let column = 1;
    for (const cell of row.cells) {
      if (cell) {
        writeCell(written.getCell(column), cell);
        const across = cell.across ?? 1;
        if (across > 1) sheet.mergeCells(at + 1, column, at + 1, column + across - 1);
      }
      column += cell?.across ?? 1;
    }
  });
  const frozen = view.header ?? 0;
  sheet.views = [
    frozen > 0
      ? { state: 'frozen', xSplit: 0, ySplit: frozen, showGridLines: false }
      : { state: 'normal', showGridLines: false },
  ];
  sheet.pageSetup = {
    paperSize: (view.paper === 'A3' ? A3 : A4) as PaperSize,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
    ...(frozen > 0 ? { printTitlesRow: `${frozen}:${frozen}` } : {}),
  };
  // "&" begins a code in a page's foot, and a figure after a code would be a size of letters.
  const foot = safeText(view.foot, 120).replaceAll('&', '&&');
  sheet.headerFooter = { oddFooter: `&L ${foot}&R&P / &N` };
}

function writeCell(cell: Cell, { value, look, across = 1 }: CellView): void {
  cell.value = exceljsValue(value);
  const format = formatOf(value);
  if (format) cell.numFmt = format;
  const isHead = look === 'head' || look === 'headFigure';
  const isFigure = value.kind === 'number' || value.kind === 'formula';
  cell.font = fontOf(look, value.kind === 'link');
  cell.alignment = {
    vertical: isHead ? 'middle' : 'top',
    horizontal: isFigure || look === 'headFigure' ? 'right' : 'left',
    wrapText: across > 1 || (look !== 'title' && look !== 'subtitle' && look !== 'heading'),
  };
  const fill = fillOf(look);
  if (fill) cell.fill = fill;
  if (look === 'plain' || look === 'strong' || isHead || look.startsWith('tint-')) {
    const line = { style: 'thin' as const, color: { argb: 'FFB0B0B0' } };
    cell.border = { top: line, bottom: line, left: line, right: line };
  }
}

/** A text is written as a text whatever it begins with: nothing that somebody typed is ever a formula. */
function exceljsValue(value: CellValue): Cell['value'] {
  switch (value.kind) {
    case 'text':
    case 'coded':
      return cellText(value.text);
    case 'number':
      return value.number;
    case 'formula':
      return { formula: value.formula, result: value.result, date1904: false };
    case 'link':
      return linkTo(value);
  }
}

/** A link as a formula, since programs do not wrap the words of any other kind. */
function linkTo({ text, sheet }: Extract<CellValue, { kind: 'link' }>): Cell['value'] {
  const shown = linkText(cellText(text));
  const place = quotedText(`#${quotedSheet(sheet)}!A1`);
  return { formula: `HYPERLINK(${place},${quotedText(shown)})`, result: shown, date1904: false };
}

function cellText(text: string): string {
  return withoutCodes(safeText(text, LONGEST_CELL));
}

/** Refs, dates as words and what looks like a formula keep the format for text, so that editing the cell leaves them what they are. */
function formatOf(value: CellValue): string | null {
  switch (value.kind) {
    case 'text':
      return value.text.length <= LONGEST_AS_TEXT || looksLikeFormula(value.text) ? '@' : null;
    case 'coded':
      return value.format;
    case 'link':
      return null;
    case 'number':
    case 'formula':
      return FORMATS[value.format];
  }
}

function fontOf(look: Look, isLink: boolean): Cell['font'] {
  const font = { name: FONT, size: 10 };
  const ink = TINTS[look]?.ink;
  if (ink) return { ...font, bold: true, color: { argb: ink } };
  switch (look) {
    case 'title':
      return { ...font, size: 16, bold: true };
    case 'subtitle':
      return { ...font, size: 12, bold: true };
    case 'heading':
      return { ...font, size: 12, bold: true, color: { argb: HEAD_FILL } };
    case 'head':
    case 'headFigure':
      return { ...font, bold: true, color: { argb: 'FFFFFFFF' } };
    case 'strong':
      return { ...font, bold: true };
    case 'note':
      return { ...font, italic: true };
    default:
      return isLink ? { ...font, underline: true, color: { argb: 'FF0B57A4' } } : font;
  }
}

function fillOf(look: Look): Fill | null {
  const colour = look === 'head' || look === 'headFigure' ? HEAD_FILL : TINTS[look]?.fill;
  return colour ? { type: 'pattern', pattern: 'solid', fgColor: { argb: colour } } : null;
}
