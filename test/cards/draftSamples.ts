import { distance } from 'fastest-levenshtein';
import type { TwoDrafts } from '../../src/app/chooseDraft';
import type { DraftView } from '../../src/app/readDraft';
import type { DraftFacts } from '../../src/cards/draft/frame';
import type { Draft } from '../../src/domain/draft';
import { draftQuestions } from '../../src/domain/draftQuestions';
import type { PartsDiff } from '../../src/domain/partsDiff';
import { type Action, DEFAULT_CALENDAR, type Plan } from '../../src/domain/plan';
import { actionFrom, groupsFrom, scaleFrom } from '../../src/domain/planFromFile';
import { diffPlan } from '../../src/domain/reload';
import { readTargetDate } from '../../src/domain/targetDate';
import { full } from '../app/understoodPlans';
import { line, understood } from '../fakes/world';

/** A plan that was sent, in each of its states, with invented people and words. */

const ROSTER = ['Ann Archer', 'Ben Baker', 'Cat Carter'].map((name) => ({
  id: name.toLowerCase().replace(' ', '-'),
  name,
}));

const SENT = full({
  ...understood(
    [
      line('1.1', ['Ann Archer'], { title: 'Mend the harbour wall before winter' }),
      line('1.2', ['Ann ArcherI'], {
        title: 'Train two pilots for the night tide',
        planned: readTargetDate('bi-monthly'),
      }),
      line('2.1', ['Dan Draper'], {
        title: 'Paint the lighthouse and its railings',
        status: { text: 'Nearly', key: null },
      }),
      line('2.2', ['Ben Baker'], {
        title: 'Replace ropes',
        status: { text: 'G', key: 'green' },
        percent: 90,
      }),
    ],
    ['Eve Eaton'],
  ),
  plan: { title: 'Harbour plan', asOf: '2023-09' },
  problems: [
    {
      severity: 'warning',
      where: 'sheet Plan, row 4',
      message: 'Action 1.2 is at 100%, but its status is A.',
    },
    { severity: 'note', where: 'sheet Plan', message: 'Columns that were not read: “Cost”.' },
  ],
});

const DRAFT: Draft = {
  id: 'draft-1',
  tenant: 'tenant-1',
  person: 'olive-officer',
  aim: { kind: 'first', team: 'team-1' },
  fileName: 'Harbour tracker.xlsx',
  receivedAt: '2023-09-25T09:00:00.000Z',
  expires: '2023-09-28T09:00:00.000Z',
  answers: {},
  state: 'kept',
  outcome: null,
};

const QUESTIONS = draftQuestions(
  SENT,
  {},
  { known: [], settled: new Set(), roster: ROSTER, period: '2023-09' },
  distance,
);

const FIRST: DraftView = {
  draft: DRAFT,
  understood: SENT,
  roster: ROSTER,
  questions: QUESTIONS,
  leads: { all: 5, matched: 2 },
  asOf: '2023-09',
  again: null,
};

const STORED = full({
  ...understood(
    [
      line('1.1', ['Ann Archer'], { title: 'Mend the harbour wall before winter' }),
      line('1.4', ['Cat Carter'], { title: 'Train two pilots for the night tide' }),
      line('2.1', ['Dan Draper'], { title: 'Paint the lighthouse and its railings' }),
      line('2.2', ['Ben Baker'], { title: 'Replace ropes' }),
      line('2.3', ['Ben Baker'], { title: 'Write down who keeps the keys' }),
    ],
    ['Fay Farmer'],
  ),
  plan: { title: 'Harbour plan', asOf: '2023-06' },
});

const PLAN: Plan = {
  id: 'plan-1',
  title: 'Harbour plan',
  asOf: '2023-06',
  groups: groupsFrom(STORED),
  scales: [scaleFrom(STORED.scale)],
  calendar: DEFAULT_CALENDAR,
  tenant: null,
  binding: null,
  officers: ['olive-officer'],
  latest: '2023-09',
  loadedAt: '2023-06-01T09:00:00.000Z',
};

const ACTIONS: readonly Action[] = STORED.actions.map((row, at) => ({
  ...actionFrom(row, `a${at}`, []),
  // What Ben said this month stays, whatever the file says.
  ...(row.ref === '2.2'
    ? { percent: 40, updatedIn: '2023-09' as const, updatedBy: 'Ben Baker', version: 1 }
    : {}),
}));

/** Two measures, business as usual and recommendations, of which the file has others. */
const PARTS: PartsDiff = {
  measures: {
    added: [{ group: '1', text: 'Ships that wait for the tide' }],
    missing: [{ group: null, text: 'Nets mended' }],
    changed: [{ group: '1', text: 'Berths in use', fields: ['target', 'owner'] }],
  },
  assurance: { added: [{ group: '2', text: 'Lamps are trimmed' }], missing: [] },
  recommendations: { added: [], missing: [{ group: '1', text: 'Buy a second tug' }] },
};

const AGAIN: DraftView = {
  ...FIRST,
  draft: { ...DRAFT, aim: { kind: 'again', plan: 'plan-1' } },
  questions: [],
  leads: { all: 5, matched: 5 },
  again: { plan: PLAN, records: [], diff: diffPlan(PLAN, ACTIONS, SENT, '2023-09'), parts: PARTS },
};

const facts = (view: DraftView, note: string | null = null): DraftFacts => ({
  view,
  until: 'Thu 28 Sep, 10am',
  page: 0,
  note,
});

export const DRAFT_FIRST = facts(FIRST);
export const DRAFT_AGAIN = facts(AGAIN);

export const DRAFT_TWO: TwoDrafts = {
  present: { ...DRAFT, answers: { n1: 'two', d1: '2024' } },
  later: { ...DRAFT, id: 'draft-2', fileName: 'harbour (2).xlsx' },
};
