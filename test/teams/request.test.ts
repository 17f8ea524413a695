import { createServer, type Server, type Socket } from 'node:net';
import { freePort } from '../../src/demo/ports';
import { NotConnected, request } from '../../src/teams/request';

/** Whether a request that got no answer can have left: what tells a message that certainly did not arrive from one that may have. */

const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  for (const server of servers.splice(0)) server.close();
});

/** A server on loopback that does with a connection what it is told to; gives its port. */
async function listening(meet: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    meet(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function failureOf(address: string, patience = 5_000): Promise<unknown> {
  try {
    await request(address, { method: 'POST', headers: {}, body: '{}' }, patience);
  } catch (error) {
    return error;
  }
  throw new Error('there was an answer');
}

test('nothing left when nobody listens', async () => {
  expect(await failureOf(`http://127.0.0.1:${await freePort()}/`)).toBeInstanceOf(NotConnected);
});

test('nothing left when the name is nobody’s', async () => {
  expect(await failureOf('http://no-such-host.invalid/')).toBeInstanceOf(NotConnected);
});

test('nothing left when TLS was never agreed on, whether the other end is silent or hangs up', async () => {
  const silent = await listening(() => undefined);
  expect(await failureOf(`https://127.0.0.1:${silent}/`, 200)).toBeInstanceOf(NotConnected);
  const leaving = await listening((socket) => socket.once('data', () => socket.destroy()));
  expect(await failureOf(`https://127.0.0.1:${leaving}/`)).toBeInstanceOf(NotConnected);
});

test('it may have arrived when the connection breaks after it, or no answer comes', async () => {
  const breaking = await listening((socket) => socket.once('data', () => socket.destroy()));
  expect(await failureOf(`http://127.0.0.1:${breaking}/`)).not.toBeInstanceOf(NotConnected);
  const silent = await listening(() => undefined);
  expect(await failureOf(`http://127.0.0.1:${silent}/`, 200)).not.toBeInstanceOf(NotConnected);
});

test('it may have arrived when a connection breaks that served before', async () => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';
  let requests = 0;
  const port = await listening((socket) =>
    socket.on('data', () => {
      requests += 1;
      if (requests === 1) socket.write(answer);
      else socket.destroy();
    }),
  );
  const { status } = await request(`http://127.0.0.1:${port}/`, { method: 'GET', headers: {} }, 5_000);
  expect(status).toBe(200);
  expect(await failureOf(`http://127.0.0.1:${port}/`)).not.toBeInstanceOf(NotConnected);
  expect(sockets.size).toBe(1);
});
