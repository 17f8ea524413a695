import type { CompareAnswer, ListAnswer, Standing } from '../../../src/ask/answer';
import { type Condition, listOf } from '../../../src/ask/question';
import type { AnswerFacts } from '../../../src/cards/answerFacts';
import { countByStatus } from '../../../src/domain/figures';
import type { Action, Group } from '../../../src/domain/plan';
import type { Snapshot } from '../../../src/domain/snapshot';
import type { StatusKey } from '../../../src/domain/status';
import type { Said, Update } from '../../../src/domain/update';
import { actionWith, leadNamed, MONTH_ROWS, month, ongoing, READER, SCALE, snapshotWith } from '../samples';

/** Facts for each kind of answer, of the same invented plan as the month's cards. Tests change what they are about. */

export const MAYA = leadNamed('Maya Okafor', 'Head of SEND');
export const TOM = { ...leadNamed('Tom Reed'), kind: 'co-lead' as const };
export const PRIYA = leadNamed('Priya Nair', 'Head of therapies');

export const GROUPS: readonly Group[] = [
  { ref: '1', title: 'Leadership and governance', leads: [MAYA] },
  { ref: '5', title: 'Neurodevelopment', leads: [PRIYA, TOM] },
  { ref: '7', title: 'Plans and reviews', leads: [] },
];

const MINE: Condition = { kind: 'who', who: [{ kind: 'me' }] };
const AMBER: Condition = { kind: 'status', statuses: ['amber'] };

/** Fourteen amber actions: more than a page of them. */
export const AMBERS: readonly Action[] = Array.from({ length: 14 }, (_, at) =>
  actionWith({
    id: `m${at}`,
    ref: `1.${Math.floor(at / 5) + 1}.${(at % 5) + 1}`,
    title: MONTH_ROWS[at % MONTH_ROWS.length]?.action.title ?? '',
    leads: at % 3 === 0 ? [MAYA, TOM] : [MAYA],
    percent: at === 5 ? null : (at * 13) % 100,
    ...(at % 4 === 1 ? { revised: null, planned: month('Dec-23', '2023-12-31') } : {}),
    ...(at === 6 ? { revised: ongoing() } : {}),
  }),
);

export const LIST: ListAnswer = {
  kind: 'list',
  question: listOf([MINE, AMBER]),
  actions: AMBERS.slice(0, 4),
  matching: 4,
  scope: { of: 'mine', total: 11 },
  counts: countOf(AMBERS.slice(0, 4)),
  moves: [],
  compared: null,
};

export const FACTS: Omit<AnswerFacts, 'answer' | 'said'> = {
  ...READER,
  plan: 'plan-1',
  scale: SCALE,
  groups: GROUPS,
  note: null,
  page: 0,
  mine: new Set(['m0', 'm1', 'm2', 'm3', 'a122']),
  month: '2023-09',
  period: '2023-09',
  back: null,
  offers: [],
  shareable: true,
  sharedBy: null,
  updates: [],
  months: [],
  see: { actions: [], missing: [] },
  checks: [],
  targets: new Map(),
  snapshots: new Map(),
};

export const LISTED: AnswerFacts = {
  ...FACTS,
  answer: LIST,
  said: 'Amber actions that you lead: 4 of your 11',
  offers: [
    {
      title: 'Only the overdue',
      question: listOf([MINE, AMBER, { kind: 'overdue', by: null }]),
    },
    { title: 'Whole plan: 27 amber', question: listOf([AMBER]) },
  ],
};

export const LONG_LIST: AnswerFacts = {
  ...LISTED,
  said: 'Amber actions in priority 1: 14 of its 20',
  answer: { ...LIST, question: listOf([AMBER, inGroup('1')]), actions: AMBERS, matching: 14 },
  mine: new Set(AMBERS.map(({ id }) => id)),
};

export const MOVED_LIST: AnswerFacts = {
  ...LISTED,
  said: 'Actions that got worse since June 2023: 2 of 98',
  answer: {
    ...LIST,
    question: listOf([
      { kind: 'moved', direction: 'worse', left: null, became: null, from: '2023-06', to: 'now' },
    ]),
    actions: AMBERS.slice(0, 2),
    matching: 2,
    scope: { of: 'plan', total: 98 },
    moves: AMBERS.slice(0, 2).map(({ id, ref, title }) => ({
      id,
      ref,
      title,
      from: 'green',
      to: 'amber',
      direction: 'worse',
    })),
    compared: { from: '2023-06', to: 'now' },
  },
  mine: new Set(),
};

