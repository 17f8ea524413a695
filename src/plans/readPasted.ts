import { MOST_ROWS } from './fileKind';
import { problem, type TablesRead } from './tables';
import type { WordBlock, WordCell } from './wordHtml';
import { layOutBlocks } from './wordStream';

/** Longest text that is taken from a message, in UTF-16 code units. */
const LONGEST_PASTE = 2_000_000;

/**
 * Reads text that somebody pasted as one stream of lines and tables, as a document is read. Cells are parted by tabs, by bars or by two
 * spaces or more; a line with no such mark is a paragraph, unless a cell in quotation marks goes on in it (as spreadsheets
 * copy cells of several lines). Never throws.
 */
export function readPasted(text: string): TablesRead {
  if (text.length > LONGEST_PASTE) {
    return refuse('The text is too long to be pasted: send it as a file (.docx, .xlsx or .csv).');
  }
  const plain = text.replace(/\r\n?/g, '\n').replace(/\p{Cf}/gu, '');
  const part = separatorOf(plain);
  const lines = linesOf(plain);
  if (lines.length > MOST_ROWS) {
    return refuse(`The text has more than ${MOST_ROWS.toLocaleString('en-GB')} lines, which no plan has.`);
  }
  const blocks: WordBlock[] = [];
  let rows: WordCell[][] = [];
  const endTable = (): void => {
    if (rows.length > 0) blocks.push({ kind: 'table', rows });
    rows = [];
  };
  for (const line of lines) {
    const cells = part(line);
    if (cells.length > 1) rows.push(cells.map(cellOf));
    else {
      endTable();
      if (line.trim() !== '') blocks.push({ kind: 'line', text: line.trim(), level: null });
    }
  }
  endTable();
  const table = layOutBlocks(blocks);
  if (table.rows.length === 0) return refuse('There is no text: paste the plan’s table with its header row.');
  return { tables: [table], problems: [] };
}

type Parting = (line: string) => string[];

/** Tabs, where there are any; else bars as in Markdown; else stretches of spaces. */
function separatorOf(text: string): Parting {
  if (text.includes('\t')) return (line) => line.split('\t').map(unquote);
  if (/^\s*\|.*\|.*\|/m.test(text)) {
    return (line) =>
      line.includes('|')
        ? line
            .trim()
            .replace(/^\||\|$/g, '')
            .split('|')
            .map(tidy)
        : [line];
  }
  return (line) => line.trim().split(/ {2,}/).map(tidy);
}

/** Lines of text; one whose quotation mark is open goes on in the next, where tabs part the cells. */
function linesOf(text: string): string[] {
  if (!text.includes('\t')) return text.split('\n');
  const lines: string[] = [];
  let open = '';
  for (const line of text.split('\n')) {
    const whole = open === '' ? line : `${open}\n${line}`;
    const hasOpenQuote = whole.split('\t').some((cell) => isOpenQuote(cell.trim()));
    open = hasOpenQuote && whole.length < 40_000 ? whole : '';
    if (open === '') lines.push(whole);
  }
  return open === '' ? lines : [...lines, ...open.split('\n')];
}

function isOpenQuote(cell: string): boolean {
  return /^"/.test(cell) && (cell.match(/"/g) ?? []).length % 2 === 1;
}

function unquote(cell: string): string {
  const quoted = /^"([\s\S]*)"$/.exec(cell.trim());
  return (quoted?.[1] !== undefined ? quoted[1].replaceAll('""', '"') : cell).trim();
}

function tidy(cell: string): string {
  return cell.trim();
}

function cellOf(text: string): WordCell {
  return { blocks: text === '' ? [] : [{ kind: 'line', text, level: null }], columns: 1, rows: 1 };
}

function refuse(message: string): TablesRead {
  return { tables: [], problems: [problem('error', 'the text', message)] };
}
