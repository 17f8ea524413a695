import type { Problem } from '../domain/understood';
import { problem, type TablesRead } from './tables';
import { readWordFills } from './wordFills';
import { type ParseMarkup, readWordHtml } from './wordHtml';
import { layOutBlocks, type TableFills } from './wordStream';
import { unpack, zipEntries } from './zipFile';

/** Largest part that is looked at for colours, in bytes. The caller has checked the whole file before. */
const LARGEST_PART = 40 * 1024 * 1024;

/** Titles count as headings, too; what was deleted with changes tracked is left out by mammoth itself. */
const STYLES: readonly string[] = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => h2:fresh",
  "p[style-name='Heading 7'] => h6:fresh",
  "p[style-name='Heading 8'] => h6:fresh",
  'b => strong',
];

/**
 * Reads a Word document as one table: its paragraphs and tables in document order, each row with its place. A document
 * that can't be opened gives one error; never throws. Pictures are not read, macros never run, nothing elsewhere is fetched.
 * The caller has checked its size.
 */
export async function readDocx(bytes: Buffer): Promise<TablesRead> {
  // Loaded when first needed: most of Steward's life no document comes in.
  const [{ default: mammoth }, { Parser }] = await Promise.all([import('mammoth'), import('htmlparser2')]);
  const parserOf =
    (xmlMode: boolean): ParseMarkup =>
    (markup, handler) =>
      new Parser(handler, { xmlMode, decodeEntities: !xmlMode }).end(markup);
  try {
    const noPicture = mammoth.images.imgElement(async () => ({ src: '' }));
    const { value } = await mammoth.convertToHtml(
      { buffer: bytes },
      {
        styleMap: [...STYLES],
        convertImage: noPicture,
        externalFileAccess: false,
        includeEmbeddedStyleMap: false,
      },
    );
    const blocks = readWordHtml(value, parserOf(false));
    const table = layOutBlocks(blocks, readFills(bytes, parserOf(true)));
    const problems = table.rows.length === 0 ? [empty()] : [];
    return { tables: table.rows.length === 0 ? [] : [table], problems };
  } catch {
    const message =
      'The document is damaged and can’t be opened: save it again in Word as .docx and send that file.';
    return { tables: [], problems: [problem('error', 'the file', message)] };
  }
}

function empty(): Problem {
  return problem(
    'error',
    'the file',
    'The document holds no text: if the plan is a picture in it, send the document that the picture was made from.',
  );
}

function readFills(bytes: Buffer, parse: ParseMarkup): TableFills[] {
  const entry = zipEntries(bytes).find(({ name }) => /^word\/document\d*\.xml$/.test(name));
  const part = entry ? unpack(bytes, entry, LARGEST_PART) : null;
  return Buffer.isBuffer(part) ? readWordFills(part.toString('utf8'), parse) : [];
}
