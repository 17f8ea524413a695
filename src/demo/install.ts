import { activityFrom, postActivity } from './activities';
import { DEMO_OFFICER, DEMO_TEAM } from './sample';

/** Adds Steward to the demo's team as the person at the Playground would, over HTTP: they become the programme officer. */
export async function installSteward(options: {
  readonly port: number;
  readonly serviceUrl: string;
}): Promise<void> {
  const channel = { serviceUrl: options.serviceUrl, tenantId: DEMO_TEAM.tenantId, botId: DEMO_TEAM.botId };
  const place = { kind: 'channel', team: DEMO_TEAM.teamId, channel: DEMO_TEAM.teamId } as const;
  const url = `http://127.0.0.1:${options.port}/api/messages`;
  await postActivity(
    url,
    activityFrom(channel, DEMO_OFFICER, place, { type: 'installationUpdate', action: 'add' }),
  );
}
