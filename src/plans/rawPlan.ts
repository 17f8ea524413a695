import type { Problem } from '../domain/understood';
import type { ColumnMap } from './columns';
import type { Meaning } from './headerWords';
import type { Cell, Row, Table } from './tables';

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
  readonly narrative: readonly string[];
  readonly where: string;
}

/** An outcome or objective as printed; its ref is empty where it has none. */
export interface RawOutcome {
  readonly ref: string;
  readonly title: string;
  readonly group: RawGroup | null;
  readonly where: string;
}

/** A row of its own below an action, with a date or a status of its own, where the ref above reaches down to it. */
export interface RawStep {
  readonly fields: ReadonlyMap<Meaning, RawField>;
}

/** What a milestone column says of an action. */
export interface RawMilestone extends Placed {
  /** The column's header: `6 months`. */
  readonly when: string;
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
  /** The outcome whose row or heading stands above it; null under none. */
  readonly outcome: RawOutcome | null;
  readonly header: ColumnMap;
  readonly steps: readonly RawStep[];
  readonly milestones: readonly RawMilestone[];
}

/** A printed table of totals: its rows, and the row above them that says what the columns are. */
export interface RawTotals {
  readonly header: Row | null;
  readonly rows: readonly Row[];
  readonly where: string;
}

/** What a table other than one of actions is of. */
export type SectionKind =
  | 'measures'
  | 'assurance'
  | 'recommendations'
  | 'people'
  | 'risks'
  | 'versions'
  | 'milestones';

/** A table of another kind than actions, with its rows as they stand. */
export interface RawSection {
  readonly kind: SectionKind;
  /** null where the table has none and was told by its cells. */
  readonly header: Row | null;
  readonly rows: readonly SectionRow[];
  readonly group: RawGroup | null;
  readonly where: string;
}

export interface SectionRow {
  readonly row: Row;
  readonly where: string;
  /** It came right after the header was printed again: it may be the rest of the row above. */
  readonly isAfterBreak: boolean;
}

/** A line of a list under a label ("Outcomes:", "Recommendations:"). */
export interface RawItem extends Placed {
  readonly kind: 'measure' | 'recommendation' | 'assurance' | 'person';
  readonly group: RawGroup | null;
}

/** One line of a key of colours: a status and what it means there. */
export interface RawMeaning {
  readonly status: string;
  readonly meaning: string;
}

/** All that was found in one table. */
export interface TableWalk {
  readonly table: Table;
  readonly headers: readonly ColumnMap[];
  readonly groups: readonly RawGroup[];
  readonly outcomes: readonly RawOutcome[];
  readonly actions: readonly RawAction[];
  readonly sections: readonly RawSection[];
  readonly items: readonly RawItem[];
  /** Lines of text that stand before any table. */
  readonly lines: readonly Placed[];
  readonly totals: readonly RawTotals[];
  readonly redList: readonly { readonly ref: string; readonly where: string }[];
  readonly meanings: readonly RawMeaning[];
  readonly problems: readonly Problem[];
}
