import { startAzurite } from '../src/demo/processes';
import { type Bot, startBot, type Usage } from './bots/start';
import type { StewardReady } from './bots/steward';
import { type Line, median, report, round, run, setting, timed } from './harness';
import { pressed, saved, tell, typed } from './say';
import { type StandIn, startStandIn } from './standIn';

/*
 * One turn over HTTP through the whole bot, against the same through bare echo bots, each in a process of its own: a question ("show my amber
 * actions" by a lead of ten), as it was asked before and in new words, and a press ("Save and next"). The bound is the bare botbuilder echo plus the turn's storage calls: an echo bot that makes
 * the very same requests of the same Azurite before it answers, one after the other as a bare bot would, and (harder on Steward) in the waves in which
 * Steward makes them; and the same with an answer as large as Steward's. `BENCH_SDKS=1` (npm run bench:sdks) adds the successor SDKs.
 */

const ROUNDS = setting('BENCH_ROUNDS', 400);
/** Rounds before those that are measured: until V8 has compiled what is used often, which in an echo is soon, in a whole bot later. */
const WARMUP = setting('BENCH_WARMUP', 400);
const ACTIONS = 100;
const LEADS = 10;
/** `BENCH_PROFILE=DIR` keeps a profile of what the bot does, for Chrome's tools. */
const profiling = process.env.BENCH_PROFILE
  ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
  : [];
/** Whole turn at most so many times the echo and its storage calls. */
const BOUND = 1.3;

const QUESTION = 'show my amber actions';

/** The question as it was not typed before: what it was taken for is not known yet. */
function inNewWords(n: number): string {
  const [show, my, amber, actions] = QUESTION.split(' ');
  const gap = (by: number) => ' '.repeat(1 + (Math.floor(n / by) % 10));
  return `${show}${gap(1)}${my}${gap(10)}${amber}${gap(100)}${actions}`;
}

type Kind = 'question' | 'new question' | 'press';
const KINDS: readonly Kind[] = ['question', 'new question', 'press'];

const ECHO = 'botbuilder echo';
const STEWARD = 'Steward on Azurite';
/** Echo bots that ask storage what Steward asks: how, and whether they answer as much. */
const WITH_CALLS = [
  { name: 'echo and the same calls, one after the other', inWaves: false, asLarge: false },
  { name: 'echo and the same calls, in the same waves', inWaves: true, asLarge: false },
  { name: 'as large an answer, calls one after the other', inWaves: false, asLarge: true },
  { name: 'as large an answer, calls in the same waves', inWaves: true, asLarge: true },
] as const;

/** A bot, and how to say the same thing to it. */
interface Contestant {
  readonly name: string;
  readonly bot: Bot<{ port: number }>;
  /** Gives what the request was answered with. */
  say(kind: Kind, round: number): Promise<string>;
}

async function main(): Promise<void> {
  const teams = await startStandIn(false);
  const azurite = await startAzurite({ memory: true });
  const env = {
    BENCH_ACTIONS: String(ACTIONS),
    BENCH_LEADS: String(LEADS),
    BENCH_SERVICE_URL: teams.serviceUrl,
  };
  const onAzurite = await startBot<StewardReady>('steward.ts', {
    ...env,
    BENCH_STORAGE: azurite.connectionString,
  });
  const inMemory = await startBot<StewardReady>('steward.ts', env, profiling);
  const ours = steward(STEWARD, onAzurite, teams);
  const asked = {
    question: await wavesOfOneTurn(ours, onAzurite, 'question'),
    press: await wavesOfOneTurn(ours, onAzurite, 'press'),
  };
  const contestants: Contestant[] = [
    await echo(ECHO, 'botbuilderEcho.cjs', teams),
    ...(await echoesWithCalls(ours, teams, asked, azurite.connectionString)),
    steward('Steward, tables in memory', inMemory, teams),
    ours,
    ...(process.env.BENCH_SDKS ? await successors(teams) : []),
  ];
  const lines: Line[] = [];
  const notes: string[] = [];
  for (const kind of KINDS) {
    const times = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
    let before = await usages(contestants);
    for (let n = 0; n < WARMUP + ROUNDS; n += 1) {
      if (n === WARMUP) before = await usages(contestants);
      for (const { name, say } of contestants) {
        const ms = await timed(() => say(kind, n));
        if (n >= WARMUP) times.get(name)?.push(ms);
      }
    }
    const after = await usages(contestants);
    const msOf = (name: string) => median(times.get(name) ?? []);
    const cpuOf = (name: string) => (cpu(after.get(name)) - cpu(before.get(name))) / 1000 / ROUNDS;
    for (const { name } of contestants)
      lines.push({
        turn: kind,
        bot: name,
        ms: round(msOf(name)),
        'against the echo': round(msOf(name) / msOf(ECHO)),
        'Steward against it': round(msOf(STEWARD) / msOf(name)),
        'CPU ms of the bot': round(cpuOf(name)),
      });
    const [bare, , asLarge] = WITH_CALLS.map(({ name }) => round(msOf(STEWARD) / msOf(name)));
    const waves = kind === 'press' ? asked.press : asked.question;
    notes.push(
      `${kind}: storage is asked ${waves.flat().length} times in ${waves.length} waves (${waves.map((wave) => wave.length).join(', ')}). The whole turn takes ${bare} times the bare echo with the same calls${(bare ?? 0) <= BOUND ? '' : ` (over ${BOUND})`}, ${asLarge} times that with as large an answer.`,
    );
  }
  report(process.env.BENCH_SDKS ? 'sdks' : 'turn', lines, notes);
  await Promise.all(contestants.map(({ bot }) => bot.stop()));
  await azurite.stop();
  await teams.close();
}

