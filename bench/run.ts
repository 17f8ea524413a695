import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/*
 * npm run bench              the quick ones, at sizes that take some five minutes together
 * npm run bench -- all       all of them, at their full sizes
 * npm run bench -- turn ask  those that are named, at their full sizes
 *
 * Each runs in a process of its own, so that none warms up another.
 */

type Settings = Readonly<Record<string, string>>;

/** All benches, in the order in which they run, with what makes them quick; null for those that are not. */
const BENCHES: Readonly<Record<string, Settings | null>> = {
  cards: {},
  money: {},
  publish: { BENCH_SIZES: '100,1000' },
  ask: { BENCH_SIZES: '100,1000', BENCH_STORES: '1,100' },
  turn: { BENCH_ROUNDS: '60', BENCH_WARMUP: '60' },
  replies: { BENCH_SECONDS: '3', BENCH_TURNS: '1' },
  loop: { BENCH_SECONDS: '3' },
  memory: { BENCH_TURNS: '1500', BENCH_STARTS: '3' },
  fanout: { BENCH_LEADS: '500', BENCH_PROCESSES: '1,2' },
};

const asked = process.argv.slice(2);
const names = asked.length === 0 || asked.includes('all') ? Object.keys(BENCHES) : asked;
const isQuick = asked.length === 0;
for (const name of names) {
  if (!(name in BENCHES)) {
    console.error(`There is no bench ${name}. There are: ${Object.keys(BENCHES).join(', ')}, and all.`);
    process.exit(1);
  }
}
let failed = 0;
for (const name of names) {
  const quick = BENCHES[name] ?? null;
  if (isQuick && quick === null) continue;
  const file = join(__dirname, `${name}.ts`);
  if (!existsSync(file)) continue;
  const { status } = spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', file], {
    stdio: 'inherit',
    env: { ...(isQuick ? quick : {}), ...process.env },
  });
  if (status !== 0) failed += 1;
}
process.exit(failed > 0 ? 1 : 0);
