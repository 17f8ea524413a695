import type { Caller } from '../../src/app/people';
import { recordReading } from '../../src/app/recordReading';
import { recordReturn } from '../../src/app/recordReturn';
import { remindNow } from '../../src/app/remindNow';
import { currentPosition, publishedPosition } from '../../src/app/viewPosition';
import { readLedger } from '../../src/app/whoIsSilent';
import { makeComposer } from '../../src/cards/composer';
import type { Measure } from '../../src/domain/measure';
import { readTargetFigure } from '../../src/domain/readFigure';
import type { UnderstoodMeasure, UnderstoodPlan } from '../../src/domain/understood';
import { english } from '../../src/words/words';
import { CountingTable } from '../fakes/tables';
import {
  type AppWorld,
  callerOf,
  idOf,
  line,
  makeWorld,
  OCTOBER,
  PEOPLE,
  SEPTEMBER,
  TENANT,
} from '../fakes/world';
import { doer, OFFICER, stopAtEveryWrite } from './support';

/* A month of a plan with measures, and with groups whose leads report to the board. */

const measure = (
  name: string,
  owner: string | null,
  more: Partial<UnderstoodMeasure> = {},
): UnderstoodMeasure => ({
  ref: null,
  name,
  group: '1',
  owners: owner === null ? [] : [{ name: owner, role: null, kind: 'lead' }],
  target: readTargetFigure('75%'),
  baseline: '',
  interim: [],
  readings: [{ period: '2023-08', text: '59%', value: 59, kind: 'number' }],
  narrative: '',
  ...more,
});

/** Ann leads an action and a measure, Ben a measure alone, Eve the group, with a measure that names nobody and a line of business as usual. */
const PLAN: Partial<UnderstoodPlan> = {
  measures: [
    measure('Advice in time', 'Ann Archer'),
    measure('Weeks of waiting', 'Ben Baker', { target: readTargetFigure('<20') }),
    measure('Complaints', null, { target: readTargetFigure('Lower'), readings: [] }),
    measure('A sentence of what should be better', null, { target: null, readings: [] }),
  ],
  assurance: [{ group: '1', activity: 'Files are audited', complete: 'TBC', impact: '' }],
};

async function world(options: Parameters<typeof makeWorld>[0] = {}): Promise<AppWorld> {
  return makeWorld({
    lines: [line('1.1', ['Ann Archer']), line('2.1', ['Cat Carter'])],
    more: PLAN,
    ...options,
  });
}

async function opened(options: Parameters<typeof makeWorld>[0] = {}): Promise<AppWorld> {
  const made = await world(options);
  await made.open();
  await made.advance();
  return made;
}

