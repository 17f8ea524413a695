import type { AuditEntry } from '../domain/audit';
import { actsAsOfficer } from '../domain/authority';
import type { Plan } from '../domain/plan';
import { COMMAND_LINE, mayDo } from './mayDo';
import { memberOf } from './people';
import type { Deps, Person } from './ports';
import { auditEntry, type Doer } from './readAudit';
import { retryOnConflict } from './retry';

type OfficerDeps = Pick<Deps, 'plans' | 'people'>;
type ChangeDeps = OfficerDeps & Pick<Deps, 'clock' | 'makeId'>;

/** What giving or taking the office came to. */
export type OfficerOutcome =
  | { readonly outcome: 'added' | 'removed'; readonly person: Person }
  /** They had it already, or had it not: nothing was changed. */
  | { readonly outcome: 'already' | 'no-officer'; readonly person: Person }
  /** Nobody would be left in the team who could give it again. */
  | { readonly outcome: 'last'; readonly person: Person }
  | { readonly outcome: 'not-officer' }
  /** The plan lives in no team yet: whoever adds Steward to one becomes its programme officer. */
  | { readonly outcome: 'no-team' }
  /** Nobody of the team is called so. */
  | { readonly outcome: 'no-such-person' }
  /** Several are: the e-mail address tells them apart. */
  | { readonly outcome: 'several'; readonly people: readonly Person[] };

/** A programme officer, as they are listed. */
export interface Officer {
  readonly id: string;
  /** Empty for somebody whom Steward has not met. */
  readonly name: string;
  /** False for somebody who has left the team: the office waits for them, and they can do nothing with it. */
  readonly present: boolean;
}

/** The programme officers of a plan, as the plan has them. */
export async function listOfficers(deps: OfficerDeps, plan: Plan): Promise<readonly Officer[]> {
  const people = await members(deps, plan);
  return plan.officers.map((id) => {
    const person = people.find((one) => one.id === id);
    return { id, name: person?.name ?? '', present: actsAsOfficer(plan, id, memberOf(person, plan.id)) };
  });
}

/** Makes somebody of the plan's team a programme officer. `who`: an id, a whole name or an e-mail address. Only a programme officer may, and IT. */
export async function addOfficer(
  deps: ChangeDeps,
  plan: Plan,
  who: string,
  by: Doer = COMMAND_LINE,
): Promise<OfficerOutcome> {
  const found = await find(deps, plan, who, by, (person) => memberOf(person, plan.id)?.present === true);
  if ('outcome' in found) return found;
  const { id, name } = found;
  const entry = auditEntry(deps, by, { kind: 'officer-added', who: { id, name } });
  return changeOfficers(deps, plan.id, entry, async ({ officers }) =>
    officers.includes(id)
      ? { outcome: 'already', person: found }
      : { outcome: 'added', person: found, officers: [...officers, id] },
  );
}

/** Takes the office from somebody; never from the last in the team, since nobody could then give it again by chat. */
export async function removeOfficer(
  deps: ChangeDeps,
  plan: Plan,
  who: string,
  by: Doer = COMMAND_LINE,
): Promise<OfficerOutcome> {
  const found = await find(deps, plan, who, by, () => true);
  if ('outcome' in found) return found;
  const { id, name } = found;
  const entry = auditEntry(deps, by, { kind: 'officer-removed', who: { id, name } });
  return changeOfficers(deps, plan.id, entry, async (now) => {
    if (!now.officers.includes(id)) return { outcome: 'no-officer', person: found };
    const left = (await listOfficers(deps, now)).filter((officer) => officer.id !== id);
    return left.some(({ present }) => present)
      ? { outcome: 'removed', person: found, officers: left.map((officer) => officer.id) }
      : { outcome: 'last', person: found };
  });
}

/** Somebody of the plan, present or not, by whole name, e-mail address or object id; or why nobody was meant. For the command line. */
export async function findMember(
  deps: ChangeDeps,
  plan: Plan,
  who: string,
): Promise<Person | Exclude<OfficerOutcome, { person: Person }>> {
  const found = await find(deps, plan, who, COMMAND_LINE, () => true);
  if (!('outcome' in found)) return found;
  return 'person' in found ? found.person : found;
}

async function find(
  deps: ChangeDeps,
  plan: Plan,
  who: string,
  by: Doer,
  isMeant: (person: Person) => boolean,
): Promise<Person | OfficerOutcome> {
  if (!plan.binding) return { outcome: 'no-team' };
  if (!(await mayDo(deps, plan, by, 'name-officers'))) return { outcome: 'not-officer' };
  const wanted = who.trim().toLowerCase();
  const people = (await members(deps, plan)).filter(isMeant);
  const certain = people.filter(({ id, email }) => id === wanted || email?.toLowerCase() === wanted);
  const matching = certain.length > 0 ? certain : people.filter(({ name }) => name.toLowerCase() === wanted);
  const [only, ...others] = wanted === '' ? [] : matching;
  if (!only) return { outcome: 'no-such-person' };
  return others.length > 0 ? { outcome: 'several', people: matching } : only;
}

async function members(deps: Pick<Deps, 'people'>, plan: Plan): Promise<Person[]> {
  return plan.binding ? deps.people.readMembers(plan.binding.tenant, plan.id) : [];
}

/** Changes the officers as they stand now, with the line in the audit; without new officers from `decide` nothing is written. */
async function changeOfficers(
  deps: OfficerDeps,
  plan: string,
  entry: AuditEntry,
  decide: (now: Plan) => Promise<OfficerOutcome & { readonly officers?: readonly string[] }>,
): Promise<OfficerOutcome> {
  return retryOnConflict(async () => {
    const stored = await deps.plans.readPlan(plan);
    if (!stored) return { outcome: 'no-team' };
    const { officers, ...outcome } = await decide(stored.value);
    if (officers) await deps.plans.savePlan({ ...stored, value: { ...stored.value, officers } }, [entry]);
    return outcome;
  });
}
