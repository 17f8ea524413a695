import { randomBytes, randomUUID } from 'node:crypto';
import { TableClient } from '@azure/data-tables';
import { DefaultAzureCredential } from '@azure/identity';
import { QueueServiceClient } from '@azure/storage-queue';
import type { Server } from 'restify';
import type { Clock, Content, Deps, Log, WorkQueue } from './app/ports';
import { makeComposer } from './cards/composer';
import { parseTemplates } from './cards/template';
import { faultOfConnection, type Storage } from './config';
import type { Plan } from './domain/plan';
import { LIMITS, type Limits, makeLimiter, NO_LIMITS } from './http/limits';
import { readiness } from './http/readiness';
import { type Listening, startServer } from './http/server';
import { planReader } from './plans/planReader';
import { bankHolidaysOf } from './schedule/bankHolidays';
import { makeWorker, type Pace, type Worker } from './schedule/worker';
import { openQueue } from './storage/azureQueue';
import { AzureTable, ensureTable } from './storage/azureTable';
import { TableDraftStore } from './storage/draftStore';
import { TableInstanceStore } from './storage/instanceStore';
import { TableLeaseStore } from './storage/leaseStore';
import { TableMeasureStore } from './storage/measureStore';
import { TableMonthStore } from './storage/monthStore';
import { TablePeopleStore } from './storage/peopleStore';
import { TablePlanStore } from './storage/planStore';
import { TableReadStore } from './storage/readStore';
import { TableReloadStore } from './storage/reloadStore';
import { TableRetentionStore } from './storage/retentionStore';
import { bringUpToDate } from './storage/schema';
import { TableSlotStore } from './storage/slotStore';
import type { Table } from './storage/table';
import { type Identity, StewardAdapter, type TurnAnswer } from './teams/adapter';
import { makeBudget } from './teams/budget';
import { type Admission, refusalOf } from './teams/gate';
import { type Issuer, makeTokenCheck } from './teams/inboundToken';
import { makeMemory, makeOnce } from './teams/memory';
import { makeMessenger } from './teams/messenger';
import { makeOutbound } from './teams/outbound';
import type { Wire } from './teams/request';
import { runTurn, type TurnDeps } from './teams/turn';
import { NO_TELEMETRY, type Telemetry } from './telemetry/telemetry';
import { english, type Words } from './words/words';

/** Where open mode listens, and nowhere else. */
const LOOPBACK = '127.0.0.1';

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date(), realNow: () => new Date() };

/** A clock that says `start` now and runs on from there. */
export function clockFrom(start: Date): Clock {
  const ahead = start.getTime() - Date.now();
  return { now: () => new Date(Date.now() + ahead), realNow: () => new Date() };
}

/** The two tables, made where they do not exist yet. */
export interface Tables {
  readonly plans: Table;
  readonly people: Table;
}

/** Opens storage, in the form that this program writes. Throws what the storage client throws when it can't be reached, and `NewerSchema`. */
export async function openTables(storage: Storage): Promise<Tables> {
  const open = async (name: string): Promise<Table> => {
    const client = tableClient(storage, name);
    await ensureTable(client);
    return new AzureTable(client);
  };
  const [plans, people] = await Promise.all([open('plans'), open('people')]);
  await bringUpToDate({ plans, people });
  return { plans, people };
}

/** Opens the queue of nudges, in the same account as the tables. Throws what the storage client throws when it can't be reached. */
export async function openWorkQueue(storage: Storage): Promise<WorkQueue> {
  if (storage.kind === 'connection')
    return openQueue(QueueServiceClient.fromConnectionString(sound(storage.connection)));
  const url = `https://${storage.account}.queue.core.windows.net`;
  return openQueue(new QueueServiceClient(url, new DefaultAzureCredential()));
}

