import { unzipSync, type Zippable, zipSync } from 'fflate';

/** The first day that a zip archive can name: every entry has it, so that the same content is the same file. */
const EPOCH = new Date(1980, 0, 1);

/**
 * The same archive with its entries' times made one and its entries in the order of their names (but for the list of contents, which
 * programs look for first). `mend` may change an entry; it is given its text.
 */
export function fixedZip(
  bytes: Uint8Array,
  mend: (name: string, text: string) => string = (_, text) => text,
): Uint8Array {
  const entries = unzipSync(bytes);
  const names = Object.keys(entries).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const fixed: Zippable = {};
  for (const name of names) {
    const entry = entries[name];
    if (!entry || name.endsWith('/')) continue;
    const isText = /\.(?:xml|rels)$/.test(name);
    const content = isText ? Buffer.from(mend(name, Buffer.from(entry).toString('utf8')), 'utf8') : entry;
    fixed[name] = [new Uint8Array(content), { mtime: EPOCH, level: 6 }];
  }
  return zipSync(fixed);
}

function rank(name: string): number {
  return name === '[Content_Types].xml' ? 0 : 1;
}
