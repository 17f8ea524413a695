import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

/** How a process ended. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that runs for us. */
export interface RunningChild {
  /** For messages to people: `Azurite`. */
  readonly name: string;
  readonly pid: number;
  /** Settles when the process has ended, for whatever reason; never rejects. */
  readonly exited: Promise<ChildExit>;
  /** Asks it to end, waits, and kills it if it has not ended after ten seconds. Harmless when repeated. */
  stop(): Promise<void>;
  /** Ends it as a crash would, with no chance to tidy up (`kill -9`), and waits until it is gone. */
  kill(): Promise<void>;
}

/** What to start and how to know that it is ready. */
export interface ChildOptions {
  readonly name: string;
  /** Path of the Node script. */
  readonly script: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Further files to preload, beside the one that ends the child with its parent. */
  readonly preload?: readonly string[];
  /** Options of Node itself, before the script: `['--import', 'tsx']`. */
  readonly nodeOptions?: readonly string[];
  /** `says`: sees each line that the child prints, ready at the first answer of true. `answers`: an address that answers 200 once it is ready. */
  readonly ready: { readonly says: (line: string) => boolean } | { readonly answers: string };
  /** How long it may take to be ready, in milliseconds. Default 60,000: a slow shared machine is no failure. */
  readonly readyWithin?: number;
  /** Sees all lines for as long as the child runs, for a log. */
  readonly onLine?: (line: string) => void;
}

/** Says that a program did not start, with the last that it printed. */
export class ChildStartError extends Error {
  constructor(name: string, why: string, lastLines: readonly string[]) {
    super(
      [`${name} did not start: ${why}.`, ...lastLines.map((line) => `  ${name} said: ${line}`)].join('\n'),
    );
    this.name = 'ChildStartError';
  }
}

const STOP_WITHIN_MS = 10_000;
const KEPT_LINES = 12;
const POLL_MS = 40;

const running = new Set<RunningChild>();

/**
 * Starts a Node script as a child that ends when this process does, even by `kill -9`, and answers once it is
 * ready. It has a process group of its own, so that Ctrl-C reaches only this process, which then stops its
 * children in good order. Throws {@link ChildStartError}; then nothing is left running.
 */
export async function startChild(options: ChildOptions): Promise<RunningChild> {
  const preloads = [join(__dirname, 'diesWithParent.cjs'), ...(options.preload ?? [])];
  const child = spawn(
    process.execPath,
    [
      ...preloads.flatMap((file) => ['--require', file]),
      ...(options.nodeOptions ?? []),
      options.script,
      ...options.args,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: process.platform !== 'win32',
      windowsHide: true,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: options.env ?? process.env,
    },
  );
  const exited = new Promise<ChildExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  const handle: RunningChild = {
    name: options.name,
    pid: child.pid ?? -1,
    exited,
    stop: () => stopChild(child, exited),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
  running.add(handle);
  void exited.then(() => running.delete(handle));

  const failure = await untilReady(child, exited, options);
  if (failure) {
    await handle.stop();
    throw failure;
  }
  return handle;
}

/** Stops every child that this process has started and that still runs, the last started first. */
export async function stopAll(): Promise<void> {
  for (const child of [...running].reverse()) await child.stop();
}

/**
 * Runs `stop` on the first Ctrl-C (or SIGTERM, or a closed terminal) and then ends this process; a second one
 * ends it at once. Children end with it either way.
 */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(130);
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

async function untilReady(
  child: ChildProcess,
  exited: Promise<ChildExit>,
  options: ChildOptions,
): Promise<ChildStartError | null> {
  const lastLines: string[] = [];
  let onReady: () => void = () => undefined;
  const ready = new Promise<null>((resolve) => {
    onReady = () => resolve(null);
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      options.onLine?.(line);
      lastLines.push(line);
      if (lastLines.length > KEPT_LINES) lastLines.shift();
      if ('says' in options.ready && options.ready.says(line)) onReady();
    });
  }
  const asking = new AbortController();
  if ('answers' in options.ready) {
    answers200(options.ready.answers, asking.signal).then(onReady, () => undefined);
  }

  const within = options.readyWithin ?? 60_000;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<ChildStartError>((resolve) => {
    timer = setTimeout(
      () => resolve(new ChildStartError(options.name, `not ready after ${within / 1000} seconds`, lastLines)),
      within,
    );
  });
  const ended = exited.then(
    ({ code, signal }) =>
      new ChildStartError(
        options.name,
        signal ? `it was ended by ${signal}` : `it ended with code ${code}`,
        lastLines,
      ),
  );
  const outcome = await Promise.race([ready, ended, tooLate]);
  clearTimeout(timer);
  asking.abort();
  return outcome;
}

/** Asks an address again and again until it answers 200. */
async function answers200(address: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const answer = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]) });
      await answer.arrayBuffer();
      if (answer.status === 200) return;
    } catch {
      // Nothing listens yet.
    }
    await pause(POLL_MS, undefined, { signal });
  }
}

async function stopChild(child: ChildProcess, exited: Promise<ChildExit>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const killLater = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  // `end` lets diesWithParent.cjs end it in good order on every system; a channel that is gone has done so already.
  if (child.connected) child.send('end', () => undefined);
  await exited;
  clearTimeout(killLater);
}
