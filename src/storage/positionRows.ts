/*
 * A published position in rows: `position|<period>`, and, where its lists are longer than an entity takes, parts of them in
 * `position part|<period>|<nnnn>`. Every part is a list of whole items, so that whoever looks rows through for a name finds it.
 */
import type { Period } from '../domain/period';
import type { Position } from '../domain/position';
import { decode, encode } from './codec';
import { afterPrefix, batchesOf, type Row, type Table, type Write } from './table';

/** Longest position of one row, in characters of JSON: an entity takes 480,000. */
const WHOLE = 400_000;
/** Longest part, but for one item that is longer alone. */
const PART = 200_000;

/** The lists that grow with a plan's actions. */
const LISTS = ['red', 'moves', 'silences', 'carried'] as const;
type ListName = (typeof LISTS)[number];

interface Part {
  readonly list: ListName;
  readonly items: readonly unknown[];
}

/** What a position is written as: its parts first, and then the row that vouches for them. */
export function positionWrites(position: Position): {
  readonly parts: readonly Write[];
  readonly head: Write;
} {
  const row = `position|${position.period}`;
  if (JSON.stringify(position).length <= WHOLE)
    return { parts: [], head: { op: 'insert', row, cells: encode(position) } };
  const parts = LISTS.flatMap((list) => partsOf(list, position[list]));
  const bare: Position = { ...position, red: [], moves: [], silences: [], carried: [] };
  return {
    parts: parts.map((part, at): Write => {
      const number = String(at).padStart(4, '0');
      return { op: 'put', row: partPrefix(position.period) + number, cells: encode(part) };
    }),
    head: { op: 'insert', row, cells: encode(bare, { parts: parts.length }) },
  };
}

/** The position of a row, with what stands in its parts. */
export async function positionOf(table: Table, row: Row): Promise<Position> {
  const position = decode<Position>(row);
  const count = Number(row.cells.parts ?? 0);
  if (count === 0) return position;
  const prefix = partPrefix(position.period);
  // What an earlier attempt left behind comes after, and is none of it.
  const rows = (await table.range(row.partition, prefix, afterPrefix(prefix))).slice(0, count);
  const parts = rows.map((one) => decode<Part>(one));
  const whole = Object.fromEntries(
    LISTS.map((name) => [name, parts.filter(({ list }) => list === name).flatMap(({ items }) => items)]),
  );
  return { ...position, ...whole };
}

/** Writes a position in parts anew, as `change` makes it. Done again after a stop it comes to the same; no part of the former is left. */
export async function rewritePosition(
  table: Table,
  row: Row,
  change: (position: Position) => Position,
): Promise<void> {
  const position = await positionOf(table, row);
  const after = change(position);
  if (JSON.stringify(after) === JSON.stringify(position)) return;
  const { parts, head } = positionWrites(after);
  for (const batch of batchesOf(parts)) await table.write(row.partition, batch);
  if (head.op === 'insert')
    await table.write(row.partition, [{ op: 'replace', row: row.row, etag: row.etag, cells: head.cells }]);
  const prefix = partPrefix(position.period);
  const kept = new Set(parts.map((part) => part.row));
  const gone = (await table.range(row.partition, prefix, afterPrefix(prefix)))
    .filter((part) => !kept.has(part.row))
    .map((part): Write => ({ op: 'delete', row: part.row }));
  for (const batch of batchesOf(gone)) await table.write(row.partition, batch);
}

function partPrefix(period: Period): string {
  return `position part|${period}|`;
}

function partsOf(list: ListName, items: readonly unknown[]): Part[] {
  const parts: { list: ListName; items: unknown[] }[] = [];
  let room = 0;
  for (const item of items) {
    const length = JSON.stringify(item).length + 1;
    const last = parts.at(-1);
    if (!last || length > room) {
      parts.push({ list, items: [item] });
      room = PART - length;
    } else {
      last.items.push(item);
      room -= length;
    }
  }
  return parts;
}
