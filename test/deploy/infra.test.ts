import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Language, type Node, Parser } from 'web-tree-sitter';

/**
 * The template was not compiled or deployed where it was written: no Azure there. A kept parser of the language reads it, and what must be
 * in it is asserted here.
 */

const INFRA = join(__dirname, '..', '..', 'infra');
const SRC = join(__dirname, '..', '..', 'src');
const text = readFileSync(join(INFRA, 'main.bicep'), 'utf8');

let root: Node;
let parser: Parser;
beforeAll(async () => {
  await Parser.init();
  parser = new Parser();
  parser.setLanguage(
    await Language.load(readFileSync(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'))),
  );
  const tree = parser.parse(text);
  if (!tree) throw new Error('the parser gave no tree');
  root = tree.rootNode;
});

/** A resource's text, by the name that the template gives it; without white space, so that layout is no matter. */
function resource(name: string): string {
  const found = root
    .descendantsOfType('resource_declaration')
    .find((node) => node?.namedChild(0)?.text === name);
  if (!found) throw new Error(`the template has no resource ${name}`);
  return found.text.replace(/\s+/g, '');
}

/** Every type of resource, with its version. */
function types(): string[] {
  return root
    .descendantsOfType('resource_declaration')
    .map((node) => node?.namedChild(1)?.text.replace(/'/g, '') ?? '')
    .map((type) => type.split('@')[0] ?? '');
}

test('it parses, and the parser would say so if it did not', () => {
  expect(root.hasError).toBe(false);
  expect(parser.parse(text.replace("location: 'global'", "location 'global'"))?.rootNode.hasError).toBe(true);
});

test('all that Steward needs is there', () => {
  expect(types()).toEqual(
    expect.arrayContaining([
      'Microsoft.ManagedIdentity/userAssignedIdentities',
      'Microsoft.Storage/storageAccounts',
      'Microsoft.Authorization/roleAssignments',
      'Microsoft.App/managedEnvironments',
      'Microsoft.App/containerApps',
      'Microsoft.BotService/botServices',
      'Microsoft.BotService/botServices/channels',
      'Microsoft.Insights/components',
      'Microsoft.Insights/scheduledQueryRules',
      'Microsoft.Insights/metricAlerts',
    ]),
  );
});

test('storage takes no key, nothing unencrypted, and shows no blob to the public', () => {
  const storage = resource('storage');
  expect(storage).toContain('allowSharedKeyAccess:false');
  expect(storage).toContain('allowBlobPublicAccess:false');
  expect(storage).toContain("minimumTlsVersion:'TLS1_2'");
  expect(storage).toContain('supportsHttpsTrafficOnly:true');
});

test('the identity may use rows and queues of this one account, and nothing of the subscription', () => {
  for (const name of ['tableRole', 'queueRole']) expect(resource(name)).toContain('scope:storage');
  // Azure's built-in roles: Storage Table Data Contributor, Storage Queue Data Contributor.
  expect(text).toContain("tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'");
  expect(text).toContain("queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'");
  const scopes = [...text.matchAll(/Microsoft\.Authorization\/roleAssignments@[^{]*\{[^}]*?scope: (\w+)/g)];
  expect(scopes.map(([, scope]) => scope)).toEqual(['storage', 'storage', 'registry']);
});

test('the bot is single-tenant by a user-assigned identity, without a secret, and speaks to Teams', () => {
  const bot = resource('bot');
  expect(bot).toContain("msaAppType:'UserAssignedMSI'");
  expect(bot).toContain('disableLocalAuth:true');
  expect(bot).toContain('/api/messages');
  expect(resource('teams')).toContain("channelName:'MsTeamsChannel'");
  expect(text).not.toMatch(/password|listKeys|secretRef/i);
});

test('two instances, over TLS alone, looked after by the probes that Steward answers', () => {
  const app = resource('app');
  expect(app).toContain('minReplicas:instances');
  expect(text).toMatch(/param instances int = 2\b/);
  expect(app).toContain('allowInsecure:false');
  for (const path of ['/healthz', '/readyz']) expect(app).toContain(`path:'${path}'`);
});

test('every setting that the app is given is one that Steward reads', () => {
  const given = [...resource('app').matchAll(/name:'([A-Z][A-Z_]+)'/g)].map(([, name]) => name ?? '');
  const config = readFileSync(join(SRC, 'config.ts'), 'utf8');
  // This one is read by the identity library: which of a machine's identities is meant.
  const ours = given.filter((name) => name !== 'AZURE_CLIENT_ID');
  expect(given.length).toBeGreaterThan(5);
  expect(ours.filter((name) => !config.includes(name))).toEqual([]);
});

test('every alert waits for words that the log really says', () => {
  const phrases = [...text.matchAll(/Log has "([^"]+)"/g)].map(([, phrase]) => phrase ?? '');
  const sources = readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
  expect(phrases.length).toBeGreaterThan(3);
  expect(phrases.filter((phrase) => !sources.includes(phrase))).toEqual([]);
});

test('the parameters’ file gives what has no default, and nothing that the template does not take', () => {
  const given = Object.keys(
    (JSON.parse(readFileSync(join(INFRA, 'main.parameters.json'), 'utf8')) as { parameters: object })
      .parameters,
  );
  const params = root.descendantsOfType('parameter_declaration').map((node) => node?.text ?? '');
  const names = params.map((param) => /param (\w+)/.exec(param)?.[1] ?? '');
  const needed = params
    .filter((param) => !param.includes('='))
    .map((param) => /param (\w+)/.exec(param)?.[1]);
  expect(given.filter((name) => !names.includes(name))).toEqual([]);
  expect(needed.filter((name) => !given.includes(name ?? ''))).toEqual([]);
});

describe('the container', () => {
  const dockerfile = readFileSync(join(INFRA, 'Dockerfile'), 'utf8');
  const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));

  test('what runs is not root, has no development dependency, and says whether it is well', () => {
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(dockerfile).toContain('npm ci --omit=dev');
    // Node is the first process, so that it gets SIGTERM: no shell, no npm between.
    expect(last).toMatch(/^CMD \["node", "dist\/src\/main\.js"\]$/m);
  });

  test('only what is named goes into the build: no .git, no .env, no data', () => {
    const lines = readFileSync(join(INFRA, 'Dockerfile.dockerignore'), 'utf8').trim().split('\n');
    expect(lines[0]).toBe('*');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, what = '']) =>
      what.split(' ').slice(0, -1),
    );
    expect(
      lines
        .slice(1)
        .map((line) => line.slice(1))
        .sort(),
    ).toEqual([...copied].sort());
  });
});
