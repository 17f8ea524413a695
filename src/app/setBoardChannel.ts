import { isOfficer } from '../domain/authority';
import type { Plan } from '../domain/plan';
import type { Deps } from './ports';
import { retryOnConflict } from './retry';

/** Makes a channel of the plan's team the board's channel. Only a programme officer may. */
export async function setBoardChannel(
  deps: Pick<Deps, 'plans' | 'messenger' | 'log'>,
  plan: Plan,
  by: string,
  channel: string,
): Promise<'set' | 'not-officer' | 'other-team'> {
  if (!isOfficer(plan, by)) return 'not-officer';
  const { binding } = plan;
  if (!binding) return 'other-team';
  const { channels } = await deps.messenger.readTeamDetails({
    id: binding.team,
    serviceUrl: binding.serviceUrl,
    tenant: binding.tenant,
  });
  const found = channels.find(({ id }) => id === channel);
  if (!found && channel !== binding.team) return 'other-team';
  await retryOnConflict(async () => {
    const now = await deps.plans.readPlan(plan.id);
    if (!now?.value.binding) return;
    const channelName = found?.name ?? (channel === binding.team ? 'General' : '');
    await deps.plans.savePlan({
      etag: now.etag,
      value: { ...now.value, binding: { ...now.value.binding, channel, channelName } },
    });
  });
  deps.log.info({ plan: plan.id }, 'board channel set');
  return 'set';
}
