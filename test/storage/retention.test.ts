import fc from 'fast-check';
import { COMMAND_LINE } from '../../src/app/mayDo';
import { noteRead } from '../../src/app/noteRead';
import { auditEntry } from '../../src/app/readAudit';
import { setReadingLog, setRetention } from '../../src/app/setKeeping';
import { undoUpdate } from '../../src/app/undoUpdate';
import { publishedPosition } from '../../src/app/viewPosition';
import { presentPosition } from '../../src/cards/present';
import { INSTALLATION } from '../../src/domain/audit';
import type { BackedUp } from '../../src/storage/backup';
import { deletePlan } from '../../src/storage/deletePlan';
import { english } from '../../src/words/words';
import { figureCounts } from '../app/figures';
import { CrashingTable, CrashPlan } from '../fakes/tables';
import { type AppWorld, callerOf, idOf, OCTOBER, SEPTEMBER, TENANT } from '../fakes/world';
import { storedWorld } from './storedWorld';

/** What is kept of a month once the plan keeps its words no longer. */

const SAID = 'Heron, the first word of September';
const BARRIER = 'Otter stands in the way';
const ASK = 'Badger is asked for';
const LATER = 'Kestrel, said in October';

/** September and October lived through and published, then a November; kept for 12 months. */
async function threeMonths(): Promise<{ world: AppWorld; tables: BackedUp }> {
  const made = await storedWorld();
  const { world } = made;
  await setRetention(world.deps, await world.plan(), 12);
  await world.open(SEPTEMBER);
  await world.advance();
  await world.reply('Ann Archer', '1.1', {
    narrative: SAID,
    barriers: BARRIER,
    ask: ASK,
    status: 'red',
    percent: 20,
  });
  await world.reply('Ben Baker', '1.2', { narrative: `${SAID}, by Ben` });
  waitUntil(world, '2023-10-02T09:00:00Z');
  await publish(world, SEPTEMBER);
  await world.open(OCTOBER);
  await world.advance();
  for (const [name, ref] of [
    ['Ann Archer', '1.1'],
    ['Ben Baker', '1.2'],
  ] as const)
    await world.reply(name, ref, { narrative: LATER }, { period: OCTOBER });
  waitUntil(world, '2023-11-02T09:00:00Z');
  await publish(world, OCTOBER);
  await world.open('2023-11');
  await world.advance();
  for (const [name, ref] of [
    ['Ann Archer', '1.1'],
    ['Ben Baker', '1.2'],
  ] as const)
    await world.reply(name, ref, { narrative: 'Now.' }, { period: '2023-11' });
  return made;
}

async function publish(world: AppWorld, period: `${number}-${number}`): Promise<void> {
  await world.close(period);
  await world.publish(period);
  await world.advance();
}

function waitUntil(world: AppWorld, instant: string): void {
  world.clock.advance(Date.parse(instant) - world.clock.now().getTime());
}

async function rowsOf({ plans }: BackedUp, plan: string): Promise<string[]> {
  const rows = await plans.range(plan, '', '~');
  return rows.map(({ row, cells }) => JSON.stringify([row, cells]));
}

async function figures(world: AppWorld) {
  const view = async (period: `${number}-${number}`) => {
    const found = await publishedPosition(world.deps, await world.plan(), period);
    if (!found) throw new Error(`${period} was not published`);
    const { position, actions } = found;
    return {
      counts: figureCounts(position),
      total: position.total,
      asked: position.asked,
      silent: position.silences.map(({ actions: left }) => left),
      carried: position.carried,
      moves: position.moves,
      red: position.red,
      groups: position.groups.map(({ leads: _, ...group }) => group),
      actions: [...actions.values()].map(({ ref, title, status, percent }) => [ref, title, status, percent]),
    };
  };
  return { september: await view(SEPTEMBER), october: await view(OCTOBER) };
}

const standing = async (world: AppWorld) => world.deps.plans.readEveryAction(world.planId);

/** September was published on 2 October 2023, so this is the first instant at which it is to go: midnight in summer time. */
const OLD = '2024-10-02T23:00:00Z';

