import { TableClient } from '@azure/data-tables';
import type { TurnContext } from 'botbuilder';
import { startAzurite } from '../src/demo/processes';
import { AzureTable } from '../src/storage/azureTable';
import { keyPart } from '../src/storage/codec';
import { makeMemory, makeOnce } from '../src/teams/memory';
import { runTurn, type TurnDeps } from '../src/teams/turn';
import { openTables, systemClock, type Tables, wireStores } from '../src/wiring';
import { english } from '../src/words/words';
import { type Line, median, report, round, run, settings, turnAndTurnAbout } from './harness';
import { leadName, leadOf, loadPlan } from './plans';
import { emptyTally, tableTransactions, tallied } from './tables';

/*
 * "Show my amber actions" by a lead of ten, in plans of 100, 1,000 and 10,000 actions and in a store of one plan and of a thousand: storage
 * transactions counted, and the time as a ratio to the same query of ten rows made with the table client alone, turn and turn about. Neither
 * may grow with the plan or the store.
 */

/** `BENCH_SIZES=100,1000` leaves the largest out: Azurite takes some minutes to load it, since it slows with the rows of one partition. */
const SIZES = settings('BENCH_SIZES', [100, 1000, 10_000]);
/** How many plans there are beside the asker's, which then has {@link BESIDE} actions. */
const STORES = settings('BENCH_STORES', [1, 1000]);
const BESIDE = 100;
const ROUNDS = 100;
const TENANT = 'tenant';
const AT_A_TIME = 8;
const OTHERS_ACTIONS = 20;

async function main(): Promise<void> {
  const lines: Line[] = [];
  for (const size of SIZES) lines.push(await inOwnStore(1, size));
  for (const plans of STORES) if (plans > 1) lines.push(await inOwnStore(plans, BESIDE));
  const ratios = lines.map((line) => Number(line.ratio));
  report('ask', lines, [
    `The highest ratio is ${round(Math.max(...ratios) / (ratios[0] ?? 1))} times that of the first line: what limits a question is the query itself, which Azurite makes slower with the rows of a partition.`,
  ]);
}

async function inOwnStore(plans: number, actions: number): Promise<Line> {
  const azurite = await startAzurite({ memory: true });
  const connection = azurite.connectionString;
  const tables = await openTables({ kind: 'connection', connection });
  const stores = wireStores(tables, systemClock);
  const look = { tenant: TENANT, serviceUrl: 'https://teams', chats: true };
  // A tenth of the smallest plan leads ten actions, a thousandth of the largest too.
  const leads = actions / 10;
  const plan = await loadPlan(stores, { ...look, number: 0, actions, leads });
  for (let first = 1; first < plans; first += AT_A_TIME)
    await Promise.all(
      Array.from({ length: Math.min(AT_A_TIME, plans - first) }, (_, n) =>
        loadPlan(stores, { ...look, number: first + n, actions: OTHERS_ACTIONS, leads: 2 }),
      ),
    );
  const key = (await stores.plans.readLeads(plan.id)).find(({ value }) => value.lead.name === leadName(0))
    ?.value.lead.key;
  if (!key) throw new Error('the asker leads nothing');
  const line = await measure(tables, connection, plan.id, key);
  await azurite.stop();
  return { plans, 'actions in the plan': actions, ...line };
}

async function measure(tables: Tables, connection: string, plan: string, lead: string): Promise<Line> {
  const tally = emptyTally();
  const counted = { plans: tallied(tables.plans, () => tally), people: tallied(tables.people, () => tally) };
  const ask = askerOf(counted);
  const client = TableClient.fromConnectionString(connection, 'plans', { allowInsecureConnection: true });
  const raw = new AzureTable(client);
  const prefix = `lead|${keyPart(lead)}|`;
  const query = async () => {
    const rows = await raw.range(plan, prefix, `${prefix.slice(0, -1)}}`);
    if (rows.length !== 10) throw new Error(`the raw query gave ${rows.length} rows`);
  };
  // The first question notes which plan somebody asks about; it may write where they can be reached.
  await ask();
  Object.assign(tally, emptyTally());
  await ask();
  const { queryPages, pointReads, writes } = tally;
  const transactions = tableTransactions(tally);
  const times = await turnAndTurnAbout({ query, ask }, ROUNDS);
  const [askMs, rawMs] = [median(times.ask), median(times.query)];
  return {
    queries: queryPages,
    'point reads': pointReads,
    writes,
    transactions,
    'raw query, ms': round(rawMs),
    'whole answer, ms': round(askMs),
    ratio: round(askMs / rawMs),
  };
}

/** The question by the first lead of the first plan, as a whole turn of the bot but for HTTP. */
function askerOf(tables: Tables): () => Promise<void> {
  const deps = {
    ...wireStores(tables, systemClock),
    words: english,
    memory: makeMemory(systemClock.realNow),
    shared: makeOnce(systemClock.realNow),
    play: null,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  } as unknown as TurnDeps;
  const { name, objectId, userId, conversation } = leadOf(0, 0);
  const activity = {
    type: 'message',
    text: 'show my amber actions',
    from: { id: userId, aadObjectId: objectId, name },
    serviceUrl: 'https://teams',
    conversation: { id: conversation, conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
  };
  return async () => {
    let summary = '';
    const sendActivity = async (sent: { summary?: string }) => {
      summary = sent.summary ?? '';
    };
    await runTurn(deps, { activity, sendActivity } as unknown as TurnContext);
    if (!summary.includes('10')) throw new Error(`not the answer: ${summary}`);
  };
}

run(main);
