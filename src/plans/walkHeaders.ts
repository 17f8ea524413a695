import { readDate } from '../domain/targetDate';
import { type ColumnMap, readHeader } from './columns';
import { beginsLikeAction } from './continuation';
import { foldHeader, type Meaning } from './headerWords';
import { findHeadings, type Headings, isArchive, isDoneOrLog } from './headings';
import { kindOfLabel, type LabelKind } from './labels';
import { readStatusText } from './readStatusText';
import {
  isKeyHeader,
  isTotalsRow,
  readAnyGroupText,
  readGroupHeading,
  readLeadLine,
  readOutcomeLine,
  repeatsHeader,
  splitLeadingRef,
} from './rowKinds';
import { kindOfCells, kindOfHeader } from './sections';
import { joinHeaderRows, mendByContent, readHeaderBySight } from './sniffColumns';
import { filledColumns, placeOf, problem, quote, type Row, type Table, textAt } from './tables';
import { isSameGroup, WalkState, wordsOf } from './walkState';

/** A header whose words tell nothing stands near the top, or is not looked for. */
const ROWS_TRIED_BY_SIGHT = 100;

/** A heading of actions that are done, or still to do. */
const HOW_FAR =
  /^(?:(?:recently|previously|actions?) )*(?:completed|closed|delivered|open|outstanding|remaining|live|current|new|ongoing)\b(?:.{0,30}\b(?:actions?|report|board|meeting|month|quarter|period)s?)?$/i;

/** Finds the headers wherever they stand, and says where one table ends and another begins. */
export abstract class HeaderWalk extends WalkState {
  protected readonly headings: Headings;
  /** Each row is asked more than once whether it is a header. */
  protected readonly headersByRow = new Map<Row, ColumnMap | null>();
  private hasMain: boolean | null = null;

  constructor(table: Table) {
    super(table);
    const places = new Map(table.rows.map((row, index) => [row, index]));
    this.headings = findHeadings(
      table,
      (row) =>
        (this.headerOf(row) !== null && !this.isOther(row)) ||
        (this.beginsTable(row) && this.looksLikeHeader(row, places.get(row) ?? 0)),
    );
  }

  /** What a stretch of blank rows, or the end of a Word table, leaves behind. */
  protected leaveTable(row: Row, index: number): void {
    if (this.mode === 'aside' || this.mode === 'red list' || this.mode === 'section') {
      if (this.mode !== 'section' || !this.goesOn(row)) this.mode = this.header ? 'actions' : 'open';
      else this.isNewPage = true;
    }
    const place = this.table.places?.get(row.number);
    if (!place || place.table === null || !this.beginsTable(row)) return;
    if (this.mode === 'actions') this.enterWordTable(row, index, place.width);
    else if (this.mode === 'open') this.takeByCells(row, index);
  }

  /** A Word table without a header right below one of actions goes on with it where it is as wide; else it is another one. */
  protected enterWordTable(row: Row, index: number, width: number): void {
    const isHeader = this.headerOf(row) !== null || kindOfHeader(row, this.label) !== null;
    if (isHeader && !this.isTail(row)) return;
    const isHeading = readGroupHeading(row) !== null || readLeadLine(row) !== null || isKeyHeader(row);
    if (isHeading || isTotalsRow(row)) return;
    if (width === this.headerWidth && this.mayGoOn(index)) {
      this.isNewPage = this.last !== null;
      return;
    }
    if (this.takeByCells(row, index)) return;
    if (kindOfLabel(textAt(row, filledColumns(row)[0] ?? 0)) !== null) return;
    this.mode = 'open';
    this.header = null;
    this.last = null;
  }

  /** Below a heading of its own a table goes on with the actions above only where most of its rows read as such. */
  protected mayGoOn(index: number): boolean {
    const before = this.table.rows[index - 1];
    if (before === undefined || !this.isHeadingLine(before)) return true;
    const rows = this.tableRows(index);
    return rows.filter((one) => this.readsAsAction(one)).length >= rows.length / 2;
  }

