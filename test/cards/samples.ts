import type { AuditFacts } from '../../src/cards/audit';
import type {
  FigureFacts,
  FormFacts,
  GreetingFacts,
  HelpFacts,
  LeadMatch,
  MonthFacts,
  MonthRow,
  OpenedFacts,
  PostFacts,
  SettleFacts,
  SilentFacts,
} from '../../src/cards/facts';
import type { LedgerFacts } from '../../src/cards/ledger';
import type { AuditedChange } from '../../src/domain/audit';
import type { Counts } from '../../src/domain/figures';
import { type Message, newMessage } from '../../src/domain/message';
import type { IsoDate } from '../../src/domain/period';
import type { Action, NamedLead, TargetDate } from '../../src/domain/plan';
import type { Position } from '../../src/domain/position';
import type { Snapshot } from '../../src/domain/snapshot';
import { DEFAULT_SCALE, type StatusKey, type StatusScale } from '../../src/domain/status';

/** Facts for each card: a plan of our own, with people who do not exist. Tests change what they are about. */

export const SCALE: StatusScale = { ...DEFAULT_SCALE, id: '2023-02', from: '2023-02' };
export const READER = { zone: 'Europe/London', today: '2023-09-21' as IsoDate };
const BASE = { plan: 'plan-1', period: '2023-09' as const, scale: SCALE, ...READER };

export function leadNamed(name: string, role: string | null = null): NamedLead {
  return { key: name.toLowerCase().replace(/[^a-z]+/g, '-'), name, role, kind: 'lead' };
}

export function month(text: string, due: IsoDate): TargetDate {
  return { text, due, precision: 'month', recurrence: null, word: null };
}

export function actionWith(changes: Partial<Action> = {}): Action {
  return {
    id: 'a122',
    ref: '1.2.2',
    group: '1',
    title: 'Corporate performance reviews cover every SEND service',
    leads: [leadNamed('Maya Okafor')],
    groupLeads: [],
    planned: month('May-22', '2022-05-31'),
    revised: month('Aug-23', '2023-08-31'),
    see: [],
    status: { text: 'A', key: 'amber' },
    percent: 50,
    narrative: 'The training matrix is drafted; two teams are still to agree their part of it.',
    narrativeFrom: '2023-08',
    barriers: '',
    ask: '',
    version: 3,
    updatedIn: '2023-08',
    updatedBy: 'Maya Okafor',
    updatedAt: '2023-08-24T09:12:00.000Z',
    unchangedFor: 0,
    was: { status: 'amber', percent: 40 },
    ...changes,
  };
}

const TITLES: readonly [ref: string, title: string, status: StatusKey, percent: number][] = [
  ['1.2.2', 'Corporate performance reviews cover every SEND service', 'amber', 50],
  ['3.2.3', 'The new website is tested with families before it opens', 'green', 90],
  ['4.1.1', 'Advice from therapists arrives within six weeks of asking', 'amber', 35],
  ['5.1.4', 'The neurodevelopmental pathway is staffed and open to referrals', 'red', 75],
  ['6.2.1', 'Each school names one person who keeps its support plans', 'green', 60],
  ['7.3.1', 'Annual reviews are held on time for children in Year 9', 'amber', 80],
  ['10.1.2', 'Young people help to write the preparation for adulthood guide', 'green', 20],
];

export const MONTH_ROWS: readonly MonthRow[] = TITLES.map(([ref, title, key, percent], at) => ({
  action: actionWith({
    id: `a${ref.replaceAll('.', '')}`,
    ref,
    title,
    status: { text: '', key },
    percent,
    ...(at % 3 === 1 ? { revised: null, planned: month('Dec-23', '2023-12-31') } : {}),
    ...(at === 4 ? { narrativeFrom: null, revised: null, planned: ongoing() } : {}),
  }),
  groupTitle: `Priority ${ref.split('.')[0]}`,
  answered: false,
  answeredBy: null,
}));

export function ongoing(): TargetDate {
  return { text: 'Ongoing', due: null, precision: null, recurrence: null, word: 'ongoing' };
}

/** A row as it stands after its lead answered in the month. */
export function answeredRow(row: MonthRow, by: string | null = null): MonthRow {
  const action: Action = {
    ...row.action,
    status: { text: '', key: 'green' },
    percent: 90,
    narrative: 'Twelve families tried it; what they found is mended.',
    narrativeFrom: '2023-09',
    updatedIn: '2023-09',
    was: { status: 'amber', percent: 75 },
    version: row.action.version + 1,
  };
  return { ...row, action, answered: true, answeredBy: by };
}

