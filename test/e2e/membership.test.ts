import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { SAMPLE_PLAN_FILE } from '../../src/demo/sample';
import { openTables, systemClock, wireStores } from '../../src/wiring';
import { startTestAzurite } from './support/azurite';
import { buttonsOf, findButton, inputsOf, makeBotClient, type Sender, textOf } from './support/botClient';
import { cardOf, startTeamsStandIn } from './support/teamsStandIn';
import {
  GENERAL,
  install,
  monthMessages,
  openSeptember,
  sampleRows,
  startWorld,
  type World,
} from './support/world';

/** Who is in the team, who is not, and who is who. */

describe('people come and go', () => {
  let world: World;
  let stores: ReturnType<typeof wireStores>;
  let planId: string;
  const open: string[] = [];
  beforeAll(async () => {
    world = await startWorld();
    const tables = await openTables({ kind: 'connection', connection: world.azurite.connectionString });
    stores = wireStores(tables, systemClock);
    planId = (await stores.plans.listPlans())[0]?.id ?? '';
    const here = new Set(world.leads.map(({ name }) => name));
    const named = sampleRows()
      .filter(({ live }) => live)
      .flatMap(({ leads }) => leads);
    open.push(...new Set(named.filter((name) => !here.has(name))));
  }, 60_000);
  afterAll(() => world.close());

  test('Steward greets once, and the officer gets a card with the names to settle', async () => {
    await install(world);
    await world.client.addToTeam(world.officer);
    expect(open.length).toBe(2);
    const card = await settleCard();
    for (const name of open) expect(textOf(card)).toContain(name);
    expect(world.teams.postsIn(GENERAL)).toHaveLength(1);
    expect((await stores.plans.readPlan(planId))?.value.officers).toEqual([world.officer.aadObjectId]);
  });

  test('a button without a choice asks for one; a choice of somebody who is not here is refused', async () => {
    const card = await settleCard();
    const [input] = inputsOf(card);
    const button = findButton(card, { verb: 'settle' });
    if (!input || !button) throw new Error('nothing to settle');
    const none = await world.client.press(world.officer, card, button, { [input.id]: '' });
    expect(textOf(none.card ?? {})).toMatch(/Choose somebody/);
    const gone = await world.client.press(world.officer, card, button, { [input.id]: 'no-such-person' });
    expect(textOf(gone.card ?? {})).toMatch(/no longer in the team/);
  });

  test('one name is settled as a person, the other as nobody: each is asked in the month, once', async () => {
    await openSeptember(world);
    const first = await settleCard();
    const afterOne = await settle(first, world.bystander.aadObjectId);
    expect(inputsOf(afterOne)).toHaveLength(1);
    const afterBoth = await settle(afterOne, 'nobody');
    expect(inputsOf(afterBoth)).toEqual([]);
    await world.teams.until(() => monthMessages(world.teams, world.bystander).length > 0);
    expect(monthMessages(world.teams, world.bystander)).toHaveLength(1);
    const officers = (await stores.months.readMessage(planId, `prompt|2023-09|${world.officer.aadObjectId}`))
      ?.value;
    const lead = (await stores.plans.readLeads(planId)).find(({ value }) => value.settled === 'nobody')?.value
      .lead;
    expect(officers?.leads).toContain(lead?.key);
    expect(monthMessages(world.teams, world.officer)).toHaveLength(1);
  });

  test('who leaves is nobody any more; their actions are listed with nobody to ask, and the officer is told', async () => {
    const leaver = world.leads.find(({ name }) => name !== world.officer.name);
    if (!leaver) throw new Error('nobody to leave');
    const told = world.teams.chatWith(world.officer).length;
    world.teams.removeMember(leaver.id);
    await world.client.leave([leaver], world.officer);
    const card = await world.teams.until(() => {
      const latest = world.teams
        .chatWith(world.officer)
        .slice(told)
        .map(cardOf)
        .findLast((one) => one !== null);
      return latest && textOf(latest).includes(leaver.name) ? latest : null;
    });
    expect(findButton(card, { verb: 'settle' })).not.toBeNull();
    const answer = await world.client.execute(leaver, 'month', {
      verb: 'month',
      plan: planId,
      period: '2023-09',
      page: 0,
    });
    expect(answer.message).toMatch(/people of its own team/);
    const before = world.teams.chatWith(leaver).length;
    await world.client.say(leaver, 'show all actions');
    expect(JSON.stringify(world.teams.chatWith(leaver).slice(before))).not.toMatch(/AdaptiveCard/);
    const silent = await ask('who has not replied');
    expect(
      textOf(silent)
        .split('\n')
        .filter((line) => line.includes(leaver.name)),
    ).toHaveLength(1);

    world.teams.addMember(leaver);
    await world.client.join([leaver], world.officer);
    const back = await world.client.execute(leaver, 'month', {
      verb: 'month',
      plan: planId,
      period: '2023-09',
      page: 0,
    });
    expect(buttonsOf(back.card ?? {}).length).toBeGreaterThan(1);
    expect(monthMessages(world.teams, leaver)).toHaveLength(1);
  });

  test('somebody who joins and has an open lead’s name is matched, and asked in the open month', async () => {
    const leaver = world.leads.findLast(({ name }) => name !== world.officer.name);
    if (!leaver) throw new Error('nobody to leave');
    world.teams.removeMember(leaver.id);
    await world.client.leave([leaver], world.officer);
    const joiner: Sender = {
      id: '29:new.account',
      aadObjectId: '00000000-0000-4000-8000-00000000beef',
      name: leaver.name,
    };
    world.teams.addMember(joiner);
    await world.client.join([joiner], world.officer);
    await world.teams.until(() => monthMessages(world.teams, joiner).length > 0);
    expect(monthMessages(world.teams, joiner)).toHaveLength(1);
    const silent = await ask('who has not replied');
    expect(
      textOf(silent)
        .split('\n')
        .filter((line) => line.includes(leaver.name)),
    ).toHaveLength(1);
  });

  test('taken out of the team and added again: it goes on as before, without another greeting', async () => {
    await world.client.removeFromTeam(world.officer);
    const other = world.leads.find(({ name }) => name !== world.officer.name) ?? world.bystander;
    await world.client.addToTeam(other);
    expect(world.teams.postsIn(GENERAL).filter(({ activity }) => cardOf({ activity }))).toHaveLength(1);
    const plan = (await stores.plans.readPlan(planId))?.value;
    expect(plan?.officers).toEqual([world.officer.aadObjectId]);
    expect(await stores.people.readNewTeams()).toEqual([]);
    await world.client.say(world.officer, 'summary');
  });

  test.each([
    [
      'in the same tenant',
      '11111111-1111-4111-8111-111111111111',
      /lives in the team SEND Improvement Board/,
    ],
    ['in another tenant', '99999999-9999-4999-8999-999999999999', /No plan is loaded yet/],
  ])('another team %s gets nothing of the plan', async (_where, tenantId, told) => {
    const intruder: Sender = {
      id: '29:in.truder',
      aadObjectId: '00000000-0000-4000-8000-00000000dead',
      name: 'Ivy Intruder',
    };
    const theirs = await startTeamsStandIn({
      tenantId,
      id: `19:other-${tenantId.slice(0, 4)}@thread.tacv2`,
      name: 'Another Team',
      channels: [],
      members: [intruder],
    });
    try {
      const client = makeBotClient(() => world.bot.url, theirs);
      await client.addToTeam(intruder);
      await client.addToTeam(intruder);
      await theirs.until(() => theirs.postsIn(theirs.team.id).length > 0);
      expect(theirs.postsIn(theirs.team.id).map(({ activity }) => activity.text)).toEqual([
        expect.stringMatching(told),
      ]);
      for (const text of [
        'show all actions',
        'summary',
        'open the October 2023 update',
        'post the summary here',
        'help',
      ])
        await client.say(intruder, text, { channel: theirs.team.id });
      await client.say(intruder, 'show all actions');
      const data = { plan: planId, period: '2023-09', page: 0 };
      for (const verb of ['month', 'settlePage'])
        expect((await client.execute(intruder, verb, { verb, ...data })).card).toBeNull();
      const figure = { verb: 'figure', plan: planId, period: 'now', what: 'total', page: 0 };
      expect((await client.invoke(intruder, 'task/fetch', { data: figure })).card).toBeNull();
      const said = JSON.stringify([...theirs.postsIn(theirs.team.id), ...theirs.chatWith(intruder)]);
      for (const { ref } of sampleRows()) expect(said).not.toContain(`${ref} `);
      expect(said).not.toContain('AdaptiveCard');
      const plan = (await stores.plans.readPlan(planId))?.value;
      expect(plan?.binding?.team).toBe(GENERAL);
      expect(plan?.officers).toEqual([world.officer.aadObjectId]);
    } finally {
      await theirs.close();
    }
  });

  /** The latest card with names to settle in the officer's chat, or a new one. */
  async function settleCard() {
    return ask('settle the names');
  }

  async function ask(text: string) {
    const before = world.teams.chatWith(world.officer).length;
    await world.client.say(world.officer, text);
    const card = world.teams
      .chatWith(world.officer)
      .slice(before)
      .map(cardOf)
      .find((one) => one !== null);
    if (!card) throw new Error(`no card upon "${text}"`);
    return card;
  }

  async function settle(card: NonNullable<ReturnType<typeof cardOf>>, choice: string) {
    const [input] = inputsOf(card);
    const button = findButton(card, { verb: 'settle' });
    if (!input || !button) throw new Error('nothing to settle');
    const answer = await world.client.press(world.officer, card, button, { [input.id]: choice });
    if (!answer.card) throw new Error(answer.message ?? 'no card');
    return answer.card;
  }
});

