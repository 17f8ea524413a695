import { openCycle } from '../src/app/openCycle';
import { startAzurite } from '../src/demo/processes';
import { openTables, openWorkQueue, systemClock, wireStores } from '../src/wiring';
import { startBot } from './bots/start';
import { type Line, report, round, run, setting, settings } from './harness';
import { leadOf, loadPlan } from './plans';
import { startStandIn, TEAMS_PER_SECOND } from './standIn';

/*
 * A month opened for many leads, in plans of fifty, of one tenant, by one process and by several: each lead's chat has to be made first, which counts
 * as a request. The stand-in refuses what Teams would. What share of the permitted rate is reached, was anybody asked twice, was anybody left out?
 */

const LEADS = setting('BENCH_LEADS', 1000);
const PROCESSES = settings('BENCH_PROCESSES', [1, 2, 4]);
const IN_A_PLAN = 50;

async function main(): Promise<void> {
  const lines: Line[] = [];
  for (const processes of PROCESSES) lines.push(await fanOut(processes));
  report('fanout', lines, [
    `Teams lets an app send ${TEAMS_PER_SECOND} requests a second in a tenant; Steward keeps to 46, so 0.92 is the most that it aims at. The rate is that of the middle eight tenths of the requests.`,
  ]);
}

async function fanOut(processes: number): Promise<Line> {
  const azurite = await startAzurite({ memory: true });
  const teams = await startStandIn(true);
  const storage = { kind: 'connection', connection: azurite.connectionString } as const;
  const [tables, queue] = await Promise.all([openTables(storage), openWorkQueue(storage)]);
  const stores = wireStores(tables, systemClock);
  const plans = Math.ceil(LEADS / IN_A_PLAN);
  const ids: string[] = [];
  for (let number = 0; number < plans; number += 1) {
    const look = {
      number,
      actions: 100,
      leads: IN_A_PLAN,
      tenant: 'tenant',
      serviceUrl: teams.serviceUrl,
      chats: false,
    };
    ids.push((await loadPlan(stores, look)).id);
  }
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const bots = await Promise.all(
    Array.from({ length: processes }, () =>
      startBot('steward.ts', { BENCH_STORAGE: azurite.connectionString, BENCH_PLANS: '0' }),
    ),
  );
  const period = new Date().toISOString().slice(0, 7) as `${number}-${number}`;
  const deps = { ...stores, queue, isBankHoliday: () => false, log: quiet };
  const from = performance.now();
  for (const id of ids) {
    await openCycle(deps, id, period, 'Bench');
    // As whoever opens a month in chat has the plan advanced after it.
    await stores.plans.setNextDue(id, new Date().toISOString());
  }
  const asked = plans * IN_A_PLAN;
  let quietSince = performance.now();
  let seen = 0;
  // Done when everybody has a message, or nothing has come for half a minute.
  while (teams.messages.size < asked && performance.now() - quietSince < 30_000) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (teams.taken.length > seen) quietSince = performance.now();
    seen = teams.taken.length;
  }
  // Whatever would come twice would come now.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await Promise.all(bots.map((bot) => bot.stop()));
  await azurite.stop();
  await teams.close();

  const { taken } = teams;
  const [start, end] = [Math.floor(taken.length * 0.1), Math.floor(taken.length * 0.9)];
  const perSecond = (end - start) / (((taken[end] ?? 0) - (taken[start] ?? 0)) / 1000);
  const counts = Array.from({ length: plans }, (_, number) =>
    Array.from({ length: IN_A_PLAN }, (_lead, n) => teams.messages.get(leadOf(number, n).conversation) ?? 0),
  ).flat();
  return {
    leads: asked,
    plans,
    processes,
    'requests taken': taken.length,
    'refused (429)': teams.refused(),
    'a second': round(perSecond, 1),
    'share of the permitted rate': round(perSecond / TEAMS_PER_SECOND),
    'whole share': round(taken.length / (((taken.at(-1) ?? 0) - from) / 1000) / TEAMS_PER_SECOND),
    'asked twice': counts.filter((count) => count > 1).length,
    'not asked': counts.filter((count) => count === 0).length,
  };
}

run(main);
