import {
  activityFrom,
  type BotAnswer,
  type Channel,
  type Place,
  postActivity,
  pressActivity,
  type Sender,
  type WireActivity,
} from '../../../src/demo/activities';
import { type Card, type CardButton, dataSent, type Inputs } from '../../../src/demo/cardWalker';
import type { TeamsStandIn } from './teamsStandIn';

export type { BotAnswer, Sender } from '../../../src/demo/activities';
export {
  type ActionForm,
  buttonsOf,
  type Card,
  type CardButton,
  findButton,
  formOf,
  inputsOf,
  textOf,
  valuesOf,
} from '../../../src/demo/cardWalker';

/** Where something is said; left out, it is the person's own chat. */
export interface Where {
  readonly channel?: string;
  /** First message of the thread. */
  readonly thread?: string;
  /** The message that a pressed card is on. */
  readonly replyTo?: string;
}

/** Plays Teams towards a bot: each call is one activity over HTTP, and answers what the bot answered. */
export interface BotClient {
  /** Something typed. In a channel it begins with a mention of the bot, as Teams wants it. */
  say(person: Sender, text: string, where?: Where): Promise<BotAnswer>;
  /** A file sent in the person's own chat (or elsewhere), as Teams describes it: the bot is given an address to fetch it from. */
  sendFile(
    person: Sender,
    file: { readonly url: string; readonly name: string },
    where?: Where,
  ): Promise<BotAnswer>;
  /** A button pressed, by hand or with data of one's own: fields as they stand, with `typed` over them. */
  press(person: Sender, card: Card, button: CardButton, typed?: Inputs, where?: Where): Promise<BotAnswer>;
  /** `adaptiveCard/action` with any data at all, hostile data included. */
  execute(
    person: Sender,
    verb: string,
    data: Readonly<Record<string, unknown>>,
    where?: Where,
  ): Promise<BotAnswer>;
  /** Any invoke: `task/fetch`, `task/submit`, … */
  invoke(person: Sender, name: string, value: unknown, where?: Where): Promise<BotAnswer>;
  /** Somebody adds the bot to the team: Teams sends both an installationUpdate and a conversationUpdate. */
  addToTeam(person: Sender): Promise<BotAnswer>;
  /** Somebody takes the bot out of the team. */
  removeFromTeam(person: Sender): Promise<BotAnswer>;
  /** Somebody installs the bot for themselves alone. */
  installForSelf(person: Sender): Promise<BotAnswer>;
  /** People join the team. Put them into the stand-in's roster first. */
  join(people: readonly Sender[], by: Sender): Promise<BotAnswer>;
  /** People leave the team. */
  leave(people: readonly Sender[], by: Sender): Promise<BotAnswer>;
  /** The activity as built, for tests that replay or distort one. */
  post(activity: WireActivity, headers?: Readonly<Record<string, string>>): Promise<BotAnswer>;
  /** Builds what {@link BotClient.press} would send. */
  pressed(person: Sender, card: Card, button: CardButton, typed?: Inputs, where?: Where): WireActivity;
}

/** Teams' id of the bot that the client speaks to. */
export const BOT_ID = '28:22222222-2222-4222-8222-222222222222';

/**
 * Makes a client of a bot at `url` (its messages address) in the stand-in's team. The address is asked for at
 * each call, since a restarted bot may listen elsewhere.
 */
