import type { Period } from '../domain/period';
import type { Plan } from '../domain/plan';
import { promptPrefix, reminderMessage, unanswered, unansweredOthers } from '../domain/prompt';
import { scaleAt } from '../domain/status';
import { planPrompts } from './openCycle';
import type { Deps } from './ports';
import { readOtherAsks } from './readOthers';
import { retryOnConflict } from './retry';

/**
 * Plans the `n`-th reminder of a period: to everybody who was asked (or may have been: an unconfirmed prompt is covered by the
 * reminder) and has an action without an answer. Doing it twice plans each once. Who is to be asked is looked at anew before: a
 * lead whose cover has run out is asked then, or reminded, and their deputy no longer is.
 */
export async function remindLeads(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'clock' | 'log'>,
  plan: Plan,
  period: Period,
  n: number,
): Promise<void> {
  await planPrompts(deps, plan, period);
  const [prompts, list, others] = await Promise.all([
    deps.months.readMessages(plan.id, promptPrefix(period)),
    deps.plans.readActions(plan.id),
    readOtherAsks(deps, plan),
  ]);
  const scale = scaleAt(plan.scales, period);
  const actions = new Map(list.map((action) => [action.id, action]));
  const reminders = prompts
    .map(({ value }) => value)
    .filter((prompt) => prompt.to !== null && prompt.state !== 'planned' && prompt.state !== 'throttled')
    .filter(
      (prompt) =>
        unanswered(prompt, actions, scale).length > 0 || unansweredOthers(prompt, others).length > 0,
    )
    .map((prompt) => reminderMessage(period, n, prompt));
  await deps.months.addMessages(plan.id, reminders);
  await retryOnConflict(async () => {
    const cycle = await deps.months.readCycle(plan.id, period);
    if (cycle && cycle.value.reminded < n)
      await deps.months.saveCycle(plan.id, { etag: cycle.etag, value: { ...cycle.value, reminded: n } });
  });
  deps.log.info({ plan: plan.id, period, n, reminders: reminders.length }, 'reminders planned');
}
