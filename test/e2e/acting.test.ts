import { buttonsOf, findButton, formOf, textOf } from './support/botClient';
import { cardOf } from './support/teamsStandIn';
import { install, openSeptember, startWorld, type World } from './support/world';

/** Acting by words, each way by the right person, by the wrong one, and twice in a row. */
describe('acting by words', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
    await install(world);
    await openSeptember(world);
    world.teams.openChatOf(world.stranger);
  }, 60_000);
  afterAll(() => world.close());

  const lead = (name: string) => {
    const found = world.leads.find((person) => person.name === name);
    if (!found) throw new Error(`${name} is not in the team`);
    return found;
  };

  /** What Steward answers: its sentence, or all that its card says. */
  async function ask(
    person: { id: string; name: string; aadObjectId: string },
    text: string,
  ): Promise<string> {
    const before = world.teams.chatWith(person).length;
    await world.client.say(person, text);
    // What answers is a reply; what Steward sends of its own accord may come in between.
    const answer = world.teams
      .chatWith(person)
      .slice(before)
      .find(({ activity }) => activity.replyToId);
    if (!answer) throw new Error(`no answer to “${text}”`);
    const card = cardOf(answer);
    return card ? textOf(card) : String(answer.activity.text);
  }

  const historyOf = (ref: string) => ask(world.officer, `history of ${ref}`);

  test('update: the form is filled with what was said, and saves it once', async () => {
    const before = world.teams.chatWith(world.officer).length;
    await world.client.say(world.officer, 'update 1.2.2 to 60% amber: the rota is agreed');
    const message = world.teams
      .chatWith(world.officer)
      .slice(before)
      .find(({ activity }) => activity.replyToId);
    const card = (message && cardOf(message)) ?? {};
    const form = formOf(card);
    expect([form?.percent.value, form?.status.value, form?.narrative.value]).toEqual([
      '60',
      'amber',
      'the rota is agreed',
    ]);
    const save = findButton(card, { title: 'Save' });
    if (!save) throw new Error('the form has no Save');
    const activity = world.client.pressed(world.officer, card, save, { revised: '2023-12-15' });
    await world.client.post(activity);
    await world.client.post(activity);
    const history = await historyOf('1.2.2');
    expect(history.match(/the rota is agreed/g)).toHaveLength(1);
    expect(await ask(lead('Helen Brackley'), 'update 1.2.2 to 90% green')).toMatch(/led by Miriam Adeyemi/);
  });

  test('no change: kept for the lead, refused for another, harmless twice', async () => {
    expect(await ask(world.officer, 'no change on 2.2.3')).toMatch(/Saved: 2\.2\.3/);
    expect(await ask(world.officer, 'no change on 2.2.3')).toMatch(/2\.2\.3/);
    expect(await ask(lead('Helen Brackley'), 'no change on 2.2.3')).toMatch(/led by/);
  });

  test('undo: takes back the last, once', async () => {
    expect(await ask(lead('Helen Brackley'), 'undo')).toMatch(/nothing of yours/i);
    expect(await ask(world.officer, 'undo 1.2.2')).toMatch(/Taken back.*A Amber 50%/);
    expect(await ask(world.officer, 'undo 1.2.2')).toMatch(/nothing of yours/i);
    expect(await historyOf('1.2.2')).toMatch(/the rota is agreed/);
  });

  test('hand over: by the lead and the officer alone, told once, harmless twice', async () => {
    expect(await ask(lead('Gareth Pritchard'), 'hand 1.2.2 to Helen Brackley')).toMatch(
      /your own actions|programme officer/,
    );
    const before = world.teams.chatWith(lead('Helen Brackley')).length;
    expect(await ask(world.officer, 'hand 1.2.2 to Helen Brackley')).toMatch(/is Helen Brackley’s now/);
    await world.teams.until(() => world.teams.chatWith(lead('Helen Brackley')).length > before);
    expect(await ask(world.officer, 'hand 1.2.2 to Helen Brackley')).toMatch(/already/);
    expect(await ask(world.officer, 'who leads 1.2.2?')).toMatch(/Helen Brackley/);
    expect(await ask(world.officer, 'hand 1.2.2 to Priya Kapoor')).toMatch(
      /Nobody in the plan’s team is called/,
    );
  });

  test('cover: for oneself, and by the officer for others; the deputy may answer then', async () => {
    const [gareth, tom] = [lead('Gareth Pritchard'), lead('Tom Ashdown')];
    expect(await ask(tom, 'Callum Reid covers for Gareth Pritchard until 3 January')).toMatch(
      /for others a programme officer/i,
    );
    expect(await ask(gareth, 'Tom Ashdown covers for me until 3 January')).toMatch(
      /Tom Ashdown covers for Gareth Pritchard/,
    );
    expect(await ask(gareth, 'Tom Ashdown covers for me until 3 January')).toMatch(/already/);
    expect(await ask(tom, 'update 1.1.2')).toMatch(/How complete/);
  });

  test('answer for: the officer, recorded as such; nobody else', async () => {
    expect(await ask(lead('Tom Ashdown'), 'answer for Helen Brackley: 5.1.4 80% red')).toMatch(
      /programme officer/,
    );
    const before = world.teams.chatWith(world.officer).length;
    await world.client.say(world.officer, 'answer for Nasreen Malik: 3.1.2 is 95% green');
    const message = world.teams
      .chatWith(world.officer)
      .slice(before)
      .find(({ activity }) => activity.replyToId);
    const card = (message && cardOf(message)) ?? {};
    const save = buttonsOf(card).find(({ title }) => title === 'Save');
    if (!save) throw new Error('no form');
    const { card: answer } = await world.client.press(world.officer, card, save);
    const anyway = answer && findButton(answer, { title: 'Save anyway' });
    if (answer && anyway) await world.client.press(world.officer, answer, anyway);
    expect(await historyOf('3.1.2')).toMatch(/Nasreen Malik/);
  });

  test('remind: the officer alone, at most once a day for each', async () => {
    expect(await ask(lead('Tom Ashdown'), 'remind everyone who hasn’t replied')).toMatch(/programme officer/);
    expect(await ask(world.officer, 'remind everyone who hasn’t replied')).toMatch(/Reminded: /);
    expect(await ask(world.officer, 'remind everyone who hasn’t replied')).toMatch(/Reminded today already/);
    expect(await ask(world.officer, 'who can’t you reach?')).toMatch(/Stephen Marsh/);
  });

  test('a stranger is told nothing', async () => {
    for (const text of [
      'show red actions',
      'tell me about 5.1.4',
      'who leads 7.3.1?',
      'update 1.2.2',
      'hand 1.2.2 to Tom Ashdown',
      'help',
    ])
      expect(await ask(world.stranger, text)).toMatch(/keep no plan that you belong to|own team/);
  });

  test('a reader whom the officer names reads, and changes nothing', async () => {
    const name = world.stranger.name;
    expect(await ask(lead('Tom Ashdown'), `let ${name} read the plan`)).toMatch(/programme officer/);
    expect(await ask(world.officer, `let ${name} read the plan`)).toMatch(/say hello|may read/);
    await world.client.installForSelf(world.stranger);
    expect(await ask(world.officer, `let ${name} read the plan`)).toMatch(/may read the plan/);
    expect(await ask(world.stranger, 'show red actions')).toMatch(/5\.1\.4/);
    expect(await ask(world.stranger, 'update 5.1.4')).toMatch(/led by/);
    expect(await ask(world.officer, `${name} may no longer read the plan`)).toMatch(/no longer/);
    expect(await ask(world.stranger, 'show red actions')).not.toMatch(/5\.1\.4/);
  });

  test('the compose box finds actions, for readers alone', async () => {
    const search = (person: typeof world.officer, text: string) =>
      world.client.invoke(person, 'composeExtension/query', {
        commandId: 'searchActions',
        parameters: [{ name: 'text', value: text }],
        queryOptions: { skip: 0, count: 25 },
      });
    const found = JSON.stringify((await search(world.officer, '5.1.4')).body);
    expect(found).toContain('application/vnd.microsoft.card.adaptive');
    expect(found).toContain('5.1.4');
    expect(JSON.stringify((await search(world.stranger, '5.1.4')).body)).not.toContain('autism');
  });

  test('an answer shared stands in the channel once, with who shared it', async () => {
    const before = world.teams.chatWith(world.officer).length;
    await world.client.say(world.officer, 'tell me about 5.1.4');
    const message = world.teams
      .chatWith(world.officer)
      .slice(before)
      .find(({ activity }) => activity.replyToId);
    const card = (message && cardOf(message)) ?? {};
    const share = findButton(card, { title: /^Share/ });
    if (!share) throw new Error('no Share button');
    const posts = world.teams.postsIn(world.teams.team.id).length;
    await world.client.press(world.officer, card, share);
    await world.client.press(world.officer, card, share);
    const shared = world.teams.postsIn(world.teams.team.id).slice(posts);
    expect(shared).toHaveLength(1);
    const said = textOf((shared[0] && cardOf(shared[0])) ?? {});
    expect(said).toMatch(/Miriam Adeyemi/);
    expect(said).toMatch(/5\.1\.4/);
  });

  test('“my” is said by name where others read it', async () => {
    const before = world.teams.chatWith(world.officer).length;
    await world.client.say(world.officer, 'show my amber actions');
    const message = world.teams.chatWith(world.officer).slice(before)[0];
    const card = (message && cardOf(message)) ?? {};
    expect(textOf(card)).toMatch(/that you lead/);
    const share = findButton(card, { title: /^Share/ });
    if (!share) throw new Error('no Share button');
    await world.client.press(world.officer, card, share);
    const post = world.teams.postsIn(world.teams.team.id).at(-1);
    const said = textOf((post && cardOf(post)) ?? {});
    expect(said).toMatch(/Amber actions led by Miriam Adeyemi/);
    expect(said).not.toMatch(/you lead/);
  });
});
