import dns from 'node:dns';
import { connect } from 'node:net';
import { base64url, SignJWT } from 'jose';
import { invokeFrom, NO_PLAN, OTHER_TENANT, type Production, startProduction, TENANT } from './production';

/** Who may speak to Steward in production: over HTTP, with tokens that are really signed and keys that are really fetched. */

let steward: Production;
beforeAll(async () => {
  // Each line is looked at: in production a flood of them is one a minute.
  steward = await startProduction({ floodMs: 0 });
  await steward.openId.addKey('webchat-only', ['webchat']);
  await steward.openId.addKey('no-endorsements', []);
});
afterAll(() => steward.close());

const now = () => Math.floor(Date.now() / 1000);

/** Each kind of token, and the header that it makes. */
const BAD: readonly [string, () => Promise<string | null>][] = [
  ['no header', async () => null],
  ['an empty header', async () => ''],
  ['another scheme', async () => 'Basic dXNlcjpwYXNz'],
  ['garbage', async () => 'Bearer garbage'],
  ['garbage in three parts', async () => 'Bearer a.b.c'],
  ['a header of a megabyte’s cousin', async () => `Bearer ${'a'.repeat(12_000)}.b.c`],
  ['two tokens', async () => `Bearer ${await good()} ${await good()}`],
  ['the right id, another key', () => signed({}, { withAnother: true })],
  ['a key that is not published', async () => withHeader(await good(), { alg: 'RS256', kid: 'nobody' })],
  ['no key id', async () => withHeader(await good(), { alg: 'RS256' })],
  ['another audience', () => signed({ aud: '33333333-3333-4333-8333-333333333333' })],
  ['no audience', () => signed({ aud: undefined })],
  ['another issuer', () => signed({ iss: 'https://sts.windows.net/common/' })],
  ['no issuer', () => signed({ iss: undefined })],
  ['expired six minutes ago', () => signed({ nbf: now() - 3600, exp: now() - 360 })],
  ['no expiry', () => signed({ exp: undefined })],
  ['not yet valid, for six minutes', () => signed({ nbf: now() + 360 })],
  ['alg none', async () => `Bearer ${unsigned({ alg: 'none', kid: 'one' })}`],
  ['alg none, and a signature', async () => withHeader(await good(), { alg: 'none', kid: 'one' })],
  ['HS256 with the public key as the secret', publicKeyAsSecret],
  ['RS512 said, RS256 signed', async () => withHeader(await good(), { alg: 'RS512', kid: 'one' })],
  ['a key endorsed for another channel', () => signed({}, { kid: 'webchat-only' })],
  ['a key without endorsements', () => signed({}, { kid: 'no-endorsements' })],
  ['no service URL', () => signed({ serviceurl: undefined })],
  ['a service URL that is no text', () => signed({ serviceurl: ['x'] })],
  [
    'claims changed after signing',
    async () => withClaims(await good(), { serviceurl: 'https://example.org/' }),
  ],
];

test('a good token is let in, and the bot answers', async () => {
  const answer = await post(await good());
  expect(answer.status).toBe(200);
  expect(JSON.stringify(await answer.json())).toMatch(/no plan/i);
});

test.each([
  ['expired four minutes ago', { nbf: now() - 3600, exp: now() - 240 }],
  ['valid in four minutes', { nbf: now() + 240, exp: now() + 3600 }],
])('clocks may differ by five minutes: %s', async (_what, over) => {
  expect((await post(await signed(over))).status).toBe(200);
});

describe.each(BAD)('%s', (_what, make) => {
  test('401 before the body is read, in one quiet line, and nothing else is touched', async () => {
    const header = await make();
    const lines = steward.logged.length;
    const asked = callsOfTurns();
    const printed = await printedBy(async () => {
      // Only the head is sent: a body is promised, and never comes.
      expect(await headOnly(header)).toMatch(/^HTTP\/1\.1 401 /);
    });
    expect(printed).toEqual([]);
    const said = steward.logged.slice(lines);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/without a good token/);
    expect(said[0]?.length).toBeLessThan(200);
    expect(said[0]).not.toMatch(/stack|BEGIN|modulus|eyJ/);
    expect(callsOfTurns()).toEqual(asked);
  });
});

test('a body is not waited for with Expect: 100-continue either', async () => {
  expect(await headOnly(null, ['Expect: 100-continue'])).toMatch(/^HTTP\/1\.1 401 /);
  expect(await headOnly(await good(), ['Expect: 100-continue'])).toMatch(/^HTTP\/1\.1 100 /);
});

