import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_LEADS, DEMO_OFFICER, DEMO_TEAM, type DemoPerson } from './sample';

/** The name that the Playground looks for in the folder that it is started in. */
export const PLAYGROUND_CONFIG_FILE = '.m365agentsplayground.yml';

/**
 * Writes the Playground's configuration into a folder, which is made if need be: the team, its two channels and
 * the six people, of whom the programme officer is the one who types. Answers the file's path.
 */
export function writePlaygroundConfig(dir: string): string {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, PLAYGROUND_CONFIG_FILE);
  // Every JSON text is YAML too, so values need no quoting rules of our own.
  writeFileSync(file, `${JSON.stringify(playgroundConfig(), null, 2)}\n`);
  return file;
}

/** All keys that the Playground's schema wants; it refuses any other, and any number of users but five. */
function playgroundConfig(): Record<string, unknown> {
  return {
    version: '0.1.1',
    tenantId: DEMO_TEAM.tenantId,
    bot: { id: DEMO_TEAM.botId, name: DEMO_TEAM.botName },
    currentUser: userOf(DEMO_OFFICER),
    users: DEMO_LEADS.map(userOf),
    personalChat: { id: DEMO_TEAM.personalChatId },
    groupChat: { id: DEMO_TEAM.groupChatId, name: 'Leads' },
    team: {
      id: DEMO_TEAM.teamId,
      name: DEMO_TEAM.teamName,
      aadGroupId: DEMO_TEAM.aadGroupId,
      channels: [{ id: DEMO_TEAM.boardChannelId, name: DEMO_TEAM.boardChannelName }],
    },
  };
}

function userOf(person: DemoPerson): Record<string, string> {
  return {
    id: person.id,
    name: person.name,
    // Their spelling.
    userPrincipleName: person.email,
    aadObjectId: person.aadObjectId,
    givenName: person.givenName,
    surname: person.surname,
    email: person.email,
  };
}
