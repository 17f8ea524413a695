import type { Problem } from '../domain/understood';
import { readRef } from './actionRefs';
import type { ColumnMap } from './columns';
import { foldHeader, type Meaning } from './headerWords';
import type { LabelKind } from './labels';
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
} from './rawPlan';
import { type GroupHeading, partLeads, ROW_EVIDENCE, readGroupText, splitLeadingRef } from './rowKinds';
import { filledColumns, problem, quote, type Row, type Table, textAt } from './tables';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface GroupDraft extends Omit<Mutable<RawGroup>, 'leads' | 'narrative'> {
  leads: Placed[];
  narrative: string[];
}

interface OutcomeDraft extends Omit<Mutable<RawOutcome>, 'group'> {
  group: GroupDraft | null;
}

export interface ActionDraft
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

/** Lines as long as this are an outcome's or a heading's at most; longer ones are prose. */
export const LONGEST_TITLE = 400;

/** Where the reading of one table stands, and what all its parts ask of a row. It lives for one call of `walkTable`. */
export abstract class WalkState {
  protected readonly headers: ColumnMap[] = [];
  protected readonly groups: GroupDraft[] = [];
  protected readonly outcomes: OutcomeDraft[] = [];
  protected readonly actions: ActionDraft[] = [];
  protected readonly sections: SectionDraft[] = [];
  protected readonly items: RawItem[] = [];
  protected readonly lines: Placed[] = [];
  protected readonly totals: { header: Row | null; rows: Row[]; where: string }[] = [];
  protected readonly redList: { ref: string; where: string }[] = [];
  protected readonly meanings: RawMeaning[] = [];
  protected readonly problems: Problem[] = [];
  /** Rows that were read with the row above them: the second half of a header of two rows, the title below a group's label. */
  protected readonly taken = new Set<Row>();
  /** By the number of each row, the number of the first row of its stretch without a gap. */
  protected readonly stretches: ReadonlyMap<number, number>;
  protected mode: Mode = 'open';
  protected header: ColumnMap | null = null;
  protected headerWidth = 0;
  /** The Word table that the header stands in; null for a sheet. */
  protected headerTable: number | null = null;
  protected section: SectionDraft | null = null;
  protected group: GroupDraft | null = null;
  /** The number of the row that the group's heading stood in last; 0 under no group. */
  protected groupRow = 0;
  /** The level of the Word heading that names the group; null where no such heading does. */
  protected groupLevel: number | null = null;
  protected outcome: OutcomeDraft | null = null;
  /** The list that lines belong to; null under no label. */
  protected list: ListKind | null = null;
  /** What the last label said, for the table that follows it. */
  protected label: LabelKind | null = null;
  /** The action that a next row may continue; null after a heading. */
  protected last: ActionDraft | null = null;
  /** Whether the header has just been printed again, as at the top of a page. */
  protected isNewPage = false;
  protected readonly keys: Placed[] = [];
  private readonly groupLabels = new Map<GroupDraft, string>();
  protected readonly leftOut: Row[] = [];
  protected readonly unread = new Map<string, Row[]>();
  /** First rows of Word tables that stand above more than one of them, word for word: what a page's top repeats. */
  protected readonly repeatedTops: ReadonlySet<string>;

  constructor(protected readonly table: Table) {
    this.stretches = stretchesOf(table);
    const tops = table.rows.filter((row) => this.beginsTable(row)).map(wordsOf);
    this.repeatedTops = new Set(tops.filter((top, index) => top !== '' && tops.indexOf(top) !== index));
  }

  /** Whether a row is a paragraph of a document, which no table holds. */
  protected isLine(row: Row): boolean {
    return this.table.places?.get(row.number)?.table === null;
  }

  protected beginsTable(row: Row): boolean {
    const place = this.table.places?.get(row.number);
    const before = this.table.places?.get(row.number - 1);
    return place !== undefined && place.table !== null && before?.table !== place.table;
  }

  /** Whether nothing stands right above a row: blank rows, or the end of another table. */
  protected beginsStretch(row: Row): boolean {
    return this.stretches.get(row.number) === row.number || this.beginsTable(row);
  }

  /** The rows of the Word table that begins here. */
  protected tableRows(index: number): Row[] {
    const first = this.table.rows[index];
    const table = first && this.table.places?.get(first.number)?.table;
    if (table === undefined || table === null) return [];
    const rest = this.table.rows.slice(index, index + 400);
    const end = rest.findIndex((row) => this.table.places?.get(row.number)?.table !== table);
    return end < 0 ? rest : rest.slice(0, end);
  }