  /**
   * A table under "Completed actions (archive)" or "Engagement log" can look like one of actions: by its heading it stands beside the plan,
   * as long as there are actions elsewhere. It is passed over whole, and that is said.
   */
  protected takeBeside(row: Row, index: number): boolean {
    if (!this.beginsTable(row)) return false;
    const heading = this.besideHeading(row, index);
    if (heading === null || !this.hasActionsElsewhere()) return false;
    const rows = this.tableRows(index);
    for (const one of rows) this.taken.add(one);
    const message = `The table under ${quote(heading)} (${rows.length} rows) was not read: by its heading it holds no actions to be asked for.`;
    this.problems.push(problem('note', placeOf(this.table, row.number), message));
    return true;
  }

  private besideHeading(row: Row, index: number): string | null {
    const above = this.table.rows[index - 1];
    const caption = above && this.isLine(above) ? textAt(above, 0) : '';
    const heading = this.table.places?.get(row.number)?.heading ?? '';
    const isBeside = (text: string): boolean => isArchive(text) || (this.group === null && isDoneOrLog(text));
    return [caption, heading].find(isBeside) ?? null;
  }

  private hasActionsElsewhere(): boolean {
    this.hasMain ??= this.table.rows.some(
      (row, index) =>
        this.headerOf(row) !== null && !this.isOther(row) && this.besideHeading(row, index) === null,
    );
    return this.hasMain;
  }

  /** Whether a table's first row after a page end still belongs to the section above it. */
  protected goesOn(row: Row): boolean {
    const { section } = this;
    if (!section || this.isLine(row)) return false;
    if (section.header && repeatsHeader(row, textsOf(section.header))) return true;
    const width = (one: Row): number => this.table.places?.get(one.number)?.width ?? one.cells.length;
    const above = section.header ?? section.rows.at(-1)?.row;
    return (
      this.table.places !== undefined &&
      above !== undefined &&
      width(above) === width(row) &&
      kindOfHeader(row) === null &&
      this.headerOf(row) === null &&
      readGroupHeading(row) === null
    );
  }

  /** Begins a section at a table that has no header, where its cells tell what it is of. */
  protected takeByCells(row: Row, index: number): boolean {
    if (this.headerOf(row) !== null || kindOfHeader(row, this.label) !== null) return false;
    if (readGroupHeading(row) !== null || isKeyHeader(row) || isTotalsRow(row)) return false;
    const own = this.tableRows(index);
    const kind = kindOfCells(own, this.label);
    if (kind === null) return false;
    this.beginSection(kind, null, placeOf(this.table, row.number));
    return true;
  }

  protected takeHeader(row: Row, index: number): boolean {
    const { section } = this;
    // The same header under the heading of another group begins that group's own table.
    const isOfGroup = section !== null && section.group === this.group;
    if (
      isOfGroup &&
      section.header &&
      this.mode !== 'actions' &&
      repeatsHeader(row, textsOf(section.header))
    ) {
      this.mode = 'section';
      this.isNewPage = true;
      return true;
    }
    const isRepeat = this.header !== null && repeatsHeader(row, this.header.headers);
    if (isRepeat) this.takeLowerHeader(row, index);
    const header = isRepeat ? null : this.newHeader(row, index);
    if (!isRepeat && !header) return this.takeOtherHeader(row);
    this.isNewPage = this.last !== null && this.headers.length > 0;
    if (header) {
      this.header = header;
      this.headers.push(header);
    }
    this.headerWidth = this.table.places?.get(row.number)?.width ?? 0;
    this.headerTable = this.table.places?.get(row.number)?.table ?? null;
    this.mode = 'actions';
    this.section = null;
    this.list = null;
    this.label = null;
    this.beginHeadingGroup(row);
    return true;
  }

  /** Whether a row further down a table of actions has few of its columns filled, as the tail of a row has and no header. */
  protected isTail(row: Row): boolean {
    const isWithin =
      this.mode === 'actions' &&
      this.header !== null &&
      (!this.beginsStretch(row) || this.continuesActions(row));
    return isWithin && filledColumns(row).length < (this.header?.headers.size ?? 0) / 2;
  }

