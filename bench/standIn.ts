import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Teams' limits, as its page on rate limits gives them (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit). */
export const TEAMS_PER_SECOND = 50;
const PER_CONVERSATION: readonly (readonly [seconds: number, requests: number])[] = [
  [1, 7],
  [2, 8],
  [30, 60],
  [3600, 1800],
];

/** A stand-in for Teams that keeps no texts, only what a bench counts. It listens on a port of its own. */
export interface StandIn {
  readonly serviceUrl: string;
  /** When each request that was let in came, in milliseconds. */
  readonly taken: number[];
  /** How many were refused for their rate. */
  readonly refused: () => number;
  /** How many messages each conversation got. */
  readonly messages: ReadonlyMap<string, number>;
  /** What was sent last, as it came. */
  readonly last: () => string;
  close(): Promise<void>;
}

/**
 * Starts a stand-in that answers the making of chats and the sending of messages. With `limits` it refuses (429) what Teams would: over 50 requests
 * in any second of the app in its tenant, making a chat included, and over what one conversation may get.
 */
export async function startStandIn(limits: boolean): Promise<StandIn> {
  const taken: number[] = [];
  const messages = new Map<string, number>();
  const windows = new Map<string, number[]>();
  let refused = 0;
  let oldest = 0;
  let last: Buffer = Buffer.alloc(0);

  const mayPass = (conversation: string, now: number): boolean => {
    if (!limits) return true;
    while ((taken[oldest] ?? now) <= now - 1000) oldest += 1;
    if (taken.length - oldest >= TEAMS_PER_SECOND) return false;
    const sent = windows.get(conversation) ?? [];
    const isFull = PER_CONVERSATION.some(
      ([seconds, requests]) => sent.filter((at) => at > now - seconds * 1000).length >= requests,
    );
    if (!isFull) windows.set(conversation, [...sent, now]);
    return !isFull;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    last = Buffer.concat(chunks);
    const now = performance.now();
    const [, , area, conversation, part] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    if (area !== 'conversations' || request.method === 'GET')
      return answer(404, { error: { code: 'NotFound' } });
    const body = conversation === undefined ? (JSON.parse(last.toString()) as Made) : null;
    const member = body?.channelData?.channel?.id ?? body?.members?.[0]?.id ?? '';
    const id = body
      ? `a:${member.replace(/^29:/, '')}`
      : (decodeURIComponent(conversation ?? '').split(';')[0] ?? '');
    if (!mayPass(id, now)) {
      refused += 1;
      response.setHeader('Retry-After', '1');
      return answer(429, { error: { code: 'TooManyRequests' } });
    }
    taken.push(now);
    const isMessage = part === 'activities' || body?.activity !== undefined;
    if (isMessage) messages.set(id, (messages.get(id) ?? 0) + 1);
    answer(201, body ? { id, ...(isMessage ? { activityId: '1' } : {}) } : { id: String(taken.length) });
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    serviceUrl: `http://127.0.0.1:${port}/`,
    taken,
    refused: () => refused,
    messages,
    last: () => last.toString(),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** What the making of a conversation says. */
interface Made {
  readonly members?: readonly { readonly id?: string }[];
  readonly channelData?: { readonly channel?: { readonly id?: string } };
  readonly activity?: unknown;
}
