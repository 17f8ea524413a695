import { fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../src/demo/ports';
import { startAzurite } from '../src/demo/processes';
import { type Bot, compile, startBot, type Usage } from './bots/start';
import type { StewardReady } from './bots/steward';
import { type Line, median, report, round, run, setting } from './harness';
import { pressed, saved, tell, typed } from './say';
import { startStandIn } from './standIn';

/*
 * What an instance holds while idle, what it grows by in a soak, and how long it takes from its start to ready, against a bare echo bot in the same
 * run. `BENCH_TURNS=100000` for the long soak. Starting is measured as production starts: compiled, on storage that is there (Azurite).
 */

const TURNS = setting('BENCH_TURNS', 100_000);
const STARTS = setting('BENCH_STARTS', 5);
const TENANTS = 20;
const LEADS = 5;
const MIB = 1024 * 1024;
const ROOT = join(__dirname, '..');

async function main(): Promise<void> {
  compile();
  const lines = [...(await starts()), ...(await soak())];
  report('memory', lines, [await loaded()]);
}

/** From the start of the process until it answers that it is ready. */
async function starts(): Promise<Line[]> {
  const azurite = await startAzurite({ memory: true });
  const times: { steward: number[]; echo: number[] } = { steward: [], echo: [] };
  const idle: { rss: number[]; heap: number[] } = { rss: [], heap: [] };
  for (let n = 0; n <= STARTS; n += 1) {
    const echo = await startBot('botbuilderEcho.cjs', {}, ['--expose-gc']);
    const { memory } = await echo.ask<Usage>('gc');
    await echo.stop();
    const ms = await startProduction(azurite.connectionString);
    // The first of each warms the disk.
    if (n === 0) continue;
    times.echo.push(echo.startedIn);
    times.steward.push(ms);
    idle.rss.push(memory.rss / MIB);
    idle.heap.push(memory.heapUsed / MIB);
  }
  await azurite.stop();
  const [steward, echo] = [median(times.steward), median(times.echo)];
  return [
    { what: 'bare echo: start to ready, ms', value: round(echo, 0), 'against the echo': 1 },
    {
      what: 'Steward: start to ready (/readyz), ms',
      value: round(steward, 0),
      'against the echo': round(steward / echo),
    },
    { what: 'bare echo: idle heap, MiB', value: round(median(idle.heap), 1), 'against the echo': 1 },
    { what: 'bare echo: idle RSS, MiB', value: round(median(idle.rss), 0), 'against the echo': 1 },
  ];
}

async function startProduction(storage: string): Promise<number> {
  const port = await freePort();
  const id = '11111111-1111-4111-8111-111111111111';
  const env = {
    ...process.env,
    ...{ BOT_APP_ID: id, BOT_TENANT_ID: id, BOT_APP_SECRET: 'not-a-secret' },
    ...{
      STORAGE_CONNECTION_STRING: storage,

      PORT: String(port),
      LOG_LEVEL: 'error',
    },
  };
  const from = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'src', 'main.js')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (;;) {
    if (child.exitCode !== null) throw new Error('Steward did not start');
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (ready?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const ms = performance.now() - from;
  child.kill('SIGKILL');
  await exited;
  return ms;
}

/** Many turns of several kinds by many people; what the heap holds after it was tidied, at each third. */
async function soak(): Promise<Line[]> {
  const teams = await startStandIn(false);
  const bot = await startBot<StewardReady>(
    'steward.ts',
    {
      ...{ BENCH_PLANS: String(TENANTS), BENCH_ACTIONS: '50', BENCH_LEADS: String(LEADS) },
      BENCH_SERVICE_URL: teams.serviceUrl,
    },
    ['--expose-gc'],
  );
  const heapNow = async () => (await bot.ask<{ memory: NodeJS.MemoryUsage }>('gc')).memory;
  const idle = await heapNow();
  const lines: Line[] = [
    {
      what: 'Steward: idle heap (20 plans in it), MiB',
      value: round(idle.heapUsed / MIB, 1),
      'against the echo': null,
    },
    { what: 'Steward: idle RSS, MiB', value: round(idle.rss / MIB, 0), 'against the echo': null },
  ];
  // Code is compiled and caches are filled in the first turns: they come before what is compared.
  await turns(bot, teams, 0, Math.min(1_000, Math.ceil(TURNS / 3)));
  const first = await heapNow();
  lines.push({
    what: 'Steward: heap when warm, MiB',
    value: round(first.heapUsed / MIB, 1),
    'against the echo': null,
  });
  let done = 0;
  for (const third of [1, 2, 3]) {
    const upTo = Math.floor((TURNS * third) / 3);
    await turns(bot, teams, done, upTo);
    done = upTo;
    const { heapUsed, rss } = await heapNow();
    lines.push({
      what: `Steward: heap after ${done} turns, MiB`,
      value: round(heapUsed / MIB, 1),
      'against the echo': null,
    });
    if (third === 3)
      lines.push({
        what: `Steward: RSS after ${done} turns, MiB`,
        value: round(rss / MIB, 0),
        'against the echo': null,
      });
  }
  await bot.stop();
  await teams.close();
  return lines;
}

const TYPED = [
  'show my amber actions',
  'help',
  'how are we doing?',
  'what is overdue?',
  'something that nobody can read',
  'who leads 1.1?',
];

async function turns(
  bot: Bot<StewardReady>,
  teams: { serviceUrl: string },
  from: number,
  to: number,
): Promise<void> {
  const AT_A_TIME = 4;
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async (_, lane) => {
      for (let n = from + lane; n < to; n += AT_A_TIME) await oneTurn(bot, teams, n);
    }),
  );
}

async function oneTurn(bot: Bot<StewardReady>, teams: { serviceUrl: string }, n: number): Promise<void> {
  const plan = n % TENANTS;
  // No two lanes answer for the same lead at once.
  const lead = Math.floor(n / TENANTS) % LEADS;
  const mine = bot.ready.names[plan * LEADS + lead] ?? [];
  const action = mine[Math.floor(n / (TENANTS * LEADS)) % mine.length];
  if (!action) throw new Error('there is nothing to press');
  const say = (said: object, chat = '') => tell(bot.url, teams.serviceUrl, { plan, lead, chat }, said);
  if (n % 3 === 0) {
    // Typed in a chat of its own each time, so that what is kept for each conversation would show.
    await say(typed(TYPED[n % TYPED.length] ?? ''), `.${n}`);
    return;
  }
  if (n % 3 === 1) {
    const { id, ref } = action;
    const { period } = bot.ready;
    await say(pressed({ verb: 'form', ...{ plan: action.plan, period, action: id, ref, page: 0 } }));
    return;
  }
  await say(saved(action, bot.ready.period, n));
  action.version += 1;
}

/** What is in memory before anybody asked for anything, and how long loading it takes. */
function loaded(): Promise<string> {
  return new Promise((resolve) => {
    const child = fork(join(__dirname, 'bots', 'starting.cjs'), { execArgv: ['--expose-gc'] });
    child.once('message', ({ ms, packages }: { ms: number; packages: Record<string, number> }) => {
      const most = Object.entries(packages)
        .sort((a, b) => b[1] - a[1])
        .slice(0, 12);
      const files = Object.values(packages).reduce((sum, count) => sum + count, 0);
      resolve(
        `Loading takes ${round(ms, 0)} ms of the start: ${files} files of ${Object.keys(packages).length} packages, most of them ${most.map(([name, count]) => `${name} (${count})`).join(', ')}.`,
      );
    });
  });
}

run(main);
