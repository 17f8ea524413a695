import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder';
import { ClaimsIdentity, type ConnectorClient, TeamsConnectorClient } from 'botframework-connector';
import { makeOutbound } from './outbound';

/** How the bot proves to Teams who it is. `open` is the demo's: no credentials, loopback alone. */
export type Identity =
  | { readonly kind: 'open' }
  | {
      readonly kind: 'single-tenant';
      readonly appId: string;
      readonly tenant: string;
      readonly password: string;
    }
  | { readonly kind: 'managed'; readonly appId: string; readonly tenant: string };

/** What an HTTP answer to an activity is. */
export interface TurnAnswer {
  readonly status: number;
  readonly body?: unknown;
}

/** A request whose token does not prove that it comes from Teams. */
export class NotAuthenticated extends Error {
  override readonly name = 'NotAuthenticated';
  readonly statusCode = 401;
  constructor(cause: unknown) {
    super('the request has no good token', { cause });
  }
}

/** The botbuilder adapter, with our way out, and clients of the connector for messages of Steward's own accord. */
export class StewardAdapter extends CloudAdapter {
  private readonly clients = new Map<string, Promise<Clients>>();
  readonly open: boolean;
  readonly appId: string;

  constructor(identity: Identity) {
    super(authenticationOf(identity));
    this.open = identity.kind === 'open';
    this.appId = identity.kind === 'open' ? '' : identity.appId;
  }

  /** Runs one turn. Throws {@link NotAuthenticated} when the token is not good; no handler runs then. */
  async run(
    authorization: string,
    activity: unknown,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<TurnAnswer> {
    const checked = activity as Activity;
    const authenticated = await this.botFrameworkAuthentication
      .authenticateRequest(checked, authorization)
      // The SDK tells some bad tokens by errors of its own, with a stack and keys in them: to the outside all are the same.
      .catch((error: unknown) => {
        throw new NotAuthenticated(error);
      });
    const answer = await this.processActivity(authenticated, checked, logic);
    return { status: answer?.status ?? 200, ...(answer?.body === undefined ? {} : { body: answer.body }) };
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
    const claims = new ClaimsIdentity([{ type: 'aud', value: this.appId }], true);
    const factory = this.botFrameworkAuthentication.createConnectorFactory(claims);
    const connector = await factory.create(serviceUrl, 'https://api.botframework.com');
    const teams = new TeamsConnectorClient(connector.credentials, {
      baseUri: serviceUrl,
      httpClient: makeOutbound(this.open),
    });
    return { connector, teams };
  }
}

/** The two clients of the connector's REST interface. */
export interface Clients {
  readonly connector: ConnectorClient;
  readonly teams: TeamsConnectorClient;
}

function authenticationOf(identity: Identity): ConfigurationBotFrameworkAuthentication {
  const options = { httpClient: makeOutbound(identity.kind === 'open') };
  return new ConfigurationBotFrameworkAuthentication(
    settingsOf(identity),
    undefined,
    undefined,
    undefined,
    options,
  );
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
        MicrosoftAppPassword: identity.password,
      };
    case 'managed':
      return {
        MicrosoftAppType: 'UserAssignedMsi',
        MicrosoftAppId: identity.appId,
        MicrosoftAppTenantId: identity.tenant,
      };
  }
}
