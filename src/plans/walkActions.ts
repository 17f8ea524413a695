import { readRef } from './actionRefs';
import type { ColumnMap } from './columns';
import { beginsLikeAction, beginsMidPhrase, endsMidPhrase, joinTexts, splitTail } from './continuation';
import type { Meaning } from './headerWords';
import type { RawField } from './rawPlan';
import { ROW_EVIDENCE, splitLeadingRef } from './rowKinds';
import { BLANK_CELL, type Cell, filledColumns, placeOf, type Row, textAt, textCell } from './tables';
import { BelowWalk } from './walkBelow';
import type { ActionDraft } from './walkState';
import { isLetter } from './walkWithin';

/** Reads the rows of a table of actions, and joins what a page end parted. */
export abstract class ActionWalk extends BelowWalk {
  protected takeActionRow(row: Row, header: ColumnMap, isAfterGap: boolean, next: Row | undefined): void {
    const columns = filledColumns(row).filter(
      (column) => !(header.columns.get('aside') ?? []).includes(column),
    );
    if (columns.length === 0 || this.takeLabelledRow(row, columns, header)) return;
    if (columns.length === 1 && this.takeSingleCell(row, columns[0] ?? 0, header, isAfterGap, next)) return;
    if (this.takeOutcomeRow(row, header)) return;
    const refColumn = header.columns.get('ref')?.[0];
    if (refColumn === undefined) this.takeRowWithoutRefColumn(row, header, isAfterGap);
    else this.takeRowWithRefColumn(row, refColumn, header, isAfterGap);
    this.isNewPage = false;
  }