describe('a good token, and an activity that it does not cover', () => {
  test.each<[string, Record<string, unknown>]>([
    ['another tenant', { conversation: at(OTHER_TENANT), channelData: { tenant: { id: OTHER_TENANT } } }],
    ['another tenant behind one of ours', { conversation: at(OTHER_TENANT) }],
    ['one of ours behind another tenant', { channelData: { tenant: { id: OTHER_TENANT } } }],
    ['no tenant', { conversation: { id: 'a:chat' }, channelData: {} }],
    ['an empty tenant', { conversation: at(''), channelData: {} }],
    ['a service URL that is not the token’s', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }],
    ['a service URL of somebody else', { serviceUrl: 'https://example.org/' }],
    ['the demo’s service URL', { serviceUrl: 'http://127.0.0.1:3979/' }],
    ['another channel', { channelId: 'webchat' }],
    ['no channel', { channelId: undefined }],
  ])('%s: refused before any handler or storage', async (_what, over) => {
    const asked = callsOfTurns();
    const lines = steward.logged.length;
    const answer = await post(await good(), invokeFrom(over));
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toMatch(/plan/);
    expect(callsOfTurns()).toEqual(asked);
    expect(steward.logged.slice(lines)).toEqual([expect.stringMatching(/an activity was turned away/)]);
  });

  test('a token whose own service URL is forged opens nothing, even when the activity agrees', async () => {
    for (const serviceurl of [
      'https://example.org/',
      'https://smba.trafficmanager.net.example.org/',
      'https://smba.trafficmanager.net@example.org/',
      'http://smba.trafficmanager.net/emea/',
      'https://smba.trafficmanager.net:444/',
      'https://evilteams.microsoft.com.example.org/',
    ]) {
      const asked = callsOfTurns();
      const answer = await post(await signed({ serviceurl }), invokeFrom({ serviceUrl: serviceurl }));
      expect([serviceurl, answer.status]).toEqual([serviceurl, 403]);
      expect(callsOfTurns()).toEqual(asked);
    }
  });

  test.each<[string, string, Record<string, string>, number]>([
    ['no JSON', '{"type":', {}, 400],
    ['an array', '[]', {}, 400],
    ['no activity', '{}', {}, 400],
    ['nested beyond reason', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, {}, 400],
    ['a form', 'type=message', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['something like JSON', '{}', { 'content-type': 'application/jsonp' }, 415],
    ['plain text', JSON.stringify(invokeFrom()), { 'content-type': 'text/plain' }, 415],
    ['packed', JSON.stringify(invokeFrom()), { 'content-encoding': 'gzip' }, 415],
    ['two megabytes', JSON.stringify({ ...invokeFrom(), text: 'x'.repeat(2_000_000) }), {}, 413],
  ])('a body that is %s', async (_what, body, headers, status) => {
    const asked = callsOfTurns();
    const answer = await fetch(steward.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: await good(), ...headers },
      body,
    }).catch(() => null);
    // Whoever sends on after the refusal may find the line cut.
    if (answer) expect(answer.status).toBe(status);
    expect(callsOfTurns()).toEqual(asked);
  });

  test('two megabytes in pieces are refused too', async () => {
    const body = new ReadableStream({
      start: (out) => {
        for (let n = 0; n < 40; n += 1) out.enqueue(new Uint8Array(50_000).fill(32));
        out.close();
      },
    });
    const answer = await fetch(steward.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: await good() },
      body,
      duplex: 'half',
    } as RequestInit).catch(() => null);
    if (answer) expect(answer.status).toBe(413);
    expect((await post(await good())).status).toBe(200);
  });
});

test('tenants on the list are let in, whatever the case of their letters', async () => {
  const many = await startProduction({ tenants: [TENANT, 'abcdefab-cdef-4bcd-8fab-cdefabcdefab'] });
  try {
    const tenantId = 'ABCDEFAB-CDEF-4bcd-8fab-cdefabcdefab';
    const authorization = `Bearer ${await many.openId.sign(many.claims())}`;
    const from = (id: string) => invokeFrom({ conversation: at(id), channelData: { tenant: { id } } });
    for (const [id, status] of [
      [tenantId, 200],
      [TENANT, 200],
      [OTHER_TENANT, 403],
    ] as const) {
      const answer = await fetch(many.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify(from(id)),
      });
      expect(answer.status).toBe(status);
    }
  } finally {
    await many.close();
  }
});

