import type { Cycle } from '../domain/cycle';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import { Conflict, type Deps } from './ports';
import { retryOnConflict } from './retry';
import { currentPosition, postMessage } from './viewPosition';
import { forTheWorker } from './wake';

export type PublishOutcome =
  | { readonly outcome: 'publishing' | 'already'; readonly cycle: Cycle }
  | { readonly outcome: 'never-opened' };

/** Asks for a period to be published; the worker freezes the figures and posts them. An open month is closed by it. */
export async function requestPublication(
  deps: Pick<Deps, 'plans' | 'months' | 'clock'>,
  plan: Plan,
  period: Period,
  by: string | null,
): Promise<PublishOutcome> {
  return retryOnConflict(async (): Promise<PublishOutcome> => {
    const cycle = await deps.months.readCycle(plan.id, period);
    if (!cycle) return { outcome: 'never-opened' };
    if (cycle.value.state === 'published') return { outcome: 'already', cycle: cycle.value };
    const next: Cycle = {
      ...cycle.value,
      state: 'publishing',
      closedAt: cycle.value.closedAt ?? deps.clock.now().toISOString(),
      publishedBy: cycle.value.publishedBy ?? by,
    };
    await forTheWorker(deps, plan.id, () =>
      deps.months.saveCycle(plan.id, { etag: cycle.etag, value: next }),
    );
    return { outcome: 'publishing', cycle: next };
  });
}

/** Freezes the figures of a period and plans the board's post. Every part can be done again: the first figures frozen hold. */
export async function publishPosition(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'clock' | 'log'>,
  plan: Plan,
  period: Period,
): Promise<void> {
  if (!(await deps.months.readPosition(plan.id, period))) {
    const { position, actions } = await currentPosition(deps, plan, period);
    try {
      await deps.months.freezePosition(plan.id, position, [...actions.values()]);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
  await deps.months.addMessages(plan.id, [postMessage(period)]);
  await retryOnConflict(async () => {
    const cycle = await deps.months.readCycle(plan.id, period);
    if (!cycle || cycle.value.state === 'published') return;
    const publishedAt = deps.clock.now().toISOString();
    await deps.months.saveCycle(plan.id, {
      etag: cycle.etag,
      value: { ...cycle.value, state: 'published', publishedAt },
    });
    deps.log.info({ plan: plan.id, period }, 'position published');
  });
}

/** Posts a published position once more, when somebody who can see the channel says that it is not there. */
export async function postAgain(
  deps: Pick<Deps, 'plans' | 'months' | 'clock'>,
  plan: Plan,
  period: Period,
): Promise<'planned' | 'not-published'> {
  if (!(await deps.months.readPosition(plan.id, period))) return 'not-published';
  await forTheWorker(deps, plan.id, async () => {
    const posts = await deps.months.readMessages(plan.id, `post|${period}|`);
    await deps.months.addMessages(plan.id, [postMessage(period, posts.length + 1)]);
  });
  return 'planned';
}
