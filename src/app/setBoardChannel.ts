import type { Plan } from '../domain/plan';
import { GENERAL } from './bindPlan';
import { mayDo } from './mayDo';
import type { Deps } from './ports';
import { auditEntry } from './readAudit';
import { retryOnConflict } from './retry';

/**
 * Makes a channel the board's channel: one of the plan's own team, as Teams says where it was asked for. Only a programme
 * officer may.
 */
export async function setBoardChannel(
  deps: Pick<Deps, 'plans' | 'people' | 'messenger' | 'clock' | 'makeId' | 'log'>,
  plan: Plan,
  by: string,
  where: { readonly team: string; readonly channel: string; readonly conversation?: string },
): Promise<'set' | 'not-officer' | 'other-team'> {
  const { binding } = plan;
  if (!(await mayDo(deps, plan, { id: by, name: '', chat: '' }, 'set-channel'))) return 'not-officer';
  if (!binding || binding.team !== where.team) return 'other-team';
  const { channels } = await deps.messenger.readTeamNames({ ...binding, id: binding.team });
  const channelName = channels.get(where.channel) ?? (where.channel === binding.team ? GENERAL : '');
  const person = await deps.people.readPerson(binding.tenant, by);
  const doer = { id: by, name: person?.value.name ?? '', chat: where.conversation ?? where.channel };
  await retryOnConflict(async () => {
    const now = await deps.plans.readPlan(plan.id);
    if (!now?.value.binding) return;
    const moved = { ...now.value.binding, channel: where.channel, channelName };
    const entry = auditEntry(deps, doer, { kind: 'channel-set', channel: where.channel, name: channelName });
    await deps.plans.savePlan({ etag: now.etag, value: { ...now.value, binding: moved } }, [entry]);
  });
  deps.log.info({ plan: plan.id }, 'board channel set');
  return 'set';
}
