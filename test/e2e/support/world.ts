import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { RunningAzurite } from '../../../src/demo/processes';
import { DEMO_LEADS, DEMO_OFFICER, DEMO_TEAM, SAMPLE_PLAN_FILE } from '../../../src/demo/sample';
import { startTestAzurite } from './azurite';
import { type BotOptions, type RunningBot, startBot } from './bot';
import { type BotClient, type Card, findButton, makeBotClient, type Sender } from './botClient';
import { cardOf, type ShownMessage, startTeamsStandIn, type TeamsStandIn } from './teamsStandIn';

/** Everything that an end-to-end test needs: real storage, the bot in a process of its own, and a stand-in for Teams. */
export interface World {
  readonly azurite: RunningAzurite;
  readonly bot: RunningBot;
  readonly teams: TeamsStandIn;
  readonly client: BotClient;
  readonly officer: Sender;
  /** The six who lead the sample's live actions, the officer among them. */
  readonly leads: readonly Sender[];
  /** Somebody of the team who leads nothing. */
  readonly bystander: Sender;
  /** Somebody who is not in the team. */
  readonly stranger: Sender;
  close(): Promise<void>;
}

export const BOARD = DEMO_TEAM.boardChannelId;
export const GENERAL = DEMO_TEAM.teamId;

/** Starts the world of the sample plan, with a team of 46 people. The clock says Mon 25 September 2023, 09:30, unless told otherwise. */
export async function startWorld(options: Partial<BotOptions> = {}): Promise<World> {
  const azurite = await startTestAzurite();
  const others = Array.from({ length: 40 }, (_, n) =>
    person(`Pat Nobody${String.fromCharCode(97 + (n % 26))}${n}`, n),
  );
  const leads = [DEMO_OFFICER, ...DEMO_LEADS];
  const teams = await startTeamsStandIn({
    tenantId: DEMO_TEAM.tenantId,
    id: DEMO_TEAM.teamId,
    name: DEMO_TEAM.teamName,
    channels: [{ id: DEMO_TEAM.boardChannelId, name: DEMO_TEAM.boardChannelName }],
    members: [...leads, ...others],
  });
  const bot = await startBot({ storage: azurite.connectionString, ...options });
  const client = makeBotClient(() => bot.url, teams);
  return {
    azurite,
    bot,
    teams,
    client,
    officer: DEMO_OFFICER,
    leads,
    bystander: others[0] ?? DEMO_OFFICER,
    stranger: person('Sam Stranger', 999),
    close: async () => {
      await bot.stop();
      await teams.close();
      await azurite.stop();
    },
  };
}

/** A row of the sample plan, read by this test's own few lines and not by the product. */
export interface SampleRow {
  readonly ref: string;
  readonly priority: string;
  readonly leads: readonly string[];
  readonly letter: string;
  readonly percent: string;
  readonly live: boolean;
}

/** The sample plan's rows. A row's leads are its own, or its priority's where it names none. */
export function sampleRows(): SampleRow[] {
  const rows: string[][] = parse(readFileSync(SAMPLE_PLAN_FILE), { relax_column_count: true, bom: true });
  const at = rows.findIndex((row) => row.includes('Action Ref'));
  const header = rows[at] ?? [];
  const cell = (row: readonly string[], name: string) => row[header.indexOf(name)]?.trim() ?? '';
  return rows.slice(at + 1).map((row) => {
    const letter = cell(row, 'RAG');
    const named = cell(row, 'Lead') || cell(row, 'Priority leads');
    return {
      ref: cell(row, 'Action Ref'),
      priority: cell(row, 'Priority'),
      leads: named
        .replace(/\([^)]*\)/g, '')
        .split(/[;,/]| and /)
        .map((name) => name.trim())
        .filter(Boolean),
      letter,
      percent: cell(row, '% complete'),
      live:
        letter === 'R' || letter === 'A' || letter === 'G' || (letter === '' && !/see /.test(row.join(' '))),
    };
  });
}

/** Adds Steward to the team and waits for its greeting. */
export async function install({ client, teams, officer }: World): Promise<ShownMessage> {
  await client.addToTeam(officer);
  return teams.until(() => teams.postsIn(GENERAL)[0]);
}

/** Opens September 2023 and waits until everybody who can be asked was asked. */
export async function openSeptember({ client, teams, officer, leads }: World): Promise<void> {
  await client.say(officer, 'open the September 2023 update');
  await teams.until(() => leads.every((lead) => monthMessages(teams, lead).length > 0));
}

/** The messages of a lead's chat that carry a month's card to answer. */
export function monthMessages(teams: TeamsStandIn, lead: Sender): ShownMessage[] {
  return teams.chatWith(lead).filter((message) => / update: /.test(String(message.activity.summary ?? '')));
}

/** The latest card with a month in a lead's chat. */
export function monthCardOf(teams: TeamsStandIn, lead: Sender): Card {
  const card = monthMessages(teams, lead)
    .map(cardOf)
    .findLast((found) => found !== null);
  if (!card) throw new Error(`${lead.name} has no card`);
  return card;
}

/** Opens the form of an action from a lead's month, paging until it is found. */
export async function openForm({ client, teams }: World, lead: Sender, ref: string): Promise<Card> {
  let card = monthCardOf(teams, lead);
  for (let page = 0; page < 20; page += 1) {
    const button = findButton(card, { ref, verb: 'form' });
    if (button) {
      const { card: form } = await client.press(lead, card, button);
      if (form) return form;
      throw new Error(`no form for ${ref}`);
    }
    const next = findButton(card, { title: /^Next/ });
    if (!next) break;
    card = (await client.press(lead, card, next)).card ?? card;
  }
  throw new Error(`${lead.name}'s month has no ${ref}`);
}

function person(name: string, n: number): Sender {
  const account = name.toLowerCase().replace(/\W/g, '.');
  return { id: `29:${account}`, aadObjectId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, name };
}
