import type { Activity } from 'botbuilder';
import type { Content, Messenger, Permit, Person, RosterEntry, Team } from '../app/ports';
import { message, plain } from '../cards/escape';
import type { Delivery, Unreachable } from '../domain/message';
import type { StewardAdapter } from './adapter';
import type { Budget } from './budget';
import { DeliveryError, onErrand, presentErrand } from './outbound';

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
  /** As it stands in a turn that a person waits for; else of Steward's own accord. */
  const sending = <T>(tenant: string, permit: Permit | undefined, act: () => Promise<T>): Promise<T> => {
    const present = presentErrand();
    const urgency = !permit && present.tenant === tenant ? present.urgency : 'own';
    return onErrand({ tenant, urgency, permit }, act);
  };
  return {
    async inTurn(tenant, act) {
      const permit = await budget.permit(tenant);
      try {
        return await act(permit);
      } finally {
        budget.leave(permit);
      }
    },

    async openChat(person: Person) {
      try {
        const { id } = await onErrand({ tenant: person.tenant, urgency: 'own' }, () =>
          adapter.createConversation(person.serviceUrl, {
            isGroup: false,
            bot: { id: botId(adapter), name: '' },
            members: [{ id: person.userId, name: '' }],
            tenantId: person.tenant,
            channelData: { tenant: { id: person.tenant } },
          }),
        );
        // Made, but the answer broke off before its id: making it again gives the same one.
        if (id === '') return { outcome: 'throttled', retryAfterMs: null, reason: 'the answer broke off' };
        return { conversation: id };
      } catch (error) {
        const delivery = deliveryOf(error);
        if (delivery.outcome === 'throttled' || delivery.outcome === 'unreachable') return delivery;
        // Making a chat twice gives the same chat, so an answer that was lost is no worse than one that was put off.
        return { outcome: 'throttled', retryAfterMs: null, reason: reasonOf(error) };
      }
    },

    async sendToChat(person, conversation, content, permit) {
      try {
        const { id } = await sending(person.tenant, permit, () =>
          adapter.send('POST', person.serviceUrl, conversation, '', activityOf(content)),
        );
        return { outcome: 'sent', conversation, messageId: id || null };
      } catch (error) {
        return deliveryOf(error);
      }
    },

    async sendToChannel(serviceUrl, tenant, channel, content, permit) {
      try {
        const { id, activityId } = await sending(tenant, permit, () =>
          adapter.createConversation(serviceUrl, {
            isGroup: true,
            bot: { id: botId(adapter), name: '' },
            tenantId: tenant,
            channelData: { channel: { id: channel }, tenant: { id: tenant } },
            activity: activityOf(content),
          }),
        );
        return { outcome: 'sent', conversation: id || channel, messageId: activityId || null };
      } catch (error) {
        return deliveryOf(error);
      }
    },

    async updateMessage(serviceUrl, conversation, messageId, content) {
      try {
        const activity = { ...activityOf(content), id: messageId };
        await adapter.send('PUT', serviceUrl, conversation, messageId, activity);
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
        const page = await onErrand({ tenant: team.tenant, urgency: 'own' }, () =>
          connector.conversations.getConversationPagedMembers(team.id, paging),
        );
        people.push(...(page.members ?? []).flatMap(rosterEntry));
        continuationToken = page.continuationToken || undefined;
      } while (continuationToken);
      return people;
    },

    async readTeamNames(team: Pick<Team, 'id' | 'serviceUrl' | 'tenant'>) {
      const { teams } = await adapter.clientsFor(team.serviceUrl);
      const [details, channels] = await onErrand({ tenant: team.tenant, urgency: 'own' }, () =>
        Promise.allSettled([teams.teams.fetchTeamDetails(team.id), teams.teams.fetchChannelList(team.id)]),
      );
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
