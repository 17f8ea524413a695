import { readHeader } from './columns';
import { contentsRows } from './contents';
import { kindOfLabel } from './labels';
import { readAnyGroupText, readGroupText } from './rowKinds';
import { filledColumns, type Row, type Table, textAt } from './tables';

/** What the lines outside the tables of actions tell of their groups. */
export interface Headings {
  /** Lines right above headers, where a sheet has several different ones: these head its groups. */
  readonly captions: ReadonlySet<string>;
  /** Numbers of the lines "A. Its title", "B. Its title" of which each stands alone above tables of actions of its own. */
  readonly chapters: ReadonlySet<number>;
  /** For the row of an action table's header in a document: the Word headings that name its group and its outcome. */
  readonly above: ReadonlyMap<number, readonly Row[]>;
  /** Numbers of all rows that are Word headings of a group or an outcome. */
  readonly headingRows: ReadonlySet<number>;
  /** Numbers of the lines that stand on every page, as the document's running title does, and of its table of contents. */
  readonly running: ReadonlySet<number>;
}

/** What a line above a header says of the whole paper, not of a group. */
const PAPER =
  /\b(?:action plan|tracker|progress report|highlight report|update|dashboard|september|version|appendix)\b/i;
/** Longer lines are prose, whatever their style. */
const LONGEST_HEADING = 220;
/** A line that is printed this often is on every page. */
const RUNNING_TIMES = 3;
/** "Recovery Plan – page 2 of 9" is printed once for each page. */
const PAGE_NUMBER = /(?:^|[\s|–—-])page\s+\d{1,3}(?:\s+(?:of|\/)\s*\d{1,3})?$|\s\d{1,3}\s*\|\s*page$/i;

/** A paper's own name with the number of the page behind it or before it: "Oxton WSoA V4 11", "Oxton plan 4 | Page". */
const NUMBERED_PAGE = /^(?:\d{1,3}\s*\|?\s*)?(.{8,}?)\s*[|–—-]?\s*\d{1,3}(?:\s*\|\s*page)?$/i;
const PAPER_NAME =
  /\b(?:wsoa|pap|apap?|plan|statement of action|report|version|v\d[\d.]*|programme|tracker|draft|final|page)\b/i;

/** How a paper is marked, on every page: "OFFICIAL – SENSITIVE". */
const MARKING =
  /^(?:official(?:\s*[-–:]?\s*sensitive)?|(?:not )?protectively marked|restricted|confidential|draft|page \d{1,3}(?: of \d{1,3})?|\d{1,3}(?:\s*\|\s*page| of \d{1,3})?)$/i;

/** Whether a heading stands over what was once done, and is kept for the record. */
export function isArchive(text: string): boolean {
  return text.length <= LONGEST_HEADING && /\barchived?\b/i.test(text);
}

/** The same, and what people heard and met. Inside a group "Completed actions" are its own. */
export function isDoneOrLog(text: string): boolean {
  return text.length <= LONGEST_HEADING && DONE_OR_LOG.test(text);
}

const DONE_OR_LOG =
  /^(?:[\dA-Z.]{1,5}\s+)?(?:appendix \w+\W+)?(?:completed|closed) actions\b|\b(?:engagement|decisions?|issues?|changes?|meetings?|visits?|communications?|events?|consultation|lessons|feedback|complaints?|contacts?|raid|risks?) (?:log|register)\b|\b(?:board|group|meetings?|members?|membership and) attendance\b|\battendance (?:at|record|sheet|log)\b/i;

/** Looks for headings in a whole table or document before its rows are read one by one. */
export function findHeadings(table: Table, isActionHeader: (row: Row) => boolean): Headings {
  const running = findRunning(table);
  const above = table.places ? findAbove(table, running, isActionHeader) : new Map<number, Row[]>();
  const headingRows = new Set([...above.values()].flatMap((path) => path.map(({ number }) => number)));
  const captions = captionsOf(table, running, isActionHeader);
  const chapters = chaptersOf(table, running, isActionHeader);
  return { captions, chapters, above, headingRows, running };
}

