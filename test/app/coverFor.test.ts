import { coverFor, endCover } from '../../src/app/coverFor';
import { memberOf } from '../../src/app/people';
import type { Deps } from '../../src/app/ports';
import { leadsOf, readMonth } from '../../src/app/readMonth';
import { recordUpdate } from '../../src/app/recordUpdate';
import { settleLead } from '../../src/app/settleLead';
import { currentPosition } from '../../src/app/viewPosition';
import { readLedger } from '../../src/app/whoIsSilent';
import { makeComposer } from '../../src/cards/composer';
import type { IsoDate } from '../../src/domain/period';
import { english } from '../../src/words/words';
import { CountingTable } from '../fakes/tables';
import { type AppWorld, answer, callerOf, idOf, makeWorld, PEOPLE, SEPTEMBER, TENANT } from '../fakes/world';
import { arrivedAt, askedAbout, auditOf, composed, doer, OFFICER, stopAtEveryWrite } from './support';

const FRIDAY: IsoDate = '2023-09-22';

async function cover(
  world: AppWorld,
  by: string,
  lead: string,
  to: string,
  until: IsoDate = FRIDAY,
  deps: Deps = world.deps,
) {
  const wish = { leads: [lead.toLowerCase()], to: idOf(to), until };
  return coverFor(deps, await world.plan(), doer(by), wish);
}

async function end(world: AppWorld, by: string, lead: string, deps: Deps = world.deps) {
  return endCover(deps, await world.plan(), doer(by), [lead.toLowerCase()]);
}

/** Refs of "my actions" on the day of the world's clock. */
async function mine(world: AppWorld, name: string): Promise<string[]> {
  const person = await world.deps.people.readPerson(TENANT, idOf(name));
  const plan = await world.plan();
  const today = world.clock.now().toISOString().slice(0, 10) as IsoDate;
  const month = await readMonth(
    world.deps,
    plan,
    SEPTEMBER,
    leadsOf(memberOf(person?.value, plan.id), today),
  );
  return month?.asked.map(({ ref }) => ref) ?? [];
}

async function openWorld(): Promise<AppWorld> {
  const world = await makeWorld();
  await world.open();
  await world.advance();
  return world;
}

const prompts = (keys: readonly string[]) => keys.filter((key) => key.startsWith('prompt|'));
const notices = (keys: readonly string[]) => keys.filter((key) => key.startsWith('notice|cover|'));

