import { planPrompts } from '../../src/app/openCycle';
import { memberOf } from '../../src/app/people';
import { settleLead } from '../../src/app/settleLead';
import { readLedger } from '../../src/app/whoIsSilent';
import { mayRead } from '../../src/domain/authority';
import { idOf, line, makeWorld, OCTOBER, PEOPLE, SEPTEMBER, TENANT } from '../fakes/world';

describe('opening a month', () => {
  test('asks each who leads a live action exactly once, and nobody else', async () => {
    const world = await makeWorld();
    expect((await world.open()).outcome).toBe('opened');
    await world.advance();
    expect(askedOf(world)).toEqual(['ann-archer', 'ben-baker', 'dan-draper', 'eve-eaton']);
    await world.advance();
    await world.advance(world.instance('second'));
    expect(askedOf(world)).toEqual(['ann-archer', 'ben-baker', 'dan-draper', 'eve-eaton']);
  });

  test('lists a lead whom nobody was found for, from the start', async () => {
    const world = await makeWorld();
    await world.open();
    const fay = await world.message('prompt|2023-09|lead|fay farmer');
    expect(fay).toMatchObject({ state: 'unreachable', why: 'not-matched', to: null });
    expect(fay.actions).toEqual([(await world.action('3.1')).value.id]);
  });

  test('co-leads are each asked about what they share; an action without leads is its group’s leads’', async () => {
    const world = await makeWorld();
    await world.open();
    const ids = async (...refs: string[]) =>
      Promise.all(refs.map(async (ref) => (await world.action(ref)).value.id));
    expect((await world.message('prompt|2023-09|ann-archer')).actions).toEqual(await ids('1.1', '1.2'));
    expect((await world.message('prompt|2023-09|ben-baker')).actions).toEqual(await ids('1.2', '2.1'));
    expect((await world.message('prompt|2023-09|eve-eaton')).actions).toEqual(await ids('1.3'));
  });

  test('done twice opens once', async () => {
    const world = await makeWorld();
    await world.open();
    expect((await world.open()).outcome).toBe('already');
    await world.advance();
    expect(askedOf(world)).toHaveLength(4);
  });

  test('by two instances at once opens once, and asks once', async () => {
    const world = await makeWorld();
    const second = world.instance('second');
    const [one, other] = await Promise.all([world.open(), world.open()]);
    expect([one?.outcome, other?.outcome].sort()).toEqual(['already', 'opened']);
    const worked = await Promise.all([world.advance(), world.advance(second)]);
    expect(worked.filter(Boolean)).toHaveLength(1);
    expect(askedOf(world)).toHaveLength(4);
  });

  test('goes forward only', async () => {
    const world = await makeWorld();
    await world.open(OCTOBER);
    expect(await world.open(SEPTEMBER)).toMatchObject({ outcome: 'too-old', latest: OCTOBER });
    expect((await world.open(OCTOBER)).outcome).toBe('already');
  });

  test('writing down whom to ask can be done again: nothing changes', async () => {
    const world = await makeWorld();
    await world.open();
    await world.advance();
    const before = await world.messages();
    await planPrompts(world.deps, await world.plan(), SEPTEMBER);
    await planPrompts(world.deps, await world.plan(), SEPTEMBER);
    expect(await world.messages()).toEqual(before);
  });

  test('happens by itself at its time, once, on whatever instance', async () => {
    const world = await makeWorld();
    world.clock.set('2023-09-20T07:59:59Z');
    await world.advance();
    expect(await world.deps.months.readCycle(world.planId, SEPTEMBER)).toBeNull();
    world.clock.set('2023-09-20T08:00:00Z');
    await Promise.all([world.advance(), world.advance(world.instance('second'))]);
    await world.advance(world.instance('third'));
    expect(askedOf(world)).toHaveLength(4);
    expect((await world.deps.months.readCycle(world.planId, SEPTEMBER))?.value.openedBy).toBeNull();
  });

  test('tells the scheduler when it comes', async () => {
    const world = await makeWorld();
    const next = async () => (await world.deps.plans.listPlans())[0]?.nextDue;
    expect(await next()).toBe('2023-09-20T08:00:00.000Z');
    world.clock.set('2023-09-20T08:00:00Z');
    await world.advance();
    expect(await next()).toBe('2023-09-26T08:00:00.000Z');
  });

  test('a month opened for the one after this still tells when the next opens', async () => {
    const world = await makeWorld();
    await world.open(OCTOBER);
    await world.publish(OCTOBER);
    await world.advance();
    expect((await world.deps.plans.listPlans())[0]?.nextDue).toBe('2023-11-20T09:00:00.000Z');
  });

  test('a plan that is bound late in the month does not open it by itself', async () => {
    const world = await makeWorld({ now: '2023-09-25T09:00:00Z' });
    world.clock.set('2023-09-28T09:00:00Z');
    await world.advance();
    expect(await world.deps.months.readCycles(world.planId)).toEqual([]);
    world.clock.set('2023-10-20T08:00:00Z');
    await world.advance();
    expect((await world.deps.months.readCycles(world.planId)).map(({ period }) => period)).toEqual([OCTOBER]);
  });

  test('one person whom the plan spells two ways is asked once about all', async () => {
    const world = await makeWorld({ lines: [line('1.1', ['Ann Archer']), line('1.2', ['Anne Archer'])] });
    await settleLead(world.deps, await world.plan(), idOf('Olive Officer'), 'anne archer', {
      kind: 'person',
      person: idOf('Ann Archer'),
    });
    await world.open();
    await world.advance();
    expect(askedOf(world).filter((to) => to === 'ann-archer')).toHaveLength(1);
    expect((await world.message('prompt|2023-09|ann-archer')).actions).toHaveLength(2);
  });

  test('a group that names one lead twice can be loaded, asked and answered', async () => {
    const world = await makeWorld({ lines: [line('1.1', [])], groupLeads: ['Eve Eaton', 'Eve  Eaton'] });
    await world.open();
    await world.advance();
    expect(askedOf(world)).toEqual(['eve-eaton']);
    expect((await world.reply('Eve Eaton', '1.1')).outcome).toBe('saved');
  });

  test('a plan in which nobody can be asked opens all the same, and says so', async () => {
    const world = await makeWorld({ lines: [line('7.1', [])], groupLeads: [] });
    await world.open();
    await world.advance();
    const ledger = await readLedger(world.deps, await world.plan(), SEPTEMBER);
    expect(ledger.asked).toEqual([]);
    expect(ledger.leaderless.map(({ ref }) => ref)).toEqual(['7.1']);
  });
});

