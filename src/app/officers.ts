import type { AuditEntry } from '../domain/audit';
import type { Plan } from '../domain/plan';
import type { Deps, Person } from './ports';
import { auditEntry, type Doer } from './readAudit';
import { retryOnConflict } from './retry';

type OfficerDeps = Pick<Deps, 'plans' | 'people'>;
type ChangeDeps = OfficerDeps & Pick<Deps, 'clock' | 'makeId'>;

/** Who changes the officers where nobody is named: IT, which needs no name to a plan. */
const COMMAND_LINE: Doer = { id: '', name: 'the command line', chat: '' };

/** Who was meant; or why nobody was, in a sentence. */
export type OfficerOutcome = { readonly person: Person } | { readonly person: null; readonly why: string };

/** The programme officers of a plan; those whom Steward has not met have only an id. */
export async function listOfficers(
  deps: OfficerDeps,
  plan: Plan,
): Promise<readonly { id: string; name: string }[]> {
  const people = await members(deps, plan);
  return plan.officers.map((id) => ({ id, name: people.find((person) => person.id === id)?.name ?? '' }));
}

/** Makes somebody of the plan's team a programme officer. */
export async function addOfficer(
  deps: ChangeDeps,
  plan: Plan,
  who: string,
  by: Doer = COMMAND_LINE,
): Promise<OfficerOutcome> {
  const found = await findMember(deps, plan, who);
  if (!found.person) return found;
  const { id, name } = found.person;
  const entry = auditEntry(deps, by, { kind: 'officer-added', who: { id, name } });
  await changeOfficers(deps, plan.id, entry, (officers) =>
    officers.includes(id) ? null : [...officers, id],
  );
  return found;
}

/** Takes the office from somebody; never from the last, since nobody could then give it again by chat. */
export async function removeOfficer(
  deps: ChangeDeps,
  plan: Plan,
  who: string,
  by: Doer = COMMAND_LINE,
): Promise<OfficerOutcome> {
  const found = await findMember(deps, plan, who);
  if (!found.person) return found;
  const { id, name } = found.person;
  if (!plan.officers.includes(id))
    return { person: null, why: `${name} is no programme officer of this plan.` };
  if (plan.officers.length === 1)
    return { person: null, why: `${name} is the only programme officer. Add another first.` };
  const entry = auditEntry(deps, by, { kind: 'officer-removed', who: { id, name } });
  await changeOfficers(deps, plan.id, entry, (officers) =>
    officers.includes(id) ? officers.filter((officer) => officer !== id) : null,
  );
  return found;
}

/** Somebody of the plan, by whole name, e-mail address or object id; or why nobody was meant. */
export async function findMember(deps: OfficerDeps, plan: Plan, who: string): Promise<OfficerOutcome> {
  if (!plan.binding)
    return {
      person: null,
      why: 'The plan is in no team yet: the first who adds Steward to one becomes its programme officer.',
    };
  const wanted = who.trim().toLowerCase();
  const matching = (await members(deps, plan)).filter((person) =>
    [person.id, person.name.toLowerCase(), person.email?.toLowerCase()].includes(wanted),
  );
  const [only, ...others] = matching;
  if (!only)
    return {
      person: null,
      why: `Nobody in the team ${plan.binding.teamName} is called “${who}”. Give the whole name, or the e-mail address.`,
    };
  if (others.length > 0)
    return { person: null, why: `Several people in the team are called “${who}”. Give the e-mail address.` };
  return { person: only };
}

async function members(deps: OfficerDeps, plan: Plan): Promise<Person[]> {
  return plan.binding ? deps.people.readMembers(plan.binding.tenant, plan.id) : [];
}

/** Changes the officers as they stand now, with its line in the audit; null from `change` leaves them, and writes none. */
async function changeOfficers(
  deps: OfficerDeps,
  plan: string,
  entry: AuditEntry,
  change: (officers: readonly string[]) => readonly string[] | null,
): Promise<void> {
  await retryOnConflict(async () => {
    const stored = await deps.plans.readPlan(plan);
    const officers = stored ? change(stored.value.officers) : null;
    if (stored && officers)
      await deps.plans.savePlan({ ...stored, value: { ...stored.value, officers } }, [entry]);
  });
}
