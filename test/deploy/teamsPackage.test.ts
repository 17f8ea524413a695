import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv-draft-04';
import { strFromU8, unzipSync } from 'fflate';
import { fillManifest, PackageError, type TeamsApp, zipTeamsApp } from '../../src/deploy/teamsPackage';

const TOP = join(__dirname, '..', '..');
const template = readFileSync(join(TOP, 'appPackage', 'manifest.json'), 'utf8');
const icons = {
  color: readFileSync(join(TOP, 'appPackage', 'color.png')),
  outline: readFileSync(join(TOP, 'appPackage', 'outline.png')),
};
const APP: TeamsApp = {
  botId: '33333333-3333-4333-8333-333333333333',
  appId: '44444444-4444-4444-8444-444444444444',
  name: 'Steward',
  developer: 'Example Council',
  website: 'https://example.org',
  privacy: 'https://example.org/privacy',
  terms: 'https://example.org/terms',
  version: '1.2.3',
};

/** Microsoft's own schema of the manifest's version, from the package that its tools validate with. */
function publishedSchema(version: string): object {
  const path = require
    .resolve('@microsoft/app-manifest/package.json')
    .replace('package.json', `build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`);
  return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as object;
}

function faultsOf(manifest: string): unknown {
  const { manifestVersion } = JSON.parse(manifest) as { manifestVersion: string };
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
    publishedSchema(manifestVersion),
  );
  validate(JSON.parse(manifest));
  return validate.errors ?? [];
}

interface Manifest {
  id: string;
  bots: { botId: string; commandLists: { scopes: string[]; commands: { title: string }[] }[] }[];
  composeExtensions: { botId: string }[];
  permissions?: string[];
  authorization?: unknown;
  webApplicationInfo?: unknown;
}
const read = (text: string) => JSON.parse(text) as Manifest;

test('the manifest is right by Microsoft’s published schema, as it stands and filled in', () => {
  expect(faultsOf(template)).toEqual([]);
  expect(faultsOf(fillManifest(template, APP))).toEqual([]);
});

test('the schema finds faults: it is not asleep', () => {
  expect(faultsOf(template.replace('"personal"', '"nowhere"'))).not.toEqual([]);
});

test('every id of the installation is filled in, and none of the template’s is left', () => {
  const filled = fillManifest(template, APP);
  const { id, bots, composeExtensions } = read(filled);
  expect(id).toBe(APP.appId);
  expect(bots.map(({ botId }) => botId)).toEqual([APP.botId]);
  expect(composeExtensions.map(({ botId }) => botId)).toEqual([APP.botId]);
  expect(filled).not.toContain('00000000-0000');
  expect(filled).toContain('"version": "1.2.3"');
});

test('five commands for each place, each once, none too long for Teams’ menu', () => {
  const lists = read(template).bots.flatMap(({ commandLists }) => commandLists);
  expect(lists.map(({ scopes }) => scopes)).toEqual([['personal'], ['team']]);
  for (const { commands } of lists) {
    expect(commands).toHaveLength(5);
    expect(new Set(commands.map(({ title }) => title)).size).toBe(5);
    expect(commands.filter(({ title }) => title.length > 32)).toEqual([]);
  }
});

test('no permission is asked for that Steward does not use: no RSC, no Graph', () => {
  const manifest = read(template);
  expect(manifest.permissions).toEqual(['identity', 'messageTeamMembers']);
  expect(manifest.authorization).toBeUndefined();
  expect(manifest.webApplicationInfo).toBeUndefined();
});

test('all faults of an installation’s settings are told at once', () => {
  const wrong = { ...APP, botId: 'me', developer: '', website: 'http://example.org', version: '1' };
  const thrown = (() => {
    try {
      fillManifest(template, wrong);
      return null;
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(PackageError);
  expect((thrown as PackageError).faults).toEqual([
    expect.stringContaining('--bot-id'),
    expect.stringContaining('--developer'),
    expect.stringContaining('--website'),
    expect.stringContaining('--version'),
  ]);
});

test('the zip holds three files at its top, and the same settings give the same bytes', async () => {
  const manifest = fillManifest(template, APP);
  const zip = await zipTeamsApp(manifest, icons);
  const files = unzipSync(zip);
  expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
  expect(strFromU8(files['manifest.json'] ?? new Uint8Array())).toBe(manifest);
  expect(Buffer.from(files['color.png'] ?? []).equals(icons.color)).toBe(true);
  expect(Buffer.from(zip).equals(Buffer.from(await zipTeamsApp(manifest, icons)))).toBe(true);
});

test('an icon of another size is refused: Teams would refuse the app', async () => {
  const swapped = zipTeamsApp('{}', { color: icons.outline, outline: icons.color });
  await expect(swapped).rejects.toThrow(
    /192 × 192 pixels; it is 32 × 32[\s\S]*32 × 32 pixels; it is 192 × 192/,
  );
  await expect(zipTeamsApp('{}', { ...icons, color: Buffer.from('GIF89a') })).rejects.toThrow(/no PNG/);
});
