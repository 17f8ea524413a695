import { createHash } from 'node:crypto';
import { distance } from 'fastest-levenshtein';
import { dayIn } from '../domain/calendar';
import { newMessage } from '../domain/message';
import { matchName, type RosterPerson } from '../domain/people';
import type { Plan } from '../domain/plan';
import type { LeadRecord } from '../domain/prompt';
import { alignCovers } from './coverFor';
import { planPrompts } from './openCycle';
import { changePerson, memberOf, withLead, withMember } from './people';
import {
  Conflict,
  type Content,
  type Deps,
  type Person,
  type RosterEntry,
  type Stored,
  type Team,
} from './ports';
import { inParallel, retryOnConflict } from './retry';
import { wake } from './wake';

type JoinDeps = Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'messenger' | 'clock' | 'log'>;

/** What Teams calls a team's first channel, which it gives no name for. */
export const GENERAL = 'General';

/** How many people are written at a time. */
const WIDTH = 8;

/**
 * Notes that Steward was added to a team, or that people joined or left it. Only the note is written here; {@link settleTeam}
 * does the rest, and does it again after a stop.
 */
export async function noteTeam(
  deps: Pick<Deps, 'people' | 'clock'>,
  seen: Pick<Team, 'tenant' | 'id' | 'name' | 'serviceUrl'>,
  addedBy: Team['addedBy'],
): Promise<void> {
  await retryOnConflict(async () => {
    const found = await deps.people.readTeam(seen.tenant, seen.id);
    const again = found && found.value.state !== 'removed';
    // People coming and going matter only where a plan lives (or waits to be bound).
    if (!addedBy && (!again || (found.value.state === 'settled' && found.value.plan === null))) return;
    await deps.people.saveTeam({
      etag: found?.etag ?? null,
      value: {
        ...seen,
        name: seen.name || found?.value.name || '',
        plan: found?.value.plan ?? null,
        addedBy: (again ? found.value.addedBy : null) ?? addedBy,
        addedAt: again ? found.value.addedAt : deps.clock.now().toISOString(),
        told: again ? found.value.told : null,
        state: 'new',
      },
    });
  });
}

/** Notes that Steward was taken out of a team. The plan stays bound to it: only the command line moves a plan. */
export async function noteTeamRemoved(deps: Pick<Deps, 'people'>, tenant: string, id: string): Promise<void> {
  await retryOnConflict(async () => {
    const found = await deps.people.readTeam(tenant, id);
    if (found) await deps.people.saveTeam({ etag: found.etag, value: { ...found.value, state: 'removed' } });
  });
}

/** What a team without a plan of its own is told, once. */
export type TeamTold = 'no-plan' | 'elsewhere';

/**
 * Settles a team that Steward was added to: finds or binds its plan, reads the roster, matches the plan's leads, plans the greeting.
 * Each part can be done again without harm, so a stop in the middle loses nothing. Gives the plan to work on, if any.
 * Throws when Teams does not give the roster: the team then stays new and is tried again.
 */
export async function settleTeam(
  deps: JoinDeps,
  team: Team,
  tell: (told: TeamTold, plan: Plan | null) => Content,
): Promise<string | null> {
  const found = await bindPlan(deps, team);
  if (!found.bound) {
    const told: TeamTold = found.plan ? 'elsewhere' : 'no-plan';
    await tellOnce(deps, team, told, tell(told, found.plan));
    // A team that waits for a plan stays new, and is settled when one is loaded. One whose organisation has its plan elsewhere
    // is done with: a plan loaded later must not fall to it unasked.
    if (told === 'elsewhere') await changeTeam(deps, team, (now) => ({ ...now, state: 'settled' }));
    return null;
  }
  const { plan } = found;
  const noted = await deps.people.readTeam(team.tenant, team.id);
  const roster = await deps.messenger.readRoster(team);
  await syncRoster(deps, plan, team, roster);
  const unmatched = await matchLeads(deps, plan, roster);
  await alignCovers(deps, plan);
  await wake(deps, plan.id);
  await planGreeting(deps, plan, unmatched);
  if (plan.latest) {
    const cycle = await deps.months.readCycle(plan.id, plan.latest);
    if (cycle?.value.state === 'open') await planPrompts(deps, plan, plan.latest);
  }
  await markSettled(deps, plan, noted);
  deps.log.info({ plan: plan.id, people: roster.length, unmatched: unmatched.length }, 'team settled');
  return plan.id;
}

/**
 * The plan that lives in the team, bound to it now if it was bound to none. The first team that adds Steward binds a plan for good;
 * any other team gets nothing but word of where the plan lives (and that only within the tenant).
 */
