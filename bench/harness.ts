import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** What every bench shares: taking turns, medians, and where figures go. */

/** A line of a bench's table. */
export type Line = Readonly<Record<string, string | number | null>>;

/** What the figures were taken on. The load (1, 5 and 15 minutes) tells how much else the machine did. */
export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  readonly loadBefore: readonly number[];
  readonly loadAfter: readonly number[];
  readonly at: string;
}

const loadBefore = loadavg().map((load) => round(load, 1));

function machine(): Machine {
  const [cpu] = cpus();
  return {
    node: process.version,
    cpu: cpu?.model.trim() ?? '',
    cores: cpus().length,
    loadBefore,
    loadAfter: loadavg().map((load) => round(load, 1)),
    at: new Date().toISOString(),
  };
}

/** Prints a bench's table and what is to be said of it, and keeps both as `test-output/bench-<name>.json`. */
export function report(name: string, lines: readonly Line[], notes: readonly string[] = []): void {
  const on = machine();
  console.log(`\n${name}`);
  console.table(lines);
  for (const note of notes) console.log(note);
  if (on.loadBefore[0] !== undefined && on.loadBefore[0] > on.cores)
    console.log(
      `The machine was loaded (${on.loadBefore.join(', ')} on ${on.cores} cores): ratios alone mean anything.`,
    );
  mkdirSync('test-output', { recursive: true });
  writeFileSync(
    `test-output/bench-${name}.json`,
    `${JSON.stringify({ name, machine: on, lines, notes }, null, 2)}\n`,
  );
}

/**
 * Does each variant in turn, so many times over, so that what else the machine does falls on all alike. Gives the milliseconds of each, without
 * the first `warmup` rounds.
 */
export async function turnAndTurnAbout<Name extends string>(
  variants: Readonly<Record<Name, (round: number) => Promise<void>>>,
  rounds: number,
  warmup = Math.ceil(rounds / 5),
): Promise<Record<Name, number[]>> {
  const names = Object.keys(variants) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let n = 0; n < rounds + warmup; n += 1) {
    for (const name of names) {
      const ms = await timed(() => variants[name](n));
      if (n >= warmup) times[name].push(ms);
    }
  }
  return times;
}

/** Milliseconds that something takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** The value below which a share (0 to 1) of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits));
}

/** Runs a bench's main function; what it throws ends the process as failed. */
export function run(main: () => Promise<void>): void {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}

/** A whole number from the environment: `BENCH_TURNS=100`. */
export function setting(name: string, otherwise: number): number {
  const value = Number(process.env[name] ?? otherwise);
  if (!Number.isFinite(value) || value < 0)
    throw new Error(`${name} must be a number, not ${process.env[name]}`);
  return value;
}

/** Whole numbers from the environment: `BENCH_SIZES=100,1000`. */
export function settings(name: string, otherwise: readonly number[]): readonly number[] {
  return process.env[name]?.split(',').map(Number) ?? otherwise;
}