const POINTER = actionWith({
  id: 'p1',
  ref: '2.4.1',
  title: 'Travel assistance is planned with families',
  leads: [],
  status: { text: '', key: null },
  percent: null,
  see: ['7.3.1'],
  narrative: '',
  narrativeFrom: null,
  planned: null,
  revised: null,
});

export const TARGET = actionWith({
  id: 'a731',
  ref: '7.3.1',
  group: '7',
  title: 'Annual reviews are held on time for children in Year 9',
  leads: [TOM],
  percent: 80,
});

export const POINTER_LIST: AnswerFacts = {
  ...LISTED,
  said: 'Actions in priority 2: 1',
  answer: { ...LIST, actions: [POINTER], matching: 1, question: listOf([inGroup('2')]) },
  targets: new Map([['7.3.1', TARGET]]),
};

/** One action with everything that an action can have. */
export const FULL = actionWith({
  id: 'a122',
  leads: [MAYA, TOM],
  planned: month('Jul-22', '2022-07-31'),
  revised: month('Aug-23', '2023-08-31'),
  see: ['7.3.1', '9.9.9'],
  barriers: 'One service has not said who owns its part.',
  ask: 'Name an owner by October.',
  narrative:
    'The training matrix is drafted; two teams are still to agree their part of it.\nThe last of the reviews is booked.',
});

export const UPDATES: readonly Update[] = [
  updateWith({
    version: 4,
    period: '2023-08',
    at: '2023-08-24T09:12:00.000Z',
    before: saidWith({ percent: 40, revisedText: 'Mar-23' }),
    after: saidWith({
      percent: 50,
      revisedText: 'Aug-23',
      narrative: FULL.narrative,
      barriers: FULL.barriers,
      ask: FULL.ask,
    }),
    savedAnyway: ['amber-without-later-date'],
  }),
  updateWith({
    version: 3,
    period: '2023-07',
    at: '2023-07-31T18:40:00.000Z',
    kind: 'no-change',
    late: true,
    before: saidWith({ percent: 40 }),
    after: saidWith({ percent: 40 }),
  }),
  updateWith({
    version: 2,
    period: '2023-06',
    at: '2023-06-22T08:05:00.000Z',
    by: { id: 'p3', name: 'Ines Duarte' },
    onBehalfOf: 'Maya Okafor',
    before: saidWith({ status: 'green', percent: 60, revisedText: '' }),
    after: saidWith({
      percent: 40,
      revisedText: '2023-03-31',
      narrative: 'The first draft did not cover health; it is being written again.',
    }),
    savedAnyway: ['percent-fell'],
  }),
  updateWith({
    version: 1,
    period: '2023-03',
    at: '2023-03-21T08:05:00.000Z',
    kind: 'undo',
    before: saidWith({ status: 'amber', percent: 55 }),
    after: saidWith({ status: 'green', percent: 60 }),
  }),
];

export const ACTION: AnswerFacts = {
  ...FACTS,
  said: '1.2.2 stands at A Amber 50%',
  answer: { kind: 'action', history: false, ref: '1.2.2', actions: [FULL], near: [] },
  updates: UPDATES,
  months: [
    { at: 'loaded', status: 'green', percent: 30 },
    { at: '2023-03', status: 'green', percent: 60 },
    { at: '2023-06', status: 'amber', percent: 40 },
    { at: '2023-07', status: 'amber', percent: 40 },
    { at: '2023-08', status: 'amber', percent: 50 },
  ],
  see: { actions: [TARGET], missing: ['9.9.9'] },
  checks: [{ field: 'revised', code: 'amber-without-later-date' }],
  back: { question: listOf([MINE, AMBER]), page: 1 },
};

/** An action of which the plan prints more than a month asks. */
export const PRINTED: AnswerFacts = {
  ...FACTS,
  said: '1.2.2 stands at A Amber 50%',
  answer: {
    kind: 'action',
    history: false,
    ref: '1.2.2',
    actions: [
      {
        ...FULL,
        printed: {
          outcome: '1.1',
          partners: 'The hospital trust; the parents’ forum',
          resources: 'Two posts until March',
          evidence: 'Families wait less than twenty weeks',
          steps: [
            { text: 'Find the room', date: null, status: { text: 'B', key: 'blue' } },
            { text: 'Draft the rota', date: null, status: { text: 'soon', key: null } },
          ],
        },
      },
    ],
    near: [],
  },
};

