import fc from 'fast-check';
import type { FullPlan } from '../../src/domain/understood';
import { readPlan } from '../../src/plans/readPlan';
import { HARBOUR } from '../fixtures/plans/documents';
import { makeDocx, type Parts, packedZeros, zip } from '../fixtures/plans/office';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** A workbook made by hand: what stands inside its one sheet, and parts beside it. */
function workbook(sheet: string, more: Parts = {}): Buffer {
  return zip({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELATION}"><sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${sheet}</worksheet>`,
    ...more,
  });
}

function row(number: number, ...texts: string[]): string {
  const cells = texts.map(
    (text, index) =>
      `<c r="${String.fromCharCode(65 + index)}${number}" t="inlineStr"><is><t>${text}</t></is></c>`,
  );
  return `<row r="${number}">${cells.join('')}</row>`;
}

const HEADER = row(1, 'Ref', 'Action', 'Lead', 'RAG');
const rowsTo = (last: number): string =>
  `<sheetData>${HEADER}${Array.from({ length: last - 1 }, (_, index) => row(index + 2, `1.${index}`, 'Do it', 'Ann Cole', 'R')).join('')}</sheetData>`;

function document(body: string): Buffer {
  return makeDocx([], { 'word/document.xml': `<w:document ${W}><w:body>${body}</w:body></w:document>` });
}

const cell = (text: string, properties = ''): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`;

function errors({ problems }: FullPlan): string[] {
  return problems.flatMap(({ severity, message }) => (severity === 'error' ? [message] : []));
}

const zeros = packedZeros(1024);
const oldOffice = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);

const REFUSED: readonly (readonly [string, () => Buffer, RegExp])[] = [
  [
    'a gigabyte of zeros beside a document',
    () => makeDocx(HARBOUR, { 'word/media/a.xml': zeros }),
    /unpacks to more than 150 MB/,
  ],
  [
    'a gigabyte of zeros for a sheet',
    () => workbook('', { 'xl/worksheets/sheet1.xml': zeros }),
    /unpacks to more than 150 MB/,
  ],
  [
    'a billion laughs in a document',
    () =>
      makeDocx([], {
        'word/document.xml': `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document ${W}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>`,
      }),
    /defines XML entities/,
  ],
  [
    'a billion laughs in a workbook',
    () => workbook('', { 'xl/sharedStrings.xml': '<!DOCTYPE l [<!ENTITY a "ha">]><sst/>' }),
    /defines XML entities/,
  ],
  [
    '200,000 rows in a workbook',
    () => workbook(`<sheetData>${'<row r="1"/>'.repeat(200_000)}</sheetData>`),
    /more than 20,000 rows/,
  ],
  [
    '200,000 rows in a document',
    () => document(`<w:tbl>${'<w:tr></w:tr>'.repeat(200_000)}</w:tbl>`),
    /more than 6,000 rows in its tables/,
  ],
  ['a million paragraphs', () => document('<w:p></w:p>'.repeat(1_000_000)), /more than 60,000 paragraphs/],
  [
    'tables in tables in tables',
    () => document(`${'<w:tbl><w:tr><w:tc>'.repeat(3000)}${'</w:tc></w:tr></w:tbl>'.repeat(3000)}`),
    /damaged|No actions|holds no text/,
  ],
  [
    'spans as wide as the sea',
    () =>
      document(
        `<w:tbl>${`<w:tr>${cell('Ref', '<w:gridSpan w:val="1000000000"/>')}${cell('x', '<w:vMerge/>')}</w:tr>`.repeat(300)}</w:tbl>`,
      ),
    /No actions/,
  ],
  [
    'one row of a million cells',
    () => Buffer.from(`Ref,Action,Lead\n${'aaa,'.repeat(1_000_000)}`),
    /can’t be parted/,
  ],
  ['a picture', () => Buffer.from('ffd8ffe000104a4649460001', 'hex'), /picture/],
  ['an XML file', () => Buffer.from('<?xml version="1.0"?><plan/>'), /web page or an XML file/],
  ['a rich text file', () => Buffer.from('{\\rtf1 plan}'), /\.rtf/],
  ['an old document', () => oldOffice, /old Office \(\.doc or \.xls\)/],
  [
    'a locked document',
    () => Buffer.concat([oldOffice, Buffer.from('EncryptedPackage', 'utf16le')]),
    /password/,
  ],
  [
    'an OpenDocument file',
    () => zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<a/>' }),
    /OpenDocument/,
  ],
  ['a presentation', () => zip({ 'ppt/presentation.xml': '<a/>' }), /presentation/],
  ['a binary workbook', () => zip({ 'xl/workbook.bin': 'x' }), /\.xlsb/],
  ['a zip of other things', () => zip({ 'readme.txt': 'x' }), /zip archive/],
  ['nothing', () => Buffer.alloc(0), /empty/],
  ['a PDF that is called a document', () => Buffer.from('%PDF-1.7 plan'), /PDF/],
  [
    'elements in elements in elements',
    () => workbook(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`),
    /No actions|damaged/,
  ],
  [
    'paths that lead out of the file',
    () => zip({ '../../../tmp/plan.xml': 'x', 'C:\\plan.xml': 'y', '/plan.xml': 'z' }),
    /zip archive/,
  ],
  ['blanks alone', () => Buffer.from(' \n\n '), /empty/],
  ['a document without a word', () => makeDocx([]), /holds no text/],
  ['a letter', () => makeDocx(['Dear board,', 'all is well.', 'Yours, Ada']), /No actions were found/],
  ['a document that is cut', () => makeDocx(HARBOUR).subarray(0, 2000), /damaged/],
  [
    'a document of another kind inside',
    () => makeDocx([], { 'word/document.xml': 'not XML at all' }),
    /damaged|holds no text/,
  ],
];

