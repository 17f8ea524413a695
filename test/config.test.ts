import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ConfigError, readConfig } from '../src/config';

const APP = '22222222-2222-4222-8222-222222222222';
const TENANT = 'ABCDEFAB-1111-4111-8111-111111111111';
const GOOD = {
  BOT_APP_ID: APP,
  BOT_TENANT_ID: TENANT,
  BOT_APP_SECRET: 'a secret',
  STORAGE_ACCOUNT: 'councilsteward',
} as const;

test('a single-tenant app with a secret; its own tenant alone may speak to it', () => {
  expect(readConfig(GOOD)).toMatchObject({
    identity: { kind: 'single-tenant', appId: APP, proof: { kind: 'secret', secret: 'a secret' } },
    tenants: [TENANT.toLowerCase()],
    port: 3978,
  });
});

test.each(['managed', 'UserAssignedMSI', 'user-assigned-msi'])(
  'a user-assigned managed identity needs no secret: %s',
  (type) => {
    const { BOT_APP_SECRET: _, ...rest } = GOOD;
    expect(readConfig({ ...rest, BOT_TYPE: type }).identity).toEqual({
      kind: 'managed',
      appId: APP,
      tenant: TENANT.toLowerCase(),
    });
    expect(faultsOf({ ...GOOD, BOT_TYPE: type })).toEqual([
      expect.stringMatching(/has neither: take it out/),
    ]);
  },
);

test.each(['multi-tenant', 'MultiTenant'])('%s is refused in a sentence', (type) => {
  expect(faultsOf({ ...GOOD, BOT_TYPE: type })).toEqual([
    expect.stringMatching(/has not made since July 2025: register the bot as single-tenant/),
  ]);
});

test('all that is missing or wrong is said at once', () => {
  const faults = faultsOf({
    BOT_APP_ID: 'x',
    TENANTS: 'y, z',
    PORT: '99999',
    LOG_LEVEL: 'loud',
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  });
  for (const name of [
    'BOT_APP_ID',
    'BOT_TENANT_ID',
    'BOT_APP_SECRET',
    'TENANTS',
    'STORAGE_ACCOUNT',
    'PORT',
    'LOG_LEVEL',
    'NODE_TLS_REJECT_UNAUTHORIZED',
  ])
    expect(faults.filter((fault) => fault.startsWith(name))).toHaveLength(1);
});

test('the list of tenants is what it says, and no more', () => {
  const other = '99999999-9999-4999-8999-999999999999';
  expect(readConfig({ ...GOOD, TENANTS: `${other}, ${other.toUpperCase()}` }).tenants).toEqual([other]);
});

describe('a certificate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'steward-'));
  const file = join(folder, 'bot.pem');
  const { BOT_APP_SECRET: _, ...rest } = GOOD;
  const set = { ...rest, BOT_APP_CERTIFICATE_FILE: file };
  afterAll(() => rmSync(folder, { recursive: true }));

  test('with its key, in one file', () => {
    const key = join(folder, 'key.pem');
    const crt = join(folder, 'crt.pem');
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=steward', '-keyout', key, '-out', crt],
      { stdio: 'ignore' },
    );
    writeFileSync(file, readFileSync(crt, 'utf8') + readFileSync(key, 'utf8'));
    const { identity } = readConfig(set);
    expect(identity).toMatchObject({
      kind: 'single-tenant',
      proof: { kind: 'certificate', thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/) },
    });
    expect(faultsOf({ ...set, BOT_APP_SECRET: 'x' })).toEqual([expect.stringMatching(/keep one/)]);

    const another = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    writeFileSync(file, readFileSync(crt, 'utf8') + another.export({ type: 'pkcs8', format: 'pem' }));
    expect(faultsOf(set)).toEqual([expect.stringMatching(/the private key is not the certificate's/)]);
  });

  test('that is none, or is not there: said without a word of what stands in it', () => {
    writeFileSync(file, 'hunter2');
    expect(faultsOf(set)).toEqual([expect.stringMatching(/holds no certificate/)]);
    expect(faultsOf(set).join()).not.toContain('hunter2');
    expect(faultsOf({ ...set, BOT_APP_CERTIFICATE_FILE: join(folder, 'none') })).toEqual([
      expect.stringMatching(/can't be read \(ENOENT\)/),
    ]);
  });
});

test('whatever the environment says, production is never open', () => {
  const names = [
    ...['BOT_TYPE', 'BOT_APP_ID', 'BOT_TENANT_ID', 'BOT_APP_SECRET', 'TENANTS', 'STORAGE_ACCOUNT'],
    ...[
      'NODE_ENV',
      'OPEN',
      'DEMO',
      'STEWARD_DEMO_LEASE',
      'MicrosoftAppType',
      'MicrosoftAppId',
      'ChannelService',
    ],
    ...['HOST', 'BOT_OPEN', 'ISSUER', 'OPENID_METADATA', 'ToBotFromChannelOpenIdMetadataUrl'],
  ];
  const values = fc.oneof(
    fc.constantFrom('open', 'Open', 'demo', 'development', 'true', '1', '', 'none', 'multi-tenant', '*', APP),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), values), (over) => {
      let read: ReturnType<typeof readConfig>;
      try {
        read = readConfig({ ...GOOD, ...over });
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
        return;
      }
      expect(['single-tenant', 'managed']).toContain(read.identity.kind);
      expect(read.identity.appId).toMatch(/^[0-9a-f-]{36}$/i);
      for (const tenant of read.tenants) expect(tenant).toMatch(/^[0-9a-f-]{36}$/);
      expect(read.tenants.length).toBeGreaterThan(0);
    }),
  );
});

function faultsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults;
  }
}
