import { newMessage } from '../domain/message';
import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import type { Deps } from './ports';

/** How late (milliseconds, by the plan's clock) a step of the calendar may be before somebody has to know. */
const LATE_MS = 30 * 60_000;

/** A step of a month that the calendar wanted at a time. */
export interface HeldUp {
  readonly step: 'open' | 'remind' | 'close' | 'publish';
  readonly period: Period;
  readonly due: Date;
}

/**
 * Tells of a step that is done more than half an hour after its time: the log as an error, and the programme officers once a step, since nobody
 * else would know why their month opened late. Nothing when it is on time.
 */
export async function tellHeldUp(
  deps: Pick<Deps, 'months' | 'clock' | 'log'>,
  plan: Plan,
  { step, period, due }: HeldUp,
): Promise<void> {
  if (deps.clock.now().getTime() - due.getTime() <= LATE_MS) return;
  deps.log.error({ plan: plan.id, period, step, due: due.toISOString() }, 'a step of a month comes late');
  await deps.months.addMessages(
    plan.id,
    plan.officers.map((to) =>
      newMessage({
        key: `notice|held-up|${period}|${step}|${due.toISOString().slice(0, 10)}|${to}`,
        kind: 'notice',
        period,
        to,
        about: `held-up|${step}|${due.toISOString()}`,
      }),
    ),
  );
}
