import type { Deps } from './ports';

/**
 * Writes something that the workers are to go on with, and has every instance's look at the plan soon. They are told before, so that a stop right after the
 * write leaves no message waiting for the month's next step; and after, since one that looked in between found nothing to do and put the plan off
 * until then. Looking once too often does no harm.
 */
export async function forTheWorker<T>(
  deps: Pick<Deps, 'plans' | 'clock'>,
  plan: string,
  write: () => Promise<T>,
): Promise<T> {
  await wake(deps, plan);
  const written = await write();
  await wake(deps, plan);
  return written;
}

/** Has every instance's worker look at a plan soon. */
export async function wake(deps: Pick<Deps, 'plans' | 'clock'>, plan: string): Promise<void> {
  await deps.plans.setNextDue(plan, deps.clock.now().toISOString());
}