function captionsOf(
  table: Table,
  running: ReadonlySet<number>,
  isActionHeader: (row: Row) => boolean,
): ReadonlySet<string> {
  const captions = table.rows.flatMap((row, index) => {
    const next = table.rows[index + 1];
    const columns = filledColumns(row);
    const text = textAt(row, columns[0] ?? 0);
    const above = table.rows[index - 1];
    const isAlone = !above || above.number < row.number - 1 || filledColumns(above).length > 1;
    const isNext = next !== undefined && (next.number === row.number + 1 || isLineAbove(table, row, next));
    const isLine =
      columns.length === 1 &&
      !isWithinTable(table, row, above) &&
      (isAlone || isBold(table, row)) &&
      isNext &&
      isActionHeader(next) &&
      !running.has(row.number) &&
      // A table that names the group on each row needs no heading.
      !readHeader(next)?.columns.has('group') &&
      text.length <= 200 &&
      !/^[•*†-]|^\d+\.\d/.test(text);
    const isOfPaper = PAPER.test(text) || isArchive(text) || isDoneOrLog(text);
    return isLine && !isOfPaper && kindOfLabel(text) === null ? [text] : [];
  });
  const isDifferent = new Set(captions).size === captions.length;
  return new Set(captions.length >= 2 && isDifferent ? captions : []);
}

/**
 * Lettered or numbered lines of which one alone stands between one table and the next, counting on from chapter to chapter. A list between two
 * tables has several.
 */
function chaptersOf(
  table: Table,
  running: ReadonlySet<number>,
  isActionHeader: (row: Row) => boolean,
): ReadonlySet<number> {
  const chapters: { readonly row: number; readonly ref: string }[] = [];
  let above: { readonly row: number; readonly ref: string }[] = [];
  for (const row of table.rows) {
    const isLine = table.places?.get(row.number)?.table === null;
    const ref = isLine && !running.has(row.number) ? chapterRef(textAt(row, 0)) : undefined;
    if (ref !== undefined) above.push({ row: row.number, ref });
    if (isLine) continue;
    const [only, ...more] = above;
    if (only && more.length === 0 && isActionHeader(row)) chapters.push(only);
    above = [];
  }
  const first = chapters[0]?.ref ?? '';
  const counts = (ref: string): number => (/\d/.test(ref) ? Number(ref) : ref.charCodeAt(0));
  const countsOn = chapters.every(({ ref }, index) => counts(ref) === counts(first) + index);
  return new Set(chapters.length >= 2 && countsOn ? chapters.map(({ row }) => row) : []);
}

/** The letter or the number of "A. Its title" and of "Promise 1: Its title", whatever the plan calls its parts. */
function chapterRef(text: string): string | undefined {
  const isOutcome = /^(?:outcome|objective|aim)\b/i.test(text);
  const named = text.length > 160 || isOutcome || readGroupText(text) ? null : readAnyGroupText(text);
  return named?.ref ?? CHAPTER.exec(text)?.[1];
}

const CHAPTER = /^([A-Z]|\d{1,2})[.)]\s+\p{Lu}.{3,150}$/u;

/** In a document a line and the table below it are parted by a jump in the numbers. */
function isLineAbove(table: Table, row: Row, next: Row): boolean {
  return table.places?.get(row.number)?.table === null && next.number <= row.number + 2;
}

/** Whether a row stands below another of the same Word table: the tail of a row, not a caption. */
function isWithinTable(table: Table, row: Row, above: Row | undefined): boolean {
  const own = table.places?.get(row.number)?.table ?? null;
  return own !== null && above !== undefined && table.places?.get(above.number)?.table === own;
}

function isBold(table: Table, row: Row): boolean {
  return (table.places?.get(row.number)?.level ?? null) !== null;
}

