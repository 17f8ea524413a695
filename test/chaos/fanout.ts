import { makePlan } from '../../src/app/importPlan';
import type { Clock, Log, Person } from '../../src/app/ports';
import { MemoryQueue } from '../../src/storage/memoryQueue';
import { MemoryTable } from '../../src/storage/memoryTable';
import type { Row } from '../../src/storage/table';
import { assembleBot, wireStores } from '../../src/wiring';
import { mostWithin } from './checker';
import { FakeTeams, type FakeTeamsPerson, type Request } from './fakeTeams';
import { FaultyQueue, FaultyTable, type Mortal, type Sky } from './faultyStorage';
import { Random } from './random';
import { VirtualTime } from './virtualTime';
import { CALM_TEAMS, type Weather } from './weather';

/*
 * A month that opens for very many leads at once, in plans of fifty of one tenant: by several instances, while Teams throttles and fails, and half of
 * the instances are killed in the middle. In virtual time: what is measured is the pace that Steward takes, not the machine's.
 */

const TENANT = 'tenant-1';
const A_PLAN = 50;
/** How far (ms) the clocks of the instances are from the true time at most, and how long a request is on its way: what the rate allows for. */
const SKEW = 20;
const WAY = 20;
/** Teams' own limit for an app in a tenant, in requests a second. */
const PERMITTED = 50;
/** How long (ms) after the first request the instances find what is due. */
const SETTLING = 2_000;
/** How long (ms) storage takes at most to do what it was asked. */
const SLOWEST_STORAGE = 5_000;
/** A moment after the opening of September 2023. */
const OPENED = Date.parse('2023-09-20T08:00:01Z');
const CLOCK: Clock = { now: () => new Date(Date.now()), realNow: () => new Date(Date.now()) };

export interface FanOut {
  readonly leads: number;
  readonly processes: number;
  readonly kills: number;
  /** Share of requests that are throttled. */
  readonly throttled: number;
  /** Share that fails otherwise: of messages without effect and so that it shows, of making a chat in any way. */
  readonly failing: number;
  /** Share of messages whose answer is lost, or tells nothing: nobody but Teams knows whether they arrived. */
  readonly lost: number;
  readonly seed: number;
}

export interface FanOutResult {
  readonly asked: FanOut;
  readonly delivered: number;
  readonly twice: number;
  readonly silent: number;
  readonly unconfirmed: number;
  /** Messages that a killed process was sending, and those of the lost share. */
  readonly inFlightAtKills: number;
  readonly answersLost: number;
  /** Shares of all requests as they came to be. */
  readonly wereThrottled: number;
  readonly didFail: number;
  readonly seconds: number;
  /** Of what Teams permits a tenant in a second: until the kills. */
  readonly shareOfRate: number;
  readonly mostInASecond: number;
  readonly violations: readonly string[];
}

/** Lives through it. Lasts some milliseconds of the machine's time for each lead. */
export async function fanOut(asked: FanOut): Promise<FanOutResult> {
  const random = new Random(asked.seed);
  const time = new VirtualTime(OPENED - 3_600_000);
  const sky: Sky = { time, random, weather: weatherOf(asked) };
  const people = Array.from({ length: asked.leads }, (_, n): FakeTeamsPerson => {
    const id = `lead-${n}`;
    return { id, userId: `29:${id}`, name: `Lead ${n}` };
  });
  const teams = new FakeTeams(
    sky,
    TENANT,
    { id: 'none', name: 'None', channels: [] },
    people,
    () => undefined,
  );
  const tables = { plans: new MemoryTable(), people: new MemoryTable() };
  const queue = new MemoryQueue(() => new Date(time.now));
  const uninstall = time.install(() => random.next());
  const processes: Mortal[] = [];
  let inFlightAtKills = 0;
  let killedAt = 0;
  try {
    const plans = await fill(tables, people);
    time.now = OPENED;
    for (let n = 0; n < asked.processes; n += 1) {
      const process: Mortal = {
        name: `process-${n}`,
        skew: random.int(-SKEW, SKEW),
        dead: false,
        dies: null,
        stalls: null,
        stalledUntil: 0,
      };
      processes.push(process);
      time.as(process, () => startOne(tables, queue, teams, sky, process));
    }
    const end = time.now + asked.leads * 200 + 1_200_000;
    while (time.now < end) {
      await time.advance(1_000);
      const done = teams.log.filter(isPrompt).length;
      const living = processes.filter(({ dead }) => !dead);
      const toKill = asked.kills - (processes.length - living.length);
      if (toKill > 0 && done > asked.leads / 2) {
        killedAt = time.now;
        for (const process of living.slice(0, toKill)) process.dead = true;
        // What they had asked of storage by then arrives yet.
        await time.advance(SLOWEST_STORAGE);
        const dead = new Set(processes.filter((one) => one.dead).map(({ name }) => name));
        const messages = await readMessages(tables.plans, plans);
        inFlightAtKills = messages.filter(
          (message) => isUnderWay(message) && dead.has(message.claimedBy ?? ''),
        ).length;
      }
      if (done >= asked.leads * 0.97 && (await isOver(tables.plans, plans, asked.leads))) break;
    }
    return judge(asked, teams, await readMessages(tables.plans, plans), {
      inFlightAtKills,
      killedAt: killedAt || time.now,
    });
  } finally {
    for (const process of processes) process.dead = true;
    uninstall();
  }
}

