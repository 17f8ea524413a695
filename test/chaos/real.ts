import { setTimeout as pause } from 'node:timers/promises';
import { startAzurite } from '../../src/demo/processes';
import { DEMO_LEADS, DEMO_OFFICER, DEMO_TEAM } from '../../src/demo/sample';
import type { Row } from '../../src/storage/table';
import { openTables } from '../../src/wiring';
import { type RunningBot, startBot } from '../e2e/support/bot';
import { type BotAnswer, type BotClient, makeBotClient, type Sender, textOf } from '../e2e/support/botClient';
import { type Fault, type Recorded, startTeamsStandIn, type TeamsStandIn } from '../e2e/support/teamsStandIn';
import { type Accepted, frozenRows, openingsIn, violationsOf } from './checker';
import type { Request } from './fakeTeams';
import { NO_FAULTS, startProxy } from './proxy';
import { Random } from './random';

/*
 * The same in earnest, and therefore seldom: two processes of the bot on one real Azurite, a proxy before its tables and its queue, a stand-in for Teams
 * over HTTP, `kill -9`. The seed draws what happens; when it hits is the machine's.
 */

const NOW = '2023-09-25T08:30:00Z';
const PERIOD = '2023-09';

export interface RealOutcome {
  readonly violations: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

interface ActionRow {
  readonly id: string;
  readonly ref: string;
  readonly version: number;
  readonly status: { readonly key: string | null };
  readonly see: readonly string[];
  readonly leads: readonly { readonly name: string }[];
  readonly groupLeads: readonly { readonly name: string }[];
}

/** Lives through one month with real processes; gives what does not hold in the end. */
export async function liveInEarnest(seed: number): Promise<RealOutcome> {
  const random = new Random(seed);
  const azurite = await startAzurite({ memory: true });
  const [table, queue] = await Promise.all([
    startProxy(azurite.ports.table, random),
    startProxy(azurite.ports.queue, random),
  ]);
  const storage = azurite.connectionString
    .replaceAll(`:${azurite.ports.table}`, `:${table.port}`)
    .replaceAll(`:${azurite.ports.queue}`, `:${queue.port}`);
  const leads: readonly Sender[] = [DEMO_OFFICER, ...DEMO_LEADS];
  const teams = await startTeamsStandIn({
    tenantId: DEMO_TEAM.tenantId,
    id: DEMO_TEAM.teamId,
    name: DEMO_TEAM.teamName,
    channels: [{ id: DEMO_TEAM.boardChannelId, name: DEMO_TEAM.boardChannelName }],
    members: leads,
  });
  const bots: RunningBot[] = [];
  try {
    for (let n = 0; n < 2; n += 1)
      bots.push(await startBot({ storage, now: NOW, env: { STEWARD_DEMO_LEASE: '2' } }));
    const tables = await openTables({ kind: 'connection', connection: azurite.connectionString });
    const index = await tables.plans.range('index', 'plan|', 'plan}');
    const plan = index[0]?.row.slice('plan|'.length) ?? '';
    const readRows = async (): Promise<Row[]> =>
      (
        await Promise.all([tables.plans.range(plan, '', '\u007f'), tables.plans.range('index', '', '\u007f')])
      ).flat();
    const month = new RealMonth(random, bots, teams, leads, plan, readRows);
    await month.install();
    const calm = weather(random, teams);
    const faults = { slow: 0.3, busy: 0.02, broken: 0.01, resetBefore: 0.01, resetAfter: 0.015, half: 0.005 };
    table.faults = faults;
    queue.faults = faults;
    await month.live();
    calm();
    table.faults = NO_FAULTS;
    queue.faults = NO_FAULTS;
    await month.comeToRest();
    const rows = await readRows();
    const requests = teams.requests.map(requestOf);
    const violations = violationsOf({
      plan,
      rows,
      requests,
      accepted: month.accepted,
      handedOver: [],
      reminded: [],
      openings: month.openings,
      kept: month.kept,
      now: Date.parse(NOW),
      // What the network bunches is no fault of the sender's.
      clocksAgree: false,
    });
    const storageFaults = [...table.count.values(), ...queue.count.values()].reduce((sum, n) => sum + n, 0);
    const counts = {
      kills: month.kills,
      accepted: month.accepted.length,
      requests: requests.length,
      refused: requests.filter(({ status }) => status === null || status >= 400).length,
      storageFaults,
    };
    return { violations: [...month.faults, ...violations], counts };
  } finally {
    await Promise.all(bots.map((bot) => bot.kill()));
    await Promise.all([teams.close(), table.close(), queue.close()]);
    await azurite.stop();
  }
}

class RealMonth {
  readonly accepted: Accepted[] = [];
  readonly openings = new Map<string, { action: string; leads: readonly string[] }[]>();
  readonly kept = new Map<string, string>();
  readonly faults: string[] = [];
  kills = 0;
  private readonly client: BotClient;
  private readonly down = new Set<number>();