  /** Where a header of two rows is printed again, its second row is too. */
  protected takeLowerHeader(row: Row, index: number): void {
    const below = this.table.rows[index + 1];
    const joined = below ? joinHeaderRows(row, below) : null;
    if (below && joined && this.header && repeatsHeader(joined, this.header.headers)) this.taken.add(below);
  }

  /** The Word headings above an action table name its group and its outcome. */
  protected beginHeadingGroup(row: Row): void {
    const path = this.headings.above.get(row.number);
    if (!path) return;
    const [group, outcome] = path;
    // "Recommendation 1 | Its title" in the table below "Immediate actions": what has a number of its own is the group.
    const isNumberedBelow =
      group !== undefined && this.group !== null && this.group.ref !== '' && this.groupRow > group.number;
    if (isNumberedBelow && readAnyGroupText(textAt(group, 0)) === null) return;
    if (group && this.group?.where !== placeOf(this.table, group.number)) {
      const text = textAt(group, 0);
      const heading = readAnyGroupText(text) ?? splitLeadingRef(text) ?? { ref: '', title: text };
      const where = placeOf(this.table, group.number);
      const isKnown = this.group !== null && isSameGroup(this.group, heading);
      if (!isKnown) this.beginGroup(heading, where);
      this.groupLevel = this.table.places?.get(group.number)?.level ?? null;
    }
    const text = outcome ? textAt(outcome, 0) : '';
    // "Completed since the last report" says how far its actions are, not what they are to reach.
    if (outcome && !HOW_FAR.test(text))
      this.beginOutcome(readOutcomeLine(text) ?? text, placeOf(this.table, outcome.number));
  }

  protected headerOf(row: Row): ColumnMap | null {
    const known = this.headersByRow.get(row);
    if (known !== undefined) return known;
    const header = this.isLine(row) ? null : readHeader(row);
    this.headersByRow.set(row, header);
    return header;
  }

  protected isOther(row: Row): boolean {
    const header = this.headerOf(row);
    return header !== null && isOtherTable(row, header, this.label);
  }

  protected newHeader(row: Row, index: number): ColumnMap | null {
    if (this.isLine(row) || this.isNumbered(row) || this.isTail(row) || this.readsAsAction(row)) return null;
    // "Rating | Number of actions" over figures.
    const own = this.beginsTable(row) ? this.tableRows(index).slice(1) : [];
    if (own.length > 0 && own.every(isTotalsRow)) return null;
    const below = this.table.rows[index + 1];
    // A fact of the group above a header that is whole is no part of it.
    const isWhole = below !== undefined && this.headerOf(row) === null && this.headerOf(below) !== null;
    const joined = below && !isWhole ? joinHeaderRows(row, below) : null;
    const header = (joined && readHeader(joined)) ?? this.headerOf(row);
    if (header) {
      if (isOtherTable(joined ?? row, header, this.label)) return null;
      if (joined && below) this.taken.add(below);
      const rows = this.rowsBelow(index);
      return mendByContent(header, joined ? rows.filter((one) => one !== below) : rows);
    }
    // Below a first header every row of actions looks like more of the same: only a Word table says where it begins.
    const canBeHeader = this.beginsTable(row)
      ? this.mode !== 'section' && this.hasRows(row, index) && !this.continuesActions(row)
      : index < ROWS_TRIED_BY_SIGHT && this.mode === 'open' && !this.header;
    if (!canBeHeader || kindOfHeader(row, this.label) !== null || isKeyHeader(row)) return null;
    const bySight = readHeaderBySight(row, this.rowsBelow(index));
    // Beside tables that say who does what, one that names nobody and has no refs is about something else.
    const isOfActions = bySight?.columns.has('lead') || bySight?.columns.has('ref');
    return isOfActions || this.actions.length === 0 ? bySight : null;
  }

