import type { FullPlan } from '../../src/domain/understood';
import { readPastedPlan, readPlan } from '../../src/plans/readPlan';
import {
  BROKEN,
  FORMS,
  HARBOUR,
  ODD,
  PAGES,
  QUESTIONS,
  SCHOOL,
  TOWN,
  TRUST,
  WARD,
} from '../fixtures/plans/documents';
import { type MadeBlock, makeDocx } from '../fixtures/plans/office';

async function read(blocks: readonly MadeBlock[]): Promise<FullPlan> {
  return readPlan(makeDocx(blocks), 'plan.docx');
}

function said(plan: FullPlan): string {
  return plan.problems.map(({ severity, where, message }) => `${severity} ${where}: ${message}`).join('\n');
}

/** What most tests ask of an action, in a line. */
function lines(plan: FullPlan): string[] {
  return plan.actions.map(({ ref, group, outcome, title, leads, planned, status, percent }) =>
    [
      ref,
      group,
      outcome ?? '-',
      title.split('\n')[0]?.slice(0, 20).trim(),
      leads.map(({ name }) => name).join('+') || '-',
      planned?.due ?? planned?.word ?? '-',
      status.key ?? '-',
      percent ?? '-',
    ].join(' | '),
  );
}

describe('a statement of action in Word', () => {
  it('keeps actions, groups, outcomes and the leads behind initials', async () => {
    const plan = await read(HARBOUR);
    expect(plan.plan).toEqual({ title: 'Harbour Written Statement of Action', asOf: '2024-11' });
    expect(lines(plan)).toEqual([
      '1.A.1 | 1 | 1.A | Build a boat that fl | Ada Stone+Ben Reed | 2025-03-31 | green | -',
      '1.A.2 | 1 | 1.A | Paint the boat | Ben Reed | 2024-12-31 | red | -',
      '1.B.1 | 1 | 1.B | Write to each family | Cleo Marsh | 2024-09-30 | blue | -',
      '1.B.2 | 1 | 1.B | Meet the families ea | XY | rolling | green | -',
      '1.B.3 | 1 | 1.B | Open a desk at the q | lH | 2025-01-31 | - | -',
      '2.A.1 | 2 | - | Mend the nets before | Cleo Marsh+Ben Reed | 2025-03-31 | green | -',
    ]);
    expect(plan.groups).toEqual([
      {
        ref: '1',
        title: 'Boats come home in time',
        leads: [{ name: 'Ada Stone', role: 'Harbour Master', code: null }],
        narrative: 'The first boats are in time; the second mast is late.',
      },
      {
        ref: '2',
        title: 'Nets are mended',
        leads: [{ name: 'Cleo Marsh', role: 'Net Mender', code: 'CM' }],
        narrative: '',
      },
    ]);
    expect(plan.outcomes).toEqual([
      { ref: '1.A', group: '1', title: 'Boats are sound' },
      { ref: '1.B', group: '1', title: 'Families hear of it' },
    ]);
    expect(plan.actions[1]).toMatchObject({
      narrative: 'The paint has not come, and the painter has left.',
      barriers: 'No paint',
      raw: { leads: 'BR', planned: 'Dec 24', revised: '', status: 'N', percent: '' },
    });
    expect(plan.people.slice(0, 2)).toEqual([
      { code: 'AS', name: 'Ada Stone', role: 'Harbour Master', organisation: 'Town' },
      { code: 'BR', name: 'Ben Reed', role: 'Boat Builder', organisation: 'Yard' },
    ]);
  });

  it('has a scale of its own, and a date in a status’s place is a question', async () => {
    const plan = await read(HARBOUR);
    expect(plan.scale).toEqual({
      id: 'on-track',
      statuses: [
        { key: 'red', letter: 'N', label: 'Not on track', meaning: 'N', phase: 'live' },
        { key: 'green', letter: 'Y', label: 'On track', meaning: 'Y, Underway, Ongoing', phase: 'live' },
        { key: 'blue', letter: 'C', label: 'Complete', meaning: 'Complete', phase: 'done' },
      ],
    });
    expect(plan.actions[4]).toMatchObject({
      status: { text: 'Due Mar 25', key: null },
      revised: { due: '2025-03-31' },
    });
    expect(said(plan)).toMatch(
      /warning table 3, row 6, column E \(under “Success statement 1: Boats come home in time”\): Action 1\.B\.3 has a date in place of a status/,
    );
  });

  it('asks about codes that its glossary lacks, and never makes two people one', async () => {
    const text = said(await read(HARBOUR));
    expect(text).toMatch(/“XY” is not in the file’s glossary: who is it\?/);
    expect(text).toMatch(
      /“lH” is not in the file’s glossary, but looks like “IH” \(Ida Holt\): is it the same\?/,
    );
  });

  it('keeps measures, assurance and recommendations as what they are', async () => {
    const plan = await read(HARBOUR);
    expect(
      plan.measures.map(({ name, group, target }) => [name, group, target?.text, target?.wants]),
    ).toEqual([
      ['Boats home in time', null, '75%', 'the figure'],
      ['Knots a minute', null, '>6', 'at least'],
      ['Complaints', null, 'Lower', 'less'],
    ]);
    const [first, second, third] = plan.measures;
    expect(first?.readings.map(({ period, kind, value }) => [period, kind, value])).toEqual([
      ['2024-08', 'number', 10.2],
      ['2024-09', 'na', null],
      ['2024-10', 'tbc', null],
      ['2024-11', 'blank', null],
    ]);
    expect(first?.interim).toEqual([
      { when: '2024-09', text: '20%' },
      { when: '2024-11', text: '40%' },
    ]);
    expect(second?.readings.map(({ kind, value }) => [kind, value])).toEqual([
      ['number', 0],
      ['dash', null],
      ['number', 5],
      ['number', 6.5],
    ]);
    expect(second?.interim).toEqual([{ when: '2024-10', text: '6' }]);
    expect(second?.owners).toEqual([{ name: 'Ben Reed', role: 'Boat Builder', kind: 'lead', code: 'BR' }]);
    expect(third?.readings[3]).toEqual({
      period: '2024-11',
      text: 'fewer than before',
      value: null,
      kind: 'words',
    });
    expect(plan.assurance).toEqual([
      { group: '2', activity: 'Ropes are looked at each week', complete: 'Yes', impact: 'No rope broke' },
      { group: '2', activity: 'Lamps are filled', complete: 'TBC', impact: '' },
    ]);
    expect(plan.recommendations).toEqual([
      { group: '1', ref: null, text: 'Agree to buy paint elsewhere' },
      { group: '1', ref: null, text: 'Agree to a new date for 1.A.2' },
    ]);
  });
});

