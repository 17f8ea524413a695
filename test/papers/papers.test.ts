import exceljs from 'exceljs';
import { unzipSync } from 'fflate';
import { fingerprint, type PaperFacts } from '../../src/app/readPaper';
import { readFigure, readTargetFigure } from '../../src/domain/readFigure';
import { thinPosition, thinSnapshot, thinUpdate } from '../../src/domain/retention';
import type { UnderstoodPlan } from '../../src/domain/understood';
import { writeDocument } from '../../src/papers/documentFile';
import { makePaper } from '../../src/papers/makePaper';
import { paperName } from '../../src/papers/names';
import { reportView } from '../../src/papers/report';
import { chatKind, trackerView } from '../../src/papers/tracker';
import { sheetNames } from '../../src/papers/workbook';
import { writeWorkbook } from '../../src/papers/workbookFile';
import { english } from '../../src/words/words';
import { line } from '../fakes/world';
import { type PaperWorld, paperWorld, SEPTEMBER } from './support';

const PLAN: UnderstoodPlan = {
  plan: { title: 'Plan of: this & that', asOf: null },
  groups: [
    { ref: '1', title: 'Plans are good', leads: [{ name: 'Ann Archer', role: 'Head of Plans' }] },
    { ref: '2', title: '=Families', leads: [] },
  ],
  actions: [
    line('1.1', ['Ben Baker'], { status: { text: 'R', key: 'red' }, percent: 10, narrative: '=1+1' }),
    line('1.2', [], { status: { text: 'B', key: 'blue' }, percent: 100 }),
    line('2.1', ['Cat Carter', 'Dan Draper']),
    line('2.2', [], { status: { text: '', key: null }, percent: null, narrative: '' }),
  ],
  measures: [],
  people: [],
  problems: [],
};

async function published(): Promise<PaperWorld> {
  const world = await paperWorld(PLAN);
  await world.deps.months.saveEarlierTotals((await world.plan()).id, {
    period: '2023-06',
    counts: { red: 0, amber: 3, green: 0, blue: 0, grey: 0, none: 0 },
    scale: 'other',
    from: 'typed',
  });
  await world.answer('2.1', { status: 'red', percent: 20, narrative: 'It slips.', ask: '@SUM(1) please' });
  await world.publish(SEPTEMBER);
  return world;
}

function tracker(facts: PaperFacts): Promise<Uint8Array> {
  return writeWorkbook(trackerView(facts, english));
}

/** All that an Office file says, tags and all. */
function contentOf(bytes: Uint8Array): string {
  return Object.entries(unzipSync(bytes))
    .filter(([name]) => /\.(?:xml|rels)$/.test(name))
    .map(([, entry]) => Buffer.from(entry).toString('utf8'))
    .join('\n');
}

async function opened(bytes: Uint8Array): Promise<exceljs.Workbook> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  return workbook;
}

test('a published paper is the same file later, whatever was said since', async () => {
  const world = await published();
  const before = await world.facts({ period: SEPTEMBER });
  world.clock.set('2024-09-25T08:30:00Z');
  await world.answer('1.1', { status: 'green', percent: 60, narrative: 'All is well again.' });
  const later = await world.facts({ period: SEPTEMBER });
  const trackers = [await tracker(before), await tracker(later)];
  // The library that writes documents counts on from one to the next: in a thread of its own each begins anew.
  const reports = [before, later].map(async (facts) => (await makePaper('report', facts, english)).bytes);
  for (const [one, other] of [trackers, await Promise.all(reports)])
    expect(Buffer.compare(one ?? new Uint8Array(), other ?? new Uint8Array([0]))).toBe(0);
}, 60_000);

test('the front page counts by formulas, and keeps their values beside them', async () => {
  const world = await published();
  const workbook = await opened(
    await writeWorkbook(trackerView(await world.facts({ period: SEPTEMBER }), english)),
  );
  const sheet = workbook.getWorksheet('Front page');
  const rows = [6, 7, 8, 9, 10, 11, 12].map((row) =>
    [1, 2, 3, 4, 5].map((column) => {
      const { value, result } = sheet?.getCell(row, column) ?? {};
      return result ?? value;
    }),
  );
  expect(rows).toEqual([
    ['R', 2, 0.5, 2, 0],
    ['A', 0, 0, -3, 3],
    ['G', 0, 0, 0, 0],
    ['B', 1, 0.25, 1, 0],
    ['GR', 0, 0, 0, 0],
    ['No status', 1, 0.25, 1, 0],
    ['Total', 4, 1, 1, 3],
  ]);
  expect(sheet?.getCell('B6').formula).toMatch(/^SUM\(/);
  expect(sheet?.getCell('D5').value).toBe('Jun → Sep*');
  expect(sheet?.getCell('A6').numFmt).toBe('@" Red"');
});

test('nothing that was typed is a formula', async () => {
  const world = await published();
  const workbook = await opened(await tracker(await world.facts()));
  const seen: string[] = [];
  for (const sheet of workbook.worksheets)
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (typeof cell.value !== 'string' || !/^[=@+-]/.test(cell.value)) return;
        seen.push(cell.value);
        expect([cell.value, cell.type, cell.numFmt]).toEqual([cell.value, exceljs.ValueType.String, '@']);
      }),
    );
  expect(new Set(seen)).toEqual(new Set(['=1+1', '=Families', '@SUM(1) please']));
});

