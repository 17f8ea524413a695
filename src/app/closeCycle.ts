import type { Cycle } from '../domain/cycle';
import { newMessage } from '../domain/message';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import type { Deps } from './ports';
import { retryOnConflict } from './retry';
import { forTheWorker } from './wake';

/**
 * Closes a period's month now; null when it was never opened. Doing it twice closes it once. The programme officers get word of it, but for
 * the one (`by`, a person's id) who says so; null when the calendar does.
 */
export async function closeCycle(
  deps: Pick<Deps, 'plans' | 'months' | 'clock' | 'log'>,
  plan: Plan,
  period: Period,
  by: string | null,
): Promise<{ readonly outcome: 'closed' | 'already'; readonly cycle: Cycle } | null> {
  return retryOnConflict(async () => {
    const cycle = await deps.months.readCycle(plan.id, period);
    if (!cycle) return null;
    if (cycle.value.state !== 'open') return { outcome: 'already', cycle: cycle.value };
    const closed: Cycle = { ...cycle.value, state: 'closed', closedAt: deps.clock.now().toISOString() };
    const notices = plan.officers
      .filter((officer) => officer !== by)
      .map((to) =>
        newMessage({ key: `notice|closed|${period}|${to}`, kind: 'notice', period, to, about: 'closed' }),
      );
    // Together, or a stop between the two would leave the month closed and nobody told.
    await forTheWorker(deps, plan.id, () =>
      deps.months.saveCycle(plan.id, { etag: cycle.etag, value: closed }, notices),
    );
    deps.log.info({ plan: plan.id, period }, 'month closed');
    return { outcome: 'closed', cycle: closed };
  });
}
