import { readHeader } from '../../src/plans/columns';
import { meaningOfHeader, periodIn } from '../../src/plans/headerWords';
import { textCell } from '../../src/plans/tables';

describe('meaningOfHeader', () => {
  it.each([
    ['ref', ['Action Ref', 'Ref', 'Ref no.', 'No.', 'ID', '#', 'Action number', 'Reference', 'Outcome Ref']],
    [
      'title',
      [
        'Action',
        'Actions',
        'Title',
        'Description',
        'What will we do?',
        'Improvement action',
        'Task',
        'Key deliverable',
      ],
    ],
    [
      'lead',
      [
        'Lead',
        'Owner',
        'Responsible',
        'Who',
        'Named lead',
        'Lead officer(s)',
        'Action owner',
        'By whom?',
        'SRO',
      ],
    ],
    ['coLead', ['Co-lead', 'Co-leads', 'Supporting officer']],
    [
      'planned',
      [
        'WSOA date',
        'Completion Date',
        'Target date',
        'Planned date',
        'Deadline',
        'By when?',
        'Due',
        'Timescale',
        'End date',
      ],
    ],
    [
      'revised',
      [
        'Revised date',
        'New date',
        'Revised completion',
        'Revised target date',
        'Forecast date',
        'Current deadline',
      ],
    ],
    [
      'status',
      [
        'RAG',
        'Status',
        'BRAG',
        'Rating',
        'Progress RAG',
        'RAG rating',
        'Current RAG',
        'On track?',
        'Status (RAG)',
      ],
    ],
    [
      'percent',
      ['% complete', 'Percent', '% progress', 'Progress (%)', 'Percentage complete', 'Completion %'],
    ],
    [
      'narrative',
      [
        'Progress',
        'Update',
        'Narrative',
        'Commentary',
        'Comments',
        'Progress to date',
        'Status update',
        'RAG rationale',
      ],
    ],
    ['narrativeAndStatus', ['Progress against actions & RAG rating']],
    ['barriers', ['Barriers', 'Risks', 'Issues', 'Risks and issues', 'Barriers to progress']],
    [
      'group',
      [
        'Priority',
        'Workstream',
        'Area',
        'Group',
        'Area for development',
        'Area for priority action',
        'Theme',
        'Success statement',
      ],
    ],
    ['groupTitle', ['Priority title', 'Workstream name']],
    ['groupLead', ['Priority lead', 'Workstream owner']],
    ['aside', ['Previous RAG', 'Start date', 'Date completed', 'Last updated']],
    ['evidence', ['How will we know?', 'Impact measures', 'Success criteria']],
    ['partners', ['Delivery partners', 'Lead organisation']],
    ['resources', ['Resource (cost and/or time)', 'Budget']],
  ])('knows %s', (meaning, headers) => {
    expect(headers.map((header) => [header, meaningOfHeader(header)])).toEqual(
      headers.map((header) => [header, meaning]),
    );
  });
});

describe('readHeader', () => {
  const row = (...texts: string[]) => ({ number: 1, cells: texts.map(textCell) });

  it('takes the latest of columns that carry a month each', () => {
    const header = readHeader(
      row('Ref', 'Action', 'RAG Aug-23', 'RAG Sep-23', 'Update Aug-23', 'Update Sep-23'),
    );
    expect(header?.columns.get('status')).toEqual([3]);
    expect(header?.columns.get('narrative')).toEqual([5]);
  });

  it('takes the original of two dates for the planned one', () => {
    const header = readHeader(row('Ref', 'Action', 'Target date', 'Original target date', 'RAG'));
    expect(header?.columns.get('planned')?.[0]).toBe(3);
    expect(header?.columns.get('revised')).toEqual([2]);
  });

  it.each([
    [['Key', 'What the colours mean']],
    [['1.1.1', 'Do it', 'Ann Cole', 'Sep-23']],
    [['Write the action plan', 'Project lead', 'Progress made with the update.', 'Green']],
    [['Lead', 'Ann Cole']],
    [['Only one']],
  ])('does not take %j for a header', (texts) => {
    expect(readHeader(row(...texts))).toBeNull();
  });
});

it.each([
  ['RAG Sept-23', '2023-09'],
  ['Update (August 2023)', '2023-08'],
  ['tracker_Sep_2023_v2', '2023-09'],
  ['2023-09 plan', '2023-09'],
  ['Section 12', null],
  ['Plan', null],
])('periodIn(%j) is %s', (text, period) => {
  expect(periodIn(text)).toBe(period);
});