function weatherOf({ throttled, failing, lost }: FanOut): Weather {
  const teams = { ...CALM_TEAMS, slow: 0.8, way: WAY, throttles: throttled };
  const quarter = failing / 4;
  return {
    name: 'fan-out',
    storage: { slow: 0.5, busy: 0, lost: 0, repeated: 0, raced: 0 },
    teams: {
      ...teams,
      unreached: failing / 2,
      refuses: failing / 2,
      fails: lost / 4,
      lies: lost / 4,
      hangs: lost / 4,
      breaks: lost / 4,
    },
    // Making a chat twice gives the same one, so that no failure of it is in doubt.
    chats: { ...teams, unreached: quarter, fails: quarter, lies: quarter, breaks: quarter },
  };
}

function startOne(
  tables: { plans: MemoryTable; people: MemoryTable },
  queue: MemoryQueue,
  teams: FakeTeams,
  sky: Sky,
  process: Mortal,
): void {
  const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  assembleBot({
    tables: {
      plans: new FaultyTable(tables.plans, sky, process),
      people: new FaultyTable(tables.people, sky, process),
    },
    queue: new FaultyQueue(queue, sky, process),
    identity: { kind: 'open' },
    clock: CLOCK,
    log: silent,
    play: null,
    instance: process.name,
    wire: teams.wire,
  }).worker.start();
}

/** Plans of fifty leads with an action each, bound to teams of their own, all due to open. */
async function fill(
  tables: { plans: MemoryTable; people: MemoryTable },
  people: readonly FakeTeamsPerson[],
): Promise<string[]> {
  const stores = wireStores(tables, CLOCK);
  const plans: string[] = [];
  for (let from = 0; from < people.length; from += A_PLAN) {
    const leads = people.slice(from, from + A_PLAN);
    const id = `plan-${plans.length}`;
    const made = makePlan(
      {
        plan: { title: `Plan ${plans.length}`, asOf: null },
        groups: [{ ref: '1', title: 'Group 1', leads: [] }],
        actions: leads.map(({ name }, at) => ({
          ref: `1.${at + 1}`,
          group: '1',
          title: `Action ${at + 1}`,
          leads: [{ name, role: null, kind: 'lead' }],
          planned: null,
          revised: null,
          status: { text: 'A', key: 'amber' },
          percent: 50,
          narrative: 'It is under way.',
          barriers: '',
          see: [],
        })),
        measures: [],
        people: [],
        problems: [],
      },
      { id, tenant: TENANT, at: CLOCK.now(), makeId: stores.makeId },
    );
    const team = `19:team-${plans.length}@thread.tacv2`;
    const binding = {
      tenant: TENANT,
      team,
      teamName: 'Team',
      serviceUrl: 'http://127.0.0.1/',
      channel: team,
      channelName: 'General',
      boundAt: '2023-09-01T08:00:00.000Z',
    };
    const records = made.leads.map((record) => {
      const person = leads.find(({ name }) => name === record.lead.name)?.id ?? null;
      return { ...record, person, settled: 'exact' as const };
    });
    await stores.plans.createPlan({ ...made.plan, binding }, made.actions, records, made.parts);
    for (const { id: person, userId, name } of leads) {
      const key = records.find((record) => record.person === person)?.lead.key ?? '';
      const value: Person = {
        id: person,
        tenant: TENANT,
        userId,
        name,
        email: null,
        serviceUrl: 'http://127.0.0.1/',
        conversation: null,
        plans: [{ plan: id, leads: [key], answersFor: [], present: true }],
        unreachable: null,
        welcomed: true,
      };
      await stores.people.savePerson({ value, etag: null });
    }
    await stores.plans.setNextDue(id, new Date(OPENED - 1_000).toISOString());
    plans.push(id);
  }
  return plans;
}

