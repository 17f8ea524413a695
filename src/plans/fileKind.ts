import { unpack, type ZipEntry, zipEntries } from './zipFile';

/** What a file is by what it holds, whatever its name says. */
export type FileKind =
  | 'xlsx'
  | 'docx'
  | 'xlsb'
  | 'opendocument'
  | 'slides'
  | 'zip'
  | 'old office'
  | 'locked'
  | 'pdf'
  | 'rtf'
  | 'web page'
  | 'picture'
  | 'text'
  | 'empty'
  | 'damaged';

/** Largest file that is read, in bytes. */
export const LARGEST_FILE = 20 * 1024 * 1024;
/** Most rows that are read, over all sheets. A plan has some hundred. */
export const MOST_ROWS = 20_000;
/** Most rows and paragraphs of a Word document: one of a thousand pages has fewer. */
const MOST_WORD_ROWS = 6_000;
const MOST_WORD_PARAGRAPHS = 60_000;
/** Most bytes that a file may unpack to: a workbook of a hundred thousand long cells stays under it. */
const LARGEST_UNPACKED = 150 * 1024 * 1024;
/** Most bytes of a Word document's own text with its markup. */
const LARGEST_WORD_TEXT = 30 * 1024 * 1024;
/** Most cells that merged ranges may cover before they are read as if they were not merged. */
const MOST_MERGED_CELLS = 500_000;
/** Most merged ranges that are followed: the library looks at every pair of them. */
const MOST_MERGES = 2_000;

const SIGNATURES: readonly (readonly [string, FileKind])[] = [
  ['d0cf11e0a1b11ae1', 'old office'],
  ['25504446', 'pdf'],
  ['7b5c727466', 'rtf'],
  ['ffd8ff', 'picture'],
  ['89504e47', 'picture'],
  ['47494638', 'picture'],
  ['49492a00', 'picture'],
  ['4d4d002a', 'picture'],
];

/** Tells what kind of file the bytes are. Looks at the bytes alone; never throws. */
export function kindOfFile(bytes: Buffer): FileKind {
  if (bytes.length === 0) return 'empty';
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return kindOfZip(bytes);
  const start = bytes.subarray(0, 8).toString('hex');
  const signed = SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1];
  // Office wraps a file that has a password in the container that old .xls and .doc files use.
  if (signed === 'old office' && bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) return 'locked';
  if (signed) return signed;
  if (!isText(bytes)) return 'damaged';
  const text = bytes
    .subarray(0, 1024)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (
    text === '' &&
    bytes
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .trim() === ''
  )
    return 'empty';
  return /^(?:<!doctype html|<html|<\?xml)/i.test(text) ? 'web page' : 'text';
}

/** What was found in an Office file before a library opens it. */
export interface OfficeSurvey {
  /** Why it is not opened, as the end of a sentence ("unpacks to more than …"); null when it can be. */
  readonly excess: string | null;
  /** It carries macros, which are never run. */
  readonly hasMacros: boolean;
  /** It points at other files or at pictures elsewhere, which are never fetched. */
  readonly hasOutsideLinks: boolean;
  /** Its merged ranges cover more cells than any plan's do: they are better left alone. */
  readonly mergesTooMuch: boolean;
}

/**
 * Looks through an Office file's parts. Unpacks one at a time and stops at the limit, so that memory stays bounded whatever
 * sizes the file claims.
 */
export function surveyOfficeFile(bytes: Buffer, kind: 'xlsx' | 'docx'): OfficeSurvey {
  const entries = zipEntries(bytes);
  const hasMacros = entries.some(({ name }) => /vbaProject\.bin$/i.test(name));
  let unpacked = 0;
  let rows = 0;
  let mergedCells = 0;
  let merges = 0;
  let hasOutsideLinks = entries.some(({ name }) => name.startsWith('xl/externalLinks/'));
  const found = (excess: string | null): OfficeSurvey => ({
    excess,
    hasMacros,
    hasOutsideLinks,
    mergesTooMuch: mergedCells > MOST_MERGED_CELLS || merges > MOST_MERGES,
  });
  for (const entry of entries) {
    const content = unpack(bytes, entry, LARGEST_UNPACKED - unpacked);
    if (content === 'too large')
      return found(tooMuch(`unpacks to more than ${LARGEST_UNPACKED / 1024 / 1024} MB`));
    if (content === null) continue;
    unpacked += content.length;
    if (/\.(?:xml|rels)$/.test(entry.name) && definesEntities(content))
      return found('defines XML entities, which no Office program writes and which can blow it up');
    hasOutsideLinks ||= entry.name.endsWith('.rels') && pointsOutside(content);
    const excess = kind === 'xlsx' ? null : excessOfWordPart(entry, content);
    if (excess) return found(tooMuch(excess));
    if (kind === 'xlsx' && /^xl\/worksheets\/[^/]+\.xml$/.test(entry.name)) {
      rows += count(content, '<row', MOST_ROWS);
      mergedCells += cellsMerged(content);
      merges += count(content, '<mergeCell ', MOST_MERGES);
    }
    if (rows > MOST_ROWS) return found(tooMuch(`has more than ${inWords(MOST_ROWS)} rows`));
  }
  return found(null);
}

