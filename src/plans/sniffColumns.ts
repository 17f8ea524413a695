import { readDate } from '../domain/targetDate';
import { readRef } from './actionRefs';
import { type ColumnMap, mapHeader, tellingMeanings } from './columns';
import { foldHeader, type Meaning, meaningOfHeader, periodIn, withoutPeriod } from './headerWords';
import { isPersonName } from './personNames';
import { readLeads } from './readLeads';
import { readPercent } from './readPercent';
import { readStatusText } from './readStatusText';
import { moveColumn } from './settleColumns';
import { BLANK_CELL, type Cell, filledColumns, type Row, textAt } from './tables';

/** Rows that are looked at to tell what a column holds. */
const SAMPLE = 60;
/** Share of a column's filled cells that must look alike. */
const MOST = 0.7;

/** What the cells of a column look like, whatever its header says. */
interface Looks {
  readonly filled: number;
  readonly longest: number;
  readonly average: number;
  readonly share: (test: (text: string) => boolean) => number;
}

/**
 * Mends a header's reading by what stands below it: an unknown header gets the meaning that its cells show (refs,
 * dates, percentages, statuses, names, long prose) where no column has it yet, and a header that fits two things ("Complete",
 * "Progress") goes with its cells. Pure; the map given stays as it is.
 */
export function mendByContent(map: ColumnMap, rows: readonly Row[]): ColumnMap {
  // A heading across the table says nothing of its first column.
  const sample = rows.filter(({ cells }) => !cells.some(({ isWide }) => isWide)).slice(0, SAMPLE);
  const columns = new Map([...map.columns].map(([meaning, list]) => [meaning, [...list]]));
  const move = (column: number, from: Meaning, to: Meaning): void => {
    const rest = (columns.get(from) ?? []).filter((one) => one !== column);
    if (rest.length > 0) columns.set(from, rest);
    else columns.delete(from);
    columns.set(to, [...(columns.get(to) ?? []), column]);
  };
  const titles = columns.get('title') ?? [];
  const [title] = titles;
  // "Action" over the figures, and nothing over the words beside them.
  if (title !== undefined && titles.length === 1 && !columns.has('ref') && holdsRefs(looksOf(title, sample)))
    move(title, 'title', 'ref');
  for (const [meaning, list] of [...columns]) {
    for (const column of list) {
      const better = betterMeaning(meaning, looksOf(column, sample), columns);
      if (better) move(column, meaning, better);
    }
  }
  const unknown: number[] = [];
  const headerless = headerlessColumns(map, sample);
  for (const column of [...map.unknown, ...headerless]) {
    const looks = looksOf(column, sample);
    // "a", "b" and "c" under no header, to the left of everything, are refs too.
    const isLettered =
      column === 0 && headerless.includes(column) && !columns.has('ref') && areLetters(looks);
    const meaning = isLettered ? 'ref' : meaningOfLooks(looks, columns);
    if (meaning) columns.set(meaning, [column]);
    else unknown.push(column);
  }
  takeMonthlyRatings(columns, map, sample);
  takeFilledMonths(columns, map, sample);
  const left = nameLongest(columns, unknown, sample);
  giveRefToOutcome(columns, map.headers, sample);
  return { columns, headers: map.headers, unknown: left };
}

/** "Dec 18 RAG | Mar 19 RAG | Jun 19 RAG" of which the last is still blank everywhere: the latest that says something counts. */
function takeFilledMonths(columns: Map<Meaning, number[]>, map: ColumnMap, sample: readonly Row[]): void {
  const bare = (column: number): string => withoutPeriod(map.headers.get(column) ?? '');
  for (const meaning of ['status', 'percent', 'narrative'] as const) {
    const [column, ...more] = columns.get(meaning) ?? [];
    if (column === undefined || more.length > 0 || hasContent(column, sample)) continue;
    const alike = (columns.get('aside') ?? []).filter(
      (other) => bare(other) === bare(column) && hasContent(other, sample),
    );
    const latest = alike.at(-1);
    if (latest === undefined) continue;
    moveColumn(columns, column, meaning, 'aside');
    moveColumn(columns, latest, 'aside', meaning);
  }
}

