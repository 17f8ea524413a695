import type { Period } from '../domain/period';
import {
  applyReturn,
  checkReturn,
  type GroupReport,
  isSameReturn,
  type ReportSaid,
  type ReturnFault,
} from '../domain/planDetail';
import type { Caller } from './people';
import type { Deps } from './ports';
import { type AskOutcome, recordAsk } from './recordAsk';

/** What a group's leads say to the board. */
export interface ReturnReply {
  readonly plan: string;
  readonly period: Period;
  readonly report: string;
  /** Version of the report that they were looking at. */
  readonly version: number;
  /** An empty recommendation is "none", which is an answer. */
  readonly said: ReportSaid;
  /** The conversation that it came from, for the audit. */
  readonly chat: string;
}

/** What became of it. */
export type ReturnOutcome = AskOutcome<GroupReport, { readonly faults: readonly ReturnFault[] }>;

/**
 * Takes what a group's leads recommend that the board should decide, and how the group's business as usual stands. Kept whole in one
 * transaction, never changed: a correction stands beside it.
 */
export async function recordReturn(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'clock' | 'log'>,
  caller: Caller,
  reply: ReturnReply,
): Promise<ReturnOutcome> {
  const { plan, period, said, chat } = reply;
  return recordAsk(deps, caller, reply, {
    read: () => deps.measures.readReport(plan, reply.report),
    leadsOf: ({ leads }) => ({ leads, groupLeads: [] }),
    isSame: (report, personId) => isSameReturn(report, said, period, personId),
    keep: async ({ asked, by, onBehalfOf, today, now: at, late }) => {
      const faults = checkReturn(said, today);
      if (faults.length > 0) return { refused: { faults } };
      const next = applyReturn(asked.value, said, { period, by, onBehalfOf, chat, late, at });
      await deps.measures.saveReturn(plan, asked, next.report, next.said);
      deps.log.info({ plan, period, late }, 'report accepted');
      return { kept: next.report };
    },
  });
}
