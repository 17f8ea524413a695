import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeLog } from '../../src/log';
import { MemoryQueue } from '../../src/storage/memoryQueue';
import { MemoryTable } from '../../src/storage/memoryTable';
import { type RunningBot, startBot, systemClock } from '../../src/wiring';
import { invokeFrom } from './production';

/** The demo's open mode: this machine alone, and no web page that is open on it. */

const OPTIONS = {
  identity: { kind: 'open' },
  tenants: [],
  clock: systemClock,
  port: 0,
  log: makeLog('silent'),
  play: null,
} as const;
const tables = () => ({ plans: new MemoryTable(), people: new MemoryTable() });
const activity = JSON.stringify(invokeFrom({ serviceUrl: 'http://127.0.0.1:3979/' }));

let bot: RunningBot;
beforeAll(async () => {
  bot = await startBot({ ...OPTIONS, tables: tables(), queue: new MemoryQueue(), host: '127.0.0.1' });
});
afterAll(() => bot.stop());

test('listens on loopback alone, and can’t be told otherwise', async () => {
  expect((bot.server.server.address() as AddressInfo).address).toBe('127.0.0.1');
  await expect(
    startBot({ ...OPTIONS, tables: tables(), queue: new MemoryQueue(), host: '0.0.0.0' }),
  ).rejects.toThrow(/127\.0\.0\.1 alone/);
});

test.each<[string, Record<string, string>, number]>([
  ['by its number', { host: '127.0.0.1:3978' }, 200],
  ['by its name', { host: 'localhost:3978' }, 200],
  ['by a name that somebody else gave it', { host: 'rebound.example.org:3978' }, 403],
  ['by a name that begins like its own', { host: 'localhost.example.org' }, 403],
  ['from a page of this machine', { host: 'localhost', origin: 'http://localhost:56150' }, 200],
  ['from a page of another', { host: 'localhost', origin: 'https://example.org' }, 403],
  ['from a page of nowhere', { host: 'localhost', origin: 'null' }, 403],
  ['with a form’s type', { host: 'localhost', 'content-type': 'text/plain' }, 415],
  ['with no type', { host: 'localhost', 'content-type': '' }, 415],
])('asked %s', async (_what, headers, status) => {
  expect(await statusOf(headers, activity)).toBe(status);
});

test('its health is told to this machine alone', async () => {
  expect(await statusOf({ host: 'localhost' }, null, '/readyz')).toBe(200);
  expect(await statusOf({ host: 'rebound.example.org' }, null, '/readyz')).toBe(403);
});

test.each([
  'https://smba.trafficmanager.net/emea/',
  'http://example.org/',
  'http://127.0.0.1.example.org/',
  'http://user@127.0.0.1/',
  'http://10.0.0.1/',
])('answers nowhere but on loopback: %s', async (serviceUrl) => {
  expect(await statusOf({ host: 'localhost' }, JSON.stringify(invokeFrom({ serviceUrl })))).toBe(403);
});

test('open mode is asked for in the demo alone', () => {
  const src = join(__dirname, '..', '..', 'src');
  const asking = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.ts') && /identity: \{ kind: 'open' \}/.test(readFileSync(join(src, file), 'utf8')),
  );
  expect(asking).toEqual(['demo.ts']);
});

function statusOf(
  headers: Record<string, string>,
  body: string | null,
  path = '/api/messages',
): Promise<number> {
  const { port } = bot.server.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        port,
        host: '127.0.0.1',
        path,
        method: body === null ? 'GET' : 'POST',
        headers: { ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers },
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    asked.on('error', reject);
    asked.end(body ?? undefined);
  });
}
