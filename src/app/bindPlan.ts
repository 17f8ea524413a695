import type { Binding, Plan } from '../domain/plan';
import type { Deps, Stored, Team } from './ports';
import { retryOnConflict } from './retry';

/** What Teams calls a team's first channel, which it gives no name for. */
export const GENERAL = 'General';

/**
 * The plan that lives in the team, bound to it now if it was bound to none. The first team that adds Steward binds a plan for good;
 * any other team gets nothing but word of where the plan lives (and that only within the tenant).
 */
export async function bindPlan(
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
  const saved = await deps.plans.savePlan({
    etag: free.etag,
    value: {
      ...free.value,
      officers: free.value.officers.length > 0 || !team.addedBy ? free.value.officers : [team.addedBy.id],
      binding: await bindingTo(deps, team),
    },
  });
  deps.log.info({ plan: saved.value.id }, 'plan bound to its team');
  return saved.value;
}

/** What binds a plan to a team from now on: where it lives, and its first channel as the board's. */
export async function bindingTo(deps: Pick<Deps, 'messenger' | 'clock'>, team: Team): Promise<Binding> {
  const names = await deps.messenger.readTeamNames(team);
  return {
    tenant: team.tenant,
    team: team.id,
    teamName: names.team ?? team.name,
    serviceUrl: team.serviceUrl,
    channel: team.id,
    channelName: names.channels.get(team.id) ?? GENERAL,
    boundAt: deps.clock.now().toISOString(),
  };
}
