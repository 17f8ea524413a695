import fc from 'fast-check';
import {
  capacityFor,
  coveredOn,
  type Deed,
  type Member,
  may,
  mayRead,
  RIGHTS,
  rolesOf,
} from '../../src/domain/authority';
import type { Message } from '../../src/domain/message';
import type { IsoDate } from '../../src/domain/period';
import { type Action, DEFAULT_CALENDAR, type NamedLead, type Plan } from '../../src/domain/plan';
import { type AskedAs, askedAs, askedFor, isCoverDay, type LeadRecord } from '../../src/domain/prompt';

const plan: Plan = {
  id: 'p',
  title: 'A plan',
  asOf: null,
  groups: [],
  scales: [],
  calendar: DEFAULT_CALENDAR,
  tenant: null,
  binding: null,
  officers: ['officer'],
  latest: null,
  loadedAt: '2023-09-01T09:00:00.000Z',
};

const TODAY: IsoDate = '2023-09-20';

function lead(key: string): NamedLead {
  return { key, name: key, role: null, kind: 'lead' };
}

function action(leads: readonly string[], groupLeads: readonly string[] = []) {
  return { leads: leads.map(lead), groupLeads: groupLeads.map(lead) };
}

function emptyAction(id: string): Action {
  return {
    id,
    ref: id,
    group: '1',
    title: id,
    leads: [],
    groupLeads: [],
    planned: null,
    revised: null,
    see: [],
    status: { text: '', key: null },
    percent: null,
    narrative: '',
    narrativeFrom: null,
    barriers: '',
    ask: '',
    version: 0,
    updatedIn: null,
    updatedBy: null,
    updatedAt: null,
    unchangedFor: 0,
    was: null,
  };
}

function member(more: Partial<Member>): Member {
  return { plan: 'p', leads: [], answersFor: [], present: true, ...more };
}

describe('in what capacity somebody may change an action', () => {
  const ann = action(['ann'], ['eve']);

  test.each<[string, ReturnType<typeof action>, Partial<Member> | null, string | null]>([
    ['its lead', ann, { leads: ['ann'] }, 'lead'],
    ['who answers for its lead', ann, { answersFor: ['ann'] }, 'lead'],
    ['its group’s lead', ann, { leads: ['eve'] }, 'group-lead'],
    ['its group’s lead where it has none', action([], ['eve']), { leads: ['eve'] }, 'lead'],
    ['a deputy of its lead', ann, { covers: [{ lead: 'ann', until: TODAY }] }, 'deputy'],
    ['a deputy of its group’s lead', ann, { covers: [{ lead: 'eve', until: TODAY }] }, 'deputy'],
    ['a deputy of yesterday', ann, { covers: [{ lead: 'ann', until: '2023-09-19' }] }, null],
    [
      'the group’s lead who covers for its lead',
      ann,
      { leads: ['eve'], covers: [{ lead: 'ann', until: TODAY }] },
      'deputy',
    ],
    ['a deputy who has left', ann, { covers: [{ lead: 'ann', until: TODAY }], present: false }, null],
    ['a reader', ann, { reader: true, present: false }, null],
    ['a lead who has left', ann, { leads: ['ann'], present: false }, null],
    ['another', ann, { leads: ['ben'] }, null],
    ['a stranger', ann, null, null],
  ])('%s', (_who, of, more, capacity) => {
    expect(capacityFor(plan, of, 'somebody', more && member(more), TODAY)).toBe(capacity);
  });

  test('a programme officer, whatever else they are not', () => {
    expect(capacityFor(plan, ann, 'officer', null, TODAY)).toBe('officer');
  });

  test('without a day no cover counts', () => {
    const covers = [{ lead: 'ann', until: TODAY }];
    expect(capacityFor(plan, ann, 'somebody', member({ covers }))).toBeNull();
  });
});