const DELIVERED = [1, 2, 3].map((n) =>
  actionWith({
    id: `d${n}`,
    ref: `1.1.${n}`,
    title: `Delivered piece of work ${n}`,
    status: { text: 'B', key: 'blue' },
    percent: 100,
    narrative: 'Done, and the evidence is filed.',
  }),
);

export const MONTH: MonthFacts = {
  ...BASE,
  planTitle: 'Northmoor SEND improvement plan',
  closes: new Date('2023-09-29T16:00:00Z'),
  state: 'open',
  userId: '29:maya',
  rows: MONTH_ROWS.map((row, at) => (at === 1 ? answeredRow(row) : row)),
  page: 0,
  onward: true,
  delivered: DELIVERED,
  showDelivered: false,
  note: null,
  kind: 'first',
  message: 'prompt|2023-09|0f2b6f0e-6d5c-4f3e-9a1b-2c3d4e5f6a7b',
};

export const FORM: FormFacts = {
  ...BASE,
  action: actionWith(),
  groupTitle: 'Priority 1: leadership and governance',
  state: 'open',
  left: 5,
  page: 0,
  typed: null,
  refused: [],
  asked: [],
  newer: null,
  version: 3,
  wantsSentence: false,
};

export const TYPED = {
  percent: '40',
  status: 'red',
  narrative: 'The supplier has withdrawn.',
  revised: '2023-10-31',
  barriers: '',
  ask: '',
};

export const FORM_REFUSED: FormFacts = {
  ...FORM,
  typed: TYPED,
  refused: [
    { field: 'barriers', code: 'red-without-barriers' },
    { field: 'ask', code: 'red-without-ask' },
  ],
};

export const FORM_ASKED: FormFacts = {
  ...FORM,
  typed: { ...TYPED, status: 'amber', percent: '100', revised: '' },
  asked: [
    { field: 'percent', code: 'full-but-not-done' },
    { field: 'revised', code: 'amber-without-later-date' },
  ],
};

export const FORM_NEWER: FormFacts = {
  ...FORM,
  action: actionWith({ percent: 60, narrativeFrom: '2023-09', narrative: 'Both teams have agreed.' }),
  typed: { ...TYPED, status: 'amber', percent: '55' },
  newer: { by: 'Tom Reed', at: '2023-09-21T09:42:00.000Z' },
  version: 4,
};

const COUNTS: Counts = { red: 3, amber: 27, green: 19, blue: 46, grey: 3, none: 0 };
const SHARES: Counts = { red: 3, amber: 28, green: 19, blue: 47, grey: 3, none: 0 };
const KEYS = ['red', 'amber', 'green', 'blue', 'grey'] as const;

export function snapshotWith(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    id: 's514',
    ref: '5.1.4',
    group: '5',
    title: 'The neurodevelopmental pathway is staffed and open to referrals',
    leads: [leadNamed('Priya Nair', 'Head of therapies')],
    status: 'red',
    percent: 75,
    narrative:
      'The business case is written. Recruitment failed twice, and the provider has asked for more time.',
    narrativeFrom: '2023-09',
    barriers: 'No applicants for two posts.',
    ask: 'Approve the revised date of March 2024.',
    due: '2023-07-31',
    plannedText: 'Dec-22',
    revisedText: 'Jul-23',
    live: true,
    updatedIn: '2023-09',
    ...changes,
  };
}

/** 98 actions in ten groups, in the counts of {@link COUNTS}. */
export const SNAPSHOTS: readonly Snapshot[] = KEYS.flatMap((key) =>
  Array.from({ length: COUNTS[key] }, (_, at) => ({ key, at })),
).map(({ key, at }, place) => {
  const group = String((place % 10) + 1);
  return snapshotWith({
    id: `s${place}`,
    ref: `${group}.${Math.floor(place / 10) + 1}.${(place % 4) + 1}`,
    group,
    status: key,
    percent: key === 'blue' || key === 'grey' ? 100 : (at * 7) % 100,
    live: key !== 'blue' && key !== 'grey',
    ...(key === 'red' ? {} : { barriers: '', ask: '' }),
  });
});

const GROUP_TITLES = [
  'Leadership and governance',
  'Working with families',
  'The local offer',
  'Joint commissioning',
  'Neurodevelopment',
  'Inclusion in schools',
  'Plans and reviews',
  'Health advice',
  'Alternative provision',
  'Preparing for adulthood',
];

function countsOf(snapshots: readonly Snapshot[]): Counts {
  const counts = { red: 0, amber: 0, green: 0, blue: 0, grey: 0, none: 0 };
  for (const { status } of snapshots) counts[status ?? 'none'] += 1;
  return counts;
}

