import { isLive } from '../../src/domain/plan';
import { scaleAt } from '../../src/domain/status';
import { openTables, systemClock, wireStores } from '../../src/wiring';
import { type Balancer, startBalancer } from './support/balancer';
import { type RunningBot, startBot } from './support/bot';
import { type BotClient, makeBotClient, type Sender, textOf } from './support/botClient';
import { BOARD, monthMessages, startWorld, type World } from './support/world';

/** Two processes on one storage, behind a load balancer; one is killed in the middle, and nobody in a chat notices. */

const NOW = '2023-09-25T08:30:00Z';
const ENV = { STEWARD_DEMO_LEASE: '2' };

let world: World;
let second: RunningBot;
let balancer: Balancer;
let client: BotClient;
let stores: ReturnType<typeof wireStores>;
let planId: string;

beforeAll(async () => {
  world = await startWorld({ now: NOW, env: ENV });
  second = await startBot({ storage: world.azurite.connectionString, now: NOW, env: ENV });
  balancer = await startBalancer([world.bot.port, second.port]);
  client = makeBotClient(() => balancer.url, world.teams);
  const tables = await openTables({ kind: 'connection', connection: world.azurite.connectionString });
  stores = wireStores(tables, systemClock);
  planId = (await stores.plans.listPlans())[0]?.id ?? '';
}, 120_000);
afterAll(async () => {
  await balancer.close();
  await second.stop();
  await world.close();
});

interface Saved {
  readonly action: string;
  readonly by: string;
  readonly narrative: string;
}

async function liveActionsOf(lead: Sender) {
  const plan = (await stores.plans.readPlan(planId))?.value;
  const scale = scaleAt(plan?.scales ?? [], '2023-09');
  return (await stores.plans.readActions(planId)).filter(
    (action) => isLive(action, scale) && action.leads.some(({ name }) => name === lead.name),
  );
}

async function save(lead: Sender, action: { id: string; ref: string }, n: number): Promise<Saved> {
  const version = (await stores.plans.readAction(planId, action.id))?.value.version ?? 0;
  const narrative = `Reply ${n} of ${lead.name}: two of the three parts are done.`;
  const answer = await client.execute(lead, 'save', {
    ...{ verb: 'save', plan: planId, period: '2023-09', action: action.id, ref: action.ref, page: 0 },
    ...{ version, after: 'list', anyway: true, status: 'amber', percent: '55', narrative },
  });
  expect(answer.status).toBe(200);
  expect(textOf(answer.card ?? {})).toMatch(/saved/i);
  return { action: action.id, by: lead.name, narrative };
}

test('both serve the plan; when one is killed while leads answer, every answer is there, once, and the month goes on', async () => {
  await client.addToTeam(world.officer);
  await world.teams.until(() => world.teams.postsIn(world.teams.team.id)[0], 30_000);
  await client.say(world.officer, 'post the summary here', { channel: BOARD });
  await client.say(world.officer, 'open the September 2023 update');
  await world.teams.until(
    () => world.leads.every((lead) => monthMessages(world.teams, lead).length > 0),
    30_000,
  );

  const saved: Saved[] = [];
  let killed: Promise<void> | null = null;
  await Promise.all(
    world.leads.map(async (lead) => {
      for (const [n, action] of (await liveActionsOf(lead)).slice(0, 3).entries()) {
        saved.push(await save(lead, action, n));
        // In the middle of what the others are saying.
        if (saved.length === 4) killed = world.bot.kill();
      }
    }),
  );
  await killed;
  expect(saved.length).toBeGreaterThan(8);
  expect([...balancer.answered.values()].every((n) => n > 0)).toBe(true);

  const who = await client.say(world.officer, 'who has not replied');
  expect(who.status).toBeLessThan(300);
  await client.say(world.officer, 'publish the September 2023 update');
  const posts = () =>
    world.teams.postsIn(BOARD).filter(({ activity }) => /^Position at/.test(String(activity.summary)));
  await world.teams.until(() => posts().length > 0, 40_000);

  for (const { action, by, narrative } of saved) {
    const kept = (await stores.plans.readUpdates(planId, action)).filter(
      ({ after }) => after.narrative === narrative,
    );
    expect(kept.map((update) => update.by.name)).toEqual([by]);
  }
  for (const lead of world.leads)
    expect({ lead: lead.name, asked: monthMessages(world.teams, lead).length }).toEqual({
      lead: lead.name,
      asked: 1,
    });
  expect(posts()).toHaveLength(1);
  expect((await stores.months.readCycle(planId, '2023-09'))?.value.state).toBe('published');
}, 180_000);
