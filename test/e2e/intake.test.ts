import { openTables, systemClock, wireStores } from '../../src/wiring';
import { HOSTILE_FILES, mergedEverywhere } from '../fixtures/plans/hostile';
import { type BotAnswer, type Card, findButton, inputsOf, type Sender, textOf } from './support/botClient';
import { type FileServer, startFileServer } from './support/fileServer';
import { cardOf, type ShownMessage } from './support/teamsStandIn';
import { GENERAL, startWorld, type World } from './support/world';

/**
 * A team's first plan, sent in chat: from outside the bot's process, the file served as OneDrive would serve it. Nobody but whoever added
 * Steward may send it; what was understood is shown, settled by pressing, and stored when they say so.
 */

let world: World;
let files: FileServer;
let stores: ReturnType<typeof wireStores>;

beforeAll(async () => {
  [world, files] = await Promise.all([startWorld({ empty: true }), startFileServer()]);
  const tables = await openTables({ kind: 'connection', connection: world.azurite.connectionString });
  stores = wireStores(tables, systemClock);
}, 60_000);
afterAll(async () => {
  await files.close();
  await world.close();
});

/** Two spellings of one lead, a date of two meanings, a word that is no status, a lead whom nobody knows. */
const FIRST_PLAN = [
  'Harbour plan – September 2023,,,,,,',
  'Ref,Action,Lead,Target date,RAG,% complete,Progress',
  '1.1,Mend the harbour wall before winter,Gareth Pritchard,Dec 2023,A,40%,Stones are ordered.',
  '1.2,Train two pilots for the night tide,Gareth PritchardI,bi-monthly,G,60%,One is trained.',
  '1.3,Count every mooring in the inner basin,Nasreen Malik,Nov 2023,Nearly,80%,Half is counted.',
  '1.4,Write down who keeps the keys,Quentin Quayside,Jan 2024,R,0%,',
].join('\n');

test('before there is a plan only whoever added Steward may send one, and nobody else’s file is fetched', async () => {
  await world.client.addToTeam(world.officer);
  await world.teams.until(() => world.teams.postsIn(GENERAL)[0]);
  expect(await said(world.officer, () => world.client.say(world.officer, 'help'))).toMatch(
    /Send me its file here/,
  );
  const url = files.serve('plan.csv', Buffer.from(FIRST_PLAN));
  for (const person of [world.bystander, world.stranger]) {
    if (person === world.stranger) world.teams.openChatOf(person);
    expect(await said(person, () => world.client.sendFile(person, { url, name: 'plan.csv' }))).toMatch(
      /did not open plan\.csv/,
    );
  }
  expect(files.requests).toEqual([]);
});

test('only this machine is asked for files here, and no redirect leads elsewhere', async () => {
  const elsewhere = 'https://files.example.org/plan.csv';
  const turned = files.answer('/turned', (_, response) => {
    response.writeHead(302, { location: elsewhere });
    response.end();
  });
  for (const url of [elsewhere, turned, 'file:///etc/passwd', 'http://169.254.169.254/latest'])
    expect(await sent({ url, name: 'plan.csv' })).toMatch(/fetch files only from/);
  const gone = files.answer('/gone', (_, response) => {
    response.writeHead(404);
    response.end();
  });
  expect(await sent({ url: gone, name: 'plan.csv' })).toMatch(/answered 404/);
  const endless = files.answer('/endless', (_, response) => {
    const more = (): void => {
      while (response.write(Buffer.alloc(64 * 1024))) {
        // As fast as it is taken.
      }
    };
    response.writeHead(200);
    response.on('drain', more);
    more();
  });
  expect(await sent({ url: endless, name: 'plan.csv' })).toMatch(/larger than 20 MB/);
  for (const { headers } of files.requests) expect(headers).not.toHaveProperty('authorization');
}, 60_000);

test.each(HOSTILE_FILES.map((file) => [file.name, file] as const))(
  '%s gets a sentence, and nothing is stored',
  async (name, { make, says }) => {
    expect(await sent({ url: files.serve(name, make()), name })).toMatch(says);
    expect(await stores.drafts.readDraft(tenant(), world.officer.aadObjectId)).toBeNull();
    expect(await stores.plans.listPlans()).toEqual([]);
  },
  60_000,
);

test('a sheet that is merged all over is read, and says so', async () => {
  const card = await shown({ url: files.serve('merged.xlsx', mergedEverywhere()), name: 'merged.xlsx' });
  expect(textOf(card)).toMatch(/2 actions in/);
  const notes = await pressed(card, { title: /^All notes/ });
  expect(textOf(notes)).toMatch(/merges more cells/);
  expect(textOf(await pressed(card, { title: 'Leave it' }))).toMatch(/thrown away/);
  expect(await stores.plans.listPlans()).toEqual([]);
});

