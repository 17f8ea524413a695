import { giverOf, type HandOver, handOver } from '../../src/app/handOver';
import { noteTeam } from '../../src/app/noteTeam';
import { memberOf } from '../../src/app/people';
import type { Deps } from '../../src/app/ports';
import { settleTeam } from '../../src/app/settleTeam';
import { readLedger } from '../../src/app/whoIsSilent';
import { makeComposer } from '../../src/cards/composer';
import { readTargetFigure } from '../../src/domain/readFigure';
import { measureAfter } from '../../src/domain/reloadParts';
import type { UnderstoodMeasure } from '../../src/domain/understood';
import { MemoryTable } from '../../src/storage/memoryTable';
import { TablePlanStore } from '../../src/storage/planStore';
import { english } from '../../src/words/words';
import {
  type AppWorld,
  idOf,
  line,
  makeWorld,
  PEOPLE,
  SEPTEMBER,
  TENANT,
  team,
  tellNothing,
} from '../fakes/world';
import { arrivedAt, askedAbout, auditOf, composed, doer, OFFICER, stopAtEveryWrite } from './support';

async function hand(
  world: AppWorld,
  by: string,
  refs: readonly string[] | 'all',
  from: string,
  to: string,
  deps: Deps = world.deps,
) {
  const actions =
    refs === 'all' ? refs : await Promise.all(refs.map(async (ref) => (await world.action(ref)).value.id));
  const wish: HandOver = { actions, from: [from.toLowerCase()], to: idOf(to) };
  return handOver(deps, await world.plan(), doer(by), wish);
}

async function leadsOf(world: AppWorld, ref: string): Promise<string[]> {
  return (await world.action(ref)).value.leads.map(({ name }) => name);
}

async function openWorld(): Promise<AppWorld> {
  const world = await makeWorld();
  await world.open();
  await world.advance();
  return world;
}

test('who was not asked yet when their actions went to somebody else, and came back, is asked, once', async () => {
  const world = await makeWorld();
  const advance = () => world.advance({ ...world.deps, composer: makeComposer(world.deps, english) });
  const ANN = `prompt|${SEPTEMBER}|ann-archer`;
  const delivery = { outcome: 'throttled', retryAfterMs: 30_000, reason: '429' } as const;
  await world.open();
  world.teams.script('ann-archer', { delivery, arrives: false });
  await advance();
  await hand(world, OFFICER, 'all', 'Ann Archer', 'Ben Baker');
  world.clock.advance(30_000);
  await advance();
  expect((await world.message(ANN)).state).toBe('not-needed');
  await hand(world, OFFICER, 'all', 'Ben Baker', 'Ann Archer');
  await advance();
  expect((await world.message(ANN)).state).toBe('sent');
  await advance();
  const asked = world.teams.arrivedAt('ann-archer').filter(({ summary }) => / update: /.test(summary));
  expect(asked).toHaveLength(1);
});

describe('who may hand over', () => {
  test('a lead their own, a programme officer any, nobody else', async () => {
    const world = await makeWorld();
    expect((await hand(world, 'Ann Archer', ['1.1'], 'Ann Archer', 'Dan Draper')).outcome).toBe('done');
    expect((await hand(world, OFFICER, ['2.1'], 'Ben Baker', 'Dan Draper')).outcome).toBe('done');
    expect((await hand(world, 'Cat Carter', ['1.2'], 'Ben Baker', 'Cat Carter')).outcome).toBe('not-yours');
    // Of a shared action each lead gives only their own share.
    expect((await hand(world, 'Ann Archer', ['1.2'], 'Ben Baker', 'Ann Archer')).outcome).toBe('not-yours');
    expect(await leadsOf(world, '1.2')).toEqual(['Ann Archer', 'Ben Baker']);
  });

  test('only to somebody of the team', async () => {
    const world = await makeWorld();
    expect((await hand(world, OFFICER, ['1.1'], 'Ann Archer', 'Some Stranger')).outcome).toBe(
      'no-such-person',
    );
    await world.rosterChanges(PEOPLE.filter((name) => name !== 'Dan Draper'));
    expect((await hand(world, OFFICER, ['1.1'], 'Ann Archer', 'Dan Draper')).outcome).toBe('no-such-person');
    expect(await leadsOf(world, '1.1')).toEqual(['Ann Archer']);
  });

  test('who handed an action over may no longer answer for it, the new lead may', async () => {
    const world = await openWorld();
    await hand(world, 'Ann Archer', ['1.1'], 'Ann Archer', 'Dan Draper');
    expect((await world.reply('Ann Archer', '1.1')).outcome).toBe('not-yours');
    expect((await world.reply('Dan Draper', '1.1')).outcome).toBe('saved');
  });
});

