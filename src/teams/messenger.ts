import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Content, Messenger, Permit, Person, RosterEntry, Team } from '../app/ports';
import { message, plain } from '../cards/escape';
import type { Delivery, Unreachable } from '../domain/message';
import type { StewardAdapter } from './adapter';
import type { Budget } from './budget';
import { DeliveryError, type Errand } from './outbound';

const CARD = 'application/vnd.microsoft.card.adaptive';

/**
 * Teams' codes for somebody who can't be written to, and why
 * (https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis, and for
 * MessageWritesBlocked https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages).
 */
const WHY: Readonly<Record<string, Unreachable>> = {
  ConversationBlockedByUser: 'blocked',
  MessageWritesBlocked: 'blocked',
  BotDisabledByAdmin: 'disabled',
  BotNotInConversationRoster: 'not-installed',
  ForbiddenOperationException: 'not-installed',
  ConversationNotFound: 'not-installed',
  UserNotFound: 'left',
  MemberNotFoundInConversation: 'left',
};

/** Sends by way of the connector. Each verb says what became of it. */
export function makeMessenger(adapter: StewardAdapter, budget: Budget): Messenger {
  /** Several messages to somebody whose chat is not known yet make it once. */
  const opening = new Map<string, ReturnType<Messenger['openChat']>>();
  return {
    async inTurn(tenant, act) {
      const permit = await budget.permit(tenant);
      try {
        return await act(permit);
      } finally {
        budget.leave(permit);
      }
    },

    openChat(person) {
      const whose = `${person.tenant}|${person.userId}|${person.serviceUrl}`;
      const underWay = opening.get(whose);
      if (underWay) return underWay;
      const opened = openChat(adapter, person).finally(() => opening.delete(whose));
      opening.set(whose, opened);
      return opened;
    },

    async sendToChat(person, conversation, content, permit) {
      try {
        const errand = sending(person.tenant, permit);
        const activity = activityOf(content);
        const { id } = await adapter.send(errand, 'POST', person.serviceUrl, conversation, '', activity);
        return { outcome: 'sent', conversation, messageId: id || null };
      } catch (error) {
        return deliveryOf(error);
      }
    },

    async sendToChannel(serviceUrl, tenant, channel, content, permit) {
      try {
        const { id, activityId } = await adapter.createConversation(sending(tenant, permit), serviceUrl, {
          isGroup: true,
          bot: { id: botId(adapter), name: '' },
          tenantId: tenant,
          channelData: { channel: { id: channel }, tenant: { id: tenant } },
          activity: activityOf(content),
        });
        return { outcome: 'sent', conversation: id || channel, messageId: activityId || null };
      } catch (error) {
        return deliveryOf(error);
      }
    },

    async updateMessage(serviceUrl, tenant, conversation, messageId, content) {
      try {
        const activity = { ...activityOf(content), id: messageId };
        await adapter.send(sending(tenant), 'PUT', serviceUrl, conversation, messageId, activity);
        return 'updated';
      } catch (error) {
        return error instanceof DeliveryError && error.status === 404 ? 'gone' : 'failed';
      }
    },

    async readRoster(team) {
      const people: RosterEntry[] = [];
      let token: string | null | undefined;
      do {
        const from = token ? `&continuationToken=${encodeURIComponent(token)}` : '';
        const path = `/v3/conversations/${encodeURIComponent(team.id)}/pagedmembers?pageSize=500${from}`;
        const page = rosterPage.parse(await adapter.read(onItsOwn(team), team.serviceUrl, path));
        people.push(...page.members.flatMap(rosterEntry));
        token = page.continuationToken;
      } while (token);
      return people;
    },

    async readTeamNames(team) {
      const path = `/v3/teams/${encodeURIComponent(team.id)}`;
      const read = (of: string) => adapter.read(onItsOwn(team), team.serviceUrl, of).catch(() => null);
      const [details, channels] = await Promise.all([read(path), read(`${path}/conversations`)]);
      const listed = channelList.parse(channels)?.conversations ?? [];
      return {
        team: named.parse(details)?.name ?? null,
        channels: new Map(listed.flatMap(({ id, name }) => (id && name ? [[id, name] as const] : []))),
      };
    },
  };
}

