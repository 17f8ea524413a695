import { distance } from 'fastest-levenshtein';
import { memberOf } from '../app/people';
import type { Content, Person } from '../app/ports';
import type { Doer } from '../app/readAudit';
import { leadsOf } from '../app/readMonth';
import type { Named } from '../ask/question';
import { matchName } from '../domain/people';
import type { LeadKey } from '../domain/plan';
import { say, todayOf } from './sentences';
import type { Reading, TurnDeps } from './turn';

/** Somebody whom a command names, as a person of the team; or the sentence to say where nobody, or not one alone, is meant. */
export type Meant = { readonly person: Person } | { readonly sentence: Content };

/** The person of the team who is named: the asker, the person behind a lead, or somebody of the roster with exactly that name. */
export async function personNamed(deps: TurnDeps, asker: Reading, named: Named): Promise<Meant> {
  const { plan, person } = asker;
  const tenant = plan.binding?.tenant ?? '';
  if (named.kind === 'me' && person) return { person: person.value };
  const name = 'name' in named ? named.name : '';
  if (named.kind === 'lead') {
    const records = await deps.plans.readLeads(plan.id);
    const known = records.find(({ value }) => named.leads.includes(value.lead.key) && value.person !== null);
    const found = known?.value.person ? await deps.people.readPerson(tenant, known.value.person) : null;
    if (found) return { person: found.value };
  }
  if (name === '') return { sentence: say(deps, 'chat.oneName') };
  const members = (await deps.people.readMembers(tenant, plan.id)).filter(
    (member) => memberOf(member, plan.id)?.present,
  );
  const byFirstName = members.filter((member) => firstWord(member.name) === name.trim().toLowerCase());
  const match = matchName(name, members, distance);
  const exact = match.kind === 'exact' ? members.find(({ id }) => id === match.person.id) : undefined;
  const only = exact ?? (byFirstName.length === 1 ? byFirstName[0] : undefined);
  if (only) return { person: only };
  const near =
    match.kind === 'proposed' ? match.people.map((one) => one.name) : byFirstName.map((one) => one.name);
  return {
    sentence:
      near.length > 0
        ? say(deps, 'chat.whoIsMeant', { name, names: near.join(', ') })
        : say(deps, 'chat.nobodyCalled', { name }),
  };
}

/** The lead keys of whoever is named: the asker's own for "me"; none for somebody whom the plan does not know. */
export function leadKeysNamed(deps: TurnDeps, { plan, person }: Reading, named: Named): readonly LeadKey[] {
  if (named.kind === 'me') return leadsOf(memberOf(person?.value, plan.id), todayOf(deps, plan));
  return named.kind === 'lead' || named.kind === 'role' ? named.leads : [];
}

/** Who does what is typed, for the audit. */
export function doerOf({ person, incoming }: Reading): Doer {
  const { caller, place } = incoming;
  return {
    id: person?.value.id ?? caller.objectId ?? caller.userId,
    name: person?.value.name ?? caller.name,
    chat: place.conversation,
  };
}

function firstWord(name: string): string {
  return name.trim().split(/\s+/)[0]?.toLowerCase() ?? '';
}
