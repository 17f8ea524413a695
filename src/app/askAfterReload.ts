import { newMessage } from '../domain/message';
import type { Period } from '../domain/period';
import { askedLeads, type LeadKey, type Plan } from '../domain/plan';
import { answererOf, promptPrefix } from '../domain/prompt';
import type { Reload, ReloadStep, ReloadWork } from '../domain/reloadWork';
import { noteTeam } from './noteTeam';
import type { Deps } from './ports';
import { retryOnConflict } from './retry';

type AskDeps = Pick<Deps, 'plans' | 'months' | 'people' | 'clock'>;

/** Says of an open month that others are to be asked than before, and of the team that names may be open: the worker sees to both. */
export async function askAfterReload(
  deps: AskDeps,
  plan: Plan,
  reload: Reload,
  work: ReloadWork,
): Promise<void> {
  const { latest, binding } = plan;
  if (latest) await tellThoseAsked(deps, plan, latest, reload, work);
  if (latest)
    await retryOnConflict(async () => {
      const cycle = await deps.months.readCycle(plan.id, latest);
      if (cycle?.value.state === 'open')
        await deps.months.saveCycle(plan.id, { ...cycle, value: { ...cycle.value, prompted: false } });
    });
  if (!binding) return;
  const { tenant, team, teamName, serviceUrl } = binding;
  await noteTeam(deps, { tenant, id: team, name: teamName, serviceUrl }, null);
}

/**
 * A word to whoever was asked before in an open month and leads more now: their prompt is not sent twice. Whoever was not asked is asked by a
 * prompt of their own.
 */
async function tellThoseAsked(
  deps: AskDeps,
  plan: Plan,
  period: Period,
  reload: Reload,
  work: ReloadWork,
): Promise<void> {
  const cycle = await deps.months.readCycle(plan.id, period);
  if (cycle?.value.state !== 'open') return;
  const records = new Map((await deps.plans.readLeads(plan.id)).map(({ value }) => [value.lead.key, value]));
  const gained = new Map<string, string[]>();
  for (const step of work.steps) {
    const id = step.kind === 'add' ? step.action.id : step.action;
    for (const key of newLeadsOf(step)) {
      const record = records.get(key);
      const person = record ? answererOf(record) : null;
      if (person) gained.set(person, [...new Set([...(gained.get(person) ?? []), id])]);
    }
  }
  const asked = await deps.months.readMessages(plan.id, promptPrefix(period));
  const wasAsked = new Set(asked.flatMap(({ value }) => (value.state === 'sent' ? (value.to ?? []) : [])));
  await deps.months.addMessages(
    plan.id,
    [...gained]
      .filter(([person]) => wasAsked.has(person))
      .map(([to, actions]) =>
        newMessage({
          key: `notice|reload|${reload.id}|${to}`,
          kind: 'notice',
          period,
          to,
          actions,
          about: 'reloaded',
        }),
      ),
  );
}

/** Leads whom a step gives an action that they did not lead. */
function newLeadsOf(step: ReloadStep): LeadKey[] {
  switch (step.kind) {
    case 'add':
      return askedLeads(step.action).map(({ key }) => key);
    case 'change':
      return step.fields.leads.map(({ key }) => key).filter((key) => !step.leadsBefore.includes(key));
    case 'leave':
      return [];
  }
}
