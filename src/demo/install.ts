import { activityFrom } from './activities';
import { DEMO_OFFICER, DEMO_TEAM } from './sample';

/** The activity with which the person at the Playground adds Steward to the demo's team: they become its programme officer. */
export function installActivity(serviceUrl: string): object {
  const channel = { serviceUrl, tenantId: DEMO_TEAM.tenantId, botId: DEMO_TEAM.botId };
  const place = { kind: 'channel', team: DEMO_TEAM.teamId, channel: DEMO_TEAM.teamId } as const;
  return activityFrom(channel, DEMO_OFFICER, place, { type: 'installationUpdate', action: 'add' });
}
