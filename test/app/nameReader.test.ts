import { listReaders, nameReader, removeReader } from '../../src/app/nameReader';
import { addOfficer, removeOfficer } from '../../src/app/officers';
import { memberOf, personFrom, planOf } from '../../src/app/people';
import type { Deps } from '../../src/app/ports';
import { setBoardChannel } from '../../src/app/setBoardChannel';
import { settleLead } from '../../src/app/settleLead';
import { mayRead } from '../../src/domain/authority';
import { type AppWorld, callerOf, idOf, makeWorld, PEOPLE, TEAM, TENANT } from '../fakes/world';
import { auditOf, doer, OFFICER, stopAtEveryWrite } from './support';

/** A world in which two people outside the team have said hello to Steward. */
async function greetedWorld(): Promise<AppWorld> {
  const world = await makeWorld();
  for (const [name, email] of [
    ['Gil Governor', 'gil@council.example'],
    ['Nia Namesake', 'nia.one@council.example'],
  ] as const)
    await meet(world, name, email);
  return world;
}

async function meet(world: AppWorld, name: string, email: string, id = idOf(name)): Promise<void> {
  const blank = personFrom({ ...callerOf(name), objectId: id, userId: `29:${id}` });
  await world.deps.people.savePerson({ value: { ...blank, email, welcomed: true }, etag: null });
}

async function name(world: AppWorld, who: string, by = OFFICER, deps: Deps = world.deps) {
  return nameReader(deps, await world.plan(), doer(by), who);
}

async function remove(world: AppWorld, who: string, by = OFFICER) {
  return removeReader(world.deps, await world.plan(), doer(by), who);
}

async function reads(world: AppWorld, who: string): Promise<boolean> {
  const person = await world.deps.people.readPerson(TENANT, idOf(who));
  const plan = await world.plan();
  return mayRead(plan, idOf(who), memberOf(person?.value, plan.id));
}