describe('who may do what', () => {
  /** An action of Ann's and Cole's, in Eve's group. Whoever is asked about a lead is asked about Ann. */
  const aboutOf = (deed: Deed) =>
    deed === 'answer' ? { action: action(['ann', 'cole'], ['eve']) } : { leads: ['ann'] };
  const YESTERDAY: IsoDate = '2023-09-19';
  const PEOPLE: Readonly<Record<string, { readonly id?: string; readonly member: Member | null }>> = {
    officer: { id: 'officer', member: member({}) },
    'officer not in a roster yet': { id: 'officer', member: null },
    'group lead': { member: member({ leads: ['eve'] }) },
    lead: { member: member({ leads: ['ann'] }) },
    'co-lead': { member: member({ leads: ['cole'] }) },
    deputy: { member: member({ covers: [{ lead: 'ann', until: TODAY }] }) },
    'lapsed deputy': { member: member({ covers: [{ lead: 'ann', until: YESTERDAY }] }) },
    'of the team': { member: member({}) },
    reader: { member: member({ present: false, reader: true }) },
    'former officer': { id: 'officer', member: member({ present: false }) },
    'former lead': { member: member({ leads: ['ann'], present: false }) },
    'former deputy': { member: member({ covers: [{ lead: 'ann', until: TODAY }], present: false }) },
    'lead of another plan': { member: null },
    stranger: { member: null },
  };
  const officers: readonly Deed[] = [
    'run-month',
    'remind',
    'answer-for',
    'settle-names',
    'set-channel',
    'load-plan',
    'name-officers',
    'name-readers',
    'see-audit',
    'see-ledger',
    'clear-words',
  ];
  const reads: readonly Deed[] = ['read', 'export'];
  const team: readonly Deed[] = [...reads, 'share'];
  const all: readonly Deed[] = [...team, 'answer', 'hand-over', 'cover', 'end-cover', ...officers];
  /** Written by hand, and not read off the table that it holds to account. */
  const MAY: Readonly<Record<keyof typeof PEOPLE, readonly Deed[]>> = {
    officer: all,
    'officer not in a roster yet': all,
    'group lead': [...team, 'answer'],
    lead: [...team, 'answer', 'hand-over', 'cover', 'end-cover'],
    'co-lead': [...team, 'answer'],
    deputy: [...team, 'answer', 'end-cover'],
    'lapsed deputy': team,
    'of the team': team,
    reader: reads,
    'former officer': [],
    'former lead': [],
    'former deputy': [],
    'lead of another plan': [],
    stranger: [],
  };

  test.each(Object.entries(PEOPLE))('%s', (who, { id = 'somebody', member: of }) => {
    const standing = { plan, person: id, member: of, today: TODAY };
    const deeds = Object.keys(RIGHTS) as Deed[];
    expect(deeds.filter((deed) => may(deed, standing, aboutOf(deed))).sort()).toEqual(
      [...(MAY[who] ?? [])].sort(),
    );
  });

  test('every deed is somebody’s, and every one beyond reading is refused to whoever may only read', () => {
    expect([...all].sort()).toEqual(Object.keys(RIGHTS).sort());
    for (const deed of all) expect(RIGHTS[deed].includes('reader')).toBe(reads.includes(deed));
  });

  test('about no lead at all nobody is a lead', () => {
    const standing = { plan, person: 'x', member: member({ leads: ['ann'] }), today: TODAY };
    expect([...rolesOf(standing, { leads: [] })]).toEqual(['team']);
    expect([...rolesOf(standing, { leads: ['ann', 'cole'] })]).toEqual(['team']);
    expect(may('hand-over', standing)).toBe(false);
  });
});

test('who may read: the team, its programme officers, and whom they named', () => {
  expect(mayRead(plan, 'x', member({}))).toBe(true);
  expect(mayRead(plan, 'x', member({ present: false }))).toBe(false);
  expect(mayRead(plan, 'x', member({ present: false, reader: true }))).toBe(true);
  expect(mayRead(plan, 'x', null)).toBe(false);
  expect(mayRead(plan, 'officer', null)).toBe(true);
});

test('a cover counts up to its day and not a day longer', () => {
  const covers = [
    { lead: 'ann', until: '2023-09-19' },
    { lead: 'ben', until: '2023-09-20' },
  ] as const;
  expect(coveredOn(member({ covers }), '2023-09-19')).toEqual(['ann', 'ben']);
  expect(coveredOn(member({ covers }), '2023-09-20')).toEqual(['ben']);
  expect(coveredOn(member({ covers }), '2023-09-21')).toEqual([]);
  expect([isCoverDay('2023-09-19', TODAY), isCoverDay(TODAY, TODAY)]).toEqual([false, true]);
  expect([isCoverDay('2024-09-20', TODAY), isCoverDay('2024-09-21', TODAY)]).toEqual([true, false]);
});

describe('a prompt taken apart by whom it asks as', () => {
  const NAMES = ['ann', 'anne', 'ben', 'cat'];
  const record = fc.record({
    person: fc.constantFrom('p1', 'p2', null),
    cover: fc.constantFrom('p1', 'p2', null),
  });

  test('loses no action, names each lead once, and begins with the person’s own', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 4, maxLength: 4 }),
        fc.array(fc.subarray(NAMES), { minLength: 1, maxLength: 6 }),
        fc.subarray(NAMES),
        (known, actionLeads, leads) => {
          const records = new Map(NAMES.map((name, at) => [name, recordOf(name, known[at])]));
          const actions = new Map<string, Action>(
            actionLeads.map((of, at) => [`a${at}`, { ...emptyAction(`a${at}`), ...action(of) }]),
          );
          const prompt: Pick<Message, 'to' | 'leads' | 'actions'> = {
            to: 'p1',
            leads,
            actions: [...actions.keys(), 'gone'],
          };
          const parts: AskedAs[] = askedAs(prompt, records, actions);
          expect(new Set(parts.flatMap((part) => part.actions))).toEqual(new Set(prompt.actions));
          const named = parts.flatMap((part) => part.leads);
          expect(new Set(named).size).toBe(named.length);
          expect(named.every((name) => leads.includes(name))).toBe(true);
          expect(parts.slice(1).every(({ covered }) => covered)).toBe(true);
        },
      ),
    );
  });

  test('whoever covers is asked while it holds, and the lead after', () => {
    const covered: LeadRecord = {
      ...recordOf('ann', { person: 'p1', cover: null }),
      cover: { person: 'p2', name: 'P2', until: TODAY },
    };
    expect(askedFor(covered, TODAY)).toBe('p2');
    expect(askedFor(covered, '2023-09-21')).toBe('p1');
    expect(askedFor(covered)).toBe('p1');
  });

  function recordOf(
    name: string,
    known: { person: string | null; cover: string | null } | undefined,
  ): LeadRecord {
    const { person = null, cover = null } = known ?? {};
    return {
      lead: lead(name),
      person,
      settled: person ? 'chosen' : null,
      answeredBy: null,
      proposed: [],
      cover: cover ? { person: cover, name: cover, until: TODAY } : null,
    };
  }
});
