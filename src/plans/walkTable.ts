import type { Problem } from '../domain/understood';
import { readRef } from './actionRefs';
import { type ColumnMap, foldHeader, type Meaning, readHeader } from './columns';
import {
  type GroupHeading,
  isKeyHeader,
  isLegendLine,
  isRedListHeading,
  isSeparator,
  isTotalsRow,
  leadsInHeading,
  ROW_EVIDENCE,
  readGroupHeading,
  readGroupText,
  readLeadLine,
  readOtherHeader,
  refOfListLine,
  repeatsHeader,
  splitLeadingRef,
} from './rowKinds';
import { mendByContent, readHeaderBySight } from './sniffColumns';
import {
  BLANK_CELL,
  type Cell,
  filledColumns,
  placeOf,
  problem,
  quote,
  type Row,
  type Table,
  textAt,
} from './tables';

/** What one cell of an action said, or several cells that a page break parted. */
export interface RawField {
  readonly text: string;
  readonly where: string;
  /** The first of the cells. */
  readonly cell: Cell;
}

/** A text with its place in the file. */
export interface Placed {
  readonly text: string;
  readonly where: string;
}

/** A group as the file prints it, before anything is made of it. */
export interface RawGroup {
  readonly ref: string;
  readonly title: string;
  readonly leads: readonly Placed[];
  readonly where: string;
}

/** One action's row, with what continued it. */
export interface RawAction {
  readonly where: string;
  /** null where the row has none. */
  readonly ref: string | null;
  /** What the ref cell said besides: `[3.2-3.5]`, or a word in a ref's place. */
  readonly refNote: string;
  readonly fields: ReadonlyMap<Meaning, RawField>;
  /** The heading that it stands under in its sheet; null under none. */
  readonly group: RawGroup | null;
  readonly header: ColumnMap;
}

/** A printed table of totals: its rows, and the row above them that says what the columns are. */
export interface RawTotals {
  readonly header: Row | null;
  readonly rows: readonly Row[];
  readonly where: string;
}