/** "Mar 24 | Apr 24 | May 24" over letters or colours: a rating a month, of which the latest that is filled counts. */
function takeMonthlyRatings(columns: Map<Meaning, number[]>, map: ColumnMap, sample: readonly Row[]): void {
  const periodOf = (column: number): string => periodIn(map.headers.get(column) ?? '') ?? '';
  const rated = (columns.get('milestone') ?? [])
    .filter((column) => isRated(column, sample))
    .sort((a, b) => (periodOf(a) === periodOf(b) ? a - b : periodOf(a) < periodOf(b) ? -1 : 1));
  const latest = rated.at(-1);
  if (latest === undefined) return;
  for (const column of rated)
    moveColumn(
      columns,
      column,
      'milestone',
      column === latest && !columns.has('status') ? 'status' : 'aside',
    );
}

function isRated(column: number, sample: readonly Row[]): boolean {
  const looks = looksOf(column, sample);
  if (looks.filled > 0) return looks.share(isStatusText) >= MOST;
  return sample.filter((row) => (row.cells[column]?.fill ?? null) !== null).length >= 2;
}

function hasContent(column: number, sample: readonly Row[]): boolean {
  return sample.some((row) => textAt(row, column) !== '' || (row.cells[column]?.fill ?? null) !== null);
}

function holdsRefs(looks: Looks): boolean {
  return (
    looks.filled >= 2 &&
    looks.longest <= 12 &&
    looks.share((text) => readRef(text) !== null && /\d/.test(text)) >= MOST
  );
}

function areLetters(looks: Looks): boolean {
  return (
    looks.filled >= 2 && looks.share((text) => /^\(?[a-z][).]?$/.test(text) || readRef(text) !== null) === 1
  );
}

/** Columns that hold something in several rows and have no header: what a header across two columns leaves. */
function headerlessColumns(map: ColumnMap, sample: readonly Row[]): number[] {
  const width = Math.max(0, ...sample.map(({ cells }) => cells.length));
  const known = new Set([...map.columns.values()].flat().concat(map.unknown));
  return Array.from({ length: width }, (_, column) => column).filter(
    (column) => !known.has(column) && !map.headers.has(column) && looksOf(column, sample).filled >= 2,
  );
}

/**
 * "No. | Objective | Key actions": where the first two are filled on the same rows and blank, or merged, beside further actions, the
 * number is the objective's, and its actions have none of their own.
 */
function giveRefToOutcome(
  columns: Map<Meaning, number[]>,
  headers: ColumnMap['headers'],
  sample: readonly Row[],
): void {
  const [ref] = columns.get('ref') ?? [];
  const [title] = columns.get('title') ?? [];
  const above = columns.get('outcome')?.[0] ?? columns.get('group')?.[0];
  if (ref === undefined || title === undefined || above === undefined) return;
  // "Action no." numbers the action itself.
  if (/\b(?:action|task)\b/.test(foldHeader(headers.get(ref) ?? ''))) return;
  const rows = sample.filter((row) => textAt(row, title) !== '' && filledColumns(row).length > 1);
  const own = rows.filter((row) => textAt(row, ref) !== '' && textAt(row, above) !== '').length;
  const shared = rows.filter((row) => isOwnRow(row, [ref, above], columns)).length;
  if (own >= 1 && shared >= 1 && own + shared >= rows.length * 0.8)
    moveColumn(columns, ref, 'ref', 'outcomeRef');
}

/** Whether a row leaves the given columns to the row above it and says who, when or how far itself. */
function isOwnRow(
  row: Row,
  shared: readonly number[],
  columns: ReadonlyMap<Meaning, readonly number[]>,
): boolean {
  const telling = (['lead', 'planned', 'status', 'percent'] as const).flatMap(
    (meaning) => columns.get(meaning) ?? [],
  );
  return (
    shared.every((column) => textAt(row, column) === '') &&
    telling.some((column) => textAt(row, column) !== '')
  );
}

/**
 * Joins a header of two rows ("Timescale" over "Start" and "End") into one: the lower row has texts only where the upper one is merged
 * down across, or blank. Null where the second row is no part of a header.
 */
export function joinHeaderRows(upper: Row, lower: Row): Row | null {
  if (lower.number !== upper.number + 1) return null;
  const below = filledColumns(lower);
  const merged = lower.cells.filter(({ mergedText }) => mergedText !== null).length;
  const isPart = below.length >= 2 && merged >= 1 && below.length + merged >= filledColumns(upper).length;
  if (!(isPart || fillsGaps(upper, lower)) || below.some((column) => textAt(lower, column).length > 40))
    return null;
  let over = '';
  const width = Math.max(upper.cells.length, lower.cells.length);
  const cells: Cell[] = Array.from({ length: width }, (_, column) => {
    const own = textAt(upper, column);
    const sub = textAt(lower, column);
    if (own !== '') over = own;
    if (sub === '') return upper.cells[column] ?? BLANK_CELL;
    return { ...BLANK_CELL, text: foldHeader(over) === '' ? sub : `${over} ${sub}` };
  });
  return { number: upper.number, cells };
}

