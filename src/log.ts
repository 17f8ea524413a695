import pino from 'pino';
import type { Log } from './app/ports';
import { scrubFacts } from './telemetry/scrub';

/**
 * Makes the log: one JSON line an event on standard output. Ids and counts only: what may name somebody in an error is put into a hash. `level` is one of pino's; `silent` says nothing.
 */
export function makeLog(level: string, destination?: NodeJS.WritableStream): Log {
  const logger = destination ? pino({ level, base: null }, destination) : pino({ level, base: null });
  return {
    info: (facts, event) => logger.info(scrubFacts(facts), event),
    warn: (facts, event) => logger.warn(scrubFacts(facts), event),
    error: (facts, event) => logger.error(scrubFacts(facts), event),
  };
}
