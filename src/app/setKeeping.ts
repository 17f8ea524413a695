import type { AuditedChange } from '../domain/audit';
import type { CalendarRules, Plan } from '../domain/plan';
import { COMMAND_LINE } from './mayDo';
import type { Deps } from './ports';
import { auditEntry } from './readAudit';
import { retryOnConflict } from './retry';

type KeepDeps = Pick<Deps, 'plans' | 'clock' | 'makeId'>;

/** Sets for how many months words are kept; null for as long as the plan is stored. Says whether that is new. */
export function setRetention(deps: KeepDeps, plan: Plan, months: number | null): Promise<boolean> {
  return change(
    deps,
    plan.id,
    ({ retention, ...others }) => {
      if ((retention?.months ?? null) === months) return null;
      return months === null ? others : { ...others, retention: { months } };
    },
    { kind: 'retention-set', months },
  );
}

/** Sets whether it is written down who asks for what. Says whether that is new. */
export function setReadingLog(deps: KeepDeps, plan: Plan, on: boolean): Promise<boolean> {
  return change(
    deps,
    plan.id,
    (now) => ((now.logReading ?? false) === on ? null : { ...now, logReading: on }),
    { kind: 'reading-log-set', on },
  );
}

/** Sets when months open, how many of the year's an update is about, and who publishes. Has the plan looked at, since it may be due now. */
export async function setCalendar(deps: KeepDeps, plan: Plan, calendar: CalendarRules): Promise<boolean> {
  const { opensDay, publishes, periodMonths: months = 1 } = calendar;
  const isNew = await change(deps, plan.id, (now) => ({ ...now, calendar }), {
    kind: 'calendar-set',
    opensDay,
    months,
    publishes,
  });
  await deps.plans.setNextDue(plan.id, deps.clock.now().toISOString());
  return isNew;
}

async function change(
  deps: KeepDeps,
  plan: string,
  next: (now: Plan) => Plan | null,
  what: AuditedChange,
): Promise<boolean> {
  return retryOnConflict(async () => {
    const stored = await deps.plans.readPlan(plan);
    const value = stored && next(stored.value);
    if (!value) return false;
    await deps.plans.savePlan({ ...stored, value }, [auditEntry(deps, COMMAND_LINE, what)]);
    return true;
  });
}
