import { findButton, formOf, textOf } from './support/botClient';
import { cardOf } from './support/teamsStandIn';
import {
  BOARD,
  GENERAL,
  install,
  monthMessages,
  openForm,
  openSeptember,
  type SampleRow,
  sampleRows,
  startWorld,
  type World,
} from './support/world';

/** A whole month over HTTP, from outside the bot's process, with figures worked out from the file and the replies alone. */
describe('a month, from the team that adds Steward to the board that reads the post', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, 60_000);
  afterAll(() => world.close());

  const replies = new Map<string, { letter: string; percent: number }>();
  const leadOf = (name: string) => {
    const lead = world.leads.find((person) => person.name === name);
    if (!lead) throw new Error(`${name} is not in the team`);
    return lead;
  };

  test('greets once, with a summary, and says whom it could not match', async () => {
    const greeting = await install(world);
    await world.client.addToTeam(world.officer);
    expect(greeting.activity.summary).toEqual(expect.any(String));
    const known = new Set(world.leads.map(({ name }) => name));
    const unknown = new Set(
      liveRows()
        .flatMap(({ leads }) => leads)
        .filter((name) => !known.has(name)),
    );
    expect(unknown.size).toBeGreaterThan(0);
    for (const name of unknown) expect(textOf(cardOf(greeting) ?? {})).toContain(name);
    expect(world.teams.postsIn(GENERAL)).toHaveLength(1);
  });

  test('posts where it is told to', async () => {
    await world.client.say(world.officer, 'post the summary here', { channel: BOARD });
    await world.teams.until(() => world.teams.postsIn(BOARD).length > 0);
  });

  test('asks each who leads a live action once, and nobody else', async () => {
    await openSeptember(world);
    await world.client.say(world.officer, 'open the September 2023 update');
    const named = new Set(liveRows().flatMap(({ leads }) => leads));
    for (const lead of world.leads)
      expect({ name: lead.name, asked: monthMessages(world.teams, lead).length }).toEqual({
        name: lead.name,
        asked: named.has(lead.name) ? 1 : 0,
      });
    for (const member of world.teams.team.members.filter(({ name }) => !named.has(name)))
      expect(monthMessages(world.teams, member)).toHaveLength(0);
  });

  test('takes replies, and shows a co-lead what the other said', async () => {
    const rows = liveRows();
    const shared = rows.find(
      ({ leads, letter }) => leads.length > 1 && letter !== 'R' && leads.every(isHere),
    );
    if (!shared?.leads[0] || !shared.leads[1]) throw new Error('the sample has no action with two leads');
    await reply(shared.leads[0], shared, { letter: 'G', key: 'green', percent: 61, revised: '2024-02-29' });
    const again = await openForm(world, leadOf(shared.leads[1]), shared.ref);
    expect(textOf(again)).toContain('G Green');
    for (const row of rows
      .filter((one) => one.ref !== shared.ref && one.leads[0] && isHere(one.leads[0]))
      .slice(0, 6))
      await reply(row.leads[0] ?? '', row, { letter: 'G', key: 'green', percent: 77, revised: '2024-03-29' });
  });

  test('publishes figures that equal those worked out from the file and the replies', async () => {
    await world.client.say(world.officer, 'close the September 2023 update');
    await world.client.say(world.officer, 'publish the September 2023 update');
    const post = await world.teams.until(() =>
      world.teams.postsIn(BOARD).find(({ activity }) => /Position/.test(String(activity.summary))),
    );
    const text = textOf(cardOf(post) ?? {});
    const letters = sampleRows().map(({ ref, letter }) => replies.get(ref)?.letter ?? letter);
    const count = (letter: string) => letters.filter((one) => one === letter).length;
    for (const [letter, label] of [
      ['R', 'Red'],
      ['A', 'Amber'],
      ['G', 'Green'],
      ['B', 'Blue'],
      ['GR', 'Grey'],
    ] as const)
      expect(text).toMatch(new RegExp(`${letter} ${label}\\s+${count(letter)}\\b`));
    expect(text).toContain(String(letters.length));
    await world.client.say(world.officer, 'publish the September 2023 update');
    expect(
      world.teams.postsIn(BOARD).filter(({ activity }) => /Position/.test(String(activity.summary))),
    ).toHaveLength(1);
  });

  function liveRows(): SampleRow[] {
    return sampleRows().filter(({ live }) => live);
  }

  function isHere(name: string): boolean {
    return world.leads.some((person) => person.name === name);
  }

  async function reply(
    name: string,
    row: SampleRow,
    said: { letter: string; key: string; percent: number; revised: string },
  ): Promise<void> {
    const lead = leadOf(name);
    const card = await openForm(world, lead, row.ref);
    const form = formOf(card);
    if (!form) throw new Error('the card is no form');
    const save = findButton(card, { title: 'Save' }) ?? form.saves[0];
    if (!save) throw new Error('the form has no button that saves');
    const typed = {
      [form.percent.id]: String(said.percent),
      [form.status.id]: said.key,
      [form.narrative.id]: 'The first half is done and the second has begun.',
      ...(form.revised ? { [form.revised.id]: said.revised } : {}),
    };
    const answer = await world.client.press(lead, card, save, typed);
    const asked = answer.card ? findButton(answer.card, { title: 'Save anyway' }) : null;
    if (asked && answer.card) await world.client.press(lead, answer.card, asked, typed);
    replies.set(row.ref, { letter: said.letter, percent: said.percent });
  }
});
