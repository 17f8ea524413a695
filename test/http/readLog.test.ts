import { setReadingLog } from '../../src/app/setKeeping';
import { GENERAL, PEOPLE, startTeam, type TeamWorld } from './team';

/** Who asked for what kind of thing, where the council wants it written down. */

let world: TeamWorld;
beforeAll(async () => {
  world = await startTeam();
});
afterAll(() => world.close());

async function switched(on: boolean): Promise<void> {
  const stored = await world.bot.deps.plans.readPlan(world.plan);
  if (stored) await setReadingLog(world.bot.deps, stored.value, on);
}
const read = () => world.bot.deps.reads.list(world.plan, 100);

test('nothing is written down until it is switched on', async () => {
  const { client } = world.clientOf('lead');
  await client.say(PEOPLE.lead, 'show red actions');
  expect(await read()).toEqual([]);
});

test('questions, dialogs, searches, shares and papers leave who, when, what kind and where; never what was typed', async () => {
  await switched(true);
  const { client } = world.clientOf('lead');
  const q = JSON.stringify({ kind: 'action', ref: '1.1' });
  await client.say(PEOPLE.lead, 'which actions mention zebras?');
  await client.say(PEOPLE.lead, 'show 1.1 and 2.1', { channel: GENERAL });
  await client.execute(PEOPLE.lead, 'ask', { plan: world.plan, q });
  await client.execute(PEOPLE.lead, 'share', { plan: world.plan, q });
  const figure = { verb: 'figure', plan: world.plan, period: 'now', page: 0, what: 'total' };
  await client.invoke(PEOPLE.lead, 'task/fetch', { data: figure });
  await client.invoke(PEOPLE.lead, 'composeExtension/query', {
    commandId: 'find',
    parameters: [{ name: 'text', value: 'agree' }],
  });
  await client.say(PEOPLE.officer, 'show the ledger');
  const entries = await read();
  // The plan's world stands still, so they have one time and no order.
  const told = entries.map(({ kind, refs, place }) => `${kind} ${refs} ${place}`).sort();
  expect(told).toEqual([
    'action 1 personal',
    'figure 0 personal',
    'ledger 0 personal',
    'list 0 personal',
    'list 2 channel',
    'search 0 personal',
    'share 0 personal',
  ]);
  const leads = entries.filter(({ person }) => person === PEOPLE.lead.aadObjectId);
  expect([leads.length, entries.length]).toEqual([6, 7]);
  const rows = await world.tables.plans.range(world.plan, 'read|', 'read}');
  expect(JSON.stringify(rows)).not.toMatch(/zebra|agree|1\.1/i);
});

test('who may not read leaves no line, and none is left once it is switched off', async () => {
  const before = await read();
  const stranger = world.clientOf('stranger').client;
  await stranger.say(PEOPLE.stranger, 'show red actions');
  await switched(false);
  await world.clientOf('lead').client.say(PEOPLE.lead, 'show red actions');
  expect(await read()).toEqual(before);
});
