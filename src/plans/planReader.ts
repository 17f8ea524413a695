import { extname, join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { FullPlan } from '../domain/understood';
import { problem } from './tables';
import { emptyPlan } from './understandTables';

/** What a file may cost while it is read. */
export interface ReadingLimits {
  /** Longest time for one file, in milliseconds. Default 60,000: a plan takes one second, the largest file that is let in about twenty. */
  readonly time: number;
  /** Largest heap of the thread that reads, in MiB. Default 320: a plan of a hundred actions needs a tenth of it. */
  readonly heap: number;
  /** Most files that wait while another one is read; more are refused. Default 8. */
  readonly waiting: number;
}

const DEFAULT_LIMITS: ReadingLimits = { time: 60_000, heap: 320, waiting: 8 };

/** What the thread that reads is given: {@link PlanReader}'s arguments. */
export type ReadingOrder =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: 'text'; readonly text: string; readonly name: string };

/** Reads plans out of the way of everything else. */
export interface PlanReader {
  /** As `readPlan`. The bytes are copied. */
  readonly readFile: (bytes: Uint8Array, fileName: string) => Promise<FullPlan>;
  /** As `readPastedPlan`. */
  readonly readText: (text: string, name?: string) => Promise<FullPlan>;
}

/**
 * Makes a reader whose every reading has a thread of its own, with bounds on its time and memory: a hostile file cannot stall the process, nor
 * make it grow without end. One file is read at a time, the others wait. Never rejects: what breaks a bound gives an empty plan with one error.
 */
export function planReader(limits: Partial<ReadingLimits> = {}): PlanReader {
  const bounds = { ...DEFAULT_LIMITS, ...limits };
  let waiting = 0;
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = (order: ReadingOrder): Promise<FullPlan> => {
    if (waiting > bounds.waiting) return Promise.resolve(refusal(order, BUSY));
    waiting += 1;
    const reading = before.then(() => readInThread(order, bounds));
    before = reading.finally(() => {
      waiting -= 1;
    });
    return reading;
  };
  return {
    readFile: (bytes, name) => inTurn({ kind: 'file', bytes: Uint8Array.from(bytes), name }),
    readText: (text, name = 'pasted text') => inTurn({ kind: 'text', text, name }),
  };
}

const SIMPLER =
  'send the plan’s tables alone, in a new file. Saving the sheet as .csv, or the document anew, may help';
const BUSY = 'Steward is reading several other files just now: send this one again in a few minutes.';

function readInThread(order: ReadingOrder, { time, heap }: ReadingLimits): Promise<FullPlan> {
  return new Promise((resolve) => {
    const thread = startThread(order, heap);
    const finish = (plan: FullPlan): void => {
      clearTimeout(timer);
      resolve(plan);
      void thread.terminate();
    };
    const timer = setTimeout(() => {
      const seconds = Math.round(time / 1000);
      finish(refusal(order, `The file was still not read after ${seconds} seconds: ${SIMPLER}.`));
    }, time);
    thread.once('message', finish);
    thread.once('error', (error: NodeJS.ErrnoException) => {
      const isTooMuch = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const why = isTooMuch
        ? `needs more than ${heap} MB of memory to be read`
        : `broke off the reading (${error.message})`;
      finish(refusal(order, `The file ${why}: ${SIMPLER}.`));
    });
    // After an answer or an error this changes nothing.
    thread.once('exit', () => finish(refusal(order, `The file broke off the reading: ${SIMPLER}.`)));
  });
}

function startThread(order: ReadingOrder, heap: number): Worker {
  const extension = extname(__filename);
  const options: WorkerOptions = {
    workerData: order,
    transferList: order.kind === 'file' ? [order.bytes.buffer as ArrayBuffer] : [],
    resourceLimits: { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: 32 },
    // The source itself is run in development and in tests only, where the loader of TypeScript is there.
    execArgv: extension === '.ts' ? ['--require', require.resolve('tsx/cjs')] : [],
    env: {},
  };
  return new Worker(join(__dirname, `planReaderThread${extension}`), options);
}

function refusal({ name }: ReadingOrder, message: string): FullPlan {
  return emptyPlan(name, [problem('error', 'the file', message)]);
}
