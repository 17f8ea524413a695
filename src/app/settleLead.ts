import { isOfficer } from '../domain/authority';
import type { Plan } from '../domain/plan';
import { giveLead } from './joinTeam';
import { planPrompts } from './openCycle';
import { changePerson, withLead, withMember } from './people';
import type { Deps, Stored } from './ports';
import { retryOnConflict } from './retry';
import { wake } from './wake';

/** Who a lead turns out to be: a person of the team, or nobody, for whom the programme officer answers. */
export type Choice = { readonly kind: 'person'; readonly person: string } | { readonly kind: 'nobody' };

export type SettleOutcome = 'settled' | 'not-officer' | 'no-such-lead' | 'no-such-person';

/** Settles who a lead of the plan is. Only a programme officer may. In an open month the person is asked at once. */
export async function settleLead(
  deps: Pick<Deps, 'plans' | 'months' | 'people' | 'clock' | 'log'>,
  plan: Plan,
  by: string,
  lead: string,
  choice: Choice,
): Promise<SettleOutcome> {
  if (!isOfficer(plan, by)) return 'not-officer';
  const tenant = plan.binding?.tenant ?? '';
  const answerer = choice.kind === 'person' ? choice.person : by;
  const known = await deps.people.readPerson(tenant, answerer);
  if (!known?.value.plans.some((member) => member.plan === plan.id && member.present))
    return 'no-such-person';
  await wake(deps, plan.id);
  const outcome = await retryOnConflict(async (): Promise<SettleOutcome> => {
    const record = (await deps.plans.readLeads(plan.id)).find(({ value }) => value.lead.key === lead);
    if (!record) return 'no-such-lead';
    await takeFromFormer(deps, plan, tenant, record);
    await deps.plans.saveLead(plan.id, {
      etag: record.etag,
      value:
        choice.kind === 'person'
          ? { ...record.value, person: choice.person, settled: 'chosen', answeredBy: null, proposed: [] }
          : { ...record.value, person: null, settled: 'nobody', answeredBy: by, proposed: [] },
    });
    return 'settled';
  });
  if (outcome !== 'settled') return outcome;
  await giveLead(deps, plan, answerer, lead, choice.kind === 'person' ? 'leads' : 'answersFor');
  if (plan.latest) {
    const cycle = await deps.months.readCycle(plan.id, plan.latest);
    if (cycle?.value.state === 'open') await planPrompts(deps, plan, plan.latest);
  }
  deps.log.info({ plan: plan.id, how: choice.kind }, 'lead settled');
  return 'settled';
}

/** Who was taken for the lead before is so no longer. */
async function takeFromFormer(
  deps: Pick<Deps, 'people'>,
  plan: Plan,
  tenant: string,
  record: Stored<{
    readonly lead: { readonly key: string };
    readonly person: string | null;
    readonly answeredBy: string | null;
  }>,
): Promise<void> {
  const former = record.value.person ?? record.value.answeredBy;
  const found = former ? await deps.people.readPerson(tenant, former) : null;
  if (!found) return;
  const { key } = record.value.lead;
  await changePerson(deps, found.value, (now) =>
    withMember(now, plan.id, (member) => ({
      ...member,
      leads: withLead(member.leads, key, false),
      answersFor: withLead(member.answersFor, key, false),
    })),
  );
}
