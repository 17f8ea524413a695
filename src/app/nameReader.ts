import { leadKeyOf } from '../domain/people';
import type { Plan } from '../domain/plan';
import { mayDo } from './mayDo';
import { changePerson, memberOf, withMember } from './people';
import type { Deps, Person } from './ports';
import { auditEntry, type Doer } from './readAudit';

type ReaderDeps = Pick<Deps, 'plans' | 'people' | 'clock' | 'makeId' | 'log'>;

/** What naming a reader, or taking their name away, came to. */
export type ReaderOutcome =
  | { readonly outcome: 'named' | 'removed'; readonly person: Person }
  /** They were one already, or were none: nothing was changed. */
  | { readonly outcome: 'already' | 'no-reader'; readonly person: Person }
  /** The people of the team read the plan anyway; they need not be named, and can't be kept from it this way. */
  | { readonly outcome: 'in-team'; readonly person: Person }
  | { readonly outcome: 'not-officer' }
  /** Nobody of that name has talked to Steward or is in a team of it: they have to say hello to it first. */
  | { readonly outcome: 'no-such-person' }
  /** Several of that name: the e-mail address tells them apart. */
  | { readonly outcome: 'several'; readonly people: readonly Person[] };

/**
 * Lets somebody of the plan's tenant read it who is not in its team. Only a programme officer may. `who`: an id, a whole name or an e-mail
 * address, of somebody whom Steward has met. They may ask, and change nothing.
 *
 * The audit is written first, since people are kept in another table: a stop between leaves a line about a right that was not given, never
 * a right without its line.
 */
export async function nameReader(
  deps: ReaderDeps,
  plan: Plan,
  by: Doer,
  who: string,
): Promise<ReaderOutcome> {
  const found = await findOne(deps, plan, by, who);
  if ('outcome' in found) return found;
  const member = memberOf(found, plan.id);
  if (member?.present) return { outcome: 'in-team', person: found };
  if (member?.reader) return { outcome: 'already', person: found };
  await change(deps, plan, by, found, true);
  return { outcome: 'named', person: found };
}

/** Takes the reading away that {@link nameReader} gave. Somebody who is in the team as well reads on. */
export async function removeReader(
  deps: ReaderDeps,
  plan: Plan,
  by: Doer,
  who: string,
): Promise<ReaderOutcome> {
  const found = await findOne(deps, plan, by, who);
  if ('outcome' in found) return found;
  const member = memberOf(found, plan.id);
  if (!member?.reader) return { outcome: member?.present ? 'in-team' : 'no-reader', person: found };
  await change(deps, plan, by, found, false);
  return { outcome: 'removed', person: found };
}

/** Everybody who was named as a reader of the plan, by name. */
export async function listReaders(deps: Pick<Deps, 'people'>, plan: Plan): Promise<Person[]> {
  const people = plan.binding ? await deps.people.readMembers(plan.binding.tenant, plan.id) : [];
  return people
    .filter((person) => memberOf(person, plan.id)?.reader)
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

async function findOne(
  deps: Pick<Deps, 'people' | 'clock'>,
  plan: Plan,
  by: Doer,
  who: string,
): Promise<Person | ReaderOutcome> {
  if (!plan.binding || !(await mayDo(deps, plan, by, 'name-readers'))) return { outcome: 'not-officer' };
  const wanted = who.trim().toLowerCase();
  const name = leadKeyOf(who);
  const people = await deps.people.readPeople(plan.binding.tenant);
  const certain = people.filter(({ id, email }) => id === wanted || email?.toLowerCase() === wanted);
  const matching = certain.length > 0 ? certain : people.filter((person) => leadKeyOf(person.name) === name);
  const [only, ...others] = wanted === '' ? [] : matching;
  if (!only) return { outcome: 'no-such-person' };
  return others.length > 0 ? { outcome: 'several', people: matching } : only;
}

async function change(
  deps: ReaderDeps,
  plan: Plan,
  by: Doer,
  person: Person,
  reader: boolean,
): Promise<void> {
  const who = { id: person.id, name: person.name };
  const kind = reader ? 'reader-named' : 'reader-removed';
  await deps.plans.addAudit(plan.id, auditEntry(deps, by, { kind, who }));
  await changePerson(deps, person, (now) => {
    const isMember = memberOf(now, plan.id) !== null;
    // A membership that is made for this alone is not one of the team.
    return withMember(now, plan.id, (member) => ({ ...member, present: isMember && member.present, reader }));
  });
  deps.log.info({ plan: plan.id, reader }, 'reader changed');
}
