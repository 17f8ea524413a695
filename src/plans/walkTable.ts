import type { Problem } from '../domain/understood';
import { foldHeader } from './headerWords';
import type { TableWalk } from './rawPlan';
import {
  isKeyHeader,
  isLegendLine,
  isRedListHeading,
  isSeparator,
  isTotalsRow,
  refOfListLine,
} from './rowKinds';
import { readKeyLine } from './statusKeys';
import { filledColumns, placeOf, problem, quote, type Row, shortPlace, type Table, textAt } from './tables';
import { ActionWalk } from './walkActions';

/** Reads one table from top to bottom: finds its headers wherever they stand, its groups, and the rows of each action. */
export function walkTable(table: Table): TableWalk {
  return new Walk(table).run();
}

/** Reads each row as what it is: a table’s header, a key, totals, a group’s heading, a row of a section or of actions. */
class Walk extends ActionWalk {
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

  protected step(row: Row, isAfterGap: boolean, next: Row | undefined, index: number): void {
    if (isSeparator(row) || this.taken.has(row) || this.headings.running.has(row.number)) return;
    if (this.takeBeside(row, index)) return;
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
    if (!this.isActionRow(row) && this.takeLegend(row)) return;
    if (this.mode === 'actions' && this.header && !this.isLine(row))
      this.takeActionRow(row, this.header, isAfterGap, next);
    else this.takeLine(row);
  }

  protected takeTotals(row: Row, index: number): boolean {
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

  /** A line of a key that has no table, or no heading, of its own. */
  protected takeLegend(row: Row): boolean {
    const [column, ...more] = filledColumns(row);
    const told = column !== undefined && more.length === 0 ? readKeyLine(textAt(row, column)) : [];
    this.meanings.push(...told);
    if (told.length > 0) return true;
    if (!isLegendLine(row)) return false;
    this.takeMeaning(row);
    return true;
  }

  protected beginKey(row: Row): void {
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

  protected takeMeaning(line: Row): void {
    const [first = 0, second] = filledColumns(line);
    const status = textAt(line, first);
    if (second !== undefined && status.length <= 20)
      this.meanings.push({ status, meaning: textAt(line, second) });
  }

  /** That keys of colours were passed over, and whether they say different things. */
  protected keyNotes(): Problem[] {
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

  protected takeRedLine(row: Row): boolean {
    const ref = filledColumns(row).length === 1 ? refOfListLine(row) : null;
    if (ref === null) {
      this.mode = this.header ? 'actions' : 'open';
      return false;
    }
    this.redList.push({ ref, where: placeOf(this.table, row.number) });
    return true;
  }

  protected takeSectionRow(row: Row): void {
    if (this.isLine(row)) {
      this.mode = this.header ? 'actions' : 'open';
      this.takeLine(row);
      return;
    }
    this.section?.rows.push({ row, where: placeOf(this.table, row.number), isAfterBreak: this.isNewPage });
    this.isNewPage = false;
  }

  protected takeLine(row: Row): void {
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

  /** Tables that were made nothing of: never dropped in silence. */
  protected unreadNotes(): Problem[] {
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

  /** One note for each stretch of rows that fit no action. */
  protected leftOutNotes(): Problem[] {
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
}

/** Share of the words of two texts that stand in both. */
function sharedWords(a: string, b: string): number {
  const left = new Set(foldHeader(a).split(' '));
  const right = new Set(foldHeader(b).split(' '));
  const shared = [...left].filter((word) => right.has(word)).length;
  return shared / (left.size + right.size - shared);
}
