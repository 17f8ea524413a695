import { readDate } from '../domain/targetDate';
import type { Problem } from '../domain/understood';
import { readRef } from './actionRefs';
import { type ColumnMap, foldHeader, type Meaning, readHeader } from './columns';
import { beginsLikeAction, beginsMidPhrase, endsMidPhrase, joinTexts, splitTail } from './continuation';
import { findHeadings, type Headings } from './headings';
import { itemsOf, kindOfLabel, type LabelKind, readLabel } from './labels';
import type {
  Placed,
  RawAction,
  RawField,
  RawGroup,
  RawItem,
  RawMeaning,
  RawMilestone,
  RawOutcome,
  RawSection,
  RawStep,
  SectionKind,
  SectionRow,
  TableWalk,
} from './rawPlan';
import { readStatusText } from './readStatusText';
import {
  type GroupHeading,
  isKeyHeader,
  isLegendLine,
  isRedListHeading,
  isSeparator,
  isTotalsRow,
  leadsInHeading,
  ROW_EVIDENCE,
  readAnyGroupText,
  readGroupHeading,
  readGroupText,
  readLeadLine,
  refOfListLine,
  repeatsHeader,
  splitLeadingRef,
} from './rowKinds';
import { kindOfCells, kindOfHeader } from './sections';
import { joinHeaderRows, mendByContent, readHeaderBySight } from './sniffColumns';
import {
  BLANK_CELL,
  type Cell,
  filledColumns,
  placeOf,
  problem,
  quote,
  type Row,
  shortPlace,
  type Table,
  textAt,
} from './tables';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface GroupDraft extends Omit<Mutable<RawGroup>, 'leads' | 'narrative'> {
  leads: Placed[];
  narrative: string[];
}
interface OutcomeDraft extends Omit<Mutable<RawOutcome>, 'group'> {
  group: GroupDraft | null;
}
interface ActionDraft
  extends Omit<Mutable<RawAction>, 'fields' | 'group' | 'outcome' | 'steps' | 'milestones'> {
  fields: Map<Meaning, RawField>;
  group: GroupDraft | null;
  outcome: OutcomeDraft | null;
  steps: RawStep[];
  milestones: RawMilestone[];
}
interface SectionDraft extends Omit<Mutable<RawSection>, 'rows'> {
  rows: SectionRow[];
}

/** What the rows are being read as: nothing yet, actions, a table of another kind, one that is passed over, red actions. */
type Mode = 'open' | 'actions' | 'section' | 'aside' | 'red list';

/** What the lines under a label are: "Outcomes:". */
type ListKind = Exclude<LabelKind, 'other'>;

/** A header whose words tell nothing stands near the top, or is not looked for. */
const ROWS_TRIED_BY_SIGHT = 100;
/** Lines as long as this are an outcome's or a heading's at most; longer ones are prose. */
const LONGEST_TITLE = 400;

/** Reads one table from top to bottom: finds its headers wherever they stand, its groups, and the rows of each action. */
export function walkTable(table: Table): TableWalk {
  return new Walk(table).run();
}

/** Where the reading of one table stands. It lives for one call of {@link walkTable}. */
class Walk {
  private readonly headers: ColumnMap[] = [];
  private readonly groups: GroupDraft[] = [];
  private readonly outcomes: OutcomeDraft[] = [];
  private readonly actions: ActionDraft[] = [];
  private readonly sections: SectionDraft[] = [];
  private readonly items: RawItem[] = [];
  private readonly lines: Placed[] = [];
  private readonly totals: { header: Row | null; rows: Row[]; where: string }[] = [];
  private readonly redList: { ref: string; where: string }[] = [];
  private readonly meanings: RawMeaning[] = [];
  private readonly problems: Problem[] = [];
  private readonly headings: Headings;
  /** Each row is asked more than once whether it is a header. */
  private readonly headersByRow = new Map<Row, ColumnMap | null>();
  /** Rows that were read with the row above them: the second half of a header of two rows, the title below a group's label. */
  private readonly taken = new Set<Row>();
  /** By the number of each row, the number of the first row of its stretch without a gap. */
  private readonly stretches: ReadonlyMap<number, number>;

  private mode: Mode = 'open';
  private header: ColumnMap | null = null;
  private headerWidth = 0;
  private section: SectionDraft | null = null;
  private group: GroupDraft | null = null;
  /** The level of the Word heading that names the group; null where no such heading does. */
  private groupLevel: number | null = null;
  private outcome: OutcomeDraft | null = null;
  /** The list that lines belong to; null under no label. */
  private list: ListKind | null = null;
  /** What the last label said, for the table that follows it. */
  private label: LabelKind | null = null;
  /** The action that a next row may continue; null after a heading. */
  private last: ActionDraft | null = null;
  /** Whether the header has just been printed again, as at the top of a page. */
  private isNewPage = false;
  private readonly keys: Placed[] = [];
  private readonly leftOut: Row[] = [];
  private readonly unread = new Map<string, Row[]>();

  /** First rows of Word tables that stand above more than one of them, word for word: what a page's top repeats. */
  private readonly repeatedTops: ReadonlySet<string>;

