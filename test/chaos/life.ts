import { chooseDraft } from '../../src/app/chooseDraft';
import { importPlan } from '../../src/app/importPlan';
import type { Clock, Log } from '../../src/app/ports';
import { keepDraft, maySendPlan } from '../../src/app/receivePlan';
import {
  activityFrom,
  type BotAnswer,
  type Place,
  pressActivity,
  type WireActivity,
} from '../../src/demo/activities';
import type { UnderstoodPlan } from '../../src/domain/understood';
import { MemoryQueue } from '../../src/storage/memoryQueue';
import { MemoryTable } from '../../src/storage/memoryTable';
import type { Row } from '../../src/storage/table';
import { type Assembled, assembleBot, wireStores } from '../../src/wiring';
import { full } from '../app/understoodPlans';
import {
  type Accepted,
  type Evidence,
  frozenRows,
  type HandedOver,
  openingsIn,
  type RemindedAt,
  violationsOf,
} from './checker';
import { FakeTeams } from './fakeTeams';
import { FaultyQueue, FaultyTable, type Mortal, type Sky } from './faultyStorage';
import { idOf, laterPlan, makePlanOf, NAMES } from './plan';
import { Random } from './random';
import { VirtualTime } from './virtualTime';
import { CALM, WEATHERS } from './weather';

