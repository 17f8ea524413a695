import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationParameters,
  type ConversationReference,
  type ResourceResponse,
  type TurnContext,
} from 'botbuilder';
import {
  AppCredentials,
  ClaimsIdentity,
  type ConnectorClient,
  type UserTokenClient,
} from 'botframework-connector';
import { DeliveryError, type Errand, type Outbound } from './outbound';
import type { Answer } from './request';

/** What the bot's own tokens are for: the connector of Microsoft's public cloud. */
const CONNECTOR = 'https://api.botframework.com';

/** How the bot proves to Teams who it is. `open` is the demo's: no credentials, loopback alone. */
export type Identity =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'single-tenant';
      readonly appId: string;
      readonly tenant: string;
      readonly proof:
        | { readonly kind: 'secret'; readonly secret: string }
        /** The thumbprint is the certificate's SHA-1 in hexadecimal, as Entra shows it; `pem` holds the certificate and its key, `key` the key alone. */
        | {
            readonly kind: 'certificate';
            readonly thumbprint: string;
            readonly key: string;
            readonly pem: string;
          };
    }
  | { readonly kind: 'managed'; readonly appId: string; readonly tenant: string };

/** What an HTTP answer to an activity is. */
export interface TurnAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** The botbuilder adapter, with our way out, which messages of Steward's own accord take too. */
export class StewardAdapter extends CloudAdapter {
  private readonly connectors = new Map<string, Promise<ConnectorClient>>();
  readonly open: boolean;
  readonly appId: string;

  constructor(
    identity: Identity,
    private readonly outbound: Outbound,
  ) {
    super(new Authentication(settingsOf(identity), undefined, undefined, undefined, { httpClient: NONE }));
    this.open = identity.kind === 'open';
    this.appId = identity.kind === 'open' ? '' : identity.appId;
  }

  /**
   * Runs one turn of an activity that was let in: its token was checked by `inboundToken.ts` before it was read, and what it says of where it
   * is from by `gate.ts` after. The SDK's own check is left out, since it takes tokens of skills and of the emulator too.
   */
  async run(activity: object, logic: (context: TurnContext) => Promise<void>): Promise<TurnAnswer> {
    const admitted = {
      audience: CONNECTOR,
      claimsIdentity: this.claims(),
      connectorFactory: { create: (url: string) => this.connectorOf(url) },
    };
    const answer = await this.processActivity(admitted, activity as Activity, logic);
    return { status: answer?.status ?? 200, ...(answer?.body === undefined ? {} : { body: answer.body }) };
  }

