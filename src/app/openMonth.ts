import type { Cycle } from '../domain/cycle';
import type { Deps, Stored } from './ports';

/**
 * A plan's open month as it stands now, marked as one in which not everybody was asked yet, to be saved in the transaction that
 * changes whom to ask: the worker then goes on with the asking whatever stops in between. Null when no month is open.
 */
export async function readOpenMonth(
  deps: Pick<Deps, 'plans' | 'months'>,
  planId: string,
): Promise<Stored<Cycle> | null> {
  const latest = (await deps.plans.readPlan(planId))?.value.latest ?? null;
  const cycle = latest ? await deps.months.readCycle(planId, latest) : null;
  if (cycle?.value.state !== 'open') return null;
  return { ...cycle, value: { ...cycle.value, prompted: false } };
}
