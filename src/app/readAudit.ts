import type { AuditEntry, AuditedChange, Named } from '../domain/audit';
import type { Plan } from '../domain/plan';
import type { Deps } from './ports';

/** Who does something, and in which conversation: from the Teams activity, or the command line. */
export interface Doer extends Named {
  /** Teams conversation; empty for the command line. */
  readonly chat: string;
}

/** Most lines of the audit that are read at a time. */
const MOST_LINES = 200;

/** The newest lines of a plan's audit, newest first, at most `limit` (200 unless told otherwise, and never more than 1,000). */
export async function readAudit(
  deps: Pick<Deps, 'plans'>,
  plan: Plan,
  limit: number = MOST_LINES,
): Promise<AuditEntry[]> {
  return deps.plans.readAudit(plan.id, Math.max(1, Math.min(Math.trunc(limit), 1000)));
}

/** A line of the audit about something that is done now. */
export function auditEntry(deps: Pick<Deps, 'clock' | 'makeId'>, by: Doer, what: AuditedChange): AuditEntry {
  return {
    id: deps.makeId(),
    at: deps.clock.now().toISOString(),
    by: { id: by.id, name: by.name },
    chat: by.chat,
    what,
  };
}
