import { readPeriod } from '../domain/period';
import { readFigure, readTargetFigure } from '../domain/readFigure';
import type { FullLead, UnderstoodMeasure } from '../domain/understood';
import { readRef } from './actionRefs';
import { foldHeader, isPeriodHeader, periodIn } from './headerWords';
import type { RawItem, RawSection, SectionRow } from './rawPlan';
import { filledColumns, textAt } from './tables';

/** What only the whole file tells of a cell. */
export interface CellReaders {
  /** The names of a cell: a glossary may be needed. */
  readonly owners: (text: string, where: string) => readonly FullLead[];
  /** The ref of the group that a cell names; null where no group is called so. */
  readonly group: (text: string) => string | null;
}

type Role =
  | 'ref'
  | 'name'
  | 'owner'
  | 'target'
  | 'baseline'
  | 'interim'
  | 'reading'
  | 'narrative'
  | 'group'
  | 'aside';

interface MeasureColumns {
  readonly roles: ReadonlyMap<number, Role>;
  readonly headers: ReadonlyMap<number, string>;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface Draft extends Omit<Mutable<UnderstoodMeasure>, 'interim' | 'readings'> {
  interim: { when: string; text: string }[];
  readings: UnderstoodMeasure['readings'][number][];
}

/** Says of a header cell of a table of measures what its column holds. The first that fits wins. */
const ROLES: readonly (readonly [Role, RegExp])[] = [
  ['interim', /\b(?:interim|trajectory|milestone|stretch|expected|planned)\b/],
  ['baseline', /\bbaseline\b|\bstarting (?:point|position)\b/],
  ['owner', /\b(?:owners?|leads?|responsible|who|officer|accountable|by whom)\b/],
  [
    'narrative',
    /\b(?:comment\w*|narrative|progress|update|analysis|explanation|notes?|story|so what|what does)\b/,
  ],
  [
    'aside',
    /\b(?:rag|status|rating|trend|direction|source|frequency|national|benchmark|statistical|neighbours?|england|polarity|unit|reported|how often)\b/,
  ],
  ['target', /\btargets?\b|\bgoal\b|\bambition\b|\baim\b/],
  [
    'reading',
    /\b(?:actual|current|latest|outturn|result|performance (?:in|at|to)|reading|value|data|figure|score|ytd|year to date)\b/,
  ],
  ['ref', /^(?:refs?|reference|no|number|id|kpi (?:ref|no|id|number)|measure (?:ref|no|id|number)|#)$/],
  [
    'group',
    /^(?:priority(?: area)?|work ?stream|theme|area|outcome|success statement|domain)(?: (?:ref|no))?$/,
  ],
  ['name', /\b(?:measures?|kpis?|indicators?|metrics?|description|what|name|title|data ?set)\b/],
];

/**
 * Reads a table of measures: name, owner, target, interim targets wherever they stand (a column, a row below the measure's, inside
 * the readings' own cells), and a reading for each column that names a time.
 */
export function readMeasures(
  section: RawSection,
  group: string | null,
  readers: CellReaders,
): UnderstoodMeasure[] {
  if (!section.header) return [];
  const columns = columnsOf(section);
  const drafts: Draft[] = [];
  for (const { row, where, isAfterBreak } of section.rows) {
    const text = (role: Role): string =>
      [...columns.roles]
        .flatMap(([at, one]) => (one === role ? [textAt(row, at)] : []))
        .filter(Boolean)
        .join('\n');
    const last = drafts.at(-1);
    const name = text('name');
    const line = lineOf(row, columns);
    if (last && (isInterimRow(row, name, columns) || (line === 'interim' && name === ''))) {
      addInterimRow(last, row, columns);
      continue;
    }
    if (
      last &&
      (name === '' || (isAfterBreak && (/^[\p{Ll}(]/u.test(name) || filledColumns(row).length === 1)))
    ) {
      last.name = [last.name, name].filter(Boolean).join(' ');
      last.narrative = [last.narrative, text('narrative')].filter(Boolean).join(' ');
      addReadings(last, row, columns);
      continue;
    }
    if (name === '' || /^(?:measures?|kpis?)$/i.test(name)) continue;
    const draft: Draft = {
      ref: readRef(text('ref'))?.ref ?? null,
      name,
      group: readers.group(groupCell(row, columns)) ?? group,
      owners: text('owner') === '' ? [] : readers.owners(text('owner'), where),
      target: readTargetFigure(text('target')),
      baseline: text('baseline'),
      interim: [],
      readings: [],
      narrative: text('narrative'),
    };
    if (line === 'interim') addInterimRow(draft, row, columns);
    else addReadings(draft, row, columns);
    drafts.push(draft);
  }
  return drafts;
}

/** Makes a measure of a line under "Impact measures:": it has no owner, and no readings yet. */
export function measureOfItem({ text }: RawItem, group: string | null): UnderstoodMeasure {
  const figure = /(?:[<>≥≤]\s*)?\d+(?:\.\d+)?\s*%/.exec(text)?.[0] ?? '';
  const leading = /^(\d+(?:\.\d+)*)[.)]\s+(\S[\s\S]*)$/.exec(text);
  return {
    ref: null,
    name: leading?.[2] ?? text,
    group,
    owners: [],
    target: readTargetFigure(figure),
    baseline: '',
    interim: [],
    readings: [],
    narrative: '',
  };
}

function columnsOf({ header, rows }: RawSection): MeasureColumns {
  const headers = new Map<number, string>();
  const roles = new Map<number, Role>();
  for (const [column, cell] of (header?.cells ?? []).entries()) {
    if (cell.text === '') continue;
    headers.set(column, cell.text);
    roles.set(column, roleOf(cell.text));
  }
  const names = [...roles].filter(([, role]) => role === 'name').map(([column]) => column);
  // Of several columns of words the one with the longest texts names the measure.
  const longest = [...headers.keys()]
    .filter((column) => names.length === 0 || names.includes(column))
    .filter((column) => names.length > 0 || !['reading', 'owner', 'target'].includes(roles.get(column) ?? ''))
    .sort((a, b) => averageLength(b, rows) - averageLength(a, rows))[0];
  for (const column of names) if (column !== longest) roles.set(column, 'aside');
  if (longest !== undefined) roles.set(longest, 'name');
  return { roles, headers };
}

/** The cell of a column that names a group, merged from above where it is. */
function groupCell(row: SectionRow['row'], { roles }: MeasureColumns): string {
  const [at] = [...roles].find(([, role]) => role === 'group') ?? [];
  const cell = at === undefined ? undefined : row.cells[at];
  return cell?.text || (cell?.mergedText ?? '');
}

function averageLength(column: number, rows: readonly SectionRow[]): number {
  const texts = rows.map(({ row }) => textAt(row, column)).filter((text) => text !== '');
  return texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length);
}

function roleOf(header: string): Role {
  const folded = foldHeader(header);
  if (/^(?:(?:with)?in |after |at )?\d{1,2} months?(?: (?:on|later))?$/.test(folded)) return 'interim';
  const namesTime = isPeriodHeader(header) || periodIn(header) !== null;
  if (isPeriodHeader(header)) return /milestone/.test(folded) ? 'interim' : 'reading';
  const found = ROLES.find(([, pattern]) => pattern.test(folded))?.[0];
  if (found === 'target' && namesTime) return 'interim';
  if (found === 'baseline' || found === 'interim') return found;
  if (namesTime && (found === undefined || found === 'aside' || found === 'name')) return 'reading';
  return found ?? 'aside';
}

/** Where a measure has a line of targets and a line of readings, a cell of its own says which: "Interim target", "Actual". */
function lineOf(row: SectionRow['row'], { roles }: MeasureColumns): 'interim' | 'actual' | null {
  for (const [column, { text }] of row.cells.entries()) {
    const role = roles.get(column);
    if (role === 'reading' || role === 'name' || role === 'owner') continue;
    if (/^(?:interim(?: targets?)?|targets?|trajectory|planned|expected|aim)$/i.test(text)) return 'interim';
    if (/^(?:actual|readings?|performance|achieved|result)$/i.test(text)) return 'actual';
  }
  return null;
}

/** A row below a measure's own that says what was aimed at: "Interim target | | 40% | 50%". */
function isInterimRow(row: SectionRow['row'], name: string, { roles }: MeasureColumns): boolean {
  const label = [...roles]
    .filter(([, role]) => role !== 'reading')
    .map(([column]) => textAt(row, column))
    .filter((text) => text !== '');
  const only = name === '' ? label.join(' ') : name;
  return (
    label.length <= 2 &&
    /^(?:interim|target|trajectory|milestone|planned|expected)\b/i.test(only) &&
    only.length <= 40
  );
}

function addInterimRow(draft: Draft, row: SectionRow['row'], { roles, headers }: MeasureColumns): void {
  for (const [column, role] of roles) {
    const text = textAt(row, column);
    if ((role === 'reading' || role === 'interim') && text !== '')
      draft.interim.push({ when: whenOf(headers.get(column) ?? ''), text });
    if (role === 'target' && text !== '' && draft.target === null) draft.target = readTargetFigure(text);
  }
  // "Target | 50% | 60% | 75%": what is to be reached in the end is the last of them.
  const isOfTargets = row.cells.some(({ text }) => /^targets?$/i.test(text));
  const last = draft.interim.at(-1);
  if (isOfTargets && draft.target === null && last) draft.target = readTargetFigure(last.text);
}

function addReadings(draft: Draft, row: SectionRow['row'], { roles, headers }: MeasureColumns): void {
  for (const [column, role] of roles) {
    const when = whenOf(headers.get(column) ?? '');
    const text = textAt(row, column);
    if (role === 'interim') {
      if (text !== '') draft.interim.push({ when, text });
      continue;
    }
    if (role !== 'reading') continue;
    const { reading, interim } = partReading(text);
    if (interim !== '') draft.interim.push({ when, text: interim });
    const known = draft.readings.findIndex(({ period }) => period === when);
    const { value, kind } = readFigure(reading);
    if (known < 0) draft.readings.push({ period: when, text: reading, value, kind });
    else if (reading !== '') draft.readings[known] = { period: when, text: reading, value, kind };
  }
}

/** Parts an interim target from the reading that it stands beside: `12% (target 20%)`, `Target: 60%`, `Interim target 40%`. */
function partReading(text: string): { reading: string; interim: string } {
  const alone = /^\(?(?:interim\s+)?(?:target|milestone|trajectory)\s*[:=–-]?\s*(.+?)\)?$/is.exec(text);
  if (alone?.[1]) {
    const [interim = '', ...rest] = alone[1].split('\n');
    return { interim, reading: rest.join('\n').replace(/^actual\s*[:=–-]?\s*/i, '') };
  }
  const beside = /^([\s\S]*?)[\s,;(]*\b(?:interim\s+)?(?:target|trajectory)\s*[:=–-]?\s*([^()\n]+)\)?$/i.exec(
    text,
  );
  if (beside?.[1]?.trim() && beside[2])
    return { reading: beside[1].replace(/^actual\s*[:=–-]?\s*/i, '').trim(), interim: beside[2].trim() };
  return { reading: text, interim: '' };
}

/** The month as `2024-04` where a header names one with its year; else the header as printed. */
function whenOf(header: string): string {
  return readPeriod(header) ?? periodIn(header) ?? header;
}
