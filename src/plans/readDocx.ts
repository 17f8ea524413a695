import type { Problem } from '../domain/understood';
import { problem, type TablesRead } from './tables';
import { readWordFills } from './wordFills';
import { type ParseMarkup, readWordHtml } from './wordHtml';
import { WordNumbers } from './wordNumbers';
import { asSeen, type SeenDocument } from './wordSeen';
import { layOutBlocks } from './wordStream';

/** Titles count as headings, too; words that were taken out with changes tracked are left out by mammoth itself. */
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
  const [{ default: mammoth }, { Parser }, { unzipSync, zipSync }] = await Promise.all([
    import('mammoth'),
    import('htmlparser2'),
    import('fflate'),
  ]);
  const parserOf =
    (xmlMode: boolean): ParseMarkup =>
    (markup, handler) => {
      const span = (): { start: number; end: number } => ({
        start: parser.startIndex,
        end: parser.endIndex + 1,
      });
      const parser = new Parser(
        {
          ...(handler.ontext ? { ontext: handler.ontext } : {}),
          onopentag: (tag, attributes) => handler.onopentag(tag, attributes, span()),
          onclosetag: (tag) => handler.onclosetag(tag, span()),
        },
        { xmlMode, decodeEntities: !xmlMode },
      );
      parser.end(markup);
    };
  try {
    const parts = unzipSync(bytes, { filter: ({ name }) => !name.startsWith('word/media/') });
    const main = Object.keys(parts).find((name) => /^word\/document\d*\.xml$/.test(name)) ?? '';
    const seen = seeDocument(parts, main, parserOf(true));
    const noPicture = mammoth.images.imgElement(async () => ({ src: '' }));
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(zipSync({ ...parts, [main]: Buffer.from(seen.xml) }, { level: 0 })) },
      {
        styleMap: [...STYLES],
        convertImage: noPicture,
        externalFileAccess: false,
        includeEmbeddedStyleMap: false,
      },
    );
    const blocks = readWordHtml(value, parserOf(false));
    const table = layOutBlocks(blocks, readWordFills(seen.xml, parserOf(true)));
    const problems = table.rows.length === 0 ? [empty()] : notesOn(seen);
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

function seeDocument(
  parts: Readonly<Record<string, Uint8Array>>,
  main: string,
  parse: ParseMarkup,
): SeenDocument {
  const textOf = (name: string): string => Buffer.from(parts[name] ?? []).toString('utf8');
  const numbers = new WordNumbers(textOf('word/numbering.xml'), textOf('word/styles.xml'), parse);
  return asSeen(textOf(main), numbers, parse);
}

/** What stands beside the text in Word, and how it was taken. */
function notesOn({ footnotes, comments, hasChanges }: SeenDocument): Problem[] {
  const note = (message: string): Problem => problem('note', 'the file', message);
  return [
    ...(hasChanges
      ? [note('The document has changes that are tracked and not accepted: it was read as if they were.')]
      : []),
    ...(footnotes > 0 ? [note(`Footnotes were left out (${footnotes}).`)] : []),
    ...(comments > 0 ? [note(`Comments in the margin were left out (${comments}).`)] : []),
  ];
}