test('while the keys can’t be read, nothing is let in and nothing is called bad', async () => {
  const alone = await startProduction();
  try {
    alone.openId.fail(true);
    const authorization = `Bearer ${await alone.openId.sign(alone.claims())}`;
    const answer = await fetch(alone.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(invokeFrom()),
    });
    expect(answer.status).toBe(503);
    expect(alone.logged.filter((line) => /could not be checked/.test(line))).toHaveLength(1);
  } finally {
    await alone.close();
  }
});

test('ids that nobody knows have the keys read once, not once each', async () => {
  const reads = steward.openId.reads();
  for (let n = 0; n < 20; n += 1)
    expect((await post(withHeader(await good(), { alg: 'RS256', kid: `invented-${n}` }))).status).toBe(401);
  expect(steward.openId.reads() - reads).toBeLessThanOrEqual(1);
});

test('what goes out goes to Microsoft’s login and Teams’ hosts alone', async () => {
  const asked: string[] = [];
  const lookup = dns.lookup;
  // No name is resolved: it is written down, and not found.
  Object.assign(dns, {
    lookup: (name: string, ...rest: unknown[]) => {
      asked.push(name);
      const done = rest.at(-1) as (error: Error) => void;
      setImmediate(() => done(Object.assign(new Error(`not found: ${name}`), { code: 'ENOTFOUND' })));
    },
  });
  try {
    const activity = { ...invokeFrom(), type: 'message', name: undefined, value: undefined, text: 'help' };
    const answer = await post(await good(), activity);
    expect(answer.status).toBeLessThan(500);
  } finally {
    Object.assign(dns, { lookup });
  }
  const elsewhere = asked.filter((name) => name !== '127.0.0.1' && name !== 'localhost');
  expect(new Set(elsewhere)).toEqual(new Set(['login.microsoftonline.com']));
});

// ---- What the tests are made of

function good(): Promise<string> {
  return signed({});
}

async function signed(
  over: Record<string, unknown>,
  how: { readonly kid?: string; readonly withAnother?: boolean } = {},
): Promise<string> {
  const claims = Object.entries(steward.claims(over)).filter(([, value]) => value !== undefined);
  return `Bearer ${await steward.openId.sign(Object.fromEntries(claims), how)}`;
}

async function publicKeyAsSecret(): Promise<string> {
  const secret = new TextEncoder().encode(JSON.stringify(await steward.openId.publicKey('one')));
  const token = new SignJWT(steward.claims()).setProtectedHeader({ alg: 'HS256', kid: 'one' });
  return `Bearer ${await token.sign(secret)}`;
}

function unsigned(header: Record<string, unknown>): string {
  return [header, steward.claims()]
    .map((part) => base64url.encode(JSON.stringify(part)))
    .join('.')
    .concat('.');
}

/** A token with another head, and the signature that it had. */
function withHeader(authorization: string, header: Record<string, unknown>): string {
  const [, claims, signature] = authorization.split('.');
  return `Bearer ${base64url.encode(JSON.stringify(header))}.${claims}.${signature}`;
}

function withClaims(authorization: string, over: Record<string, unknown>): string {
  const [head, , signature] = authorization.split('.');
  return `${head}.${base64url.encode(JSON.stringify(steward.claims(over)))}.${signature}`;
}

function post(authorization: string, activity: object = invokeFrom()): Promise<Response> {
  return fetch(steward.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(activity),
  });
}

function at(tenantId: string): Record<string, unknown> {
  return { id: 'a:chat', conversationType: 'personal', tenantId };
}

/** Sends a request's head and nothing of the body that it promises; gives the beginning of the answer. */
function headOnly(authorization: string | null, more: readonly string[] = []): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(steward.port, '127.0.0.1', () => {
      const head = [
        'POST /api/messages HTTP/1.1',
        'Host: steward.example.org',
        'Content-Type: application/json',
        'Content-Length: 5000',
        ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
        ...more,
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
    });
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('no answer')));
  });
}

/** What storage was asked for in turns: all but what the worker looks up by itself. */
function callsOfTurns(): unknown[] {
  const { plans, people } = steward.tables;
  return [...plans.calls, ...people.calls].filter(({ partition }) =>
    [TENANT, OTHER_TENANT, NO_PLAN].some((id) => partition.includes(id)),
  );
}

/** What is printed on the console, by anybody, while something is done. */
async function printedBy(act: () => Promise<void>): Promise<string[]> {
  const printed: string[] = [];
  const spies = (['log', 'error', 'warn', 'info'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...said) => {
      printed.push(said.map(String).join(' '));
    }),
  );
  const streams = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((said) => {
      printed.push(String(said));
      return true;
    }),
  );
  try {
    await act();
  } finally {
    for (const spy of [...spies, ...streams]) spy.mockRestore();
  }
  return printed;
}
