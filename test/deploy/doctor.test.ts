import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setReadingLog, setRetention } from '../../src/app/setKeeping';
import {
  checkApp,
  checkKeys,
  checkPlans,
  checkSignIn,
  checkStorage,
  checkUrl,
  describeFindings,
  look,
} from '../../src/deploy/doctor';
import { zipTeamsApp } from '../../src/deploy/teamsPackage';
import { bankHolidaysOf } from '../../src/schedule/bankHolidays';
import { MemoryTable } from '../../src/storage/memoryTable';
import { line, makeUnboundWorld, makeWorld } from '../fakes/world';

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** A server on loopback that answers each path with a status and a body. */
async function serve(answers: Readonly<Record<string, readonly [number, string]>>): Promise<string> {
  const server = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ''] ?? [404, ''];
    request.resume();
    // In two steps: restify, which is loaded in this process too, has writeHead give nothing back.
    response.writeHead(status);
    response.end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const says = (findings: readonly { state: string; says: string }[]) =>
  findings.map((finding) => `${finding.state}: ${finding.says}`);

test('what never answers is a finding, and holds nothing up', async () => {
  const never = () => new Promise<never>(() => undefined);
  expect(says(await look('storage', 'Look at the network rules.', never, 10))).toEqual([
    'wrong: No answer within 0 seconds. Look at the network rules.',
  ]);
});

test('storage is tried as Steward uses it, and left as it was', async () => {
  const table = new MemoryTable();
  expect(says(await checkStorage(table))).toEqual(['right: A row can be written, read and deleted.']);
  expect(await table.range('doctor', '', '~')).toEqual([]);
});

test('a check that fails is a finding with its reason, and hides no other', async () => {
  const found = await look('storage', 'See “Storage”.', () =>
    Promise.reject(new Error('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND account') })),
  );
  expect(found).toEqual([
    { about: 'storage', state: 'wrong', says: 'fetch failed: getaddrinfo ENOTFOUND account. See “Storage”.' },
  ]);
});

test('a Steward in production: runs, is ready, turns strangers away', async () => {
  const url = await serve({ '/healthz': [200, ''], '/readyz': [200, ''], '/api/messages': [401, ''] });
  expect(says(await checkUrl(url))).toEqual([
    'right: It runs and is ready.',
    'right: It turns away a message without a token (401).',
    'look: Teams calls https:// alone. Put TLS in front of it.',
  ]);
});

test('one that takes a message without a token is wrong, and so is one without storage', async () => {
  const url = await serve({ '/healthz': [200, ''], '/readyz': [503, ''], '/api/messages': [200, ''] });
  expect(says(await checkUrl(url))).toEqual([
    expect.stringMatching(/^wrong: It runs, and is not ready \(503\)/),
    expect.stringMatching(/^wrong: It answered 200 to a message without a token/),
    expect.stringMatching(/^look/),
  ]);
});

test('an address of something else is told as such', async () => {
  const url = await serve({});
  expect(says(await checkUrl(url))[0]).toMatch(
    /^wrong: It does not answer \/healthz as Steward does \(404\)/,
  );
});

test('Teams’ keys: there, or not', async () => {
  const url = await serve({ '/good': [200, '{"jwks_uri":"https://keys"}'], '/bad': [403, ''] });
  expect((await checkKeys(`${url}/good`))[0]?.state).toBe('right');
  expect(says(await checkKeys(`${url}/bad`))).toEqual([
    'wrong: 127.0.0.1 answered 403. Let the machine reach it.',
  ]);
});

test('the sign-in: what Entra says reaches whoever has to mend it', async () => {
  expect((await checkSignIn(async () => 'token'))[0]?.state).toBe('right');
  const refused = await look('the bot’s sign-in', 'Look at BOT_APP_SECRET.', () =>
    checkSignIn(() =>
      Promise.reject(new Error('AADSTS7000215: Invalid client secret provided.\nTrace ID: 1')),
    ),
  );
  expect(says(refused)).toEqual([
    'wrong: AADSTS7000215: Invalid client secret provided. Look at BOT_APP_SECRET.',
  ]);
});

test('the Teams app names this bot, or another', async () => {
  const png = (size: number) => {
    const bytes = Buffer.alloc(33);
    bytes.writeUInt32BE(0x89504e47, 0);
    bytes.write('IHDR', 12, 'latin1');
    bytes.writeUInt32BE(size, 16);
    bytes.writeUInt32BE(size, 20);
    return bytes;
  };
  const zip = await zipTeamsApp('{"bots":[{"botId":"AAAA"}]}', { color: png(192), outline: png(32) });
  expect(says(await checkApp(zip, 'aaaa'))).toEqual(['right: It names this bot.']);
  expect((await checkApp(zip, 'bbbb'))[0]?.state).toBe('wrong');
});

const isBankHoliday = bankHolidaysOf('England');
const KEPT =
  'right: What is said is kept as long as the plan is stored. The council may want less: steward retention --months N';

test('a plan with a lead whom nobody was found for, and a plan with all it needs', async () => {
  const found = await checkPlans({ ...(await makeWorld()).deps, isBankHoliday });
  expect(says(found)).toEqual([
    'look: Of 6 leads, 1 matched to nobody. The programme officer says “settle the leads” in Teams.',
    KEPT,
  ]);
  const whole = await makeWorld({ lines: [line('1.1', ['Ann Archer'])], now: '2023-09-01T09:00:00Z' });
  expect(says(await checkPlans({ ...whole.deps, isBankHoliday }))).toEqual([
    'right: It lives in Improvement Board and has all that it needs. The next step of its month is due on 2023-09-20.',
    KEPT,
  ]);
  await setRetention(whole.deps, await whole.plan(), 24);
  await setReadingLog(whole.deps, await whole.plan(), true);
  expect(says(await checkPlans({ ...whole.deps, isBankHoliday }))[1]).toBe(
    'right: What is said is kept for 24 months. Who asks for what is written down.',
  );
});

test('a plan that no team has yet, and live actions that nobody is asked about', async () => {
  const unbound = await makeUnboundWorld();
  expect(says(await checkPlans({ ...unbound.deps, isBankHoliday }))).toEqual([
    expect.stringMatching(/^look: It lives in no team yet/),
  ]);
  const alone = await makeWorld({ lines: [line('1.1', ['Ann Archer']), line('2.1', [])] });
  expect(says(await checkPlans({ ...alone.deps, isBankHoliday }))).toEqual([
    'look: Live actions without a lead, which nobody is asked about: 2.1.',
    KEPT,
  ]);
});

test('what is wrong stands first, and the last line says whether Steward can work', () => {
  const text = describeFindings([
    { about: 'storage', state: 'right', says: 'Fine.' },
    { about: 'the settings', state: 'wrong', says: 'BOT_APP_ID is not set.' },
    { about: 'plans', state: 'look', says: 'None.' },
  ]);
  expect(text.split('\n')).toEqual([
    'WRONG  the settings: BOT_APP_ID is not set.',
    'look   plans: None.',
    'right  storage: Fine.',
    '1 to mend before Steward can work.',
  ]);
});
