import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { keepBackInSlices } from '../app/keepBackInSlices';
import type { PaperFacts, PaperKind } from '../app/readPaper';
import { dayIn } from '../domain/calendar';
import type { Words } from '../words/words';
import type { DocumentView } from './document';
import { paperName } from './names';
import { reportView } from './report';
import { trackerView } from './tracker';
import type { WorkbookView } from './workbook';

/** A paper as a file. */
export interface PaperFile {
  /** `SEND improvement plan, September 2023, tracker.xlsx`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the thread that writes is given. */
export type WritingOrder =
  | { readonly kind: 'workbook'; readonly view: WorkbookView }
  | { readonly kind: 'document'; readonly view: DocumentView };

/** What the thread that writes answers with. */
export type WritingAnswer = { readonly bytes: Uint8Array } | { readonly failed: string };

/** Longest time for one paper, in milliseconds: one of 100 actions takes about one second. */
const LONGEST_MS = 60_000;

/**
 * Makes a paper of what it says, in a thread of its own, so that nobody's reply waits for it. The same facts and words give the same bytes.
 * Throws when the paper can't be written.
 */
export async function makePaper(kind: PaperKind, given: PaperFacts, words: Words): Promise<PaperFile> {
  const facts = given.order.isPublic ? await withoutChildren(given, words) : given;
  const order: WritingOrder =
    kind === 'tracker'
      ? { kind: 'workbook', view: trackerView(facts, words) }
      : { kind: 'document', view: reportView(facts, words) };
  return { name: paperName(kind, facts, words), bytes: await write(order) };
}

/** A public paper as anybody may read it, words that were cleared included: whoever cleared them may have missed it. */
function withoutChildren(facts: PaperFacts, words: Words): Promise<PaperFacts> {
  return keepBackInSlices(facts, dayIn(facts.zone, new Date(facts.position.at)), words.say('post.keptBack'));
}

function write(order: WritingOrder): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const extension = extname(__filename);
    const thread = new Worker(join(__dirname, `paperThread${extension}`), {
      workerData: order,
      // The source itself is run in development and in tests only, where the loader of TypeScript is there.
      execArgv: extension === '.ts' ? ['--require', require.resolve('tsx/cjs')] : [],
      env: {},
    });
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
      void thread.terminate();
    };
    const fail = (why: string): void =>
      end(() => reject(new Error(`the paper could not be written: ${why}`)));
    const timer = setTimeout(() => fail(`it was not done after ${LONGEST_MS / 1000} seconds`), LONGEST_MS);
    thread.once('message', (answer: WritingAnswer) => {
      if ('failed' in answer) fail(answer.failed);
      else end(() => resolve(answer.bytes));
    });
    thread.once('error', (error: Error) => fail(error.message));
    // After an answer this changes nothing.
    thread.once('exit', () => fail('the thread ended'));
  });
}