const TENANT = 'tenant-1';
const TEAM = '19:team@thread.tacv2';
const BOARD = '19:board@thread.tacv2';
const OFFICER = NAMES[0];
const CHANNEL = { serviceUrl: 'http://127.0.0.1/', tenantId: TENANT, botId: '28:steward' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long (ms) a reminder may be on its way from its making to its delivery: as long as a process may stand still, and some more. */
const CROSSING = 240_000;

/** The present process's own clock. */
const CLOCK: Clock = { now: () => new Date(Date.now()), realNow: () => new Date(Date.now()) };

/** Where lives begin: before a change of the clocks both ways, a leap day, Easter at a month's end, Christmas, an ordinary month. */
const BEGINNINGS = [
  '2023-09-18T08:00:00Z',
  '2023-10-18T08:00:00Z',
  '2023-12-18T09:00:00Z',
  '2024-02-19T09:00:00Z',
  '2024-03-18T09:00:00Z',
  '2024-10-17T08:00:00Z',
];

/** What came of a life. */
export interface Outcome {
  readonly seed: number;
  readonly violations: readonly string[];
  /** What happened, line by line. */
  readonly story: readonly string[];
  readonly counts: {
    readonly steps: number;
    readonly kills: number;
    readonly accepted: number;
    readonly requests: number;
    readonly months: number;
    readonly published: number;
  };
}

interface Living {
  readonly process: Mortal;
  readonly bot: Assembled;
}

/** One life of a plan with several instances, in which everything happens that a seed says. */
export async function live(seed: number): Promise<Outcome> {
  const life = new Life(seed);
  return life.run();
}

class Life {
  private readonly random: Random;
  private readonly time: VirtualTime;
  private readonly sky: Sky;
  private readonly teams: FakeTeams;
  private readonly plans = new MemoryTable();
  private readonly people = new MemoryTable();
  private readonly queue: MemoryQueue;
  private readonly instances: (Living | null)[] = [];
  private readonly skews: readonly number[];
  private readonly story: string[] = [];
  private readonly accepted: Accepted[] = [];
  private readonly handedOver: HandedOver[] = [];
  private readonly reminded: RemindedAt[] = [];
  private readonly openings = new Map<string, { action: string; leads: readonly string[] }[]>();
  private readonly kept = new Map<string, string>();
  private readonly background: Promise<unknown>[] = [];
  private understood: UnderstoodPlan;
  private plan = '';
  private words = 0;
  private ids = 0;
  private starts = 0;
  private kills = 0;
  private readonly begin: number;

  constructor(private readonly seed: number) {
    this.random = new Random(seed);
    this.begin = Date.parse(this.random.pick(BEGINNINGS)) + this.random.int(0, DAY);
    this.time = new VirtualTime(this.begin);
    this.sky = { time: this.time, random: this.random, weather: CALM };
    this.queue = new MemoryQueue(() => new Date(this.time.now));
    const far = this.random.chance(0.3);
    this.skews = [0, 0, 0].map(() => (far ? this.random.int(-4_000, 4_000) : 0));
    this.understood = makePlanOf(this.random);
    const roster = NAMES.map((name) => ({ id: idOf(name), userId: `29:${idOf(name)}`, name }));
    this.teams = new FakeTeams(
      this.sky,
      TENANT,
      { id: TEAM, name: 'Improvement Board', channels: [TEAM, BOARD] },
      roster,
      (request) => {
        if (!request.summary?.startsWith('Reminder')) return;
        const crossing = this.time.momentAgo(CROSSING);
        this.background.push(
          this.plans
            .range(this.plan, '', '\uffff')
            .then((rows) => this.reminded.push({ request, rows, crossing })),
        );
      },
    );
  }

  async run(): Promise<Outcome> {
    const uninstall = this.time.install(() => this.random.next());
    const steps = this.random.int(15, 60);
    const faults: string[] = [];
    try {
      await this.start();
      for (let step = 0; step < steps; step += 1) {
        await this.step();
        await this.look();
      }
      await this.comeToRest();
      // Word of who came or left may have been lost; within a day the roster is looked at.
      this.tell('---- a day passes');
      this.time.jump(25 * HOUR);
      await this.comeToRest();
      faults.push(...violationsOf(await this.evidence()));
      faults.push(...(await this.wrongMembers()));
      const team = await this.people.read(TENANT, `team|${TEAM}`);
      if (!String(team?.cells.body0).includes('"state":"settled"'))
        faults.push('the team is not settled when all is quiet');
    } catch (error) {
      faults.push(`it broke off: ${error instanceof Error ? error.stack : String(error)}`);
    } finally {
      await this.stop();
      uninstall();
    }
    const months = await this.plans.range(this.plan, 'cycle|', 'cycle}');
    return {
      seed: this.seed,
      violations: faults,
      story: this.story,
      counts: {
        steps,
        kills: this.kills,
        accepted: this.accepted.length,
        requests: this.teams.log.length,
        months: months.length,
        published: months.filter(({ cells }) => cells.state === 'published').length,
      },
    };
  }

  // ---- Instances

  private async start(): Promise<void> {
    const stores = wireStores({ plans: this.plans, people: this.people }, CLOCK);
    const loaded = await importPlan({ ...stores, makeId: () => this.makeId() }, this.understood, null);
    if (loaded.outcome !== 'loaded') throw new Error('the plan was refused');
    this.plan = loaded.plan.id;
    const stored = await stores.plans.readPlan(this.plan);
    if (stored && this.random.chance(0.4)) {
      const calendar = { ...stored.value.calendar, publishes: 'itself' as const };
      await stores.plans.savePlan({ ...stored, value: { ...stored.value, calendar } });
    }
    const count = this.random.int(1, 3);
    for (let at = 0; at < count; at += 1) this.startInstance(at);
    await this.time.advance(1_000);
    const place: Place = { kind: 'channel', team: TEAM, channel: TEAM };
    const event = activityFrom(CHANNEL, this.sender(OFFICER), place, {
      type: 'conversationUpdate',
      membersAdded: [{ id: CHANNEL.botId }],
      channelData: {
        tenant: { id: TENANT },
        team: { id: TEAM, name: 'Improvement Board' },
        eventType: 'teamMemberAdded',
        channel: { id: TEAM },
      },
    });
    await this.insist(() => event, 'adds Steward to the team');
    await this.time.advance(20_000);
  }

  private startInstance(at: number): void {
    this.starts += 1;
    const process: Mortal = {
      name: `process-${this.starts}`,
      skew: this.skews[at] ?? 0,
      dead: false,
      dies: null,
      stalls: null,
      stalledUntil: 0,
    };
    const bot = this.time.as(process, () => {
      const assembled = assembleBot({
        tables: {
          plans: new FaultyTable(this.plans, this.sky, process),
          people: new FaultyTable(this.people, this.sky, process),
        },
        queue: new FaultyQueue(this.queue, this.sky, process),
        identity: { kind: 'open' },
        clock: CLOCK,
        log: this.logOf(process),
        play: null,
        instance: process.name,
        wire: this.teams.wire,
        makeId: () => this.makeId(),
      });
      assembled.worker.start();
      return assembled;
    });
    this.instances[at] = { process, bot };
  }

  private kill(at: number): void {
    const instance = this.instances[at];
    if (!instance || instance.process.dead) return;
    instance.process.dead = true;
    this.tell(`${instance.process.name} is killed`);
  }

  /** Puts a new process in the place of each that is dead. */
  private revive(): void {
    for (const [at, instance] of this.instances.entries()) {
      if (!instance?.process.dead) continue;
      this.kills += 1;
      this.startInstance(at);
      this.tell(`${instance.process.name} is followed by ${this.instances[at]?.process.name}`);
    }
  }

  private async stop(): Promise<void> {
    for (const instance of this.instances) if (instance) instance.process.dead = true;
    await this.time.advance(1);
  }

  private logOf({ name }: Mortal): Log {
    const line = (facts: Readonly<Record<string, unknown>>, event: string) =>
      this.tell(`  [${name}] ${event} ${JSON.stringify(facts).slice(0, 300)}`);
    return { info: line, warn: line, error: line };
  }

  // ---- What happens

  private async step(): Promise<void> {
    const { random } = this;
    if (random.chance(0.5)) this.revive();
    await random.weighted<() => Promise<void>>([
      [14, () => this.reply()],
      [4, () => this.replyTogether()],
      [3, () => this.say(OFFICER, `open the ${this.nameOf(this.month(random.chance(0.15) ? 1 : 0))} update`)],
      [1, () => this.say(OFFICER, `close the ${this.nameOf(this.month(0))} update`)],
      [
        3,
        () => this.say(OFFICER, `publish the ${this.nameOf(this.month(random.chance(0.2) ? -1 : 0))} update`),
      ],
      [1, () => this.say(OFFICER, 'publish again')],
      [2, () => this.say(OFFICER, "remind everyone who hasn't replied")],
      [3, () => this.handOver()],
      [2, () => this.cover()],
      [3, () => this.say(random.pick(NAMES), 'undo')],
      [1, () => this.postHere()],
      [2, () => this.reload()],
      [2, () => this.membership()],
      [1, async () => this.shut()],
      [5, async () => this.killSomehow()],
      [3, async () => this.stall()],
      [4, async () => this.changeWeather()],
      [6, () => this.wait(random.int(1, 90) * 1_000)],
      [4, () => this.wait(random.int(2, 50) * MINUTE)],
      [6, () => this.sleep(random.int(1, 30) * HOUR)],
      [4, () => this.sleep(random.int(1, 12) * DAY)],
      [2, () => this.sleepOverMonthEnd()],
      [6, () => this.sleepUntilDue()],
    ])();
  }

  private async reply(): Promise<void> {
    const pressed = await this.makeReply();
    if (!pressed) return;
    const { random } = this;
    if (random.chance(0.15)) {
      // Teams delivers the same tap twice, perhaps to two instances.
      await Promise.all([
        this.press(pressed),
        this.time.until(this.post(pressed.activity), 14_000).catch(() => null),
      ]);
      return;
    }
    // It was in the phone's pocket for a while: others may have written since, or the month be over.
    if (random.chance(0.15)) await this.wait(random.int(1, 240) * MINUTE);
    await this.press(pressed);
    // And once more, later: the answer had come too late for the phone.
    if (random.chance(0.1)) await this.press(pressed);
  }

  /** Several people press at the same moment, two of them perhaps for the same action. */
  private async replyTogether(): Promise<void> {
    const all = [];
    for (let n = this.random.int(2, 4); n > 0; n -= 1) {
      const pressed = await this.makeReply();
      if (pressed) all.push(pressed);
    }
    await Promise.all(all.map((pressed) => this.press(pressed)));
  }

  private async makeReply(): Promise<{ activity: WireActivity; reply: Accepted } | null> {
    const { random } = this;
    const actions = (await this.rowsOf('action|')) as {
      id: string;
      ref: string;
      version: number;
      leads: { name: string }[];
      groupLeads: { name: string }[];
    }[];
    const action = random.pick(actions);
    const leads = (action.leads.length > 0 ? action.leads : action.groupLeads).map(({ name }) => name);
    const known = leads.filter((name) => (NAMES as readonly string[]).includes(name));
    const name = known.length > 0 && random.chance(0.9) ? random.pick(known) : random.pick(NAMES);
    const period = (await this.latest()) ?? this.month(0);
    const version = Math.max(0, action.version - (random.chance(0.12) ? 1 : 0));
    const person = idOf(name);
    const common = {
      plan: this.plan,
      period,
      action: action.id,
      ref: action.ref,
      page: 0,
      version,
      ...(this.hasPrompt(person, period) ? { message: `prompt|${period}|${person}` } : {}),
    };
    if (random.chance(0.2)) {
      const activity = this.pressOf(name, 'noChange', { verb: 'noChange', ...common });
      return { activity, reply: { action: action.id, period, person, words: null, percent: null, version } };
    }
    this.words += 1;
    const percent = random.int(0, 100);
    const status = percent === 100 ? 'blue' : random.pick(['red', 'amber', 'amber', 'green']);
    const words = `Word ${this.words} of what was said: the work stands at ${percent}.`;
    const more = status === 'red' ? { barriers: 'Nobody has agreed to pay.', ask: 'Agree who pays.' } : {};
    const data = {
      verb: 'save',
      ...common,
      after: 'list',
      anyway: true,
      status,
      percent: String(percent),
      narrative: words,
      ...more,
    };
    return {
      activity: this.pressOf(name, 'save', data),
      reply: { action: action.id, period, person, words, percent, version },
    };
  }

  /** Whether a prompt is in somebody's chat, whatever Steward knows of it: they press its buttons then. */
  private hasPrompt(person: string, period: string): boolean {
    const begins = `${this.nameOf(period)} update: `;
    return this.teams.log.some(
      ({ operation, done, summary, ...request }) =>
        operation === 'send' && done && request.person === person && summary?.startsWith(begins),
    );
  }

  /** Presses until an answer comes, as people do, and notes what was promised. */
  private async press({ activity, reply }: { activity: WireActivity; reply: Accepted }): Promise<void> {
    const what = `${reply.person} replies for ${reply.action} of version ${reply.version} in ${reply.period}: ${reply.words ?? 'no change'}`;
    const body = await this.insist(() => activity, what);
    const note = JSON.stringify(body ?? {});
    if (!/(Saved|saved already)/.test(note) || /Not saved/.test(note)) return;
    this.tell(`  … saved`);
    if (
      !this.accepted.some(
        (one) =>
          one.words === reply.words &&
          one.action === reply.action &&
          one.version === reply.version &&
          one.person === reply.person,
      )
    )
      this.accepted.push(reply);
  }

  private async handOver(): Promise<void> {
    const { random } = this;
    const actions = (await this.rowsOf('action|')) as { id: string; ref: string }[];
    const action = random.pick(actions);
    const to = random.pick(NAMES);
    const sent = this.teams.log.length;
    await this.say(OFFICER, `hand ${action.ref} to ${to}`);
    const answered = this.teams.log
      .slice(sent)
      .some(({ summary }) => summary?.includes(`I am telling ${to}`) && summary.startsWith(action.ref));
    const same = actions.filter(({ ref }) => ref === action.ref);
    if (answered && same.length === 1) this.handedOver.push({ action: action.id, to: idOf(to) });
  }

  private async cover(): Promise<void> {
    const { random } = this;
    const until = new Date(this.time.now + random.int(1, 20) * DAY);
    const day = until.toLocaleDateString('en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
    await this.say(random.pick(NAMES), `${random.pick(NAMES)} covers for me until ${day}`);
  }

  private async postHere(): Promise<void> {
    const place: Place = { kind: 'channel', team: TEAM, channel: BOARD };
    await this.insist(
      () =>
        activityFrom(CHANNEL, this.sender(OFFICER), place, {
          type: 'message',
          text: 'post the summary here',
        }),
      'post the summary here',
    );
  }

  /** The officer sends a later version of the plan and confirms it; reading the file itself is tested elsewhere. */
  private async reload(): Promise<void> {
    const { random } = this;
    const instance = this.livingOne();
    if (!instance) return;
    const { deps } = instance.bot;
    const later = laterPlan(this.understood, random, this.month(0) as `${number}-${number}`);
    const caller = {
      tenant: TENANT,
      objectId: idOf(OFFICER),
      userId: `29:${idOf(OFFICER)}`,
      name: OFFICER,
      serviceUrl: CHANNEL.serviceUrl,
    };
    const kept = await this.time
      .until(
        this.time.as(instance.process, async () => {
          const plan = await deps.plans.readPlan(this.plan);
          const may = await maySendPlan(deps, caller, plan?.value ?? null);
          const sent = may.may ? await keepDraft(deps, caller, may, 'tracker.xlsx', full(later)) : null;
          // An earlier file still waits: the later one is meant.
          return sent && 'later' in sent
            ? chooseDraft(deps, caller.tenant, sent.present.person, sent.later.id)
            : sent;
        }),
        30_000,
      )
      .catch(() => null);
    if (!kept) return this.tell('a later plan could not be sent');
    this.understood = later;
    const missing = random.pick(['keep', 'leave']);
    const data = { verb: 'draftLoad', draft: kept.id, missing, answered: random.pick(['ours', 'file']) };
    await this.insist(
      () => this.pressOf(OFFICER, 'draftLoad', data),
      `a later plan is confirmed (${missing})`,
    );
  }

  private async membership(): Promise<void> {
    const { random } = this;
    const gone = random.pick(NAMES.slice(1));
    const isThere = this.teams.roster.some(({ name }) => name === gone);
    const person = { id: idOf(gone), userId: `29:${idOf(gone)}`, name: gone };
    this.teams.roster = isThere
      ? this.teams.roster.filter(({ name }) => name !== gone)
      : [...this.teams.roster, person];
    const place: Place = { kind: 'channel', team: TEAM, channel: TEAM };
    const members = [{ id: person.userId, aadObjectId: person.id }];
    await this.insist(
      () =>
        activityFrom(CHANNEL, this.sender(OFFICER), place, {
          type: 'conversationUpdate',
          ...(isThere ? { membersRemoved: members } : { membersAdded: members }),
          channelData: {
            tenant: { id: TENANT },
            team: { id: TEAM, name: 'Improvement Board' },
            eventType: isThere ? 'teamMemberRemoved' : 'teamMemberAdded',
            channel: { id: TEAM },
          },
        }),
      `${gone} ${isThere ? 'leaves' : 'joins'}`,
    );
  }

  private shut(): void {
    const { random, teams } = this;
    const person = idOf(random.pick(NAMES.slice(1)));
    if (teams.closed.delete(person)) {
      this.tell(`${person} can be reached again`);
      return;
    }
    const code = random.pick([
      'MessageWritesBlocked',
      'BotNotInConversationRoster',
      'ConversationBlockedByUser',
    ]);
    teams.closed.set(person, code);
    this.tell(`${person} can't be reached: ${code}`);
  }

  private killSomehow(): void {
    const { random } = this;
    const at = random.int(0, this.instances.length - 1);
    if (random.chance(0.3)) {
      this.kill(at);
      return;
    }
    const instance = this.instances[at];
    if (!instance || instance.process.dead) return;
    instance.process.dies = { writes: random.int(1, 25), kept: random.chance(0.5) };
    this.tell(
      `${instance.process.name} dies in ${instance.process.dies.writes} writes, kept: ${instance.process.dies.kept}`,
    );
  }

  /** A process stands still by itself for a while, mostly longer than its leases last, and then goes on as if nothing had been. */
  private stall(): void {
    const { random } = this;
    const instance = this.instances[random.int(0, this.instances.length - 1)];
    if (!instance || instance.process.dead) return;
    const stalls = { writes: random.int(1, 20), ms: random.int(5, 150) * 1_000 };
    instance.process.stalls = stalls;
    this.tell(
      `${instance.process.name} stands still in ${stalls.writes} writes for ${stalls.ms / 1000} seconds`,
    );
  }

  private changeWeather(): void {
    this.sky.weather = this.random.pick(WEATHERS);
    this.tell(`the weather: ${this.sky.weather.name}`);
  }

  private async wait(ms: number): Promise<void> {
    this.tell(`${Math.round(ms / 1000)} seconds pass`);
    // Hours are long: the first and the last minutes of them are lived through.
    if (ms > 20 * MINUTE) {
      await this.time.advance(5 * MINUTE);
      this.time.jump(ms - 10 * MINUTE);
      await this.time.advance(5 * MINUTE);
    } else await this.time.advance(ms);
  }

  private async sleep(ms: number): Promise<void> {
    this.tell(`the machines sleep for ${(ms / HOUR).toFixed(1)} hours`);
    this.time.jump(ms);
    this.tell(`it is ${new Date(this.time.now).toISOString()}`);
    if (this.random.chance(0.7)) this.revive();
    await this.time.advance(this.random.int(1, 120) * 1_000);
  }

  private async sleepOverMonthEnd(): Promise<void> {
    const now = new Date(this.time.now);
    const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1, 0, 0, 0);
    await this.sleep(next - this.time.now + this.random.int(-120, 120) * MINUTE);
  }

  /** To about the moment at which something is due: a little before it, a little after, or to the second. */
  private async sleepUntilDue(): Promise<void> {
    const line = await this.plans.read('index', `plan|${this.plan}`);
    const due = Date.parse(String(line?.cells.nextDue ?? ''));
    if (Number.isNaN(due) || due <= this.time.now) return this.wait(MINUTE);
    await this.sleep(Math.max(1_000, due - this.time.now + this.random.pick([-2_000, 0, 500, 3 * MINUTE])));
  }

  private async comeToRest(): Promise<void> {
    this.tell('---- all is calm again');
    this.sky.weather = CALM;
    for (const instance of this.instances)
      if (instance) Object.assign(instance.process, { dies: null, stalls: null });
    this.revive();
    for (let minutes = 0; minutes < 90; minutes += 5) {
      await this.time.advance(5 * MINUTE);
      if (minutes >= 10 && (await this.isQuiet())) break;
    }
  }

  /** Who is taken for a member of the team and is none, or the other way round. */
  private async wrongMembers(): Promise<string[]> {
    const present = new Set(this.teams.roster.map(({ name }) => name));
    const rows = await Promise.all(NAMES.map((name) => this.people.read(TENANT, `person|${idOf(name)}`)));
    return NAMES.filter((name, at) => {
      const isKnown = String(rows[at]?.cells.body0).includes('"present":true');
      return isKnown !== present.has(name);
    }).map((name) => `${name} ${present.has(name) ? 'came to' : 'left'} the team, and Steward does not know`);
  }

  private async isQuiet(): Promise<boolean> {
    const messages = (await this.rowsOf('message|')) as { state: string }[];
    const line = await this.plans.read('index', `plan|${this.plan}`);
    const due = String(line?.cells.nextDue ?? '');
    const isLate = due !== '' && Date.parse(due) < this.time.now;
    return (
      !isLate &&
      !line?.cells.stuckAt &&
      messages.every(({ state }) => !['planned', 'sending', 'throttled'].includes(state))
    );
  }

  // ---- Talking to Steward

  private async say(name: string, text: string): Promise<void> {
    const place: Place = { kind: 'personal', conversation: this.teams.chatOf(idOf(name)) };
    await this.insist(
      () => activityFrom(CHANNEL, this.sender(name), place, { type: 'message', text }),
      `${name} says: ${text}`,
    );
  }

  private pressOf(name: string, verb: string, data: Readonly<Record<string, unknown>>): WireActivity {
    const place: Place = { kind: 'personal', conversation: this.teams.chatOf(idOf(name)) };
    return pressActivity(CHANNEL, this.sender(name), place, verb, data);
  }

  /** Sends an activity again until some instance answers, a few times; gives the answer's body. */
  private async insist(make: () => WireActivity, what: string): Promise<BotAnswer['body'] | null> {
    this.tell(what);
    const activity = make();
    for (let tries = 0; tries < 4; tries += 1) {
      const answer = await this.time.until(this.post(activity), 15_000);
      if (answer) return answer.body ?? null;
      this.tell('  … no answer');
      if (this.random.chance(0.6)) this.revive();
      await this.time.advance(this.random.int(200, 4_000));
    }
    return null;
  }

  private async post(activity: WireActivity): Promise<{ status: number; body?: unknown } | null> {
    const instance = this.livingOne();
    if (!instance) return null;
    const { process, bot } = instance;
    try {
      return await this.time.as(process, () => bot.turn(JSON.parse(JSON.stringify(activity)) as object));
    } catch (error) {
      this.tell(`  … the turn failed: ${String(error)}`);
      return null;
    }
  }

  private livingOne(): Living | null {
    const living = this.instances.flatMap((instance) =>
      instance && !instance.process.dead ? [instance] : [],
    );
    return living.length > 0 ? this.random.pick(living) : null;
  }

  // ---- Looking

  /** Keeps what must not change any more, and who was to be asked. */
  private async look(): Promise<void> {
    const rows = await this.plans.range(this.plan, '', '\uffff');
    for (const [name, body] of frozenRows(rows)) if (!this.kept.has(name)) this.kept.set(name, body);
    for (const [period, asked] of openingsIn(rows, this.plan))
      if (!this.openings.has(period)) this.openings.set(period, [...asked]);
  }

  private async evidence(): Promise<Evidence> {
    await Promise.all(this.background);
    const rows = await Promise.all([
      this.plans.range(this.plan, '', '\uffff'),
      this.plans.range('index', '', '\uffff'),
    ]);
    return {
      plan: this.plan,
      rows: rows.flat(),
      requests: this.teams.log,
      accepted: this.accepted,
      handedOver: this.handedOver,
      reminded: this.reminded,
      openings: this.openings,
      kept: this.kept,
      now: this.time.now,
      clocksAgree: this.skews.every((skew) => skew === 0),
    };
  }

  private async rowsOf(prefix: string): Promise<unknown[]> {
    const rows: Row[] = await this.plans.range(this.plan, prefix, `${prefix.slice(0, -1)}}`);
    return rows.map(({ cells }) => JSON.parse(String(cells.body0)) as unknown);
  }

  private async latest(): Promise<string | null> {
    const row = await this.plans.read(this.plan, 'plan');
    return row ? (JSON.parse(String(row.cells.body0)) as { latest: string | null }).latest : null;
  }

  private month(shift: number): string {
    const now = new Date(this.time.now);
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + shift, 15)).toISOString().slice(0, 7);
  }

  private nameOf(period: string): string {
    return new Date(`${period}-15T12:00:00Z`).toLocaleDateString('en-GB', {
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
  }

  private sender(name: string) {
    return { id: `29:${idOf(name)}`, aadObjectId: idOf(name), name };
  }

  private makeId(): string {
    this.ids += 1;
    return `id${this.seed}-${this.ids}`;
  }

  private tell(line: string): void {
    this.story.push(`${new Date(this.time.now).toISOString()} ${line}`);
  }
}
