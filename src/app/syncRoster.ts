import type { Plan } from '../domain/plan';
import { changePerson, memberOf, withMember } from './people';
import { Conflict, type Deps, type Person, type RosterEntry, type Team } from './ports';
import { inParallel, retryOnConflict } from './retry';

/** How many people are written at a time. */
const WIDTH = 8;

/** How long (ms) a team's roster is taken for right. */
const ROSTER_MS = 24 * 3_600_000;

/**
 * Looks once a day whether the people of a plan's team are those who are known: Teams' word that somebody came or went may have been lost with the
 * turn that it came in. If they are others, the team is to be settled again. Throws when Teams does not give the roster.
 */
export async function checkRoster(
  deps: Pick<Deps, 'people' | 'messenger' | 'clock' | 'log'>,
  plan: Plan,
): Promise<void> {
  const { tenant = '', team: id = '' } = plan.binding ?? {};
  const team = await deps.people.readTeam(tenant, id);
  const now = deps.clock.now();
  if (team?.value.state !== 'settled' || team.value.plan !== plan.id) return;
  const { rosterAt } = team.value;
  if (rosterAt !== undefined && now.getTime() - Date.parse(rosterAt) < ROSTER_MS) return;
  const [roster, members] = await Promise.all([
    deps.messenger.readRoster(team.value),
    deps.people.readMembers(tenant, plan.id),
  ]);
  const byId = new Map(members.map((person) => [person.id, person]));
  const isKnown = roster.every((entry) => {
    const person = byId.get(entry.id);
    return person !== undefined && isSame(person, entry, team.value, plan.id);
  });
  const present = members.filter((person) => memberOf(person, plan.id)?.present);
  const state = isKnown && present.length === new Set(roster.map(({ id }) => id)).size ? 'settled' : 'new';
  if (state === 'new') deps.log.info({ plan: plan.id }, 'people came to the team or left, and nobody told');
  try {
    await deps.people.saveTeam({
      ...team,
      value: { ...team.value, state, rosterAt: now.toISOString() },
    });
  } catch (error) {
    // Something was noted of the team meanwhile: then it is settled again anyway.
    if (!(error instanceof Conflict)) throw error;
  }
}

/** Writes down who is in the team now, and who no longer is. */
export async function syncRoster(
  deps: Pick<Deps, 'people' | 'plans' | 'log'>,
  plan: Plan,
  team: Team,
  roster: readonly RosterEntry[],
): Promise<void> {
  const known = new Map(
    (await deps.people.readMembers(team.tenant, plan.id)).map((person) => [person.id, person]),
  );
  await inParallel(roster, WIDTH, async (entry) => {
    const person = known.get(entry.id);
    if (person && isSame(person, entry, team, plan.id)) return;
    await changePerson(deps, blankPerson(entry, team), (now) => ({
      ...withMember(now, plan.id, (member) => ({ ...member, present: true })),
      name: entry.name,
      email: entry.email,
      userId: entry.userId,
      serviceUrl: team.serviceUrl,
      unreachable: now.unreachable === 'left' ? null : now.unreachable,
    }));
  });
  const present = new Set(roster.map(({ id }) => id));
  const gone = [...known.values()].filter(
    ({ id, plans }) => !present.has(id) && plans.some((m) => m.plan === plan.id && m.present),
  );
  await inParallel(gone, WIDTH, async (person) => {
    await freeLeadsOf(deps, plan, person.id);
    await changePerson(deps, person, (now) => ({
      ...withMember(now, plan.id, (member) => ({
        ...member,
        leads: [],
        answersFor: [],
        covers: [],
        present: false,
      })),
      unreachable: 'left',
    }));
  });
}

/** Leads whose person has left are open questions again, and whom they covered for answer for themselves. */
async function freeLeadsOf(deps: Pick<Deps, 'plans'>, plan: Plan, person: string): Promise<void> {
  await retryOnConflict(async () => {
    for (const record of await deps.plans.readLeads(plan.id)) {
      const { value } = record;
      const isAnswerer = value.person === person || value.answeredBy === person;
      const isDeputy = value.cover?.person === person;
      if (!isAnswerer && !isDeputy) continue;
      await deps.plans.saveLead(plan.id, {
        etag: record.etag,
        value: {
          ...value,
          ...(isAnswerer ? { person: null, settled: null, answeredBy: null, proposed: [] } : {}),
          ...(isDeputy ? { cover: null } : {}),
        },
      });
    }
  });
}

function blankPerson(entry: RosterEntry, team: Team): Person {
  return {
    id: entry.id,
    tenant: team.tenant,
    userId: entry.userId,
    name: entry.name,
    email: entry.email,
    serviceUrl: team.serviceUrl,
    conversation: null,
    plans: [],
    unreachable: null,
    welcomed: false,
  };
}

function isSame(person: Person, entry: RosterEntry, team: Team, plan: string): boolean {
  return (
    person.name === entry.name &&
    person.email === entry.email &&
    person.userId === entry.userId &&
    person.serviceUrl === team.serviceUrl &&
    person.unreachable !== 'left' &&
    (memberOf(person, plan)?.present ?? false)
  );
}