describe('who may say who covers', () => {
  test('the lead for themselves, a programme officer for anybody, nobody else', async () => {
    const world = await makeWorld();
    expect((await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter')).outcome).toBe('covered');
    expect((await cover(world, OFFICER, 'Ben Baker', 'Cat Carter')).outcome).toBe('covered');
    expect((await cover(world, 'Cat Carter', 'Dan Draper', 'Cat Carter')).outcome).toBe('not-yours');
    // A deputy does not pass it on.
    expect((await cover(world, 'Cat Carter', 'Ann Archer', 'Dan Draper')).outcome).toBe('not-yours');
    expect((await cover(world, OFFICER, 'Nobody Such', 'Cat Carter')).outcome).toBe('no-such-lead');
    expect((await cover(world, OFFICER, 'Ann Archer', 'Some Stranger')).outcome).toBe('no-such-person');
    expect((await cover(world, 'Ann Archer', 'Ann Archer', 'Ann Archer')).outcome).toBe('same-person');
  });

  test('until today at the least and within a year', async () => {
    const world = await makeWorld();
    const until = async (day: IsoDate) =>
      (await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter', day)).outcome;
    expect(await until('2023-08-31')).toBe('bad-day');
    expect(await until('2025-01-03')).toBe('bad-day');
    expect(await until('2023-09-01')).toBe('covered');
  });

  test('said twice it stands once; said otherwise the later holds', async () => {
    const world = await openWorld();
    await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter');
    expect((await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter')).outcome).toBe('already');
    expect(await auditOf(world)).toHaveLength(1);
    expect((await cover(world, 'Ann Archer', 'Ann Archer', 'Dan Draper')).outcome).toBe('covered');
    await world.advance();
    expect((await world.reply('Cat Carter', '1.1')).outcome).toBe('not-yours');
    expect((await world.reply('Dan Draper', '1.1')).outcome).toBe('saved');
    expect(notices(arrivedAt(world, 'Dan Draper'))).toHaveLength(1);
  });
});

describe('while a cover holds', () => {
  test('the deputy answers in the lead’s name, sees the actions, and no others’; the lead may answer too', async () => {
    const world = await openWorld();
    await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter');
    expect(await mine(world, 'Cat Carter')).toEqual(['1.1', '1.2']);
    expect((await world.reply('Cat Carter', '1.1')).outcome).toBe('saved');
    const { value } = await world.action('1.1');
    const [update] = await world.deps.plans.readUpdates(world.planId, value.id);
    expect(update).toMatchObject({ by: { id: 'cat-carter' }, onBehalfOf: 'Ann Archer' });
    expect((await world.reply('Cat Carter', '3.2')).outcome).toBe('not-yours');
    expect((await world.reply('Ann Archer', '1.2')).outcome).toBe('saved');
  });

  test('a reply still costs four point reads and one transaction', async () => {
    const world = await openWorld();
    await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter');
    const tables: CountingTable[] = [];
    const deps = world.instance('counted', (table) => {
      const counting = new CountingTable(table);
      tables.push(counting);
      return counting;
    });
    const { value } = await world.action('1.1');
    const outcome = await recordUpdate(deps, callerOf('Cat Carter'), {
      plan: world.planId,
      period: SEPTEMBER,
      action: value.id,
      version: value.version,
      said: answer(),
      unread: [],
      anyway: true,
      chat: 'c',
    });
    expect(outcome.outcome).toBe('saved');
    const count = (verb: 'read' | 'range' | 'write') =>
      tables.reduce((sum, table) => sum + table.count(verb), 0);
    expect([count('read'), count('range'), count('write')]).toEqual([4, 0, 1]);
  });

  test('until the end of its day in the plan’s zone, and then no longer, without anything running', async () => {
    const world = await openWorld();
    await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter');
    // British summer time: the day ends at 23:00 UTC.
    world.clock.set('2023-09-22T22:59:59Z');
    expect((await world.reply('Cat Carter', '1.1')).outcome).toBe('saved');
    world.clock.set('2023-09-22T23:00:00Z');
    expect((await world.reply('Cat Carter', '1.2')).outcome).toBe('not-yours');
    expect((await world.reply('Ann Archer', '1.2')).outcome).toBe('saved');
  });

  test('who leaves the team covers for nobody any more, and the lead is asked', async () => {
    const world = await makeWorld();
    await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter', '2023-10-20');
    await world.open();
    await world.advance();
    expect(prompts(arrivedAt(world, 'Ann Archer'))).toEqual([]);
    await world.rosterChanges(PEOPLE.filter((name) => name !== 'Cat Carter'));
    await world.advance();
    expect(prompts(arrivedAt(world, 'Ann Archer'))).toHaveLength(1);
    expect((await world.reply('Cat Carter', '1.1')).outcome).toBe('stranger');
    await world.rosterChanges(PEOPLE);
    expect((await world.reply('Cat Carter', '1.1')).outcome).toBe('not-yours');
  });

  test('a lead who turns out to be somebody else has no deputy', async () => {
    const world = await makeWorld();
    await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter');
    const dan = { kind: 'person', person: idOf('Dan Draper') } as const;
    await settleLead(world.deps, await world.plan(), idOf(OFFICER), 'ann archer', dan);
    await world.open();
    expect((await world.reply('Cat Carter', '1.1')).outcome).toBe('not-yours');
    expect((await world.reply('Dan Draper', '1.1')).outcome).toBe('saved');
  });
});

describe('whom a month asks', () => {
  test('the deputy, when it opens while the cover holds; the lists and figures still name the lead', async () => {
    const world = await makeWorld();
    await cover(world, 'Ann Archer', 'Ann Archer', 'Dan Draper', '2023-10-20');
    await world.open();
    await world.advance();
    expect(prompts(arrivedAt(world, 'Ann Archer'))).toEqual([]);
    expect(prompts(arrivedAt(world, 'Dan Draper'))).toHaveLength(1);
    expect(await askedAbout(world, 'dan-draper')).toEqual(['1.1', '1.2', '3.2']);
    await world.reply('Dan Draper', '3.2', { status: 'amber' });
    const ledger = await readLedger(world.deps, await world.plan(), SEPTEMBER);
    const lines = ledger.asked.map(({ name, left, of, coveredBy }) => [name, left, of, coveredBy]);
    expect(lines).toContainEqual(['Ann Archer', 2, 2, 'Dan Draper']);
    expect(lines).toContainEqual(['Dan Draper', 0, 1, null]);
    const { position } = await currentPosition(world.deps, await world.plan(), SEPTEMBER);
    const silent = position.silences.map(({ lead, actions }) => [lead.name, actions.length]);
    expect(silent).toContainEqual(['Ann Archer', 2]);
    expect(silent.some(([name]) => name === 'Dan Draper')).toBe(false);
    expect(position.asked).toBe(5);
  });

  test('a cover that begins in an open month: the deputy is asked, the lead not again', async () => {
    const world = await openWorld();
    await world.reply('Ann Archer', '1.1');
    await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter');
    await world.advance();
    await world.advance();
    expect(prompts(arrivedAt(world, 'Ann Archer'))).toHaveLength(1);
    expect(prompts(arrivedAt(world, 'Cat Carter'))).toHaveLength(1);
    expect(notices(arrivedAt(world, 'Cat Carter'))).toHaveLength(1);
    expect(await composed(world, 'notice|cover|')).toEqual({
      summary: 'You cover for Ann Archer until Fri 22 Sep',
      text: 'You cover for Ann Archer until the end of Fri 22 Sep: until then you may answer for their 2 live actions: 1.1 Action 1.1; 1.2 Action 1.2. Say “show my actions” to answer for September 2023.',
    });
  });

  test('reminders go to the deputy while it holds, and to the lead when it has run out', async () => {
    const world = await makeWorld();
    await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter', '2023-09-26');
    await world.open();
    await world.advance();
    const reminded = (name: string) => arrivedAt(world, name).filter((key) => key.startsWith('reminder|'));
    world.clock.set('2023-09-26T08:00:00Z');
    await world.advance();
    expect([reminded('Ann Archer'), reminded('Cat Carter')].map((keys) => keys.length)).toEqual([0, 1]);
    world.clock.set('2023-09-28T08:00:00Z');
    await world.advance();
    // She was not asked yet this month: the month's own card comes, and is no reminder.
    expect(prompts(arrivedAt(world, 'Ann Archer'))).toHaveLength(1);
    expect([reminded('Ann Archer'), reminded('Cat Carter')].map((keys) => keys.length)).toEqual([0, 1]);
    expect(await askedAbout(world, 'cat-carter')).toEqual([]);
  });
});

describe('a cover that runs out before its deputy could be asked', () => {
  /** A pass in the product's own words: a card that nobody is to get is not made. */
  const send = (world: AppWorld) =>
    world.advance({ ...world.deps, composer: makeComposer(world.deps, english) });

  /** A month opened on the last day but one of Ann's cover, with Teams putting off the card of her deputy. */
  async function putOff(): Promise<AppWorld> {
    const world = await makeWorld();
    await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter', '2023-09-02');
    await world.open();
    const refused = {
      delivery: { outcome: 'throttled', retryAfterMs: 60_000, reason: '429' },
      arrives: false,
    } as const;
    world.teams.script('cat-carter', refused, refused);
    await send(world);
    return world;
  }

  test.each(['open', 'closed'])(
    'in a month that is %s: the lead is asked in their place, once',
    async (state) => {
      const world = await putOff();
      world.clock.set('2023-09-03T09:00:00Z');
      if (state === 'closed') await world.close();
      await send(world);
      await send(world);
      expect((await world.message('prompt|2023-09|cat-carter')).state).toBe('not-needed');
      expect((await world.message('prompt|2023-09|ann-archer')).state).toBe('sent');
      expect(await askedAbout(world, 'ann-archer')).toEqual(['1.1', '1.2']);
      expect(world.teams.arrivedAt('ann-archer')).toHaveLength(1);
    },
  );

  test('what others were asked stays theirs, though they have left since', async () => {
    const world = await putOff();
    await world.close();
    await world.rosterChanges(PEOPLE.filter((name) => name !== 'Eve Eaton'));
    world.clock.set('2023-09-03T09:00:00Z');
    await send(world);
    expect((await world.message('prompt|2023-09|cat-carter')).leads).toEqual([]);
    expect(await askedAbout(world, 'eve-eaton')).toEqual(['1.3']);
  });

  test('nobody else is asked for what is answered', async () => {
    const world = await putOff();
    for (const ref of ['1.1', '1.2']) await world.reply('Ann Archer', ref);
    world.clock.set('2023-09-03T09:00:00Z');
    await send(world);
    await send(world);
    expect((await world.message('prompt|2023-09|cat-carter')).state).toBe('not-needed');
    expect(await askedAbout(world, 'ann-archer')).toBeNull();
  });
});

describe('ending a cover before its day', () => {
  test('the lead, the deputy or a programme officer may; the lead is asked again for what is left', async () => {
    const world = await openWorld();
    await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter');
    await world.advance();
    world.clock.advance(1000);
    expect((await end(world, 'Ben Baker', 'Ann Archer')).outcome).toBe('not-yours');
    expect((await end(world, 'Ann Archer', 'Ann Archer')).outcome).toBe('ended');
    expect((await end(world, 'Ann Archer', 'Ann Archer')).outcome).toBe('no-cover');
    expect((await world.reply('Cat Carter', '1.1')).outcome).toBe('not-yours');
    expect(await askedAbout(world, 'ann-archer')).toEqual(['1.1', '1.2']);
    expect(await askedAbout(world, 'cat-carter')).toEqual([]);
    expect((await auditOf(world)).map(({ kind }) => kind)).toEqual(['cover-ended', 'cover-given']);
    for (const who of [OFFICER, 'Cat Carter']) {
      await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter');
      expect((await end(world, who, 'Ann Archer')).outcome).toBe('ended');
    }
  });

  test('one that has run out is none', async () => {
    const world = await makeWorld();
    await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter', '2023-09-01');
    world.clock.set('2023-09-02T09:00:00Z');
    expect((await end(world, 'Ann Archer', 'Ann Archer')).outcome).toBe('no-cover');
  });
});

describe('a process that stops', () => {
  test('while a cover is given: said again it holds, and the deputy is asked and told once', async () => {
    const stops = await stopAtEveryWrite(
      openWorld,
      (deps, world) => cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter', FRIDAY, deps),
      async (world) => {
        expect(['covered', 'already']).toContain(
          (await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter')).outcome,
        );
        await world.advance();
        expect((await world.reply('Cat Carter', '1.1')).outcome).toBe('saved');
        expect(prompts(arrivedAt(world, 'Cat Carter'))).toHaveLength(1);
        expect(notices(arrivedAt(world, 'Cat Carter'))).toHaveLength(1);
        expect(await auditOf(world)).toHaveLength(1);
      },
    );
    expect(stops).toBeGreaterThan(6);
  });

  test('while a cover is given: the next reading of the roster mends what nobody says again', async () => {
    await stopAtEveryWrite(
      openWorld,
      (deps, world) => cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter', FRIDAY, deps),
      async (world) => {
        await world.rosterChanges(PEOPLE);
        await world.advance();
        const given = (await auditOf(world)).length > 0;
        expect((await world.reply('Cat Carter', '1.1')).outcome).toBe(given ? 'saved' : 'not-yours');
        expect(prompts(arrivedAt(world, 'Cat Carter'))).toHaveLength(given ? 1 : 0);
      },
    );
  });

  test('while it ends: said again it has ended, and the lead is asked', async () => {
    await stopAtEveryWrite(
      async () => {
        const world = await openWorld();
        await cover(world, 'Ann Archer', 'Ann Archer', 'Cat Carter');
        return world;
      },
      (deps, world) => end(world, 'Ann Archer', 'Ann Archer', deps),
      async (world) => {
        expect(['ended', 'no-cover']).toContain((await end(world, 'Ann Archer', 'Ann Archer')).outcome);
        await world.advance();
        expect((await world.reply('Cat Carter', '1.1')).outcome).toBe('not-yours');
        expect(await askedAbout(world, 'ann-archer')).toEqual(['1.1', '1.2']);
      },
    );
  });
});