async function bindPlan(
  deps: Pick<Deps, 'plans' | 'messenger' | 'clock' | 'log'>,
  team: Team,
): Promise<{ bound: true; plan: Plan } | { bound: false; plan: Plan | null }> {
  return retryOnConflict(async () => {
    const known = team.plan === null ? null : await deps.plans.readPlan(team.plan);
    if (known?.value.binding?.tenant === team.tenant && known.value.binding.team === team.id)
      return { bound: true, plan: known.value };
    const entries = await deps.plans.listPlans();
    const ours = entries.filter(({ tenant }) => tenant === null || tenant === team.tenant);
    const plans = await Promise.all(ours.map(({ id }) => deps.plans.readPlan(id)));
    const theirs = plans.flatMap((plan) => (plan ? [plan] : []));
    const here = theirs.find(
      ({ value }) => value.binding?.tenant === team.tenant && value.binding.team === team.id,
    );
    if (here) {
      // A stop between the two writes that bind a plan leaves the list of plans behind: nobody would look for what is due.
      const isListed = entries.some(({ id, bound }) => id === here.value.id && bound);
      return { bound: true, plan: isListed ? here.value : (await deps.plans.savePlan(here)).value };
    }
    const reserved = theirs.find(({ value }) => value.binding === null && value.tenant === team.tenant);
    const free = reserved ?? theirs.find(({ value }) => value.binding === null && value.tenant === null);
    if (!free) {
      const elsewhere = theirs.find(({ value }) => value.binding?.tenant === team.tenant);
      return { bound: false, plan: elsewhere?.value ?? null };
    }
    return { bound: true, plan: await bind(deps, free, team) };
  });
}

async function bind(
  deps: Pick<Deps, 'plans' | 'messenger' | 'clock' | 'log'>,
  free: Stored<Plan>,
  team: Team,
): Promise<Plan> {
  const names = await deps.messenger.readTeamNames(team);
  const saved = await deps.plans.savePlan({
    etag: free.etag,
    value: {
      ...free.value,
      officers: free.value.officers.length > 0 || !team.addedBy ? free.value.officers : [team.addedBy.id],
      binding: {
        tenant: team.tenant,
        team: team.id,
        teamName: names.team ?? team.name,
        serviceUrl: team.serviceUrl,
        channel: team.id,
        channelName: names.channels.get(team.id) ?? GENERAL,
        boundAt: deps.clock.now().toISOString(),
      },
    },
  });
  deps.log.info({ plan: saved.value.id }, 'plan bound to its team');
  return saved.value;
}

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
async function syncRoster(
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

/**
 * Matches the leads that nobody is settled for against the roster: the very same name is a match, a like one a proposal.
 * Gives those that are still open.
 */
async function matchLeads(
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

/** One greeting in the team, ever; and a word to each programme officer whenever other names are open than before (once a day for the same). */
async function planGreeting(
  deps: Pick<Deps, 'months' | 'clock'>,
  plan: Plan,
  open: readonly LeadRecord[],
): Promise<void> {
  const names = open.map(({ lead }) => lead.key).sort();
  const which = createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 12);
  const day = dayIn(plan.calendar.zone, deps.clock.now());
  const officers = names.length === 0 ? [] : plan.officers;
  await deps.months.addMessages(plan.id, [
    newMessage({ key: `greeting|${plan.binding?.team ?? ''}`, kind: 'greeting', period: null, to: 'team' }),
    ...officers.map((to) =>
      newMessage({
        key: `notice|settle|${day}|${which}|${to}`,
        kind: 'notice',
        period: null,
        to,
        about: 'settle',
      }),
    ),
  ]);
}

/** Tells a team without a plan why, once: the note that it was told is written first. */
async function tellOnce(
  deps: Pick<Deps, 'people' | 'messenger' | 'log'>,
  team: Team,
  told: TeamTold,
  content: Content,
): Promise<void> {
  if (team.told === told) return;
  await changeTeam(deps, team, (now) => ({ ...now, told }));
  const delivery = await deps.messenger.sendToChannel(team.serviceUrl, team.tenant, team.id, content);
  deps.log.info({ told, outcome: delivery.outcome }, 'team without a plan told why');
}

/** Marks a team as settled, unless something was noted of it since its roster was read: then it stays new and is settled again. */
async function markSettled(
  deps: Pick<Deps, 'people' | 'clock'>,
  plan: Plan,
  noted: Stored<Team> | null,
): Promise<void> {
  if (noted?.value.state !== 'new') return;
  try {
    const rosterAt = deps.clock.now().toISOString();
    const value: Team = { ...noted.value, plan: plan.id, state: 'settled', rosterAt };
    await deps.people.saveTeam({ ...noted, value });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
  }
}

async function changeTeam(
  deps: Pick<Deps, 'people'>,
  team: Team,
  change: (team: Team) => Team,
): Promise<void> {
  await retryOnConflict(async () => {
    const found = await deps.people.readTeam(team.tenant, team.id);
    if (found) await deps.people.saveTeam({ etag: found.etag, value: change(found.value) });
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
