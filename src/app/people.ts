import { belongs, type Member } from '../domain/authority';
import type { LeadKey } from '../domain/plan';
import type { Deps, Person, Stored } from './ports';
import { retryOnConflict } from './retry';

/** What a Teams activity says of somebody. */
export interface Caller {
  readonly tenant: string;
  /** Entra object id in lower case; null where Teams gave none. */
  readonly objectId: string | null;
  readonly userId: string;
  readonly name: string;
  readonly serviceUrl: string;
}

/** The id that a caller is kept under. */
export function personId(caller: Pick<Caller, 'objectId' | 'userId'>): string {
  return caller.objectId ?? caller.userId;
}

/** Who a caller is, by object id or else by Teams' user id; null for a stranger. One point read, two where there is no object id. */
export async function identify(deps: Pick<Deps, 'people'>, caller: Caller): Promise<Stored<Person> | null> {
  return caller.objectId
    ? deps.people.readPerson(caller.tenant, caller.objectId)
    : deps.people.findByUserId(caller.tenant, caller.userId);
}

/** How a person belongs to a plan; null when they do not. */
export function memberOf(person: Person | null | undefined, plan: string): Member | null {
  return person?.plans.find((member) => member.plan === plan) ?? null;
}

/** Changes a person as they are stored now; makes them from `blank` where they are new. Null from `change` leaves them as they are. */
export async function changePerson(
  deps: Pick<Deps, 'people'>,
  blank: Person,
  change: (person: Person) => Person | null,
): Promise<void> {
  await retryOnConflict(async () => {
    const found = await deps.people.readPerson(blank.tenant, blank.id);
    const changed = change(found?.value ?? blank);
    if (changed) await deps.people.savePerson({ value: changed, etag: found?.etag ?? null });
  });
}

/** The person with their membership of a plan changed; `change` gets a fresh membership where there was none. */
export function withMember(person: Person, plan: string, change: (member: Member) => Member): Person {
  const member = memberOf(person, plan) ?? { plan, leads: [], answersFor: [], present: true };
  const others = person.plans.filter((other) => other.plan !== plan);
  return { ...person, plans: [...others, change(member)] };
}

/** A list with a lead added, once, or taken out. */
export function withLead(leads: readonly LeadKey[], lead: LeadKey, there: boolean): LeadKey[] {
  const others = leads.filter((other) => other !== lead);
  return there ? [...others, lead].sort() : others;
}

/**
 * The plan that a person's own chat is about: the one they came to last whose team they are in, or else the one that they were named a
 * reader of last; null when they belong to none.
 */
export function planOf(person: Person | null | undefined): string | null {
  const mine = person?.plans.findLast(({ present }) => present) ?? person?.plans.findLast(belongs);
  return mine?.plan ?? null;
}

/** A person nobody knows more of than a caller's activity says. */
export function personFrom(caller: Caller): Person {
  return {
    id: personId(caller),
    tenant: caller.tenant,
    userId: caller.userId,
    name: caller.name,
    email: null,
    serviceUrl: caller.serviceUrl,
    conversation: null,
    plans: [],
    unreachable: null,
    welcomed: false,
  };
}

/** Notes that a person talks with Steward in their own chat: that is where they can be reached. Writes only what is news. */
export async function noteChat(
  deps: Pick<Deps, 'people'>,
  known: Person,
  caller: Caller,
  conversation: string,
): Promise<void> {
  const same =
    known.conversation === conversation &&
    known.serviceUrl === caller.serviceUrl &&
    known.userId === caller.userId &&
    known.unreachable !== 'blocked' &&
    known.unreachable !== 'not-installed';
  if (same) return;
  await changePerson(deps, known, (person) => ({
    ...person,
    conversation,
    serviceUrl: caller.serviceUrl,
    userId: caller.userId,
    unreachable: person.unreachable === 'left' ? 'left' : null,
  }));
}