describe('who is who, in the middle of a month', () => {
  test('a lead who is found is asked once, and no longer listed as nobody', async () => {
    const world = await makeWorld();
    await world.open();
    await world.advance();
    const settle = async () =>
      settleLead(world.deps, await world.plan(), idOf('Olive Officer'), 'fay farmer', {
        kind: 'person',
        person: idOf('Cat Carter'),
      });
    expect(await settle()).toBe('settled');
    expect(await settle()).toBe('settled');
    await world.advance();
    expect(askedOf(world).filter((to) => to === 'cat-carter')).toHaveLength(1);
    const ledger = await readLedger(world.deps, await world.plan(), SEPTEMBER);
    expect(ledger.asked.filter(({ name }) => name === 'Fay Farmer')).toHaveLength(1);
    expect((await world.reply('Cat Carter', '3.1')).outcome).toBe('saved');
  });

  test('"nobody: I answer for them": the officer is asked, and answers on behalf', async () => {
    const world = await makeWorld();
    await world.open();
    await world.advance();
    await settleLead(world.deps, await world.plan(), idOf('Olive Officer'), 'fay farmer', { kind: 'nobody' });
    await world.advance();
    expect(askedOf(world).filter((to) => to === 'olive-officer')).toHaveLength(1);
    await world.reply('Olive Officer', '3.1');
    const [update] = await world.deps.plans.readUpdates(world.planId, (await world.action('3.1')).value.id);
    expect(update).toMatchObject({ by: { id: 'olive-officer' }, onBehalfOf: 'Fay Farmer' });
  });

  test('only a programme officer settles, only a known lead, only with somebody of the team', async () => {
    const world = await makeWorld();
    const plan = await world.plan();
    const cat = { kind: 'person', person: idOf('Cat Carter') } as const;
    expect(await settleLead(world.deps, plan, idOf('Ann Archer'), 'fay farmer', cat)).toBe('not-officer');
    expect(await settleLead(world.deps, plan, idOf('Olive Officer'), 'nobody such', cat)).toBe(
      'no-such-lead',
    );
    const stranger = { kind: 'person', person: 'stranger' } as const;
    expect(await settleLead(world.deps, plan, idOf('Olive Officer'), 'fay farmer', stranger)).toBe(
      'no-such-person',
    );
  });

  test('a lead given to somebody else is no longer the first one’s', async () => {
    const world = await makeWorld();
    const plan = await world.plan();
    const officer = idOf('Olive Officer');
    await settleLead(world.deps, plan, officer, 'fay farmer', { kind: 'person', person: idOf('Cat Carter') });
    await settleLead(world.deps, plan, officer, 'fay farmer', { kind: 'person', person: idOf('Dan Draper') });
    await world.open();
    expect((await world.reply('Cat Carter', '3.1')).outcome).toBe('not-yours');
    expect((await world.reply('Dan Draper', '3.1')).outcome).toBe('saved');
    await settleLead(world.deps, await world.plan(), officer, 'fay farmer', { kind: 'nobody' });
    expect((await world.reply('Dan Draper', '3.1')).outcome).toBe('not-yours');
  });

  test('somebody who joins and has a lead’s name is matched, and asked once', async () => {
    const world = await makeWorld();
    await world.open();
    await world.advance();
    await world.rosterChanges([...PEOPLE, 'Fay Farmer']);
    await world.rosterChanges([...PEOPLE, 'Fay Farmer']);
    await world.advance();
    expect(askedOf(world).filter((to) => to === 'fay-farmer')).toHaveLength(1);
    const ledger = await readLedger(world.deps, await world.plan(), SEPTEMBER);
    expect(ledger.asked.filter(({ name }) => name === 'Fay Farmer')).toHaveLength(1);
  });

  test('who leaves answers nothing more; their actions are listed under their name once, with nobody to ask', async () => {
    const world = await makeWorld();
    await world.open();
    await world.advance();
    await world.rosterChanges(PEOPLE.filter((name) => name !== 'Dan Draper'));
    await world.advance();
    expect((await world.reply('Dan Draper', '3.2')).outcome).toBe('stranger');
    const ledger = await readLedger(world.deps, await world.plan(), SEPTEMBER);
    const dan = ledger.asked.filter(({ name }) => name === 'Dan Draper');
    expect(dan).toHaveLength(1);
    expect(dan[0]?.prompt).toMatchObject({ state: 'unreachable', why: 'not-matched' });
    expect(dan[0]?.left).toBe(1);
  });

  test('what somebody delivered before they left still counts as answered', async () => {
    const world = await makeWorld();
    await world.open();
    await world.advance();
    await world.reply('Dan Draper', '3.2', {
      status: 'blue',
      percent: 100,
      narrative: 'All of it has been delivered.',
    });
    await world.rosterChanges(PEOPLE.filter((name) => name !== 'Dan Draper'));
    const ledger = await readLedger(world.deps, await world.plan(), SEPTEMBER);
    expect(
      ledger.asked.filter(({ name }) => name === 'Dan Draper').map(({ left, of }) => [left, of]),
    ).toEqual([[0, 1]]);
  });

  test('who leaves and comes back is matched again, and not asked a second time', async () => {
    const world = await makeWorld();
    await world.open();
    await world.advance();
    await world.rosterChanges(PEOPLE.filter((name) => name !== 'Dan Draper'));
    await world.advance();
    await world.rosterChanges(PEOPLE);
    await world.advance();
    expect(askedOf(world).filter((to) => to === 'dan-draper')).toHaveLength(1);
    expect((await world.reply('Dan Draper', '3.2', { status: 'amber' })).outcome).toBe('saved');
    const ledger = await readLedger(world.deps, await world.plan(), SEPTEMBER);
    expect(
      ledger.asked.filter(({ name }) => name === 'Dan Draper').map(({ left, of }) => [left, of]),
    ).toEqual([[0, 1]]);
  });

  test('a programme officer who has left the team reads and changes nothing, until they are back', async () => {
    const world = await makeWorld();
    await world.open();
    expect((await world.reply('Olive Officer', '1.1')).outcome).toBe('saved');
    await world.rosterChanges(PEOPLE.filter((name) => name !== 'Olive Officer'));
    const gone = await world.deps.people.readPerson(TENANT, idOf('Olive Officer'));
    const plan = await world.plan();
    expect(mayRead(plan, idOf('Olive Officer'), memberOf(gone?.value, plan.id))).toBe(false);
    expect((await world.reply('Olive Officer', '1.1')).outcome).toMatch(/stranger|not-yours/);
    await world.rosterChanges(PEOPLE);
    expect((await world.reply('Olive Officer', '1.1')).outcome).toBe('saved');
  });

  test('a roster that can’t be read leaves everything as it was', async () => {
    const world = await makeWorld();
    const before = await world.deps.people.readMembers('tenant-1', world.planId);
    world.teams.rosterFails = true;
    await expect(world.rosterChanges([])).rejects.toThrow('out of reach');
    world.teams.rosterFails = false;
    expect(await world.deps.people.readMembers('tenant-1', world.planId)).toEqual(before);
    expect(await world.deps.people.readNewTeams()).toHaveLength(1);
  });
});

function askedOf(world: Awaited<ReturnType<typeof makeWorld>>): string[] {
  return world.teams.arrived
    .filter(({ content }) => content.summary.startsWith('prompt|2023-09|'))
    .map(({ to }) => to)
    .sort();
}