async function measureCalled(at: AppWorld, name: string): Promise<Measure> {
  const found = (await at.deps.measures.readMeasures(at.planId)).find((one) => one.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

async function read(at: AppWorld, who: Caller | string, name: string, text: string, more: object = {}) {
  const { id, version } = await measureCalled(at, name);
  const caller = typeof who === 'string' ? callerOf(who) : who;
  const reply = {
    plan: at.planId,
    period: SEPTEMBER,
    measure: id,
    version,
    text,
    anyway: false,
    chat: 'chat',
  };
  return recordReading(at.deps, caller, { ...reply, ...more });
}

async function tell(at: AppWorld, who: string, recommendation: string, more: object = {}) {
  const [report] = await at.deps.measures.readReports(at.planId);
  if (!report) throw new Error('there is no report');
  const said = { recommendation, lines: [] };
  const reply = {
    plan: at.planId,
    period: SEPTEMBER,
    report: report.id,
    version: report.version,
    said,
    chat: 'chat',
  };
  return recordReturn(at.deps, callerOf(who), { ...reply, ...more });
}

test('one card each for whoever leads an action, owns a measure or leads a group that reports', async () => {
  const at = await opened();
  const prompts = (await at.messages('prompt|2023-09|')).map(({ to, actions, others }) => [
    to,
    actions.length,
    others?.map((key) => key.split('|')[0]),
  ]);
  expect(prompts).toEqual([
    ['ann-archer', 1, ['measure']],
    ['ben-baker', 0, ['measure']],
    ['cat-carter', 1, undefined],
    ['eve-eaton', 0, ['measure', 'report']],
  ]);
  const { asked } = await readLedger(at.deps, await at.plan(), SEPTEMBER);
  expect(asked.map(({ name, left, of }) => [name, left, of])).toEqual([
    ['Ann Archer', 2, 2],
    ['Ben Baker', 1, 1],
    ['Cat Carter', 1, 1],
    ['Eve Eaton', 2, 2],
  ]);
});

test('a card says how much is asked, and comes to nobody who has answered all of it', async () => {
  const at = await opened();
  const compose = async (name: string) => {
    const to = await at.deps.people.readPerson(TENANT, idOf(name));
    const message = await at.message(`prompt|2023-09|${idOf(name)}`);
    return makeComposer(at.deps, english).compose(await at.plan(), message, to?.value ?? null);
  };
  expect((await compose('Ann Archer'))?.summary).toBe('September 2023 update: 1 action, 1 measure to read');
  expect((await compose('Eve Eaton'))?.summary).toBe(
    'September 2023 update: 1 measure to read, 1 report to the board',
  );
  await read(at, 'Ben Baker', 'Weeks of waiting', '18');
  expect(await compose('Ben Baker')).toBeNull();
});

test('a reading is kept with who, when and where, and counts as an answer', async () => {
  const at = await opened();
  at.clock.set('2023-09-21T10:00:00Z');
  const outcome = await read(at, 'Ann Archer', 'Advice in time', ' 62% ');
  expect(outcome).toMatchObject({ outcome: 'saved', repeat: false, late: false });
  const { id, last, readIn } = await measureCalled(at, 'Advice in time');
  expect([last, readIn]).toEqual([{ period: '2023-09', text: '62%', value: 62, kind: 'number' }, '2023-09']);
  const kept = (await at.deps.measures.readReadings(at.planId, id)).filter(({ by }) => by !== null);
  expect(kept).toMatchObject([
    {
      by: { id: 'ann-archer', name: 'Ann Archer' },
      at: '2023-09-21T10:00:00.000Z',
      chat: 'chat',
      onBehalfOf: null,
    },
  ]);
  const { asked } = await readLedger(at.deps, await at.plan(), SEPTEMBER);
  expect(asked[0]).toMatchObject({ name: 'Ann Archer', left: 1, of: 2 });
});

test('the same tap twice is kept once; a correction stands beside what it corrects', async () => {
  const at = await opened();
  const { version } = await measureCalled(at, 'Advice in time');
  await read(at, 'Ann Archer', 'Advice in time', '62%', { version });
  expect(await read(at, 'Ann Archer', 'Advice in time', '62%', { version })).toMatchObject({ repeat: true });
  await read(at, 'Ann Archer', 'Advice in time', '63%');
  const { id, last } = await measureCalled(at, 'Advice in time');
  expect(last?.text).toBe('63%');
  const kept = await at.deps.measures.readReadings(at.planId, id);
  expect(kept.map(({ text }) => text).sort()).toEqual(['59%', '62%', '63%']);
});

test('two at once: one is kept, the other is told', async () => {
  const at = await opened();
  const { version } = await measureCalled(at, 'Advice in time');
  const both = await Promise.all([
    read(at, 'Ann Archer', 'Advice in time', '62%', { version }),
    read(at, OFFICER, 'Advice in time', '64%', { version }),
  ]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(['newer', 'saved']);
});

test.each([
  ['Cat Carter', 'not-yours'],
  ['Zed Zander', 'stranger'],
  ['Eve Eaton', 'saved'],
  [OFFICER, 'saved'],
])('%s reads Ann’s measure: %s', async (who, outcome) => {
  const at = await opened();
  expect((await read(at, who, 'Advice in time', '62%')).outcome).toBe(outcome);
  const { last } = await measureCalled(at, 'Advice in time');
  expect(last?.text).toBe(outcome === 'saved' ? '62%' : '59%');
});

test('another’s tenant, a measure that is gone, a month that was never opened or has given way', async () => {
  const at = await opened();
  const elsewhere = { ...callerOf('Ann Archer'), tenant: 'tenant-2' };
  expect((await read(at, elsewhere, 'Advice in time', '62%')).outcome).toBe('no-plan');
  expect((await read(at, 'Ann Archer', 'Advice in time', '62%', { measure: 'gone' })).outcome).toBe('gone');
  expect((await read(at, 'Ann Archer', 'Advice in time', '62%', { period: '2023-08' })).outcome).toBe(
    'not-open',
  );
  await at.open(OCTOBER);
  expect((await read(at, 'Ann Archer', 'Advice in time', '62%')).outcome).toBe('superseded');
});

test('what is no figure is refused, what may be a slip is asked about; nothing is kept before', async () => {
  const at = await opened();
  expect(await read(at, 'Ann Archer', 'Advice in time', 'about half')).toMatchObject({
    outcome: 'refused',
    fault: { code: 'no-figure' },
  });
  expect(await read(at, 'Ann Archer', 'Advice in time', '0.62')).toMatchObject({
    outcome: 'refused',
    fault: null,
    doubts: ['fraction-of-percent'],
  });
  expect((await measureCalled(at, 'Advice in time')).version).toBe(0);
  expect(await read(at, 'Ann Archer', 'Advice in time', '0.62', { anyway: true })).toMatchObject({
    outcome: 'saved',
  });
});

test('N/A and TBC are answers and no figures', async () => {
  const at = await opened();
  await read(at, 'Ann Archer', 'Advice in time', 'N/A');
  await read(at, 'Ben Baker', 'Weeks of waiting', 'TBC');
  const { position } = await currentPosition(at.deps, await at.plan(), SEPTEMBER);
  expect(position.measures?.map(({ reading, verdict }) => [reading?.kind, verdict])).toEqual([
    ['na', null],
    ['tbc', null],
    [undefined, null],
  ]);
});

test('“none” is an answer; what a deputy or an officer says is said for the lead', async () => {
  const at = await opened();
  expect(await tell(at, 'Eve Eaton', '')).toMatchObject({ outcome: 'saved', repeat: false });
  expect(await tell(at, 'Eve Eaton', '')).toMatchObject({ outcome: 'saved', repeat: true });
  const { asked } = await readLedger(at.deps, await at.plan(), SEPTEMBER);
  expect(asked.find(({ name }) => name === 'Eve Eaton')).toMatchObject({ left: 1 });
  await tell(at, OFFICER, 'Agree a second post.');
  const [report] = await at.deps.measures.readReports(at.planId);
  expect(report?.last).toMatchObject({ recommendation: 'Agree a second post.', onBehalfOf: 'Eve Eaton' });
  expect(await at.deps.measures.readReturns(at.planId, report?.id ?? '')).toHaveLength(2);
  expect((await tell(at, 'Ann Archer', 'Mine')).outcome).toBe('not-yours');
});

test('business as usual is said line by line, and a child’s data is refused', async () => {
  const at = await opened();
  const [report] = await at.deps.measures.readReports(at.planId);
  const id = report?.assurance[0]?.id ?? '';
  const lines = [
    { id, complete: 'Yes', impact: 'Fewer errors' },
    { id: 'gone', complete: 'x', impact: '' },
  ];
  await tell(at, 'Eve Eaton', '', { said: { recommendation: 'Agree it.', lines } });
  const [after] = await at.deps.measures.readReports(at.planId);
  expect(after?.assurance).toEqual([
    { id, activity: 'Files are audited', complete: 'Yes', impact: 'Fewer errors' },
  ]);
  const refused = await tell(at, 'Eve Eaton', 'Write to ann@example.org');
  expect(refused).toMatchObject({ outcome: 'refused', faults: [{ field: 'recommendation' }] });
});

test('reminders go to whoever has a reading or a report left, and to nobody else', async () => {
  const at = await opened();
  await at.reply('Cat Carter', '2.1', 'no-change');
  await read(at, 'Ben Baker', 'Weeks of waiting', '18');
  await at.reply('Ann Archer', '1.1', 'no-change');
  const outcome = await remindNow(at.deps, await at.plan(), doer(OFFICER), 'everyone');
  expect(outcome).toMatchObject({
    outcome: 'done',
    reminded: [
      { name: 'Ann Archer', left: 1 },
      { name: 'Eve Eaton', left: 2 },
    ],
  });
  at.clock.set('2023-09-26T08:00:00Z');
  await at.advance();
  const reminded = (await at.messages('reminder|2023-09|1|')).map(({ to }) => to);
  expect(reminded).toEqual(['ann-archer', 'eve-eaton']);
});

test('late readings are taken and marked', async () => {
  const at = await opened();
  await at.close();
  expect(await read(at, 'Ann Archer', 'Advice in time', '62%')).toMatchObject({
    outcome: 'saved',
    late: true,
  });
});

test('the board sees measures and decisions; what was published is the same for ever', async () => {
  const at = await opened();
  await read(at, 'Ann Archer', 'Advice in time', '62%');
  await read(at, 'Ben Baker', 'Weeks of waiting', '18');
  await tell(at, 'Eve Eaton', 'Agree a second post.');
  await at.publish();
  await at.advance();
  const published = await publishedPosition(at.deps, await at.plan(), SEPTEMBER);
  expect(
    published?.position.measures?.map(({ name, verdict, change }) => [name, verdict, change?.by]),
  ).toEqual([
    ['Advice in time', 'off', 3],
    ['Weeks of waiting', 'on', -41],
    ['Complaints', null, undefined],
  ]);
  expect(published?.position.reports).toMatchObject([
    { group: '1', said: true, recommendation: 'Agree a second post.', by: 'Eve Eaton' },
    { group: '2', said: false },
  ]);
  expect(
    published?.position.silences.map(({ lead, actions, others }) => [lead.name, actions.length, others]),
  ).toEqual([
    ['Ann Archer', 1, undefined],
    ['Cat Carter', 1, undefined],
    ['Eve Eaton', 0, 1],
  ]);
  await at.open(OCTOBER);
  await read(at, 'Ann Archer', 'Advice in time', '80%', { period: OCTOBER });
  await tell(at, 'Eve Eaton', '', { period: OCTOBER });
  expect(await publishedPosition(at.deps, await at.plan(), SEPTEMBER)).toEqual(published);
});

test('a reading is lost by no stop and kept twice by none', async () => {
  const stops = await stopAtEveryWrite(
    () => opened(),
    async (deps, at) => {
      const { id } = await measureCalled(at, 'Advice in time');
      const reply = {
        plan: at.planId,
        period: SEPTEMBER,
        measure: id,
        version: 0,
        text: '62%',
        anyway: false,
        chat: 'c',
      };
      await recordReading(deps, callerOf('Ann Archer'), reply);
    },
    async (at) => {
      await read(at, 'Ann Archer', 'Advice in time', '62%', { version: 0 });
      const { id, version } = await measureCalled(at, 'Advice in time');
      const kept = await at.deps.measures.readReadings(at.planId, id);
      expect([version, kept.filter(({ by }) => by !== null).length]).toEqual([1, 1]);
    },
  );
  expect(stops).toBe(2);
});

test('a reading costs four point reads and one transaction', async () => {
  const at = await opened();
  const tables: CountingTable[] = [];
  const deps = at.instance('counted', (table) => {
    const counting = new CountingTable(table);
    tables.push(counting);
    return counting;
  });
  const { id } = await measureCalled(at, 'Advice in time');
  const reply = {
    plan: at.planId,
    period: SEPTEMBER,
    measure: id,
    version: 0,
    text: '62%',
    anyway: false,
    chat: 'c',
  };
  await recordReading(deps, callerOf('Ann Archer'), reply);
  const total = (verb: 'read' | 'range' | 'write') =>
    tables.reduce((sum, table) => sum + table.count(verb), 0);
  expect([total('read'), total('range'), total('write')]).toEqual([4, 0, 1]);
});

test('a lead whom nobody was found for is listed with their measure too', async () => {
  const at = await opened({ more: { measures: [measure('Visits', 'Fay Farmer')] }, people: PEOPLE });
  const { asked } = await readLedger(at.deps, await at.plan(), SEPTEMBER);
  expect(asked.find(({ name }) => name === 'Fay Farmer')).toMatchObject({ left: 1, prompt: { to: null } });
});
