import { createHash } from 'node:crypto';
import { dayIn } from '../domain/calendar';
import { newMessage } from '../domain/message';
import type { Plan } from '../domain/plan';
import type { LeadRecord } from '../domain/prompt';
import { bindPlan } from './bindPlan';
import { alignCovers } from './coverFor';
import { matchLeads } from './matchLeads';
import { planPrompts } from './openCycle';
import { Conflict, type Content, type Deps, type Stored, type Team } from './ports';
import { retryOnConflict } from './retry';
import { syncRoster } from './syncRoster';
import { wake } from './wake';

type SettleDeps = Pick<Deps, 'plans' | 'months' | 'measures' | 'people' | 'messenger' | 'clock' | 'log'>;

/** What a team without a plan of its own is told, once. */
export type TeamTold = 'no-plan' | 'elsewhere';

/**
 * Settles a team that Steward was added to: finds or binds its plan, reads the roster, matches the plan's leads, plans the greeting.
 * Each part can be done again without harm, so a stop in the middle loses nothing. Gives the plan to work on, if any.
 * Throws when Teams does not give the roster: the team then stays new and is tried again.
 */
export async function settleTeam(
  deps: SettleDeps,
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
  const delivery = await deps.messenger.inTurn(team.tenant, (permit) =>
    deps.messenger.sendToChannel(team.serviceUrl, team.tenant, team.id, content, permit),
  );
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
