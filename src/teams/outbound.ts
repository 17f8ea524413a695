import type { ConnectorClientOptions } from 'botframework-connector';

type HttpClient = NonNullable<ConnectorClientOptions['httpClient']>;
type HttpRequest = Parameters<HttpClient['sendRequest']>[0];
type HttpResponse = Awaited<ReturnType<HttpClient['sendRequest']>>;

/** An answer of Teams that is no success, or no answer. */
export class DeliveryError extends Error {
  override readonly name = 'DeliveryError';
  constructor(
    /** HTTP status; null when no answer came. */
    readonly status: number | null,
    /** Teams' own code, `ConversationBlockedByUser`; null when it gave none. */
    readonly code: string | null,
    message: string,
    /** What Retry-After asked for, in milliseconds; null when it did not. */
    readonly retryAfterMs: number | null,
    /** True when the request certainly had no effect, so that sending it again can't duplicate anything. */
    readonly noEffect: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Where Teams' service answers (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages). */
const TEAMS_HOSTS = [
  /^smba\.trafficmanager\.net$/,
  /(^|\.)teams\.microsoft\.(com|us)$/,
  /(^|\.)botframework\.(com|azure\.us)$/,
];
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Whether a host name is this machine itself. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/** Whether Steward may talk to a service URL: Teams' own hosts over https; in the demo's open mode loopback alone. */
export function isAllowedServiceUrl(serviceUrl: string, open: boolean): boolean {
  const url = URL.canParse(serviceUrl) ? new URL(serviceUrl) : null;
  if (!url || url.username || url.password) return false;
  if (open) return (url.protocol === 'http:' || url.protocol === 'https:') && isLoopback(url.hostname);
  return url.protocol === 'https:' && url.port === '' && TEAMS_HOSTS.some((host) => host.test(url.hostname));
}

/** How long one request may take. Teams answers within seconds or not at all. */
const TIMEOUT_MS = 15_000;

/** Requests a second that all of one tenant's messages keep below: Teams allows an app 50 in a tenant (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit). */
const PER_SECOND = 40;

/**
 * The one way out to Teams. The SDK's own client repeats a POST after a 5xx or a broken connection, which would ask a lead twice; this
 * one makes every failure an error that the SDK does not repeat, and says whether the request can have had an effect.
 */
export function makeOutbound(open: boolean): HttpClient {
  let nextSlot = 0;
  const takeSlot = async (): Promise<void> => {
    const now = Date.now();
    const slot = Math.max(now, nextSlot);
    nextSlot = slot + 1000 / PER_SECOND;
    if (slot > now) await new Promise((resolve) => setTimeout(resolve, slot - now));
  };
  return {
    async sendRequest(request: HttpRequest): Promise<HttpResponse> {
      if (!isAllowedServiceUrl(request.url, open))
        throw new DeliveryError(
          null,
          'HostNotAllowed',
          `not a host of the Teams service: ${hostOf(request.url)}`,
          null,
          true,
        );
      await takeSlot();
      const response = await send(request);
      const bodyAsText = await response.text().catch(() => null);
      if (!response.ok) throw failure(response, bodyAsText ?? '');
      // A success whose body was lost on the way still is one: only the message's id is unknown.
      return compatResponse(request, response, bodyAsText ?? '');
    },
  };
}

async function send(request: HttpRequest): Promise<Response> {
  const headers = new Headers();
  for (const { name, value } of request.headers.headersArray())
    if (!/^(host|connection|content-length|accept-encoding)$/i.test(name)) headers.set(name, value);
  try {
    return await fetch(request.url, {
      method: request.method,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(request.body === undefined || request.body === null ? {} : { body: String(request.body) }),
    });
  } catch (error) {
    throw new DeliveryError(null, null, reasonOf(error), null, neverConnected(error), { cause: error });
  }
}

function failure(response: Response, body: string): DeliveryError {
  const { code, message } = errorIn(body);
  // 412 and 429 are refusals before anything was done; 502 and 504 come from in between and tell nothing.
  const noEffect = response.status < 500 || response.status === 503;
  const text = `${response.status} ${code ?? ''} ${message ?? ''}`.trim();
  return new DeliveryError(
    response.status,
    code,
    text,
    retryAfter(response.headers.get('retry-after')),
    noEffect,
  );
}

function errorIn(body: string): { code: string | null; message: string | null } {
  try {
    const parsed: unknown = JSON.parse(body);
    const error = (parsed as { error?: { code?: unknown; message?: unknown } } | null)?.error;
    return {
      code: typeof error?.code === 'string' ? error.code.slice(0, 80) : null,
      message: typeof error?.message === 'string' ? error.message.slice(0, 200) : null,
    };
  } catch {
    return { code: null, message: null };
  }
}

/** Retry-After in seconds, or as an HTTP date. */
function retryAfter(header: string | null): number | null {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

/** Errors of making the connection: nothing was sent yet. */
function neverConnected(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: unknown } };
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH'].includes(
    String(cause?.code ?? ''),
  );
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const cause = error.cause instanceof Error ? error.cause.message : '';
  return error.name === 'TimeoutError' ? 'no answer in time' : `no answer: ${cause || error.message}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : 'no URL';
}

function compatResponse(request: HttpRequest, response: Response, bodyAsText: string): HttpResponse {
  const headers = request.headers.clone();
  for (const { name } of headers.headersArray()) headers.remove(name);
  response.headers.forEach((value, name) => {
    headers.set(name, value);
  });
  return { request, status: response.status, headers, bodyAsText } as HttpResponse;
}
