import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Caller } from '../app/people';

/** Where an activity comes from: one person's own chat, a channel of a team, or a chat of several. */
export type Place =
  | { readonly kind: 'personal'; readonly conversation: string }
  | {
      readonly kind: 'channel';
      readonly conversation: string;
      readonly team: string;
      readonly channel: string;
    }
  | { readonly kind: 'group'; readonly conversation: string };

/** An activity as far as Steward goes by it: who, where. What it carries is parsed where it is used. */
export interface Incoming {
  readonly caller: Caller;
  readonly place: Place;
}

const someone = z.object({
  id: z.string().min(1).max(500),
  name: z.string().max(500).nullish(),
  aadObjectId: z.string().max(100).nullish(),
});
const named = z.object({ id: z.string().max(500).nullish(), name: z.string().max(500).nullish() });

const schema = z.object({
  from: someone,
  serviceUrl: z.string().max(1000),
  conversation: z.object({
    id: z.string().min(1).max(1000),
    conversationType: z.string().max(50).nullish(),
    tenantId: z.string().max(100).nullish(),
  }),
  channelData: z
    .object({
      tenant: named.nullish(),
      team: named.nullish(),
      channel: named.nullish(),
      eventType: z.string().max(100).nullish(),
    })
    .nullish(),
});

/** Members that a conversationUpdate names. */
export const membersSchema = z.array(someone).max(10_000);

/** Reads who and where from an activity; null when Teams would never send such a thing. */
export function readIncoming(activity: Activity): Incoming | null {
  const parsed = schema.safeParse(activity);
  if (!parsed.success) return null;
  const { from, conversation, channelData, serviceUrl } = parsed.data;
  const tenant = (channelData?.tenant?.id ?? conversation.tenantId ?? '').toLowerCase();
  if (!tenant) return null;
  return {
    caller: {
      tenant,
      objectId: from.aadObjectId ? from.aadObjectId.toLowerCase() : null,
      userId: from.id,
      name: from.name ?? '',
      serviceUrl,
    },
    place: placeOf(conversation, channelData),
  };
}

/** The team that an activity names, with its name where it is given; null when it names none. */
export function teamOf(activity: Activity): { readonly id: string; readonly name: string } | null {
  const data = schema.shape.channelData.safeParse(activity.channelData);
  const team = data.success ? data.data?.team : null;
  return team?.id ? { id: team.id, name: team.name ?? '' } : null;
}

/** Most of a text that is read, in characters. */
const LONGEST_TEXT = 10_000;
const mentionSchema = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: z.string(), name: z.string().max(500).nullish() }),
  text: z.string().max(700).nullish(),
});

/**
 * What was typed, as plain text: without the mention of Steward that a channel needs, and with the names of the people whom it mentions, whom
 * the activity's entities tell from Steward ("remind \@Ann Lee" is about her alone).
 */
export function textOf(activity: Activity): string {
  const people = peopleMentioned(activity);
  return String(activity.text ?? '')
    .slice(0, LONGEST_TEXT)
    .replace(/<at\b[^>]{0,200}>([^<]{0,200})<\/at>/gi, (_tag, shown: string) => {
      const name = people.get(shown.trim().toLowerCase());
      return name === undefined ? ' ' : name;
    })
    .replace(/<\/?[a-z][^>]{0,200}>/gi, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/&(lt|gt|quot|amp|#39);/g, (_entity, name: string) => CHARACTERS[name] ?? ' ')
    .trim();
}

const CHARACTERS: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };

/** The people whom an activity mentions beside Steward: what its text shows for them, in small letters, and their names. */
function peopleMentioned(activity: Activity): ReadonlyMap<string, string> {
  const entities: readonly unknown[] = Array.isArray(activity.entities)
    ? activity.entities.slice(0, 100)
    : [];
  return new Map(
    entities.flatMap((entity) => {
      const { success, data } = mentionSchema.safeParse(entity);
      // Bots have ids that begin with 28 (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations).
      const isBot =
        success && (data.mentioned.id === activity.recipient?.id || data.mentioned.id.startsWith('28:'));
      if (!success || isBot) return [];
      const shown = (data.text ?? '').replace(/<[^>]{0,200}>/g, '').trim();
      const name = data.mentioned.name?.trim() || shown;
      return name === '' ? [] : [[(shown || name).toLowerCase(), name] as const];
    }),
  );
}

function placeOf(
  conversation: z.infer<typeof schema>['conversation'],
  channelData: z.infer<typeof schema>['channelData'],
): Place {
  const id = conversation.id;
  const team = channelData?.team?.id;
  if (conversation.conversationType === 'personal') return { kind: 'personal', conversation: id };
  if (team) {
    // Teams leaves the channel out for the General channel, whose id is the team's, and names the thread in the conversation's id.
    const channel = channelData?.channel?.id ?? id.split(';')[0] ?? team;
    return { kind: 'channel', conversation: id, team, channel };
  }
  return conversation.conversationType === 'groupChat' || id.startsWith('19:')
    ? { kind: 'group', conversation: id }
    : { kind: 'personal', conversation: id };
}
