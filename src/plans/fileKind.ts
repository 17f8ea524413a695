import { inflateRawSync } from 'node:zlib';

/** What a file is by what it holds, whatever its name says. */
export type FileKind =
  | 'xlsx'
  | 'docx'
  | 'ods'
  | 'zip'
  | 'xls'
  | 'locked'
  | 'pdf'
  | 'text'
  | 'empty'
  | 'damaged';

/** Largest file that is read, in bytes. */
export const LARGEST_FILE = 20 * 1024 * 1024;
/** Most rows that are read, over all sheets. A plan has some hundred. */
export const MOST_ROWS = 50_000;
/** Most bytes that a file may unpack to: a workbook of a hundred thousand long cells stays under it. */
const LARGEST_UNPACKED = 150 * 1024 * 1024;

/** What stands in a zip file, found without unpacking it. */
interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedSize: number;
  readonly offset: number;
}

const SIGNATURES: readonly (readonly [string, FileKind])[] = [
  ['d0cf11e0a1b11ae1', 'xls'],
  ['25504446', 'pdf'],
];

/** Tells what kind of file the bytes are. Looks at the bytes alone; never throws. */
export function kindOfFile(bytes: Buffer): FileKind {
  if (bytes.length === 0) return 'empty';
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return kindOfZip(bytes);
  const start = bytes.subarray(0, 8).toString('hex');
  const signed = SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1];
  // Excel wraps a workbook that has a password in the container that old .xls files use.
  if (signed === 'xls' && bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))) return 'locked';
  if (signed) return signed;
  return isText(bytes) ? 'text' : 'damaged';
}

/**
 * Says why a workbook is too much to read, as the end of a sentence ("unpacks to …"); null when it is not.
 * Unpacks one part at a time and stops at the limit, so that memory stays bounded whatever sizes the file claims.
 */
export function excessOfWorkbook(bytes: Buffer): string | null {
  let unpacked = 0;
  let rows = 0;
  for (const entry of zipEntries(bytes)) {
    const content = unpack(bytes, entry, LARGEST_UNPACKED - unpacked);
    if (content === 'too large') return `unpacks to more than ${LARGEST_UNPACKED / 1024 / 1024} MB`;
    if (content === null) continue;
    unpacked += content.length;
    if (/^xl\/worksheets\/[^/]+\.xml$/.test(entry.name)) rows += countRows(content);
    if (rows > MOST_ROWS) return `has more than ${MOST_ROWS.toLocaleString('en-GB')} rows`;
  }
  return null;
}

function kindOfZip(bytes: Buffer): FileKind {
  const entries = zipEntries(bytes);
  if (entries.length === 0) return 'damaged';
  const holds = (prefix: string): boolean => entries.some(({ name }) => name.startsWith(prefix));
  if (holds('xl/workbook')) return 'xlsx';
  if (holds('word/')) return 'docx';
  return holds('content.xml') ? 'ods' : 'zip';
}

/** Reads the list at the end of a zip file; empty when there is none, as in a file cut short. */
function zipEntries(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || end + 22 > bytes.length) return [];
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === 0x02014b50) {
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      packedSize: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function unpack(bytes: Buffer, entry: ZipEntry, limit: number): Buffer | null | 'too large' {
  if (entry.offset + 30 > bytes.length) return null;
  const start =
    entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
  const packed = bytes.subarray(start, start + entry.packedSize);
  if (limit <= 0) return 'too large';
  if (entry.method === 0) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: limit });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : null;
  }
}

function countRows(sheet: Buffer): number {
  let rows = 0;
  for (let at = sheet.indexOf('<row'); at >= 0 && rows <= MOST_ROWS; at = sheet.indexOf('<row', at + 4))
    rows += 1;
  return rows;
}

/** Text has no zero bytes, unless it is UTF-16 and says so at its start. */
function isText(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 2).toString('hex');
  return start === 'fffe' || start === 'feff' || !bytes.subarray(0, 64 * 1024).includes(0);
}