export const POSITION: Position = {
  period: '2023-09',
  at: '2023-10-02T08:00:00.000Z',
  scale: SCALE,
  total: 98,
  figures: KEYS.map((key) => ({ key, count: COUNTS[key], share: SHARES[key] })),
  groups: GROUP_TITLES.map((title, at) => {
    const own = SNAPSHOTS.filter(({ group }) => group === String(at + 1));
    return { ref: String(at + 1), title, total: own.length, counts: countsOf(own) };
  }),
  comparisons: [
    {
      with: '2023-06',
      delta: { red: 3, amber: -5, green: -10, blue: 15, grey: 1, none: 0, total: 4 },
      likeForLike: true,
    },
    {
      with: '2023-03',
      delta: { red: 0, amber: -18, green: 2, blue: 15, grey: 3, none: 0, total: 2 },
      likeForLike: true,
    },
    {
      with: '2022-12',
      delta: { red: -1, amber: -40, green: -4, blue: 44, grey: 3, none: 0, total: 2 },
      likeForLike: false,
    },
  ],
  red: SNAPSHOTS.filter(({ status }) => status === 'red').map(({ id }) => id),
  moves: [
    { id: 's0', ref: '1.1.1', title: 'A title', from: 'amber', to: 'red', direction: 'worse' },
    { id: 's40', ref: '1.5.1', title: 'Another title', from: 'green', to: 'blue', direction: 'better' },
    { id: 's41', ref: '2.5.2', title: 'A third title', from: 'amber', to: 'green', direction: 'better' },
  ],
  silences: [
    { lead: leadNamed('Tom Reed'), actions: ['s4', 's5'] },
    { lead: leadNamed('Ines Duarte'), actions: ['s9'] },
  ],
  asked: 30,
  carried: ['s4', 's5', 's9'],
};

export const POST: PostFacts = {
  ...READER,
  plan: 'plan-1',
  planTitle: 'Northmoor SEND improvement plan',
  kind: 'post',
  position: POSITION,
  actions: new Map(SNAPSHOTS.map((snapshot) => [snapshot.id, snapshot])),
};

export const FIGURE: FigureFacts = {
  ...READER,
  plan: 'plan-1',
  period: '2023-09',
  opened: { what: 'status', key: 'red' },
  position: POSITION,
  actions: POST.actions,
  page: 0,
};

export const UNMATCHED: readonly LeadMatch[] = [
  {
    lead: leadNamed('Katherine Boyd', 'Head of SEND'),
    actions: 4,
    proposed: [{ id: 'p7', name: 'Catherine Boyd' }],
  },
  {
    lead: leadNamed('Tom Reed'),
    actions: 3,
    proposed: [
      { id: 'p11', name: 'Tom Reed' },
      { id: 'p13', name: 'Tom Reed' },
    ],
  },
  { lead: leadNamed('Alan Marsh'), actions: 2, proposed: [] },
];

export const ROSTER = [
  'Catherine Boyd',
  'Ines Duarte',
  'Maya Okafor',
  'Priya Nair',
  'Tom Reed',
  'Zoe Lind',
].map((name, at) => ({ id: `p${at + 7}`, name }));

export const GREETING: GreetingFacts = {
  plan: 'plan-1',
  planTitle: 'Northmoor SEND improvement plan',
  actions: 98,
  live: 49,
  groups: 10,
  leads: 30,
  matched: 27,
  unmatched: UNMATCHED,
  officer: 'Maya Okafor',
  channelName: 'General',
};

export const SETTLE: SettleFacts = {
  plan: 'plan-1',
  unmatched: UNMATCHED,
  roster: ROSTER,
  page: 0,
  note: null,
};

export const SILENT: SilentFacts = {
  ...READER,
  plan: 'plan-1',
  period: '2023-09',
  asked: 30,
  silent: [
    { name: 'Tom Reed', left: 2, of: 5, outcome: 'sent', reminded: 2 },
    { name: 'Ines Duarte', left: 1, of: 1, outcome: 'unconfirmed', reminded: 0 },
    { name: 'Katherine Boyd', left: 4, of: 4, outcome: 'not-matched', reminded: 0 },
  ],
  leaderless: [{ ref: '9.1.2', title: 'Places in alternative provision are reviewed each term' }],
};

export const OPENED: OpenedFacts = {
  ...READER,
  plan: 'plan-1',
  period: '2023-09',
  since: null,
  closes: MONTH.closes,
  asked: 28,
  actions: 49,
  unreachable: [{ name: 'Katherine Boyd', actions: 4, why: 'not-matched' }],
  officerAnswers: [{ name: 'Alan Marsh', actions: 2 }],
  leaderless: SILENT.leaderless,
};

