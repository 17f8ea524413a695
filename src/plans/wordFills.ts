import { colourOf } from './fillColour';
import type { FillColour } from './tables';
import type { ParseMarkup } from './wordHtml';
import type { TableFills } from './wordStream';

interface OpenTable {
  readonly rows: (FillColour | null)[][];
  fill: FillColour | null;
  /** A cell that only continues the one above it, which the HTML leaves out. */
  isContinued: boolean;
  isInCell: boolean;
  /** What its text is written in, where it is nothing but signs: a dot may be coloured in a cell's place. */
  ink: FillColour | null;
  text: string;
}

/**
 * The colours that the cells of a document's tables are filled with, or that the sign in them has, from `word/document.xml`, since mammoth tells of text
 * alone. In the order in which tables begin; a cell that continues one merged from above is left out, as mammoth does.
 */
export function readWordFills(xml: string, parse: ParseMarkup): TableFills[] {
  const tables: (FillColour | null)[][][] = [];
  const open: OpenTable[] = [];
  parse(xml, {
    onopentag(tag, attributes) {
      const table = open.at(-1);
      if (tag === 'w:tbl') {
        const rows: (FillColour | null)[][] = [];
        tables.push(rows);
        open.push({ rows, ...EMPTY, isInCell: false });
      } else if (!table) return;
      else if (tag === 'w:tr') table.rows.push([]);
      else if (tag === 'w:tc') Object.assign(table, { ...EMPTY, isInCell: true });
      else if (tag === 'w:vMerge' && attributes['w:val'] !== 'restart') table.isContinued = true;
      else if (tag === 'w:shd' && table.isInCell) table.fill ??= colourOfFill(attributes['w:fill']);
      else if (tag === 'w:color' && table.isInCell) table.ink ??= colourOfFill(attributes['w:val']);
      else if (tag === 'w:sym') table.text += '●';
    },
    ontext(text) {
      const table = open.at(-1);
      if (table?.isInCell) table.text += text.trim();
    },
    onclosetag(tag) {
      const table = open.at(-1);
      if (tag === 'w:tbl') open.pop();
      else if (tag === 'w:tc' && table) {
        const isSign = table.text !== '' && !/[\p{L}\p{N}]/u.test(table.text);
        if (!table.isContinued) table.rows.at(-1)?.push((isSign ? table.ink : null) ?? table.fill);
        table.isInCell = false;
      }
    },
  });
  return tables;
}

const EMPTY = { fill: null, isContinued: false, ink: null, text: '' };

function colourOfFill(fill: string | undefined): FillColour | null {
  return fill && /^[0-9a-f]{6}$/i.test(fill) ? colourOf(fill) : null;
}
