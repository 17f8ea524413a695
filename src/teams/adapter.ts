import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationParameters,
  type ResourceResponse,
  type TurnContext,
} from 'botbuilder';
import {
  AppCredentials,
  ClaimsIdentity,
  type ConnectorClient,
  TeamsConnectorClient,
  type UserTokenClient,
} from 'botframework-connector';
import { DeliveryError, type HttpClient, type Outbound, onErrand } from './outbound';
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

/** The botbuilder adapter, with our way out, and clients of the connector for messages of Steward's own accord. */
export class StewardAdapter extends CloudAdapter {
  private readonly clients = new Map<string, Promise<Clients>>();
  readonly open: boolean;
  readonly appId: string;

  constructor(
    identity: Identity,
    private readonly outbound: Outbound,
  ) {
    super(authenticationOf(identity, outbound));
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
      // A client with its pipeline of policies is dear to make: turns share those of their service URL.
      connectorFactory: { create: async (url: string) => (await this.clientsFor(url)).connector },
    };
    // Whatever is sent in the turn is what a person waits for.
    const { conversation, channelData } = activity as Activity;
    const tenant: unknown = conversation?.tenantId ?? channelData?.tenant?.id;
    const errand = { tenant: typeof tenant === 'string' ? tenant : '', urgency: 'reply' } as const;
    const answer = await onErrand(errand, () => this.processActivity(admitted, activity as Activity, logic));
    return { status: answer?.status ?? 200, ...(answer?.body === undefined ? {} : { body: answer.body }) };
  }

  /** What a turn answers. The answer to an invoke goes back with its request; messages go out by {@link send}. */
  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const sent: ResourceResponse[] = [];
    for (const activity of activities) {
      const { type, serviceUrl = '', conversation, replyToId = '' } = activity;
      if (type === 'invokeResponse') sent.push(...(await super.sendActivities(context, [activity])));
      else sent.push(await this.send('POST', serviceUrl, conversation?.id ?? '', replyToId, activity));
    }
    return sent;
  }

  /** Sends a message to a conversation (in reply to the one of `id`, unless it is empty), or with PUT changes the one of `id`. */
  async send(
    method: 'POST' | 'PUT',
    serviceUrl: string,
    conversation: string,
    id: string,
    activity: Partial<Activity>,
  ): Promise<ResourceResponse> {
    const activities = `/${encodeURIComponent(conversation)}/activities`;
    const path = id === '' ? activities : `${activities}/${encodeURIComponent(id)}`;
    const { body } = await this.call(method, serviceUrl, path, activity);
    return { id: textIn(body, 'id') };
  }

  /** Makes a conversation, with the message that begins it where one is given. What the answer does not tell is empty. */
  async createConversation(
    serviceUrl: string,
    asked: Omit<Partial<ConversationParameters>, 'activity'> & { readonly activity?: Partial<Activity> },
  ): Promise<{ readonly id: string; readonly activityId: string }> {
    const { body } = await this.call('POST', serviceUrl, '', asked);
    return { id: textIn(body, 'id'), activityId: textIn(body, 'activityId') };
  }

  /**
   * A request to the connector's REST interface
   * (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference). The SDK's client takes each one through a
   * dozen policies of which Steward has no use, since its way out sees to all of it: that takes as long as the rest of an answer.
   */
  private async call(method: string, serviceUrl: string, path: string, body: object): Promise<Answer> {
    return this.outbound.send({
      url: `${serviceUrl.replace(/\/$/, '')}/v3/conversations${path}`,
      method,
      headers: { 'content-type': 'application/json', ...(await this.authorization(serviceUrl)) },
      body: JSON.stringify(body),
    });
  }

  /** The bot's token, from the SDK's credentials, which keep it until it runs out; none in open mode. Without one nothing is sent. */
  private async authorization(serviceUrl: string): Promise<Readonly<Record<string, string>>> {
    if (this.open) return {};
    const { credentials } = (await this.clientsFor(serviceUrl)).connector;
    if (!(credentials instanceof AppCredentials)) throw new Error('the bot has credentials of no kind known');
    try {
      return { authorization: `Bearer ${await credentials.getToken()}` };
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'no reason given';
      throw new DeliveryError(null, null, `no token for Teams: ${reason}`, null, true, { cause: error });
    }
  }

  /** The connector's clients for a service URL, made once. */
  clientsFor(serviceUrl: string): Promise<Clients> {
    const known = this.clients.get(serviceUrl);
    if (known) return known;
    const made = this.makeClients(serviceUrl);
    this.clients.set(serviceUrl, made);
    made.catch(() => this.clients.delete(serviceUrl));
    return made;
  }

  private async makeClients(serviceUrl: string): Promise<Clients> {
    const factory = this.botFrameworkAuthentication.createConnectorFactory(this.claims());
    const connector = await factory.create(serviceUrl, CONNECTOR);
    const teams = new TeamsConnectorClient(connector.credentials, {
      baseUri: serviceUrl,
      httpClient: this.outbound,
    });
    return { connector, teams };
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

/** The two clients of the connector's REST interface. */
export interface Clients {
  readonly connector: ConnectorClient;
  readonly teams: TeamsConnectorClient;
}

/** botbuilder makes a client of the token service for each turn, in case somebody is to be signed in. Nobody ever is: one does for all. */
class Authentication extends ConfigurationBotFrameworkAuthentication {
  private tokens: Promise<UserTokenClient> | null = null;

  override createUserTokenClient(claims: ClaimsIdentity): Promise<UserTokenClient> {
    this.tokens ??= super.createUserTokenClient(claims);
    return this.tokens;
  }
}

function authenticationOf(identity: Identity, httpClient: HttpClient): Authentication {
  return new Authentication(settingsOf(identity), undefined, undefined, undefined, { httpClient });
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
