import ExcelJS from 'exceljs';
import fc from 'fast-check';
import type { Problem, UnderstoodPlan } from '../../src/domain/understood';
import { readPlan } from '../../src/plans/readPlan';
import { MESSY_TRACKER } from '../fixtures/plans/messyTracker';

type Rows = readonly (readonly unknown[])[];

async function workbook(
  sheets: Readonly<Record<string, Rows>>,
  edit?: (book: ExcelJS.Workbook) => void,
): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets))
    book.addWorksheet(name).addRows(rows.map((row) => [...row]));
  edit?.(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

function csv(rows: Rows, separator = ','): Buffer {
  const cell = (value: unknown): string => `"${String(value).replaceAll('"', '""')}"`;
  return Buffer.from(rows.map((row) => row.map(cell).join(separator)).join('\r\n'));
}

function messages(plan: UnderstoodPlan, severity: Problem['severity']): string[] {
  return plan.problems
    .filter((problem) => problem.severity === severity)
    .map(({ where, message }) => `${where}: ${message}`);
}

function actionOf(plan: UnderstoodPlan, ref: string): UnderstoodPlan['actions'][number] {
  const action = plan.actions.find((one) => one.ref === ref);
  if (!action) throw new Error(`no action ${ref}`);
  return action;
}

describe('a month’s tracker with all that trackers do', () => {
  const files: [string, () => Promise<Buffer>][] = [
    ['tracker.xlsx', () => workbook({ Plan: MESSY_TRACKER })],
    ['tracker.csv', async () => csv(MESSY_TRACKER)],
    ['tracker.tsv', async () => csv(MESSY_TRACKER, '\t')],
  ];
  it.each(files)('is understood from %s', async (name, make) => {
    const plan = await readPlan(await make(), name);
    expect(plan.plan).toEqual({ title: 'Harbour Plan – Board Tracker', asOf: '2023-09' });
    expect(plan.groups).toEqual([
      {
        ref: '1',
        title: 'Boats come home in time',
        leads: [
          { name: 'Ada Stone', role: 'Head of Boats, North and South', code: null },
          { name: 'Ben Reed', role: null, code: null },
        ],
        narrative: '',
      },
      {
        ref: '2',
        title: 'Nets are mended',
        leads: [
          { name: 'Cleo Marsh', role: null, code: null },
          { name: 'Dan Holt', role: 'Deputy', code: null },
        ],
        narrative: '',
      },
    ]);
    const rows = plan.actions.map(({ ref, group, status, percent, revised, see }) => [
      ref,
      group,
      status.key,
      percent,
      revised?.due ?? revised?.word ?? null,
      see,
    ]);
    expect(rows).toEqual([
      ['1.1.1', '1', 'blue', 100, 'ongoing', []],
      ['1.1.2', '1', 'red', 75, '2023-08-31', []],
      ['1.2.1', '1', 'green', null, null, []],
      ['1.10.1', '1', 'amber', 40, '2023-12-31', []],
      ['2.1.1', '2', null, null, 'see 1.2.1', ['1.2.1']],
      ['2.1.2', '2', 'grey', 100, null, ['1']],
      ['2.1.3', '2', 'red', 0, 'tbc', ['9.9.9']],
      ['2.1.3', '2', null, null, null, []],
      ['2.1.3a', '2', 'blue', 90, null, []],
    ]);
    expect(actionOf(plan, '1.1.2').narrative).toBe('The second boat waits for a new mast.');
    expect(actionOf(plan, '1.10.1').planned).toMatchObject({ text: 'Mar 25', due: '2025-03-31' });
    expect(actionOf(plan, '2.1.3').planned).toMatchObject({
      due: '2022-05-31',
      recurrence: 'repeated 3 monthly',
    });
    expect(messages(plan, 'error')).toEqual([]);
  });

  it('says what is wrong or doubtful, with its place', async () => {
    const plan = await readPlan(await workbook({ Plan: MESSY_TRACKER }), 'tracker.xlsx');
    const said = [...messages(plan, 'warning'), ...messages(plan, 'note')].join('\n');
    for (const part of [
      /row 10: The printed totals do not agree with the rows: Amber 2, the rows give 1; Green 2, the rows give 1; Blue 3, the rows give 2/,
      /row 10: The printed percentages add up to 99%/,
      /row 10, column D: Printed changes since June-23 are wrong: Amber −3 where −2 is right\./,
      /row 18: The list of red actions names 1\.10\.1, but its row says A at 40%/,
      /row 10|row 17: Action 2\.1\.3 is red, and the list of red actions leaves it out/,
      /row 28: Action 1\.1\.2 is past its revised date \(Aug-23\) as at 2023-09, and is R/,
      /row 32, column E: Action 1\.2\.1 gives “NA” in place of a percentage/,
      /row 32: Action 1\.2\.1 is past its planned date/,
      /row 39: Action 2\.1\.2 is at 100%, but its status is GR/,
      /row 40: Action 2\.1\.3 points at 9\.9\.9, which has no row/,
      /row 40, column D: Action 2\.1\.3 has several statuses in its cell \(“R\/A”\): the worst, Red/,
      /row 41: Ref 2\.1\.3 stands twice: it is also in sheet Plan, row 40/,
      /row 41, column B: Action 2\.1\.3: “bi-monthly” can mean/,
      /row 41, column C: Action 2\.1\.3: “-” was read as no revision/,
      /row 41, column D: Action 2\.1\.3: “Purple” is no status that is known/,
      /row 41, column E: Action 2\.1\.3: “140%” is over 100%/,
      /row 42: The row has no ref: it was given 2\.1\.3a/,
      /row 42: Action 2\.1\.3a is B \(delivered\) at 90%/,
      /no column for what each action is/,
      /Keys that explain the colours were passed over \(2\)/,
    ])
      expect(said).toMatch(part);
  });
});

describe('a plain sheet', () => {
  const ROWS: Rows = [
    [
      'ID',
      'Priority',
      'Priority title',
      'Priority lead',
      'What will we do?',
      'Owner(s)',
      'Co-lead',
      'By when?',
      'Revised',
      'Progress RAG',
      'Completion %',
      'Latest update',
      'Risks / issues',
      'Budget',
    ],
    [
      'A1',
      '1',
      'Boats',
      'Ada Stone',
      'Build a boat',
      'Ben Reed (Builder)',
      'Cleo Marsh',
      '29/09/2023',
      '',
      'Amber',
      0.5,
      'Half of it floats',
      'No wood',
      '£5',
    ],
    ['A2', '', '', '', 'Paint it', '', '', 'Q4 2023/24', 'Oct-24', 'On track', 0.25, '', '', ''],
    ['A10', '2', 'Nets', '', 'Mend the nets', 'Nets Team', '', 'Rolling', '', '', '', '', '', ''],
  ];

  it('has its groups in columns', async () => {
    const plan = await readPlan(await workbook({ Sheet1: ROWS }), 'harbour-plan 2023-10.xlsx');
    expect(plan.plan).toEqual({ title: 'Harbour plan 2023 10', asOf: '2023-10' });
    expect(plan.groups).toEqual([
      { ref: '1', title: 'Boats', leads: [{ name: 'Ada Stone', role: null, code: null }], narrative: '' },
      { ref: '2', title: 'Nets', leads: [], narrative: '' },
    ]);
    expect(plan.actions[0]).toMatchObject({
      ref: 'A1',
      group: '1',
      title: 'Build a boat',
      leads: [
        { name: 'Ben Reed', role: 'Builder', kind: 'lead' },
        { name: 'Cleo Marsh', role: null, kind: 'co-lead' },
      ],
      planned: { text: '29/09/2023', due: '2023-09-29', precision: 'day', recurrence: null, word: null },
      revised: null,
      status: { text: 'Amber', key: 'amber' },
      percent: 50,
      narrative: 'Half of it floats',
      barriers: 'No wood',
      see: [],
    });
    expect(plan.actions.map(({ ref, group, percent }) => [ref, group, percent])).toEqual([
      ['A1', '1', 50],
      ['A2', '1', 25],
      ['A10', '2', null],
    ]);
    expect(messages(plan, 'warning').join('\n')).toMatch(/fractions/);
    expect(plan.actions[0]?.resources).toBe('£5');
  });

  it('keeps the precision of date cells, percent formats, formulas, links and merged cells', async () => {
    const plan = await readPlan(
      await workbook(
        { Plan: [['Ref', 'Workstream', 'Action', 'Lead', 'Target date', 'RAG', '% complete', 'Comments']] },
        (book) => {
          const sheet = book.getWorksheet('Plan');
          sheet?.addRow([
            '1.1',
            'Boats',
            'Build',
            'Ada Stone',
            new Date(Date.UTC(2023, 8, 1)),
            'R',
            0.75,
            { text: 'see the log', hyperlink: 'https://example.org' },
          ]);
          sheet?.addRow([
            '1.2',
            null,
            'Paint',
            'Ben Reed',
            new Date(Date.UTC(2023, 8, 29)),
            null,
            { formula: 'G2', result: 0.5 },
            { richText: [{ text: 'two ' }, { text: 'coats' }] },
          ]);
          for (const address of ['G2', 'G3']) if (sheet) sheet.getCell(address).numFmt = '0%';
          if (sheet) {
            sheet.getCell('E2').numFmt = 'mmm-yy';
            sheet.getCell('E3').numFmt = 'dd/mm/yyyy';
            sheet.getCell('F3').fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF00B050' } };
            sheet.mergeCells('B2:B3');
          }
        },
      ),
      'plan.xlsx',
    );
    expect(
      plan.actions.map(({ planned, percent, narrative, group, status }) => [
        planned?.text,
        planned?.due,
        percent,
        narrative,
        group,
        status.key,
      ]),
    ).toEqual([
      ['Sep-23', '2023-09-30', 75, 'see the log', '1', 'red'],
      ['29/09/2023', '2023-09-29', 50, 'two coats', '1', 'green'],
    ]);
    expect(messages(plan, 'warning').join('\n')).toMatch(
      /row 3, column F: A status is shown by its colour only: it was read as Green/,
    );
  });

  it('may have headers that nobody has seen: the cells tell', async () => {
    const rows: Rows = [
      ['Line', 'The thing itself', 'Whose', 'Finish', 'Light', 'How much is done', 'Story so far'],
      [
        '1.1',
        'Build a boat that floats in any weather',
        'Ada Stone',
        'Sep-23',
        'G',
        '50%',
        'Half of it floats, the other half will soon',
      ],
      [
        '1.2',
        'Paint the boat in the harbour’s colours',
        'Ben Reed',
        'Oct-23',
        'A',
        '20%',
        'The colours are still being talked about',
      ],
      [
        '2.1',
        'Mend the nets before the winter storms',
        'Cleo Marsh',
        'Nov-23',
        'R',
        '0%',
        'There is no twine to be had anywhere',
      ],
    ];
    const plan = await readPlan(csv(rows), 'plan.csv');
    expect(
      plan.actions.map(({ ref, title, leads, planned, status, percent, narrative }) => [
        ref,
        title.slice(0, 5),
        leads[0]?.name,
        planned?.due,
        status.key,
        percent,
        narrative.slice(0, 4),
      ]),
    ).toEqual([
      ['1.1', 'Build', 'Ada Stone', '2023-09-30', 'green', 50, 'Half'],
      ['1.2', 'Paint', 'Ben Reed', '2023-10-31', 'amber', 20, 'The '],
      ['2.1', 'Mend ', 'Cleo Marsh', '2023-11-30', 'red', 0, 'Ther'],
    ]);
    expect(plan.groups.map(({ ref }) => ref)).toEqual(['1', '2']);
  });

  it('may have no refs: they are made within each group, and it says so', async () => {
    const rows: Rows = [
      ['A. Boats'],
      ['Action', 'Responsible', 'Timescale', 'RAG Rating'],
      ['Area for development', 'A1. Boats float'],
      ['Build it', 'Ada Stone', 'Sept 23', 'Green'],
      ['Paint it', 'Ben Reed', 'Ongoing', 'Amber'],
      ['Area for development', 'A2. Nets hold'],
      ['Mend them', 'Cleo Marsh', 'March', 'Red'],
    ];
    const plan = await readPlan(csv(rows), 'plan.csv');
    expect(plan.actions.map(({ ref, group, title }) => [ref, group, title])).toEqual([
      ['A1.1', 'A1', 'Build it'],
      ['A1.2', 'A1', 'Paint it'],
      ['A2.1', 'A2', 'Mend them'],
    ]);
    expect(messages(plan, 'note').join('\n')).toMatch(/3 actions have no refs/);
    expect(messages(plan, 'warning').join('\n')).toMatch(/“March” has no year/);
  });

  it('warns where nobody can be asked and where names are nearly alike', async () => {
    const rows: Rows = [
      ['Ref', 'Action', 'Lead', 'RAG'],
      ['1.1', 'Build', 'Anne Coleman', 'G'],
      ['1.2', 'Paint', 'Ann Coleman', 'G'],
      ['2.1', 'Mend', '', 'G'],
    ];
    const plan = await readPlan(csv(rows), 'plan.csv');
    const said = messages(plan, 'warning').join('\n');
    expect(said).toMatch(/row 4: Action 2\.1 has no lead, and its group has none/);
    expect(said).toMatch(
      /“Anne Coleman” \(row 2, column C\) and “Ann Coleman” \(row 3, column C\) are one letter apart/,
    );
    expect(plan.people.map(({ name }) => name)).toEqual(['Anne Coleman', 'Ann Coleman']);
  });

  it('keeps "see" apart from a mention in passing', async () => {
    const rows: Rows = [
      ['Ref', 'Action', 'Lead', 'Due', 'RAG'],
      ['1.1', 'Build (see 1.2)', '', '', ''],
      ['1.2', 'Paint (see action 1.1)', 'Ada Stone', 'Sep-23', ''],
    ];
    const plan = await readPlan(csv(rows), 'plan.csv');
    expect(plan.actions.map(({ see }) => see)).toEqual([['1.2'], []]);
  });
});

describe('several sheets', () => {
  const HEADER = ['Ref', 'Action', 'Lead', 'RAG'];

  it('can each be a group', async () => {
    const plan = await readPlan(
      await workbook({
        Cover: [['Harbour Plan'], ['October 2023']],
        'Priority 1': [HEADER, ['1', 'Build', 'Ada Stone', 'G']],
        'Priority 2': [HEADER, ['1', 'Mend', 'Ben Reed', 'R']],
      }),
      'x.xlsx',
    );
    expect(plan.plan).toEqual({ title: 'Harbour Plan', asOf: '2023-10' });
    expect(plan.actions.map(({ ref, group }) => [ref, group])).toEqual([
      ['1', '1'],
      ['1', '2'],
    ]);
  });

  it('can be months of the same plan: the latest is read', async () => {
    const month = (rag: string): Rows => [
      HEADER,
      ['1.1', 'Build', 'Ada Stone', rag],
      ['1.2', 'Paint', 'Ben Reed', rag],
    ];
    const plan = await readPlan(
      await workbook({
        'Aug 23': month('R'),
        'Sep 23': month('B'),
        Risks: [HEADER, ['9.9', 'A risk', 'Ada Stone', 'R']],
      }),
      'x.xlsx',
    );
    expect(plan.actions.map(({ ref, status }) => [ref, status.key])).toEqual([
      ['1.1', 'blue'],
      ['1.2', 'blue'],
    ]);
    expect(plan.plan.asOf).toBe('2023-09');
    expect(messages(plan, 'note').join('\n')).toMatch(/sheet Aug 23: The sheet was left out.*sheet Sep 23/);
    expect(messages(plan, 'note').join('\n')).toMatch(/sheet Risks: The sheet was left out/);
  });
});

describe('a large plan', () => {
  it('of 1,000 actions is read whole and soon', async () => {
    const letters = ['R', 'A', 'G', 'B', 'GR'];
    const rows = Array.from({ length: 1000 }, (_, index) => [
      `${Math.floor(index / 100) + 1}.${(Math.floor(index / 10) % 10) + 1}.${(index % 10) + 1}`,
      `Do the thing numbered ${index} (see ${(index % 10) + 1}.1.1)`,
      `Ada${String.fromCharCode(97 + (index % 26))} Stone${String.fromCharCode(97 + (Math.floor(index / 26) % 26))}field`,
      'Sep-23',
      letters[index % 5],
      `${index % 101}%`,
      'Something was done. '.repeat(20),
    ]);
    const bytes = await workbook({
      Plan: [['Ref', 'Action', 'Lead', 'Due', 'RAG', '% complete', 'Progress'], ...rows],
    });
    const started = Date.now();
    const plan = await readPlan(bytes, 'large.xlsx');
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(plan.actions).toHaveLength(1000);
    expect(plan.groups).toHaveLength(10);
    expect(plan.actions.filter(({ status }) => status.key === 'red')).toHaveLength(200);
    expect(plan.actions.map(({ percent }) => percent)).toEqual(rows.map((_, index) => index % 101));
  });
});

describe('a file that can’t be a plan', () => {
  const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]);
  const files: [string, () => Promise<Buffer>, RegExp][] = [
    ['nothing at all', async () => Buffer.alloc(0), /empty/],
    ['old Excel', async () => old, /\.xlsx and send/],
    [
      'a locked workbook',
      async () => Buffer.concat([old, Buffer.from('EncryptedPackage', 'utf16le')]),
      /password/,
    ],
    ['a PDF', async () => Buffer.from('%PDF-1.7 ...'), /PDF/],
    ['noise', async () => Buffer.from([1, 0, 2, 0, 3, 0, 255]), /damaged or of a kind/],
    ['a cut workbook', async () => (await workbook({ Plan: MESSY_TRACKER })).subarray(0, 3000), /damaged/],
    ['a broken workbook', async () => spoil(await workbook({ Plan: MESSY_TRACKER })), /damaged|No actions/],
    [
      'prose',
      async () => Buffer.from('Dear board,\nall is well.\nYours, Ada'),
      /No actions were found.*Steward looked for a header row/,
    ],
    ['an empty sheet', async () => workbook({ Plan: [] }), /No actions/],
    ['too many rows', async () => Buffer.from('Ref,Action,Lead\n'.repeat(20_002)), /more than 20,000 rows/],
    ['too many bytes', async () => Buffer.alloc(20 * 1024 * 1024 + 1, 32), /at most 20 MB/],
  ];
  it.each(files)('%s gets one sentence', async (_, make, message) => {
    const plan = await readPlan(await make(), 'plan.xlsx');
    expect(plan.actions).toEqual([]);
    const errors = messages(plan, 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(message);
  });

  it('is never answered by an exception, whatever the cells say', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '',
        '1.1',
        'Ref',
        'Action',
        'Lead',
        'RAG',
        'Sep-23',
        'R',
        '50%',
        'Priority 1',
        'Key',
        'Total',
        '3',
        '[',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 15 }), async (rows) => {
        const plan = await readPlan(csv(rows), 'plan.csv');
        expect(plan.problems.filter(({ message }) => message.includes('fault'))).toEqual([]);
        expect(plan.actions.length > 0 || plan.problems.some(({ severity }) => severity === 'error')).toBe(
          true,
        );
      }),
      { numRuns: 300 },
    );
  });
});

/** Overwrites bytes in the middle of a workbook, as a bad disk does. */
function spoil(bytes: Buffer): Buffer {
  const spoilt = Buffer.from(bytes);
  spoilt.fill(0xaa, 200, Math.floor(bytes.length / 2));
  return spoilt;
}

test('a formula that comes to 0 is 0, not blank', async () => {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Plan');
  sheet.addRow(['Ref', 'Action', 'Lead', 'Due', 'RAG', '% complete']);
  sheet.addRow(['1.1', 'Train staff', 'Ann Cole', 'May 2026', 'R', { formula: '1-1', result: 0 }]);
  sheet.addRow(['1.2', 'Train others', 'Ann Cole', 'May 2026', 'G', { formula: '1/2*100', result: 50 }]);
  const plan = await readPlan(Buffer.from(await book.xlsx.writeBuffer()), 'plan.xlsx');
  expect(plan.actions.map(({ percent }) => percent)).toEqual([0, 50]);
});