export const BARE: AnswerFacts = {
  ...FACTS,
  said: '2.4.1 has no status',
  answer: { kind: 'action', history: false, ref: '2.4.1', actions: [POINTER], near: [] },
  months: [{ at: 'loaded', status: null, percent: null }],
  see: { actions: [TARGET], missing: [] },
};

export const SEVERAL: AnswerFacts = {
  ...FACTS,
  said: '1.2.2: two actions',
  answer: {
    kind: 'action',
    history: false,
    ref: '1.2.2',
    actions: [FULL, actionWith({ id: 'b122', title: 'Partners agree a single data set', leads: [PRIYA] })],
    near: [],
  },
};

export const NEAR: AnswerFacts = {
  ...FACTS,
  said: 'There is no 1.2.9',
  answer: { kind: 'action', history: false, ref: '1.2.9', actions: [], near: ['1.2.1', '1.2.2', '1.2.3'] },
};

export const HISTORY: AnswerFacts = {
  ...ACTION,
  said: 'History of 1.2.2: 4 updates',
  answer: { kind: 'action', history: true, ref: '1.2.2', actions: [FULL], near: [] },
};

export const COUNT: AnswerFacts = {
  ...FACTS,
  said: 'Overdue actions in priority 5: 7 of its 12',
  answer: {
    kind: 'count',
    question: { kind: 'count', conditions: [inGroup('5'), { kind: 'overdue', by: null }] },
    n: 7,
    scope: { of: 'group', total: 12 },
    counts: { red: 2, amber: 4, green: 1, blue: 0, grey: 0, none: 0 },
    actions: AMBERS.slice(0, 7),
  },
};

export const RANK: AnswerFacts = {
  ...FACTS,
  said: 'Amber actions by priority, most first: Leadership and governance has most, 9 of 14',
  answer: {
    kind: 'rank',
    question: { kind: 'rank', by: 'group', conditions: [AMBER], order: 'most', limit: null },
    rows: [
      { key: '1', name: 'Leadership and governance', n: 9, of: 14, actions: AMBERS.slice(0, 9) },
      { key: '7', name: 'Plans and reviews', n: 4, of: 20, actions: AMBERS.slice(0, 4) },
      { key: '5', name: 'Neurodevelopment', n: 1, of: 6, actions: AMBERS.slice(0, 1) },
    ],
    n: 14,
  },
};

export const RANK_LEADS: AnswerFacts = {
  ...FACTS,
  said: 'Overdue actions by lead, most first',
  answer: {
    kind: 'rank',
    question: {
      kind: 'rank',
      by: 'lead',
      conditions: [{ kind: 'overdue', by: null }],
      order: 'most',
      limit: null,
    },
    rows: [
      { key: MAYA.key, name: MAYA.name, n: 5, of: 9, actions: AMBERS.slice(0, 5) },
      { key: TOM.key, name: TOM.name, n: 2, of: 3, actions: AMBERS.slice(0, 2) },
      { key: '', name: '', n: 1, of: 2, actions: AMBERS.slice(0, 1) },
    ],
    n: 7,
  },
};

export const LEADS: AnswerFacts = {
  ...FACTS,
  said: '7.3.1 is led by Tom Reed',
  answer: {
    kind: 'leads',
    question: { kind: 'leads', of: { kind: 'action', ref: '7.3.1' } },
    group: null,
    actions: [TARGET],
    leads: [TOM],
  },
};

export const LEADS_OF_GROUP: AnswerFacts = {
  ...FACTS,
  said: 'Priority 5 is led by Priya Nair and Tom Reed',
  answer: {
    kind: 'leads',
    question: { kind: 'leads', of: { kind: 'group', group: '5' } },
    group: groupOf('5'),
    actions: [],
    leads: [PRIYA, TOM],
  },
};

export const LEADS_OF_SOME: AnswerFacts = {
  ...FACTS,
  said: 'Amber actions in priority 1 are led by 2 people',
  answer: {
    kind: 'leads',
    question: { kind: 'leads', of: { kind: 'actions', conditions: [AMBER, inGroup('1')] } },
    group: null,
    actions: AMBERS,
    leads: [MAYA, TOM],
  },
};

