import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAzurite } from '../src/demo/processes';
import { startBot } from './bots/start';
import type { StewardReady } from './bots/steward';
import { type Line, report, round, run, setting } from './harness';
import type { Blocks } from './loopWatch';
import { saved, tell, typed } from './say';
import { startStandIn } from './standIn';

/*
 * How long anything keeps the event loop, and so everybody else's turn: under questions, under presses, while a file is read in its thread, while a
 * month of a thousand actions is published. No piece of work should for over 50 milliseconds. Two figures: the time, and how much of it the thread
 * worked, which holds on a busy machine too. Eight turns that come in the same round of the loop count as one block: one at a time tells what one takes.
 * On Azurite, in a process of its own: tables in memory would answer before the loop comes round.
 */

const SECONDS = setting('BENCH_SECONDS', 5);
const ACTIONS = setting('BENCH_ACTIONS', 1000);
const LEADS = 20;
const AT_A_TIME = [1, 8];
const BOUND_MS = 50;

async function main(): Promise<void> {
  const teams = await startStandIn(false);
  const azurite = await startAzurite({ memory: true });
  const bot = await startBot<StewardReady>('steward.ts', {
    BENCH_STORAGE: azurite.connectionString,
    BENCH_ACTIONS: String(ACTIONS),
    BENCH_LEADS: String(LEADS),
    BENCH_SERVICE_URL: teams.serviceUrl,
  });
  const folder = mkdtempSync(join(tmpdir(), 'steward-bench-'));
  const file = join(folder, 'plan.csv');
  writeFileSync(file, madeCsv(ACTIONS));
  const lines: Line[] = [];
  let n = 0;
  const ask = (lead: number) =>
    tell(bot.url, teams.serviceUrl, { plan: 0, lead }, typed('show my amber actions'));
  const save = async (lead: number) => {
    const mine = bot.ready.names[lead] ?? [];
    n += 1;
    const action = mine[n % mine.length];
    if (!action) throw new Error('there is nothing to save');
    await tell(bot.url, teams.serviceUrl, { plan: 0, lead }, saved(action, bot.ready.period, n));
    action.version += 1;
  };
  const forSeconds = (act: (lead: number) => Promise<unknown>, atATime: number) => async () => {
    const until = performance.now() + SECONDS * 1000;
    await Promise.all(
      Array.from({ length: atATime }, async (_, lane) => {
        while (performance.now() < until) await act(lane);
      }),
    );
  };
  const whileAsking = (act: () => Promise<unknown>) => async () => {
    let isDone = false;
    const acting = act().finally(() => {
      isDone = true;
    });
    while (!isDone) await ask(0);
    await acting;
  };
  const doings: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['nothing at all', () => new Promise((resolve) => setTimeout(resolve, SECONDS * 1000))],
    ...AT_A_TIME.map((n) => [`questions, ${n} at a time`, forSeconds(ask, n)] as const),
    ...AT_A_TIME.map((n) => [`"Save and next", ${n} at a time`, forSeconds(save, n)] as const),
    [`a file of ${ACTIONS} actions read, and questions`, whileAsking(() => bot.ask('load', { file }))],
    [`a month of ${ACTIONS} actions published, and questions`, whileAsking(() => bot.ask('publish'))],
  ];
  // What is compiled and parsed when it is first done comes before what is measured.
  for (let lead = 0; lead < LEADS; lead += 1) await Promise.all([ask(lead), save(lead)]);
  for (const [what, act] of doings) {
    await bot.ask('watch');
    await act();
    const { longest, longestWork } = await bot.ask<Blocks>('watched');
    lines.push({
      what,
      'longest block of the event loop, ms': round(longest, 0),
      'of its own work, ms': longestWork === null ? null : round(longestWork, 0),
      [`over ${BOUND_MS} ms`]: (longestWork ?? longest) > BOUND_MS ? 'yes' : 'no',
    });
  }
  report('loop', lines, [
    'Of its own work: what the thread worked in the longest block, without what the machine did for others meanwhile.',
  ]);
  rmSync(folder, { recursive: true });
  await bot.stop();
  await azurite.stop();
  await teams.close();
}

/** A plan as a spreadsheet of one line an action. */
function madeCsv(actions: number): string {
  const head = 'Ref,Action,Lead,Due date,RAG,% complete,Progress\n';
  const rows = Array.from({ length: actions }, (_, n) => {
    const ref = `${(n % 10) + 1}.${Math.floor(n / 10) + 1}`;
    return `${ref},Families know by name whom to ask about step ${n + 1},Lena Bson,Mar-27,A,50,Half of it is done; the rest by 12 March 2027.\n`;
  });
  return head + rows.join('');
}

run(main);
