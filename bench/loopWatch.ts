import { readFileSync } from 'node:fs';

/** How often (ms) the event loop is looked at. */
const EVERY_MS = 2;
/** What Linux says of a thread: first of all how long it has run, in nanoseconds. Told every few milliseconds. */
const THREAD = '/proc/thread-self/schedstat';

/** What kept the event loop longest. */
export interface Blocks {
  /** Longest time, in milliseconds, in which nothing else had its turn. */
  readonly longest: number;
  /**
   * Longest time that the thread worked without anything else having its turn, in milliseconds (to some four of them): what is left when the machine had
   * other work in between. Null where the system does not tell.
   */
  readonly longestWork: number | null;
}

/** Watches this process's event loop until the function that it gives is called. What comes back to back in one round of the loop counts as one. */
export function watchLoop(): () => Blocks {
  let longest = 0;
  let longestWork: number | null = null;
  let at = performance.now();
  let worked = workedSoFar();
  const look = () => {
    const now = performance.now();
    const workedNow = workedSoFar();
    longest = Math.max(longest, now - at - EVERY_MS);
    if (worked !== null && workedNow !== null) longestWork = Math.max(longestWork ?? 0, workedNow - worked);
    at = now;
    worked = workedNow;
  };
  const looking = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(looking);
    look();
    return { longest, longestWork };
  };
}

function workedSoFar(): number | null {
  try {
    return Number(readFileSync(THREAD, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return null;
  }
}
