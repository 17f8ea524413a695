import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** That what is installed has a reason on the page, and a licence that a council may run. */

const ROOT = join(__dirname, '..');
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');
const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  'dependencies' | 'devDependencies',
  Readonly<Record<string, string>>
>;
const { packages } = JSON.parse(read('package-lock.json')) as {
  packages: Readonly<Record<string, { readonly license?: string; readonly dev?: boolean }>>;
};

const ALLOWED = [
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'Unlicense',
    'BlueOak-1.0.0',
  ],
  ...['CC0-1.0', 'Python-2.0', 'PSF-2.0', 'MPL-2.0', 'Bitstream Vera', 'CC-BY-3.0', 'Zlib', 'BSD'],
];

/** Licences that a package's own files say, where its package.json says none, or says it in words of its own; read by a person. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  'node_modules/dejavu-fonts-ttf': 'Bitstream Vera',
  'node_modules/escape-regexp-component': 'MIT',
  'node_modules/jspath': 'MIT',
};

test('every dependency has its row, with its licence and a reason', () => {
  const rows = read('docs', 'decisions', 'dependencies.md')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const names = [...Object.keys(dependencies), ...Object.keys(devDependencies)].filter(
    (name) => !name.startsWith('@types/'),
  );
  const missing = names.filter((name) => {
    // A family's row may name its scope once, and then each by its last part.
    const [scope = '', last = ''] = name.split('/');
    const isNamed = (cell: string) => {
      const said = cell.split(/[,\s()]+/);
      return (
        said.includes(name) ||
        (cell.includes(`${scope}/`) && said.some((one) => one === last || one === `…/${last}`))
      );
    };
    const row = rows.find(([, cell = '']) => isNamed(cell));
    return !row?.[2] || !row[3] || !row[4];
  });
  expect(missing).toEqual([]);
});

test('what production installs has a licence on the list', () => {
  const others = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .filter(([path, { license = 'none said' }]) => !isAllowed(READ_BY_HAND[path] ?? license))
    .map(([path, { license = 'none said' }]) => `${path}: ${license}`);
  expect(others).toEqual([]);
});

/** As SPDX writes it: one of the alternatives is enough, all of what is joined is needed. */
function isAllowed(license: string): boolean {
  return license
    .replace(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((one) => one.split(/\s+AND\s+/).every((part) => ALLOWED.includes(part.trim())));
}
