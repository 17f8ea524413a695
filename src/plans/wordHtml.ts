/** Where a tag stands in its markup: its first character, and the one behind its last. */
export interface MarkupSpan {
  readonly start: number;
  readonly end: number;
}

/** What is told of markup as it is walked through. */
export interface MarkupHandler {
  readonly onopentag: (tag: string, attributes: Readonly<Record<string, string>>, span: MarkupSpan) => void;
  readonly ontext?: (text: string) => void;
  readonly onclosetag: (tag: string, span: MarkupSpan) => void;
}

/** Walks through markup from its beginning to its end. htmlparser2 behind it is loaded only when a document comes. */
export type ParseMarkup = (markup: string, handler: MarkupHandler) => void;

/** A paragraph of a Word document. */
export interface WordLine {
  readonly kind: 'line';
  readonly text: string;
  /** 1 to 6 for a heading of that level, 7 for a paragraph that is all bold, null for any other. */
  readonly level: number | null;
}

/** A cell as Word has it: it may cover several columns of the grid and several rows, and hold tables of its own. */
export interface WordCell {
  readonly blocks: readonly WordBlock[];
  readonly columns: number;
  readonly rows: number;
}

export interface WordTable {
  readonly kind: 'table';
  readonly rows: readonly (readonly WordCell[])[];
}

export type WordBlock = WordLine | WordTable;

interface OpenCell {
  readonly blocks: WordBlock[];
  readonly columns: number;
  readonly rows: number;
}
interface OpenTable {
  readonly rows: WordCell[][];
  row: WordCell[] | null;
  cell: OpenCell | null;
}
interface OpenLine {
  text: string;
  bold: string;
  readonly tag: string;
}

const LINES = /^(?:p|h[1-6]|li|dt|dd|blockquote)$/;
/** A paragraph of more characters than a spreadsheet's cell can hold is nobody's narrative. */
const LONGEST_LINE = 32_767;
/** Deeper nesting than any document has: what lies deeper is read as text of the table around it. */
const DEEPEST = 8;

/**
 * Reads the HTML that mammoth makes of a Word document as its paragraphs and tables in document order. A list gives a line an
 * item, with `• ` before it, and a check box its sign.
 */
export function readWordHtml(html: string, parse: ParseMarkup): WordBlock[] {
  const reading = new Reading();
  parse(html, {
    onopentag: (tag, attributes) => reading.open(tag, attributes),
    ontext: (text) => reading.say(text),
    onclosetag: (tag) => reading.close(tag),
  });
  return reading.finish();
}

/** Where the reading of one document stands. It lives for one call of {@link readWordHtml}. */
class Reading {
  private readonly blocks: WordBlock[] = [];
  private readonly tables: OpenTable[] = [];
  private line: OpenLine | null = null;
  private boldDepth = 0;
  /** Tables that lie too deep are no tables any more. */
  private ignored = 0;

  open(tag: string, attributes: Readonly<Record<string, string>>): void {
    if (tag === 'table') this.openTable();
    else if (this.ignored > 0 && /^t[rdh]$/.test(tag)) return;
    else if (tag === 'tr') this.openRow();
    else if (tag === 'td' || tag === 'th') this.openCell(attributes);
    else if (LINES.test(tag)) this.openLine(tag);
    else if (tag === 'br') this.say('\n');
    else if (tag === 'input') this.say(attributes.checked === undefined ? '☐' : '☒');
    else if (tag === 'strong' || tag === 'b') this.boldDepth += 1;
  }

  say(text: string): void {
    if (!this.line && text.trim() === '') return;
    this.line ??= { text: '', bold: '', tag: 'p' };
    if (this.line.text.length > LONGEST_LINE) return;
    this.line.text += text;
    if (this.boldDepth > 0) this.line.bold += text;
  }

  close(tag: string): void {
    if (LINES.test(tag)) this.closeLine();
    else if (tag === 'strong' || tag === 'b') this.boldDepth = Math.max(0, this.boldDepth - 1);
    else if (tag === 'table') this.closeTable();
    else if (this.ignored > 0 && /^t[rdh]$/.test(tag)) this.say('\n');
    else if (tag === 'td' || tag === 'th') this.closeCell();
    else if (tag === 'tr') this.closeRow();
  }

  finish(): WordBlock[] {
    this.closeLine();
    while (this.tables.length > 0) this.closeTable();
    return this.blocks;
  }

  private openTable(): void {
    this.closeLine();
    if (this.tables.length >= DEEPEST) this.ignored += 1;
    else this.tables.push({ rows: [], row: null, cell: null });
  }

  private openRow(): void {
    const table = this.tables.at(-1);
    if (table) table.row = [];
  }

  private openCell(attributes: Readonly<Record<string, string>>): void {
    const table = this.tables.at(-1);
    if (!table) return;
    table.row ??= [];
    table.cell = { blocks: [], columns: spanOf(attributes.colspan), rows: spanOf(attributes.rowspan) };
  }

  private openLine(tag: string): void {
    this.closeLine();
    this.line = { text: tag === 'li' ? '• ' : '', bold: '', tag };
  }

  private closeLine(): void {
    const { line } = this;
    this.line = null;
    if (!line) return;
    const text = tidyLines(line.text.slice(0, LONGEST_LINE));
    if (text === '' || text === '•') return;
    this.add({ kind: 'line', text, level: levelOf(line, text) });
  }

  private closeCell(): void {
    this.closeLine();
    const table = this.tables.at(-1);
    if (table?.cell) table.row?.push(table.cell);
    if (table) table.cell = null;
  }

  private closeRow(): void {
    this.closeCell();
    const table = this.tables.at(-1);
    if (table?.row) table.rows.push(table.row);
    if (table) table.row = null;
  }

  private closeTable(): void {
    if (this.ignored > 0) {
      this.ignored -= 1;
      return;
    }
    if (this.tables.at(-1)?.row) this.closeRow();
    const table = this.tables.pop();
    if (table) this.add({ kind: 'table', rows: table.rows });
  }

  private add(block: WordBlock): void {
    const cell = this.tables.at(-1)?.cell;
    (cell ? cell.blocks : this.blocks).push(block);
  }
}

function levelOf({ tag, bold }: OpenLine, text: string): number | null {
  const heading = /^h([1-6])$/.exec(tag)?.[1];
  if (heading) return Number(heading);
  return tag === 'p' && tidyLines(bold) === text ? 7 : null;
}

function spanOf(attribute: string | undefined): number {
  const span = Number(attribute ?? 1);
  return Number.isInteger(span) && span > 0 ? Math.min(span, 1000) : 1;
}

/** Trims each line, and leaves blank ones out. */
export function tidyLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(/[\t\u00a0 ]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
