import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { checkSync } from 'recheck';

/** Every regular expression of the product, looked at for backtracking without end. `REDOS_MS` gives each more time than the quarter second here. */

process.env.RECHECK_BACKEND = 'pure';
const TIMEOUT = Number(process.env.REDOS_MS ?? 250);
const SRC = join(__dirname, '..', 'src');

const found = new Map<string, { readonly pattern: string; readonly flags: string; readonly file: string }>();
for (const file of readdirSync(SRC, { recursive: true, encoding: 'utf8' }))
  if (file.endsWith('.ts'))
    collect(
      parseSync(readFileSync(join(SRC, file), 'utf8'), { syntax: 'typescript', target: 'es2022' }),
      file,
    );

function collect(node: unknown, file: string): void {
  if (Array.isArray(node)) {
    for (const one of node) collect(one, file);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const { type, pattern, flags } = node as { type?: unknown; pattern?: unknown; flags?: unknown };
  if (type === 'RegExpLiteral' && typeof pattern === 'string' && typeof flags === 'string')
    found.set(`/${pattern}/${flags}`, { pattern, flags, file });
  for (const one of Object.values(node)) collect(one, file);
}

test('none takes time that grows with a power of what is sent above the third, or without bound', () => {
  expect(found.size).toBeGreaterThan(300);
  const bad: string[] = [];
  for (const [literal, { pattern, flags, file }] of found) {
    const looked = checkSync(pattern, flags, { timeout: TIMEOUT });
    // What grows with the square is borne: what people type is cut at 10,000 characters, a cell at 32,000, and files are read in a thread with a time limit.
    if (looked.status !== 'vulnerable') continue;
    const { complexity } = looked;
    if (complexity.type === 'exponential' || complexity.degree > 3)
      bad.push(`${file}: ${literal} (${complexity.summary})`);
  }
  expect(bad).toEqual([]);
}, 240_000);
