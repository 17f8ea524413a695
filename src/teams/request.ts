import http from 'node:http';
import https from 'node:https';

/** An answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Null when it broke off: the status had come. */
  readonly body: string | null;
}

/** What makes a request; see {@link request}. */
export type Wire = typeof request;

/** How long an unused connection is kept, in milliseconds: shorter than servers keep theirs, so that none is used that is about to be closed. */
const IDLE_MS = 4_000;

const AGENTS = {
  'http:': new http.Agent({ keepAlive: true, timeout: IDLE_MS }),
  'https:': new https.Agent({ keepAlive: true, timeout: IDLE_MS }),
};

/**
 * Makes one request over a connection that is kept alive, and follows no redirect. Rejects with the system's own error when no answer came, and
 * with an AbortError after `patience` milliseconds. Node's own client: `fetch` takes a millisecond longer for each message.
 */
export function request(
  address: string,
  asked: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | undefined;
  },
  patience: number,
): Promise<Answer> {
  const { body, method } = asked;
  const url = new URL(address);
  const isPlain = url.protocol === 'http:';
  const headers =
    body === undefined
      ? asked.headers
      : { ...asked.headers, 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = (isPlain ? http : https).request(url, {
      method,
      headers,
      agent: AGENTS[isPlain ? 'http:' : 'https:'],
      signal: AbortSignal.timeout(patience),
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      // From here on the status is known, and what breaks is the body alone.
      sent.off('error', reject).on('error', () => undefined);
      const answer = { status: response.statusCode ?? 0, headers: response.headers };
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => resolve({ ...answer, body: Buffer.concat(chunks).toString('utf8') }));
      response.once('error', () => resolve({ ...answer, body: null }));
    });
    sent.end(body);
  });
}