export const HELP: HelpFacts = {
  place: 'personal',
  officer: true,
  lead: true,
  demo: true,
  measures: true,
  period: '2023-09',
  ref: '1.3.2',
};

const TOM = { id: 'tom', name: 'Tom Reed' };
const INES = { id: 'ines', name: 'Ines Duarte' };
const MADE: readonly AuditedChange[] = [
  {
    kind: 'handed-over',
    action: 'a122',
    ref: '1.2.2',
    from: { lead: 'tom-reed', name: 'Tom Reed' },
    to: { lead: 'ines-duarte', name: 'Ines Duarte', person: 'ines' },
  },
  { kind: 'cover-given', lead: 'tom-reed', name: 'Tom Reed', to: INES, until: '2024-01-03' },
  { kind: 'cover-ended', lead: 'tom-reed', name: 'Tom Reed', from: INES },
  { kind: 'undone', action: 'a122', ref: '1.2.2', version: 3, period: '2023-09' },
  { kind: 'reader-named', who: INES },
  { kind: 'reader-removed', who: INES },
  { kind: 'officer-added', who: TOM },
  { kind: 'officer-removed', who: { id: 'gone', name: '' } },
  { kind: 'lead-settled', lead: 'k-boyd', name: 'K Boyd', to: INES },
  { kind: 'lead-settled', lead: 'chair', name: 'Chair of the board', to: null },
  { kind: 'channel-set', channel: '19:board@thread.tacv2', name: 'Board' },
  { kind: 'reminded', period: '2023-09', people: [TOM] },
  { kind: 'reminded', period: '2023-09', people: [TOM, INES] },
  { kind: 'words-cleared', action: 'a122', ref: '1.2.2' },
  { kind: 'plan-loaded', file: 'plan.docx', load: 'l1', how: 'first', added: 94, changed: 0, left: 0 },
  { kind: 'plan-loaded', file: 'october.docx', load: 'l2', how: 'again', added: 2, changed: 5, left: 1 },
  { kind: 'action-loaded', action: 'a122', ref: '1.2.2', load: 'l2', how: 'changed', changes: [] },
  { kind: 'action-loaded', action: 'a123', ref: '1.2.3', load: 'l2', how: 'left', changes: [] },
  { kind: 'retention-set', months: 24 },
  { kind: 'retention-set', months: null },
  { kind: 'reading-log-set', on: true },
  { kind: 'calendar-set', opensDay: 18, months: 3, publishes: 'itself' },
  { kind: 'totals-typed', period: '2023-06', total: 94 },
  { kind: 'freed', team: 'Board' },
  { kind: 'person-erased', alias: 'Former lead 3F2A' },
];

export const AUDIT: AuditFacts = {
  ...READER,
  plan: 'plan-1',
  entries: MADE.map((what, at) => ({
    id: `e${at}`,
    at: new Date(Date.UTC(2023, 8, 20, 15 - at, 5)).toISOString(),
    by: at % 3 === 2 ? { id: '', name: 'the command line' } : { id: 'maya', name: 'Maya Okafor' },
    chat: '',
    what,
  })),
  page: 0,
};

const asked = (to: string, more: Partial<Message> = {}): Message => ({
  ...newMessage({ key: `prompt|2023-09|${to}`, kind: 'prompt', period: '2023-09', to, leads: [to] }),
  state: 'sent',
  sentAt: '2023-09-20T08:00:00.000Z',
  ...more,
});
const said = { by: 'Tom Reed', at: '2023-09-25T09:00:00.000Z', onBehalfOf: null, late: false };
export const LEDGER: LedgerFacts = {
  plan: 'plan-1',
  month: '2023-09',
  period: 'September 2023',
  of: 17,
  page: 1,
  reader: { zone: 'Europe/London', today: '2023-09-26' },
  entries: [
    {
      lead: 'Ines Duarte',
      person: 'Ines Duarte',
      covered: false,
      prompt: asked('ines', { state: 'unreachable', sentAt: null, why: 'blocked' }),
      reminders: [],
      actions: [{ id: 'a1', ref: '1.2.2', title: 'Review the pathway', answer: null }],
      others: [{ kind: 'report', name: '1', answer: null }],
    },
    {
      lead: 'Tom Reed',
      person: 'Tom Reed',
      covered: false,
      prompt: asked('tom'),
      reminders: [asked('tom', { key: 'reminder|2023-09|1|tom', kind: 'reminder' })],
      actions: [{ id: 'a2', ref: '1.2.3', title: 'Train the teams', answer: { ...said, kind: 'answer' } }],
      others: [
        { kind: 'measure', name: 'Advice in time', answer: said },
        { kind: 'measure', name: 'Weeks of waiting', answer: null },
      ],
    },
  ],
};
