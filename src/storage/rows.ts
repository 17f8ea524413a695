import { mapInSlices } from '../app/inSlices';
import type { Stored } from '../app/ports';
import { compareRefs } from '../domain/refs';
import { decode, encode } from './codec';
import type { Cell, Row, Write } from './table';

/** The row as its reader wants it, or null. */
export function stored<T>(row: Row | null): Stored<T> | null {
  return row ? { value: decode<T>(row), etag: row.etag } : null;
}

/** The values of as many rows as a plan has, in their order. */
export function values<T>(rows: readonly Row[]): Promise<T[]> {
  return mapInSlices(rows, (row) => decode<T>(row));
}

/** As {@link values}, each as it is written back. */
export function storedValues<T>(rows: readonly Row[]): Promise<Stored<T>[]> {
  return mapInSlices(rows, (row) => ({ value: decode<T>(row), etag: row.etag }));
}

/** As {@link values}, in the order of their refs; the id decides between equal ones. */
export async function valuesInRefOrder<T extends { readonly ref: string; readonly id: string }>(
  rows: readonly Row[],
): Promise<T[]> {
  const found = await values<T>(rows);
  return found.sort((a, b) => compareRefs(a.ref, b.ref) || (a.id < b.id ? -1 : 1));
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