  /** What a turn answers. The answer to an invoke goes back with its request; messages go out by {@link send}. */
  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const errand = errandOf(context);
    const sent: ResourceResponse[] = [];
    for (const activity of activities) {
      const { type, serviceUrl = '', conversation, replyToId = '' } = activity;
      if (type === 'invokeResponse') sent.push(...(await super.sendActivities(context, [activity])));
      else
        sent.push(await this.send(errand, 'POST', serviceUrl, conversation?.id ?? '', replyToId, activity));
    }
    return sent;
  }

  /** A message that a turn changes. */
  override async updateActivity(
    context: TurnContext,
    activity: Partial<Activity>,
  ): Promise<ResourceResponse | undefined> {
    const { serviceUrl = '', conversation, id = '' } = activity;
    return this.send(errandOf(context), 'PUT', serviceUrl, conversation?.id ?? '', id, activity);
  }

  /** A message that a turn takes away. */
  override async deleteActivity(
    context: TurnContext,
    { serviceUrl = '', conversation, activityId = '' }: Partial<ConversationReference>,
  ): Promise<void> {
    await this.call(errandOf(context), 'DELETE', serviceUrl, messagePath(conversation?.id ?? '', activityId));
  }

  /** Sends a message to a conversation (in reply to the one of `id`, unless it is empty), or with PUT changes the one of `id`. */
  async send(
    errand: Errand,
    method: 'POST' | 'PUT',
    serviceUrl: string,
    conversation: string,
    id: string,
    activity: Partial<Activity>,
  ): Promise<ResourceResponse> {
    const { body } = await this.call(errand, method, serviceUrl, messagePath(conversation, id), activity);
    return { id: textIn(body, 'id') };
  }

  /** Makes a conversation, with the message that begins it where one is given. What the answer does not tell is empty. */
  async createConversation(
    errand: Errand,
    serviceUrl: string,
    asked: Omit<Partial<ConversationParameters>, 'activity'> & { readonly activity?: Partial<Activity> },
  ): Promise<{ readonly id: string; readonly activityId: string }> {
    const { body } = await this.call(errand, 'POST', serviceUrl, '/v3/conversations', asked);
    return { id: textIn(body, 'id'), activityId: textIn(body, 'activityId') };
  }

  /** Reads something of Teams': what the JSON of the answer holds, to be parsed by whoever asks; null where it is none. */
  async read(errand: Errand, serviceUrl: string, path: string): Promise<unknown> {
    const { body } = await this.call(errand, 'GET', serviceUrl, path);
    try {
      return JSON.parse(body ?? '') as unknown;
    } catch {
      return null;
    }
  }

  /**
   * A request to the connector's REST interface
   * (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference). The SDK's client takes each one through a
   * dozen policies of which Steward has no use, since its way out sees to all of it: that takes as long as the rest of an answer.
   */
  private async call(
    errand: Errand,
    method: string,
    serviceUrl: string,
    path: string,
    body?: object,
  ): Promise<Answer> {
    const headers = await this.authorization(serviceUrl);
    const asked = { url: `${serviceUrl.replace(/\/$/, '')}${path}`, method };
    if (body === undefined) return this.outbound({ ...asked, headers }, errand);
    const json = { ...headers, 'content-type': 'application/json' };
    return this.outbound({ ...asked, headers: json, body: JSON.stringify(body) }, errand);
  }

  /** The bot's token, from the SDK's credentials, which keep it until it runs out; none in open mode. Without one nothing is sent. */
  private async authorization(serviceUrl: string): Promise<Readonly<Record<string, string>>> {
    if (this.open) return {};
    const { credentials } = await this.connectorOf(serviceUrl);
    if (!(credentials instanceof AppCredentials)) throw new Error('the bot has credentials of no kind known');
    try {
      return { authorization: `Bearer ${await credentials.getToken()}` };
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'no reason given';
      throw new DeliveryError(null, null, `no token for Teams: ${reason}`, null, true, { cause: error });
    }
  }

  /** The SDK's client for a service URL, which holds the bot's credentials. It is dear to make, so turns share it. */
  private connectorOf(serviceUrl: string): Promise<ConnectorClient> {
    const known = this.connectors.get(serviceUrl);
    if (known) return known;
    const factory = this.botFrameworkAuthentication.createConnectorFactory(this.claims());
    const made = factory.create(serviceUrl, CONNECTOR);
    this.connectors.set(serviceUrl, made);
    made.catch(() => this.connectors.delete(serviceUrl));
    return made;
  }

  /** That it is this bot that speaks; without an id, in open mode, nobody. */
  private claims(): ClaimsIdentity {
    return this.open
      ? new ClaimsIdentity([], 'anonymous')
      : new ClaimsIdentity([{ type: 'aud', value: this.appId }], true);
  }
}

/** A text of an answer's body, an id that Teams gave; empty where it gave none. */
function textIn(body: string | null, name: 'id' | 'activityId'): string {
  try {
    const text = (JSON.parse(body ?? '') as Readonly<Record<string, unknown>>)[name];
    return typeof text === 'string' ? text : '';
  } catch {
    return '';
  }
}

/** A conversation's messages, or the one of an id. */
function messagePath(conversation: string, id: string): string {
  const messages = `/v3/conversations/${encodeURIComponent(conversation)}/activities`;
  return id === '' ? messages : `${messages}/${encodeURIComponent(id)}`;
}

/** What is sent in a turn is what a person waits for. */
function errandOf({ activity }: TurnContext): Errand {
  const { conversation, channelData } = activity;
  const tenant: unknown = conversation?.tenantId ?? channelData?.tenant?.id;
  return { tenant: typeof tenant === 'string' ? tenant : '', urgency: 'reply' };
}

/** The SDK is not to send anything by itself: it would neither keep to Teams' limits nor say what became of it. */
const NONE = {
  sendRequest: (): Promise<never> =>
    Promise.reject(new Error('what goes to Teams goes by way of outbound.ts')),
};

/** botbuilder makes a client of the token service for each turn, in case somebody is to be signed in. Nobody ever is: one does for all. */
class Authentication extends ConfigurationBotFrameworkAuthentication {
  private tokens: Promise<UserTokenClient> | null = null;

  override createUserTokenClient(claims: ClaimsIdentity): Promise<UserTokenClient> {
    this.tokens ??= super.createUserTokenClient(claims);
    return this.tokens;
  }
}

function settingsOf(identity: Identity): Record<string, string> {
  switch (identity.kind) {
    case 'open':
      return {};
    case 'single-tenant':
      return {
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppId: identity.appId,
        MicrosoftAppTenantId: identity.tenant,
        ...(identity.proof.kind === 'secret'
          ? { MicrosoftAppPassword: identity.proof.secret }
          : { CertificateThumbprint: identity.proof.thumbprint, CertificatePrivateKey: identity.proof.key }),
      };
    case 'managed':
      return {
        MicrosoftAppType: 'UserAssignedMsi',
        MicrosoftAppId: identity.appId,
        MicrosoftAppTenantId: identity.tenant,
      };
  }
}
