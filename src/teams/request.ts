import http from 'node:http';
import https from 'node:https';

/** An answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** Null when it broke off: the status had come. */
  readonly body: string | null;
}

/** No connection was made within the time, so nothing of the request can have left. */
export class NotConnected extends Error {
  override readonly name = 'NotConnected';
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
 * Makes one request over a connection that is kept alive, and follows no redirect. Rejects with {@link NotConnected} when there was no connection
 * to send it over (its cause tells why); when no answer came with the system's own error, or with an AbortError after `patience` milliseconds.
 * Node's own client: `fetch` takes a millisecond longer for each message.
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
    // Over a connection that was kept the request leaves at once; over a new one when that is there, with TLS when its handshake is done.
    let connected = false;
    sent.once('socket', (socket) => {
      if (sent.reusedSocket) connected = true;
      else socket.once(isPlain ? 'connect' : 'secureConnect', () => (connected = true));
    });
    const failed = (error: Error): void =>
      reject(connected ? error : new NotConnected('no connection', { cause: error }));
    sent.once('error', failed);
    sent.once('response', (response) => {
      // From here on the status is known, and what breaks is the body alone.
      sent.off('error', failed).on('error', () => undefined);
      const answer = { status: response.statusCode ?? 0, headers: response.headers };
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => resolve({ ...answer, body: Buffer.concat(chunks).toString('utf8') }));
      response.once('error', () => resolve({ ...answer, body: null }));
    });
    sent.end(body);
  });
}
