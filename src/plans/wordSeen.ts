import type { MarkupSpan, ParseMarkup } from './wordHtml';
import type { ListPlace, WordNumbers } from './wordNumbers';

/** A document's part as a person sees it on the page, and what was left beside it. */
export interface SeenDocument {
  readonly xml: string;
  readonly footnotes: number;
  readonly comments: number;
  /** Somebody added or took out something with changes tracked: it counts as if accepted. */
  readonly hasChanges: boolean;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface OpenParagraph {
  style: string | null;
  list: string | null;
  level: number;
  /** Where it says itself in which list it stands. */
  numbering: { start: number; end: number } | null;
  isDeleted: boolean;
  hasText: boolean;
  /** What writes its number into its text; null where it has none. */
  edits: readonly Edit[] | null;
}

interface OpenCell {
  hasText: boolean;
  isContinued: boolean;
  /** The number of its first paragraph without text. */
  bare: readonly Edit[] | null;
}

interface OpenRow {
  readonly start: number;
  /** Columns of the grid that it leaves out at its beginning. */
  skipped: number;
}

/**
 * Rewrites `word/document.xml` as it is seen, since mammoth tells of the text alone: the numbers that Word counts are written into their
 * paragraphs, rows that were taken out with changes tracked are gone, a row that begins further in has a blank cell before it, text boxes stand
 * once, and the signs of footnotes are no longer part of the words beside them.
 */
export function asSeen(xml: string, numbers: WordNumbers, parse: ParseMarkup): SeenDocument {
  const seeing = new Seeing(numbers);
  parse(xml, {
    onopentag: (tag, attributes, span) => seeing.open(tag, attributes, span),
    ontext: (text) => seeing.say(text),
    onclosetag: (tag, span) => seeing.close(tag, span),
  });
  return {
    xml: edited(xml, seeing.edits),
    footnotes: seeing.footnotes,
    comments: seeing.comments,
    hasChanges: seeing.hasChanges,
  };
}

/** How far the looking has come. It lives for one call of {@link asSeen}. */
class Seeing {
  readonly edits: Edit[] = [];
  footnotes = 0;
  comments = 0;
  hasChanges = false;
  private readonly path: string[] = [];
  private readonly paragraphs: OpenParagraph[] = [];
  private readonly cells: OpenCell[] = [];
  private readonly rows: OpenRow[] = [];
  /** What is being left out: where it begins, and how deep the element lies that ends it. */
  private hidden: { readonly start: number; readonly depth: number } | null = null;

  constructor(private readonly numbers: WordNumbers) {}

  open(tag: string, attributes: Readonly<Record<string, string>>, { start, end }: MarkupSpan): void {
    const parent = this.path.at(-1);
    this.path.push(tag);
    if (this.hidden) return;
    const value = attributes['w:val'] ?? '';
    if (tag === 'mc:Choice') this.hidden = { start, depth: this.path.length };
    else if (tag === 'w:tr') this.rows.push({ start, skipped: 0 });
    else if (tag === 'w:tc') this.cells.push({ hasText: false, isContinued: false, bare: null });
    else if (tag === 'w:p') this.paragraphs.push(newParagraph());
    else if (tag === 'w:ins' || tag === 'w:del') this.change(tag, parent);
    else if (tag === 'w:footnoteReference' || tag === 'w:endnoteReference') {
      this.footnotes += 1;
      this.edits.push({ start, end, text: '' });
    } else if (tag === 'w:commentReference') this.comments += 1;
    else this.openProperty(tag, parent, value, start);
  }

  say(text: string): void {
    if (this.hidden || this.path.at(-1) !== 'w:t' || text.trim() === '') return;
    const paragraph = this.paragraphs.at(-1);
    if (paragraph) paragraph.hasText = true;
    const cell = this.cells.at(-1);
    if (cell) cell.hasText = true;
  }

