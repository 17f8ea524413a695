import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/**
 * Imports point inwards only: see docs/decisions/0001-layers.md for the table and the reasons. When this fails, either the import is in the
 * wrong folder, or the page is to be changed first.
 */

const SRC = resolve(__dirname, '..', 'src');

/** What each folder may import beside itself: other folders (with a `/`), single files, and packages. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: ['date-fns', '@date-fns/tz', 'zod'],
  ask: ['domain/', 'cards/words/', 'date-fns', 'fastest-levenshtein', 'zod'],
  app: ['domain/', 'ask/', 'date-fns', 'fastest-levenshtein', 'node:crypto'],
  words: ['cards/words/', 'intl-messageformat', 'node:', 'zod'],
  cards: [
    'domain/',
    'ask/',
    'app/',
    'words/',
    'cards/',
    'adaptivecards-templating',
    'adaptive-expressions',
    'fastest-levenshtein',
    'zod',
  ],
  papers: [
    'domain/',
    'app/',
    'words/',
    'cards/format',
    '@resvg/resvg-js',
    'commander',
    'docx',
    'echarts',
    'exceljs',
    'fflate',
    'node:',
  ],
  storage: [
    'domain/',
    'app/ports',
    'app/inSlices',
    '@azure/data-tables',
    '@azure/storage-queue',
    'node:',
    'zod',
  ],
};

interface Import {
  readonly file: string;
  readonly from: string;
  /** Folder of the file under src: `domain`; empty for a file of src itself. */
  readonly folder: string;
  /** `app/ports`, for what is in src; `cards/words/en.json` for what is beside it; a package's name. */
  readonly target: string;
}

const imports = filesUnder(SRC).flatMap(importsOf);

test('there is something to look at', () => {
  expect(imports.length).toBeGreaterThan(300);
  expect(new Set(imports.map(({ folder }) => folder))).toEqual(
    expect.objectContaining(new Set(['domain', 'app', 'teams', 'http'])),
  );
});

test.each(Object.keys(MAY_IMPORT))('%s/ imports inwards only', (folder) => {
  const allowed = [`${folder}/`, ...(MAY_IMPORT[folder] ?? [])];
  const wrong = imports
    .filter((one) => one.folder === folder)
    .filter(({ target }) => !allowed.some((start) => isWithin(target, start)));
  expect(wrong.map(told)).toEqual([]);
});

test('plans/ imports domain/ and libraries, nothing else of ours', () => {
  const ours = imports.filter(({ folder, target }) => folder === 'plans' && isOurs(target));
  expect(
    ours.filter(({ target }) => !isWithin(target, 'plans/') && !isWithin(target, 'domain/')).map(told),
  ).toEqual([]);
});

test('schedule/ imports app/ and domain/, nothing else of ours', () => {
  const ours = imports.filter(({ folder, target }) => folder === 'schedule' && isOurs(target));
  const wrong = ours.filter(
    ({ target }) => !['schedule/', 'app/', 'domain/'].some((start) => isWithin(target, start)),
  );
  expect(wrong.map(told)).toEqual([]);
});

test.each([
  ['botbuilder', 'teams'],
  ['botframework-connector', 'teams'],
  ['botframework-schema', 'teams'],
  ['restify', 'http'],
  ['@azure/data-tables', 'storage'],
  ['@azure/storage-queue', 'storage'],
])('only one folder imports %s: %s/', (name, folder) => {
  const elsewhere = imports
    .filter(({ target }) => target === name)
    // The files of src itself put the parts together, and may import everything.
    .filter((one) => one.folder !== '' && one.folder !== folder);
  expect(elsewhere.map(told)).toEqual([]);
});

test('nothing but demo.ts imports demo/: the open mode is out of production’s reach', () => {
  const wrong = imports.filter(
    ({ target, folder, file }) => isWithin(target, 'demo/') && folder !== 'demo' && file !== 'demo.ts',
  );
  expect(wrong.map(told)).toEqual([]);
  expect(imports.filter(({ file, target }) => file !== 'demo.ts' && target === 'demo').map(told)).toEqual([]);
});

test('nothing imports what starts a process: main, cli, demo', () => {
  expect(imports.filter(({ target }) => ['main', 'cli', 'demo'].includes(target)).map(told)).toEqual([]);
});

test('the domain asks no clock, no environment and no chance', () => {
  const asks = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\./;
  const asking = filesUnder(join(SRC, 'domain')).filter((file) =>
    asks.test(withoutComments(readFileSync(file, 'utf8'))),
  );
  expect(asking.map((file) => relative(SRC, file))).toEqual([]);
});

function told({ file, from }: Import): string {
  return `${file} imports ${from}`;
}

function isWithin(target: string, start: string): boolean {
  return target === start || (start.endsWith('/') || start.endsWith(':') ? target.startsWith(start) : false);
}

/** Whether a target is a file of ours rather than a package. */
function isOurs(target: string): boolean {
  return (
    imports.some(({ folder }) => folder !== '' && isWithin(target, `${folder}/`)) || !/^[@a-z]/.test(target)
  );
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.c?[tj]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(path: string): Import[] {
  const file = relative(SRC, path).split(sep).join('/');
  const folder = file.includes('/') ? (file.split('/')[0] ?? '') : '';
  const text = withoutComments(readFileSync(path, 'utf8'));
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/g,
  );
  return [...found].flatMap(([, from]) =>
    from ? [{ file, from, folder, target: targetOf(path, from) }] : [],
  );
}

/** What an import names: a path under src (or, outside it, under the project), or a package without its inner path. */
function targetOf(path: string, from: string): string {
  if (!from.startsWith('.')) return from.startsWith('node:') ? from : packageOf(from);
  const to = resolve(dirname(path), from);
  const inSrc = relative(SRC, to).split(sep).join('/');
  return inSrc.startsWith('..') ? relative(dirname(SRC), to).split(sep).join('/') : inSrc;
}

function packageOf(from: string): string {
  const [scope, name] = from.split('/');
  return from.startsWith('@') ? `${scope}/${name}` : (scope ?? from);
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