  protected takeRowWithRefColumn(row: Row, refColumn: number, header: ColumnMap, isAfterGap: boolean): void {
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
  protected isStep(row: Row, header: ColumnMap): boolean {
    const has = (meaning: Meaning): boolean => this.textOf(row, header, meaning) !== '';
    return (has('title') || has('step')) && (has('status') || has('planned') || has('revised'));
  }

  protected addStep(row: Row, header: ColumnMap, last: ActionDraft): void {
    if (last.steps.length === 0) last.steps.push({ fields: new Map(last.fields) });
    last.steps.push({ fields: new Map(this.fieldsOf(row, header, false)) });
    this.continueAction(row, header, last, true);
  }

  protected belongsToLast(
    row: Row,
    refCell: Cell,
    header: ColumnMap,
    last: ActionDraft,
    isAfterGap: boolean,
  ): boolean {
    if (refCell.text !== '') return /^[[(]/.test(refCell.text);
    return refCell.mergedText !== null || this.isContinuation(row, header, last, isAfterGap);
  }

  protected takeRowWithoutRefColumn(row: Row, header: ColumnMap, isAfterGap: boolean): void {
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
      const ref = LEADING_REF.exec(title)?.[1] ?? this.leadingCode(title, titleColumn);
      this.beginAction(tails, header, ref, '');
      const field = this.last?.fields.get('title');
      if (ref !== null && field)
        this.last?.fields.set('title', { ...field, text: withoutRef(field.text, ref) });
    }
  }

  /** "T1 Verify who lives in each home", where all titles of its table begin with such a code, each with another. */
  protected leadingCode(title: string, column: number): string | null {
    const code = LEADING_CODE.exec(title)?.[1];
    if (code === undefined) return null;
    const titles = this.table.rows
      .filter((row) => !this.isLine(row) && this.table.places?.get(row.number)?.width === this.headerWidth)
      .flatMap((row) => LEADING_CODE.exec(textAt(row, column))?.[1] ?? []);
    const stem = code.replace(/\d+$/, '');
    const alike = titles.filter((other) => other.replace(/\d+$/, '') === stem);
    return alike.length >= 2 && new Set(alike).size === alike.length ? code : null;
  }

  /** Gives the action above the first lines of cells that begin in mid-sentence; returns the row without them. */
  protected takeTails(row: Row, header: ColumnMap, last: ActionDraft): Row {
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
  protected isContinuation(row: Row, header: ColumnMap, last: ActionDraft, isAfterGap: boolean): boolean {
    const title = this.textOf(row, header, 'title');
    const hasStatus = this.textOf(row, header, 'status') !== '' || this.textOf(row, header, 'percent') !== '';
    const startsInMidSentence = beginsMidPhrase(title);
    if (this.isNewPage) {
      if (title === '' || startsInMidSentence) return true;
      // Where each title begins with its ref, what begins with none goes on.
      const [titleColumn = 0] = header.columns.get('title') ?? [];
      const hasOwn = LEADING_REF.test(title) || this.leadingCode(title, titleColumn) !== null;
      if (!header.columns.has('ref') && (last.ref !== null || hasOwn)) return !hasOwn;
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

  protected beginAction(row: Row, header: ColumnMap, ref: string | null, refNote: string): void {
    const action: ActionDraft = {
      where: placeOf(this.table, row.number),
      // "a" below the row of objective 1.1 is 1.1a.
      ref: ref !== null && isLetter(ref) && this.outcome ? `${this.outcome.ref}${ref}` : ref,
      refNote,
      fields: new Map(),
      group: this.group,
      outcome: this.outcome,
      header,
      steps: [],
      milestones: [],
    };
    for (const [meaning, field] of this.fieldsOf(row, header, true)) {
      if (!this.isFinding(meaning, header)) action.fields.set(meaning, field);
      else if (this.group !== null && !header.columns.has('outcome')) action.fields.set('outcome', field);
    }
    this.addMilestones(row, header, action);
    this.actions.push(action);
    this.last = action;
    this.below = null;
  }

  /** Under the heading of a group or an outcome, a column of findings or weaknesses says what the actions answer: it parts them no further. */
  protected isFinding(meaning: Meaning, { columns, headers }: ColumnMap): boolean {
    if (meaning !== 'group' || (this.group === null && this.outcome === null)) return false;
    const names = (columns.get('group') ?? []).map((column) => headers.get(column) ?? '');
    return names.some((name) => FINDING_HEADER.test(name));
  }

  protected continueAction(row: Row, header: ColumnMap, last: ActionDraft, isStep = false): void {
    for (const [meaning, field] of this.fieldsOf(row, header, false)) {
      const before = last.fields.get(meaning);
      // A step names leads of its own; else a name goes on.
      const isNextLead = isStep && (meaning === 'lead' || meaning === 'coLead');
      const join = isNextLead ? (one: string, other: string) => `${one}; ${other}` : joinTexts;
      last.fields.set(meaning, before ? { ...before, text: join(before.text, field.text, meaning) } : field);
    }
    this.addMilestones(row, header, last);
  }

  protected addMilestones(row: Row, header: ColumnMap, action: ActionDraft): void {
    const marked = markedPeriods(row, header);
    const [lastMarked] = marked.slice(-1);
    if (lastMarked !== undefined) {
      const when = header.headers.get(lastMarked) ?? '';
      const where = placeOf(this.table, row.number, lastMarked);
      if (!action.fields.has('planned'))
        action.fields.set('planned', { text: when, cell: textCell(when), where });
      return;
    }
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

  /** A row's cells by meaning; several columns of one meaning are joined. `withMerged` counts what was merged from above. */
  protected fieldsOf(row: Row, header: ColumnMap, withMerged: boolean): [Meaning, RawField][] {
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
}

/** Columns of times in which a row has a cross or a tick and nothing else has words: "X" under Q2 and Q3 says when. */
function markedPeriods(row: Row, header: ColumnMap): readonly number[] {
  const filled = (header.columns.get('milestone') ?? []).filter((column) => textAt(row, column) !== '');
  return filled.every((column) => /^(?:x|[✓✔√●■█▪*])$/i.test(textAt(row, column))) ? filled : [];
}

/** A ref that a title begins with, in a table without a column of refs: `1.2 Do it`, `A1. Do it`. */
const LEADING_REF =
  /^([A-Z]{0,4}\d{1,3}[A-Z]?(?:\.\d{1,3})+[a-z]?|[A-Z]{0,4}\d{1,3}[a-z]?(?=[.):])|\d{1,2}[a-z](?=\s+\p{Lu}))[.):]?\s+\S/u;

/** What inspectors and regulators write of, at the head of a column. */
const FINDING_HEADER =
  /\b(?:findings?|weakness(?:es)?|concerns?|failings?|regulations?|recommendations?|found|must dos?|should dos?)\b/i;

/** A code of letters and a figure before a title, with nothing that parts them: `T1 Do it`. */
const LEADING_CODE = /^([A-Z]{1,4}\d{1,3})\s+\p{Lu}/u;

function withoutRef(title: string, ref: string): string {
  return title.slice(ref.length).replace(/^[.):]?\s+/, '');
}