interface PromptRow {
  readonly to: string | null;
  readonly state: string;
  readonly claimedBy: string | null;
  readonly reason: string | null;
}

async function readMessages(table: MemoryTable, plans: readonly string[]): Promise<PromptRow[]> {
  const rows = await Promise.all(
    plans.map((plan) => table.range(plan, 'message|prompt|', 'message|prompt}')),
  );
  return rows.flat().map(({ cells }: Row) => JSON.parse(String(cells.body0)) as PromptRow);
}

/** Claimed by a process that has not written yet what became of it, or taken over from one that was too slow with its lease. */
function isUnderWay({ state, reason }: PromptRow): boolean {
  return state === 'sending' || (state === 'unconfirmed' && reason === 'the process stopped while sending');
}

async function isOver(table: MemoryTable, plans: readonly string[], leads: number): Promise<boolean> {
  const messages = await readMessages(table, plans);
  return (
    messages.length === leads &&
    messages.every(({ state }) => ['sent', 'unreachable', 'unconfirmed'].includes(state))
  );
}

/** Nine tenths, as promised for ten thousand. Among few leads a single slow answer of storage costs a hundredth: it is seen there that the pace is no worse than that. */
function leastShare({ leads }: FanOut): number {
  return leads < 5_000 ? 0.85 : 0.9;
}

function isPrompt({ operation, done, summary }: Request): boolean {
  return operation === 'send' && done && / update: /.test(summary ?? '');
}

function judge(
  asked: FanOut,
  { log, lost, unreached }: FakeTeams,
  messages: readonly PromptRow[],
  kills: { readonly inFlightAtKills: number; readonly killedAt: number },
): FanOutResult {
  const { inFlightAtKills, killedAt } = kills;
  const arrived = new Map<string, number>();
  for (const { person } of log.filter(isPrompt))
    arrived.set(person ?? '', (arrived.get(person ?? '') ?? 0) + 1);
  const twice = [...arrived.values()].filter((times) => times > 1).length;
  const stateOf = new Map(messages.map(({ to, state }) => [to ?? '', state]));
  let silent = 0;
  for (let n = 0; n < asked.leads; n += 1) {
    const state = stateOf.get(`lead-${n}`);
    const came = arrived.get(`lead-${n}`) ?? 0;
    if (state === 'unconfirmed' || (state === 'sent' && came === 1)) continue;
    silent += 1;
  }
  const unconfirmed = messages.filter(({ state }) => state === 'unconfirmed').length;
  const answersLost = [...lost].filter(({ operation }) => operation === 'send').length;
  const wereThrottled = log.filter(({ status }) => status === 412 || status === 429).length;
  const didFail = unreached + lost.size - answersLost + log.filter(({ status }) => status === 503).length;
  const instants = log.map(({ at }) => at);
  const mostInASecond = mostWithin(instants, 1_000);
  const first = instants.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const seconds = (instants.reduce((most, at) => Math.max(most, at), 0) - first) / 1000;
  // While nothing stands in the way: from the third second, when all have found what is due, to the kills.
  const undisturbed = instants.filter((at) => at >= first + SETTLING && at < killedAt).length;
  const shareOfRate = undisturbed / ((killedAt - first - SETTLING) / 1000) / PERMITTED;
  const violations = [
    ...(twice > 0 ? [`${twice} were asked twice`] : []),
    ...(silent > 0 ? [`${silent} were neither asked nor listed`] : []),
    ...(unconfirmed > inFlightAtKills + answersLost
      ? [
          `${unconfirmed} are unconfirmed, while ${inFlightAtKills} were in flight at the kills and ${answersLost} answers were lost`,
        ]
      : []),
    ...(mostInASecond > PERMITTED ? [`${mostInASecond} requests in one second`] : []),
    ...(shareOfRate < leastShare(asked)
      ? [`the pace is ${(shareOfRate * 100).toFixed(0)} % of what is permitted`]
      : []),
  ];
  return {
    asked,
    delivered: [...arrived.values()].reduce((sum, times) => sum + times, 0),
    twice,
    silent,
    unconfirmed,
    inFlightAtKills,
    answersLost,
    wereThrottled: wereThrottled / (log.length + unreached),
    didFail: didFail / (log.length + unreached),
    seconds: Math.round(seconds),
    shareOfRate,
    mostInASecond,
    violations,
  };
}
