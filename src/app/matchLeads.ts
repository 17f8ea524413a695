import { distance } from 'fastest-levenshtein';
import { matchName, type RosterPerson } from '../domain/people';
import type { Plan } from '../domain/plan';
import type { LeadRecord } from '../domain/prompt';
import { changePerson, memberOf, withLead, withMember } from './people';
import type { Deps, RosterEntry } from './ports';
import { inParallel } from './retry';

/** How many leads are matched at a time. */
const WIDTH = 8;

/**
 * Matches the leads that nobody is settled for against the roster: the very same name is a match, a like one a proposal.
 * Gives those that are still open.
 */
export async function matchLeads(
  deps: Pick<Deps, 'plans' | 'people'>,
  plan: Plan,
  roster: readonly RosterEntry[],
): Promise<LeadRecord[]> {
  const people: RosterPerson[] = roster.map(({ id, name }) => ({ id, name }));
  const open: LeadRecord[] = [];
  const records = await deps.plans.readLeads(plan.id);
  await inParallel(records, WIDTH, async (record) => {
    if (record.value.settled === 'nobody') return;
    if (record.value.person !== null) {
      // Matched before: the index on the person may still lack it, if the process stopped between the two writes.
      const person = roster.find(({ id }) => id === record.value.person);
      if (person) await giveLead(deps, plan, person.id, record.value.lead.key);
      return;
    }
    const match = matchName(record.value.lead.name, people, distance);
    if (match.kind === 'exact') {
      await deps.plans.saveLead(plan.id, {
        etag: record.etag,
        value: { ...record.value, person: match.person.id, settled: 'exact', proposed: [] },
      });
      await giveLead(deps, plan, match.person.id, record.value.lead.key);
      return;
    }
    const proposed = match.kind === 'proposed' ? match.people.map(({ id }) => id) : [];
    if (proposed.join() !== record.value.proposed.join())
      await deps.plans.saveLead(plan.id, { etag: record.etag, value: { ...record.value, proposed } });
    open.push({ ...record.value, proposed });
  });
  return open;
}

/** Notes with a person that they are a lead of the plan. */
export async function giveLead(
  deps: Pick<Deps, 'people'>,
  plan: Plan,
  person: string,
  lead: string,
  how: 'leads' | 'answersFor' = 'leads',
): Promise<void> {
  const tenant = plan.binding?.tenant ?? '';
  const found = await deps.people.readPerson(tenant, person);
  if (!found || memberOf(found.value, plan.id)?.[how].includes(lead)) return;
  await changePerson(deps, found.value, (now) =>
    withMember(now, plan.id, (member) => ({ ...member, [how]: withLead(member[how], lead, true) })),
  );
}
