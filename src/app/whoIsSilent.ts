import type { Message } from '../domain/message';
import type { Period } from '../domain/period';
import type { Action, Plan } from '../domain/plan';
import { askedAs, leaderless, promptPrefix, unanswered } from '../domain/prompt';
import { scaleAt } from '../domain/status';
import type { Deps } from './ports';

/** Somebody who was to be asked in a period, and how far they are. */
export interface Asked {
  /** The lead's name as the plan prints it. */
  readonly name: string;
  readonly prompt: Message;
  /** Actions without an answer yet, and all that were asked for. */
  readonly left: number;
  readonly of: number;
  readonly reminded: number;
  /** The lead is nobody in the team, and a programme officer answers. */
  readonly officerAnswers: boolean;
  /** Name of whoever was asked in the lead's place; null when nobody covers. */
  readonly coveredBy: string | null;
}

/** Everybody who was to be asked in a period, by name, and the live actions that nobody can be asked about. */
export async function readLedger(
  deps: Pick<Deps, 'plans' | 'months'>,
  plan: Plan,
  period: Period,
): Promise<{ readonly asked: readonly Asked[]; readonly leaderless: readonly Action[] }> {
  const [prompts, reminders, list, leads] = await Promise.all([
    deps.months.readMessages(plan.id, promptPrefix(period)),
    deps.months.readMessages(plan.id, `reminder|${period}|`),
    deps.plans.readActions(plan.id),
    deps.plans.readLeads(plan.id),
  ]);
  const scale = scaleAt(plan.scales, period);
  const actions = new Map(list.map((action) => [action.id, action]));
  const byKey = new Map(leads.map(({ value }) => [value.lead.key, value]));
  const asked = prompts
    .map(({ value }) => value)
    .filter((prompt) => prompt.actions.length > 0)
    .flatMap((prompt) => askedAs(prompt, byKey, actions).map((part) => ({ prompt, part })))
    .map(({ prompt, part }): Asked => {
      const records = part.leads.flatMap((key) => byKey.get(key) ?? []);
      return {
        name: records.map(({ lead }) => lead.name).join(', '),
        prompt,
        left: unanswered({ ...prompt, actions: part.actions }, actions, scale).length,
        of: part.actions.length,
        reminded: reminders.filter(({ value }) => value.to === prompt.to && value.state === 'sent').length,
        officerAnswers: records.length > 0 && records.every(({ settled }) => settled === 'nobody'),
        coveredBy: part.covered ? (records[0]?.cover?.name ?? '') : null,
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return { asked, leaderless: leaderless(list, scale) };
}