/** What storage is asked in one turn of a kind: as the bot was seen to ask it, in the turn of several in which least else went on. */
async function wavesOfOneTurn({ say }: Contestant, bot: Bot<StewardReady>, kind: Kind): Promise<Waves> {
  const seen: object[][][] = [];
  for (let n = 0; n < 6; n += 1) {
    await bot.ask('record');
    await say(kind, n < 3 ? 0 : n);
    seen.push((await bot.ask<{ waves: object[][] }>('recorded')).waves);
  }
  // The first turns of a person and of a process ask more.
  const [fewest = []] = seen.slice(1).sort((a, b) => a.flat().length - b.flat().length);
  return fewest;
}

type Waves = readonly (readonly object[])[];

/** Echo bots that make the calls of Steward's turns, some with Steward's very answers. */
async function echoesWithCalls(
  ours: Contestant,
  teams: StandIn,
  asked: Readonly<Record<'question' | 'press', Waves>>,
  storage: string,
): Promise<Contestant[]> {
  await ours.say('question', 0);
  const { attachments, summary } = JSON.parse(teams.last());
  const { value } = JSON.parse(await ours.say('press', 0));
  const large = { message: { type: 'message', attachments, summary }, card: value };
  const inTurn = (waves: Waves): Waves => waves.flat().map((call) => [call]);
  return Promise.all(
    WITH_CALLS.map(async ({ name, inWaves, asLarge }) => {
      const made = await echo(name, 'botbuilderEcho.cjs', teams, { BENCH_STORAGE: storage });
      const [message, invoke] = [asked.question, asked.press].map((waves) =>
        inWaves ? waves : inTurn(waves),
      );
      await made.bot.ask('give', { waves: { message, invoke }, ...(asLarge ? large : {}) });
      return made;
    }),
  );
}

async function echo(
  name: string,
  file: string,
  teams: StandIn,
  env: Readonly<Record<string, string>> = {},
): Promise<Contestant> {
  const bot = await startBot<{ port: number }>(file, env);
  return {
    name,
    bot,
    say: (kind, n) => turn(bot.url, teams, n, kind === 'press' ? pressed({ verb: 'save' }) : typed(QUESTION)),
  };
}

function steward(name: string, bot: Bot<StewardReady>, teams: StandIn): Contestant {
  let saves = 0;
  return {
    name,
    bot,
    say: async (kind, n) => {
      if (kind !== 'press')
        return turn(bot.url, teams, n, typed(kind === 'question' ? QUESTION : inNewWords(n)));
      const mine = bot.ready.names[n % LEADS] ?? [];
      const action = mine[Math.floor(saves / LEADS) % mine.length];
      if (!action) throw new Error('there is nothing to save');
      saves += 1;
      const answer = await turn(bot.url, teams, n, saved(action, bot.ready.period, saves));
      action.version += 1;
      return answer;
    },
  };
}

async function successors(teams: StandIn): Promise<Contestant[]> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const agents = await echo('@microsoft/agents-hosting echo', 'agentsEcho.mjs', teams);
  if (major > 22 || (major === 22 && minor >= 12))
    return [agents, await echo('@microsoft/teams.apps echo', 'teamsEcho.mjs', teams)];
  console.log(`@microsoft/teams.apps needs Node 22.12; this is ${process.version}, so it is left out.`);
  return [agents];
}

/** One turn by one of the leads, whose turns go round: until it is answered, and what was sent has come to Teams. */
async function turn(url: string, teams: StandIn, n: number, said: object): Promise<string> {
  const before = teams.taken.length;
  const body = await tell(url, teams.serviceUrl, { plan: 0, lead: n % LEADS }, said);
  if ('text' in said && teams.taken.length === before) throw new Error('nothing was sent');
  return body;
}

async function usages(contestants: readonly Contestant[]): Promise<Map<string, Usage>> {
  const usage = new Map<string, Usage>();
  for (const { name, bot } of contestants) usage.set(name, await bot.ask<Usage>('cpu'));
  return usage;
}

function cpu(usage: Usage | undefined): number {
  return usage ? usage.cpu.user + usage.cpu.system : 0;
}

run(main);
