import { inflateRawSync } from 'node:zlib';

/** What stands in a zip file, found without unpacking it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedSize: number;
  readonly offset: number;
  /** Its bytes are enciphered with a password. */
  readonly isLocked: boolean;
}

/** More parts than any Office file has: what is listed beyond them is not looked at. */
const MOST_ENTRIES = 10_000;

/** Reads the list at the end of a zip file; empty when there is none, as in a file cut short. Never throws. */
export function zipEntries(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'));
  if (end < 0 || end + 22 > bytes.length) return [];
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  while (
    entries.length < MOST_ENTRIES &&
    at + 46 <= bytes.length &&
    bytes.readUInt32LE(at) === CENTRAL_SIGNATURE
  ) {
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      isLocked: (bytes.readUInt16LE(at + 8) & 1) === 1,
      method: bytes.readUInt16LE(at + 10),
      packedSize: bytes.readUInt32LE(at + 20),
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

const CENTRAL_SIGNATURE = 0x02014b50;

/**
 * Unpacks one part, and stops at `limit` bytes, so that memory stays bounded whatever size the file claims. null for a part that
 * is damaged or lies outside the file.
 */
export function unpack(bytes: Buffer, entry: ZipEntry, limit: number): Buffer | null | 'too large' {
  if (entry.offset + 30 > bytes.length) return null;
  const start =
    entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
  const packed = bytes.subarray(start, start + entry.packedSize);
  if (limit <= 0) return 'too large';
  if (entry.method === 0) return packed.length > limit ? 'too large' : packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: limit });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : null;
  }
}
