import { TableClient } from '@azure/data-tables';
import type { ReplyOutcome } from '../../src/app/recordUpdate';
import type { RunningAzurite } from '../../src/demo/processes';
import { AzureTable, ensureTable } from '../../src/storage/azureTable';
import { startTestAzurite } from '../e2e/support/azurite';
import { type AppWorld, makeWorld, SEPTEMBER } from '../fakes/world';

/**
 * What happens at the same moment, over real storage and real parallelism: several instances, each with clients of its own, whose requests
 * meet in Azurite as they like. Each test says what must hold whoever wins, and is repeated so that both do.
 */

const ROUNDS = 6;

let azurite: RunningAzurite;
beforeAll(async () => {
  azurite = await startTestAzurite();
});
afterAll(() => azurite.stop());

let count = 0;

/** A world on tables of its own. */
async function worldOnAzurite(options: Parameters<typeof makeWorld>[0] = {}): Promise<AppWorld> {
  count += 1;
  const open = async (name: string) => {
    const client = TableClient.fromConnectionString(azurite.connectionString, `${name}${count}`, {
      allowInsecureConnection: true,
    });
    await ensureTable(client);
    return new AzureTable(client);
  };
  const [plans, people] = await Promise.all([open('plans'), open('people')]);
  return makeWorld({ ...options, tables: { plans, people } });
}

const outcomes = (all: readonly ReplyOutcome[]) => all.map(({ outcome }) => outcome).sort();

test('two leads save the same action: one is kept, the other sees by whom and what, and nothing is mixed', async () => {
  const world = await worldOnAzurite();
  await world.open();
  for (let round = 0; round < ROUNDS; round += 1) {
    const { version } = (await world.action('1.2')).value;
    const said = (name: string, percent: number) =>
      world.reply(name, '1.2', { percent, narrative: `${name} says this in round ${round}.` }, { version });
    const both = await Promise.all([said('Ann Archer', 60), said('Ben Baker', 70)]);
    expect(outcomes(both)).toEqual(['newer', 'saved']);
    const winner = both[0]?.outcome === 'saved' ? 'Ann Archer' : 'Ben Baker';
    const loser = both.find(({ outcome }) => outcome === 'newer');
    if (loser?.outcome !== 'newer') throw new Error('nobody lost');
    // What the loser is shown is what stands.
    expect(loser.by).toBe(winner);
    expect(loser.found.action).toMatchObject({
      version: version + 1,
      narrative: `${winner} says this in round ${round}.`,
    });
    const { value } = await world.action('1.2');
    expect(value.narrative).toBe(`${winner} says this in round ${round}.`);
    const [last] = await world.deps.plans.readUpdates(world.planId, value.id);
    expect([last?.by.name, last?.after.percent]).toEqual([winner, winner === 'Ann Archer' ? 60 : 70]);
    for (const { key } of value.leads) {
      const index = await world.deps.plans.readActionsOfLead(world.planId, key);
      expect(index.find(({ id }) => id === value.id)).toEqual(value);
    }
  }
});

test('one tap that arrives many times, at once and after its answer was lost, is kept once', async () => {
  const world = await worldOnAzurite();
  await world.open();
  const tap = () =>
    world.reply('Ann Archer', '1.1', { narrative: 'Said once, and tapped often.' }, { version: 0 });
  const all = await Promise.all(Array.from({ length: 5 }, tap));
  expect(outcomes(all)).toEqual(['saved', 'saved', 'saved', 'saved', 'saved']);
  expect(outcomes([await tap()])).toEqual(['saved']);
  const { value } = await world.action('1.1');
  expect(await world.deps.plans.readUpdates(world.planId, value.id)).toHaveLength(1);
  expect(value.version).toBe(1);
});

test('taps that arrive out of order: the later one stands, and the earlier is neither lost in silence nor laid over it', async () => {
  const world = await worldOnAzurite();
  await world.open();
  await world.reply('Ann Archer', '1.1', { percent: 10, narrative: 'This is the first that was said.' });
  const later = await world.reply('Ann Archer', '1.1', {
    percent: 90,
    narrative: 'This is what she meant to say.',
  });
  const early = await world.reply(
    'Ann Archer',
    '1.1',
    { percent: 20, narrative: 'This was under way for a long time.' },
    { version: 0 },
  );
  expect(outcomes([later, early])).toEqual(['newer', 'saved']);
  expect((await world.action('1.1')).value.percent).toBe(90);
});

test('publishing meets late replies: each is in the figures or after them, whole, and the figures reconcile', async () => {
  for (let round = 0; round < 3; round += 1) {
    const world = await worldOnAzurite();
    await world.open();
    await world.advance();
    await world.close();
    const refs = [
      ['Ann Archer', '1.1'],
      ['Ben Baker', '2.1'],
      ['Dan Draper', '3.2'],
    ] as const;
    const [, ...replies] = await Promise.all([
      world.publish().then(() => world.advance()),
      ...refs.map(([name, ref]) => world.reply(name, ref, { status: 'green', percent: 80 })),
    ]);
    expect(outcomes(replies)).toEqual(['saved', 'saved', 'saved']);
    const position = await world.deps.months.readPosition(world.planId, SEPTEMBER);
    const snapshots = await world.deps.months.readSnapshots(world.planId, SEPTEMBER);
    expect(position?.total).toBe(snapshots.length);
    for (const { key, count: n } of position?.figures ?? [])
      expect(snapshots.filter(({ status }) => (status ?? 'none') === key)).toHaveLength(n);
    for (const [name, ref] of refs) {
      const { value } = await world.action(ref);
      const updates = await world.deps.plans.readUpdates(world.planId, value.id);
      expect(updates.map(({ by, late }) => [by.name, late])).toEqual([[name, true]]);
      const frozen = snapshots.find(({ id }) => id === value.id);
      const { before, after } = updates[0] ?? {};
      // As it was or as it is: never half of each.
      expect([
        [before?.status, before?.percent],
        [after?.status, after?.percent],
      ]).toContainEqual([frozen?.status, frozen?.percent]);
    }
  }
});

test('several instances open the same month: one cycle, and everybody is asked once', async () => {
  const world = await worldOnAzurite();
  world.clock.set('2023-09-20T08:00:00Z');
  const instances = ['one', 'two', 'three', 'four'].map((name) => world.instance(name));
  for (let round = 0; round < 4; round += 1)
    await Promise.all([...instances.map((deps) => world.advance(deps)), world.open().catch(() => null)]);
  await world.advance();
  expect((await world.deps.months.readCycles(world.planId)).map(({ period }) => period)).toEqual([SEPTEMBER]);
  const asked = world.teams.arrived.filter(({ content }) => content.summary.startsWith('prompt|'));
  expect(new Set(asked.map(({ to }) => to)).size).toBe(asked.length);
  expect(asked).toHaveLength(4);
});
