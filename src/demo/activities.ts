import type { Card } from './cardWalker';

/** A person as activities name them. */
export interface Sender {
  /** Teams' id of the user towards this bot: `29:…`. */
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
}

/** What is the same in every activity that Teams sends to one bot. */
export interface Channel {
  /** Address that the bot is to answer to. */
  readonly serviceUrl: string;
  readonly tenantId: string;
  /** Teams' id of the bot: `28:…`. */
  readonly botId: string;
}

/** Where something is said: in somebody's own chat, or in a channel of a team. */
export type Place =
  | { readonly kind: 'personal'; readonly conversation: string }
  | {
      readonly kind: 'channel';
      readonly team: string;
      readonly channel: string;
      /** First message of the thread; none for a new one. */
      readonly thread?: string;
    };

/** An activity as it goes over the wire. */
export type WireActivity = Readonly<Record<string, unknown>>;

let activitiesMade = 0;

/** Builds an activity of any type from a person in a place; `more` goes over what is the same for all. */
export function activityFrom(
  channel: Channel,
  person: Sender,
  place: Place,
  more: WireActivity,
): WireActivity {
  activitiesMade += 1;
  const now = new Date().toISOString();
  return {
    id: `${Date.now()}${activitiesMade}`,
    channelId: 'msteams',
    serviceUrl: channel.serviceUrl,
    timestamp: now,
    localTimestamp: now,
    locale: 'en-GB',
    from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
    recipient: { id: channel.botId, name: 'Steward' },
    ...placed(channel, place),
    ...more,
  };
}

/** A button's press as Teams sends it for `Action.Execute`. */
export function pressActivity(
  channel: Channel,
  person: Sender,
  place: Place,
  verb: string | null,
  data: Readonly<Record<string, unknown>>,
): WireActivity {
  return activityFrom(channel, person, place, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: verb ?? '', data }, trigger: 'manual' },
  });
}

/** What the bot answered to an activity. */
export interface BotAnswer {
  /** HTTP status. */
  readonly status: number;
  /** Parsed JSON where it is JSON, else the text; null for an empty body. */
  readonly body: unknown;
  /** The card of an invoke's answer or of a dialog, where it brought one. */
  readonly card: Card | null;
  /** The sentence of an invoke's answer, where it brought one instead of a card. */
  readonly message: string | null;
}

/** Posts an activity to a bot and reads the answer. Throws when the bot can't be reached or the connection breaks. */
export async function postActivity(
  url: string,
  activity: WireActivity,
  headers: Readonly<Record<string, string>> = {},
): Promise<BotAnswer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(activity),
  });
  const text = await answer.text();
  const body = parsed(text);
  return { status: answer.status, body, card: cardIn(body), message: messageIn(body) };
}

function placed(channel: Channel, place: Place): WireActivity {
  const tenant = { id: channel.tenantId };
  if (place.kind === 'personal') {
    return {
      conversation: {
        id: place.conversation,
        conversationType: 'personal',
        tenantId: channel.tenantId,
      },
      channelData: { tenant },
    };
  }
  return {
    conversation: {
      id: place.thread ? `${place.channel};messageid=${place.thread}` : place.channel,
      conversationType: 'channel',
      tenantId: channel.tenantId,
      isGroup: true,
    },
    channelData: {
      tenant,
      team: { id: place.team },
      channel: { id: place.channel },
      teamsTeamId: place.team,
      teamsChannelId: place.channel,
    },
  };
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

function cardIn(body: unknown): Card | null {
  if (!isObject(body)) return null;
  if (body.type === CARD_TYPE && isObject(body.value)) return body.value;
  const dialog = isObject(body.task) && isObject(body.task.value) ? body.task.value.card : null;
  return isObject(dialog) && isObject(dialog.content) ? dialog.content : null;
}

function messageIn(body: unknown): string | null {
  if (!isObject(body)) return null;
  if (typeof body.value === 'string') return body.value;
  if (isObject(body.task) && typeof body.task.value === 'string') return body.task.value;
  return isObject(body.value) && typeof body.value.message === 'string' ? body.value.message : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
