import type { ParseMarkup } from './wordHtml';

/** How one level of a list counts: its form (`decimal`, `lowerLetter`), its text (`%1.%2`) and where it starts. */
interface Level {
  form: string;
  text: string;
  start: number;
}

interface AbstractList {
  readonly levels: Map<number, Level>;
  /** The style whose list this one stands for; null for one with levels of its own. */
  styleLink: string | null;
}

interface List {
  abstract: string;
  /** Levels that begin anew where this list is first used. */
  readonly restarts: Map<number, number>;
}

interface Style {
  list: string | null;
  level: number;
  basedOn: string | null;
}

/** The list that a paragraph stands in, and its level from 0. */
export interface ListPlace {
  readonly list: string;
  readonly level: number;
}

/** More levels than Word has, and styles based on one another more deeply than it allows: a damaged file's. */
const DEEPEST = 12;

/**
 * The numbers that Word shows before a document's paragraphs and keeps nowhere in their text: it counts them anew each time. Made of
 * `word/numbering.xml` and `word/styles.xml` (empty where the file lacks one); asked in document order.
 */
export class WordNumbers {
  private readonly abstracts = new Map<string, AbstractList>();
  private readonly lists = new Map<string, List>();
  private readonly styles = new Map<string, Style>();
  private readonly counts = new Map<string, number[]>();
  private readonly begun = new Set<string>();

  constructor(numbering: string, styles: string, parse: ParseMarkup) {
    this.readLists(numbering, parse);
    this.readStyles(styles, parse);
  }

  /** The list of a paragraph's style, or of a style that it is based on; null where none has one. */
  placeOfStyle(id: string): ListPlace | null {
    let style = this.styles.get(id);
    for (let depth = 0; style && depth < DEEPEST; depth += 1) {
      if (style.list !== null) return { list: style.list, level: style.level };
      style = style.basedOn === null ? undefined : this.styles.get(style.basedOn);
    }
    return null;
  }

  /** Counts the next paragraph of a list, and says the number that Word shows before it; null for a bullet or nothing. */
  next({ list: id, level }: ListPlace): string | null {
    const list = this.lists.get(id);
    const abstract = list && this.abstractOf(list.abstract);
    const own = abstract?.list.levels.get(level);
    if (!list || !abstract || !own || level >= DEEPEST) return null;
    const counts = this.counts.get(abstract.id) ?? [];
    if (!this.begun.has(id) && list.restarts.size > 0) counts.length = Math.min(...list.restarts.keys());
    this.begun.add(id);
    const startOf = (at: number): number => list.restarts.get(at) ?? abstract.list.levels.get(at)?.start ?? 1;
    for (let above = counts.length; above < level; above += 1) counts[above] = startOf(above);
    const before = counts[level];
    counts[level] = before === undefined ? startOf(level) : before + 1;
    counts.length = level + 1;
    this.counts.set(abstract.id, counts);
    if (own.form === 'bullet' || own.form === 'none') return null;
    const label = own.text.replace(/%(\d)/g, (_, at: string) =>
      inForm(counts[Number(at) - 1] ?? 1, abstract.list.levels.get(Number(at) - 1)?.form ?? 'decimal'),
    );
    return label.trim() === '' ? null : label.trim();
  }

  private abstractOf(id: string): { id: string; list: AbstractList } | null {
    const list = this.abstracts.get(id);
    if (!list) return null;
    const linked = list.styleLink === null ? null : this.placeOfStyle(list.styleLink);
    const other = linked && this.lists.get(linked.list)?.abstract;
    const found = other && other !== id ? this.abstracts.get(other) : undefined;
    return found && other ? { id: other, list: found } : { id, list };
  }

  private readLists(xml: string, parse: ParseMarkup): void {
    let abstract: AbstractList | null = null;
    let list: List | null = null;
    let level: Level | null = null;
    let override = 0;
    parse(xml, {
      onopentag: (tag, attributes) => {
        const value = attributes['w:val'] ?? '';
        if (tag === 'w:abstractNum') {
          abstract = { levels: new Map(), styleLink: null };
          this.abstracts.set(attributes['w:abstractNumId'] ?? '', abstract);
        } else if (tag === 'w:num') {
          list = { abstract: '', restarts: new Map() };
          this.lists.set(attributes['w:numId'] ?? '', list);
        } else if (tag === 'w:abstractNumId' && list) list.abstract = value;
        else if (tag === 'w:lvlOverride') override = Number(attributes['w:ilvl'] ?? 0);
        else if (tag === 'w:startOverride' && list) list.restarts.set(override, Number(value));
        else if (tag === 'w:numStyleLink' && abstract) abstract.styleLink = value;
        else if (tag === 'w:lvl' && abstract && !list) {
          level = { form: 'decimal', text: '', start: 1 };
          abstract.levels.set(Number(attributes['w:ilvl'] ?? 0), level);
        } else if (!level) return;
        else if (tag === 'w:start') level.start = Number(value);
        else if (tag === 'w:numFmt') level.form = value;
        else if (tag === 'w:lvlText') level.text = value;
      },
      onclosetag: (tag) => {
        if (tag === 'w:lvl') level = null;
        else if (tag === 'w:abstractNum') abstract = null;
      },
    });
  }

  private readStyles(xml: string, parse: ParseMarkup): void {
    let style: Style | null = null;
    parse(xml, {
      onopentag: (tag, attributes) => {
        const value = attributes['w:val'] ?? '';
        if (tag === 'w:style') {
          style = { list: null, level: 0, basedOn: null };
          this.styles.set(attributes['w:styleId'] ?? '', style);
        } else if (!style) return;
        else if (tag === 'w:basedOn') style.basedOn = value;
        else if (tag === 'w:numId') style.list = value;
        else if (tag === 'w:ilvl') style.level = Number(value);
      },
      onclosetag: (tag) => {
        if (tag === 'w:style') style = null;
      },
    });
  }
}

const ROMAN: readonly (readonly [number, string])[] = [
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

/** A count as Word writes it: `4`, `04`, `d`, `D`, `iv`, `IV`. */
function inForm(count: number, form: string): string {
  switch (form) {
    case 'decimalZero':
      return String(count).padStart(2, '0');
    case 'lowerLetter':
      return letters(count);
    case 'upperLetter':
      return letters(count).toUpperCase();
    case 'lowerRoman':
      return roman(count);
    case 'upperRoman':
      return roman(count).toUpperCase();
    default:
      return String(count);
  }
}

/** `a` to `z`, then `aa`, `bb`, as Word goes on. */
function letters(count: number): string {
  const at = Math.max(0, count - 1);
  return String.fromCharCode(97 + (at % 26)).repeat(Math.min(9, Math.floor(at / 26) + 1));
}

function roman(count: number): string {
  let left = Math.min(count, 999);
  let text = '';
  for (const [value, sign] of ROMAN) {
    for (; left >= value; left -= value) text += sign;
  }
  return text;
}
