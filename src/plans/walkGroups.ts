import { readRef } from './actionRefs';
import { itemsOf, kindOfLabel, type LabelKind, readLabel } from './labels';
import {
  type GroupHeading,
  isKeyHeader,
  leadsInHeading,
  readAnyGroupText,
  readGroupHeading,
  readGroupText,
  readLeadLine,
  readOutcomeLine,
  splitLeadingRef,
} from './rowKinds';
import { filledColumns, placeOf, type Row, textAt } from './tables';
import { HeaderWalk } from './walkHeaders';
import { LONGEST_TITLE } from './walkState';

/** Reads what heads a group and what is said of it: its title, its leads, its outcomes, its lists. */
export abstract class GroupWalk extends HeaderWalk {
  /** A Word heading of the group's own level or above ends the group; any heading ends one that is a row among its own actions. */
  protected leaveGroup(row: Row): void {
    const level = this.table.places?.get(row.number)?.level ?? null;
    const isHeading = this.isLine(row) && level !== null && level <= 6;
    const { group } = this;
    const isBand =
      group !== null &&
      this.actions.some((action) => action.group === group && isInSameTable(action.where, group.where));
    if (!isHeading || (this.groupLevel === null ? !isBand : level > this.groupLevel)) return;
    this.group = null;
    this.outcome = null;
    this.groupLevel = null;
    this.last = null;
  }

  protected takeGroupHeading(row: Row, next: Row | undefined): boolean {
    const [column] = filledColumns(row);
    if (column === undefined) return false;
    const isInGroupColumn =
      this.mode === 'actions' && (this.header?.columns.get('group') ?? []).includes(column);
    if (isInGroupColumn && filledColumns(row).length > 1 && this.isActionRow(row)) return false;
    const heading =
      readGroupHeading(row) ?? this.captionHeading(row, next) ?? this.outcomeWithLeads(row, next);
    if (!heading || (heading.ref === '' && heading.title === '')) return false;
    if (this.takeOutcomeBand(row, column, heading)) return true;
    if (this.list === 'recommendation' && /^recommendation/i.test(textAt(row, column))) return false;
    // "Recommendation | …" among the facts of a group that has a number is what the board is asked.
    const isOfGroup =
      this.group !== null && this.group.ref !== '' && !this.isLine(row) && !this.beginsTable(row);
    if (isOfGroup && heading.ref === '' && kindOfLabel(textAt(row, column)) === 'recommendation')
      return false;
    const title = heading.title === '' && next ? this.titleBelow(row, next) : null;
    if (next && title !== null) this.taken.add(next);
    this.beginGroup(title === null ? heading : { ...heading, title }, placeOf(this.table, row.number));
    this.groupLevel = this.table.places?.get(row.number)?.level ?? null;
    this.groupRow = row.number;
    const leads = leadsInHeading(row);
    if (leads !== null) this.group?.leads.push({ text: leads, where: placeOf(this.table, row.number) });
    if (this.mode === 'aside' || this.mode === 'section') this.mode = this.header ? 'actions' : 'open';
    return true;
  }

  /** "Objective A1: …" across a table under the Word heading of a group is an outcome of that group. */
  protected takeOutcomeBand(row: Row, column: number, { ref, title }: GroupHeading): boolean {
    const isBand = this.mode === 'actions' && row.cells[column]?.isWide === true;
    const isInGroup = this.group !== null && this.groupLevel !== null && this.group.ref !== ref;
    if (!isBand || !isInGroup || !/^(?:objective|aim|goal)\b/i.test(textAt(row, column))) return false;
    this.beginOutcome(`${ref}: ${title}`, placeOf(this.table, row.number));
    this.last = null;
    return true;
  }

