import { noteTeam } from '../../src/app/noteTeam';
import { memberOf } from '../../src/app/people';
import { settleTeam } from '../../src/app/settleTeam';
import { type AppWorld, idOf, makeWorld, PEOPLE, rosterOf, TENANT, team, tellNothing } from '../fakes/world';

/** People who came or left without a word: the turn that told of it was lost. */

const DAY = 24 * 3_600_000;

async function settle(world: AppWorld): Promise<number> {
  const teams = await world.deps.people.readNewTeams();
  for (const found of teams) await settleTeam(world.deps, found.value, tellNothing);
  return teams.length;
}

async function isPresent(world: AppWorld, name: string): Promise<boolean | undefined> {
  const person = await world.deps.people.readPerson(TENANT, idOf(name));
  return memberOf(person?.value, world.planId)?.present;
}

test('who came or left is found within a day, and asked, or asked no more', async () => {
  const world = await makeWorld();
  await world.open();
  await world.advance();
  world.teams.roster = rosterOf([...PEOPLE.filter((name) => name !== 'Dan Draper'), 'Fay Farmer']);
  world.clock.advance(DAY - 1_000);
  await world.advance();
  expect(await settle(world)).toBe(0);
  world.clock.advance(1_000);
  await world.advance();
  expect(await settle(world)).toBe(1);
  await world.advance();
  expect(await isPresent(world, 'Fay Farmer')).toBe(true);
  expect(await isPresent(world, 'Dan Draper')).toBe(false);
  expect(world.teams.arrivedAt(idOf('Fay Farmer')).map(({ summary }) => summary)).toEqual([
    'prompt|2023-09|fay-farmer',
  ]);
});

test('where nobody came or left nothing is settled anew, and nobody is told anything', async () => {
  const world = await makeWorld();
  const told = world.teams.arrived.length;
  for (let day = 0; day < 5; day += 1) {
    world.clock.advance(DAY);
    await world.advance();
    expect(await settle(world)).toBe(0);
  }
  expect(world.teams.arrived).toHaveLength(told);
});

test('a roster that is out of reach holds up nothing, and is asked for again', async () => {
  const world = await makeWorld();
  world.teams.roster = rosterOf([...PEOPLE, 'Fay Farmer']);
  world.clock.advance(DAY);
  world.teams.rosterFails = true;
  await world.open();
  await world.advance();
  expect(world.teams.arrivedAt(idOf('Ann Archer'))).toHaveLength(1);
  world.teams.rosterFails = false;
  await world.advance();
  expect(await settle(world)).toBe(1);
});

test('a team that Steward was taken out of is left alone', async () => {
  const world = await makeWorld();
  const found = await world.deps.people.readTeam(TENANT, team().id);
  if (!found) throw new Error('no team');
  await world.deps.people.saveTeam({ ...found, value: { ...found.value, state: 'removed' } });
  world.teams.roster = [];
  world.clock.advance(DAY);
  await world.advance();
  expect(await isPresent(world, 'Ann Archer')).toBe(true);
  await noteTeam(world.deps, team(), { id: idOf('Olive Officer'), userId: '29:x', name: 'Olive Officer' });
  world.teams.roster = rosterOf(PEOPLE);
  expect(await settle(world)).toBe(1);
});
