import type { Stored } from '../app/ports';
import { decode, encode } from './codec';
import type { Cell, Row, Write } from './table';

/** The row as its reader wants it, or null. */
export function stored<T>(row: Row | null): Stored<T> | null {
  return row ? { value: decode<T>(row), etag: row.etag } : null;
}

/** A write that makes or replaces a row. */
export function put(row: string, value: unknown, columns: Readonly<Record<string, Cell>> = {}): Write {
  return { op: 'put', row, cells: encode(value, columns) };
}

/** A write that replaces what was read, and nothing newer. */
export function replace(
  row: string,
  { value, etag }: Stored<unknown>,
  columns: Readonly<Record<string, Cell>> = {},
): Write {
  return { op: 'replace', row, etag, cells: encode(value, columns) };
}