/** Whether a row parts what stands above blanks ("RAG" over "Dec | Jan | Feb"), as where merged cells came out as blank ones. */
function fillsGaps(upper: Row, lower: Row): boolean {
  const below = filledColumns(lower);
  const isUnder = (column: number): boolean =>
    textAt(upper, column) === '' ||
    (column + 1 < upper.cells.length && textAt(upper, column + 1) === '' && textAt(lower, column + 1) !== '');
  const isHeaderText = (column: number): boolean => meaningOfHeader(textAt(lower, column)) !== null;
  return (
    below.length >= 2 &&
    filledColumns(upper).length >= 2 &&
    below.some((column) => textAt(upper, column) === '') &&
    below.every((column) => isUnder(column) && isHeaderText(column))
  );
}

/**
 * Reads a row whose words tell too little as a header, by what its columns hold: there must be refs or an action's words, and at least two of
 * names, dates, statuses and percentages, in rows enough to tell. Null when it is none.
 */
export function readHeaderBySight(row: Row, below: readonly Row[]): ColumnMap | null {
  const map = mapHeader(row);
  if (!map || map.headers.size < 3 || below.length < 2 || ratesGroups(map, below)) return null;
  const mended = mendByContent(map, below);
  const isNamed = mended.columns.has('ref') || mended.columns.has('title');
  const holding = tellingMeanings(mended).filter((meaning) => {
    const [column] = mended.columns.get(meaning) ?? [];
    return column !== undefined && looksOf(column, below.slice(0, SAMPLE)).filled >= 2;
  });
  return isNamed && holding.length >= 2 ? mended : null;
}

/** "Workstream | Lead | Overall RAG | Headline", each workstream once: how the groups stand as a whole, and no action. */
function ratesGroups({ columns }: ColumnMap, below: readonly Row[]): boolean {
  const [group] = columns.get('group') ?? [];
  if (group === undefined || columns.has('title') || columns.has('ref') || !columns.has('status'))
    return false;
  const names = below.map((row) => textAt(row, group));
  return names.every((name, at) => name !== '' && names.indexOf(name) === at);
}

function betterMeaning(
  meaning: Meaning,
  looks: Looks,
  columns: ReadonlyMap<Meaning, readonly number[]>,
): Meaning | null {
  if (looks.filled < 2) return null;
  const holdsPercents = looks.share(isPercentText) >= MOST;
  const isOpen = (other: Meaning): boolean => !columns.has(other);
  if ((meaning === 'status' || meaning === 'narrative') && holdsPercents && isOpen('percent'))
    return 'percent';
  if (meaning === 'narrative' && looks.share(isStatusText) >= MOST && isOpen('status'))
    return looks.share(saysMore) >= 0.3 ? 'narrativeAndStatus' : 'status';
  // "Completed. There is one programme now." in each cell: how far it is comes first.
  if (meaning === 'narrative' && looks.share(beginsWithStatus) >= MOST && isOpen('status'))
    return 'narrativeAndStatus';
  if (
    meaning === 'status' &&
    looks.average > 60 &&
    looks.share(startsWithStatus) < 0.3 &&
    isOpen('narrative')
  )
    return 'narrative';
  // "How far have we got?" may be answered in words.
  if (meaning === 'percent' && looks.share(isStatusText) >= MOST && isOpen('status')) return 'status';
  if (meaning === 'percent' && looks.average > 25 && looks.share(isPercentText) < 0.3 && isOpen('narrative'))
    return 'narrative';
  if (meaning === 'lead' && looks.average > 90 && looks.share(hasName) < 0.3)
    return isOpen('title') ? 'title' : 'aside';
  if (
    (meaning === 'evidence' || meaning === 'milestone') &&
    looks.share(isDateText) >= MOST &&
    isOpen('planned')
  )
    return 'planned';
  if (meaning === 'partners' && looks.share(isName) >= MOST && isOpen('lead')) return 'lead';
  if (meaning === 'ref' && looks.share((text) => readRef(text) !== null) < 0.2) {
    if (isOpen('title')) return 'title';
    return looks.share((text) => text.length > 25) > MOST ? 'aside' : null;
  }
  if (
    meaning === 'group' &&
    looks.share((text) => /^(?:high|medium|med|low|h|m|l|critical|urgent|must|should|could)$/i.test(text)) >=
      MOST
  )
    return 'aside';
  if (meaning === 'planned' && looks.longest > 120 && looks.share(isDateText) < 0.2 && isOpen('evidence'))
    return 'evidence';
  return null;
}

