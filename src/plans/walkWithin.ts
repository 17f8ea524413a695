import { readRef } from './actionRefs';
import type { ColumnMap } from './columns';
import { beginsMidPhrase } from './continuation';
import { readLabel } from './labels';
import { type GroupHeading, partLeads, readGroupText, readLeadLine, splitLeadingRef } from './rowKinds';
import { filledColumns, placeOf, type Row, textAt } from './tables';
import { GroupWalk } from './walkGroups';
import { type GroupDraft, LONGEST_TITLE } from './walkState';

/** Reads the headings that stand within a table of actions: an outcome's row, a group's, a line across the table. */
export abstract class WithinWalk extends GroupWalk {
  /** Groups whose heading stands across the table of actions itself: the next such heading is another group. */
  protected readonly wideGroups = new Set<GroupDraft>();

  /** "2.3 | We will buy together" with nothing else on its row, above 2.3.a: what those actions are to reach. */
  protected takeOutcomeRow(row: Row, header: ColumnMap): boolean {
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
    const [first] = below;
    if (ref === undefined || first === undefined || !(first.startsWith(`${ref}.`) || isLetter(first)))
      return false;
    this.beginOutcome(`${ref}: ${textAt(row, titleColumn)}`, placeOf(this.table, row.number));
    this.last = null;
    this.isNewPage = false;
    return true;
  }
  /** A row with one filled cell: an outcome, a heading inside the table, the rest of a sentence, or a stray line. */
  protected takeSingleCell(
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
    // An outcome that somebody leads is a group.
    const led = isWide ? OUTCOME_ROW.exec(text) : null;
    if (led && partLeads(text).leads !== '') {
      const title = text.slice(/^\p{L}+\s*/u.exec(text)?.[0].length ?? 0);
      this.beginGroup(splitLeadingRef(title) ?? { ref: '', title }, placeOf(this.table, row.number));
      return true;
    }
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
    if (isWide && this.group && readLabel(text)?.kind === 'narrative') {
      this.takeItems('narrative', readLabel(text)?.text ?? '', placeOf(this.table, row.number));
      this.last = null;
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
  protected beginWideHeading(heading: GroupHeading, text: string, where: string): void {
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
}

/** A letter or a small Roman figure in a ref's place. */
export function isLetter(ref: string): boolean {
  return /^(?:[a-z]|[ivx]{1,4})$/.test(ref);
}

/** "Outcome 1.1 Its title", "Outcome: its title" in the first cell of a row that says nothing else. */
const OUTCOME_ROW =
  /^(?:outcome|objective|aim)s?\s*(?:no\.?\s*)?(?:[A-Z]{0,2}\d+(?:\.\w+)*|[A-Z])?\s*[:.–—-]?\s+\S/i;

/** What stands below a table and belongs to no action. */
const FOOTER =
  /^(?:totals?\b|last (?:updated|reviewed)|updated\b|printed|page \d|notes?:|source|prepared by|version|end of|\*)/i;
