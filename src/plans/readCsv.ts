import { parse } from 'csv-parse/sync';
import { MOST_ROWS } from './fileKind';
import { problem, type TablesRead, textCell } from './tables';

/** Longest row, in UTF-16 code units: a plan's have a few thousand. */
const LONGEST_RECORD = 1_000_000;
/** Columns beyond this are not looked at. */
const MOST_COLUMNS = 200;

/**
 * Reads comma, semicolon, tab or bar separated text as one nameless table. UTF-8, UTF-16 (where it says so at its
 * start) and the Windows code page that Excel saves in. Text that can't be parted into cells gives one
 * error; never throws.
 */
export function readCsv(bytes: Buffer): TablesRead {
  const { body, delimiter, skipped } = splitDirective(decode(bytes));
  try {
    const records = parse(body, {
      delimiter: delimiter ?? guessDelimiter(body),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      to: MOST_ROWS + 1,
      max_record_size: LONGEST_RECORD,
    }) as unknown as string[][];
    if (records.length > MOST_ROWS)
      return refuse(
        `The file has more than ${MOST_ROWS.toLocaleString('en-GB')} rows, which is more than any plan has: send the plan’s rows alone.`,
      );
    const rows = records
      .map((cells, index) => ({
        number: index + 1 + skipped,
        cells: cells.slice(0, MOST_COLUMNS).map((text) => textCell(text.trim())),
      }))
      .filter(({ cells }) => cells.some(({ text }) => text !== ''));
    return { tables: [{ name: '', rows }], problems: [] };
  } catch {
    return refuse(
      'The text can’t be parted into rows and cells (a quotation mark may not be closed): save it again as CSV and send that file.',
    );
  }
}

function refuse(message: string): TablesRead {
  return { tables: [], problems: [problem('error', 'the file', message)] };
}

function decode(bytes: Buffer): string {
  const start = bytes.subarray(0, 2).toString('hex');
  if (start === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (start === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Excel writes `sep=;` as a first line to say what parts the cells. */
function splitDirective(text: string): { body: string; delimiter: string | null; skipped: number } {
  const directive = /^"?sep=(.)"?\r?\n/i.exec(text);
  if (!directive?.[1]) return { body: text, delimiter: null, skipped: 0 };
  return { body: text.slice(directive[0].length), delimiter: directive[1], skipped: 1 };
}

/** The separator that occurs most outside quotation marks in the first lines. */
function guessDelimiter(text: string): string {
  const bare = text.slice(0, 20_000).replace(/"(?:[^"]|"")*"/g, '');
  const counts = [',', ';', '\t', '|'].map((separator) => ({
    separator,
    count: bare.split(separator).length - 1,
  }));
  return counts.reduce((most, one) => (one.count > most.count ? one : most)).separator;
}
