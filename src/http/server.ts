import restify, { type Next, type Request, type RequestHandler, type Response, type Server } from 'restify';
import type { Log } from '../app/ports';
import { LARGEST_BODY, readObject } from './body';
import { makeFloodLog } from './floodLog';
import type { Readiness } from './readiness';

/** What a request's head says of it: let in, with what that rests on; turned away; or nothing can be said just now. `why` is for the log. */
export type Admitted<Pass> =
  | { readonly outcome: 'good'; readonly proof: Pass }
  | { readonly outcome: 'bad' | 'unknown'; readonly why: string };

/** What an activity is answered with. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** Seconds until it is worth trying again. */
  readonly retryAfter?: number;
}

/** What the server answers with; the folder knows neither Teams nor plans. */
export interface Routes<Pass> {
  /** Decides by the Authorization header alone, before the body is read. */
  readonly admit: (authorization: string | undefined) => Promise<Admitted<Pass>>;
  /** Runs one activity through the bot. */
  readonly turn: (pass: Pass, activity: object) => Promise<Answer>;
  /** Whether what Steward needs answers: nobody should be sent here before it does. Never throws. */
  readonly ready: () => Promise<Readiness>;
}

/** How the server listens. `open` is the demo's: loopback alone, asked for by a name of loopback alone. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  readonly open: boolean;
  /** How often it says in the log that requests without a token were turned away, in milliseconds. Default a minute. */
  readonly floodMs?: number | undefined;
  /** How long a request's head, and the whole of it, may take, in milliseconds. Default 15 and 30 seconds. */
  readonly patience?: { readonly head: number; readonly whole: number; readonly lookEvery: number };
}

const PATIENCE = { head: 15_000, whole: 30_000, lookEvery: 5_000 };
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** Starts the server. Rejects with the system's own error when the port can't be had. */
export async function startServer<Pass>(
  routes: Routes<Pass>,
  listening: Listening,
  log: Log,
): Promise<Server> {
  const server = restify.createServer({
    name: 'steward',
    ignoreTrailingSlash: true,
    // Whoever asks before sending a body is answered when the token is known to be good.
    noWriteContinue: true,
  });
  const { head, whole, lookEvery } = listening.patience ?? PATIENCE;
  // Node takes the interval as an option of its constructor, which restify calls; it is read when listening begins.
  Object.assign(server.server, {
    headersTimeout: head,
    requestTimeout: whole,
    connectionsCheckingInterval: lookEvery,
    maxHeadersCount: 100,
  });
  if (listening.open) server.pre(loopbackOnly);
  server.get('/healthz', async (_request: Request, response: Response) => {
    response.send(200, { alive: true });
  });
  server.get('/readyz', async (_request: Request, response: Response) => {
    const readiness = await routes.ready();
    response.send(readiness.ready ? 200 : 503, readiness);
  });
  const { floodMs } = listening;
  const turnedAway = makeFloodLog(log.warn, 'a request without a good token was turned away', floodMs);
  const notChecked = makeFloodLog(log.error, 'a request’s token could not be checked', floodMs);
  const refused = makeFloodLog(log.warn, 'a request was refused', floodMs);
  const passes = new WeakMap<Request, { readonly pass: Pass }>();
  server.post(
    '/api/messages',
    step(async (request, response) => {
      const admitted = await routes.admit(request.headers.authorization);
      if (admitted.outcome === 'good') {
        passes.set(request, { pass: admitted.proof });
        return true;
      }
      if (admitted.outcome === 'bad') {
        turnedAway(admitted.why);
        response.header('WWW-Authenticate', 'Bearer');
      } else notChecked(admitted.why);
      return refuse(response, admitted.outcome === 'bad' ? 401 : 503, 'Not authenticated.');
    }),
    step(async (request, response) => {
      const [status, message] = faultOfHead(request) ?? [];
      if (status !== undefined) return refuse(response, status, message ?? '');
      if (/100-continue/i.test(request.headers.expect ?? '')) response.writeContinue();
      return true;
    }),
    restify.plugins.bodyReader({ maxBodySize: LARGEST_BODY }),
    step(async (request, response) => {
      const admitted = passes.get(request);
      const activity = readObject(String(request.body ?? ''));
      if (!admitted || activity === null)
        return refuse(response, 400, 'The body must be one activity, as JSON.');
      await takeTurn(routes, admitted.pass, response, activity, log);
      return true;
    }),
  );
  server.on(
    'restifyError',
    (_request: Request, response: Response, error: { statusCode?: number }, next: () => void) => {
      refused(String(error.statusCode ?? 500));
      response.header('Connection', 'close');
      next();
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(listening.port, listening.host, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  return server;
}

/** One step of answering a request; `false` says that it was answered, and ends the chain. */
function step(act: (request: Request, response: Response) => Promise<boolean>): RequestHandler {
  return (request, response, next) => {
    act(request, response).then((goesOn) => (goesOn ? next() : next(false)), next);
  };
}

async function takeTurn<Pass>(
  routes: Routes<Pass>,
  pass: Pass,
  response: Response,
  activity: object,
  log: Log,
): Promise<void> {
  try {
    const { status, body, retryAfter } = await routes.turn(pass, activity);
    if (retryAfter !== undefined) response.header('Retry-After', String(retryAfter));
    if (body === undefined) response.send(status);
    else response.send(status, body);
  } catch (error) {
    log.error({ error: error instanceof Error ? error.message : String(error) }, 'a turn failed');
    response.send(500);
  }
}

/** What speaks against reading a request's body, by its head: the status and a sentence; null for nothing. */
function faultOfHead(request: Request): readonly [number, string] | null {
  const { headers } = request;
  if (!/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? ''))
    return [415, 'Send application/json.'];
  // A packed body would be unpacked before anybody knows how large it is.
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return [415, 'Send it unpacked.'];
  if (Number(headers['content-length'] ?? 0) > LARGEST_BODY)
    return [413, `The body is larger than ${LARGEST_BODY} bytes.`];
  return null;
}

/**
 * In open mode, only whoever asks for this machine by a name of its own is answered, and no page of another site: a name of somebody
 * else's that leads here is how a web page would reach a program that listens on loopback.
 */
function loopbackOnly(request: Request, response: Response, next: Next): void {
  const { host = '', origin } = request.headers;
  const from = origin === undefined ? null : origin.replace(/^https?:\/\//i, '');
  if (LOOPBACK.test(host) && (from === null || LOOPBACK.test(from))) next();
  else next(refuse(response, 403, 'The demo answers this machine alone.'));
}

/** Answers and hangs up, whatever of the request is still to come; `false` ends restify's chain. */
function refuse(response: Response, status: number, message: string): false {
  response.header('Connection', 'close');
  response.send(status, { message });
  return false;
}
