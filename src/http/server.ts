import restify, { type Request, type Response, type Server } from 'restify';
import type { Log } from '../app/ports';

/** What the server answers with; the folder knows neither Teams nor plans. */
export interface Routes {
  /** Runs one activity through the bot. */
  readonly turn: (authorization: string, activity: unknown) => Promise<{ status: number; body?: unknown }>;
  /** Whether storage answers: nobody should be sent here before it does. */
  readonly ready: () => Promise<boolean>;
}

/** How the server listens. `open` is the demo's: loopback alone, JSON alone. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  readonly open: boolean;
}

/** Largest body read, in bytes: Teams sends no activity over 256 KB (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages). */
const LARGEST_BODY = 1_000_000;

/** Starts the server. Rejects with the system's own error when the port can't be had. */
export async function startServer(routes: Routes, listening: Listening, log: Log): Promise<Server> {
  const server = restify.createServer({ name: 'steward', ignoreTrailingSlash: true });
  server.server.requestTimeout = 30_000;
  server.server.headersTimeout = 15_000;
  server.get('/healthz', async (_request: Request, response: Response) => {
    response.send(200, { alive: true });
  });
  server.get('/readyz', async (_request: Request, response: Response) => {
    const ready = await routes.ready().catch(() => false);
    response.send(ready ? 200 : 503, { ready });
  });
  server.post(
    '/api/messages',
    restify.plugins.bodyReader({ maxBodySize: LARGEST_BODY }),
    async (request: Request, response: Response) => {
      const activity = readBody(request);
      if (listening.open && !isJson(request)) return refuse(response, 415, 'Send application/json.');
      if (typeof activity !== 'object' || activity === null || Array.isArray(activity))
        return refuse(response, 400, 'The body must be one activity, as JSON.');
      await takeTurn(routes, request, response, activity, log);
    },
  );
  server.on(
    'restifyError',
    (_request: Request, response: Response, error: { statusCode?: number }, next: () => void) => {
      log.warn({ status: error.statusCode ?? 500 }, 'a request was refused');
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

async function takeTurn(
  routes: Routes,
  request: Request,
  response: Response,
  activity: object,
  log: Log,
): Promise<void> {
  const authorization = request.headers.authorization ?? '';
  try {
    const { status, body } = await routes.turn(authorization, activity);
    if (body === undefined) response.send(status);
    else response.send(status, body);
  } catch (error) {
    const status = (error as { statusCode?: unknown }).statusCode === 401 ? 401 : 500;
    if (status === 401) log.warn({}, 'a request without a good token was turned away');
    else log.error({ error: error instanceof Error ? error.message : String(error) }, 'a turn failed');
    response.send(status);
  }
}

function isJson(request: Request): boolean {
  return /^application\/json\b/i.test(request.headers['content-type'] ?? '');
}

function readBody(request: Request): unknown {
  try {
    const text: unknown = request.body;
    return typeof text === 'string' || Buffer.isBuffer(text) ? JSON.parse(text.toString()) : text;
  } catch {
    return null;
  }
}

function refuse(response: Response, status: number, message: string): void {
  response.send(status, { message });
}
