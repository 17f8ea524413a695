import { coverFor } from '../../src/app/coverFor';
import type { Deps } from '../../src/app/ports';
import { remindNow, type Whom } from '../../src/app/remindNow';
import { readUnreachable } from '../../src/app/whoIsSilent';
import { type AppWorld, idOf, makeWorld, OCTOBER, PEOPLE } from '../fakes/world';
import { arrivedAt, auditOf, doer, OFFICER, stopAtEveryWrite } from './support';

async function remind(world: AppWorld, whom: Whom = 'everyone', by = OFFICER, deps: Deps = world.deps) {
  return remindNow(deps, await world.plan(), doer(by), whom);
}

/** Who was reminded, and why the others were not. */
async function said(world: AppWorld, whom: Whom = 'everyone') {
  const outcome = await remind(world, whom);
  if (outcome.outcome !== 'done') return outcome.outcome;
  return {
    reminded: outcome.reminded.map(({ name, left }) => [name, left]),
    others: outcome.others.map(({ name, because, why }) => [name, because, why]),
  };
}

async function openWorld(): Promise<AppWorld> {
  const world = await makeWorld();
  await world.open();
  await world.advance();
  return world;
}

const reminders = (world: AppWorld, name: string) =>
  arrivedAt(world, name).filter((key) => key.startsWith('reminder|'));

describe('"remind everyone who has not replied"', () => {
  test('reminds who was asked and has not answered, and says who was not and why', async () => {
    const world = await openWorld();
    await world.reply('Dan Draper', '3.2', { status: 'amber' });
    expect(await said(world)).toEqual({
      reminded: [
        ['Ann Archer', 2],
        ['Ben Baker', 2],
        ['Eve Eaton', 1],
      ],
      others: [
        ['Dan Draper', 'answered', null],
        ['Fay Farmer', 'unreachable', 'not-matched'],
      ],
    });
    await world.advance();
    expect(reminders(world, 'Ann Archer')).toEqual(['reminder|2023-09|2023-09-01|ann-archer']);
    expect(reminders(world, 'Dan Draper')).toEqual([]);
    expect(await auditOf(world)).toMatchObject([{ kind: 'reminded', people: [{}, {}, {}] }]);
  });

  test('at most once a day by hand for each person, in the plan’s zone', async () => {
    const world = await openWorld();
    await said(world, { person: idOf('Ann Archer') });
    const again = await said(world);
    expect(again).toMatchObject({
      reminded: [
        ['Ben Baker', 2],
        ['Dan Draper', 1],
        ['Eve Eaton', 1],
      ],
    });
    expect(again).toMatchObject({
      others: [
        ['Ann Archer', 'reminded-today', null],
        ['Fay Farmer', 'unreachable', 'not-matched'],
      ],
    });
    await world.advance();
    expect(reminders(world, 'Ann Archer')).toHaveLength(1);
    // British summer time: the next day begins at 23:00 UTC.
    world.clock.set('2023-09-01T22:59:59Z');
    expect(await said(world)).toMatchObject({ reminded: [] });
    world.clock.set('2023-09-01T23:00:00Z');
    expect(await said(world, { person: idOf('Ann Archer') })).toMatchObject({
      reminded: [['Ann Archer', 2]],
    });
    await world.advance();
    expect(reminders(world, 'Ann Archer')).toHaveLength(2);
  });

  test('by two officers at once: each is reminded once', async () => {
    const world = await openWorld();
    await Promise.all([remind(world), remind(world)]);
    await world.advance();
    expect(reminders(world, 'Ben Baker')).toHaveLength(1);
  });

  test('the calendar’s own reminder of the day comes all the same', async () => {
    const world = await openWorld();
    world.clock.set('2023-09-26T07:00:00Z');
    await remind(world);
    world.clock.set('2023-09-26T08:00:00Z');
    await world.advance();
    expect(reminders(world, 'Ben Baker').sort()).toEqual([
      'reminder|2023-09|1|ben-baker',
      'reminder|2023-09|2023-09-26|ben-baker',
    ]);
  });

  test('only a programme officer, and only while a month is open or its figures are still to be published', async () => {
    const world = await makeWorld();
    expect(await said(world)).toBe('no-month');
    await world.open();
    await world.advance();
    expect((await remind(world, 'everyone', 'Ann Archer')).outcome).toBe('not-officer');
    await world.close();
    expect(await said(world)).toMatchObject({ reminded: [{}, {}, {}, {}] });
    await world.publish();
    await world.advance();
    expect(await said(world)).toBe('no-month');
    await world.open(OCTOBER);
    // Nobody has had the month's card yet: it says the same as a reminder would.
    const outcome = await remind(world);
    expect(outcome).toMatchObject({ outcome: 'done', period: OCTOBER, reminded: [] });
    expect(outcome.outcome === 'done' && outcome.others.map(({ because }) => because)).toEqual([
      'about-to-be-asked',
      'about-to-be-asked',
      'about-to-be-asked',
      'about-to-be-asked',
      'unreachable',
    ]);
  });

  test('whoever covers is reminded, not the lead', async () => {
    const world = await openWorld();
    const wish = { leads: ['ann archer'], to: idOf('Cat Carter'), until: '2023-09-22' } as const;
    await coverFor(world.deps, await world.plan(), doer('Ann Archer'), wish);
    await world.advance();
    await remind(world);
    await world.advance();
    expect(
      [reminders(world, 'Ann Archer'), reminders(world, 'Cat Carter')].map((keys) => keys.length),
    ).toEqual([0, 1]);
  });
});

