import type { Plan } from '../domain/plan';
import type { TurnDeps } from './turn';

/** Has the worker look at a plan after something was done; the answer does not wait for it. What fails here the worker makes up for by itself. */
export function wakeWorker(deps: TurnDeps, plan: Plan): void {
  deps.advance(plan.id).catch((error: unknown) => {
    deps.log.warn({ plan: plan.id, error: String(error) }, 'what was done waits for the worker');
  });
}
