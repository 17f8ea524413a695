import { isOfficer } from '../domain/authority';
import type { Plan } from '../domain/plan';
import { answererOf, type LeadRecord } from '../domain/prompt';
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
  if (!(await findLead(deps, plan, lead))) return 'no-such-lead';
  await wake(deps, plan.id);
  const isOpen = await askAnew(deps, plan);
  // Before the name is settled: a stop between the two leaves an open question that is answered again, not a lead who may not answer.
  await setLead(deps, plan, answerer, lead, choice.kind === 'person' ? 'leads' : 'answersFor');
  await retryOnConflict(async () => {
    const record = await findLead(deps, plan, lead);
    if (!record) return;
    await deps.plans.saveLead(plan.id, {
      etag: record.etag,
      value:
        choice.kind === 'person'
          ? { ...record.value, person: choice.person, settled: 'chosen', answeredBy: null, proposed: [] }
          : { ...record.value, person: null, settled: 'nobody', answeredBy: by, proposed: [] },
    });
    const former = answererOf(record.value);
    if (former && former !== answerer) await setLead(deps, plan, former, lead, null);
  });
  if (isOpen && plan.latest) await planPrompts(deps, plan, plan.latest);
  deps.log.info({ plan: plan.id, how: choice.kind }, 'lead settled');
  return 'settled';
}

async function findLead(
  deps: Pick<Deps, 'plans'>,
  plan: Plan,
  lead: string,
): Promise<Stored<LeadRecord> | null> {
  return (await deps.plans.readLeads(plan.id)).find(({ value }) => value.lead.key === lead) ?? null;
}

/** Says of an open month that not everybody was asked yet, so that a stop does not leave the person out. Tells whether a month is open. */
async function askAnew(deps: Pick<Deps, 'months'>, plan: Plan): Promise<boolean> {
  const { latest } = plan;
  if (!latest) return false;
  return retryOnConflict(async () => {
    const cycle = await deps.months.readCycle(plan.id, latest);
    if (cycle?.value.state !== 'open') return false;
    await deps.months.saveCycle(plan.id, { ...cycle, value: { ...cycle.value, prompted: false } });
    return true;
  });
}

/** Notes with a person in what way a lead is theirs, and in no other; null takes it from them. */
async function setLead(
  deps: Pick<Deps, 'people'>,
  plan: Plan,
  id: string,
  lead: string,
  how: 'leads' | 'answersFor' | null,
): Promise<void> {
  const found = await deps.people.readPerson(plan.binding?.tenant ?? '', id);
  if (!found) return;
  await changePerson(deps, found.value, (now) =>
    withMember(now, plan.id, (member) => ({
      ...member,
      leads: withLead(member.leads, lead, how === 'leads'),
      answersFor: withLead(member.answersFor, lead, how === 'answersFor'),
    })),
  );
}