describe('"remind [name]"', () => {
  test('one of them; or says why not', async () => {
    const world = await openWorld();
    await world.reply('Dan Draper', '3.2', { status: 'amber' });
    expect(await said(world, { person: idOf('Ben Baker') })).toEqual({
      reminded: [['Ben Baker', 2]],
      others: [],
    });
    const why = async (whom: Whom) => {
      const outcome = await said(world, whom);
      return typeof outcome === 'string' ? outcome : outcome.others;
    };
    expect(await why({ person: idOf('Dan Draper') })).toEqual([['Dan Draper', 'answered', null]]);
    expect(await why({ lead: 'fay farmer' })).toEqual([['Fay Farmer', 'unreachable', 'not-matched']]);
    expect(await why({ person: idOf('Cat Carter') })).toEqual([['Cat Carter', 'never-asked', null]]);
    expect(await why({ lead: 'cat carter' })).toEqual([['Cat Carter', 'never-asked', null]]);
  });

  test('somebody who has blocked Steward is not, and who has come back since is', async () => {
    const world = await makeWorld();
    const blocked = { outcome: 'unreachable', why: 'blocked', reason: 'ConversationBlockedByUser' } as const;
    world.teams.script('ben-baker', { delivery: blocked, arrives: false });
    await world.open();
    await world.advance();
    const ben = { person: idOf('Ben Baker') };
    expect(await said(world, ben)).toMatchObject({ others: [['Ben Baker', 'unreachable', 'blocked']] });
    const found = await world.deps.people.readPerson('tenant-1', 'ben-baker');
    if (found) await world.deps.people.savePerson({ ...found, value: { ...found.value, unreachable: null } });
    expect(await said(world, ben)).toMatchObject({ reminded: [['Ben Baker', 2]] });
  });
});

test('a process that stops while reminding: said again, each is reminded once that day', async () => {
  const stops = await stopAtEveryWrite(
    openWorld,
    (deps, world) => remind(world, 'everyone', OFFICER, deps),
    async (world) => {
      await remind(world);
      await world.advance();
      for (const name of ['Ann Archer', 'Ben Baker', 'Dan Draper', 'Eve Eaton'])
        expect(reminders(world, name)).toHaveLength(1);
    },
  );
  expect(stops).toBeGreaterThan(2);
});

describe('"who can’t you reach?"', () => {
  test('leads of live actions whom nothing reaches, and why', async () => {
    const world = await makeWorld({ people: [...PEOPLE, 'Fay Farmar'] });
    const notInstalled = { outcome: 'unreachable', why: 'not-installed', reason: '403' } as const;
    world.teams.script('ben-baker', { delivery: notInstalled, arrives: false });
    await world.open();
    await world.advance();
    const found = await readUnreachable(world.deps, await world.plan());
    expect(
      found.leads.map(({ lead, why, person, actions, proposed }) => [
        lead.name,
        why,
        person?.name ?? null,
        actions.map(({ ref }) => ref),
        proposed,
      ]),
    ).toEqual([
      ['Ben Baker', 'not-installed', 'Ben Baker', ['1.2', '2.1'], []],
      ['Fay Farmer', 'nobody', null, ['3.1'], ['Fay Farmar']],
    ]);
    expect(found.leaderless).toEqual([]);
  });

  test('while somebody covers, it is they who must be reached', async () => {
    const world = await makeWorld();
    const wish = { leads: ['fay farmer'], to: idOf('Cat Carter'), until: '2023-09-22' } as const;
    await coverFor(world.deps, await world.plan(), doer(OFFICER), wish);
    expect((await readUnreachable(world.deps, await world.plan())).leads).toEqual([]);
    world.clock.set('2023-09-23T09:00:00Z');
    expect((await readUnreachable(world.deps, await world.plan())).leads).toMatchObject([{ why: 'nobody' }]);
  });
});

test('who is asked by the reminder, since a cover ran out, is asked soon, wherever the process stops', async () => {
  const coveredWorld = async (): Promise<AppWorld> => {
    const world = await makeWorld({ now: '2023-09-18T09:00:00Z' });
    const leads = ['ann archer'];
    await coverFor(world.deps, await world.plan(), doer('Ann Archer'), {
      leads,
      to: idOf('Cat Carter'),
      until: '2023-09-18',
    });
    await world.open();
    await world.advance();
    world.clock.set('2023-09-19T09:00:00Z');
    return world;
  };
  const stops = await stopAtEveryWrite(
    coveredWorld,
    (deps, world) => remind(world, 'everyone', OFFICER, deps),
    async (world) => {
      const waiting = (await world.messages()).filter(({ state }) => state === 'planned');
      const entry = await world.deps.plans.readEntry(world.planId);
      const isDue = (entry?.nextDue ?? '9') <= world.clock.now().toISOString();
      expect(waiting.length === 0 || isDue).toBe(true);
    },
  );
  expect(stops).toBeGreaterThan(2);
});