const REDS = AMBERS.slice(0, 6).map((action, at) =>
  actionWith({
    ...action,
    id: `r${at}`,
    ref: `5.1.${at + 1}`,
    group: '5',
    status: { text: 'R', key: 'red' },
  }),
);

const OF_GROUP = [...REDS, ...AMBERS.slice(7, 12)];

export const STANDING: Standing = {
  actions: OF_GROUP,
  counts: countOf(OF_GROUP),
  live: 11,
  overdue: [...REDS.slice(0, 3), ...AMBERS.slice(7, 11)].map(({ id }) => id),
  unanswered: ['r0', 'r1', 'm8'],
  percent: 54,
};

export const GROUP: AnswerFacts = {
  ...FACTS,
  said: 'Priority 5 Neurodevelopment: 6 of its 11 actions are red',
  answer: {
    kind: 'group',
    question: { kind: 'group', group: '5' },
    group: groupOf('5'),
    standing: STANDING,
  },
};

export const PERSON: AnswerFacts = {
  ...FACTS,
  said: 'Maya Okafor leads 14 actions',
  answer: {
    kind: 'person',
    question: { kind: 'person', who: { kind: 'lead', leads: [MAYA.key], name: MAYA.name } },
    who: { kind: 'lead', leads: [MAYA.key], name: MAYA.name },
    standing: { ...STANDING, actions: AMBERS, counts: countOf(AMBERS) },
    groups: GROUPS.slice(0, 1),
  },
};

const MOVES: readonly [ref: string, from: StatusKey, to: StatusKey, direction: 'worse' | 'better'][] = [
  ['1.1.1', 'amber', 'red', 'worse'],
  ['5.1.4', 'green', 'red', 'worse'],
  ['1.2.2', 'amber', 'green', 'better'],
  ['7.3.1', 'amber', 'blue', 'better'],
];

export const COMPARED: CompareAnswer = {
  kind: 'compare',
  question: { kind: 'compare', from: '2023-03', to: '2023-09', conditions: [] },
  compared: { from: '2023-03', to: '2023-09' },
  before: { red: 3, amber: 45, green: 17, blue: 31, grey: 0, none: 0 },
  after: { red: 3, amber: 27, green: 19, blue: 46, grey: 3, none: 0 },
  moves: [
    ...MOVES.map(([ref, from, to, direction]) => ({
      id: `s${ref}`,
      ref,
      title: 'The neurodevelopmental pathway is staffed and open to referrals',
      from,
      to,
      direction,
    })),
    {
      id: 's9',
      ref: '9.1.1',
      title: 'Places in alternative provision are reviewed each term',
      from: 'amber',
      to: 'grey',
      direction: 'neither',
    },
  ],
  added: ['5.1.6', '5.1.7'],
  gone: ['2.9.9'],
};

export const COMPARE: AnswerFacts = {
  ...FACTS,
  said: 'September 2023 against March 2023: 5 statuses moved',
  answer: COMPARED,
  snapshots: new Map<string, Snapshot>([
    ['n1', snapshotWith({ id: 'n1', ref: '5.1.6', title: 'Families are told how long they will wait' })],
    ['n2', snapshotWith({ id: 'n2', ref: '5.1.7', title: 'Schools can ask for advice by telephone' })],
  ]),
};

export function inGroup(ref: string): Condition {
  return { kind: 'group', groups: [ref] };
}

function groupOf(ref: string): Group | null {
  return GROUPS.find((group) => group.ref === ref) ?? null;
}

export function countOf(actions: readonly Action[]) {
  return countByStatus(actions.map(({ status }) => ({ status: status.key })));
}

export function saidWith(changes: Partial<Said>): Said {
  return {
    status: 'amber',
    percent: 40,
    narrative: '',
    revisedText: 'Mar-23',
    barriers: '',
    ask: '',
    ...changes,
  };
}

export function updateWith(changes: Partial<Update>): Update {
  return {
    action: 'a122',
    version: 1,
    period: '2023-09',
    at: '2023-09-21T09:00:00.000Z',
    by: { id: 'p1', name: 'Maya Okafor' },
    onBehalfOf: null,
    chat: 'chat-1',
    late: false,
    kind: 'answer',
    before: saidWith({}),
    after: saidWith({}),
    savedAnyway: [],
    ...changes,
  };
}