  /** Whether the first row of a Word table is a header by what stands below it, though its words tell too little. */
  protected looksLikeHeader(row: Row, index: number): boolean {
    const own = this.tableRows(index);
    if (
      !this.hasRows(row, index) ||
      kindOfHeader(row) !== null ||
      isKeyHeader(row) ||
      kindOfCells(own, null) !== null
    )
      return false;
    return readHeaderBySight(row, this.rowsBelow(index)) !== null;
  }

  /** Enough rows to tell by, in its own table or below the same header on other pages. */
  protected hasRows(row: Row, index: number): boolean {
    return this.tableRows(index).length >= 3 || this.repeatedTops.has(wordsOf(row));
  }

  /** The rows that a header is over: until the next header. */
  protected rowsBelow(index: number): Row[] {
    const widthOf = (row: Row | undefined): number | undefined =>
      row && this.table.places?.get(row.number)?.width;
    const width = widthOf(this.table.rows[index]);
    const top = this.table.rows[index];
    const words = top && this.repeatedTops.has(wordsOf(top)) ? wordsOf(top) : null;
    const below = this.table.rows
      .slice(index + 1, index + 400)
      .filter((row) => !this.isLine(row) && widthOf(row) === width && wordsOf(row) !== words);
    const end = below.findIndex((row) => this.headerOf(row) !== null);
    const own = end < 0 ? below : below.slice(0, end);
    // Page breaks repeat the header over the same table: where few rows are left the next pages tell more.
    return own.length >= 5 ? own : below.filter((row) => this.headerOf(row) === null);
  }

  protected takeOtherHeader(row: Row): boolean {
    if (this.isLine(row) || (this.isActionRow(row) && !this.beginsStretch(row))) return false;
    const kind = kindOfHeader(row, this.label);
    if (kind === null) return false;
    const hasManyCells =
      filledColumns(row).length >= 3 ||
      kind === 'people' ||
      kind === 'recommendations' ||
      kind === 'measures' ||
      kind === 'assurance';
    if (!hasManyCells) return false;
    if (kind === 'totals') {
      this.mode = 'aside';
      return true;
    }
    this.beginSection(kind, row, placeOf(this.table, row.number));
    return true;
  }

  /** Whether a row reads as an action under the header above it: a date, a colour, or a status beside words that an action begins with. */
  protected readsAsAction(row: Row): boolean {
    const { header } = this;
    if (this.mode !== 'actions' || !header || (this.beginsTable(row) && !this.continuesActions(row)))
      return false;
    const isDate = (meaning: Meaning): boolean => {
      const text = this.textOf(row, header, meaning);
      return text.length <= 60 && /\d/.test(text) && readDate(text).date?.due != null;
    };
    if (isDate('planned') || isDate('revised')) return true;
    const status = this.textOf(row, header, 'status') || this.textOf(row, header, 'narrativeAndStatus');
    const { how } = readStatusText(status);
    return how === 'plain' || (how === 'word' && beginsLikeAction(this.textOf(row, header, 'title')));
  }
}

function textsOf(header: Row): ReadonlyMap<number, string> {
  return new Map(filledColumns(header).map((column) => [column, textAt(header, column)]));
}

/** A header of measures, risks or business as usual can look like one of actions: its own words decide. */
function isOtherTable(row: Row, header: ColumnMap, label: LabelKind | null): boolean {
  const kind = kindOfHeader(row, label);
  if (kind === null || kind === 'totals') return false;
  if (kind === 'assurance' || kind === 'measures' || kind === 'recommendations') return true;
  if (kind === 'people') return !header.columns.has('title') || !header.columns.has('status');
  const texts = (meaning: Meaning): string[] =>
    (header.columns.get(meaning) ?? []).map((column) => foldHeader(header.headers.get(column) ?? ''));
  return ![...texts('title'), ...texts('ref')].some((text) =>
    /\b(?:actions?|tasks?|activit(?:y|ies)|what|milestones?|deliverables?)\b/.test(text),
  );
}