describe('a plan that is loaded after Steward was added', () => {
  test('is bound to the team that waits for it and greeted there; another tenant’s is not', async () => {
    const azurite = await startTestAzurite();
    await steward(
      azurite.connectionString,
      'load',
      SAMPLE_PLAN_FILE,
      '--tenant',
      '99999999-9999-4999-8999-999999999999',
    );
    const world = await startWorld({ storage: azurite.connectionString });
    try {
      const waiting = await install(world);
      expect(waiting.activity.text).toMatch(/No plan is loaded yet/);
      expect(await steward(azurite.connectionString, 'plans')).toContain('kept for tenant 99999999');
      await steward(azurite.connectionString, 'load', SAMPLE_PLAN_FILE);
      const greeting = await world.teams.until(() => world.teams.postsIn(GENERAL)[1]);
      expect(cardOf(greeting)).not.toBeNull();
      await openSeptember(world);
      const tables = await openTables({ kind: 'connection', connection: azurite.connectionString });
      const entries = await wireStores(tables, systemClock).plans.listPlans();
      expect(entries.map(({ bound, tenant }) => [bound, tenant])).toEqual([
        [false, '99999999-9999-4999-8999-999999999999'],
        [true, world.teams.team.tenantId],
      ]);
      expect(
        await steward(azurite.connectionString, 'officer', 'list', '--plan', entries[1]?.id ?? ''),
      ).toContain(world.officer.name);
    } finally {
      await world.close();
      await azurite.stop();
    }
  }, 90_000);
});

/** Runs the command line against a storage, and gives what it printed. */
async function steward(storage: string, ...args: readonly string[]): Promise<string> {
  const root = join(__dirname, '..', '..');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(root, 'src', 'cli.ts'), '--storage', storage, ...args],
    {
      cwd: root,
    },
  );
  let output = '';
  child.stdout.on('data', (piece: Buffer) => {
    output += piece.toString();
  });
  child.stderr.on('data', (piece: Buffer) => {
    output += piece.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  if (code !== 0) throw new Error(`steward ${args.join(' ')} ended with ${code}: ${output}`);
  return output;
}
