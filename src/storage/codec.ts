import type { Cell, Row } from './table';

/** Longest piece of text in one property: Azure's limit is 32 Ki characters (64 KiB of UTF-16). */
const PIECE = 30_000;
/** An entity stops at 1 MiB (UTF-16, names included): this leaves room for keys and the index columns. */
const LONGEST = 480_000;

/** Unicode's own line ends, which Word leaves in a text: a transaction on the wire is lines, and Azurite parts it at these too. */
const LINE_ENDS = /[\u2028\u2029]/g;

/**
 * Writes a value as JSON into the properties `body0`, `body1`, …, beside the columns that are there to be looked at.
 * Throws a RangeError when it can't fit into one entity.
 */
export function encode(value: unknown, columns: Readonly<Record<string, Cell>> = {}): Record<string, Cell> {
  const json = JSON.stringify(value).replace(LINE_ENDS, (char) =>
    char === '\u2028' ? '\\u2028' : '\\u2029',
  );
  if (json.length > LONGEST)
    throw new RangeError(`an entity of ${json.length} characters is over Azure's limit`);
  const cells: Record<string, Cell> = {};
  for (const [name, cell] of Object.entries(columns))
    cells[name] = typeof cell === 'string' ? cell.replace(LINE_ENDS, ' ') : cell;
  for (let at = 0, piece = 0; at < json.length; piece += 1) {
    // Never between the halves of a surrogate pair: a lone half does not survive the wire.
    const end =
      at + PIECE < json.length && isHighSurrogate(json, at + PIECE - 1) ? at + PIECE - 1 : at + PIECE;
    cells[`body${piece}`] = json.slice(at, end);
    at = end;
  }
  return cells;
}

/** Reads what {@link encode} wrote. The type is the writer's promise: rows are written by nobody else. */
export function decode<T>(row: Row): T {
  let json = '';
  for (let piece = 0; row.cells[`body${piece}`] !== undefined; piece += 1)
    json += String(row.cells[`body${piece}`]);
  return JSON.parse(json) as T;
}

/**
 * A text made safe as a part of a table key: `/ \ # ? % |`, control characters and what Azure does not take are written as
 * `~hex`, so that two texts never become one key.
 */
export function keyPart(text: string): string {
  return text.replace(/[/\\#?%|~\p{Cc}\p{Cs}\uffff]/gu, (char) => {
    return `~${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function isHighSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code <= 0xdbff;
}