  /** "Success statement 1" alone on its line: the line below it is its title. */
  protected titleBelow(label: Row, next: Row): string | null {
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
  protected takeFinding(row: Row): boolean {
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
  protected takeOutcomeLine(row: Row): boolean {
    if (!this.isLine(row)) return false;
    const heading = readOutcomeLine(textAt(row, 0));
    if (heading === null) return false;
    this.beginOutcome(heading, placeOf(this.table, row.number));
    this.last = null;
    return true;
  }

  /** "Outcome 1 | Its title" over "Sponsor | Ann Cole" is a group: somebody answers for it. */
  protected outcomeWithLeads(row: Row, next: Row | undefined): GroupHeading | null {
    const [first, second, ...more] = this.outcomeTexts(row);
    const ref = /^(?:outcome|impact|ambition|commitment)\s+(\d{1,2}|[A-Z])\s*:?$/i.exec(first ?? '')?.[1];
    if (ref === undefined || second === undefined || more.length > 0 || this.isActionRow(row)) return null;
    return next && readLeadLine(next) !== null ? { ref, title: second } : null;
  }

  /** The label and the title of such a group, which a line has in one: "Outcome 3: Its title". */
  private outcomeTexts(row: Row): string[] {
    const texts = filledColumns(row).map((column) => textAt(row, column));
    const [, label, title] = /^(\w+\s+(?:\d{1,2}|[A-Z]))\s*[:–—-]\s*(\S[\s\S]*)$/.exec(texts[0] ?? '') ?? [];
    return texts.length === 1 && this.isLine(row) && label && title ? [label, title] : texts;
  }

  /** A line right above a header is a heading where the sheet has a different one above each, and so is that of a chapter. */
  protected captionHeading(row: Row, next: Row | undefined): GroupHeading | null {
    const columns = filledColumns(row);
    const text = textAt(row, columns[0] ?? 0);
    const isCaption = next !== undefined && this.headings.captions.has(text) && this.headerOf(next) !== null;
    if (columns.length !== 1 || !(isCaption || this.headings.chapters.has(row.number))) return null;
    return readAnyGroupText(text) ?? splitLeadingRef(text) ?? { ref: '', title: text };
  }

  protected takeLeadLine(row: Row): boolean {
    if (!this.group || this.isActionRow(row)) return false;
    const leads = readLeadLine(row);
    if (leads === null) return false;
    const [, second] = filledColumns(row);
    this.group.leads.push({ text: leads, where: placeOf(this.table, row.number, second) });
    return true;
  }

  /** A label of a list ("Outcomes:"), or a label with its text beside it or behind it. */
  protected takeLabel(row: Row, isAfterGap: boolean): boolean {
    if (this.isActionRow(row)) return false;
    const [first, second, ...more] = filledColumns(row);
    if (first === undefined || more.length > 0) return false;
    const text = textAt(row, first);
    if (second !== undefined) {
      const kind = kindOfLabel(text);
      // Right below a group's heading no action has begun: what is labelled there is said of the group.
      const isOfPair =
        this.mode !== 'actions' || this.isPairRow(row) || (this.last === null && this.group !== null);
      if (!isOfPair || this.mode === 'section') return false;
      if (kind === null || kind === 'other') return this.takeFact(row, text, textAt(row, second));
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

  /** "Lead agency | Health" between a group's heading and its actions is said of the group. */
  protected takeFact(row: Row, label: string, text: string): boolean {
    const { group } = this;
    const hasActions = this.actions.some((action) => action.group === group);
    const isBelowHeader =
      this.mode === 'actions' && this.table.places?.get(row.number)?.table === this.headerTable;
    if (
      !group ||
      hasActions ||
      isBelowHeader ||
      this.isLine(row) ||
      label.length > 40 ||
      !/\p{L}{3}/u.test(label)
    )
      return false;
    if (this.headerOf(row) !== null || readRef(label) !== null) return false;
    group.narrative.push(`${label.replace(/\s*:$/, '')}: ${text}`);
    return true;
  }

  /** Whether a row stands in a table of two columns, where a label has its text beside it. */
  protected isPairRow(row: Row): boolean {
    const width = this.table.places?.get(row.number)?.width ?? 0;
    return width === 2 || (this.table.places === undefined && this.last === null);
  }

  /** Whether a row belongs to the table of actions itself. */
  protected isInsideTable(row: Row): boolean {
    if (this.isLine(row)) return false;
    return this.last !== null || this.table.places?.get(row.number)?.width === this.headerWidth;
  }

  protected takeItems(kind: LabelKind, text: string, where: string): void {
    const { group } = this;
    if (kind === 'narrative') {
      if (group) group.narrative.push(text);
      return;
    }
    for (const item of kind === 'glossary' ? peopleOf(text) : itemsOf(text)) {
      if (kind === 'outcome') this.takeOutcomeItem(item, where);
      else if (kind === 'measure' || kind === 'recommendation' || kind === 'assurance')
        this.items.push({ kind, text: kind === 'recommendation' ? withoutNumber(item) : item, where, group });
      else if (kind === 'glossary') this.items.push({ kind: 'person', text: item, where, group });
    }
  }

  protected takeOutcomeItem(item: string, where: string): void {
    this.beginOutcome(item, where);
    this.outcome = null;
  }

  /** A line of the list that the label above began, or what a group's heading is followed by. */
  protected takeListLine(row: Row): boolean {
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

  /** A paragraph between a group's heading and its actions says something of the group. */
  protected isNarrativeLine(row: Row, text: string): boolean {
    const isParagraph = this.table.places ? this.isLine(row) : filledColumns(row)[0] === 0;
    if (!isParagraph || this.isHeadingLine(row) || this.headings.headingRows.has(row.number)) return false;
    const hasActions = this.actions.some(({ group }) => group === this.group);
    return !hasActions && text.length >= 40 && !/^\d+(?:\.\d+)+\s/.test(text) && this.isUnderGroup(row);
  }

  /** Whether no other heading stands between the group's heading and a line. */
  protected isUnderGroup(row: Row): boolean {
    const heading = this.table.places?.get(row.number)?.heading ?? null;
    if (heading === null || !this.group) return true;
    return heading.includes(this.group.title) || readGroupText(heading)?.ref === this.group.ref;
  }
}

/** Whether two places are rows of one Word table. */
function isInSameTable(one: string, other: string): boolean {
  const table = /^table \d+/.exec(one)?.[0];
  return table !== undefined && table === /^table \d+/.exec(other)?.[0];
}

/** What somebody else wrote of the group: "Ofsted finding: “…”", or a quotation alone. */
const FINDING =
  /^(?:(?:what )?(?:the )?(?:ofsted|cqc|inspect\w*|joint inspection|area of (?:significant )?(?:weakness|concern)|(?:key |main )?findings?|letter)\b[^:“"‘]{0,70}[:–—-]?\s*[“"‘']|[“"].{30,}$)/isu;

/** "1. Agree to fund it": the number in a list is no part of what is asked. */
function withoutNumber(item: string): string {
  return item.replace(/^\d{1,2}[.)]\s+/, '');
}

/** "RM – Ruth Mellor (Director); TO – Tayo Ogun": a key's entries, whether each has a line of its own or not. */
function peopleOf(text: string): string[] {
  return itemsOf(text).flatMap((item) =>
    item.split(/;\s+|,\s+(?=[A-Z]{2,5}\s*[=:–-])/).map((entry) => entry.trim()),
  );
}
