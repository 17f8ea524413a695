import type { Deps } from './ports';

/**
 * Has every instance's worker look at a plan soon. Called before the write that gives the worker something to do, so that a stop right
 * after the write leaves no message waiting for the month's next step; looking once too often does no harm.
 */
export async function wake(deps: Pick<Deps, 'plans' | 'clock'>, plan: string): Promise<void> {
  await deps.plans.setNextDue(plan, deps.clock.now().toISOString());
}