test('the plan is shown as it was understood, its questions are settled by pressing, and it is stored when confirmed', async () => {
  const preview = await shown({
    url: files.serve('harbour.csv', Buffer.from(FIRST_PLAN)),
    name: 'harbour.csv',
  });
  expect(textOf(preview)).toMatch(/Harbour plan/);
  expect(textOf(preview)).toMatch(/4 actions in 1 group/);
  expect(textOf(preview)).toMatch(/A Amber 1/);
  expect(textOf(preview)).toMatch(/Nothing is stored yet/);
  expect(await stores.plans.listPlans()).toEqual([]);

  // Whoever is not the sender finds no draft behind the same button.
  const load = findButton(preview, { verb: 'draftLoad' });
  if (!load) throw new Error('the plan cannot be loaded');
  const stolen = await world.client.press(world.bystander, preview, load);
  expect(stolen.message).toMatch(/waits here no more/);

  // The process ends and another goes on: the draft is in storage.
  await world.bot.kill();
  await world.bot.restart();

  let card = await pressed(preview, { title: /^Settle \d+ questions/ });
  const asked: string[] = [];
  for (let page = 0; page < 10 && findButton(card, { verb: 'draftKeep' }); page += 1) {
    const typed = Object.fromEntries(
      inputsOf(card).map((input) => {
        asked.push(input.label);
        const wanted = choose(input.choices.map(({ title }) => title));
        const choice = input.choices.find(({ title }) => title === wanted);
        return [input.id, choice?.value ?? ''];
      }),
    );
    card = await pressed(card, { verb: 'draftKeep' }, typed);
  }
  // Two spellings made one are one lead, and Quentin comes all the same.
  expect(asked).toContain('Who is Quentin Quayside?');
  expect(textOf(card)).toMatch(/all found in the team|3 leads/);

  const done = await pressed(card, { title: 'Load this plan' });
  expect(textOf(done)).toMatch(/4 actions are in the plan/);
  const [entry] = await stores.plans.listPlans();
  const plan = await stores.plans.readPlan(entry?.id ?? '');
  expect(plan?.value).toMatchObject({
    title: 'Harbour plan – September 2023',
    officers: [world.officer.aadObjectId],
    binding: { team: GENERAL },
  });
  const actions = await stores.plans.readActions(entry?.id ?? '');
  expect(actions.map(({ ref, leads }) => [ref, leads.map(({ name }) => name)])).toEqual([
    ['1.1', ['Gareth Pritchard']],
    ['1.2', ['Gareth Pritchard']],
    ['1.3', ['Nasreen Malik']],
    ['1.4', ['Quentin Quayside']],
  ]);
  expect(actions[1]?.planned?.recurrence).toBe('every second month');
  expect(actions[2]?.status.key).toBe('green');
  const quentin = (await stores.plans.readLeads(entry?.id ?? '')).find(
    ({ value }) => value.lead.name === 'Quentin Quayside',
  );
  expect(quentin?.value).toMatchObject({ settled: 'nobody', answeredBy: world.officer.aadObjectId });

  // Tapped again, it says the same and changes nothing.
  const again = await world.client.press(world.officer, preview, load);
  expect(textOf(again.card ?? {})).toMatch(/was loaded already/);
  expect(await stores.plans.listPlans()).toHaveLength(1);
  expect((await stores.plans.readAudit(entry?.id ?? '', 50)).map(({ what }) => what.kind)).toEqual([
    'plan-loaded',
  ]);

  // And the plan is alive: it was greeted, and its sender is its programme officer.
  await world.teams.until(() =>
    world.teams.postsIn(GENERAL).find((post) => textOf(cardOf(post) ?? {}) !== ''),
  );
  await said(world.officer, () => world.client.say(world.officer, 'open the September 2023 update'));
}, 90_000);

/** What somebody who knows the plan answers. */
function choose(titles: readonly string[]): string {
  const wanted = [
    'One person: Gareth Pritchard',
    'Every second month',
    'G Green',
    'Nobody: I answer for them',
  ];
  const found = wanted.find((title) => titles.includes(title));
  if (!found) throw new Error(`none of ${titles.join(', ')} is an answer that was thought of`);
  return found;
}

function tenant(): string {
  return world.teams.team.tenantId;
}

/** Does something and gives what Steward says in the person's chat after it. */
async function said(person: Sender, act: () => Promise<BotAnswer>): Promise<string> {
  const message = await answered(person, act);
  const card = cardOf(message);
  return card ? textOf(card) : String(message.activity.text ?? '');
}

async function answered(person: Sender, act: () => Promise<BotAnswer>): Promise<ShownMessage> {
  const before = world.teams.chatWith(person).length;
  expect((await act()).status).toBe(200);
  // What takes long is announced first: the answer is the message after.
  const isAnswer = ({ activity }: ShownMessage): boolean => !/^I am reading/.test(String(activity.text));
  return world.teams.until(() => world.teams.chatWith(person).slice(before).find(isAnswer), 60_000);
}

function sent(file: { url: string; name: string }): Promise<string> {
  return said(world.officer, () => world.client.sendFile(world.officer, file));
}

async function shown(file: { url: string; name: string }): Promise<Card> {
  const message = await answered(world.officer, () => world.client.sendFile(world.officer, file));
  const card = cardOf(message);
  if (!card) throw new Error(`no card but “${String(message.activity.text)}”`);
  expect(String(message.activity.summary)).toMatch(/understood|new version/);
  return card;
}

async function pressed(
  card: Card,
  query: Parameters<typeof findButton>[1],
  typed: Readonly<Record<string, string>> = {},
): Promise<Card> {
  const button = findButton(card, query);
  if (!button) throw new Error(`no button ${JSON.stringify(query)}`);
  const answer = await world.client.press(world.officer, card, button, typed);
  if (!answer.card) throw new Error(`no card but “${answer.message}”`);
  return answer.card;
}
