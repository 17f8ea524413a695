import { join } from 'node:path';
import { type RunningChild, startChild } from '../../../src/demo/child';
import { freePort } from '../../../src/demo/ports';

/** What to start the bot with. */
export interface BotOptions {
  /** Connection string of running storage. */
  readonly storage: string;
  /** Plan to load where the storage holds none. */
  readonly plan?: string;
  /** Starts without a plan. */
  readonly empty?: boolean;
  /** What its clock says at the start: ISO instant. Default: the demo's own. */
  readonly now?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The bot in a process of its own. */
export interface RunningBot {
  /** Where activities go. The same before and after a restart. */
  readonly url: string;
  readonly port: number;
  /** Everything that it has printed, over all restarts. */
  readonly output: readonly string[];
  /** Ends it as a crash would (`kill -9`). */
  kill(): Promise<void>;
  /** Ends it as Ctrl-C would. */
  stop(): Promise<void>;
  /** Starts it anew on the same port and storage, after it was ended; with another clock if one is given. */
  restart(now?: string): Promise<void>;
}

const ROOT = join(__dirname, '..', '..', '..');

/** Starts the bot in open mode, without Playground and Azurite, and answers when it is ready. */
export async function startBot(options: BotOptions): Promise<RunningBot> {
  const port = await freePort();
  const output: string[] = [];
  const start = (now: string | undefined): Promise<RunningChild> =>
    startChild({
      name: 'Steward',
      nodeOptions: ['--import', 'tsx'],
      script: join(ROOT, 'src', 'demo.ts'),
      args: [
        ...['--no-playground', '--port', String(port), '--storage', options.storage],
        ...(options.plan === undefined ? [] : ['--plan', options.plan]),
        ...(options.empty ? ['--empty'] : []),
        ...(now === undefined ? [] : ['--now', now]),
      ],
      cwd: ROOT,
      env: { ...process.env, ...options.env },
      ready: { answers: `http://127.0.0.1:${port}/readyz` },
      onLine: (line) => output.push(line),
    });
  let child = await start(options.now);
  return {
    url: `http://127.0.0.1:${port}/api/messages`,
    port,
    output,
    kill: () => child.kill(),
    stop: () => child.stop(),
    restart: async (now) => {
      child = await start(now ?? options.now);
    },
  };
}
