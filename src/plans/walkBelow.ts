import { readRef } from './actionRefs';
import type { ColumnMap } from './columns';
import { type Meaning, meaningOfHeader } from './headerWords';
import { filledColumns, placeOf, type Row, textAt, textCell } from './tables';
import type { ActionDraft } from './walkState';
import { WithinWalk } from './walkWithin';

interface Labels {
  readonly counts: ReadonlyMap<string, number>;
  readonly actions: number;
}

/** Reads the rows below an action's own row that say more of it. */
export abstract class BelowWalk extends WithinWalk {
  /** What the row below the action's own row said last: "Update: …"; null where there was none. */
  protected below: Meaning | null = null;
  private labels: Labels | null = null;

  /** "Update: …" or "Impact | …" across the table, below the row of an action, is said of that action. */
  protected takeLabelledRow(row: Row, columns: readonly number[], header: ColumnMap): boolean {
    const { last } = this;
    const [first = 0, second] = columns;
    if (!last || first > 0 || columns.length > 2 || header.headers.size < 4) return false;
    const where = placeOf(this.table, row.number, second ?? first);
    const labelled = labelOf(row, columns);
    const meaning = labelled && meaningBelow(labelled.label);
    if (labelled && meaning && this.standsBelowMost(labelled.label)) {
      this.addBelow(last, meaning, labelled.text, where, '\n');
      this.below = meaning;
      this.isNewPage = false;
      return true;
    }
    // What a page end parted goes on with it.
    if (
      this.below === null ||
      !this.isNewPage ||
      second !== undefined ||
      readRef(textAt(row, first)) !== null
    )
      return false;
    this.addBelow(last, this.below, textAt(row, first), where, ' ');
    this.isNewPage = false;
    return true;
  }

  /** Whether most rows of actions have a row with such a label: one at the end of a table is said of the group. */
  protected standsBelowMost(label: string): boolean {
    this.labels ??= this.countLabels();
    return (this.labels.counts.get(label) ?? 0) >= this.labels.actions / 2;
  }

  /** How often each label stands in a row of its own, and how many rows are full enough to be actions. */
  private countLabels(): Labels {
    const counts = new Map<string, number>();
    let actions = 0;
    for (const row of this.table.rows) {
      if (this.isLine(row)) continue;
      const columns = filledColumns(row);
      if (columns.length >= 3 && this.headerOf(row) === null) actions += 1;
      const label = columns[0] === 0 ? labelOf(row, columns) : undefined;
      if (label !== undefined) counts.set(label.label, (counts.get(label.label) ?? 0) + 1);
    }
    return { counts, actions };
  }

  protected addBelow(
    last: ActionDraft,
    meaning: Meaning,
    text: string,
    where: string,
    between: string,
  ): void {
    const known = last.fields.get(meaning);
    last.fields.set(
      meaning,
      known ? { ...known, text: `${known.text}${between}${text}` } : { text, cell: textCell(text), where },
    );
  }
}

/** The label of a row of one or two cells, and what it says. */
function labelOf(row: Row, columns: readonly number[]): { label: string; text: string } | undefined {
  const [first = 0, second, ...more] = columns;
  if (more.length > 0) return undefined;
  if (second === undefined) return partLabel(textAt(row, first)) ?? undefined;
  return { label: textAt(row, first), text: textAt(row, second) };
}

/** A label and its text in one cell: "Update: All is well"; null for any other. */
function partLabel(text: string): { label: string; text: string } | null {
  const match = /^([^:\n]{3,40}?)\s*:\s*(\S[\s\S]*)$/.exec(text);
  return match?.[1] && match[2] ? { label: match[1], text: match[2] } : null;
}

const SAID_BELOW: readonly Meaning[] = ['narrative', 'evidence', 'barriers', 'partners', 'resources', 'ask'];

/** What a row with such a label says of the action above it; null where it says nothing of it. */
function meaningBelow(label: string): Meaning | null {
  if (!/^\p{Lu}/u.test(label) || label.length > 40) return null;
  if (/^(?:planned )?next steps$/i.test(label)) return 'narrative';
  const meaning = meaningOfHeader(label);
  return meaning !== null && SAID_BELOW.includes(meaning) ? meaning : null;
}