async function openChat(adapter: StewardAdapter, person: Person): ReturnType<Messenger['openChat']> {
  try {
    const { id } = await adapter.createConversation(onItsOwn(person), person.serviceUrl, {
      isGroup: false,
      bot: { id: botId(adapter), name: '' },
      members: [{ id: person.userId, name: '' }],
      tenantId: person.tenant,
      channelData: { tenant: { id: person.tenant } },
    });
    // Made, but the answer broke off before its id: making it again gives the same one.
    if (id === '') return { outcome: 'throttled', retryAfterMs: null, reason: 'the answer broke off' };
    return { conversation: id };
  } catch (error) {
    const delivery = deliveryOf(error);
    if (delivery.outcome === 'throttled' || delivery.outcome === 'unreachable') return delivery;
    // Making a chat twice gives the same chat, so an answer that was lost is no worse than one that was put off.
    return { outcome: 'throttled', retryAfterMs: null, reason: reasonOf(error) };
  }
}

/** Of Steward's own accord: nobody waits for it. */
function onItsOwn({ tenant }: Pick<Team, 'tenant'>): Errand {
  return { tenant, urgency: 'own' };
}

/** A message with a permit is of Steward's own accord; a person waits for any other. */
function sending(tenant: string, permit?: Permit): Errand {
  return { tenant, urgency: permit ? 'own' : 'reply', permit };
}

/** The activity that shows a content. `summary` is what a phone's notification says; without it a card says only "sent a card". */
export function activityOf(content: Content): Partial<Activity> {
  return {
    type: 'message',
    summary: plain(content.summary),
    ...(content.text ? { text: message(content.text), textFormat: 'plain' } : {}),
    ...(content.card ? { attachments: [{ contentType: CARD, content: content.card }] } : {}),
    ...(content.file ? { attachments: [content.file] } : {}),
  };
}

/** What a failed call means for a message: docs/decisions/0022-what-an-answer-of-teams-tells.md. */
function deliveryOf(error: unknown): Delivery {
  const reason = reasonOf(error);
  if (!(error instanceof DeliveryError)) return { outcome: 'unconfirmed', reason };
  const { status, code } = error;
  const why = code === null ? undefined : WHY[code];
  if (why) return { outcome: 'unreachable', why, reason };
  if (status === 404) return { outcome: 'unreachable', why: 'not-installed', reason };
  if (
    status === 412 ||
    status === 429 ||
    status === 503 ||
    (status === null && error.noEffect && code === null)
  )
    return { outcome: 'throttled', retryAfterMs: askedFor(error), reason };
  if (error.noEffect) return { outcome: 'unreachable', why: 'refused', reason };
  return { outcome: 'unconfirmed', reason };
}

/** Longest that one answer can have a message wait, whatever it asks for. */
const LONGEST_ASKED_MS = 3_600_000;

/** What Retry-After asks for, and a little more by chance, so that those who were refused together do not come back together. */
function askedFor({ retryAfterMs }: DeliveryError): number | null {
  if (retryAfterMs === null) return null;
  return Math.min(retryAfterMs, LONGEST_ASKED_MS) + Math.floor(Math.random() * 250);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown failure';
}

function botId(adapter: StewardAdapter): string {
  return `28:${adapter.appId || 'steward'}`;
}

const text = z.string().nullish().catch(null);
const named = z.object({ id: text, name: text }).nullable().catch(null);
const channelList = z
  .object({ conversations: z.array(z.object({ id: text, name: text })).catch([]) })
  .nullable()
  .catch(null);
const rosterMember = z.object({
  id: text,
  name: text,
  aadObjectId: text,
  objectId: text,
  email: text,
  userPrincipalName: text,
});
/** A page of a roster (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context). */
const rosterPage = z.object({ members: z.array(rosterMember), continuationToken: text });

/** Teams gives the object id as `aadObjectId` or `objectId`; bots and people without a name are left out. */
function rosterEntry(member: z.infer<typeof rosterMember>): RosterEntry[] {
  if (!member.id || member.id.startsWith('28:')) return [];
  const objectId = member.aadObjectId ?? member.objectId;
  return [
    {
      id: objectId ? objectId.toLowerCase() : member.id,
      userId: member.id,
      name: member.name ?? '',
      email: member.email ?? member.userPrincipalName ?? null,
    },
  ];
}