  constructor(
    private readonly random: Random,
    private readonly bots: readonly RunningBot[],
    teams: TeamsStandIn,
    private readonly leads: readonly Sender[],
    private readonly plan: string,
    private readonly readRows: () => Promise<Row[]>,
  ) {
    this.client = makeBotClient(() => this.living().url, teams);
  }

  async install(): Promise<void> {
    await this.client.addToTeam(DEMO_OFFICER);
    await this.until(async () =>
      (await this.messages()).some(({ key, state }) => key.startsWith('greeting|') && state === 'sent'),
    );
  }

  /** Opening, replies and closing, while a process is killed now and then. */
  async live(): Promise<void> {
    let isOver = false;
    const reaping = this.reap(() => isOver);
    await this.say('open the September 2023 update');
    await this.until(async () => openingsIn(await this.readRows(), this.plan).length > 0);
    await this.look();
    await Promise.all(this.leads.map((lead) => this.replies(lead)));
    await this.say('close the September 2023 update');
    await this.say('publish the September 2023 update');
    isOver = true;
    await reaping;
  }

  async comeToRest(): Promise<void> {
    const isQuiet = async (): Promise<boolean> => {
      const rows = await this.readRows();
      const line = rows.find(({ partition }) => partition === 'index');
      const states = (await this.messages()).map(({ state }) => state);
      return (
        states.every((state) => !['planned', 'sending', 'throttled'].includes(state)) && !line?.cells.stuckAt
      );
    };
    await this.say('publish the September 2023 update');
    await this.until(isQuiet, 90_000);
  }

  private async reap(isOver: () => boolean): Promise<void> {
    while (!isOver() && this.kills < 4) {
      await pause(this.random.int(100, 2_500));
      const at = this.random.int(0, this.bots.length - 1);
      const bot = this.bots[at];
      if (!bot || this.down.size > 0) continue;
      this.down.add(at);
      await bot.kill();
      this.kills += 1;
      await pause(this.random.int(0, 3_000));
      await startAgain(() => bot.restart(NOW));
      this.down.delete(at);
    }
  }

  private async replies(lead: Sender): Promise<void> {
    const actions = (await this.rowsOf<ActionRow>('action|')).filter(
      ({ status, see, leads, groupLeads }) =>
        status.key !== 'blue' &&
        status.key !== 'grey' &&
        see.length === 0 &&
        (leads.length > 0 ? leads : groupLeads).some(({ name }) => name === lead.name),
    );
    for (const action of actions.slice(0, 4)) await this.reply(lead, action);
  }

  private async reply(lead: Sender, { id, ref, version }: ActionRow): Promise<void> {
    const percent = this.random.int(1, 99);
    const words = `${lead.name} says of ${ref} that it stands at ${percent}: ${this.random.next()}.`;
    const data = {
      ...{ verb: 'save', plan: this.plan, period: PERIOD, action: id, ref, page: 0, version, after: 'list' },
      ...{ anyway: true, status: 'amber', percent: String(percent), narrative: words },
    };
    const press = () => this.client.execute(lead, 'save', data);
    // Now and then Teams delivers a tap twice.
    const answers = await Promise.all(
      this.random.chance(0.2) ? [this.insist(press), this.insist(press)] : [this.insist(press)],
    );
    if (!answers.some((answer) => answer !== null && /Saved|saved already/.test(textOf(answer.card ?? {}))))
      return;
    this.accepted.push({ action: id, period: PERIOD, person: lead.aadObjectId, words, percent, version });
    await this.look();
  }

