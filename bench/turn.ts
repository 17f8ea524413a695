import { startAzurite } from '../src/demo/processes';
import { type Bot, startBot, type Usage } from './bots/start';
import type { StewardReady } from './bots/steward';
import { type Line, median, report, round, run, setting, timed } from './harness';
import { pressed, saved, tell, typed } from './say';
import { type StandIn, startStandIn } from './standIn';

/*
 * One turn over HTTP through the whole bot, against the same through bare echo bots, each in a process of its own: a question ("show my amber
 * actions" by a lead of ten) and a press ("Save and next"). Steward runs on tables in memory and on Azurite; what storage alone takes is measured
 * by making the very same requests again with nothing around them: one after the other, as a bare bot would, and in the waves in which Steward makes
 * them. One of the echo bots sends answers as large as Steward's. `BENCH_SDKS=1` (npm run bench:sdks) adds the successor SDKs.
 */

const ROUNDS = setting('BENCH_ROUNDS', 60);
const ACTIONS = 100;
const LEADS = 10;
/** `BENCH_PROFILE=DIR` keeps a profile of what the bot does, for Chrome's tools. */
const profiling = process.env.BENCH_PROFILE
  ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
  : [];
/** Whole turn at most so many times the echo and its storage calls. */
const BOUND = 1.3;

const QUESTION = 'show my amber actions';

type Kind = 'question' | 'press';

const ECHO = 'botbuilder echo';
const ECHO_AS_LARGE = 'botbuilder echo, as large an answer';
const STEWARD = 'Steward on Azurite';
const IN_TURN = 'its storage calls, one after the other';
const IN_WAVES = 'its storage calls, in its waves';

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
  const contestants: Contestant[] = [
    await echo(ECHO, 'botbuilderEcho.cjs', teams),
    await echoAsLarge(ours, teams),
    steward('Steward, tables in memory', inMemory, teams),
    ours,
    ...(process.env.BENCH_SDKS ? await successors(teams) : []),
  ];
  const lines: Line[] = [];
  const notes: string[] = [];
  for (const kind of ['question', 'press'] as const) {
    const waves = await wavesOfOneTurn(ours, onAzurite, kind);
    const calls = waves.flat();
    const replays = { [IN_TURN]: calls.map((call) => [call]), [IN_WAVES]: waves };
    const times = new Map<string, number[]>();
    const keep = (name: string, ms: number) => times.set(name, [...(times.get(name) ?? []), ms]);
    const before = await usages(contestants);
    const warmup = Math.ceil(ROUNDS / 4);
    for (let n = 0; n < ROUNDS + warmup; n += 1) {
      for (const { name, say } of contestants) {
        const ms = await timed(() => say(kind, n));
        if (n >= warmup) keep(name, ms);
      }
      for (const [name, replayed] of Object.entries(replays)) {
        const { ms } = await onAzurite.ask<{ ms: number }>('replay', { waves: replayed });
        if (n >= warmup) keep(name, ms);
      }
    }
    const after = await usages(contestants);
    const msOf = (name: string) => median(times.get(name) ?? []);
    const cpuOf = (name: string) => (cpu(after.get(name)) - cpu(before.get(name))) / 1000 / (ROUNDS + warmup);
    for (const { name } of contestants)
      lines.push({
        turn: kind,
        what: name,
        ms: round(msOf(name)),
        'against the echo': round(msOf(name) / msOf(ECHO)),
        'CPU ms of the bot': name === STEWARD ? null : round(cpuOf(name)),
      });
    for (const name of Object.keys(replays))
      lines.push({
        turn: kind,
        what: name,
        ms: round(msOf(name)),
        'against the echo': null,
        'CPU ms of the bot': null,
      });
    const ratio = (echoName: string, storage: string) =>
      round(msOf(STEWARD) / (msOf(echoName) + msOf(storage)));
    const bare = ratio(ECHO, IN_TURN);
    notes.push(
      `${kind}: storage is asked ${calls.length} times in ${waves.length} waves (${waves.map((wave) => wave.length).join(', ')}). The whole turn takes ${bare} times the bare echo and the same calls one after the other${bare <= BOUND ? '' : ` (over ${BOUND})`}, ${ratio(ECHO, IN_WAVES)} times with the calls in the same waves; against the echo with as large an answer ${ratio(ECHO_AS_LARGE, IN_TURN)} and ${ratio(ECHO_AS_LARGE, IN_WAVES)}.`,
    );
  }
  report(process.env.BENCH_SDKS ? 'sdks' : 'turn', lines, notes);
  await Promise.all(contestants.map(({ bot }) => bot.stop()));
  await azurite.stop();
  await teams.close();
}

/** What storage is asked in one turn of a kind: as the bot was seen to ask it, in the turn of several in which least else went on. */
async function wavesOfOneTurn(
  { say }: Contestant,
  bot: Bot<StewardReady>,
  kind: Kind,
): Promise<readonly (readonly object[])[]> {
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

/** The bare echo, with answers of the size of Steward's: they are the very ones. */
async function echoAsLarge(ours: Contestant, teams: StandIn): Promise<Contestant> {
  const made = await echo(ECHO_AS_LARGE, 'botbuilderEcho.cjs', teams);
  await ours.say('question', 0);
  const { attachments, summary } = JSON.parse(teams.last());
  const answer = JSON.parse(await ours.say('press', 0));
  await made.bot.ask('answerWith', {
    message: { type: 'message', attachments, summary },
    card: answer.value,
  });
  return made;
}

async function echo(name: string, file: string, teams: StandIn): Promise<Contestant> {
  const bot = await startBot<{ port: number }>(file);
  return {
    name,
    bot,
    say: (kind, n) =>
      turn(bot.url, teams, n, kind === 'question' ? typed(QUESTION) : pressed({ verb: 'save' })),
  };
}

function steward(name: string, bot: Bot<StewardReady>, teams: StandIn): Contestant {
  let saves = 0;
  return {
    name,
    bot,
    say: async (kind, n) => {
      if (kind === 'question') return turn(bot.url, teams, n, typed(QUESTION));
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
