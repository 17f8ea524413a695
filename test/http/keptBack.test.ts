import { strFromU8, unzipSync } from 'fflate';
import { clearForPublication } from '../../src/app/clearForPublication';
import { COMMAND_LINE } from '../../src/app/mayDo';
import { readPaper } from '../../src/app/readPaper';
import { makePaper } from '../../src/papers/makePaper';
import { english } from '../../src/words/words';
import { GENERAL, PEOPLE, startTeam, type TeamWorld } from './team';

/** What a file brings in was never checked; it is looked at before it reaches a channel, another chat or the public. */

const NUMBER = '943 476 5919';
const KEPT_BACK = '[kept back: may identify a child]';
/** Red, with an NHS number in what came with the file. */
const ROWS = [
  `2,Families are heard,Otto Other,2.2.1,Ring them back,Otto Other,Jul-23,Dec-23,R,0%,The family of ${NUMBER} waits.`,
];
const QUESTIONS = [
  'what was said about 2.2.1',
  '2.2.1',
  'show red actions',
  'history of 2.2.1',
  'which actions mention family?',
];

let world: TeamWorld;
beforeAll(async () => {
  world = await startTeam(ROWS);
});
afterAll(() => world.close());

const plan = async () => {
  const stored = await world.bot.deps.plans.readPlan(world.plan);
  if (!stored) throw new Error('the plan is gone');
  return stored.value;
};
const posts = () => JSON.stringify(world.teams.postsIn(GENERAL));

test('the programme officer’s preview keeps it back and says which refs to look at', async () => {
  const { client, teams } = world.clientOf('officer');
  await client.say(PEOPLE.officer, 'preview');
  const shown = JSON.stringify(teams.chatWith(PEOPLE.officer).at(-1));
  expect(shown).toContain(KEPT_BACK);
  expect(shown).toContain('the words of 2.2.1.');
  expect(shown).not.toContain(NUMBER);
});

test('whoever asks in their own chat sees what stands in the plan', async () => {
  const { client, teams } = world.clientOf('lead');
  await client.say(PEOPLE.lead, 'tell me about 2.2.1');
  expect(JSON.stringify(teams.chatWith(PEOPLE.lead).at(-1))).toContain(NUMBER);
});

test.each(QUESTIONS)('asked in the channel, “%s” keeps it back', async (question) => {
  const { client } = world.clientOf('lead');
  const before = world.teams.postsIn(GENERAL).length;
  await client.say(PEOPLE.lead, question, { channel: GENERAL });
  expect(world.teams.postsIn(GENERAL).length).toBeGreaterThan(before);
  expect(posts()).not.toContain(NUMBER);
});

test('asked in the channel, an action’s own card says that its words are kept back', async () => {
  const { client } = world.clientOf('lead');
  await client.say(PEOPLE.lead, 'tell me about 2.2.1', { channel: GENERAL });
  expect(JSON.stringify(world.teams.postsIn(GENERAL).at(-1))).toContain(KEPT_BACK);
});

test('“More” pressed in the channel gives a card that keeps it back', async () => {
  const { client } = world.clientOf('lead');
  const q = JSON.stringify({ kind: 'action', ref: '2.2.1' });
  const { body } = await client.execute(PEOPLE.lead, 'ask', { plan: world.plan, q }, { channel: GENERAL });
  expect(JSON.stringify(body)).toContain(KEPT_BACK);
  expect(JSON.stringify(body)).not.toContain(NUMBER);
});

test('an answer that is shared to the channel keeps it back', async () => {
  const { client } = world.clientOf('lead');
  const before = world.teams.postsIn(GENERAL).length;
  await client.execute(PEOPLE.lead, 'share', {
    plan: world.plan,
    q: JSON.stringify({ kind: 'action', ref: '2.2.1' }),
  });
  expect(world.teams.postsIn(GENERAL).length).toBe(before + 1);
  expect(JSON.stringify(world.teams.postsIn(GENERAL).at(-1))).toContain(KEPT_BACK);
  expect(posts()).not.toContain(NUMBER);
});

test('a card that the compose box inserts in any chat keeps it back', async () => {
  const { client } = world.clientOf('lead');
  const { body } = await client.invoke(PEOPLE.lead, 'composeExtension/query', {
    commandId: 'find',
    parameters: [{ name: 'text', value: '2.2.1' }],
  });
  expect(JSON.stringify(body)).toContain(KEPT_BACK);
  expect(JSON.stringify(body)).not.toContain(NUMBER);
});

test('the board’s post keeps it back, and so does every dialog behind it', async () => {
  const { client } = world.clientOf('officer');
  await client.say(PEOPLE.officer, 'close September 2023');
  await client.say(PEOPLE.officer, 'publish September 2023');
  const post = await world.teams.until(() =>
    world.teams.postsIn(GENERAL).find(({ activity }) => JSON.stringify(activity).includes('Position at')),
  );
  expect(JSON.stringify(post)).toContain(KEPT_BACK);
  expect(posts()).not.toContain(NUMBER);
  for (const more of [{ what: 'status', key: 'red' }, { what: 'total' }, { what: 'group', group: '2' }]) {
    const data = { verb: 'figure', plan: world.plan, period: '2023-09', page: 0, ...more };
    const { body } = await client.invoke(PEOPLE.officer, 'task/fetch', { data });
    expect(JSON.stringify(body)).toContain('2.2.1');
    expect(JSON.stringify(body)).not.toContain(NUMBER);
  }
});

test('a public paper keeps it back, even where the words were cleared', async () => {
  const { deps } = world.bot;
  await clearForPublication(deps, await plan(), '2.2.1', COMMAND_LINE);
  const order = { period: '2023-09', isPublic: true, narratives: 'cleared', withAudit: false } as const;
  const facts = await readPaper(deps, await plan(), order, '2023-09');
  if (!facts) throw new Error('the month was not published');
  const { bytes } = await makePaper('report', facts, english);
  const said = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
  expect(said).toContain('kept back');
  expect(said).not.toContain(NUMBER);
});