describe('a plan without refs, its objectives merged down over their actions', () => {
  it('gets refs within its objectives, and its groups from Word’s headings', async () => {
    const plan = await read(SCHOOL);
    expect(lines(plan)).toEqual([
      '1.1.1 | 1 | 1 | Train all staff in p | Dan Hill | 2023-12-31 | blue | -',
      '1.1.2 | 1 | 1 | Buy decodable books | Eve Ford+Fay Gill | 2024-04-30 | green | -',
      '1.2.1 | 1 | 2 | Map the curriculum | Dan Hill | 2024-07-31 | red | -',
      '1.2.2 | 1 | 2 | Moderate books each | Maths lead | ongoing | green | -',
      '2.1.1 | 2 | 1 | Ring home on the fir | Gus Hall | 2024-04-30 | green | -',
      '2.1.2 | 2 | 1 | Review the policy | Gus Hall | 2024-03-31 | amber | -',
    ]);
    expect(plan.groups.map(({ title }) => title)).toEqual([
      'Quality of education',
      'Behaviour and attitudes',
    ]);
    expect(plan.outcomes.map(({ group, title }) => [group, title])).toEqual([
      ['1', 'Reading is taught well'],
      ['1', 'Sums add up'],
      ['2', 'Pupils come to school'],
    ]);
    expect(plan.scale.statuses.map(({ letter, label }) => `${letter} ${label}`)).toEqual([
      'NS Not started',
      'D Delayed',
      'OT On track',
      'C Completed',
    ]);
    expect(said(plan)).toMatch(/6 actions have no refs in the file/);
  });

  it('keeps the refs of the others where a row is added elsewhere', async () => {
    const refs = async (blocks: readonly MadeBlock[]): Promise<string[]> =>
      (await read(blocks)).actions.map(({ ref, title }) => `${ref} ${title}`);
    const more = SCHOOL.map((block, index) =>
      index === SCHOOL.length - 1 && typeof block === 'object' && 'rows' in block
        ? {
            rows: [
              ...block.rows,
              ['2', 'They are kind', 'Write a charter', 'Gus Hall', 'Sep 2023', 'May 2024', 'On track'],
            ],
          }
        : block,
    );
    const before = await refs(SCHOOL);
    expect((await refs(more)).slice(0, before.length)).toEqual(before);
  });
});

