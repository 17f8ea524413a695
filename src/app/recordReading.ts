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
import { type AskOutcome, recordAsk } from './recordAsk';

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

/** What became of it: to be mended (`fault`) or confirmed (`doubts`) where it was refused. */
export type ReadingOutcome = AskOutcome<
  Measure,
  { readonly fault: ReadingFault | null; readonly doubts: readonly ReadingDoubt[] }
>;

/**
 * Takes a reading of a measure: from its owners (or its group's leads), a deputy, a group's lead or a programme officer. Kept whole in one
 * transaction, never changed: a correction stands beside it.
 */
export async function recordReading(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'clock' | 'log'>,
  caller: Caller,
  reply: ReadingReply,
): Promise<ReadingOutcome> {
  const { plan, period, text, chat } = reply;
  return recordAsk(deps, caller, reply, {
    read: () => deps.measures.readMeasure(plan, reply.measure),
    leadsOf: ({ owners, groupLeads }) => ({ leads: owners, groupLeads }),
    isSame: (measure, personId) => isSameReading(measure, reply, personId),
    keep: async ({ asked, by, onBehalfOf, today, now: at, late }) => {
      const { fault, doubts } = checkReading(text, asked.value, today);
      if (fault || (doubts.length > 0 && !reply.anyway)) return { refused: { fault, doubts } };
      const said = { period, text, at, by, onBehalfOf, chat, late, savedAnyway: doubts };
      const next = applyReading(asked.value, said);
      await deps.measures.saveReading(plan, asked, next.measure, next.reading);
      deps.log.info({ plan, period, late }, 'reading accepted');
      return { kept: next.measure };
    },
  });
}