function meaningOfLooks(looks: Looks, columns: ReadonlyMap<Meaning, readonly number[]>): Meaning | null {
  if (looks.filled < 2) return null;
  const tests: readonly (readonly [Meaning, (text: string) => boolean])[] = [
    ['ref', (text) => /^[a-z][.)]?$/.test(text)],
    ['percent', (text) => text.includes('%') && isPercentText(text)],
    ['status', isStatusText],
    ['planned', isDateText],
    ['ref', (text) => readRef(text) !== null && /\d/.test(text)],
    ['lead', (text) => hasName(text) || isPost(text)],
  ];
  const fit = tests.find(([meaning, test]) => !columns.has(meaning) && looks.share(test) >= MOST);
  return fit?.[0] ?? null;
}

/** Where no column is the action's own words, the unknown one with the longest texts is. */
function nameLongest(
  columns: Map<Meaning, number[]>,
  unknown: readonly number[],
  sample: readonly Row[],
): number[] {
  let rest = [...unknown];
  for (const meaning of ['title', 'narrative'] as const) {
    if (columns.has(meaning)) continue;
    const prose = rest.filter((column) => looksOf(column, sample).average >= (meaning === 'title' ? 15 : 25));
    const best = meaning === 'title' ? prose[0] : prose.at(-1);
    if (best === undefined) continue;
    columns.set(meaning, [best]);
    rest = rest.filter((column) => column !== best);
  }
  return rest;
}

function looksOf(column: number, sample: readonly Row[]): Looks {
  const texts = sample.map((row) => textAt(row, column)).filter((text) => text !== '');
  const lengths = texts.map(({ length }) => length);
  return {
    filled: texts.length,
    longest: Math.max(0, ...lengths),
    average: texts.length === 0 ? 0 : lengths.reduce((sum, length) => sum + length, 0) / texts.length,
    share: (test) => (texts.length === 0 ? 0 : texts.filter(test).length / texts.length),
  };
}

function isPercentText(text: string): boolean {
  return (
    text.length <= 12 &&
    ['read', 'rounded'].includes(readPercent({ text, isPercent: false }, /^0?\.\d+$/.test(text)).how)
  );
}

function hasName(text: string): boolean {
  return text.length <= 300 && readLeads(text).leads.some(({ name }) => isPersonName(name));
}

/** One or more names and little else. */
function isName(text: string): boolean {
  return text.length <= 80 && readLeads(text).leads.every(({ name }) => isPersonName(name));
}

/** A post, a team or initials in a lead's place: "Head of SEND", "AC/BD". */
function isPost(text: string): boolean {
  return (
    /^[A-Z]{2,4}(?:\s*[/,&]\s*[A-Z]{2,4})*$/.test(text) ||
    (text.length <= 60 &&
      /\b(?:head|director|manager|officer|lead|team|board|headteacher|principal|commissioner|nurse|governor|senco|slt|chair)\b/i.test(
        text,
      ))
  );
}

function startsWithStatus(text: string): boolean {
  return isStatusText(text.split(/[\s:–-]/)[0] ?? '');
}

function beginsWithStatus(text: string): boolean {
  const [, first] = /^([^.:–—\n]{3,30}?)\s*[.:–—\n]/.exec(text) ?? [];
  return isStatusText(first ?? text);
}

/** "On track: 84% checked" says more than how it stands. */
function saysMore(text: string): boolean {
  return /^[^:–—]{3,20}\s*[:–—]\s+\S/.test(text);
}

function isStatusText(text: string): boolean {
  const { how } = readStatusText(text);
  return text.length <= 30 && (how === 'plain' || how === 'word' || how === 'several');
}

function isDateText(text: string): boolean {
  if (text.length > 60) return false;
  const { date } = readDate(text);
  return date !== null && (date.due !== null || date.word === 'ongoing' || date.word === 'rolling');
}
