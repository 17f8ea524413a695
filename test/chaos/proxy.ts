import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import type { Random } from './random';

/** How often what goes wrong between the bot and storage: shares of requests. */
export interface ProxyFaults {
  readonly slow: number;
  readonly busy: number;
  readonly broken: number;
  /** The connection is reset before storage is asked; after it has done what it was asked; in the middle of its answer. */
  readonly resetBefore: number;
  readonly resetAfter: number;
  readonly half: number;
}

export const NO_FAULTS: ProxyFaults = { slow: 0, busy: 0, broken: 0, resetBefore: 0, resetAfter: 0, half: 0 };

/** Stands before one service of a real Azurite. */
export interface Proxy {
  readonly port: number;
  faults: ProxyFaults;
  /** How many requests went wrong, by what. */
  readonly count: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** Starts a proxy before a port of this machine, which lets all through until it is told otherwise. */
export async function startProxy(target: number, random: Random): Promise<Proxy> {
  const count = new Map<string, number>();
  let faults = NO_FAULTS;
  const note = (what: string): void => {
    count.set(what, (count.get(what) ?? 0) + 1);
  };
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fault = drawn(faults, random);
    if (fault) note(fault);
    if (random.chance(faults.slow)) await new Promise((resolve) => setTimeout(resolve, random.int(5, 150)));
    if (fault === 'busy' || fault === 'broken') {
      const [status, code] = fault === 'busy' ? [503, 'ServerBusy'] : [500, 'InternalError'];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ 'odata.error': { code, message: { lang: 'en-US', value: code } } }));
      return;
    }
    if (fault === 'resetBefore') {
      response.destroy();
      return;
    }
    const { method, url, headers } = request;
    const onward = send({ host: '127.0.0.1', port: target, method, path: url, headers }, (answer) => {
      const body: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => body.push(chunk));
      answer.on('end', () => {
        if (fault === 'resetAfter') {
          response.destroy();
          return;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        const whole = Buffer.concat(body);
        if (fault !== 'half' || whole.length < 2) {
          response.end(whole);
          return;
        }
        response.write(whole.subarray(0, whole.length >> 1));
        setTimeout(() => response.destroy(), 10);
      });
    });
    onward.on('error', () => response.destroy());
    onward.end(Buffer.concat(chunks));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    count,
    get faults() {
      return faults;
    },
    set faults(next) {
      faults = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Kind = Exclude<keyof ProxyFaults, 'slow'>;

function drawn(faults: ProxyFaults, random: Random): Kind | null {
  const kinds: readonly Kind[] = ['busy', 'broken', 'resetBefore', 'resetAfter', 'half'];
  const all = kinds.reduce((sum, kind) => sum + faults[kind], 0);
  return random.weighted<Kind | null>([
    ...kinds.map((kind) => [faults[kind], kind] as const),
    [1 - all, null] as const,
  ]);
}