  close(tag: string, { start, end }: MarkupSpan): void {
    const depth = this.path.length;
    this.path.pop();
    if (this.hidden) {
      if (this.hidden.depth === depth) {
        this.edits.push({ start: this.hidden.start, end, text: '' });
        this.hidden = null;
        if (tag === 'w:tr') this.rows.pop();
      }
      return;
    }
    const paragraph = this.paragraphs.at(-1);
    const parent = this.path.at(-1);
    if (tag === 'w:numPr' && paragraph?.numbering && parent === 'w:pPr') paragraph.numbering.end = end;
    else if (tag === 'w:pPr' && parent === 'w:p' && paragraph) this.count(paragraph, start, end);
    else if (tag === 'w:p') this.closeParagraph();
    else if (tag === 'w:tc') this.closeCell();
    else if (tag === 'w:tr') this.rows.pop();
    else if (tag === 'w:trPr') this.addSkipped(end);
  }

  private openProperty(tag: string, parent: string | undefined, value: string, start: number): void {
    const paragraph = this.paragraphs.at(-1);
    const row = this.rows.at(-1);
    const cell = this.cells.at(-1);
    // What a paragraph was before a tracked change is no property of today.
    const isToday = !this.path.some((one) => /Change$/.test(one));
    if (tag === 'w:gridBefore' && row && isToday) row.skipped = Number(value) || 0;
    else if (tag === 'w:vMerge' && cell && isToday) cell.isContinued = value !== 'restart';
    else if (!paragraph || !isToday) return;
    else if (tag === 'w:pStyle') paragraph.style = value;
    else if (tag === 'w:numPr' && parent === 'w:pPr') paragraph.numbering = { start, end: start };
    else if (tag === 'w:numId' && parent === 'w:numPr') paragraph.list = value;
    else if (tag === 'w:ilvl' && parent === 'w:numPr') paragraph.level = Number(value) || 0;
  }

  private change(tag: string, parent: string | undefined): void {
    this.hasChanges = true;
    if (tag !== 'w:del') return;
    const row = this.rows.at(-1);
    const paragraph = this.paragraphs.at(-1);
    if (parent === 'w:trPr' && row)
      this.hidden = { start: row.start, depth: this.path.lastIndexOf('w:tr') + 1 };
    // The paragraph's own mark is gone: it goes on in the next one.
    else if (parent === 'w:rPr' && this.path.at(-3) === 'w:pPr' && paragraph) paragraph.isDeleted = true;
  }

  /** Counts a paragraph whose properties are known by now: its number goes before its text, and Word's own way of numbering it away. */
  private count(paragraph: OpenParagraph, start: number, end: number): void {
    const { numbering, style, list, level } = paragraph;
    const byStyle = style === null ? null : this.numbers.placeOfStyle(style);
    const place: ListPlace | null = list === null ? byStyle : { list, level };
    if (place === null || paragraph.isDeleted || this.cells.at(-1)?.isContinued) return;
    const label = this.numbers.next(place);
    if (label === null) return;
    const none = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>';
    paragraph.edits = [
      ...(numbering === null ? [] : [{ ...numbering, text: '' }]),
      { start, end: start, text: none },
      { start: end, end, text: `<w:r><w:t xml:space="preserve">${label} </w:t></w:r>` },
    ];
  }

  private closeParagraph(): void {
    const paragraph = this.paragraphs.pop();
    const edits = paragraph?.edits;
    if (!paragraph || !edits) return;
    const cell = this.cells.at(-1);
    if (paragraph.hasText) this.edits.push(...edits);
    else if (cell) cell.bare ??= edits;
  }

  /** A cell that holds nothing but a number is a column of refs' that Word counts. */
  private closeCell(): void {
    const cell = this.cells.pop();
    if (cell?.bare && !cell.hasText) this.edits.push(...cell.bare);
    const outer = this.cells.at(-1);
    if (outer && cell?.hasText) outer.hasText = true;
  }

  private addSkipped(at: number): void {
    const skipped = this.rows.at(-1)?.skipped ?? 0;
    if (skipped < 1) return;
    const text = `<w:tc><w:tcPr><w:gridSpan w:val="${skipped}"/></w:tcPr><w:p/></w:tc>`;
    this.edits.push({ start: at, end: at, text });
  }
}

function newParagraph(): OpenParagraph {
  return {
    style: null,
    list: null,
    level: 0,
    numbering: null,
    isDeleted: false,
    hasText: false,
    edits: null,
  };
}

function edited(xml: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < at) continue;
    parts.push(xml.slice(at, start), text);
    at = end;
  }
  return [...parts, xml.slice(at)].join('');
}
