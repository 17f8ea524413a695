/** What a cell of a table may hold. */
export type Cell = string | number | boolean;

/** One entity: its keys, its properties, and the etag it was read with. */
export interface Row {
  readonly partition: string;
  readonly row: string;
  readonly etag: string;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** One operation of a transaction. */
export type Write =
  /** Fails with `Conflict` (app/ports.ts) when the row exists. */
  | { readonly op: 'insert'; readonly row: string; readonly cells: Readonly<Record<string, Cell>> }
  /** Replaces what was read; fails with `Conflict` (app/ports.ts) when it changed since, or is gone. */
  | {
      readonly op: 'replace';
      readonly row: string;
      readonly cells: Readonly<Record<string, Cell>>;
      readonly etag: string;
    }
  /** Writes the row whether or not it exists. */
  | { readonly op: 'put'; readonly row: string; readonly cells: Readonly<Record<string, Cell>> }
  /** Removes the row; that it is gone already is no fault. */
  | { readonly op: 'delete'; readonly row: string };

/** Most operations in one transaction of one partition: Azure Table storage's own limit. */
export const TRANSACTION_LIMIT = 100;

/** The four verbs that storage needs of a table. One suite tests the fake and Azure Tables alike. */
export interface Table {
  /** One row, or null. */
  read(partition: string, row: string): Promise<Row | null>;
  /** The rows of a partition with `from` <= row key < `below`, in key order, all pages; the first `limit` (or some more) where it is given. */
  range(partition: string, from: string, below: string, limit?: number): Promise<Row[]>;
  /**
   * Writes all or nothing, in one partition. At most {@link TRANSACTION_LIMIT} operations, each row at most once.
   * Gives the new etag of each row in order (empty for a deleted one).
   */
  write(partition: string, writes: readonly Write[]): Promise<string[]>;
}

/**
 * The end of the range of all keys that begin with `prefix`, which must end in `|`: the next character after it. Keys are compared
 * by their code units, in Azure as here.
 */
export function afterPrefix(prefix: string): string {
  return `${prefix.slice(0, -1)}}`;
}

/**
 * Longest transaction in characters of its cells. Azure takes 4 MiB on the wire, where a character is up to three bytes and some more as
 * JSON: two texts of 480,000 characters fit whatever they are written in.
 */
const BATCH_CHARACTERS = 1_000_000;

/** Writes of one partition in as few transactions as Azure takes, in order. Each is all or nothing; together they are not. */
export function batchesOf(writes: readonly Write[]): Write[][] {
  const batches: Write[][] = [];
  let room = 0;
  for (const write of writes) {
    const length = lengthOf(write);
    const last = batches.at(-1);
    if (!last || last.length >= TRANSACTION_LIMIT || length > room) {
      batches.push([write]);
      room = BATCH_CHARACTERS - length;
    } else {
      last.push(write);
      room -= length;
    }
  }
  return batches;
}

function lengthOf(write: Write): number {
  const cells = write.op === 'delete' ? [] : Object.values(write.cells);
  return cells.reduce<number>((sum, cell) => sum + String(cell).length, 0);
}