describe('an improvement plan with everything in one table', () => {
  it('has groups across the table, milestones in columns, and steps in cells', async () => {
    const plan = await read(TOWN);
    expect(lines(plan)).toEqual([
      'AIP1 | 1 | - | Answer each call wit | Head of Front Door | 2024-06-30 | green | -',
      'AIP2 | 1 | - | • Write the guide | Hal Irwin+Ivy Jones | 2024-09-30 | red | -',
      'AIP3 | 2 | - | Visit each carer | Workforce Board | 2024-12-31 | red | -',
      'AIP10 | 2 | - | See AIP3 | - | - | - | -',
    ]);
    expect(plan.actions[3]?.see).toEqual(['AIP3']);
    expect(plan.groups.map(({ ref, title }) => [ref, title])).toEqual([
      ['1', 'The front door'],
      ['2', 'Those who care'],
    ]);
    expect(plan.actions[0]).toMatchObject({ resources: 'Within budget', evidence: 'Calls logged' });
    expect(plan.actions[1]?.steps.map(({ text, date, status }) => [text, date?.due, status?.key])).toEqual([
      ['Write the guide', '2024-05-31', 'green'],
      ['Train the team', '2024-09-30', 'red'],
    ]);
    expect(plan.milestones.map(({ action, when, text }) => [action, when?.text, text])).toEqual([
      ['AIP1', '3 months', 'A rota stands'],
      ['AIP1', '6 months', 'Half of calls'],
      ['AIP1', '12 months', 'All calls'],
    ]);
    expect(said(plan)).toMatch(
      /row 3, column J .*A status is shown by its colour only: it was read as Green/,
    );
    expect(said(plan)).toMatch(/Action AIP2 has 2 parts with dates or statuses of their own/);
  });
});

describe('a document in two languages', () => {
  it('is understood, and what it holds besides is listed', async () => {
    const plan = await read(TRUST);
    expect(lines(plan)).toEqual([
      '1 | 1 | - | Clean the wards ever | Kit Lane | 2024-09-30 | amber | -',
      '2 | 1 | - | Count the beds | Lou Moss | 2024-12-31 | green | -',
      '3 | 2 | - | Hire ten nurses | Kit Lane+Lou Moss | 2025-03-31 | red | -',
    ]);
    expect(plan.actions[2]?.narrative).toBe('By band:\nBand 5 | 3\nBand 6 | 1');
    expect(plan.scale.id).toBe('red-amber-green');
    expect(said(plan)).toMatch(/table 3, row 1 .*A table of 2 rows was not read.*“Oak \| Ash \| Elm \| Yew”/);
    expect(said(plan)).toMatch(/table 1, row 1 .*A table of risks begins here/);
  });
});

it('headers that say nothing are told by their cells', async () => {
  expect(lines(await read(ODD))).toEqual([
    'M-1 | M | - | Mend the wheel befor | Mia North | 2023-09-30 | green | 50',
    'M-2 | M | - | Clear the stream of | Ned Orr | 2023-10-31 | amber | 20',
    'M-3 | M | - | Paint the door in th | Olga Pike | 2023-11-30 | red | 0',
  ]);
});

it('a table goes on in the next without its header', async () => {
  const plan = await read(BROKEN);
  expect(lines(plan)).toEqual([
    '1.1 | 1 | - | Dig up the old road | Pia Quill | 2023-06-30 | blue | -',
    '1.2 | 1 | - | Lay the new road | Ray Snow | 2023-07-31 | amber | -',
    '1.3 | 1 | - | Open it | Ray Snow | see 1.2 | - | -',
  ]);
  expect(plan.actions[0]?.leads[0]?.role).toBe('Head of Roads, North');
  expect(plan.actions[1]?.narrative).toBe('Laid as far as the bridge.');
});

it('a plan by regulation keeps what was found as what its actions answer', async () => {
  const plan = await read(WARD);
  expect(lines(plan)).toEqual([
    '12.1 | 12 | O12.1 | Read the fridges twi | Ward Manager | 2024-01-31 | blue | -',
    '12.2 | 12 | O12.2 | Empty the bins each | Zoe Ash | 2024-02-29 | green | -',
    '18.1 | 18 | O18.1 | Ask everybody | Sam Todd | 2024-03-31 | red | -',
  ]);
  expect(plan.actions[0]?.evidence).toBe('Charts');
  expect(said(plan)).toMatch(/Columns that were not read: “Date completed”/);
});

