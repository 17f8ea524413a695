import pino from 'pino';
import type { Log } from './app/ports';

/**
 * Makes the log: one JSON line an event on standard output, ids and counts only. `level` is one of pino's; `silent` says nothing.
 */
export function makeLog(level: string, destination?: NodeJS.WritableStream): Log {
  const logger = destination ? pino({ level, base: null }, destination) : pino({ level, base: null });
  return {
    info: (facts, event) => logger.info(facts, event),
    warn: (facts, event) => logger.warn(facts, event),
    error: (facts, event) => logger.error(facts, event),
  };
}
