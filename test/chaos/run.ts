import { mkdirSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { type FanOut, fanOut } from './fanout';
import { live } from './life';
import { liveInEarnest } from './real';
import { SEEDS } from './seeds';

/*
 * `npm run test:chaos`: see docs/testing.md. Prints each run, what did not hold in it, and `N passed, M failed` in the end.
 */

/** Lives of a run in CI, beside the seeds that found something. */
const LIVES = 60;
const FIRST_SEED = 5_000;
/** No further life begins after so many seconds: a slow machine has fewer. */
const SECONDS = 75;

interface Result {
  readonly name: string;
  readonly violations: readonly string[];
}

const program = new Command('test:chaos')
  .description('Breaks things on purpose, and holds what is left against what Steward promises.')
  .action(runLives);
program
  .command('fanout')
  .description('a month that opens for very many leads at once, while half of the instances are killed')
  .option('--leads <n>', 'how many leads, in plans of fifty', whole, 10_000)
  .option('--processes <n>', 'instances at the beginning', whole, 4)
  .option('--kills <n>', 'how many of them are killed in the middle', whole, 2)
  .option('--throttled <percent>', 'requests that Teams throttles', whole, 10)
  .option(
    '--failing <percent>',
    'requests that fail otherwise, without effect or as may be repeated',
    whole,
    2,
  )
  .option(
    '--lost <percent>',
    'messages whose answer is lost, so that nobody knows whether they arrived',
    whole,
    0,
  )
  .option('--seed <n>', 'what everything is drawn from', whole, 1)
  .action(async (options: FanOut) => {
    const { throttled, failing, lost } = options;
    const shares = { throttled: throttled / 100, failing: failing / 100, lost: lost / 100 };
    finish([await runFanOut({ ...options, ...shares })]);
  });

program
  .command('real')
  .description('a month with real processes, a real Azurite behind a proxy that breaks things, and kill -9')
  .option('--seed <n>', 'what everything is drawn from', whole, FIRST_SEED)
  .option('--runs <n>', 'how many months, each from a seed of its own', whole, 1)
  .action(async ({ seed, runs }: { seed: number; runs: number }) => {
    const results: Result[] = [];
    for (let n = 0; n < runs; n += 1) report(await runReal(seed + n), results);
    finish(results);
  });

async function runReal(seed: number): Promise<Result> {
  const { violations, counts } = await liveInEarnest(seed);
  console.log(`in earnest ${seed}: ${inWords(counts)}`);
  return { name: `in earnest ${seed}`, violations };
}

function inWords(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([what, n]) => `${n} ${what}`)
    .join(', ');
}

async function runLives(): Promise<void> {
  const { SEED, RUNS, STORY } = process.env;
  const results: Result[] = [];
  const first = Number(SEED ?? FIRST_SEED);
  const runs = Number(RUNS ?? (SEED ? 1 : LIVES));
  const ours = Array.from({ length: runs }, (_, n) => first + n);
  const seeds = SEED || RUNS ? ours : [...SEEDS.map(({ seed }) => seed), ...ours];
  const until = performance.now() + SECONDS * 1000;
  for (const seed of seeds) {
    if (!SEED && !RUNS && performance.now() > until) {
      console.log(`${SECONDS} seconds are over: ${results.length} of ${seeds.length} lives were lived`);
      break;
    }
    const { counts, violations, story } = await live(seed);
    console.log(`life ${seed}: ${inWords(counts)}`);
    report({ name: `life ${seed}`, violations }, results);
    if (violations.length > 0)
      console.log(`  again, with all that happened: STORY=1 SEED=${seed} npm run -s test:chaos`);
    if (STORY) console.log(story.join('\n'));
  }
  if (!SEED && !RUNS) {
    // The same seed must be the same life, or a failure could not be looked at again.
    const [one, two] = [await live(FIRST_SEED), await live(FIRST_SEED)];
    const isSame = one.story.join('\n') === two.story.join('\n');
    report({ name: 'the same seed', violations: isSame ? [] : ['gave two lives'] }, results);
    const small = { leads: 500, processes: 4, kills: 2, throttled: 0.1, failing: 0.02, seed: 1 };
    for (const lost of [0, 0.02]) report(await runFanOut({ ...small, lost }), results);
    report(await runReal(FIRST_SEED), results);
  }
  finish(results);
}

async function runFanOut(asked: FanOut): Promise<Result> {
  const { violations, ...found } = await fanOut(asked);
  console.log(JSON.stringify(found, null, 2));
  const how = asked.lost > 0 ? `, ${asked.lost * 100} % of the answers lost` : '';
  return { name: `fan-out to ${asked.leads}${how}`, violations };
}

function report(result: Result, results: Result[]): void {
  results.push(result);
  for (const violation of result.violations) console.log(`  ${result.name}: ${violation}`);
}

function finish(results: readonly Result[]): void {
  const failed = results.filter(({ violations }) => violations.length > 0);
  for (const { name, violations } of failed) console.log(`FAILED ${name}: ${violations.join('; ')}`);
  mkdirSync('test-output', { recursive: true });
  const counts = { numPassedTests: results.length - failed.length, numFailedTests: failed.length };
  writeFileSync('test-output/chaos.json', JSON.stringify({ ...counts, failed }, null, 2));
  console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed`);
  process.exit(failed.length > 0 ? 1 : 0);
}

function whole(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError('a whole number, please');
  return number;
}

void program.parseAsync();
