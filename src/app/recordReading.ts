import {
  applyReading,
  checkReading,
  isSameReading,
  type Measure,
  type ReadingDoubt,
  type ReadingFault,
} from '../domain/measure';
import type { Period } from '../domain/period';
import type { Caller } from './people';
import type { Deps } from './ports';
import { type NotAsked, type ReadAsk, readAsk } from './readAsk';
import { retryOnConflict } from './retry';

/** What somebody says a measure reads. */
export interface ReadingReply {
  readonly plan: string;
  readonly period: Period;
  readonly measure: string;
  /** Version of the measure that they were looking at. */
  readonly version: number;
  /** As typed: `62%`, `N/A`, `TBC`. */
  readonly text: string;
  /** They were asked about a doubt and meant what they said. */
  readonly anyway: boolean;
  /** The conversation that it came from, for the audit. */
  readonly chat: string;
}

/** What became of it. */
export type ReadingOutcome =
  /** Kept; `repeat` when the same had been kept before. */
  | {
      readonly outcome: 'saved';
      readonly found: ReadAsk<Measure>;
      readonly measure: Measure;
      readonly late: boolean;
      readonly repeat: boolean;
    }
  /** Must be mended (`fault`) or confirmed (`doubts`) before it is kept. Nothing was changed. */
  | {
      readonly outcome: 'refused';
      readonly found: ReadAsk<Measure>;
      readonly fault: ReadingFault | null;
      readonly doubts: readonly ReadingDoubt[];
    }
  /** Somebody read it meanwhile: nothing was overwritten. */
  | { readonly outcome: 'newer'; readonly found: ReadAsk<Measure> }
  | NotAsked;

/**
 * Takes a reading of a measure: from its owners (or its group's leads), a deputy, a group's lead or a programme officer. Kept whole in one
 * transaction, never changed: a correction stands beside it.
 */
export async function recordReading(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'clock' | 'log'>,
  caller: Caller,
  reply: ReadingReply,
): Promise<ReadingOutcome> {
  return retryOnConflict(() => tryOnce(deps, caller, reply));
}

async function tryOnce(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'clock' | 'log'>,
  caller: Caller,
  reply: ReadingReply,
): Promise<ReadingOutcome> {
  const found = await readAsk(
    deps,
    caller,
    reply,
    () => deps.measures.readMeasure(reply.plan, reply.measure),
    ({ owners, groupLeads }) => ({ leads: owners, groupLeads }),
  );
  if ('outcome' in found) return found;
  const { asked, by, today, late } = found;
  const measure = asked.value;
  if (isSameReading(measure, reply, by.id)) return { outcome: 'saved', found, measure, late, repeat: true };
  if (measure.version > reply.version) return { outcome: 'newer', found };
  const { fault, doubts } = checkReading(reply.text, measure, today);
  if (fault || (doubts.length > 0 && !reply.anyway)) return { outcome: 'refused', found, fault, doubts };
  const next = applyReading(measure, {
    period: reply.period,
    text: reply.text,
    at: found.now,
    by,
    onBehalfOf: found.onBehalfOf,
    chat: reply.chat,
    late,
    savedAnyway: doubts,
  });
  await deps.measures.saveReading(reply.plan, asked, next.measure, next.reading);
  deps.log.info({ plan: reply.plan, period: reply.period, late }, 'reading accepted');
  return { outcome: 'saved', found, measure: next.measure, late, repeat: false };
}
