import { filledColumns, type Row, type Table, textAt } from './tables';

const HEADING = /^(?:table of )?contents(?: page)?\s*:?$/i;
/** A title with the number of its page: "Area 1: Strategy 6", "Area 1: Strategy ........ 6". */
const ENTRY = /\p{L}[\s\S]*?(?:\s|\.{3,}\s*)\d{1,3}$/u;
const LEADERS = /\.{4,}\s*\d{1,3}$/;
/** Few tables of contents wrap more than one line in a row. */
const LONGEST_WRAP = 1;

/** Numbers of the rows of a document’s table of contents: they name the headings that come later, and head nothing. */
export function contentsRows(table: Table): ReadonlySet<number> {
  const found = new Set<number>();
  let isOpen = false;
  let wrapped: Row[] = [];
  for (const row of table.rows) {
    const text = entryText(row);
    if (LEADERS.test(text)) found.add(row.number);
    if (HEADING.test(text)) {
      isOpen = true;
      wrapped = [];
    } else if (isOpen && ENTRY.test(text)) {
      for (const one of [...wrapped, row]) found.add(one.number);
      wrapped = [];
    } else if (isOpen) {
      wrapped.push(row);
      isOpen = wrapped.length <= LONGEST_WRAP;
    }
  }
  return found;
}

/** The words of a row with the number behind them: a contents list may be a table of two columns. */
function entryText(row: Row): string {
  const columns = filledColumns(row);
  return columns.length <= 3 ? columns.map((column) => textAt(row, column)).join(' ') : '';
}
