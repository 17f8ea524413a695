import type { FigureFacts, MonthFacts, PostFacts, ReportFacts } from '../../src/cards/facts';
import {
  applyReading,
  interimTarget,
  loadedReading,
  type Measure,
  type Reading,
} from '../../src/domain/measure';
import { standingsOf } from '../../src/domain/measureStanding';
import type { AssuranceLine, GroupReport } from '../../src/domain/planDetail';
import type { ReportStanding } from '../../src/domain/position';
import { readTargetFigure } from '../../src/domain/readFigure';
import { FIGURE, leadNamed, MONTH, POST, READER } from './samples';

/** A plan with measures, and groups that report to the board. */

const LOADED = new Date('2023-09-01T09:00:00Z');

function measureOf(
  id: string,
  name: string,
  target: string,
  readings: Readonly<Record<string, string>>,
  more: Partial<Measure> = {},
): { measure: Measure; readings: Reading[] } {
  const loaded = Object.entries(readings).map(([period, text]) =>
    loadedReading(id, { period, text }, LOADED),
  );
  const last = loaded.filter(({ kind }) => kind !== 'blank').at(-1);
  return {
    readings: loaded,
    measure: {
      id,
      ref: null,
      name,
      group: '5',
      owners: [leadNamed('Maya Okafor')],
      groupLeads: [],
      target: readTargetFigure(target),
      baseline: '',
      interim: [],
      narrative: '',
      tracked: true,
      order: 0,
      version: 0,
      readIn: null,
      readBy: null,
      readAt: null,
      last: last?.period
        ? { period: last.period, text: last.text, value: last.value, kind: last.kind }
        : null,
      ...more,
    },
  };
}

const ADVICE = measureOf(
  'm1',
  'Advice given within six weeks',
  '75%',
  { '2023-04': '51%', '2023-05': '54%', '2023-06': '55%', '2023-07': '58%', '2023-08': '59%' },
  {
    ref: 'KPI 1',
    interim: [
      { when: '2023-11', text: '70%' },
      { when: '2023-06', text: '55%' },
    ].map(interimTarget),
  },
);
const WAIT = measureOf('m2', 'Weeks that families wait for an assessment', '<20', {
  '2023-06': '24',
  '2023-07': '22',
  '2023-08': '19.5',
});
const COMPLAINTS = measureOf('m3', 'Complaints about plans', 'Lower', { '2023-07': 'N/A', '2023-08': '12' });
const VISITS = measureOf(
  'm4',
  'Visits to the local offer',
  '',
  { '2023-07': 'TBC', '2023-08': '' },
  { baseline: '1,200' },
);

const ALL = [ADVICE, WAIT, COMPLAINTS, VISITS];

const maya = { id: 'maya', name: 'Maya Okafor' };

function readNow(one: (typeof ALL)[number], text: string, by = maya): (typeof ALL)[number] {
  const said = {
    period: '2023-09',
    text,
    at: new Date('2023-09-21T10:00:00Z'),
    by,
    onBehalfOf: null,
    chat: 'chat',
    late: false,
    savedAnyway: [],
  } as const;
  const { measure, reading } = applyReading(one.measure, said);
  return { measure, readings: [...one.readings, reading] };
}

const LINES: readonly AssuranceLine[] = Array.from({ length: 10 }, (_, n) => ({
  id: `l${n}`,
  activity: `Case files are audited each month, part ${n + 1}`,
  complete: n % 2 === 0 ? 'Yes' : '',
  impact: n % 3 === 0 ? 'Fewer errors are found' : '',
}));

export const GROUP_REPORT: GroupReport = {
  id: 'r5',
  group: '5',
  leads: [leadNamed('Maya Okafor')],
  assurance: LINES,
  version: 2,
  last: {
    report: 'r5',
    group: '5',
    version: 2,
    period: '2023-08',
    recommendation: 'Agree a second therapist until March.',
    assurance: LINES,
    by: maya,
    at: '2023-08-24T09:00:00.000Z',
    onBehalfOf: null,
    chat: 'chat',
    late: false,
  },
};

const PLAIN_REPORT: GroupReport = { ...GROUP_REPORT, id: 'r6', group: '6', assurance: [], last: null };