  protected continuesActions(row: Row): boolean {
    return this.mode === 'actions' && this.table.places?.get(row.number)?.width === this.headerWidth;
  }

  protected beginGroup(printed: GroupHeading, where: string): void {
    const { rest, leads } = partLeads(printed.title);
    const heading = { ...printed, title: rest };
    const { ref, title } = this.toldApart(heading);
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
    if (!known && leads !== '') this.group.leads.push({ text: leads, where });
    if (!known) this.groups.push(this.group);
    if (!known && heading.label !== undefined) this.groupLabels.set(this.group, heading.label);
    this.last = null;
    this.isNewPage = false;
    this.list = null;
    this.label = null;
  }

  /**
   * "Area for improvement 1" is another group than "Priority action 1" above it, though both are printed with a 1: it goes by the first letters of
   * its word, `AFI1`. The same group may be called by two words, in a contents list and above its actions: then its titles are alike.
   */
  private toldApart(heading: GroupHeading): GroupHeading {
    const { ref, title, label } = heading;
    const known = this.groups.find((group) => isSameGroup(group, heading));
    const knownLabel = known && this.groupLabels.get(known);
    if (label === undefined || ref === '' || !known || knownLabel === undefined || knownLabel === label)
      return heading;
    const initials = label.split(/\s+/).map((word) => word.charAt(0).toUpperCase());
    const own = { ...heading, ref: `${initials.join('')}${ref}` };
    const isOther = title !== '' && known.title !== '' && !areAlike(title, known.title);
    return isOther || this.groups.some((group) => isSameGroup(group, own)) ? own : heading;
  }

  protected beginOutcome(text: string, where: string): void {
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

  protected isHeadingLine(row: Row): boolean {
    const level = this.table.places?.get(row.number)?.level ?? null;
    return level !== null && level <= 6;
  }

  protected beginSection(kind: SectionKind, header: Row | null, where: string): void {
    this.section = { kind, header, rows: [], group: this.group, where };
    this.sections.push(this.section);
    this.mode = 'section';
    this.list = null;
    this.label = null;
    this.last = null;
    this.isNewPage = false;
  }

  /** Names the table, or in a sheet the stretch of rows without a gap, that a row stands in. */
  protected stretchOf(row: Row): string {
    const place = this.table.places?.get(row.number);
    if (place) return `table ${place.table}`;
    return `row ${this.stretches.get(row.number) ?? row.number}`;
  }

  /** Whether a row of the action table has a figure for its ref: however much its words sound like a header's, it is none. */
  protected isNumbered(row: Row): boolean {
    const column = this.mode === 'actions' ? this.header?.columns.get('ref')?.[0] : undefined;
    const text = column === undefined ? '' : textAt(row, column);
    return /\d/.test(text) && readRef(text) !== null && readGroupText(text) === null;
  }

  /** Whether a row of the action table names an action: its ref cell holds a ref. */
  protected isActionRow(row: Row): boolean {
    if (this.mode !== 'actions' || !this.header || this.isLine(row)) return false;
    const column = this.header.columns.get('ref')?.[0];
    if (column === undefined) return filledColumns(row).length > 3;
    const text = textAt(row, column);
    return readRef(text) !== null && readGroupText(text) === null && filledColumns(row).length > 1;
  }

  protected leaveOut(row: Row): void {
    this.leftOut.push(row);
  }

  protected textOf(row: Row, header: ColumnMap, meaning: Meaning): string {
    return (header.columns.get(meaning) ?? []).map((column) => textAt(row, column)).join('');
  }

  protected evidence(row: Row, header: ColumnMap): number {
    return ROW_EVIDENCE.filter((meaning) => this.textOf(row, header, meaning) !== '').length;
  }
}

export function isSameGroup(group: Pick<RawGroup, 'ref' | 'title'>, { ref, title }: GroupHeading): boolean {
  return ref === '' ? group.title === title : group.ref === ref;
}

/** Whether two titles share half of the words of the shorter one. */
function areAlike(one: string, other: string): boolean {
  const [short = [], long = []] = [one, other]
    .map((title) =>
      foldHeader(title)
        .split(' ')
        .filter((word) => word.length > 3),
    )
    .sort((a, b) => a.length - b.length);
  return short.filter((word) => long.includes(word)).length * 2 >= short.length;
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

export function wordsOf(row: Row): string {
  return filledColumns(row)
    .map((column) => `${column} ${foldHeader(textAt(row, column))}`)
    .join('|');
}
