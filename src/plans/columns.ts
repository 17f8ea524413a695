import { isPeriodHeader, type Meaning, meaningOfHeader } from './headerWords';
import { readStatusText } from './readStatusText';
import { settleColumns } from './settleColumns';
import { filledColumns, type Row } from './tables';

/** The columns of a table by what they mean. Several columns can share one meaning: several narratives are joined. */
export interface ColumnMap {
  readonly columns: ReadonlyMap<Meaning, readonly number[]>;
  /** The header texts by column, as printed. */
  readonly headers: ReadonlyMap<number, string>;
  /** Columns whose header told nothing. */
  readonly unknown: readonly number[];
}

/** A header is a few words; a cell with more holds what somebody wrote. */
const LONGEST_HEADER = 110;
/** Sentences, figures and statuses stand in rows, not in headers. */
function isNoHeaderText(text: string): boolean {
  if (text.length > LONGEST_HEADER || (text.length > 40 && /[.;]$/.test(text))) return true;
  if (/^[\d.,/%£-]+$/.test(text) && text !== '%' && !isPeriodHeader(text)) return true;
  const { how } = readStatusText(text);
  return text.length <= 8 && how === 'plain';
}

/** An action table says who, when or how far, besides what. */
const TELLING: readonly Meaning[] = [
  'lead',
  'planned',
  'revised',
  'status',
  'percent',
  'narrative',
  'narrativeAndStatus',
];

/**
 * Reads a row as the header of an action table; null when it is none. It is one when it names a ref or a title and
 * at least one thing that is reported of an action, wherever in the file it stands.
 */
export function readHeader(row: Row): ColumnMap | null {
  const map = mapHeader(row);
  if (!map) return null;
  // Words of a header tell what it is of; where most tell nothing it is somebody's sentence.
  if (map.unknown.length > map.headers.size / 2) return null;
  const named = [map.columns.has('ref'), map.columns.has('title')].filter(Boolean).length;
  const telling = tellingMeanings(map).length;
  const isHeader = named >= 1 && telling >= 1 && telling + named >= Math.min(3, map.headers.size);
  return isHeader ? map : null;
}

/** What a header's columns mean, whether or not it is one of an action table; null when its cells are no header's. */
export function mapHeader(row: Row): ColumnMap | null {
  const filled = filledColumns(row);
  if (filled.length < 2) return null;
  const headers = new Map(filled.map((column) => [column, row.cells[column]?.text ?? '']));
  // One cell may say more than a header does ("What will we do? (the steps that …)"); two are somebody's row.
  if ([...headers.values()].filter(isNoHeaderText).length > (filled.length >= 5 ? 1 : 0)) return null;
  const found = new Map<Meaning, number[]>();
  const unknown: number[] = [];
  for (const [column, text] of headers) {
    const meaning = meaningOfHeader(text);
    if (meaning === null) unknown.push(column);
    else found.set(meaning, [...(found.get(meaning) ?? []), column]);
  }
  return { columns: settleColumns(found, headers), headers, unknown };
}

/** What a header has of the things that are reported of an action: who, when, how far. */
export function tellingMeanings({ columns }: ColumnMap): readonly Meaning[] {
  return TELLING.filter((meaning) => columns.has(meaning));
}
