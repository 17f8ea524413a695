import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
}

const { packages } = JSON.parse(readFileSync(join(__dirname, '..', 'package-lock.json'), 'utf8')) as {
  packages: Readonly<Record<string, Locked>>;
};

test('the lockfile names every optional dependency, whatever machine it was made on, or npm ci fails', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(name, path)),
  );
  expect(missing).toEqual([]);
});

test('the lockfile names no registry', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});

/** As npm looks a package up: beside whoever needs it, then further and further up. */
function isLocked(name: string, needer: string): boolean {
  const parts = needer === '' ? [] : needer.split('/node_modules/');
  for (let n = parts.length; n >= 0; n -= 1) {
    const base = parts.slice(0, n).join('/node_modules/');
    if (packages[`${base === '' ? '' : `${base}/`}node_modules/${name}`]) return true;
  }
  return false;
}