/** All that was found in one table. */
export interface TableWalk {
  readonly table: Table;
  readonly headers: readonly ColumnMap[];
  readonly groups: readonly RawGroup[];
  readonly actions: readonly RawAction[];
  /** Lines of text that stand before any table. */
  readonly lines: readonly Placed[];
  readonly totals: readonly RawTotals[];
  readonly redList: readonly { readonly ref: string; readonly where: string }[];
  readonly problems: readonly Problem[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface ActionDraft extends Omit<Mutable<RawAction>, 'fields' | 'group'> {
  fields: Map<Meaning, RawField>;
  group: GroupDraft | null;
}
interface GroupDraft extends Omit<Mutable<RawGroup>, 'leads'> {
  leads: Placed[];
}

/** What the rows are being read as: nothing yet, actions, a table of another kind, a list of red actions. */
type Mode = 'open' | 'actions' | 'aside' | 'red list';

/** A header whose words tell nothing stands near the top, or is not looked for. */
const ROWS_TRIED_BY_SIGHT = 100;

/** Reads one table from top to bottom: finds its headers wherever they stand, its groups, and the rows of each action. */
export function walkTable(table: Table): TableWalk {
  return new Walk(table).run();
}

/** Where the reading of one table stands. It lives for one call of {@link walkTable}. */
class Walk {
  private readonly headers: ColumnMap[] = [];
  private readonly groups: GroupDraft[] = [];
  private readonly actions: ActionDraft[] = [];
  private readonly lines: Placed[] = [];
  private readonly totals: { header: Row | null; rows: Row[]; where: string }[] = [];
  private readonly redList: { ref: string; where: string }[] = [];
  private readonly problems: Problem[] = [];
  private readonly captions: ReadonlySet<string>;
  /** Each row is asked more than once whether it is a header. */
  private readonly headersByRow = new Map<Row, ColumnMap | null>();

  private mode: Mode = 'open';
  private header: ColumnMap | null = null;
  private group: GroupDraft | null = null;
  /** The action that a next row may continue; null after a heading. */
  private last: ActionDraft | null = null;
  /** Whether the header has just been printed again, as at the top of a page. */
  private isNewPage = false;
  private outcomes = 0;
  private readonly keys: Placed[] = [];
  private readonly leftOut: Row[] = [];

  constructor(private readonly table: Table) {
    this.captions = captionsOf(table, (row) => this.headerOf(row));
  }

  run(): TableWalk {
    const { rows } = this.table;
    rows.forEach((row, index) => {
      const before = rows[index - 1];
      const isAfterGap = before !== undefined && row.number > before.number + 1;
      this.step(row, isAfterGap, rows[index + 1], index);
    });
    if (this.outcomes > 0) {
      const message = `${this.outcomes} rows name an outcome or objective and no action: they were not counted as actions.`;
      this.problems.push(problem('note', placeOf(this.table), message));
    }
    const { table, headers, groups, actions, lines, totals, redList } = this;
    const problems = [...this.problems, ...this.keyNotes(), ...this.leftOutNotes()];
    return { table, headers, groups, actions, lines, totals, redList, problems };
  }

  private step(row: Row, isAfterGap: boolean, next: Row | undefined, index: number): void {
    if (isSeparator(row)) return;
    if (isAfterGap && (this.mode === 'aside' || this.mode === 'red list'))
      this.mode = this.header ? 'actions' : 'open';
    if (this.takeHeader(row, index) || this.takeTotals(row, index)) return;
    if (isKeyHeader(row)) {
      this.beginKey(row);
      return;
    }
    if (isRedListHeading(row) && !this.isActionRow(row)) {
      this.mode = 'red list';
      return;
    }
    if (this.mode === 'red list' && this.takeRedLine(row)) return;
    if (this.takeGroupHeading(row, next) || this.takeLeadLine(row)) return;
    if (this.takeOtherHeader(row) || this.mode === 'aside') return;
    if (isLegendLine(row) && !this.isActionRow(row)) return;
    if (this.mode === 'actions' && this.header) this.takeActionRow(row, this.header, isAfterGap, next);
    else this.takeLine(row);
  }

  private takeHeader(row: Row, index: number): boolean {
    const isRepeat = this.header !== null && repeatsHeader(row, this.header.headers);
    const header = isRepeat ? null : this.newHeader(row, index);
    if (!isRepeat && !header) return false;
    this.isNewPage = this.last !== null && this.headers.length > 0;
    if (header) {
      this.header = header;
      this.headers.push(header);
    }
    this.mode = 'actions';
    return true;
  }

  private headerOf(row: Row): ColumnMap | null {
    const known = this.headersByRow.get(row);
    if (known !== undefined) return known;
    const header = readHeader(row);
    this.headersByRow.set(row, header);
    return header;
  }

  private newHeader(row: Row, index: number): ColumnMap | null {
    const header = this.headerOf(row);
    if (header) return isOtherTable(row, header) ? null : mendByContent(header, this.rowsBelow(index));
    // Only the first header is told by its cells alone: below it every row of actions looks like more of the same.
    if (
      index >= ROWS_TRIED_BY_SIGHT ||
      this.mode !== 'open' ||
      this.header ||
      readOtherHeader(row) !== null ||
      isKeyHeader(row)
    )
      return null;
    return readHeaderBySight(row, this.rowsBelow(index));
  }

  /** The rows that a header is over: until the next header. */
  private rowsBelow(index: number): Row[] {
    const below = this.table.rows.slice(index + 1, index + 400);
    const end = below.findIndex((row) => this.headerOf(row) !== null);
    const own = end < 0 ? below : below.slice(0, end);
    // Page breaks repeat the header over the same table: where few rows are left the next pages tell more.
    return own.length >= 5 ? own : below.filter((row) => this.headerOf(row) === null);
  }

  private takeTotals(row: Row, index: number): boolean {
    if (!isTotalsRow(row) || this.isActionRow(row)) return false;
    const current = this.totals.at(-1);
    const lastRow = current?.rows.at(-1);
    if (current && lastRow && row.number <= lastRow.number + 1) {
      current.rows.push(row);
      return true;
    }
    const above = this.table.rows[index - 1];
    const header = above && above.number >= row.number - 2 ? above : null;
    this.totals.push({ header, rows: [row], where: placeOf(this.table, row.number) });
    return true;
  }

  private beginKey(row: Row): void {
    this.mode = 'aside';
    const end = this.table.rows.findIndex((other, index) => {
      const before = this.table.rows[index - 1];
      return other.number > row.number && before !== undefined && other.number > before.number + 1;
    });
    const rows = this.table.rows.filter(({ number }) => number > row.number).slice(0, 12);
    const stop = this.table.rows[end]?.number ?? Number.POSITIVE_INFINITY;
    // The column beside the colours is today's; older meanings may stand to its right.
    const text = rows
      .filter(({ number }) => number < stop)
      .map((line) => textAt(line, filledColumns(line).find((at) => at > 0) ?? 0))
      .join(' | ');
    this.keys.push({ text, where: placeOf(this.table, row.number) });
  }

  /** That keys of colours were passed over, and whether they say different things. */
  private keyNotes(): Problem[] {
    const [first] = this.keys;
    if (!first) return [];
    const others = this.keys.filter(({ text }) => sharedWords(text, first.text) < 0.5);
    const note = problem(
      'note',
      first.where,
      `Keys that explain the colours were passed over (${this.keys.length}): the colours mean what Steward’s scale says.`,
    );
    const [other] = others;
    if (!other) return [note];
    return [
      problem(
        'warning',
        other.where,
        `The colours are explained here otherwise than in ${first.where}: agree on one meaning.`,
      ),
      note,
    ];
  }

  private takeRedLine(row: Row): boolean {
    const ref = filledColumns(row).length === 1 ? refOfListLine(row) : null;
    if (ref === null) {
      this.mode = this.header ? 'actions' : 'open';
      return false;
    }
    this.redList.push({ ref, where: placeOf(this.table, row.number) });
    return true;
  }

  private takeGroupHeading(row: Row, next: Row | undefined): boolean {
    const [column] = filledColumns(row);
    if (column === undefined) return false;
    const isInGroupColumn =
      this.mode === 'actions' && (this.header?.columns.get('group') ?? []).includes(column);
    if (isInGroupColumn && filledColumns(row).length > 1 && this.isActionRow(row)) return false;
    const heading = readGroupHeading(row) ?? this.captionHeading(row, next);
    if (!heading || (heading.ref === '' && heading.title === '')) return false;
    this.beginGroup(heading, placeOf(this.table, row.number));
    const leads = leadsInHeading(row);
    if (leads !== null) this.group?.leads.push({ text: leads, where: placeOf(this.table, row.number) });
    if (this.mode === 'aside') this.mode = this.header ? 'actions' : 'open';
    return true;
  }

  /** A line right above a header is a heading where the sheet has a different one above each. */
  private captionHeading(row: Row, next: Row | undefined): GroupHeading | null {
    const columns = filledColumns(row);
    const text = textAt(row, columns[0] ?? 0);
    if (columns.length !== 1 || !next || !this.captions.has(text) || this.headerOf(next) === null)
      return null;
    return splitLeadingRef(text) ?? { ref: '', title: text };
  }

  private beginGroup({ ref, title }: GroupHeading, where: string): void {
    const isSame = (group: GroupDraft): boolean => (ref === '' ? group.title === title : group.ref === ref);
    const known = this.groups.find(isSame);
    if (known) {
      const isContinued = title === '' || /\bcont(?:inued|d|\.)/i.test(title) || title === known.title;
      if (!isContinued && known.title === '') known.title = title;
      else if (!isContinued) {
        this.problems.push(
          problem(
            'warning',
            where,
            `Group ${ref} is printed again with another title, ${quote(title)}: the first was kept.`,
          ),
        );
      }
    }
    this.group = known ?? { ref, title, leads: [], where };
    if (!known) this.groups.push(this.group);
    this.last = null;
    this.isNewPage = false;
  }

  private takeLeadLine(row: Row): boolean {
    if (!this.group || this.isActionRow(row)) return false;
    const leads = readLeadLine(row);
    if (leads === null) return false;
    const [, second] = filledColumns(row);
    this.group.leads.push({ text: leads, where: placeOf(this.table, row.number, second) });
    return true;
  }

  private takeOtherHeader(row: Row): boolean {
    if (this.isActionRow(row)) return false;
    const kind = readOtherHeader(row);
    if (kind === null || filledColumns(row).length < 2) return false;
    const hasManyCells = filledColumns(row).length >= 3 || kind === 'people or abbreviations';
    if (!hasManyCells) return false;
    if (kind !== 'totals') {
      this.problems.push(
        problem(
          'note',
          placeOf(this.table, row.number),
          `A table of ${kind} begins here: it was not read as actions.`,
        ),
      );
    }
    this.mode = 'aside';
    return true;
  }

  private takeLine(row: Row): void {
    const columns = filledColumns(row);
    if (columns.length <= 2)
      this.lines.push({
        text: columns.map((column) => textAt(row, column)).join(' '),
        where: placeOf(this.table, row.number),
      });
  }

  /** Whether a row of the action table names an action: its ref cell holds a ref. */
  private isActionRow(row: Row): boolean {
    if (this.mode !== 'actions' || !this.header) return false;
    const column = this.header.columns.get('ref')?.[0];
    if (column === undefined) return filledColumns(row).length > 3;
    const text = textAt(row, column);
    return readRef(text) !== null && readGroupText(text) === null && filledColumns(row).length > 1;
  }

  private takeActionRow(row: Row, header: ColumnMap, isAfterGap: boolean, next: Row | undefined): void {
    const columns = filledColumns(row).filter(
      (column) => !(header.columns.get('aside') ?? []).includes(column),
    );
    if (columns.length === 0) return;
    if (columns.length === 1 && this.takeSingleCell(row, columns[0] ?? 0, header, isAfterGap, next)) return;
    const refColumn = header.columns.get('ref')?.[0];
    if (refColumn === undefined) this.takeRowWithoutRefColumn(row, header, isAfterGap);
    else this.takeRowWithRefColumn(row, refColumn, header, isAfterGap);
    this.isNewPage = false;
  }

  private takeRowWithRefColumn(row: Row, refColumn: number, header: ColumnMap, isAfterGap: boolean): void {
    const cell = row.cells[refColumn];
    const text = cell?.text ?? '';
    const read = readRef(text);
    if (read) {
      this.beginAction(row, header, read.ref, read.note);
    } else if (this.last && this.belongsToLast(row, cell ?? BLANK_CELL, header, this.last, isAfterGap)) {
      // A bracket alone is the rest of the ref: "3.2.3" above, "[3.1-3.5]" below.
      if (text !== '') this.last.refNote = `${this.last.refNote} ${text}`.trim();
      this.continueAction(row, header, this.last);
    } else if (
      this.evidence(row, header) === 0 &&
      (text !== '' || this.textOf(row, header, 'title') === '')
    ) {
      this.leaveOut(row);
    } else {
      const leading = text === '' || header.columns.has('title') ? null : splitLeadingRef(text);
      this.beginAction(row, header, leading && readRef(leading.ref) ? leading.ref : null, text);
    }
  }

  private belongsToLast(
    row: Row,
    refCell: Cell,
    header: ColumnMap,
    last: ActionDraft,
    isAfterGap: boolean,
  ): boolean {
    if (refCell.text !== '') return /^[[(]/.test(refCell.text);
    return refCell.mergedText !== null || this.isContinuation(row, header, last, isAfterGap);
  }

  private takeRowWithoutRefColumn(row: Row, header: ColumnMap, isAfterGap: boolean): void {
    const title = this.textOf(row, header, 'title');
    if (this.last && this.isContinuation(row, header, this.last, isAfterGap)) {
      this.continueAction(row, header, this.last);
    } else if (title === '') {
      this.leaveOut(row);
    } else {
      this.beginAction(row, header, LEADING_REF.exec(title)?.[1] ?? null, '');
    }
  }

  /** Whether a row without a ref is the rest of the action above: what a page end or a person's own line break parted. */
  private isContinuation(row: Row, header: ColumnMap, last: ActionDraft, isAfterGap: boolean): boolean {
    const title = this.textOf(row, header, 'title');
    const hasStatus = this.textOf(row, header, 'status') !== '' || this.textOf(row, header, 'percent') !== '';
    const startsInMidSentence = /^[\p{Ll}(,;&]/u.test(title);
    if (this.isNewPage) {
      if (title === '' || startsInMidSentence) return true;
      const saysStatus = header.columns.has('status') || header.columns.has('percent');
      return saysStatus ? !hasStatus : this.evidence(row, header) === 0;
    }
    if (isAfterGap) return false;
    if (header.columns.has('title')) return title === '' || (startsInMidSentence && !hasStatus);
    // Without a title only a clash tells: two statuses or two dates are two actions.
    return !ROW_EVIDENCE.some(
      (meaning) => this.textOf(row, header, meaning) !== '' && (last.fields.get(meaning)?.text ?? '') !== '',
    );
  }

  /** A row with one filled cell: an outcome, a heading inside the table, the rest of a sentence, or a stray line. */
  private takeSingleCell(
    row: Row,
    column: number,
    header: ColumnMap,
    isAfterGap: boolean,
    next: Row | undefined,
  ): boolean {
    const text = textAt(row, column);
    const isRefColumn = header.columns.get('ref')?.[0] === column;
    const isTitleColumn = header.columns.get('title')?.[0] === column;
    if (isRefColumn && readRef(text) !== null) return false;
    if (isRefColumn && /^[[(]/.test(text)) return false;
    if (next && this.headerOf(next) !== null && (!isTitleColumn || isAfterGap)) return true;
    const leading = splitLeadingRef(text);
    const isOutcome = leading !== null && /\./.test(leading.ref) && (isRefColumn || !isTitleColumn);
    if (isOutcome) {
      this.outcomes += 1;
      this.last = null;
      this.isNewPage = false;
      return true;
    }
    if (isTitleColumn && !isRefColumn && (this.isNewPage || (!isAfterGap && header.columns.has('ref'))))
      return false;
    const leadsOn =
      next !== undefined && !FOOTER.test(text) && (this.isActionRow(next) || readLeadLine(next) !== null);
    const isFirstColumn = column <= Math.min(...[...header.columns.values()].flat());
    if (leadsOn && text.length <= 200 && (isRefColumn || isFirstColumn || (isTitleColumn && isAfterGap))) {
      this.beginGroup(leading ?? { ref: '', title: text }, placeOf(this.table, row.number));
      return true;
    }
    if (isAfterGap || FOOTER.test(text) || isRefColumn) {
      this.leaveOut(row);
      return true;
    }
    return false;
  }

  private beginAction(row: Row, header: ColumnMap, ref: string | null, refNote: string): void {
    const action: ActionDraft = {
      where: placeOf(this.table, row.number),
      ref,
      refNote,
      fields: new Map(),
      group: this.group,
      header,
    };
    for (const [meaning, field] of this.fieldsOf(row, header, true)) action.fields.set(meaning, field);
    this.actions.push(action);
    this.last = action;
  }

  private continueAction(row: Row, header: ColumnMap, last: ActionDraft): void {
    for (const [meaning, field] of this.fieldsOf(row, header, false)) {
      const before = last.fields.get(meaning);
      last.fields.set(
        meaning,
        before ? { ...before, text: joinTexts(before.text, field.text, meaning) } : field,
      );
    }
  }

  private leaveOut(row: Row): void {
    this.leftOut.push(row);
  }

  /** One note for each stretch of rows that fit no action. */
  private leftOutNotes(): Problem[] {
    const stretches: Row[][] = [];
    for (const row of this.leftOut) {
      const stretch = stretches.at(-1);
      const before = stretch?.at(-1);
      if (stretch && before && row.number <= before.number + 2) stretch.push(row);
      else stretches.push([row]);
    }
    return stretches.flatMap((stretch) => {
      const [first] = stretch;
      if (!first) return [];
      const text = quote(
        filledColumns(first)
          .map((column) => textAt(first, column))
          .join(' | '),
      );
      const message =
        stretch.length === 1
          ? `The row fits no action and was left out: ${text}.`
          : `${stretch.length} rows from here on fit no action and were left out; the first says ${text}.`;
      return [problem('note', placeOf(this.table, first.number), message)];
    });
  }

  /** A row's cells by meaning; several columns of one meaning are joined. `withMerged` counts what was merged from above. */
  private fieldsOf(row: Row, header: ColumnMap, withMerged: boolean): [Meaning, RawField][] {
    const fields: [Meaning, RawField][] = [];
    for (const [meaning, columns] of header.columns) {
      if (meaning === 'ref' || meaning === 'aside') continue;
      const filled = columns.flatMap((column) => {
        const cell = row.cells[column];
        const text = cell ? cell.text || (withMerged && cell.mergedText) || '' : '';
        return cell && (text !== '' || cell.fill !== null) ? [{ column, cell, text }] : [];
      });
      const [first] = filled;
      if (!first) continue;
      const text = filled
        .map((one) => one.text)
        .filter((one) => one !== '')
        .join(meaning === 'lead' ? '; ' : '\n');
      fields.push([
        meaning,
        { text, cell: first.cell, where: placeOf(this.table, row.number, first.column) },
      ]);
    }
    return fields;
  }

  private textOf(row: Row, header: ColumnMap, meaning: Meaning): string {
    return (header.columns.get(meaning) ?? []).map((column) => textAt(row, column)).join('');
  }

  private evidence(row: Row, header: ColumnMap): number {
    return ROW_EVIDENCE.filter((meaning) => this.textOf(row, header, meaning) !== '').length;
  }
}

/** A ref that a title begins with, in a table without a column of refs: `1.2 Do it`, `A1. Do it`. */
const LEADING_REF = /^([A-Z]{0,4}\d{1,3}(?:\.\d{1,3})+[a-z]?|[A-Z]{0,4}\d{1,3}(?=[.):]))[.):]?\s+\S/;

/** What stands below a table and belongs to no action. */
const FOOTER =
  /^(?:totals?\b|last (?:updated|reviewed)|updated\b|printed|page \d|notes?:|source|prepared by|version|end of|\*)/i;
/** What a line above a header says of the whole paper, not of a group. */
const PAPER =
  /\b(?:action plan|tracker|progress report|highlight report|update|dashboard|september|version)\b/i;

/** Lines right above headers, where a sheet has several different ones: these head its groups. */
function captionsOf(table: Table, headerOf: (row: Row) => ColumnMap | null): ReadonlySet<string> {
  const captions = table.rows.flatMap((row, index) => {
    const next = table.rows[index + 1];
    const columns = filledColumns(row);
    const text = textAt(row, columns[0] ?? 0);
    const above = table.rows[index - 1];
    const isAlone = !above || above.number < row.number - 1 || filledColumns(above).length > 1;
    const isAbove = next !== undefined && next.number === row.number + 1 && headerOf(next) !== null;
    const isLine =
      columns.length === 1 && isAlone && isAbove && text.length <= 200 && !/^[•-]|^\d+\.\d/.test(text);
    return isLine && !PAPER.test(text) ? [text] : [];
  });
  const isDifferent = new Set(captions).size === captions.length;
  return new Set(captions.length >= 2 && isDifferent ? captions : []);
}

/** A header of measures, risks or business as usual can look like one of actions: its own words decide. */
function isOtherTable(row: Row, header: ColumnMap): boolean {
  const kind = readOtherHeader(row);
  if (kind === null || kind === 'totals' || kind === 'people or abbreviations') return false;
  if (kind === 'business as usual') return true;
  const titles = (header.columns.get('title') ?? []).map((column) =>
    foldHeader(header.headers.get(column) ?? ''),
  );
  const refs = (header.columns.get('ref') ?? []).map((column) =>
    foldHeader(header.headers.get(column) ?? ''),
  );
  return ![...titles, ...refs].some((text) =>
    /\b(?:actions?|tasks?|activit(?:y|ies)|what|milestones?|deliverables?)\b/.test(text),
  );
}

/** Share of the words of two texts that stand in both. */
function sharedWords(a: string, b: string): number {
  const left = new Set(foldHeader(a).split(' '));
  const right = new Set(foldHeader(b).split(' '));
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / (left.size + right.size - shared);
}

/** Joins what a page end parted: within a sentence by a space, whole sentences by a line. */
function joinTexts(before: string, after: string, meaning: Meaning): string {
  if (before === '' || after === '') return before + after;
  if (meaning === 'lead' || meaning === 'coLead') return joinLeads(before, after);
  const isSentenceEnd = /[.!?:;]$/.test(before) && /^[\p{Lu}\d•-]/u.test(after);
  return isSentenceEnd && meaning !== 'planned' && meaning !== 'revised'
    ? `${before}\n${after}`
    : `${before} ${after}`;
}

/** A post's last word: what follows it in the next cell is another lead. */
const POST_END =
  /\b(?:psychologist|manager|officer|board|forum|director|coordinator|commissioner|headteacher)$/i;

function joinLeads(before: string, after: string): string {
  const open = (text: string): number => text.split(/[[(]/).length - text.split(/[\])]/).length;
  // "(Head of Education)" above "Improvement)": the bracket was closed too early, at the page's end.
  if (open(before) === 0 && open(after) < 0 && before.endsWith(')')) return `${before.slice(0, -1)} ${after}`;
  const isWhole = (/[)\]]$/.test(before) && !/^[)\],;]/.test(after)) || POST_END.test(before);
  return isWhole && open(before) === 0 ? `${before}; ${after}` : `${before} ${after}`;
}
