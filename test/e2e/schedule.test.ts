import { openTables, systemClock, wireStores } from '../../src/wiring';
import { type RunningBot, startBot } from './support/bot';
import { findButton, formOf, type Sender } from './support/botClient';
import {
  GENERAL,
  install,
  monthMessages,
  openForm,
  sampleRows,
  startWorld,
  type World,
} from './support/world';

/** The month by the calendar, in real processes: what is due happens by itself, once, on time or on return. */

let world: World;
let stores: ReturnType<typeof wireStores>;
let planId: string;
const others: RunningBot[] = [];

async function start(now: string): Promise<void> {
  world = await startWorld({ now, env: { STEWARD_DEMO_LEASE: '2' } });
  const tables = await openTables({ kind: 'connection', connection: world.azurite.connectionString });
  stores = wireStores(tables, systemClock);
  planId = (await stores.plans.listPlans())[0]?.id ?? '';
}

/** Starts the bot anew with the clock at another time. */
async function startAt(now: string): Promise<void> {
  await world.bot.stop();
  await world.bot.restart(now);
}

function remindersOf(lead: Sender): number {
  return world.teams.chatWith(lead).filter(({ activity }) => /^Reminder/.test(String(activity.summary)))
    .length;
}

async function stateOf(period: '2023-09' | '2023-10'): Promise<string | undefined> {
  return (await stores.months.readCycle(planId, period))?.value.state;
}

describe('a month by the calendar, with two processes on one storage', () => {
  beforeAll(() => start('2023-09-11T08:00:00Z'), 60_000);
  afterAll(async () => {
    await Promise.all(others.map((bot) => bot.stop()));
    await world.close();
  });

  test('opens by itself at 09:00 on the opening day, and asks everybody once', async () => {
    await install(world);
    expect(monthMessages(world.teams, world.officer)).toEqual([]);
    // Two minutes, then seconds, before nine in London: both processes come to it by themselves.
    await world.bot.stop();
    const second = await startBot({
      storage: world.azurite.connectionString,
      now: '2023-09-20T07:59:58Z',
      env: { STEWARD_DEMO_LEASE: '2' },
    });
    others.push(second);
    await world.bot.restart('2023-09-20T07:59:58Z');
    await everybodyAsked('September 2023');
    const cycle = (await stores.months.readCycle(planId, '2023-09'))?.value;
    expect(cycle).toMatchObject({ state: 'open', openedBy: null });
    expect(Date.parse(cycle?.openedAt ?? '')).toBeGreaterThanOrEqual(Date.parse('2023-09-20T08:00:00Z'));
    // Two starts of a process, on a machine that may be busy.
  }, 90_000);

  test('reminds who has not answered, and nobody else, once', async () => {
    const done = await answerAll();
    await Promise.all(others.splice(0).map((bot) => bot.stop()));
    await startAt('2023-09-26T07:59:59Z');
    const silent = world.leads.filter(({ name }) => name !== done.name);
    await world.teams.until(() => silent.every((lead) => remindersOf(lead) === 1));
    await startAt('2023-09-26T10:00:00Z');
    await startAt('2023-09-28T08:30:00Z');
    await world.teams.until(() => silent.every((lead) => remindersOf(lead) === 2));
    expect(remindersOf(done)).toBe(0);
    expect(monthMessages(world.teams, done)).toHaveLength(1);
    for (const lead of silent) expect(remindersOf(lead)).toBe(2);
  });

  test('closes by itself; the programme officer gets word of it; nothing is published unasked', async () => {
    await startAt('2023-09-29T15:59:59Z');
    const word = await world.teams.until(() =>
      world.teams
        .chatWith(world.officer)
        .find(({ activity }) => activity.summary === 'September 2023 update closed'),
    );
    expect(String(word.activity.text)).toContain('publish');
    await startAt('2023-10-03T09:00:00Z');
    await world.client.say(world.officer, 'publish');
    const posts = () =>
      world.teams.postsIn(GENERAL).filter(({ activity }) => /^Position/.test(String(activity.summary)));
    await world.teams.until(() => posts().length > 0);
    expect(await stateOf('2023-09')).toBe('published');
    expect(posts()).toHaveLength(1);
  });

  test('a bot that was down over the opening opens on return, for the month that is due, once', async () => {
    await startAt('2023-10-24T11:00:00Z');
    await everybodyAsked('October 2023');
    await startAt('2023-10-24T11:05:00Z');
    await world.client.say(world.officer, 'who has not replied');
    expect((await stores.months.readCycles(planId)).map(({ period }) => period)).toEqual([
      '2023-09',
      '2023-10',
    ]);
    for (const lead of world.leads) expect(askedIn(lead, 'October 2023')).toBe(1);
  });

  test('a bot that was down from the opening to after the close closes on return, and reminds nobody then', async () => {
    const before = world.leads.map(remindersOf);
    await startAt('2023-11-02T11:00:00Z');
    await world.teams.until(() =>
      world.teams
        .chatWith(world.officer)
        .find(({ activity }) => activity.summary === 'October 2023 update closed'),
    );
    expect(await stateOf('2023-10')).toBe('closed');
    expect(world.leads.map(remindersOf)).toEqual(before);
  });

  function askedIn(lead: Sender, month: string): number {
    return world.teams
      .chatWith(lead)
      .filter(({ activity }) => String(activity.summary).startsWith(`${month} update: `)).length;
  }

  async function everybodyAsked(month: string): Promise<void> {
    await world.teams.until(() => world.leads.every((lead) => askedIn(lead, month) > 0));
    for (const lead of world.leads)
      expect({ lead: lead.name, asked: askedIn(lead, month) }).toEqual({ lead: lead.name, asked: 1 });
  }

  /** The lead with the fewest live actions answers for all of them, with "No change" or by the form. */
  async function answerAll(): Promise<Sender> {
    const live = sampleRows().filter((row) => row.live);
    const load = (lead: Sender) => live.filter(({ leads }) => leads.includes(lead.name));
    const [done] = [...world.leads].sort((a, b) => load(a).length - load(b).length);
    if (!done) throw new Error('nobody leads anything');
    for (const row of load(done)) {
      const card = await openForm(world, done, row.ref);
      const form = formOf(card);
      const save = form?.saves[0];
      if (!form || !save) throw new Error('no form');
      const typed = {
        [form.percent.id]: '55',
        [form.status.id]: 'amber',
        [form.narrative.id]: 'It is under way and will need the winter.',
        ...(form.revised ? { [form.revised.id]: '2024-03-28' } : {}),
      };
      const answer = await world.client.press(done, card, save, typed);
      const anyway = answer.card ? findButton(answer.card, { title: 'Save anyway' }) : null;
      if (anyway && answer.card) await world.client.press(done, answer.card, anyway, typed);
    }
    return done;
  }
});

test('a plan that is bound late in the month waits for the next one', async () => {
  await start('2023-09-25T08:30:00Z');
  try {
    await install(world);
    await startAt('2023-09-27T08:30:00Z');
    await world.client.say(world.officer, 'summary');
    expect(await stores.months.readCycles(planId)).toEqual([]);
    const [entry] = await stores.plans.listPlans();
    expect(entry?.nextDue).toBe('2023-10-20T08:00:00.000Z');
  } finally {
    await world.close();
  }
}, 60_000);