  constructor(private readonly table: Table) {
    this.stretches = stretchesOf(table);
    const tops = table.rows.filter((row) => this.beginsTable(row)).map(wordsOf);
    this.repeatedTops = new Set(tops.filter((top, index) => top !== '' && tops.indexOf(top) !== index));
    const places = new Map(table.rows.map((row, index) => [row, index]));
    this.headings = findHeadings(
      table,
      (row) =>
        (this.headerOf(row) !== null && !this.isOther(row)) ||
        (this.beginsTable(row) && this.looksLikeHeader(row, places.get(row) ?? 0)),
    );
  }

  run(): TableWalk {
    const { rows } = this.table;
    rows.forEach((row, index) => {
      const before = rows[index - 1];
      const isAfterGap = before !== undefined && row.number > before.number + 1;
      this.step(row, isAfterGap, rows[index + 1], index);
    });
    const problems = [...this.problems, ...this.keyNotes(), ...this.leftOutNotes(), ...this.unreadNotes()];
    const { table, headers, groups, outcomes, actions, sections, items, lines, totals, redList, meanings } =
      this;
    return {
      table,
      headers,
      groups,
      outcomes,
      actions,
      sections,
      items,
      lines,
      totals,
      redList,
      meanings,
      problems,
    };
  }

  private step(row: Row, isAfterGap: boolean, next: Row | undefined, index: number): void {
    if (isSeparator(row) || this.taken.has(row) || this.headings.running.has(row.number)) return;
    if (isAfterGap || this.beginsTable(row)) this.leaveTable(row, index);
    this.leaveGroup(row);
    if (this.takeHeader(row, index) || this.takeTotals(row, index)) return;
    if (isKeyHeader(row) && !this.isActionRow(row)) {
      this.beginKey(row);
      return;
    }
    if (isRedListHeading(row) && !this.isActionRow(row)) {
      this.mode = 'red list';
      return;
    }
    if (this.mode === 'red list' && this.takeRedLine(row)) return;
    if (this.takeFinding(row) || this.takeOutcomeLine(row)) return;
    if (this.takeGroupHeading(row, next) || this.takeLeadLine(row) || this.takeLabel(row, isAfterGap)) return;
    if (this.list === 'glossary' && filledColumns(row).length >= 2 && !this.isActionRow(row))
      this.beginSection('people', null, placeOf(this.table, row.number));
    if (this.mode === 'section') {
      this.takeSectionRow(row);
      return;
    }
    if (this.takeListLine(row) || this.mode === 'aside') return;
    if (isLegendLine(row) && !this.isActionRow(row)) return;
    if (this.mode === 'actions' && this.header && !this.isLine(row))
      this.takeActionRow(row, this.header, isAfterGap, next);
    else this.takeLine(row);
  }

  /** A Word heading of the group's own level or above ends the group. */
  private leaveGroup(row: Row): void {
    const level = this.table.places?.get(row.number)?.level ?? null;
    const isHeading = this.isLine(row) && level !== null && level <= 6;
    if (!isHeading || this.groupLevel === null || level > this.groupLevel) return;
    this.group = null;
    this.outcome = null;
    this.groupLevel = null;
    this.last = null;
  }

  /** Whether a row is a paragraph of a document, which no table holds. */
  private isLine(row: Row): boolean {
    return this.table.places?.get(row.number)?.table === null;
  }

  private beginsTable(row: Row): boolean {
    const place = this.table.places?.get(row.number);
    const before = this.table.places?.get(row.number - 1);
    return place !== undefined && place.table !== null && before?.table !== place.table;
  }

  /** Whether nothing stands right above a row: blank rows, or the end of another table. */
  private beginsStretch(row: Row): boolean {
    return this.stretches.get(row.number) === row.number || this.beginsTable(row);
  }