/** What plans are kept with: all that the command line needs. */
export function wireStores(tables: Tables, clock: Clock) {
  return {
    plans: new TablePlanStore(tables.plans),
    months: new TableMonthStore(tables.plans),
    measures: new TableMeasureStore(tables.plans),
    people: new TablePeopleStore(tables.people),
    leases: new TableLeaseStore(tables.plans, clock.realNow),
    instances: new TableInstanceStore(tables.plans),
    drafts: new TableDraftStore(tables.plans),
    reloads: new TableReloadStore(tables.plans),
    retention: new TableRetentionStore(tables.plans),
    reads: new TableReadStore(tables.plans),
    clock,
    makeId,
  };
}

/** Ids of 128 random bits, in letters that are safe in table keys. */
export function makeId(): string {
  return randomBytes(16).toString('hex');
}

/** A running bot. */
export interface RunningBot {
  readonly deps: TurnDeps;
  readonly server: Server;
  /** Takes an activity as if Teams had sent it: the demo's own way in. */
  receive(activity: object): Promise<void>;
  /** Takes no more, finishes what is in flight. */
  stop(): Promise<void>;
}

/** What a bot is put together from. */
export interface Parts {
  readonly tables: Tables;
  readonly queue: WorkQueue;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly log: Log;
  readonly play: TurnDeps['play'];
  /** Counts and times; nothing where it is not given. `log` is its already. */
  readonly telemetry?: Telemetry;
  /** What it speaks; British English where it is not given. */
  readonly words?: Words;
  /** See {@link Deps.leaseSeconds}. */
  readonly leaseSeconds?: number;
  /** How often the worker looks for what is due. */
  readonly pace?: Pace;
  /** Names the instance; a name that nobody else has unless one is given. */
  readonly instance?: string;
  /** What makes the requests to Teams; Node's own client unless it is given. */
  readonly wire?: Wire;
  /** Makes ids; random ones unless it is given. */
  readonly makeId?: () => string;
}

/** A bot without its server. */
export interface Assembled {
  readonly deps: TurnDeps;
  readonly worker: Worker;
  /** Does what an activity that was let in means, and gives what its request is answered with. */
  turn(activity: object): Promise<TurnAnswer>;
}

/** Puts the bot together: data → use cases → turns. Nothing runs yet. */
export function assembleBot(parts: Parts): Assembled {
  const { queue, identity, clock, log, telemetry = NO_TELEMETRY, words = english } = parts;
  const tables: Tables = {
    plans: telemetry.table('plans', parts.tables.plans),
    people: telemetry.table('people', parts.tables.people),
  };
  const budget = makeBudget(new TableSlotStore(tables.plans, clock.realNow), log);
  const outbound = makeOutbound(identity.kind === 'open', budget, parts.wire);
  const adapter = new StewardAdapter(identity, outbound);
  const stores = { ...wireStores(tables, clock), ...(parts.makeId ? { makeId: parts.makeId } : {}) };
  const deps: Deps = {
    ...stores,
    queue,
    reader: planReader(),
    messenger: makeMessenger(adapter, budget),
    composer: makeComposer(stores, words),
    isBankHoliday: bankHolidaysOf('England'),
    log,
    instance: parts.instance ?? randomUUID(),
    ...(parts.leaseSeconds === undefined ? {} : { leaseSeconds: parts.leaseSeconds }),
  };
  const worker: Worker = makeWorker(deps, (told, plan) => tellTeam(told, plan, words), parts.pace);
  const turnDeps: TurnDeps = {
    ...deps,
    words,
    memory: makeMemory(clock.realNow),
    shared: makeOnce(clock.realNow),
    advance: worker.advance,
    settleTeams: worker.settleTeams,
    play: parts.play,
    openMode: identity.kind === 'open',
  };
  return {
    deps: turnDeps,
    worker,
    turn: (activity) =>
      telemetry.turn(activity, () => adapter.run(activity, (context) => runTurn(turnDeps, context))),
  };
}

