import type { AddressInfo } from 'node:net';
import { importPlan } from '../../src/app/importPlan';
import type { Clock } from '../../src/app/ports';
import { makeLog } from '../../src/log';
import { readPlan } from '../../src/plans/readPlan';
import { MemoryQueue } from '../../src/storage/memoryQueue';
import { MemoryTable } from '../../src/storage/memoryTable';
import { type RunningBot, startBot, wireStores } from '../../src/wiring';
import { type BotClient, makeBotClient, type Sender } from '../e2e/support/botClient';
import { startTeamsStandIn, type TeamsStandIn } from '../e2e/support/teamsStandIn';
import { SettableClock } from '../fakes/settableClock';
import { linesInto, OTHER_TENANT, TENANT } from './production';

export const GENERAL = '19:general@thread.tacv2';

const SHEET = [
  'Priority,Priority title,Priority leads,Action Ref,Action,Lead,WSOA date,Revised date,RAG,% complete,Progress',
  '1,Plans are good,Gail Grouplead,1.1,Agree one standard,Ann Lead; Cole Colead,Jul-23,Nov-23,A,50%,The first half is done.',
  '1,Plans are good,Gail Grouplead,1.2,Keep to it each month,Ann Lead,Jul-23,Dec-23,G,60%,It is kept to.',
  '2,Families are heard,Otto Other,2.1,Ask them each term,Otto Other,Jul-23,Dec-23,R,0%,Nobody was asked yet.',
].join('\n');

/** Rows to add to the plan: a measure that Ann Lead reads; so the leads of groups are asked what the board should decide. */
export const MEASURED = [
  'Measures',
  'Ref,Measure,Owner,Target,Jul-23,Aug-23',
  'KPI 1,Plans within 20 weeks,Ann Lead,75%,55%,59%',
];

/** A new version of the plan, as it comes when it is pasted into a message: one action more. */
export const NEXT_VERSION = [
  'Ref\tAction\tLead\tTarget date\tRAG\t% complete\tProgress',
  '1.1\tAgree one standard\tAnn Lead\tNov 2023\tA\t50%\tThe first half is done.',
  '2.2\tTell them what became of it\tOtto Other\tDec 2023\tG\t10%\tA page is drafted.',
].join('\n');

/** Everybody of the table, by what they are. */
export const PEOPLE = {
  officer: person('Olive Officer', 1),
  'former officer': person('Fred Formerofficer', 2),
  lead: person('Ann Lead', 3),
  'co-lead': person('Cole Colead', 4),
  'group lead': person('Gail Grouplead', 5),
  deputy: person('Dee Deputy', 6),
  'lapsed deputy': person('Lars Lapsed', 7),
  'of the team': person('Otto Other', 8),
  'former member': person('Mia Formermember', 9),
  reader: person('Rita Reader', 10),
  stranger: person('Sam Stranger', 11),
  'of another tenant': person('Tia Tenant', 12),
} as const satisfies Readonly<Record<string, Sender>>;
export type Who = keyof typeof PEOPLE;

/** A team in a tenant with a plan of three actions, people of every kind, and September open. */
export interface TeamWorld {
  readonly bot: RunningBot;
  readonly url: string;
  readonly plan: string;
  readonly clock: Clock;
  readonly teams: TeamsStandIn;
  readonly tables: { readonly plans: MemoryTable; readonly people: MemoryTable };
  /** Everything that was logged as an error, a line each. */
  readonly errors: string[];
  /** Speaks for somebody, from their own tenant. */
  clientOf(who: Who): { readonly client: BotClient; readonly teams: TeamsStandIn };
  close(): Promise<void>;
}

/** `rows` are further rows of the plan's file. Starts it in open mode on loopback, in this process, with tables in memory. */
export async function startTeam(rows: readonly string[] = []): Promise<TeamWorld> {
  // The plan's world stands still; the machine's time, by which the worker goes, does not.
  const plans = new SettableClock('2023-09-11T09:00:00.000Z');
  const clock: Clock = { now: () => plans.now(), realNow: () => new Date() };
  const tables = { plans: new MemoryTable(), people: new MemoryTable() };
  const stores = wireStores(tables, clock);
  const loaded = await importPlan(
    stores,
    await readPlan(Buffer.from([SHEET, ...rows].join('\n')), 'plan.csv'),
    null,
  );
  if (loaded.outcome !== 'loaded') throw new Error(JSON.stringify(loaded.understood.problems));
  const outside: readonly Who[] = ['reader', 'stranger', 'of another tenant'];
  const inside = (Object.keys(PEOPLE) as Who[]).filter((who) => !outside.includes(who));
  const teams = await startTeamsStandIn({
    tenantId: TENANT,
    id: GENERAL,
    name: 'Board',
    channels: [],
    members: inside.map((who) => PEOPLE[who]),
  });
  const theirs = await startTeamsStandIn({
    tenantId: OTHER_TENANT,
    id: '19:theirs@thread.tacv2',
    name: 'Theirs',
    channels: [],
    members: [PEOPLE['of another tenant']],
  });
  const errors: string[] = [];
  const bot = await startBot({
    tables,
    queue: new MemoryQueue(),
    identity: { kind: 'open' },
    tenants: [],
    clock,
    host: '127.0.0.1',
    port: 0,
    log: makeLog('error', linesInto(errors)),
    play: null,
  });
  const url = `http://127.0.0.1:${(bot.server.server.address() as AddressInfo).port}/api/messages`;
  const client = makeBotClient(() => url, teams);
  const theirClient = makeBotClient(() => url, theirs);
  const say = (text: string) => client.say(PEOPLE.officer, text);

  await client.addToTeam(PEOPLE.officer);
  await teams.until(() => teams.postsIn(GENERAL)[0]);
  await say('make Fred Formerofficer a programme officer');
  await say('Lars Lapsed covers for Cole Colead until 12 September 2023');
  plans.set('2023-09-25T09:00:00.000Z');
  await say('Dee Deputy covers for Ann Lead until 30 September 2023');
  for (const who of ['reader', 'stranger'] as const) {
    teams.openChatOf(PEOPLE[who]);
    await client.installForSelf(PEOPLE[who]);
  }
  await say('let Rita Reader read the plan');
  for (const who of ['former officer', 'former member'] as const) {
    teams.openChatOf(PEOPLE[who]);
    teams.removeMember(PEOPLE[who].id);
    await client.leave([PEOPLE[who]], PEOPLE.officer);
  }
  await say('open the September 2023 update');
  await teams.until(() =>
    teams.chatWith(PEOPLE.deputy).some(({ activity }) => / update: /.test(String(activity.summary))),
  );
  // Where each can be reached is noted when they first speak.
  for (const who of [...inside, 'reader', 'stranger'] as const) {
    teams.openChatOf(PEOPLE[who]);
    await client.say(PEOPLE[who], 'help');
  }
  return {
    bot,
    url,
    plan: loaded.plan.id,
    clock,
    teams,
    tables,
    errors,
    clientOf: (who) =>
      who === 'of another tenant' ? { client: theirClient, teams: theirs } : { client, teams },
    close: async () => {
      await bot.stop();
      await teams.close();
      await theirs.close();
    },
  };
}

function person(name: string, n: number): Sender {
  return {
    id: `29:${name.toLowerCase().replace(' ', '.')}`,
    aadObjectId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    name,
  };
}
