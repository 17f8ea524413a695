import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import { checkSync } from 'recheck';

/** Every regular expression of the product, looked at for backtracking without end. `REDOS_MS` gives each more time than the quarter second here. */

process.env.RECHECK_BACKEND = 'pure';
const TIMEOUT = Number(process.env.REDOS_MS ?? 250);
const SRC = join(__dirname, '..', 'src');

interface Found {
  readonly pattern: string;
  readonly flags: string;
  readonly file: string;
}
const found = new Map<string, Found>();
/** Files that put an expression together from pieces. */
const made = new Set<string>();
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
  const { type, pattern, flags, callee } = node as Record<string, unknown>;
  if (type === 'RegExpLiteral' && typeof pattern === 'string' && typeof flags === 'string')
    note({ pattern, flags, file });
  if (type === 'NewExpression' && (callee as { value?: unknown }).value === 'RegExp') made.add(file);
  for (const one of Object.values(node)) collect(one, file);
}

function note(one: Found): void {
  found.set(`/${one.pattern}/${one.flags}`, one);
}

/** Loads each file that puts expressions together, and notes what it makes as it is loaded. */
function collectMade(): void {
  const Real = RegExp;
  for (const file of made) {
    const path = join(SRC, file);
    global.RegExp = new Proxy(Real, {
      construct(target, [pattern, flags = '']: [string | RegExp, string?]) {
        const maker = new Error().stack?.split('\n')[2] ?? '';
        if (typeof pattern === 'string' && maker.includes(path)) note({ pattern, flags, file });
        return new target(pattern, flags);
      },
    });
    try {
      jest.isolateModules(() => require(path));
    } finally {
      global.RegExp = Real;
    }
  }
}

/** Made while it works, out of what is escaped before: words with nothing in them that repeats. */
const MADE_LATER: readonly string[] = ['config.ts', 'demo/cardWalker.ts', 'storage/personalData.ts'];

/**
 * Where an expression is that the tool comes to no end with (a long list of words with the case left open, or a repeat up to a number, is too much for it), and what bounds the
 * text that it meets.
 */
const BOUNDED: readonly (readonly [begins: string, bound: string])[] = [
  ['plans/', 'a cell has 32,000 characters at most; read in a thread that is ended when its time is over'],
  [
    'domain/',
    'a form’s texts have 2,000 characters, a reading 60, what is typed 10,000; a file’s cells as above',
  ],
  ['ask/', 'a question has 500 characters in a button and 10,000 as it is typed'],
  ['teams/rights.ts', '10,000 characters, and two repeats of 80 at most'],
  ['teams/activity.ts', '10,000 characters, and repeats of 200 at most'],
  ['teams/chat.ts', '10,000 characters, and one repeat of 40 at most'],
  ['teams/exporting.ts', '10,000 characters, and one repeat of 6 at most'],
  ['teams/outbound.ts', 'an address that Steward made itself'],
  ['telemetry/scrub.ts', 'lines of the log; each repeat has a number that ends it'],
  ['cards/escape.ts', 'what a card has room for: 28 KB'],
  ['papers/', 'names and parts of files that Steward makes itself'],
  ['demo/', 'the demo alone: what Azurite prints'],
];

test('none takes time that grows with a power of what is sent above the third, or without bound', () => {
  const literals = found.size;
  collectMade();
  expect(literals).toBeGreaterThan(300);
  expect(found.size - literals).toBeGreaterThan(30);
  const bad: string[] = [];
  for (const [literal, one] of found) {
    const grows = growth(one);
    // What grows with the square is borne: what people type is cut at 10,000 characters, a cell at 32,000, and files are read in a thread with a time limit.
    if (grows === 'unknown' ? !isBounded(one.file) : grows > 3)
      bad.push(`${one.file}: ${literal} (${grows})`);
  }
  expect(bad).toEqual([]);
}, 480_000);

test('what is made out of pieces was seen, or is named here', () => {
  const seen = new Set([...found.values()].map(({ file }) => file));
  expect([...made].filter((file) => !seen.has(file) && !MADE_LATER.includes(file))).toEqual([]);
});

/** The power with which the time of matching grows at worst. Where the tool does not know at once, and must, it has twenty times longer. */
function growth({ pattern, flags, file }: Found): number | 'unknown' {
  const times = isBounded(file) ? [TIMEOUT] : [TIMEOUT, 20 * TIMEOUT];
  for (const timeout of times) {
    const looked = checkSync(pattern, flags, { timeout });
    if (looked.status === 'safe') return 1;
    if (looked.status === 'vulnerable')
      return looked.complexity.type === 'exponential' ? Number.POSITIVE_INFINITY : looked.complexity.degree;
  }
  return 'unknown';
}

function isBounded(file: string): boolean {
  return BOUNDED.some(([begins]) => file.startsWith(begins));
}
