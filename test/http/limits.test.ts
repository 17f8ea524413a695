import { connect } from 'node:net';
import { invokeFrom, type Production, startProduction } from './production';

/** What is sent too often, too slowly, or not to the end. */

let steward: Production;
beforeAll(async () => {
  steward = await startProduction({
    limits: { perCaller: 5, overall: 12 },
    patience: { head: 400, whole: 900, lookEvery: 100 },
  });
});
afterAll(() => steward.close());

async function ask(who: string): Promise<Response> {
  const authorization = `Bearer ${await steward.openId.sign(steward.claims())}`;
  return fetch(steward.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(invokeFrom({ from: { id: who } })),
  });
}

test('one caller has a share, all together a whole; who asks too often is told when to come again', async () => {
  const statuses = async (who: string, n: number) => {
    const answers: number[] = [];
    for (let at = 0; at < n; at += 1) answers.push((await ask(who)).status);
    return answers;
  };
  expect(await statuses('29:one', 7)).toEqual([200, 200, 200, 200, 200, 429, 429]);
  // What the first was refused is not taken from the others.
  expect(await statuses('29:two', 5)).toEqual([200, 200, 200, 200, 200]);
  expect(await statuses('29:three', 3)).toEqual([200, 200, 429]);
  const refused = await ask('29:one');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  // Whoever has no token uses nothing up, and is told nothing of limits.
  expect((await fetch(steward.url, { method: 'POST', body: '{}' })).status).toBe(401);
});

test.each<[string, () => Promise<string>]>([
  ['a head that never ends', async () => 'POST /api/messages HTTP/1.1\r\nHost: x\r\nX-Slow: '],
  [
    'a body that never ends',
    async () =>
      [
        'POST /api/messages HTTP/1.1',
        'Host: x',
        'Content-Type: application/json',
        'Content-Length: 5000',
        `Authorization: Bearer ${await steward.openId.sign(steward.claims())}`,
        '',
        '{"type":',
      ].join('\r\n'),
  ],
])('%s is hung up on', async (_what, make) => {
  const sent = await make();
  const ended = await new Promise<string>((resolve, reject) => {
    let said = '';
    const socket = connect(steward.port, '127.0.0.1', () => {
      socket.write(sent);
    });
    // A byte at a time, for as long as it is borne.
    const drip = setInterval(() => socket.write(' '), 50);
    socket.on('data', (data) => {
      said += data.toString();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drip);
      resolve(said);
    });
    setTimeout(() => reject(new Error('it is still borne')), 15_000).unref();
  });
  expect(ended).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
});
