import { z } from 'zod';
import type { Permit } from '../app/ports';
import type { Budget, Urgency } from './budget';
import { type Answer, NotConnected, request, type Wire } from './request';

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

const text = z.string().nullish().catch(null);
const inner = z.object({ code: text }).nullish().catch(null);
const refusal = z.object({
  error: z.object({ code: text, subCode: text, message: text, innererror: inner, innerError: inner }),
});

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

/** On whose behalf a request leaves. */
export interface Errand {
  readonly tenant: string;
  readonly urgency: Urgency;
  /** Of the message that it sends. */
  readonly permit?: Permit | undefined;
}

/** A request to Teams. */
export interface Asked {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** The one way out. Gives an answer that is a success, or throws a {@link DeliveryError}. */
export type Outbound = (asked: Asked, errand: Errand) => Promise<Answer>;

/**
 * Makes the one way out to Teams. Nothing is repeated here (the SDK's own client repeats a POST after a 5xx or a broken connection, which would ask a
 * lead twice): every failure is an error that says whether the request can have had an effect. It waits for what Teams' limits allow.
 */
export function makeOutbound(open: boolean, budget: Budget, wire: Wire = request): Outbound {
  return async (asked, { tenant, urgency, permit }) => {
    if (!isAllowedServiceUrl(asked.url, open))
      throw new DeliveryError(
        null,
        'HostNotAllowed',
        `not a host of the Teams service: ${hostOf(asked.url)}`,
        null,
        true,
      );
    await budget.admit(tenant, conversationOf(asked), urgency, permit);
    // Who stood still since the claim is taken for gone by now, and the message for abandoned: it must not be sent after all.
    if (permit && Date.now() > permit.until)
      throw new DeliveryError(null, null, 'its turn came too late', null, true);
    const answer = await answerTo(wire, asked);
    if (answer.status < 200 || answer.status > 299) throw told(budget, tenant, failure(answer));
    budget.answered(tenant, 'taken');
    // A success whose body was lost on the way still is one: only the message's id is unknown.
    return answer;
  };
}

/** The budget hears of a refusal for its rate. */
function told(budget: Budget, tenant: string, error: DeliveryError): DeliveryError {
  if (error.status === 429) budget.answered(tenant, { throttled: error.retryAfterMs });
  return error;
}

/** The conversation that a request comes under: that of its address, or whoever (or whichever channel) one is made with. Null for reading. */
function conversationOf({ method, url, body: text }: Asked): string | null {
  if (method === 'GET') return null;
  const [, id] = /\/v3\/conversations\/([^/?]+)/.exec(url) ?? [];
  if (id !== undefined) return decodeURIComponent(id).split(';')[0] ?? null;
  try {
    const body = JSON.parse(text ?? '') as {
      members?: readonly { id?: unknown }[];
      channelData?: { channel?: { id?: unknown } };
    };
    const partner = body.channelData?.channel?.id ?? body.members?.[0]?.id;
    return typeof partner === 'string' ? partner : null;
  } catch {
    return null;
  }
}

async function answerTo(wire: Wire, asked: Asked): Promise<Answer> {
  try {
    return await wire(asked.url, asked, TIMEOUT_MS);
  } catch (error) {
    throw new DeliveryError(null, null, reasonOf(error), null, error instanceof NotConnected, {
      cause: error,
    });
  }
}

function failure({ status, headers, body }: Answer): DeliveryError {
  const { code, message } = errorIn(body ?? '');
  // What each tells of a message: docs/decisions/0022-what-an-answer-of-teams-tells.md.
  const noEffect = status < 500 || status === 503;
  const reason = `${status} ${code ?? ''} ${message ?? ''}`.trim();
  return new DeliveryError(status, code, reason, retryAfter(headers['retry-after']), noEffect);
}

/**
 * The code and the words of a refusal. Teams puts the code that tells most in `code`, in `subCode`, or in an error within
 * (https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis).
 */
function errorIn(body: string): { code: string | null; message: string | null } {
  try {
    const parsed = refusal.parse(JSON.parse(body));
    const { code, subCode, innererror, innerError, message } = parsed.error;
    const inner = subCode ?? innererror?.code ?? innerError?.code ?? null;
    return {
      code: (inner || code || null)?.slice(0, 80) ?? null,
      message: message?.slice(0, 200) ?? null,
    };
  } catch {
    return { code: null, message: null };
  }
}

/** Retry-After in seconds, or as an HTTP date. */
function retryAfter(header: string | undefined): number | null {
  if (!header) return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error instanceof NotConnected) return `no connection (${reasonOf(error.cause)})`;
  const isLate = error.name === 'AbortError' || error.name === 'TimeoutError';
  const { code = '' } = error as { code?: unknown };
  return isLate ? 'no answer in time' : `no answer: ${error.message || String(code)}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : 'no URL';
}
