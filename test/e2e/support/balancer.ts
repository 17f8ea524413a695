import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** A load balancer as Azure puts one before several processes, in its simplest form. */
export interface Balancer {
  readonly url: string;
  /** How many requests each process has answered, by its port. */
  readonly answered: ReadonlyMap<number, number>;
  close(): Promise<void>;
}

/**
 * Hands requests to processes in turn. One that can't be reached, or breaks off before it has answered, is passed over, and the same request goes to
 * the next: as Teams and Azure repeat what was not answered.
 */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  const answered = new Map<number, number>(ports.map((port) => [port, 0]));
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    turn += 1;
    // Others take their turn while this one is under way.
    const first = turn;
    for (let n = 0; n < ports.length; n += 1) {
      const port = ports[(first + n) % ports.length] ?? 0;
      const answer = await forward(incoming, body, port).catch(() => null);
      if (!answer) continue;
      answered.set(port, (answered.get(port) ?? 0) + 1);
      outgoing.writeHead(answer.status, { 'content-type': answer.type });
      outgoing.end(answer.body);
      return;
    }
    outgoing.writeHead(502);
    outgoing.end();
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/api/messages`,
    answered,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function forward(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  port: number,
): Promise<{ status: number; type: string; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const to = { host: '127.0.0.1', port, method, path: url, agent: false };
    const forwarded = request({ ...to, headers: { ...headers, host: `127.0.0.1:${port}` } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        if (!response.complete) return reject(new Error('broken off'));
        const type = String(response.headers['content-type'] ?? 'application/json');
        resolve({ status: response.statusCode ?? 0, type, body: Buffer.concat(chunks) });
      });
    });
    forwarded.on('error', reject);
    forwarded.end(body);
  });
}
