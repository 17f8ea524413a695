import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** How many requests are taken in ten seconds. */
export interface Limits {
  /** From one caller: somebody of a tenant. */
  readonly perCaller: number;
  /** From all together, by this process. */
  readonly overall: number;
}

/**
 * Production's limits in ten seconds. A lead who presses buttons as fast as they can makes some twenty requests in that time; thirty of them at
 * once, in a month's first minutes, some three hundred.
 */
export const LIMITS: Limits = { perCaller: 60, overall: 2_000 };

/** The demo's: its one machine plays thirty leads and every client. */
export const NO_LIMITS: Limits = { perCaller: 1_000_000, overall: 1_000_000 };

const SECONDS = 10;

/** Counts requests in this process's memory. Gives how many seconds to wait, or null when the request may be taken. */
export type Limiter = (caller: string) => Promise<number | null>;

/** Makes a limiter. One caller who has used up their share takes nothing of what is left for the others. */
export function makeLimiter(limits: Limits): Limiter {
  const perCaller = new RateLimiterMemory({ points: limits.perCaller, duration: SECONDS });
  const overall = new RateLimiterMemory({ points: limits.overall, duration: SECONDS });
  return async (caller) => (await take(perCaller, caller)) ?? (await take(overall, 'all'));
}

async function take(limiter: RateLimiterMemory, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
  }
}