function excessOfWordPart(entry: ZipEntry, content: Buffer): string | null {
  if (!/^word\/document\d*\.xml$/.test(entry.name)) return null;
  if (content.length > LARGEST_WORD_TEXT)
    return `has more than ${LARGEST_WORD_TEXT / 1024 / 1024} MB of text`;
  if (count(content, '<w:tr>', MOST_WORD_ROWS) + count(content, '<w:tr ', MOST_WORD_ROWS) > MOST_WORD_ROWS)
    return `has more than ${inWords(MOST_WORD_ROWS)} rows in its tables`;
  const paragraphs =
    count(content, '<w:p>', MOST_WORD_PARAGRAPHS) + count(content, '<w:p ', MOST_WORD_PARAGRAPHS);
  return paragraphs > MOST_WORD_PARAGRAPHS
    ? `has more than ${inWords(MOST_WORD_PARAGRAPHS)} paragraphs`
    : null;
}

function tooMuch(what: string): string {
  return `${what}, which is more than any plan has`;
}

function inWords(figure: number): string {
  return figure.toLocaleString('en-GB');
}

function definesEntities(content: Buffer): boolean {
  return content.includes('<!ENTITY') || content.subarray(0, 4096).includes('<!DOCTYPE');
}

/** A link in the text is no more than text; a picture, a template or a sheet elsewhere would have to be fetched. */
function pointsOutside(relations: Buffer): boolean {
  const outside = relations.toString('utf8').match(/<Relationship\b[^>]*TargetMode="External"[^>]*>/g) ?? [];
  return outside.some((one) => !/relationships\/hyperlink"/.test(one));
}

function cellsMerged(sheet: Buffer): number {
  const at = sheet.indexOf('<mergeCells');
  if (at < 0) return 0;
  let cells = 0;
  for (const [, from, to] of sheet
    .subarray(at)
    .toString('latin1')
    .matchAll(/<mergeCell\b[^>]*ref="([A-Z]+\d+):([A-Z]+\d+)"/g)) {
    const [first, last] = [position(from ?? ''), position(to ?? '')];
    cells += (last.row - first.row + 1) * (last.column - first.column + 1);
    if (cells > MOST_MERGED_CELLS) return cells;
  }
  return cells;
}

function position(address: string): { row: number; column: number } {
  const letters = /^[A-Z]+/.exec(address)?.[0] ?? '';
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(address.slice(letters.length)), column };
}

function kindOfZip(bytes: Buffer): FileKind {
  const entries = zipEntries(bytes);
  if (entries.length === 0) return 'damaged';
  if (entries.some(({ isLocked }) => isLocked)) return 'locked';
  const holds = (prefix: string): boolean => entries.some(({ name }) => name.startsWith(prefix));
  if (holds('xl/workbook.bin')) return 'xlsb';
  if (holds('xl/workbook')) return 'xlsx';
  if (holds('word/')) return 'docx';
  if (holds('ppt/')) return 'slides';
  return holds('content.xml') ? 'opendocument' : 'zip';
}

/** How often a text stands in a part; stops counting past `most`. */
function count(content: Buffer, text: string, most: number): number {
  let found = 0;
  for (let at = content.indexOf(text); at >= 0 && found <= most; at = content.indexOf(text, at + 4))
    found += 1;
  return found;
}

/** Text has no zero bytes, unless it is UTF-16 and says so at its start. */
function isText(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 2).toString('hex');
  return start === 'fffe' || start === 'feff' || !bytes.subarray(0, 64 * 1024).includes(0);
}
