import type { Plan } from '../domain/plan';
import type { Deps, Person } from './ports';
import { retryOnConflict } from './retry';

type OfficerDeps = Pick<Deps, 'plans' | 'people'>;

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
export async function addOfficer(deps: OfficerDeps, plan: Plan, who: string): Promise<OfficerOutcome> {
  const found = await find(deps, plan, who);
  if (!found.person) return found;
  const { id } = found.person;
  await changeOfficers(deps, plan.id, (officers) => (officers.includes(id) ? officers : [...officers, id]));
  return found;
}

/** Takes the office from somebody; never from the last, since nobody could then give it again by chat. */
export async function removeOfficer(deps: OfficerDeps, plan: Plan, who: string): Promise<OfficerOutcome> {
  const found = await find(deps, plan, who);
  if (!found.person) return found;
  const { id, name } = found.person;
  if (!plan.officers.includes(id))
    return { person: null, why: `${name} is no programme officer of this plan.` };
  if (plan.officers.length === 1)
    return { person: null, why: `${name} is the only programme officer. Add another first.` };
  await changeOfficers(deps, plan.id, (officers) => officers.filter((officer) => officer !== id));
  return found;
}

async function find(deps: OfficerDeps, plan: Plan, who: string): Promise<OfficerOutcome> {
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

async function changeOfficers(
  deps: OfficerDeps,
  plan: string,
  change: (officers: readonly string[]) => readonly string[],
): Promise<void> {
  await retryOnConflict(async () => {
    const stored = await deps.plans.readPlan(plan);
    if (stored)
      await deps.plans.savePlan({
        ...stored,
        value: { ...stored.value, officers: change(stored.value.officers) },
      });
  });
}
