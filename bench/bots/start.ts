import { execFileSync, fork } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

let isCompiled = false;

/** Compiles Steward and the bots of this folder, once: what is measured runs as production does, not through tsx. */
export function compile(): void {
  if (isCompiled) return;
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [tsc, '-p', join('bench', 'tsconfig.json')], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  isCompiled = true;
}

/** Where a bot of this folder is to be run from. */
function placeOf(file: string): string {
  if (!file.endsWith('.ts')) return join(__dirname, file);
  compile();
  return join(ROOT, 'dist', 'bench', 'bots', file.replace(/ts$/, 'js'));
}

/** A bot in a process of its own. */
export interface Bot<Ready> {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** What it said when it was ready. */
  readonly ready: Ready;
  /** Milliseconds from the start of the process until it said so. */
  readonly startedIn: number;
  /** Asks it something over the channel between processes. */
  ask<Said>(say: string, more?: object): Promise<Said>;
  stop(): Promise<void>;
}

/** What every bot says of itself. */
export interface Usage {
  readonly cpu: { readonly user: number; readonly system: number };
  readonly memory: NodeJS.MemoryUsage;
}

/** Starts a bot of this folder: `steward.ts`, `botbuilderEcho.cjs`. */
export async function startBot<Ready extends { port: number }>(
  file: string,
  env: Readonly<Record<string, string>> = {},
  nodeOptions: readonly string[] = [],
): Promise<Bot<Ready>> {
  const place = placeOf(file);
  const from = performance.now();
  const child = fork(place, {
    execArgv: [...nodeOptions],
    env: { ...process.env, ...env },
  });
  const exited = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  exited.catch(() => undefined);
  const answer = <Said>(): Promise<Said> =>
    Promise.race([
      exited,
      new Promise<Said>((resolve, reject) => {
        child.once('message', (said: Said & { failed?: string }) =>
          said.failed === undefined ? resolve(said) : reject(new Error(said.failed)),
        );
      }),
    ]);
  const ready = await answer<Ready>();
  return {
    url: `http://127.0.0.1:${ready.port}/api/messages`,
    port: ready.port,
    pid: child.pid ?? 0,
    ready,
    startedIn: performance.now() - from,
    ask: async (say, more = {}) => {
      const said = answer();
      child.send({ ...more, say });
      return said as never;
    },
    stop: async () => {
      // One whose profile is kept must end by itself, to write it down.
      if (nodeOptions.includes('--cpu-prof')) child.send({ say: 'end' });
      else child.kill('SIGKILL');
      await exited.catch(() => undefined);
    },
  };
}
