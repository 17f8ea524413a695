import { unreachable } from '../../src/teams/reminderCommands';
import type { Reading, TurnDeps } from '../../src/teams/turn';
import { english } from '../../src/words/words';
import { type AppWorld, makeWorld } from '../fakes/world';

/** What a programme officer is told when the work on their plan was set aside. */

async function answer(world: AppWorld, officer: boolean): Promise<string> {
  const deps: Pick<TurnDeps, keyof AppWorld['deps'] | 'words'> = { ...world.deps, words: english };
  const asker: Pick<Reading, 'plan' | 'officer'> = { plan: await world.plan(), officer };
  return (await unreachable(deps as TurnDeps, asker as Reading)).text ?? '';
}

test('“who can’t you reach?” says to the programme officer, and to nobody else, that the plan is stuck, until it is not', async () => {
  const world = await makeWorld();
  await world.deps.plans.setStuck(world.planId, { at: '2023-09-01T08:00:00.000Z', reason: 'Error: secret' });
  expect(await answer(world, true)).toMatch(/^Since Fri 1 Sep, 9am I can’t carry on with this plan/);
  expect(await answer(world, true)).not.toContain('secret');
  expect(await answer(world, false)).not.toContain('carry on');
  await world.advance();
  expect(await answer(world, true)).not.toContain('carry on');
});
