import { readRef } from './actionRefs';
import { type ColumnMap, mapHeader } from './columns';
import { foldHeader, type Meaning, meaningOfHeader } from './headerWords';
import type { OwnLists } from './ownLists';
import type { RawAction, RawField, RawGroup, TableWalk } from './rawPlan';
import { placeOf, type Row, type Table, textAt } from './tables';

/** Rows at the top of a sheet among which its header stands. */
const TOP_ROWS = 8;

/**
 * Reads the sheet of one priority of a tracker that Steward made: its heading, its header, an action a row. Nothing is told by its looks, so that
 * no words of an action are taken for a heading or for the rest of the row above. Null for any other sheet.
 */
export function walkOwnSheet(table: Table, own: OwnLists): TableWalk | null {
  const at = table.rows.slice(0, TOP_ROWS).findIndex((row) => foldHeader(textAt(row, 0)) === 'action ref');
  const header = table.rows[at] && ownHeader(table.rows[at]);
  const group = table.rows.slice(0, Math.max(0, at)).reduce<RawGroup | null>((found, row) => {
    const heading = own.groupNamed(textAt(row, 0), textAt(row, 1));
    return heading ? { ...heading, leads: [], narrative: [], where: placeOf(table, row.number) } : found;
  }, null);
  if (!header || !group) return null;
  const fieldsOf = (row: Row): Map<Meaning, RawField> =>
    new Map(
      [...header.columns].flatMap(([meaning, [column]]): [Meaning, RawField][] => {
        const cell = column === undefined ? undefined : row.cells[column];
        if (!cell || meaning === 'ref' || meaning === 'step' || meaning === 'aside') return [];
        if (cell.text === '' && cell.fill === null) return [];
        return [[meaning, { text: cell.text, cell, where: placeOf(table, row.number, column) }]];
      }),
    );
  const actions = table.rows.slice(at + 1).map((row): RawAction => {
    const text = textAt(row, 0);
    const read = readRef(text);
    return {
      where: placeOf(table, row.number),
      ref: text === '' ? null : (read?.ref ?? text),
      refNote: read?.note ?? '',
      fields: fieldsOf(row),
      group,
      outcome: null,
      header,
      steps: [],
      milestones: [],
    };
  });
  const title = table.rows[0];
  return {
    table,
    headers: [header],
    groups: [group],
    outcomes: [],
    actions: actions.filter(({ ref, fields }) => ref !== null || (fields.get('title')?.text ?? '') !== ''),
    sections: [],
    items: [],
    lines: title && at > 0 ? [{ text: textAt(title, 0), where: placeOf(table, title.number) }] : [],
    totals: [],
    redList: [],
    meanings: [],
    problems: [],
  };
}

/**
 * Each column by its own head alone: a column that is missing had nothing in it, and no other serves in its place. So no words point elsewhere
 * but those of the column for it.
 */
function ownHeader(row: Row): ColumnMap | null {
  const header = mapHeader(row);
  if (!header) return null;
  const columns = new Map<Meaning, readonly number[]>([['see', []]]);
  for (const [column, head] of header.headers) {
    const meaning = meaningOfHeader(head);
    if (meaning !== null && !columns.get(meaning)?.length) columns.set(meaning, [column]);
  }
  return { ...header, columns };
}