describe('what can’t be a plan', () => {
  it.each(REFUSED)('%s gets a sentence, soon', async (_, make, sentence) => {
    const bytes = make();
    const started = Date.now();
    const plan = await readPlan(bytes, 'plan.docx');
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(errors(plan)).toHaveLength(1);
    expect(errors(plan)[0]).toMatch(sentence);
    expect(plan.actions).toEqual([]);
  });
});

describe('what is odd and can be read', () => {
  const notes = ({ problems }: FullPlan): string => problems.map(({ message }) => message).join('\n');

  it('a sheet that is merged all over', async () => {
    const sheet = `${rowsTo(3)}<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells>`;
    const plan = await readPlan(workbook(sheet), 'plan.xlsx');
    expect(plan.actions).toHaveLength(2);
    expect(notes(plan)).toMatch(/merges more cells than any plan does/);
  });

  it('a choice of values for every cell there is', async () => {
    const sheet = `${rowsTo(3)}<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"R,A"</formula1></dataValidation></dataValidations>`;
    expect((await readPlan(workbook(sheet), 'plan.xlsx')).actions).toHaveLength(2);
  });

  it('more shared texts than any plan has, none of them used', async () => {
    const texts = `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${'<si><t>x</t></si>'.repeat(200_000)}</sst>`;
    expect(
      (await readPlan(workbook(rowsTo(3), { 'xl/sharedStrings.xml': texts }), 'plan.xlsx')).actions,
    ).toHaveLength(2);
  });

  it('macros and links to elsewhere: neither run nor followed', async () => {
    const relations = `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId9" Type="${RELATION}/image" Target="http://127.0.0.1:9/a.png" TargetMode="External"/></Relationships>`;
    const docx = await readPlan(
      makeDocx(HARBOUR, { 'word/vbaProject.bin': 'x', 'word/_rels/document.xml.rels': relations }),
      'plan.docm',
    );
    expect(docx.actions).toHaveLength(6);
    expect(notes(docx)).toMatch(/has macros: they were not run/);
    expect(notes(docx)).toMatch(/points at other files: these were not fetched/);
    const xlsm = await readPlan(workbook(rowsTo(3), { 'xl/vbaProject.bin': 'x' }), 'plan.xlsm');
    expect(notes(xlsm)).toMatch(/The workbook has macros/);
  });
});

it('damage anywhere gives a plan or a sentence, never an exception', async () => {
  const whole = [makeDocx(HARBOUR), workbook(rowsTo(5))];
  const damage = fc.record({
    which: fc.constantFrom(0, 1),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    cut: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ which, at, bytes, cut }) => {
      const file = Buffer.from(whole[which] ?? []);
      const place = Math.floor(at * file.length);
      const damaged = cut ? file.subarray(0, place) : file;
      if (!cut) Buffer.from(bytes).copy(damaged, place);
      const plan = await readPlan(damaged, 'plan.docx');
      expect(plan.actions.length > 0 || errors(plan).length === 1).toBe(true);
      expect(errors(plan).filter((message) => message.includes('fault'))).toEqual([]);
    }),
    { numRuns: 120 },
  );
});
