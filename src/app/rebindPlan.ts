import type { Plan } from '../domain/plan';
import { COMMAND_LINE } from './mayDo';
import { changePerson } from './people';
import type { Deps } from './ports';
import { auditEntry } from './readAudit';
import { inParallel, retryOnConflict } from './retry';

/**
 * Frees a plan from its team, so that the next team that adds Steward binds it. Who its leads are, its people and its programme
 * officers belong to the old team and are forgotten; actions, updates and positions stay. `tenant` reserves it for one tenant.
 */
export async function rebindPlan(
  deps: Pick<Deps, 'plans' | 'people' | 'clock' | 'makeId'>,
  plan: Plan,
  tenant: string | null,
): Promise<void> {
  const { binding } = plan;
  if (binding) {
    const people = await deps.people.readMembers(binding.tenant, plan.id);
    await inParallel(people, 8, (person) =>
      changePerson(deps, person, (now) => ({
        ...now,
        plans: now.plans.filter((member) => member.plan !== plan.id),
      })),
    );
    const team = await deps.people.readTeam(binding.tenant, binding.team);
    if (team)
      await deps.people.saveTeam({ etag: team.etag, value: { ...team.value, plan: null, state: 'removed' } });
  }
  for (const record of await deps.plans.readLeads(plan.id))
    await deps.plans.saveLead(plan.id, {
      etag: record.etag,
      value: { ...record.value, person: null, settled: null, answeredBy: null, proposed: [], cover: null },
    });
  await retryOnConflict(async () => {
    const stored = await deps.plans.readPlan(plan.id);
    if (!stored) return;
    const team = stored.value.binding?.teamName ?? '';
    const entry = auditEntry(deps, COMMAND_LINE, { kind: 'freed', team });
    const value = { ...stored.value, binding: null, officers: [], tenant };
    await deps.plans.savePlan({ ...stored, value }, binding ? [entry] : []);
  });
}
