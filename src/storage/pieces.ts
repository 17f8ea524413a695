import { decode, encode } from './codec';
import { afterPrefix, batchesOf, type Table, type Write } from './table';

/**
 * Longest piece of a long text that goes into one row, in characters. Encoding at most doubles it (quotation marks and backslashes), which is
 * still under what an entity takes.
 */
const PIECE = 200_000;

/** How many rows a value takes that is too long for one. */
export function piecesOf(value: unknown): string[] {
  const json = JSON.stringify(value);
  const pieces: string[] = [];
  for (let at = 0; at < json.length; at += PIECE) pieces.push(json.slice(at, at + PIECE));
  return pieces;
}

/** Writes pieces as rows whose keys begin with `prefix` (which ends in `|`), in as few transactions as Azure takes. */
export async function writePieces(
  table: Table,
  partition: string,
  prefix: string,
  pieces: readonly string[],
): Promise<void> {
  const writes = pieces.map((piece, at): Write => {
    return { op: 'put', row: `${prefix}${String(at).padStart(4, '0')}`, cells: encode(piece) };
  });
  for (const batch of batchesOf(writes)) await table.write(partition, batch);
}

/** Reads what {@link writePieces} wrote; null when there are fewer pieces than there should be. Those beyond are of an earlier try, which was given up. */
export async function readPieces<T>(
  table: Table,
  partition: string,
  prefix: string,
  count: number,
): Promise<T | null> {
  const rows = await table.range(partition, prefix, afterPrefix(prefix));
  if (rows.length < count || count === 0) return null;
  return JSON.parse(
    rows
      .slice(0, count)
      .map((row) => decode<string>(row))
      .join(''),
  ) as T;
}

/** Takes away every row whose key begins with `prefix`, but for those under `except`. */
export async function dropPieces(
  table: Table,
  partition: string,
  prefix: string,
  except?: string,
): Promise<void> {
  const rows = await table.range(partition, prefix, afterPrefix(prefix));
  const writes = rows
    .filter(({ row }) => except === undefined || !row.startsWith(except))
    .map(({ row }): Write => ({ op: 'delete', row }));
  for (const batch of batchesOf(writes)) await table.write(partition, batch);
}
