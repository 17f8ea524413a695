import type { Plan } from '../domain/plan';
import { answererOf, type LeadRecord } from '../domain/prompt';
import { alignCovers } from './coverFor';
import { mayDo } from './mayDo';
import { planPrompts } from './openCycle';
import { changePerson, memberOf, withLead, withMember } from './people';
import type { Deps, Stored } from './ports';
import { auditEntry } from './readAudit';
import { retryOnConflict } from './retry';
import { forTheWorker } from './wake';

/** Who a lead turns out to be: a person of the team, or nobody, for whom the programme officer answers. */
export type Choice = { readonly kind: 'person'; readonly person: string } | { readonly kind: 'nobody' };

export type SettleOutcome = 'settled' | 'not-officer' | 'no-such-lead' | 'no-such-person';

/**
 * Settles who a lead of the plan is. Only a programme officer may (`by`: their person id; `chat`: the conversation, for the audit). In an
 * open month the person is asked at once. A cover that somebody else gave for the lead ends: whoever the lead is now gives their own.
 */
export async function settleLead(
  deps: Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'clock' | 'makeId' | 'log'>,
  plan: Plan,
  by: string,
  lead: string,
  choice: Choice,
  chat = '',
): Promise<SettleOutcome> {
  if (!(await mayDo(deps, plan, { id: by, name: '', chat }, 'settle-names'))) return 'not-officer';
  const tenant = plan.binding?.tenant ?? '';
  const answerer = choice.kind === 'person' ? choice.person : by;
  const known = await deps.people.readPerson(tenant, answerer);
  if (!known?.value.plans.some((member) => member.plan === plan.id && member.present))
    return 'no-such-person';
  if (!(await findLead(deps, plan, lead))) return 'no-such-lead';
  await forTheWorker(deps, plan.id, async () => {
    const isOpen = await askAnew(deps, plan);
    // Before the name is settled: a stop between the two leaves an open question that is answered again, not a lead who may not answer.
    await setLead(deps, plan, answerer, lead, choice.kind === 'person' ? 'leads' : 'answersFor');
    const officer = by === answerer ? known : await deps.people.readPerson(tenant, by);
    const to = choice.kind === 'person' ? { id: choice.person, name: known.value.name } : null;
    const entry = (name: string) =>
      auditEntry(
        deps,
        { id: by, name: officer?.value.name ?? '', chat },
        { kind: 'lead-settled', lead, name, to },
      );
    await retryOnConflict(async () => {
      const record = await findLead(deps, plan, lead);
      if (!record) return;
      const former = answererOf(record.value);
      const isNews =
        former !== answerer || (record.value.settled === 'nobody') !== (choice.kind === 'nobody');
      const value: LeadRecord = {
        ...record.value,
        ...(choice.kind === 'person'
          ? { person: choice.person, settled: 'chosen', answeredBy: null }
          : { person: null, settled: 'nobody', answeredBy: by }),
        proposed: [],
        cover: former === answerer ? (record.value.cover ?? null) : null,
      };
      await deps.plans.commitChange(plan.id, {
        leads: [{ etag: record.etag, value }],
        audit: isNews ? [entry(record.value.lead.name)] : [],
      });
    });
    await takeFromOthers(deps, plan, answerer, lead);
    await alignCovers(deps, plan);
    if (isOpen && plan.latest) await planPrompts(deps, plan, plan.latest);
  });
  deps.log.info({ plan: plan.id, how: choice.kind }, 'lead settled');
  return 'settled';
}

/** A lead is one person's: whoever else has it noted as theirs has it no longer, though a stop kept that from being written before. */
async function takeFromOthers(
  deps: Pick<Deps, 'people'>,
  plan: Plan,
  answerer: string,
  lead: string,
): Promise<void> {
  const people = await deps.people.readMembers(plan.binding?.tenant ?? '', plan.id);
  for (const person of people) {
    const member = memberOf(person, plan.id);
    const isNoted = member?.leads.includes(lead) || member?.answersFor.includes(lead);
    if (isNoted && person.id !== answerer) await setLead(deps, plan, person.id, lead, null);
  }
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
