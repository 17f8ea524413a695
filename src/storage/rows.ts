import { mapInSlices } from '../app/inSlices';
import type { Stored } from '../app/ports';
import { compareText, refSortKey } from '../domain/refs';
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
  // Keys are made with the values, in slices: sorting itself can't be done in slices.
  const found = await mapInSlices(rows, (row) => {
    const value = decode<T>(row);
    return { value, key: refSortKey(value.ref) };
  });
  return found
    .sort((a, b) => compareText(a.key, b.key) || compareText(a.value.id, b.value.id))
    .map(({ value }) => value);
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
