import { Conflict } from './ports';

/** How often a decision is taken again when somebody else wrote first. */
const ATTEMPTS = 6;

/**
 * Reads, decides and writes again when somebody else wrote first, a bounded number of times; the last {@link Conflict} is thrown.
 * `attempt` must read everything anew that it decides from.
 */
export async function retryOnConflict<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Conflict) || tried >= ATTEMPTS) throw error;
    }
  }
}

/** Runs `work` on every item, at most `width` at a time. The first failure is thrown when all that was begun has ended. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const workers = Array.from({ length: Math.min(width, queue.length) }, async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  });
  const failed = (await Promise.allSettled(workers)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