const SAID_REPORT: GroupReport = {
  ...PLAIN_REPORT,
  id: 'r7',
  group: '7',
  last: GROUP_REPORT.last && { ...GROUP_REPORT.last, group: '7', period: '2023-09', recommendation: '' },
};

const asked = (measures: readonly Measure[]) =>
  measures.map((measure) => ({
    measure,
    answered: measure.readIn === '2023-09',
    answeredBy: measure.readBy && measure.readBy.id !== 'maya' ? measure.readBy.name : null,
    typed: null,
  }));

const REPORTS: NonNullable<MonthFacts['reports']> = [
  { report: GROUP_REPORT, groupTitle: 'Priority 5', answered: false, answeredBy: null },
  { report: PLAIN_REPORT, groupTitle: 'Priority 6', answered: false, answeredBy: null },
  { report: SAID_REPORT, groupTitle: 'Priority 7', answered: true, answeredBy: 'Tom Reed' },
];

/** Seven actions, four measures and three reports: the second page has actions and measures. */
export const MONTH_OTHERS: MonthFacts = {
  ...MONTH,
  readings: asked(ALL.map(({ measure }) => measure)),
  reports: REPORTS,
};

/** Somebody who leads no action. */
export const MONTH_MEASURES: MonthFacts = {
  ...MONTH_OTHERS,
  rows: [],
  delivered: [],
  readings: asked([
    ADVICE.measure,
    readNow(WAIT, '18').measure,
    readNow(COMPLAINTS, 'TBC', { id: 'tom', name: 'Tom Reed' }).measure,
  ]),
};

/** What came back: a fault, a doubt, and somebody who was faster. */
export const MONTH_MEASURES_BACK: MonthFacts = {
  ...MONTH_MEASURES,
  note: 'Not saved: 3 readings to look at below. What you typed is still there.',
  readings: asked([
    ADVICE.measure,
    WAIT.measure,
    readNow(COMPLAINTS, '9', { id: 'tom', name: 'Tom Reed' }).measure,
  ]).map((row, at) => ({
    ...row,
    typed:
      [
        { text: 'about half', fault: { code: 'no-figure' as const }, doubts: [], newer: false },
        { text: '195', fault: null, doubts: ['far-from-last' as const], newer: false },
        { text: '8', fault: null, doubts: [], newer: true },
      ][at] ?? null,
  })),
};

export const REPORT: ReportFacts = {
  ...READER,
  plan: 'plan-1',
  period: '2023-09',
  report: GROUP_REPORT,
  groupTitle: 'Waiting times',
  state: 'open',
  page: 0,
  part: 0,
  typed: null,
  faults: [],
  newer: false,
};

export const REPORT_REFUSED: ReportFacts = {
  ...REPORT,
  typed: {
    recommendation: 'Ask them on 07700 900123.',
    lines: [{ id: 'l1', complete: 'No', impact: 'x'.repeat(500) }],
  },
  faults: [
    { field: 'recommendation', fault: { code: 'personal-data', match: '07700 900123' } },
    { field: { line: 'l1', part: 'impact' }, fault: { code: 'too-long', length: 500, limit: 400 } },
  ],
};

const standing = (group: string, more: Partial<ReportStanding>): ReportStanding => ({
  group,
  title: `Priority ${group}`,
  said: true,
  recommendation: '',
  by: 'Maya Okafor',
  assurance: [],
  ...more,
});

const READ = [readNow(ADVICE, '62%'), readNow(WAIT, '18'), readNow(COMPLAINTS, '15'), VISITS];

export const POST_MEASURES: PostFacts = {
  ...POST,
  position: {
    ...POST.position,
    measures: standingsOf(
      READ.map(({ measure }) => measure),
      READ.flatMap(({ readings }) => readings),
      '2023-09',
    ),
    reports: [
      standing('5', { recommendation: 'Agree a second therapist until March.', assurance: LINES }),
      standing('6', {}),
      standing('7', { said: false, by: null }),
    ],
  },
};

export const FIGURE_MEASURES: FigureFacts = { ...FIGURE, position: POST_MEASURES.position };