describe('what moves', () => {
  test('one name takes the place of the other, and "my actions" of both say so', async () => {
    const world = await makeWorld();
    await hand(world, OFFICER, ['1.2'], 'Ann Archer', 'Dan Draper');
    const { leads } = (await world.action('1.2')).value;
    expect(leads.map(({ name, kind }) => [name, kind])).toEqual([
      ['Dan Draper', 'lead'],
      ['Ben Baker', 'co-lead'],
    ]);
    const listed = async (lead: string) =>
      (await world.deps.plans.readActionsOfLead(world.planId, lead)).map(({ ref }) => ref);
    expect(await listed('ann archer')).toEqual(['1.1']);
    expect(await listed('dan draper')).toEqual(['1.2', '3.2']);
    expect(await listed('ben baker')).toEqual(['1.2', '2.1']);
    // The co-lead's copy says the same.
    const [copy] = await world.deps.plans.readActionsOfLead(world.planId, 'ben baker');
    expect(copy?.leads).toEqual(leads);
  });

  test('handed to a co-lead it has that lead once', async () => {
    const world = await makeWorld();
    await hand(world, OFFICER, ['1.2'], 'Ann Archer', 'Ben Baker');
    expect((await world.action('1.2')).value.leads).toMatchObject([{ name: 'Ben Baker', kind: 'lead' }]);
  });

  test('an action that its group’s lead answered for gets a lead of its own; the group’s lead stays one', async () => {
    const world = await openWorld();
    await hand(world, OFFICER, ['1.3'], 'Eve Eaton', 'Dan Draper');
    expect(await leadsOf(world, '1.3')).toEqual(['Dan Draper']);
    expect(await world.deps.plans.readActionsOfLead(world.planId, 'eve eaton')).toEqual([]);
    expect((await world.reply('Eve Eaton', '1.3')).outcome).toBe('saved');
  });

  test('"all" is everything that the lead has, delivered ones as well, in one go', async () => {
    const world = await makeWorld();
    const outcome = await hand(world, OFFICER, 'all', 'Cat Carter', 'Dan Draper');
    expect(outcome).toMatchObject({ outcome: 'done', actions: [{ ref: '2.2' }, { ref: '2.3' }] });
    expect(await auditOf(world)).toHaveLength(2);
  });

  test('history and version stay: a form typed before the hand-over is kept', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.2');
    const { version } = (await world.action('1.2')).value;
    await hand(world, OFFICER, ['1.2'], 'Ann Archer', 'Dan Draper');
    const { value } = await world.action('1.2');
    expect(value.version).toBe(version);
    expect(await world.deps.plans.readUpdates(world.planId, value.id)).toHaveLength(1);
    const words = { narrative: 'Three of the four parts are done.' };
    expect((await world.reply('Ben Baker', '1.2', words, { version })).outcome).toBe('saved');
    expect(await leadsOf(world, '1.2')).toEqual(['Dan Draper', 'Ben Baker']);
  });

  test('somebody who was no lead of the plan becomes one', async () => {
    const world = await makeWorld();
    await hand(world, 'Ann Archer', ['1.1'], 'Ann Archer', OFFICER);
    const record = (await world.deps.plans.readLeads(world.planId)).find(
      ({ value }) => value.lead.key === 'olive officer',
    );
    expect(record?.value).toMatchObject({ person: 'olive-officer', settled: 'chosen' });
    // The next reading of the roster changes nothing of it.
    await world.rosterChanges(PEOPLE);
    await world.open();
    await world.advance();
    expect(await askedAbout(world, 'olive-officer')).toEqual(['1.1']);
  });

  test('a namesake who is in the plan already keeps their name', async () => {
    const world = await makeWorld();
    const twin = { id: 'fay-2', userId: '29:fay-2', name: 'Fay Farmer', email: null };
    const other = { ...twin, id: 'fay-3', userId: '29:fay-3' };
    world.teams.roster.push(twin, other);
    await noteTeam(world.deps, team(), null);
    for (const found of await world.deps.people.readNewTeams())
      await settleTeam(world.deps, found.value, tellNothing);
    const { value } = await world.action('1.1');
    const wish = { actions: [value.id], from: ['ann archer'], to: 'fay-2' };
    const outcome = await handOver(world.deps, await world.plan(), doer(OFFICER), wish);
    expect(outcome).toMatchObject({ outcome: 'done', lead: { key: 'fay farmer_fay-2', name: 'Fay Farmer' } });
    const [nobody] = (await world.action('3.1')).value.leads;
    const record = (await world.deps.plans.readLeads(world.planId)).find(
      (lead) => lead.value.lead.key === nobody?.key,
    );
    expect(record?.value.person).toBeNull();
  });

  test('a list that no transaction has room for goes in several, each whole', async () => {
    const lines = Array.from({ length: 60 }, (_, n) => line(`1.${n}`, ['Ann Archer', 'Ben Baker']));
    const world = await makeWorld({ lines });
    const outcome = await hand(world, OFFICER, 'all', 'Ann Archer', 'Dan Draper');
    expect(outcome.outcome === 'done' && outcome.actions).toHaveLength(60);
    expect(await world.deps.plans.readActionsOfLead(world.planId, 'ann archer')).toEqual([]);
    expect(await world.deps.plans.readActionsOfLead(world.planId, 'dan draper')).toHaveLength(60);
    expect(await world.deps.plans.readAudit(world.planId, 100)).toHaveLength(60);
  });
});