test('words, names and messages of the old month are gone from every row; figures and the present state are as they were', async () => {
  const { world, tables } = await threeMonths();
  const before = { figures: await figures(world), actions: await standing(world) };
  waitUntil(world, OLD);
  await world.advance();
  const rows = await rowsOf(tables, world.planId);
  for (const text of [SAID, BARRIER, ASK]) expect(rows.filter((row) => row.includes(text))).toEqual([]);
  const ofSeptember = rows.filter((row) => /^\["(?:snapshot|position|cycle)\|2023-09/.test(row));
  expect(ofSeptember.length).toBeGreaterThan(2);
  for (const name of ['Ann Archer', 'Ben Baker', 'Dan Draper', 'Olive Officer'])
    expect(ofSeptember.filter((row) => row.includes(name))).toEqual([]);
  expect(rows.filter((row) => /^\["message\|(?:prompt|reminder|post)\|2023-09/.test(row))).toEqual([]);
  expect(
    rows.filter(
      (row) => /^\["update\|/.test(row) && /period[^,]*2023-09/.test(row) && row.includes('Archer'),
    ),
  ).toEqual([]);
  expect({ figures: await figures(world), actions: await standing(world) }).toEqual(before);
});

test('a day before, nothing has changed', async () => {
  const { world, tables } = await threeMonths();
  const before = (await rowsOf(tables, world.planId)).filter((row) => row.includes('2023-09'));
  waitUntil(world, '2024-10-02T22:59:00Z');
  await world.advance();
  const after = await rowsOf(tables, world.planId);
  for (const row of before.filter((one) =>
    /^\["(?:snapshot|position|update|message\|(?:prompt|post))/.test(one),
  ))
    expect(after).toContain(row);
});

test('the other months go in their turn; the latest never does: its last update can be repeated and taken back', async () => {
  const { world, tables } = await threeMonths();
  waitUntil(world, '2039-01-25T12:00:00Z');
  await world.advance();
  const { latest } = await world.plan();
  if (latest === null || latest < '2038') throw new Error('no month was opened');
  const before = await world.action('1.1');
  await world.reply('Ann Archer', '1.1', { narrative: 'Anew.' }, { period: latest });
  world.clock.advance(2 * 86_400_000);
  await world.advance();
  const rows = await rowsOf(tables, world.planId);
  expect(rows.filter((row) => row.includes(LATER))).toEqual([]);
  const { value } = await world.action('1.1');
  const last = await world.deps.plans.readUpdate(world.planId, value.id, value.version);
  expect([last?.by.name, last?.prior?.narrative]).toEqual(['Ann Archer', before.value.narrative]);
  const again = await world.reply(
    'Ann Archer',
    '1.1',
    { narrative: 'Anew.' },
    { period: latest, version: value.version - 1 },
  );
  expect(again).toMatchObject({ outcome: 'saved', repeat: true });
  const undone = await undoUpdate(world.deps, callerOf('Ann Archer'), {
    plan: world.planId,
    action: value.id,
    chat: 'chat',
  });
  expect(undone.outcome).toBe('undone');
  expect((await world.action('1.1')).value.narrative).toBe('Now.');
});

test('it is done once a day, and again the next', async () => {
  const { world } = await threeMonths();
  waitUntil(world, OLD);
  await world.advance();
  const first = await world.deps.retention.readThinned(world.planId);
  expect(first).toMatchObject({ day: '2024-10-03', until: '2023-09', loaded: true });
  await world.advance();
  expect(await world.deps.retention.readThinned(world.planId)).toEqual(first);
  world.clock.advance(86_400_000);
  await world.advance();
  expect((await world.deps.retention.readThinned(world.planId))?.day).toBe('2024-10-04');
});

/** The rows that retention is about, without the instant at which they were changed. */
async function kept(tables: BackedUp, plan: string): Promise<string[]> {
  return (await rowsOf(tables, plan))
    .filter((row) =>
      /^\["(?:update|snapshot|position|cycle|thinned|audit|message\|[^"]*2023-(?:09|10))/.test(row),
    )
    .map((row) => row.replace(/2024-10-0[23]T[\d:.]+Z/g, 'then').replace(/claimedBy[^,]*/g, ''));
}

test('stopped at any write and gone on with elsewhere, it ends the same', async () => {
  const whole = await threeMonths();
  waitUntil(whole.world, OLD);
  await whole.world.advance();
  const wanted = await kept(whole.tables, whole.world.planId);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 16 }), fc.boolean(), async (at, afterwards) => {
      const { world, tables } = await threeMonths();
      waitUntil(world, OLD);
      const crash = new CrashPlan();
      const dying = world.instance('dying', (table) => new CrashingTable(table, crash));
      crash.crashAt(at, afterwards);
      await world.advance(dying).catch(() => undefined);
      crash.mend();
      world.clock.advance(21_000);
      await world.advance(world.instance('next'));
      expect(await kept(tables, world.planId)).toEqual(wanted);
    }),
    {
      numRuns: 20,
      examples: [
        [1, false],
        [2, true],
        [3, false],
        [5, true],
        [8, false],
        [12, true],
      ],
    },
  );
}, 60_000);

test('a thinned month’s post says so in words, and not that nothing was said', async () => {
  const { world } = await threeMonths();
  waitUntil(world, OLD);
  await world.advance();
  const plan = await world.plan();
  const view = await publishedPosition(world.deps, plan, SEPTEMBER);
  if (!view) throw new Error('September is gone');
  const { card } = await presentPosition(plan, 'post', view, world.clock.now(), english);
  expect(JSON.stringify(card)).toContain('What was said is no longer kept.');
  const october = await publishedPosition(world.deps, plan, OCTOBER);
  if (!october) throw new Error('October is gone');
  expect(
    JSON.stringify((await presentPosition(plan, 'post', october, world.clock.now(), english)).card),
  ).not.toContain('no longer kept');
});

test('old lines of the audit and of who read what go; a plan that sets nothing keeps all', async () => {
  const { world, tables } = await threeMonths();
  await setReadingLog(world.deps, await world.plan(), true);
  noteRead(world.deps, await world.plan(), {
    person: idOf('Ann Archer'),
    kind: 'list',
    refs: 0,
    place: 'personal',
  });
  const kinds = async () =>
    (await rowsOf(tables, world.planId)).flatMap((row) => /^\["(audit|read)\|/.exec(row)?.[1] ?? []);
  expect(await kinds()).toEqual(expect.arrayContaining(['audit', 'read']));
  waitUntil(world, '2024-11-04T09:00:00Z');
  await setRetention(world.deps, await world.plan(), null);
  world.clock.advance(1);
  const audits = (all: string[]) => all.filter((kind) => kind === 'audit').length;
  const before = audits(await kinds());
  await world.advance();
  // Who read what is kept for a year where nothing is set; the audit as long as the plan.
  expect((await kinds()).includes('read')).toBe(false);
  expect(audits(await kinds())).toBe(before);
  await setRetention(world.deps, await world.plan(), 12);
  world.clock.advance(86_400_000);
  await world.advance();
  expect(audits(await kinds())).toBe(2);
});

test('who asked is written down only where the plan wants it, and a storage that fails does not fail the answer', async () => {
  const { world } = await storedWorld();
  const asked = { person: 'a', kind: 'list', refs: 1, place: 'channel' } as const;
  noteRead(world.deps, await world.plan(), asked);
  expect(await world.deps.reads.list(world.planId, 10)).toEqual([]);
  await setReadingLog(world.deps, await world.plan(), true);
  noteRead(world.deps, await world.plan(), asked);
  expect(await world.deps.reads.list(world.planId, 10)).toMatchObject([asked]);
  const failing = {
    ...world.deps,
    reads: { ...world.deps.reads, add: () => Promise.reject(new Error('out of reach')) },
  };
  noteRead(failing, await world.plan(), asked);
  await Promise.resolve();
  await Promise.resolve();
  expect(world.log.lines.filter(({ level }) => level === 'error').map(({ event }) => event)).toEqual([
    'who asked for what could not be written down',
  ]);
});

test('a deleted plan leaves no row, nor its people; stopped anywhere it can be done again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 14 }), async (at) => {
      const { world, tables } = await threeMonths();
      const crash = new CrashPlan();
      const dying = {
        plans: new CrashingTable(tables.plans, crash),
        people: new CrashingTable(tables.people, crash),
        leases: world.deps.leases,
      };
      crash.crashAt(at);
      const what = { kind: 'plan-deleted', plan: world.planId, title: 'A plan' } as const;
      const line = auditEntry(world.deps, COMMAND_LINE, what);
      await deletePlan(dying, { id: world.planId, tenant: TENANT }, line).catch(() => undefined);
      crash.mend();
      const again = { ...line, id: 'again' };
      await deletePlan({ ...tables, leases: world.deps.leases }, { id: world.planId, tenant: TENANT }, again);
      const kept = await world.deps.plans.readAudit(INSTALLATION, 10);
      expect(kept.map(({ what }) => what)).toContainEqual(line.what);
      expect(await rowsOf(tables, world.planId)).toEqual([]);
      expect(await rowsOf({ ...tables, plans: tables.people }, TENANT)).toEqual([
        expect.stringContaining('"team|'),
      ]);
      expect(await world.deps.plans.listPlans()).toEqual([]);
    }),
    { numRuns: 6 },
  );
}, 60_000);