/** Puts the bot together and starts it: data → use cases → turns → server, in this order. */
export async function startBot(
  options: Parts & {
    /** Ids of the tenants that may speak to Steward, in lower case; the demo's open mode takes any. */
    readonly tenants: readonly string[];
    readonly host: string;
    readonly port: number;
    /** Who signs what comes in: Microsoft's public cloud unless code says otherwise. No setting does. */
    readonly issuer?: Issuer;
    readonly limits?: Limits;
    readonly patience?: Listening['patience'];
    readonly floodMs?: Listening['floodMs'];
    /** Awaited before the first activity is taken: the demo installs itself then, when somebody looks. */
    readonly beforeFirst?: (bot: RunningBot) => Promise<void>;
  },
): Promise<RunningBot> {
  const { tables, queue, identity, log } = options;
  const { deps: turnDeps, worker, turn } = assembleBot(options);
  const open = identity.kind === 'open';
  if (open && options.host !== LOOPBACK) throw new Error(`open mode listens on ${LOOPBACK} alone`);
  const checkToken = open ? null : makeTokenCheck(identity.appId, options.issuer);
  const rules = { tenants: open ? null : new Set(options.tenants) };
  const mayTake = makeLimiter(options.limits ?? (open ? NO_LIMITS : LIMITS));
  let first: Promise<void> | null = null;
  const server = await startServer<Admission>(
    {
      admit: async (authorization) =>
        checkToken ? checkToken(authorization) : { outcome: 'good', proof: { kind: 'open' } },
      turn: async (admission, activity) => {
        // Who would answer elsewhere, or comes from elsewhere: no handler and no storage is touched.
        const why = refusalOf(activity, admission, rules);
        if (why) {
          log.warn({ why }, 'an activity was turned away');
          return { status: why === 'no activity' ? 400 : 403 };
        }
        const retryAfter = await mayTake(callerOf(activity));
        if (retryAfter !== null) return { status: 429, retryAfter };
        first ??= options.beforeFirst?.(bot) ?? Promise.resolve();
        await first;
        return turn(activity);
      },
      ready: () =>
        readiness({
          tables: async () => {
            await tables.plans.read('index', 'ready');
          },
          queue: () => queue.ping(),
        }),
    },
    {
      host: options.host,
      port: options.port,
      open,
      floodMs: options.floodMs,
      ...(options.patience ? { patience: options.patience } : {}),
    },
    log,
  );
  worker.start();
  const parsed = parseTemplates();
  const bot: RunningBot = {
    deps: turnDeps,
    server,
    receive: async (activity) => {
      await turn(activity);
    },
    stop: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      await worker.stop();
      await parsed;
    },
  };
  return bot;
}

/** Whom requests are counted for: somebody of a tenant, as the activity names them. */
function callerOf(activity: object): string {
  const { from, conversation } = activity as {
    from?: { id?: unknown };
    conversation?: { tenantId?: unknown };
  };
  return `${String(conversation?.tenantId ?? '')}|${String(from?.id ?? '')}`.slice(0, 600);
}

function tellTeam(told: 'no-plan' | 'elsewhere', plan: Plan | null, words: Words): Content {
  const text =
    told === 'no-plan'
      ? words.say('chat.noPlanYet')
      : words.say('chat.livesElsewhere', { team: plan?.binding?.teamName ?? '' });
  return { summary: text, text };
}

function tableClient(storage: Storage, name: string): TableClient {
  if (storage.kind === 'connection') {
    // Azurite speaks http, on this machine alone.
    return TableClient.fromConnectionString(sound(storage.connection), name, {
      allowInsecureConnection: true,
    });
  }
  return new TableClient(
    `https://${storage.account}.table.core.windows.net`,
    name,
    new DefaultAzureCredential(),
  );
}

/** The connection string, if nothing is wrong with it; throws a sentence that says what is. */
function sound(connection: string): string {
  const fault = faultOfConnection(connection);
  if (fault) throw new Error(fault);
  return connection;
}