test('when nobody says whose it was, it is the asker’s own, or else its only lead’s', async () => {
  const world = await makeWorld();
  const person = await world.deps.people.readPerson(TENANT, idOf('Ann Archer'));
  const ann = memberOf(person?.value, world.planId);
  const giver = async (ref: string, asker: typeof ann) => giverOf((await world.action(ref)).value, asker);
  expect(await giver('1.2', ann)).toEqual(['ann archer']);
  expect(await giver('1.2', null)).toBeNull();
  expect(await giver('2.1', ann)).toEqual(['ben baker']);
  expect(await giver('1.3', null)).toEqual(['eve eaton']);
});

describe('said twice', () => {
  test('is harmless, and says so', async () => {
    const world = await openWorld();
    expect((await hand(world, 'Ann Archer', ['1.1'], 'Ann Archer', 'Dan Draper')).outcome).toBe('done');
    const again = await hand(world, 'Ann Archer', ['1.1'], 'Ann Archer', 'Dan Draper');
    expect(again).toMatchObject({ outcome: 'nothing-to-hand-over', already: [{ ref: '1.1' }] });
    await world.advance();
    expect(arrivedAt(world, 'Dan Draper').filter((key) => key.startsWith('notice|handed|'))).toHaveLength(1);
    expect(await auditOf(world)).toHaveLength(1);
  });

  test('by two at once hands over once', async () => {
    const world = await openWorld();
    const outcomes = await Promise.all([
      hand(world, 'Ann Archer', ['1.1'], 'Ann Archer', 'Dan Draper'),
      hand(world, OFFICER, ['1.1'], 'Ann Archer', 'Dan Draper'),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['done', 'nothing-to-hand-over']);
    expect(await auditOf(world)).toHaveLength(1);
  });

  test('to oneself, or by name of an action that is another’s, hands over nothing', async () => {
    const world = await makeWorld();
    expect((await hand(world, 'Ann Archer', ['1.1'], 'Ann Archer', 'Ann Archer')).outcome).toBe(
      'nothing-to-hand-over',
    );
    expect((await hand(world, 'Ann Archer', ['2.1'], 'Ann Archer', 'Dan Draper')).outcome).toBe(
      'nothing-to-hand-over',
    );
  });
});

describe('in an open month', () => {
  test('the former lead is no longer counted for it; the new one is, is told once, and is not asked twice', async () => {
    const world = await openWorld();
    await hand(world, 'Ann Archer', ['1.1'], 'Ann Archer', 'Dan Draper');
    await world.advance();
    await world.advance(world.instance('second'));
    expect(await askedAbout(world, 'ann-archer')).toEqual(['1.2']);
    expect(await askedAbout(world, 'dan-draper')).toEqual(['1.1', '3.2']);
    const keys = arrivedAt(world, 'Dan Draper');
    expect(keys.filter((key) => key.startsWith('prompt|'))).toHaveLength(1);
    expect(keys.filter((key) => key.startsWith('notice|handed|'))).toHaveLength(1);
    const ledger = await readLedger(world.deps, await world.plan(), SEPTEMBER);
    const of = new Map(ledger.asked.map((asked) => [asked.name, [asked.left, asked.of]]));
    expect(of.get('Ann Archer')).toEqual([1, 1]);
    expect(of.get('Dan Draper')).toEqual([2, 2]);
  });

  test('somebody who was not asked yet gets the month’s own card, once', async () => {
    const world = await openWorld();
    await hand(world, OFFICER, ['1.1'], 'Ann Archer', 'Cat Carter');
    await world.advance();
    await world.advance();
    expect(arrivedAt(world, 'Cat Carter').filter((key) => key.startsWith('prompt|'))).toEqual([
      'prompt|2023-09|cat-carter',
    ]);
  });

  test('the notice says which actions, whose they were, and how to answer', async () => {
    const world = await openWorld();
    await hand(world, OFFICER, ['1.1'], 'Ann Archer', 'Dan Draper');
    expect(await composed(world, 'notice|handed|')).toEqual({
      summary: 'An action is yours now',
      text: 'This action is yours now: 1.1 Action 1.1. Until now Ann Archer led it. Say “show my actions” to answer for September 2023.',
    });
    await world.publish();
    await world.advance();
    expect((await composed(world, 'notice|handed|'))?.text).toBe(
      'This action is yours now: 1.1 Action 1.1. Until now Ann Archer led it.',
    );
    await hand(world, OFFICER, ['1.1'], 'Dan Draper', 'Ben Baker');
    expect(await composed(world, 'notice|handed|')).not.toBeNull();
  });

  test('whoever takes it themselves needs no telling', async () => {
    const world = await openWorld();
    await hand(world, OFFICER, ['1.1'], 'Ann Archer', OFFICER);
    await world.advance();
    expect(arrivedAt(world, OFFICER).some((key) => key.startsWith('notice|handed|'))).toBe(false);
  });
});

describe('a process that stops while handing over', () => {
  test('leaves each action wholly with one lead; said again it is done, and asked once', async () => {
    const stops = await stopAtEveryWrite(
      openWorld,
      (deps, world) => hand(world, 'Ann Archer', 'all', 'Ann Archer', 'Cat Carter', deps),
      async (world) => {
        for (const { ref, leads, id } of await world.deps.plans.readActions(world.planId)) {
          for (const { key } of leads) {
            const mine = await world.deps.plans.readActionsOfLead(world.planId, key);
            expect([ref, mine.some((action) => action.id === id)]).toEqual([ref, true]);
          }
        }
        const before = await auditOf(world);
        expect([0, 2]).toContain(before.length);
        const again = await hand(world, 'Ann Archer', 'all', 'Ann Archer', 'Cat Carter');
        expect(again.outcome).toBe(before.length === 0 ? 'done' : 'nothing-to-hand-over');
        await world.advance();
        expect(await auditOf(world)).toHaveLength(2);
        expect(await askedAbout(world, 'ann-archer')).toEqual([]);
        expect(await askedAbout(world, 'cat-carter')).toEqual(['1.1', '1.2']);
        const keys = arrivedAt(world, 'Cat Carter');
        expect(keys.filter((key) => key.startsWith('prompt|'))).toHaveLength(1);
        expect(keys.filter((key) => key.startsWith('notice|handed|'))).toHaveLength(1);
        expect((await world.reply('Cat Carter', '1.1')).outcome).toBe('saved');
      },
    );
    expect(stops).toBeGreaterThan(6);
  });

  test('leaves prompts to the worker, though nobody says it again', async () => {
    await stopAtEveryWrite(
      openWorld,
      (deps, world) => hand(world, 'Ann Archer', ['1.1'], 'Ann Archer', 'Cat Carter', deps),
      async (world) => {
        await world.advance();
        const moved = (await leadsOf(world, '1.1'))[0] === 'Cat Carter';
        expect(await askedAbout(world, 'ann-archer')).toEqual(moved ? ['1.2'] : ['1.1', '1.2']);
        expect(await askedAbout(world, 'cat-carter')).toEqual(moved ? ['1.1'] : null);
      },
    );
  });
});

test('the audit is read newest first, as many lines as are wanted', async () => {
  const store = new TablePlanStore(new MemoryTable());
  for (const minute of [1, 3, 2])
    await store.addAudit('p', {
      id: `e${minute}`,
      at: `2023-09-01T09:0${minute}:00.000Z`,
      by: { id: 'x', name: 'X' },
      chat: '',
      what: { kind: 'officer-added', who: { id: 'y', name: 'Y' } },
    });
  expect((await store.readAudit('p', 2)).map(({ id }) => id)).toEqual(['e3', 'e2']);
});

describe('what a lead is asked for beside actions', () => {
  const owned = (name: string, owners: readonly string[]): UnderstoodMeasure => ({
    ref: null,
    name,
    group: '1',
    owners: owners.map((owner) => ({ name: owner, role: null, kind: 'lead' as const })),
    target: readTargetFigure('75%'),
    baseline: '',
    interim: [],
    readings: [{ period: '2023-08', text: '59%', value: 59, kind: 'number' }],
    narrative: '',
  });
  const more = {
    measures: [owned('Advice in time', ['Ann Archer']), owned('Complaints', [])],
    assurance: [{ group: '1', activity: 'Files are audited', complete: 'TBC', impact: '' }],
  };
  const ownersOf = async (world: AppWorld) =>
    (await world.deps.measures.readMeasures(world.planId)).map(({ owners }) =>
      owners.map(({ name }) => name),
    );
  const reporters = async (world: AppWorld) =>
    (await world.deps.measures.readReports(world.planId))
      .filter(({ group }) => group === '1')
      .flatMap(({ leads }) => leads.map(({ name }) => name));

  test('"all" takes measures and the group’s report along, in the same step, and the new lead is asked and told', async () => {
    const world = await makeWorld({ more });
    await world.open();
    await world.advance();
    const first = await hand(world, OFFICER, 'all', 'Ann Archer', 'Dan Draper');
    expect(first).toMatchObject({ outcome: 'done', others: [{ kind: 'measure' }] });
    const second = await hand(world, OFFICER, 'all', 'Eve Eaton', 'Dan Draper');
    expect(second).toMatchObject({ outcome: 'done', others: [{ kind: 'measure' }, { kind: 'report' }] });
    expect(await ownersOf(world)).toEqual([['Dan Draper'], ['Dan Draper']]);
    expect(await reporters(world)).toEqual(['Dan Draper']);
    const audited = (await auditOf(world)).filter(({ kind }) => kind === 'other-handed-over');
    expect(audited.map((entry) => ('name' in entry ? entry.name : ''))).toEqual(
      expect.arrayContaining(['Advice in time', 'Complaints', '1']),
    );
    const notices = await world.messages('notice|handed|');
    expect(notices.flatMap(({ others = [] }) => others.map((key) => key.split('|')[0])).sort()).toEqual([
      'measure',
      'measure',
      'report',
    ]);
  });

  test('one action alone takes nothing else along', async () => {
    const world = await makeWorld({ more });
    await hand(world, OFFICER, ['1.1'], 'Ann Archer', 'Dan Draper');
    expect(await ownersOf(world)).toEqual([['Ann Archer'], []]);
  });

  test('a file that still names the former owner leaves a measure with the new one; a file that names another does not', async () => {
    const world = await makeWorld({ more });
    await hand(world, OFFICER, 'all', 'Ann Archer', 'Dan Draper');
    const [now] = await world.deps.measures.readMeasures(world.planId);
    const lead = (name: string) => ({
      key: name.toLowerCase(),
      name,
      role: null,
      kind: 'lead' as const,
    });
    if (!now) throw new Error('no measure');
    const { handed: _, ...asLoaded } = now;
    const loaded = (name: string) => ({ ...asLoaded, owners: [lead(name)] });
    expect(measureAfter(now, loaded('Ann Archer')).owners).toEqual(now.owners);
    expect(measureAfter(now, loaded('Cat Carter'))).toMatchObject({ owners: [{ name: 'Cat Carter' }] });
    expect(measureAfter(now, loaded('Cat Carter'))).not.toHaveProperty('handed');
  });
});