describe('naming a reader', () => {
  test('by name or e-mail, of those whom Steward has met: they read, and change nothing', async () => {
    const world = await greetedWorld();
    await world.open();
    expect(await reads(world, 'Gil Governor')).toBe(false);
    expect((await name(world, 'gil  governor')).outcome).toBe('named');
    expect(await reads(world, 'Gil Governor')).toBe(true);
    expect((await name(world, 'nia.one@Council.example')).outcome).toBe('named');
    expect(await reads(world, 'Nia Namesake')).toBe(true);
    expect((await world.reply('Gil Governor', '1.1')).outcome).toBe('not-yours');
    expect((await listReaders(world.deps, await world.plan())).map((person) => person.name)).toEqual([
      'Gil Governor',
      'Nia Namesake',
    ]);
  });

  test('the plan is what their own chat is about', async () => {
    const world = await greetedWorld();
    await name(world, 'Gil Governor');
    const gil = await world.deps.people.readPerson(TENANT, idOf('Gil Governor'));
    expect(planOf(gil?.value)).toBe(world.planId);
    await remove(world, 'Gil Governor');
    expect(planOf((await world.deps.people.readPerson(TENANT, idOf('Gil Governor')))?.value)).toBeNull();
  });

  test('only by a programme officer, only of known people, and told apart where there are two', async () => {
    const world = await greetedWorld();
    expect((await name(world, 'Gil Governor', 'Ann Archer')).outcome).toBe('not-officer');
    expect((await name(world, 'Zed Unknown')).outcome).toBe('no-such-person');
    expect((await name(world, '')).outcome).toBe('no-such-person');
    await meet(world, 'Nia Namesake', 'nia.two@council.example', 'nia-two');
    expect(await name(world, 'Nia Namesake')).toMatchObject({ outcome: 'several', people: [{}, {}] });
    expect((await name(world, 'nia.two@council.example')).outcome).toBe('named');
    expect(await reads(world, 'Gil Governor')).toBe(false);
  });

  test('people of another tenant are nobody', async () => {
    const world = await makeWorld();
    const caller = { ...callerOf('Gil Governor'), tenant: 'another' };
    await world.deps.people.savePerson({ value: personFrom(caller), etag: null });
    expect((await name(world, 'Gil Governor')).outcome).toBe('no-such-person');
  });

  test('twice, and taken away twice: says so', async () => {
    const world = await greetedWorld();
    await name(world, 'Gil Governor');
    world.clock.advance(1000);
    expect((await name(world, 'Gil Governor')).outcome).toBe('already');
    expect((await remove(world, 'Gil Governor')).outcome).toBe('removed');
    expect((await remove(world, 'Gil Governor')).outcome).toBe('no-reader');
    expect(await reads(world, 'Gil Governor')).toBe(false);
    expect((await auditOf(world)).map(({ kind }) => kind)).toEqual(['reader-removed', 'reader-named']);
  });

  test('people of the team need no naming', async () => {
    const world = await greetedWorld();
    expect((await name(world, 'Ann Archer')).outcome).toBe('in-team');
    expect((await remove(world, 'Ann Archer')).outcome).toBe('in-team');
  });

  test('is not undone by reading the roster, nor by joining the team and leaving it again', async () => {
    const world = await greetedWorld();
    await name(world, 'Gil Governor');
    await world.rosterChanges(PEOPLE);
    expect(await reads(world, 'Gil Governor')).toBe(true);
    await world.rosterChanges([...PEOPLE, 'Gil Governor']);
    await world.rosterChanges(PEOPLE);
    expect(await reads(world, 'Gil Governor')).toBe(true);
    await remove(world, 'Gil Governor');
    expect(await reads(world, 'Gil Governor')).toBe(false);
  });

  test('a process that stops leaves no right without its line in the audit', async () => {
    const stops = await stopAtEveryWrite(
      greetedWorld,
      (deps, world) => name(world, 'Gil Governor', OFFICER, deps),
      async (world) => {
        if (await reads(world, 'Gil Governor')) expect(await auditOf(world)).toHaveLength(1);
        await name(world, 'Gil Governor');
        expect(await reads(world, 'Gil Governor')).toBe(true);
      },
    );
    expect(stops).toBe(4);
  });
});

describe('what else changes who may do what has its line in the audit', () => {
  test('officers, once for each change', async () => {
    const world = await makeWorld();
    await addOfficer(world.deps, await world.plan(), 'Ann Archer');
    world.clock.advance(1000);
    await addOfficer(world.deps, await world.plan(), 'Ann Archer');
    await removeOfficer(world.deps, await world.plan(), 'Ann Archer', doer(OFFICER));
    const who = { id: 'ann-archer', name: 'Ann Archer' };
    expect(await auditOf(world)).toEqual([
      { kind: 'officer-removed', who },
      { kind: 'officer-added', who },
    ]);
    expect((await world.deps.plans.readAudit(world.planId, 2)).map(({ by }) => by.name)).toEqual([
      OFFICER,
      'the command line',
    ]);
  });

  test('who a lead is, once for each change', async () => {
    const world = await makeWorld();
    const settle = async () =>
      settleLead(
        world.deps,
        await world.plan(),
        idOf(OFFICER),
        'fay farmer',
        { kind: 'person', person: idOf('Cat Carter') },
        'chat-olive',
      );
    await settle();
    await settle();
    expect(await world.deps.plans.readAudit(world.planId, 9)).toMatchObject([
      {
        by: { id: 'olive-officer', name: OFFICER },
        chat: 'chat-olive',
        what: { kind: 'lead-settled', name: 'Fay Farmer', to: { id: 'cat-carter', name: 'Cat Carter' } },
      },
    ]);
  });

  test('the board’s channel', async () => {
    const world = await makeWorld();
    await setBoardChannel(world.deps, await world.plan(), idOf(OFFICER), { team: TEAM, channel: 'board' });
    expect(await auditOf(world)).toEqual([{ kind: 'channel-set', channel: 'board', name: 'Board' }]);
  });
});