test('a public paper names nobody and says nothing that was not cleared', async () => {
  const world = await published();
  const plan = await world.plan();
  const shown = await world.facts({
    period: SEPTEMBER,
    isPublic: true,
    narratives: 'none',
    withAudit: false,
  });
  for (const bytes of [await tracker(shown), await writeDocument(reportView(shown, english))]) {
    const content = contentOf(bytes);
    expect(content).not.toMatch(/Archer|Baker|Carter|Draper|It slips|SUM\(1\) please|It is under way/);
    expect(content).toContain('Action 2.1');
  }
  const [action] = (await world.deps.plans.readActions(plan.id)).filter(({ ref }) => ref === '2.1');
  const stored = action && (await world.deps.plans.readAction(plan.id, action.id));
  if (!stored) throw new Error('no action');
  const cleared = { ...stored.value, cleared: [fingerprint('It slips.')] };
  await world.deps.plans.commitChange(plan.id, { audit: [], moves: [{ before: stored, after: cleared }] });
  const facts = await world.facts({
    period: SEPTEMBER,
    isPublic: true,
    narratives: 'cleared',
    withAudit: false,
  });
  const content = contentOf(await tracker(facts));
  expect(content).toContain('It slips.');
  expect(content).not.toContain('It is under way');
}, 60_000);

test('the report has headings, header rows, words for its pictures, a language and a title', async () => {
  const world = await published();
  const facts = await world.facts({ period: SEPTEMBER });
  const content = contentOf(await writeDocument(reportView(facts, english)));
  expect(paperName('report', facts, english)).toBe('Plan of this that, September 2023, report.docx');
  expect(content).toContain('w:val="Heading1"');
  expect(content).toContain('<w:tblHeader/>');
  expect(content).toMatch(/descr="Bar of 4 actions by status: R Red 2 \(50%\)/);
  expect(content).toContain('w:lang w:val="en-GB"');
  expect(content).toContain('<dc:title>Plan of: this &amp; that: position at September 2023</dc:title>');
  expect(content).toContain('@SUM(1) please');
}, 60_000);

test('papers of a month whose words are no longer kept say so, and claim nothing of them', async () => {
  const facts = await (await published()).facts({ period: SEPTEMBER });
  const gone: PaperFacts = {
    ...facts,
    position: thinPosition(facts.position),
    actions: facts.actions.map(thinSnapshot),
    updates: facts.updates.map((line) => ({
      ...line,
      update: thinUpdate(line.update, { periods: new Set([SEPTEMBER]), latest: null, isLast: false }),
    })),
  };
  for (const bytes of [await tracker(gone), await writeDocument(reportView(gone, english))]) {
    const content = contentOf(bytes);
    expect(content).toContain('What was said is no longer kept.');
    expect(content).not.toMatch(/Nothing (?:was|is) asked|Archer|It slips/);
  }
}, 60_000);

test('a measure’s trajectory is drawn, and said in words for who cannot see it', async () => {
  const readings = ['40%', '', '52%', '61%'].map((text, at) => ({
    period: `2023-0${6 + at}`,
    text,
    ...readFigure(text),
  }));
  const world = await paperWorld({
    ...PLAN,
    measures: [
      {
        ref: null,
        name: 'Plans in time',
        group: '1',
        owners: [],
        target: readTargetFigure('75%'),
        baseline: '',
        interim: [],
        readings,
        narrative: '',
      },
    ],
  });
  await world.publish(SEPTEMBER);
  const content = contentOf(
    await writeDocument(reportView(await world.facts({ period: SEPTEMBER }), english)),
  );
  expect(content).toContain(
    'descr="Plans in time: 40 in June 2023, 52 in August 2023, 61 in September 2023; wanted by now: 75."',
  );
  expect(content).toContain('off track');
}, 60_000);

test('sheets have names that Excel takes', () => {
  expect(
    sheetNames([
      'History',
      'a/b:c*?[d]\\',
      "'quoted'",
      '',
      'A B C D E F G H I J K L M N O P Q R',
      'a b c d e f g h i j k l m n o p q r s',
    ]),
  ).toEqual([
    'History (2)',
    'a b c d',
    'quoted',
    'Sheet',
    'A B C D E F G H I J K L M N O P',
    'a b c d e f g h i j k l m n (2)',
  ]);
});

test('files have names that SharePoint takes', () => {
  const name = (planTitle: string) =>
    paperName(
      'tracker',
      { planTitle, position: { period: '2023-09' } as never, order: { isPublic: true } as never },
      english,
    );
  expect(name('..\\a/b:*"<>|#%. ')).toBe('a b, September 2023, public tracker.xlsx');
  expect(name('///')).toBe('Improvement plan, September 2023, public tracker.xlsx');
  expect(name('SEND plan – August 2023')).toBe('SEND plan, September 2023, public tracker.xlsx');
});

test('the audit says in what kind of chat something was said', () => {
  expect(['', 'a:1x', '19:x@thread.tacv2;messageid=1', '19:x@thread.v2'].map(chatKind)).toEqual([
    'none',
    'personal',
    'channel',
    'group',
  ]);
});