  /** What a stretch of blank rows, or the end of a Word table, leaves behind. */
  private leaveTable(row: Row, index: number): void {
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
  private enterWordTable(row: Row, index: number, width: number): void {
    if (this.headerOf(row) !== null || kindOfHeader(row, this.label) !== null) return;
    const isHeading = readGroupHeading(row) !== null || readLeadLine(row) !== null || isKeyHeader(row);
    if (isHeading || isTotalsRow(row)) return;
    if (width === this.headerWidth) {
      this.isNewPage = this.last !== null;
      return;
    }
    if (this.takeByCells(row, index)) return;
    if (kindOfLabel(textAt(row, filledColumns(row)[0] ?? 0)) !== null) return;
    this.mode = 'open';
    this.header = null;
    this.last = null;
  }

  /** Whether a table's first row after a page end still belongs to the section above it. */
  private goesOn(row: Row): boolean {
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
  private takeByCells(row: Row, index: number): boolean {
    if (this.headerOf(row) !== null || kindOfHeader(row, this.label) !== null) return false;
    if (readGroupHeading(row) !== null || isKeyHeader(row) || isTotalsRow(row)) return false;
    const own = this.tableRows(index);
    const kind = kindOfCells(own, this.label);
    if (kind === null) return false;
    this.beginSection(kind, null, placeOf(this.table, row.number));
    return true;
  }

  /** The rows of the Word table that begins here. */
  private tableRows(index: number): Row[] {
    const first = this.table.rows[index];
    const table = first && this.table.places?.get(first.number)?.table;
    if (table === undefined || table === null) return [];
    const rest = this.table.rows.slice(index, index + 400);
    const end = rest.findIndex((row) => this.table.places?.get(row.number)?.table !== table);
    return end < 0 ? rest : rest.slice(0, end);
  }

  private takeHeader(row: Row, index: number): boolean {
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
    const header = isRepeat ? null : this.newHeader(row, index);
    if (!isRepeat && !header) return this.takeOtherHeader(row);
    this.isNewPage = this.last !== null && this.headers.length > 0;
    if (header) {
      this.header = header;
      this.headers.push(header);
    }
    this.headerWidth = this.table.places?.get(row.number)?.width ?? 0;
    this.mode = 'actions';
    this.section = null;
    this.list = null;
    this.label = null;
    this.beginHeadingGroup(row);
    return true;
  }

  /** The Word headings above an action table name its group and its outcome. */
  private beginHeadingGroup(row: Row): void {
    const path = this.headings.above.get(row.number);
    if (!path) return;
    const [group, outcome] = path;
    if (group && this.group?.where !== placeOf(this.table, group.number)) {
      const text = textAt(group, 0);
      const heading = readAnyGroupText(text) ?? splitLeadingRef(text) ?? { ref: '', title: text };
      const where = placeOf(this.table, group.number);
      const isKnown = this.group !== null && isSameGroup(this.group, heading);
      if (!isKnown) this.beginGroup(heading, where);
      this.groupLevel = this.table.places?.get(group.number)?.level ?? null;
    }
    if (outcome) this.beginOutcome(textAt(outcome, 0), placeOf(this.table, outcome.number));
  }

  private headerOf(row: Row): ColumnMap | null {
    const known = this.headersByRow.get(row);
    if (known !== undefined) return known;
    const header = this.isLine(row) ? null : readHeader(row);
    this.headersByRow.set(row, header);
    return header;
  }

  private isOther(row: Row): boolean {
    const header = this.headerOf(row);
    return header !== null && isOtherTable(row, header, this.label);
  }

  private newHeader(row: Row, index: number): ColumnMap | null {
    if (this.isLine(row) || this.isNumbered(row) || this.readsAsAction(row)) return null;
    const below = this.table.rows[index + 1];
    const joined = below ? joinHeaderRows(row, below) : null;
    const header = (joined && readHeader(joined)) ?? this.headerOf(row);
    if (header) {
      if (isOtherTable(joined ?? row, header, this.label)) return null;
      if (joined && below) this.taken.add(below);
      return mendByContent(header, this.rowsBelow(index));
    }
    // Below a first header every row of actions looks like more of the same: only a Word table says where it begins.
    const canBeHeader = this.beginsTable(row)
      ? this.mode !== 'section' && this.hasRows(row, index) && !this.continuesActions(row)
      : index < ROWS_TRIED_BY_SIGHT && this.mode === 'open' && !this.header;
    if (!canBeHeader || kindOfHeader(row, this.label) !== null || isKeyHeader(row)) return null;
    return readHeaderBySight(row, this.rowsBelow(index));
  }

  /** Whether the first row of a Word table is a header by what stands below it, though its words tell too little. */
  private looksLikeHeader(row: Row, index: number): boolean {
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
  private hasRows(row: Row, index: number): boolean {
    return this.tableRows(index).length >= 3 || this.repeatedTops.has(wordsOf(row));
  }

  private continuesActions(row: Row): boolean {
    return this.mode === 'actions' && this.table.places?.get(row.number)?.width === this.headerWidth;
  }

  /** The rows that a header is over: until the next header. */
  private rowsBelow(index: number): Row[] {
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
    if (header) this.unread.delete(this.stretchOf(header));
    return true;
  }

  private beginKey(row: Row): void {
    this.mode = 'aside';
    const at = this.table.rows.indexOf(row);
    const rows: Row[] = [];
    for (const [index, line] of this.table.rows.slice(at + 1, at + 13).entries()) {
      const before = this.table.rows[at + index];
      if (before && line.number > before.number + 1) break;
      rows.push(line);
    }
    for (const line of rows) this.takeMeaning(line);
    // The column beside the colours is today's; older meanings may stand to its right.
    const text = rows
      .map((line) => textAt(line, filledColumns(line).find((column) => column > 0) ?? 0))
      .join(' | ');
    this.keys.push({ text, where: placeOf(this.table, row.number) });
  }

  private takeMeaning(line: Row): void {
    const [first = 0, second] = filledColumns(line);
    const status = textAt(line, first);
    if (second !== undefined && status.length <= 20)
      this.meanings.push({ status, meaning: textAt(line, second) });
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
        `The colours are explained here otherwise than in ${shortPlace(first.where)}: agree on one meaning.`,
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
    const heading =
      readGroupHeading(row) ?? this.captionHeading(row, next) ?? this.outcomeWithLeads(row, next);
    if (!heading || (heading.ref === '' && heading.title === '')) return false;
    if (this.list === 'recommendation' && /^recommendation/i.test(textAt(row, column))) return false;
    const title = heading.title === '' && next ? this.titleBelow(row, next) : null;
    if (next && title !== null) this.taken.add(next);
    this.beginGroup(title === null ? heading : { ...heading, title }, placeOf(this.table, row.number));
    this.groupLevel = this.table.places?.get(row.number)?.level ?? null;
    const leads = leadsInHeading(row);
    if (leads !== null) this.group?.leads.push({ text: leads, where: placeOf(this.table, row.number) });
    if (this.mode === 'aside' || this.mode === 'section') this.mode = this.header ? 'actions' : 'open';
    return true;
  }

  /** "Success statement 1" alone on its line: the line below it is its title. */
  private titleBelow(label: Row, next: Row): string | null {
    const text = textAt(next, filledColumns(next)[0] ?? 0);
    const place = (row: Row): number | null | undefined => this.table.places?.get(row.number)?.table;
    const isAlone = filledColumns(label).length === 1 && filledColumns(next).length === 1;
    const isBeside = place(label) !== undefined && place(label) === place(next);
    if (!isAlone || !isBeside || text.length < 8 || text.length > LONGEST_TITLE) return null;
    const isOther =
      this.headings.running.has(next.number) ||
      readGroupHeading(next) !== null ||
      readLeadLine(next) !== null ||
      readLabel(text) !== null ||
      readOutcomeLine(text) !== null ||
      FINDING.test(text) ||
      /^[•*–-]/.test(text) ||
      isKeyHeader(next);
    return isOther ? null : text;
  }

  /** What the inspectors wrote, quoted between a group's heading and its actions, is said of the group. */
  private takeFinding(row: Row): boolean {
    const { group } = this;
    const [column, ...more] = filledColumns(row);
    if (!group || column === undefined || more.length > 0 || this.isActionRow(row)) return false;
    const text = textAt(row, column);
    if (!FINDING.test(text) || this.actions.some((action) => action.group === group)) return false;
    if (group.title === '') return false;
    group.narrative.push(text);
    return true;
  }

  /** "Objective 2.3: Its title" on a line of its own, below the heading of a group. */
  private takeOutcomeLine(row: Row): boolean {
    if (!this.isLine(row)) return false;
    const heading = readOutcomeLine(textAt(row, 0));
    if (heading === null) return false;
    this.beginOutcome(heading, placeOf(this.table, row.number));
    this.last = null;
    return true;
  }

  /** "Outcome 1 | Its title" over "Sponsor | Ann Cole" is a group: somebody answers for it. */
  private outcomeWithLeads(row: Row, next: Row | undefined): GroupHeading | null {
    const [first, second, ...more] = filledColumns(row).map((column) => textAt(row, column));
    const ref = /^(?:outcome|impact|ambition|commitment)\s+(\d{1,2}|[A-Z])\s*:?$/i.exec(first ?? '')?.[1];
    if (ref === undefined || second === undefined || more.length > 0 || this.isActionRow(row)) return null;
    return next && readLeadLine(next) !== null ? { ref, title: second } : null;
  }

  /** A line right above a header is a heading where the sheet has a different one above each. */
  private captionHeading(row: Row, next: Row | undefined): GroupHeading | null {
    const columns = filledColumns(row);
    const text = textAt(row, columns[0] ?? 0);
    if (columns.length !== 1 || !next || !this.headings.captions.has(text) || this.headerOf(next) === null)
      return null;
    return splitLeadingRef(text) ?? { ref: '', title: text };
  }

  private beginGroup({ ref, title }: GroupHeading, where: string): void {
    const known = this.groups.find((group) => isSameGroup(group, { ref, title }));
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
    if (known && known === this.group) {
      // Printed again at the top of a page: the row that the page's end broke goes on below it.
      this.isNewPage = this.last !== null;
      this.list = null;
      this.label = null;
      return;
    }
    this.outcome = null;
    this.group = known ?? { ref, title, leads: [], narrative: [], where };
    if (!known) this.groups.push(this.group);
    this.last = null;
    this.isNewPage = false;
    this.list = null;
    this.label = null;
  }

  private beginOutcome(text: string, where: string): void {
    const heading = splitLeadingRef(text.replace(/^[\s•▪*–-]+/, '')) ?? { ref: '', title: text };
    const known = this.outcomes.find((one) =>
      heading.ref === ''
        ? one.group === this.group && one.title === heading.title
        : one.ref === heading.ref && (one.group === this.group || one.group === null),
    );
    if (known) known.title = heading.title;
    this.outcome = known ?? { ...heading, group: this.group, where };
    if (!known) this.outcomes.push(this.outcome);
  }

  private takeLeadLine(row: Row): boolean {
    if (!this.group || this.isActionRow(row)) return false;
    const leads = readLeadLine(row);
    if (leads === null) return false;
    const [, second] = filledColumns(row);
    this.group.leads.push({ text: leads, where: placeOf(this.table, row.number, second) });
    return true;
  }

  /** A label of a list ("Outcomes:"), or a label with its text beside it or behind it. */
  private takeLabel(row: Row, isAfterGap: boolean): boolean {
    if (this.isActionRow(row)) return false;
    const [first, second, ...more] = filledColumns(row);
    if (first === undefined || more.length > 0) return false;
    const text = textAt(row, first);
    if (second !== undefined) {
      const kind = kindOfLabel(text);
      // Right below a group's heading no action has begun: what is labelled there is said of the group.
      const isOfPair =
        this.mode !== 'actions' || this.isPairRow(row) || (this.last === null && this.group !== null);
      if (kind === null || kind === 'other' || !isOfPair || this.mode === 'section') return false;
      this.takeItems(kind, textAt(row, second), placeOf(this.table, row.number, second));
      return true;
    }
    const label = readLabel(text);
    if (!label || (this.mode === 'actions' && !isAfterGap && this.isInsideTable(row))) return false;
    const where = placeOf(this.table, row.number);
    // What an introduction says of outcomes and success belongs to no group, and is prose.
    const isOfGroups = label.kind === 'outcome' || label.kind === 'measure' || label.kind === 'narrative';
    if (isOfGroups && !this.group) return false;
    if (label.kind === 'other' && (label.text !== '' || !this.isLine(row))) return false;
    if (label.text !== '') {
      this.takeItems(label.kind, label.text, where);
      return true;
    }
    this.label = label.kind;
    this.list = label.kind === 'other' ? null : label.kind;
    this.last = null;
    if (this.mode !== 'actions') this.mode = this.header ? 'actions' : 'open';
    this.section = null;
    return true;
  }

  /** Whether a row stands in a table of two columns, where a label has its text beside it. */
  private isPairRow(row: Row): boolean {
    const width = this.table.places?.get(row.number)?.width ?? 0;
    return width === 2 || (this.table.places === undefined && this.last === null);
  }

  /** Whether a row belongs to the table of actions itself. */
  private isInsideTable(row: Row): boolean {
    if (this.isLine(row)) return false;
    return this.last !== null || this.table.places?.get(row.number)?.width === this.headerWidth;
  }

  private takeItems(kind: LabelKind, text: string, where: string): void {
    const { group } = this;
    if (kind === 'narrative') {
      if (group) group.narrative.push(text);
      return;
    }
    for (const item of itemsOf(text)) {
      if (kind === 'outcome') this.takeOutcomeItem(item, where);
      else if (kind === 'measure' || kind === 'recommendation' || kind === 'assurance')
        this.items.push({ kind, text: item, where, group });
      else if (kind === 'glossary') this.items.push({ kind: 'person', text: item, where, group });
    }
  }

  private takeOutcomeItem(item: string, where: string): void {
    this.beginOutcome(item, where);
    this.outcome = null;
  }

  /** A line of the list that the label above began, or what a group's heading is followed by. */
  private takeListLine(row: Row): boolean {
    const columns = filledColumns(row);
    const text = textAt(row, columns[0] ?? 0);
    if (columns.length !== 1 || this.isActionRow(row)) return false;
    if (this.list !== null && !(this.mode === 'actions' && this.last !== null)) {
      if (this.isHeadingLine(row)) {
        this.list = null;
        return false;
      }
      this.takeItems(this.list, text, placeOf(this.table, row.number));
      return true;
    }
    if (!this.group || this.last || !this.isNarrativeLine(row, text)) return false;
    this.group.narrative.push(text);
    return true;
  }

  private isHeadingLine(row: Row): boolean {
    const level = this.table.places?.get(row.number)?.level ?? null;
    return level !== null && level <= 6;
  }

  /** A paragraph between a group's heading and its actions says something of the group. */
  private isNarrativeLine(row: Row, text: string): boolean {
    const isParagraph = this.table.places ? this.isLine(row) : filledColumns(row)[0] === 0;
    if (!isParagraph || this.isHeadingLine(row) || this.headings.headingRows.has(row.number)) return false;
    const hasActions = this.actions.some(({ group }) => group === this.group);
    return !hasActions && text.length >= 40 && !/^\d+(?:\.\d+)+\s/.test(text) && this.isUnderGroup(row);
  }

  /** Whether no other heading stands between the group's heading and a line. */
  private isUnderGroup(row: Row): boolean {
    const heading = this.table.places?.get(row.number)?.heading ?? null;
    if (heading === null || !this.group) return true;
    return heading.includes(this.group.title) || readGroupText(heading)?.ref === this.group.ref;
  }

  private takeOtherHeader(row: Row): boolean {
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

  private beginSection(kind: SectionKind, header: Row | null, where: string): void {
    this.section = { kind, header, rows: [], group: this.group, where };
    this.sections.push(this.section);
    this.mode = 'section';
    this.list = null;
    this.label = null;
    this.last = null;
    this.isNewPage = false;
  }

  private takeSectionRow(row: Row): void {
    if (this.isLine(row)) {
      this.mode = this.header ? 'actions' : 'open';
      this.takeLine(row);
      return;
    }
    this.section?.rows.push({ row, where: placeOf(this.table, row.number), isAfterBreak: this.isNewPage });
    this.isNewPage = false;
  }

  private takeLine(row: Row): void {
    const columns = filledColumns(row);
    if (columns.length <= 2) {
      this.lines.push({
        text: columns.map((column) => textAt(row, column)).join(' '),
        where: placeOf(this.table, row.number),
      });
    }
    const isCell = this.table.places ? !this.isLine(row) : columns.length > 2;
    if (!isCell) return;
    const stretch = this.stretchOf(row);
    const rows = this.unread.get(stretch);
    if (rows) rows.push(row);
    else this.unread.set(stretch, [row]);
  }

  /** Names the table, or in a sheet the stretch of rows without a gap, that a row stands in. */
  private stretchOf(row: Row): string {
    const place = this.table.places?.get(row.number);
    if (place) return `table ${place.table}`;
    return `row ${this.stretches.get(row.number) ?? row.number}`;
  }

  /** Tables that were made nothing of: never dropped in silence. */
  private unreadNotes(): Problem[] {
    return [...this.unread.values()].flatMap((rows) => {
      const [first] = rows;
      if (!first) return [];
      const words = filledColumns(first)
        .map((column) => textAt(first, column))
        .join(' | ');
      const count = rows.length === 1 ? 'one row' : `${rows.length} rows`;
      const message = `A table of ${count} was not read, since it fits nothing that a plan holds: it begins ${quote(words)}.`;
      return [problem('note', placeOf(this.table, first.number), message)];
    });
  }

  /** Whether a row reads as an action under the header above it: a date, a colour, or a status beside words that an action begins with. */
  private readsAsAction(row: Row): boolean {
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

  /** "2.3 | We will buy together" with nothing else on its row, above 2.3.a: what those actions are to reach. */
  private takeOutcomeRow(row: Row, header: ColumnMap): boolean {
    const [refColumn] = header.columns.get('ref') ?? [];
    const [titleColumn] = header.columns.get('title') ?? [];
    if (refColumn === undefined || titleColumn === undefined) return false;
    const filled = filledColumns(row);
    if (filled.length !== 2 || !filled.includes(refColumn) || !filled.includes(titleColumn)) return false;
    const ref = readRef(textAt(row, refColumn))?.ref;
    const at = this.table.rows.indexOf(row);
    const below = this.table.rows
      .slice(at + 1, at + 12)
      .flatMap((one) => (this.isLine(one) ? [] : (readRef(textAt(one, refColumn))?.ref ?? [])));
    if (ref === undefined || !below[0]?.startsWith(`${ref}.`)) return false;
    this.beginOutcome(`${ref}: ${textAt(row, titleColumn)}`, placeOf(this.table, row.number));
    this.last = null;
    this.isNewPage = false;
    return true;
  }

  /** Whether a row of the action table has a figure for its ref: however much its words sound like a header's, it is none. */
  private isNumbered(row: Row): boolean {
    const column = this.mode === 'actions' ? this.header?.columns.get('ref')?.[0] : undefined;
    const text = column === undefined ? '' : textAt(row, column);
    return /\d/.test(text) && readRef(text) !== null && readGroupText(text) === null;
  }

  /** Whether a row of the action table names an action: its ref cell holds a ref. */
  private isActionRow(row: Row): boolean {
    if (this.mode !== 'actions' || !this.header || this.isLine(row)) return false;
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
    if (this.takeOutcomeRow(row, header)) return;
    const refColumn = header.columns.get('ref')?.[0];
    if (refColumn === undefined) this.takeRowWithoutRefColumn(row, header, isAfterGap);
    else this.takeRowWithRefColumn(row, refColumn, header, isAfterGap);
    this.isNewPage = false;
  }

  private takeRowWithRefColumn(row: Row, refColumn: number, header: ColumnMap, isAfterGap: boolean): void {
    const cell = row.cells[refColumn] ?? BLANK_CELL;
    const { text } = cell;
    const read = readRef(text);
    if (read) {
      this.beginAction(row, header, read.ref, read.note);
    } else if (this.last && cell.mergedText !== null && this.isStep(row, header)) {
      this.addStep(row, header, this.last);
    } else if (this.last && this.belongsToLast(row, cell, header, this.last, isAfterGap)) {
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

  /** A row that a ref merged from above reaches down to, with words and a date or a status of its own. */
  private isStep(row: Row, header: ColumnMap): boolean {
    const has = (meaning: Meaning): boolean => this.textOf(row, header, meaning) !== '';
    return (has('title') || has('step')) && (has('status') || has('planned') || has('revised'));
  }

  private addStep(row: Row, header: ColumnMap, last: ActionDraft): void {
    if (last.steps.length === 0) last.steps.push({ fields: new Map(last.fields) });
    last.steps.push({ fields: new Map(this.fieldsOf(row, header, false)) });
    this.continueAction(row, header, last, true);
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
    const [titleColumn = 0] = header.columns.get('title') ?? [];
    if (this.last && (row.cells[titleColumn]?.mergedText ?? null) !== null && this.isStep(row, header)) {
      this.addStep(row, header, this.last);
    } else if (this.last && this.isContinuation(row, header, this.last, isAfterGap)) {
      this.continueAction(row, header, this.last);
    } else if (title === '') {
      if (this.evidence(row, header) > 0 || this.textOf(row, header, 'outcome') === '') this.leaveOut(row);
    } else {
      const tails = this.isNewPage && this.last ? this.takeTails(row, header, this.last) : row;
      const ref = LEADING_REF.exec(title)?.[1] ?? null;
      this.beginAction(tails, header, ref, '');
      const field = this.last?.fields.get('title');
      if (ref !== null && field)
        this.last?.fields.set('title', { ...field, text: withoutRef(field.text, ref) });
    }
  }

  /** Gives the action above the first lines of cells that begin in mid-sentence; returns the row without them. */
  private takeTails(row: Row, header: ColumnMap, last: ActionDraft): Row {
    if (this.textOf(row, header, 'status') !== '') return row;
    const cells = [...row.cells];
    for (const [meaning, columns] of header.columns) {
      for (const column of columns) {
        const above = last.fields.get(meaning);
        const cell = cells[column];
        if (!above || !cell || meaning === 'title') continue;
        const { tail, own } = splitTail(above.text, cell.text);
        if (tail === '') continue;
        last.fields.set(meaning, { ...above, text: joinTexts(above.text, tail, meaning) });
        cells[column] = { ...cell, text: own };
      }
    }
    return { ...row, cells };
  }

  /** Whether a row without a ref is the rest of the action above: what a page end or a person's own line break parted. */
  private isContinuation(row: Row, header: ColumnMap, last: ActionDraft, isAfterGap: boolean): boolean {
    const title = this.textOf(row, header, 'title');
    const hasStatus = this.textOf(row, header, 'status') !== '' || this.textOf(row, header, 'percent') !== '';
    const startsInMidSentence = beginsMidPhrase(title);
    if (this.isNewPage) {
      if (title === '' || startsInMidSentence) return true;
      const isFresh =
        !header.columns.has('ref') &&
        beginsLikeAction(title) &&
        !endsMidPhrase(last.fields.get('title')?.text ?? '');
      if (isFresh) return false;
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
    const isWide = row.cells[column]?.isWide === true;
    if (isRefColumn && !isWide && readRef(text) !== null) return false;
    if (isRefColumn && /^[[(]/.test(text)) return false;
    const leading = splitLeadingRef(text);
    const isOutcome = leading !== null && /\./.test(leading.ref) && (isRefColumn || isWide || !isTitleColumn);
    const isFirst = column === (filledColumns(row)[0] ?? 0) && (isRefColumn || column === 0);
    if (
      isOutcome ||
      (isWide && /^(?:outcome|objective|aim)\b/i.test(text)) ||
      (isFirst && OUTCOME_ROW.test(text))
    ) {
      this.beginOutcome(
        text.replace(/^(?:outcome|objective|aim)s?\s*(?:no\.?\s*)?[:–-]?\s*/i, ''),
        placeOf(this.table, row.number),
      );
      this.last = null;
      this.isNewPage = false;
      return true;
    }
    if (next && this.headerOf(next) !== null && (!isTitleColumn || isAfterGap) && !isWide) {
      // The rest of a cell, or a heading of the table below: a heading has been read by now.
      if (this.isNewPage && this.table.places) return false;
      if (this.table.places) this.leaveOut(row);
      return true;
    }
    if (isWide && text.length <= LONGEST_TITLE && !FOOTER.test(text) && !beginsMidPhrase(text)) {
      this.beginWideHeading(leading ?? { ref: '', title: text }, text, placeOf(this.table, row.number));
      return true;
    }
    if (isTitleColumn && !isRefColumn && (this.isNewPage || (!isAfterGap && header.columns.has('ref'))))
      return false;
    const leadsOn =
      next !== undefined && !FOOTER.test(text) && (this.isActionRow(next) || readLeadLine(next) !== null);
    const isFirstColumn = column <= Math.min(...[...header.columns.values()].flat());
    const isContinued = this.isNewPage && beginsMidPhrase(text);
    // "1A" alone between the rows of a group names no other group.
    if (this.group && text.length <= 6 && /\d/.test(text) && readRef(text) !== null) {
      this.leaveOut(row);
      return true;
    }
    if (
      leadsOn &&
      !isContinued &&
      text.length <= 200 &&
      (isRefColumn || isFirstColumn || (isTitleColumn && isAfterGap))
    ) {
      this.beginGroup(leading ?? { ref: '', title: text }, placeOf(this.table, row.number));
      return true;
    }
    if (isAfterGap || FOOTER.test(text) || isRefColumn) {
      if (this.isNewPage && this.last && !FOOTER.test(text) && !isRefColumn) return false;
      this.leaveOut(row);
      return true;
    }
    return false;
  }

  /** A heading across the whole table is a group's, or an outcome's where the groups have headings of their own outside. */
  private beginWideHeading(heading: GroupHeading, text: string, where: string): void {
    const isInsideGroup =
      this.group !== null &&
      (this.headings.above.size > 0 || readGroupText(this.group.where) !== null || this.group.ref !== '') &&
      !this.wideGroups.has(this.group);
    if (isInsideGroup) this.beginOutcome(text, where);
    else {
      this.beginGroup(heading, where);
      if (this.group) this.wideGroups.add(this.group);
    }
    this.last = null;
    this.isNewPage = false;
  }

  /** Groups whose heading stands across the table of actions itself: the next such heading is another group. */
  private readonly wideGroups = new Set<GroupDraft>();

  private beginAction(row: Row, header: ColumnMap, ref: string | null, refNote: string): void {
    const action: ActionDraft = {
      where: placeOf(this.table, row.number),
      ref,
      refNote,
      fields: new Map(),
      group: this.group,
      outcome: this.outcome,
      header,
      steps: [],
      milestones: [],
    };
    for (const [meaning, field] of this.fieldsOf(row, header, true)) action.fields.set(meaning, field);
    this.addMilestones(row, header, action);
    this.actions.push(action);
    this.last = action;
  }

  private continueAction(row: Row, header: ColumnMap, last: ActionDraft, isStep = false): void {
    for (const [meaning, field] of this.fieldsOf(row, header, false)) {
      const before = last.fields.get(meaning);
      // A step names leads of its own; else a name goes on.
      const isNextLead = isStep && (meaning === 'lead' || meaning === 'coLead');
      const join = isNextLead ? (one: string, other: string) => `${one}; ${other}` : joinTexts;
      last.fields.set(meaning, before ? { ...before, text: join(before.text, field.text, meaning) } : field);
    }
    this.addMilestones(row, header, last);
  }

  private addMilestones(row: Row, header: ColumnMap, action: ActionDraft): void {
    for (const column of header.columns.get('milestone') ?? []) {
      const text = textAt(row, column);
      if (text === '') continue;
      const when = header.headers.get(column) ?? '';
      const known = action.milestones.find((one) => one.when === when);
      if (!known) action.milestones.push({ when, text, where: placeOf(this.table, row.number, column) });
      else {
        const rest = action.milestones.filter((one) => one !== known);
        action.milestones = [...rest, { ...known, text: joinTexts(known.text, text, 'milestone') }];
      }
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
      if (meaning === 'ref' || meaning === 'aside' || meaning === 'milestone') continue;
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
const LEADING_REF = /^([A-Z]{0,4}\d{1,3}[A-Z]?(?:\.\d{1,3})+[a-z]?|[A-Z]{0,4}\d{1,3}(?=[.):]))[.):]?\s+\S/;

function withoutRef(title: string, ref: string): string {
  return title.slice(ref.length).replace(/^[.):]?\s+/, '');
}

/** "Outcome 1.1 Its title", "Outcome: its title" in the first cell of a row that says nothing else. */
const OUTCOME_ROW =
  /^(?:outcome|objective|aim)s?\s*(?:no\.?\s*)?(?:[A-Z]{0,2}\d+(?:\.\w+)*|[A-Z])?\s*[:.–—-]?\s+\S/i;

/** What somebody else wrote of the group: "Ofsted finding: “…”", or a quotation alone. */
const FINDING =
  /^(?:(?:what )?(?:the )?(?:ofsted|cqc|inspect\w*|joint inspection|area of (?:significant )?(?:weakness|concern)|(?:key |main )?findings?|letter)\b[^:“"‘]{0,70}[:–—-]?\s*[“"‘']|[“"].{30,}$)/isu;

/** A numbered outcome of a group on its own line, without the word before it: `2.3: Its title`; null for any other line. */
function readOutcomeLine(text: string): string | null {
  const match =
    /^(?:outcome|objective|aim|output)\s+(\d{1,2}(?:\.\d{1,2})+|\d{1,2}[a-z])\s*[:.)–—-]?\s+(\S[\s\S]*)$/i.exec(
      text.trim(),
    );
  return match?.[1] && match[2] && match[2].length <= LONGEST_TITLE ? `${match[1]}: ${match[2]}` : null;
}

/** What stands below a table and belongs to no action. */
const FOOTER =
  /^(?:totals?\b|last (?:updated|reviewed)|updated\b|printed|page \d|notes?:|source|prepared by|version|end of|\*)/i;

function isSameGroup(group: Pick<RawGroup, 'ref' | 'title'>, { ref, title }: GroupHeading): boolean {
  return ref === '' ? group.title === title : group.ref === ref;
}

function stretchesOf({ rows }: Table): ReadonlyMap<number, number> {
  let first = 0;
  let before = 0;
  return new Map(
    rows.map(({ number }) => {
      if (number !== before + 1) first = number;
      before = number;
      return [number, first];
    }),
  );
}

function wordsOf(row: Row): string {
  return filledColumns(row)
    .map((column) => `${column} ${foldHeader(textAt(row, column))}`)
    .join('|');
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

/** Share of the words of two texts that stand in both. */
function sharedWords(a: string, b: string): number {
  const left = new Set(foldHeader(a).split(' '));
  const right = new Set(foldHeader(b).split(' '));
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / (left.size + right.size - shared);
}