export function makeBotClient(url: () => string, standIn: TeamsStandIn): BotClient {
  const channel: Channel = {
    serviceUrl: standIn.serviceUrl,
    tenantId: standIn.team.tenantId,
    botId: BOT_ID,
  };
  const team = { id: standIn.team.id, name: standIn.team.name };
  const general: Place = { kind: 'channel', team: team.id, channel: team.id };

  const placeOf = (person: Sender, where: Where = {}): Place =>
    where.channel === undefined
      ? { kind: 'personal', conversation: standIn.personalChatOf(person) }
      : {
          kind: 'channel',
          team: team.id,
          channel: where.channel,
          ...(where.thread === undefined ? {} : { thread: where.thread }),
        };
  const post = (activity: WireActivity, headers?: Readonly<Record<string, string>>): Promise<BotAnswer> =>
    postActivity(url(), activity, headers);
  const inTeam = (person: Sender, eventType: string, more: WireActivity): Promise<BotAnswer> =>
    post(
      activityFrom(channel, person, general, {
        channelData: { tenant: { id: channel.tenantId }, team, eventType, channel: { id: team.id } },
        ...more,
      }),
    );
  const execute: BotClient['execute'] = (person, verb, data, where) =>
    post({ ...pressActivity(channel, person, placeOf(person, where), verb, data), ...repliedTo(where) });

  const pressed: BotClient['pressed'] = (person, card, button, typed, where) => {
    const data = dataSent(button, card, typed);
    const place = placeOf(person, where);
    if (button.type === 'Action.Execute') {
      return { ...pressActivity(channel, person, place, button.verb, data), ...repliedTo(where) };
    }
    const opensDialog = isObject(data.msteams) && data.msteams.type === 'task/fetch';
    return activityFrom(channel, person, place, {
      ...(opensDialog
        ? { type: 'invoke', name: 'task/fetch', value: { data, context: { theme: 'default' } } }
        : { type: 'message', value: data }),
      ...repliedTo(where),
    });
  };

  return {
    say: (person, text, where) =>
      post(
        activityFrom(channel, person, placeOf(person, where), {
          type: 'message',
          ...(where?.channel === undefined ? { text } : mentioning(text)),
        }),
      ),
    press: (person, card, button, typed, where) => post(pressed(person, card, button, typed, where)),
    sendFile: (person, { url: downloadUrl, name }, where) =>
      post(
        activityFrom(channel, person, placeOf(person, where), {
          type: 'message',
          attachments: [
            {
              contentType: 'application/vnd.microsoft.teams.file.download.info',
              contentUrl: `https://example-my.sharepoint.com/personal/somebody/Documents/${encodeURIComponent(name)}`,
              content: {
                downloadUrl,
                uniqueId: '00000000-0000-4000-8000-00000000f11e',
                fileType: name.split('.').at(-1) ?? '',
              },
              name,
            },
          ],
        }),
      ),
    execute,
    invoke: (person, name, value, where) =>
      post(
        activityFrom(channel, person, placeOf(person, where), {
          type: 'invoke',
          name,
          value,
          ...repliedTo(where),
        }),
      ),
    addToTeam: async (person) => {
      await inTeam(person, 'teamMemberAdded', { type: 'installationUpdate', action: 'add' });
      return inTeam(person, 'teamMemberAdded', {
        type: 'conversationUpdate',
        membersAdded: [{ id: BOT_ID }],
      });
    },
    removeFromTeam: async (person) => {
      await inTeam(person, 'teamMemberRemoved', { type: 'installationUpdate', action: 'remove' });
      return inTeam(person, 'teamMemberRemoved', {
        type: 'conversationUpdate',
        membersRemoved: [{ id: BOT_ID }],
      });
    },
    installForSelf: async (person) => {
      const place = placeOf(person);
      await post(activityFrom(channel, person, place, { type: 'installationUpdate', action: 'add' }));
      return post(
        activityFrom(channel, person, place, { type: 'conversationUpdate', membersAdded: [{ id: BOT_ID }] }),
      );
    },
    join: (people, by) =>
      inTeam(by, 'teamMemberAdded', { type: 'conversationUpdate', membersAdded: people.map(accountOf) }),
    leave: (people, by) =>
      inTeam(by, 'teamMemberRemoved', { type: 'conversationUpdate', membersRemoved: people.map(accountOf) }),
    post,
    pressed,
  };
}

function accountOf(person: Sender): Record<string, string> {
  return { id: person.id, aadObjectId: person.aadObjectId };
}

function repliedTo(where: Where | undefined): WireActivity {
  return where?.replyTo === undefined ? {} : { replyToId: where.replyTo };
}

function mentioning(text: string): WireActivity {
  const mention = '<at>Steward</at>';
  return {
    text: `${mention} ${text}`,
    entities: [{ type: 'mention', text: mention, mentioned: { id: BOT_ID, name: 'Steward' } }],
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
