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
import { type NotAsked, type ReadAsk, readAsk } from './readAsk';
import { retryOnConflict } from './retry';

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
export type ReturnOutcome =
  | {
      readonly outcome: 'saved';
      readonly found: ReadAsk<GroupReport>;
      readonly report: GroupReport;
      readonly late: boolean;
      readonly repeat: boolean;
    }
  | {
      readonly outcome: 'refused';
      readonly found: ReadAsk<GroupReport>;
      readonly faults: readonly ReturnFault[];
    }
  /** Another of the group's leads said something meanwhile: nothing was overwritten. */
  | { readonly outcome: 'newer'; readonly found: ReadAsk<GroupReport> }
  | NotAsked;

/**
 * Takes what a group's leads recommend that the board should decide, and how the group's business as usual stands. Kept whole in one
 * transaction, never changed: a correction stands beside it.
 */
export async function recordReturn(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'clock' | 'log'>,
  caller: Caller,
  reply: ReturnReply,
): Promise<ReturnOutcome> {
  return retryOnConflict(() => tryOnce(deps, caller, reply));
}

async function tryOnce(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'clock' | 'log'>,
  caller: Caller,
  reply: ReturnReply,
): Promise<ReturnOutcome> {
  const found = await readAsk(
    deps,
    caller,
    reply,
    () => deps.measures.readReport(reply.plan, reply.report),
    ({ leads }) => ({ leads, groupLeads: [] }),
  );
  if ('outcome' in found) return found;
  const { asked, by, today, late } = found;
  const report = asked.value;
  if (isSameReturn(report, reply.said, reply.period, by.id))
    return { outcome: 'saved', found, report, late, repeat: true };
  if (report.version > reply.version) return { outcome: 'newer', found };
  const faults = checkReturn(reply.said, today);
  if (faults.length > 0) return { outcome: 'refused', found, faults };
  const { period, chat } = reply;
  const { now: at, onBehalfOf } = found;
  const next = applyReturn(report, reply.said, { period, by, onBehalfOf, chat, late, at });
  await deps.measures.saveReturn(reply.plan, asked, next.report, next.said);
  deps.log.info({ plan: reply.plan, period, late }, 'report accepted');
  return { outcome: 'saved', found, report: next.report, late, repeat: false };
}