  private async say(text: string): Promise<void> {
    await this.insist(() => this.client.say(DEMO_OFFICER, text));
  }

  /** Again until it is answered well, some times; a person gives up then. */
  private async insist(act: () => Promise<BotAnswer>): Promise<BotAnswer | null> {
    for (let tries = 0; tries < 12; tries += 1) {
      const answer = await Promise.race([act().catch(() => null), pause(20_000, null)]);
      const isAnswered = answer !== null && answer.status < 300 && !/went wrong/.test(answer.message ?? '');
      if (isAnswered) return answer;
      await pause(this.random.int(100, 800));
    }
    return null;
  }

  private living(): RunningBot {
    const up = this.bots.filter((_, at) => !this.down.has(at));
    return this.random.pick(up.length > 0 ? up : this.bots);
  }

  private async look(): Promise<void> {
    const rows = await this.readRows();
    for (const [name, body] of frozenRows(rows)) if (!this.kept.has(name)) this.kept.set(name, body);
    for (const [period, asked] of openingsIn(rows, this.plan))
      if (!this.openings.has(period)) this.openings.set(period, [...asked]);
  }

  private async messages(): Promise<{ readonly key: string; readonly state: string }[]> {
    return this.rowsOf('message|');
  }

  private async rowsOf<T>(prefix: string): Promise<T[]> {
    const rows = await this.readRows();
    return rows
      .filter(({ partition, row }) => partition === this.plan && row.startsWith(prefix))
      .map(({ cells }) => JSON.parse(String(cells.body0)) as T);
  }

  private async until(look: () => Promise<boolean>, ms = 60_000): Promise<void> {
    const end = Date.now() + ms;
    while (Date.now() < end) {
      if (await look()) return;
      await pause(200);
    }
    this.faults.push(`it did not come about within ${ms / 1000} seconds: ${look.toString().slice(0, 120)}`);
  }
}

/** Makes Teams unwell, as drawn for each request; gives what ends it. */
function weather(random: Random, teams: TeamsStandIn): () => void {
  const faults: readonly (readonly [number, Fault])[] = [
    [0.06, { status: 429, code: 'TooManyRequests', retryAfter: 1 }],
    [0.04, { status: 429, code: 'TooManyRequests' }],
    [0.03, { status: 412, code: 'PreconditionFailed' }],
    [0.02, { status: 502, code: 'BadGateway' }],
    [0.02, { status: 504, code: 'GatewayTimeout', done: true }],
    [0.02, { status: 500, code: 'Lied', done: true }],
    [0.02, 'drop'],
    [0.02, 'lostAnswer'],
    [0.02, 'halfAnswer'],
    [0.005, 'hang'],
  ];
  const lifts = faults.map(([share, fault]) =>
    teams.fail({ when: ({ operation }) => operation !== 'members' && random.chance(share), fault }),
  );
  return () => {
    for (const lift of lifts) lift();
  };
}

function requestOf(recorded: Recorded): Request {
  const { at, operation, method, path, conversation, body, member, status, done } = recorded;
  const said = (body ?? {}) as { summary?: unknown; activity?: { summary?: unknown } };
  const summary = said.activity?.summary ?? said.summary;
  const isAnswer = /\/activities\/[^/]+$/.test(path.split('?')[0] ?? '');
  const kinds = {
    createConversation: 'create',
    send: isAnswer ? 'answer' : 'send',
    update: 'update',
  } as const;
  const person = [DEMO_OFFICER, ...DEMO_LEADS].find(({ id }) => id === member)?.aadObjectId ?? null;
  return {
    at,
    process: '',
    operation: method === 'GET' ? 'read' : (kinds[operation as keyof typeof kinds] ?? 'read'),
    tenant: DEMO_TEAM.tenantId,
    conversation: conversation?.split(';')[0] ?? null,
    person,
    summary: typeof summary === 'string' ? summary : null,
    done,
    status,
  };
}

/** As whatever looks after a process does: where storage does not answer at its start it ends, and is started once more. */
async function startAgain(start: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await start();
      return;
    } catch (error) {
      if (attempt === 10) throw error;
      await pause(200);
    }
  }
}
