/* What is read and written with the mark by which it is known to be unchanged. */

/** A stored value with the mark that tells whether it changed since it was read. */
export interface Stored<T> {
  readonly value: T;
  readonly etag: string;
}

/** Somebody else wrote first: read again and decide again. Nothing was written. Every `save…` may throw it. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
  constructor(
    /** What was being written, for the log. */
    readonly partition: string,
    readonly row: string,
    options?: ErrorOptions,
  ) {
    super(`row ${row} of ${partition} was changed or made by somebody else`, options);
  }
}

/** A row as it was read, and as it is to be. */
export interface Replaced<T> {
  readonly before: Stored<T>;
  readonly after: T;
}
