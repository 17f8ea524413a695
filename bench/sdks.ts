import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/* npm run bench:sdks: the bench of a turn, with the echo bots of the successor SDKs in the same run. */

if (!existsSync(join(__dirname, 'sdks', 'node_modules', '@microsoft'))) {
  console.error(
    'The other SDKs are no part of Steward, so they are installed by hand, in a folder of their own:\n\n  npm ci --prefix bench/sdks\n\nThen run npm run bench:sdks again, with Node 22.12 or later for @microsoft/teams.apps.',
  );
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, 'turn.ts')], {
  stdio: 'inherit',
  env: { BENCH_ROUNDS: '100', ...process.env, BENCH_SDKS: '1' },
});
process.exit(status ?? 1);
