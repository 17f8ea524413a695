import type { Deps, Team } from './ports';
import { retryOnConflict } from './retry';

/**
 * Notes that Steward was added to a team, or that people joined or left it. Only the note is written here; `settleTeam`
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