/** The headings over each action table, without those over all of them, which name the document. */
function findAbove(
  table: Table,
  running: ReadonlySet<number>,
  isActionHeader: (row: Row) => boolean,
): ReadonlyMap<number, readonly Row[]> {
  const open: { readonly row: Row; readonly level: number }[] = [];
  const paths = new Map<number, Row[]>();
  for (const row of table.rows) {
    const place = table.places?.get(row.number);
    if (!place) continue;
    const text = textAt(row, 0);
    if (place.level !== null && text.length <= LONGEST_HEADING && !running.has(row.number)) {
      const keep = open.findIndex(({ level }) => level >= (place.level ?? 0));
      if (keep >= 0) open.length = keep;
      // A label ends what stood below it, and names nothing.
      if (kindOfLabel(text) === null) open.push({ row, level: place.level });
    } else if (place.table !== null && isActionHeader(row)) {
      paths.set(
        row.number,
        open.map((one) => one.row),
      );
    }
  }
  return trimPaths(paths);
}

function trimPaths(paths: ReadonlyMap<number, readonly Row[]>): ReadonlyMap<number, readonly Row[]> {
  const all = [...paths.values()];
  const isCommon = (row: Row): boolean => all.length > 1 && all.every((path) => path.includes(row));
  const isLabelled = (row: Row): boolean => readGroupText(textAt(row, 0)) !== null;
  const trimmed = new Map<number, readonly Row[]>();
  for (const [number, path] of paths) {
    const labelled = path.findIndex(isLabelled);
    const rest =
      labelled >= 0
        ? path.slice(labelled)
        : path.filter((row) => !isCommon(row) && !PAPER.test(textAt(row, 0)) && all.length > 1);
    if (rest.length > 0) trimmed.set(number, rest.slice(0, 2));
  }
  return trimmed;
}

function findRunning(table: Table): ReadonlySet<number> {
  if (!table.places) return new Set();
  const byText = new Map<string, number[]>();
  const pages: number[] = [];
  const byName = new Map<string, { readonly row: number; readonly text: string }[]>();
  const papers = new Map<string, number[]>();
  let tableAbove: number | null = null;
  for (const row of table.rows) {
    const text = textAt(row, 0);
    const place = table.places.get(row.number);
    const isLine = place?.table === null;
    // A page's head or foot may have come out as a table of one cell a row, or as the first row of the page's table.
    const isTop = place != null && place.table !== tableAbove && filledColumns(row).length === 1;
    tableAbove = place?.table ?? null;
    if (isLine || place?.width === 1 || isTop) {
      if (MARKING.test(text)) pages.push(row.number);
      if (text.length >= 12 && text.length <= 160 && PAPER_NAME.test(text) && readGroupText(text) === null)
        papers.set(text, [...(papers.get(text) ?? []), row.number]);
    }
    if (isLine && text.length <= 160 && PAGE_NUMBER.test(text)) pages.push(row.number);
    const name = isLine && text.length <= 160 ? NUMBERED_PAGE.exec(text)?.[1] : undefined;
    if (name !== undefined && PAPER_NAME.test(name) && readGroupText(text) === null)
      byName.set(name, [...(byName.get(name) ?? []), { row: row.number, text }]);
    if (!isLine || text.length > 160 || text.length < 12 || kindOfLabel(text) !== null) continue;
    const numbers = byText.get(text);
    if (numbers) numbers.push(row.number);
    else byText.set(text, [row.number]);
  }
  return new Set([
    ...contentsRows(table),
    ...pages,
    // The first time it is the document's title.
    ...[...papers.values()].flatMap((rows) => rows.slice(1)),
    ...[...byName.values()]
      .filter((lines) => new Set(lines.map(({ text }) => text)).size >= 2)
      .flatMap((lines) => lines.map(({ row }) => row)),
    ...[...byText.values()].filter((numbers) => numbers.length >= RUNNING_TIMES).flat(),
  ]);
}
