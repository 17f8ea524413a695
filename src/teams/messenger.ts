import type { Activity } from 'botbuilder';
import type { Content, Messenger, Person, RosterEntry, Team } from '../app/ports';
import type { Delivery } from '../domain/message';
import type { StewardAdapter } from './adapter';
import { DeliveryError } from './outbound';

/** How long to wait when Teams asks for patience without saying how long. */
const PATIENCE_MS = 2_000;
const LONGEST_PATIENCE_MS = 300_000;
const CARD = 'application/vnd.microsoft.card.adaptive';

/** Teams' codes for somebody who can't be written to (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages). */
const BLOCKED = new Set(['ConversationBlockedByUser', 'MessageWritesBlocked']);
const NOT_INSTALLED = new Set([
  'BotNotInConversationRoster',
  'ForbiddenOperationException',
  'ConversationNotFound',
]);

/** Sends by way of botbuilder's connector. Each verb says what became of it. */
export function makeMessenger(adapter: StewardAdapter): Messenger {
  return {
    async openChat(person: Person) {
      try {
        const { connector } = await adapter.clientsFor(person.serviceUrl);
        const made = await connector.conversations.createConversation({
          isGroup: false,
          bot: { id: botId(adapter), name: '' },
          members: [{ id: person.userId, name: '' }],
          tenantId: person.tenant,
          channelData: { tenant: { id: person.tenant } },
          activity: undefined as unknown as Activity,
        });
        return { conversation: made.id };
      } catch (error) {
        const delivery = deliveryOf(error);
        if (delivery.outcome === 'throttled' || delivery.outcome === 'unreachable') return delivery;
        // Making a chat twice gives the same chat, so an answer that was lost is no worse than one that was put off.
        return { outcome: 'throttled', retryAfterMs: PATIENCE_MS, reason: reasonOf(error) };
      }
    },

    async sendToChat(person, conversation, content) {
      try {
        const { connector } = await adapter.clientsFor(person.serviceUrl);
        const sent = await connector.conversations.sendToConversation(conversation, activityOf(content));
        return { outcome: 'sent', conversation, messageId: sent?.id ?? null };
      } catch (error) {
        return deliveryOf(error);
      }
    },

    async sendToChannel(serviceUrl, tenant, channel, content) {
      try {
        const { connector } = await adapter.clientsFor(serviceUrl);
        const made = await connector.conversations.createConversation({
          isGroup: true,
          bot: { id: botId(adapter), name: '' },
          tenantId: tenant,
          channelData: { channel: { id: channel }, tenant: { id: tenant } },
          activity: activityOf(content) as Activity,
        } as Parameters<typeof connector.conversations.createConversation>[0]);
        return { outcome: 'sent', conversation: made.id, messageId: made.activityId ?? null };
      } catch (error) {
        return deliveryOf(error);
      }
    },

    async updateMessage(serviceUrl, conversation, messageId, content) {
      try {
        const { connector } = await adapter.clientsFor(serviceUrl);
        await connector.conversations.updateActivity(conversation, messageId, {
          ...activityOf(content),
          id: messageId,
        });
        return 'updated';
      } catch (error) {
        return error instanceof DeliveryError && error.status === 404 ? 'gone' : 'failed';
      }
    },

    async readRoster(team) {
      const { connector } = await adapter.clientsFor(team.serviceUrl);
      const people: RosterEntry[] = [];
      let continuationToken: string | undefined;
      do {
        // The SDK's type wants a token on the first page too; an empty one is left out of the request.
        const paging = { pageSize: 500, ...(continuationToken ? { continuationToken } : {}) } as {
          pageSize: number;
          continuationToken: string;
        };
        const page = await connector.conversations.getConversationPagedMembers(team.id, paging);
        people.push(...(page.members ?? []).flatMap(rosterEntry));
        continuationToken = page.continuationToken || undefined;
      } while (continuationToken);
      return people;
    },

    async readTeamNames(team: Pick<Team, 'id' | 'serviceUrl'>) {
      const { teams } = await adapter.clientsFor(team.serviceUrl);
      const [details, channels] = await Promise.allSettled([
        teams.teams.fetchTeamDetails(team.id),
        teams.teams.fetchChannelList(team.id),
      ]);
      const listed = channels.status === 'fulfilled' ? (channels.value.conversations ?? []) : [];
      return {
        team: details.status === 'fulfilled' ? (details.value.name ?? null) : null,
        channels: new Map(listed.flatMap(({ id, name }) => (id && name ? [[id, name] as const] : []))),
      };
    },
  };
}

/** The activity that shows a content. `summary` is what a phone's notification says; without it a card says only "sent a card". */
export function activityOf(content: Content): Partial<Activity> {
  return {
    type: 'message',
    summary: content.summary,
    ...(content.text ? { text: content.text, textFormat: 'plain' } : {}),
    ...(content.card ? { attachments: [{ contentType: CARD, content: content.card }] } : {}),
  };
}

/** What a failed call means for a message. */
function deliveryOf(error: unknown): Delivery {
  const reason = reasonOf(error);
  if (!(error instanceof DeliveryError)) return { outcome: 'unconfirmed', reason };
  const { status, code } = error;
  if (code && BLOCKED.has(code)) return { outcome: 'unreachable', why: 'blocked', reason };
  if ((code && NOT_INSTALLED.has(code)) || status === 404)
    return { outcome: 'unreachable', why: 'not-installed', reason };
  if (
    status === 412 ||
    status === 429 ||
    status === 503 ||
    (status === null && error.noEffect && code === null)
  )
    return { outcome: 'throttled', retryAfterMs: patience(error), reason };
  if (error.noEffect) return { outcome: 'unreachable', why: 'refused', reason };
  return { outcome: 'unconfirmed', reason };
}

function patience(error: DeliveryError): number {
  const asked = error.retryAfterMs ?? PATIENCE_MS;
  return Math.min(Math.max(asked, 250), LONGEST_PATIENCE_MS) + Math.floor(Math.random() * 250);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'unknown failure';
}

function botId(adapter: StewardAdapter): string {
  return `28:${adapter.appId || 'steward'}`;
}

/** Teams gives the object id as `aadObjectId` or `objectId`; bots and people without a name are left out. */
function rosterEntry(member: {
  id?: string;
  name?: string;
  aadObjectId?: string;
  email?: string;
  userPrincipalName?: string;
  objectId?: string;
}): RosterEntry[] {
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