it('headers may be questions, and refs stand in the actions’ words', async () => {
  const plan = await read(QUESTIONS);
  expect(lines(plan)).toEqual([
    '1.1 | 1 | 1a | Set up a board | Tom Vale | 2022-04-30 | blue | -',
    '1.2 | 1 | 1a | Agree a budget | Una West | 2022-06-30 | amber | -',
    '1.3 | 1 | 1b | Hire a listener | Parent Forum | 2022-07-31 | green | -',
  ]);
  expect(plan.groups[0]).toMatchObject({
    title: 'Nobody talks to anybody',
    leads: [
      { name: 'Tom Vale', role: 'Director of Talk' },
      { name: 'Una West', role: 'Chief Listener' },
    ],
  });
  expect(plan.actions[0]).toMatchObject({ evidence: 'Minutes', narrative: 'It met six times.' });
});

it('an action may have a form of its own', async () => {
  const plan = await read(FORMS);
  expect(lines(plan)).toEqual([
    '3.1 | 3 | - | Write the charter | Amy Boon | 2024-06-30 | green | -',
    '3.2 | 3 | - | Print the charter | Carl Dove | 2024-07-31 | red | -',
  ]);
});

it('a table of numbered actions that are all complete is no form', async () => {
  const plan = await read([
    {
      rows: [
        ['No', 'Action', 'Progress', 'Lead'],
        ['1', 'Write the charter', 'Complete', 'Amy Boon'],
        ['2', 'Print the charter', 'Complete', 'Carl Dove'],
      ],
    },
  ]);
  expect(plan.actions.map(({ ref, title }) => `${ref} ${title}`)).toEqual([
    '1 Write the charter',
    '2 Print the charter',
  ]);
});

it('every table may be broken at a page end', async () => {
  const plan = await read(PAGES);
  expect(lines(plan)).toEqual([
    'AIP1 | 1 | - | Build and light a li | Ann Bell | 2024-07-31 | green | -',
    'AIP2 | 1 | - | Oil the lamps | Cal Dunn+Eli Frost | 2024-09-30 | red | -',
    'AIP3 | 1 | - | Paint the tower | - | see aip2 | - | -',
    '2.3.a | 2 | - | Hang a bell | Gina Hurst | 2025-03-31 | green | -',
  ]);
  expect(plan.groups.map(({ leads, narrative }) => [leads.map(({ name }) => name), narrative])).toEqual([
    [['Ann Bell', 'Cal Dunn'], 'Most lamps burn.'],
    [['Gina Hurst'], ''],
  ]);
  expect(plan.actions[0]?.narrative).toBe('The tower was agreed by the town.');
  expect(
    plan.measures.map(({ name, interim, readings }) => [
      name,
      interim.length,
      readings.map(({ kind }) => kind),
    ]),
  ).toEqual([
    ['Share of lamps that burn all night', 2, ['number', 'na', 'blank']],
    ['Captains who are content', 0, ['tbc', 'number', 'number']],
  ]);
  expect(plan.assurance.map(({ activity, impact }) => [activity, impact])).toEqual([
    ['Lamps are counted', 'None is lost'],
    ['Watch is kept', ''],
  ]);
  expect(plan.recommendations).toEqual([{ group: '2', ref: null, text: 'Agree to pay for a bell' }]);
});

describe('pasted text', () => {
  const ROWS = [
    ['Ref', 'Action', 'Lead', 'By when', 'RAG'],
    ['1.1', 'Build a boat', 'Ada Stone', 'Sep 23', 'G'],
    ['1.2', 'Paint it', 'Ben Reed', 'Oct 23', 'R'],
  ];
  it.each([
    ['tabs', ROWS.map((row) => row.join('\t')).join('\r\n')],
    ['spaces', ROWS.map((row) => row.join('    ')).join('\n')],
    ['bars', ROWS.map((row) => `| ${row.join(' | ')} |`).join('\n')],
  ])('is read with its cells parted by %s', async (_, table) => {
    const plan = await readPastedPlan(`Priority 1: Boats\n\n${table}\n`);
    expect(lines(plan)).toEqual([
      '1.1 | 1 | - | Build a boat | Ada Stone | 2023-09-30 | green | -',
      '1.2 | 1 | - | Paint it | Ben Reed | 2023-10-31 | red | -',
    ]);
    expect(plan.groups[0]?.title).toBe('Boats');
  });

  it('keeps a cell of several lines together', async () => {
    const plan = await readPastedPlan(
      'Ref\tAction\tLead\tRAG\n1.1\t"Build ""it""\nand paint it"\tAda Stone\tG\n',
    );
    expect(plan.actions[0]?.title).toBe('Build "it"\nand paint it');
  });

  it.each([[''], ['  \n'], ['Hello there'], ['x'.repeat(2_000_001)]])(
    'that is no plan gets one sentence',
    async (text) => {
      const plan = await readPastedPlan(text);
      expect(plan.problems.filter(({ severity }) => severity === 'error')).toHaveLength(1);
      expect(plan.actions).toEqual([]);
    },
  );
});
