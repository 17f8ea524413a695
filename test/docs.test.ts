import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { program } from '../src/commandLine';
import { demoCommand } from '../src/demo/options';

/** What the pages tell people to type can be typed: each command is there, with the options that are named; each link leads somewhere. */

const ROOT = join(__dirname, '..');
const DOCS = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file));
const PAGES = ['README.md', ...DOCS].map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Readonly<Record<string, string>>;
};

/** Programs of others, which are not looked into. */
const OTHERS = ['az', 'docker', 'git', 'cd', 'tar', 'curl'];
/** Settings of tests and benches: said on their own pages, and read where they are used. */
const SETTING = /^[A-Z][A-Z_]+=/;

interface Typed {
  readonly place: string;
  readonly words: readonly string[];
  /** A line to be copied: whole, with its arguments. Else a command is only spoken of. */
  readonly whole: boolean;
}

/** Every command line of a page: lines of blocks, and what stands in backticks and begins as a command does. */
function commandsOf({ file, text }: (typeof PAGES)[number]): Typed[] {
  const found: Typed[] = [];
  let block: string | null = null;
  for (const [at, line] of text.split('\n').entries()) {
    const place = `${file}:${at + 1}`;
    const fence = /^```(\w*)/.exec(line);
    if (fence) block = block === null ? (fence[1] ?? '') : null;
    else if (block === 'sh')
      for (const part of line.replace(/\s#.*$/, '').split('&&'))
        found.push({ place, words: wordsOf(part), whole: true });
    else if (block === null)
      for (const [, spoken = ''] of line.matchAll(/`([^`]+)`/g))
        for (const part of spoken.split('&&'))
          if (/^(?:[A-Z_]+=\S+ )*(?:steward|npm|node|npx) /.test(part.trim()))
            found.push({ place, words: wordsOf(part.replace(/\\\|/g, '|')), whole: false });
  }
  return found.filter(({ words }) => words.length > 0);
}

/** A line's words as a shell parts them; settings before the command are left out. */
function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  const first = words.findIndex((word) => !SETTING.test(word));
  return first < 0 ? [] : words.slice(first);
}

/** What is wrong with a command line; null when nothing is. */
function faultOf({ words, whole }: Typed): string | null {
  const [name = '', ...rest] = words;
  if (OTHERS.includes(name)) return null;
  if (name === 'steward') return faultOfProgram(program, rest, whole);
  if (name === 'node' && rest[0] === 'dist/src/cli.js') return faultOfProgram(program, rest.slice(1), whole);
  if (name === 'node') return existsIn(rest[0] ?? '') ? null : `there is no ${rest[0]}`;
  if (name !== 'npm') return `${name} is no command that is known here`;
  const [verb = '', ...more] = rest.filter((word) => word !== '-s');
  if (verb === 'ci' || verb === 'start' || verb === 'audit') return null;
  const script = verb === 'run' ? (more[0] ?? '') : verb;
  const typed = more.includes('--') ? more.slice(more.indexOf('--') + 1) : [];
  if (!scripts[script]) return `package.json has no script ${script}`;
  if (script === 'steward') return faultOfProgram(program, typed, whole);
  if (script === 'package') return faultOfProgram(program, ['package', ...typed], whole && typed.length > 0);
  if (script === 'demo') return faultOfProgram(demoCommand(), typed, whole);
  return faultOfScript(scripts[script], typed);
}

/** A command that commander knows: its name, its options, and (in a whole line) as many arguments as it takes. */
function faultOfProgram(top: Command, typed: readonly string[], whole: boolean): string | null {
  // "poison list|retry|drop" stands for three.
  const at = typed.findIndex((word) => /^\w+(?:\|\w+)+$/.test(word));
  if (at >= 0) {
    const faults = (typed[at] ?? '')
      .split('|')
      .map((word) => faultOfProgram(top, typed.with(at, word), whole));
    return faults.find((fault) => fault !== null) ?? null;
  }
  const words = typed.map((word) => word.replace(/^\[|\]$/g, '')).filter((word) => word !== '…');
  let command = top;
  while (words[0] && command.commands.length > 0 && !words[0].startsWith('-')) {
    const next = command.commands.find((one) => one.name() === words[0]);
    if (!next) return `there is no command ${words[0]}`;
    command = next;
    words.shift();
  }
  const args: string[] = [];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('--')) {
      args.push(word);
      continue;
    }
    for (const flag of word.split('|')) {
      const option = [command, top].flatMap(({ options }) => options).find(({ long }) => long === flag);
      if (!option && flag !== '--help') return `${command.name()} takes no ${flag}`;
      if (option?.required) {
        const value = words.shift();
        if (whole && value === undefined) return `${flag} needs a value`;
        const { argChoices } = option;
        if (value !== undefined && argChoices && !argChoices.includes(value))
          return `${flag} takes no ${value}`;
      }
    }
  }
  const takes = command.registeredArguments;
  const most = takes.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : takes.length;
  if (args.length > most) return `${command.name()} takes no ${args.at(-1)}`;
  const needed = takes.filter(({ required }) => required).length;
  if (whole && args.length < needed) return `${command.name()} needs ${needed} arguments`;
  const missing = command.options.filter(({ mandatory, long }) => mandatory && !typed.includes(long ?? ''));
  if (whole && missing.length > 0)
    return `${command.name()} needs ${missing.map(({ long }) => long).join(', ')}`;
  return null;
}

/** A script with a program of its own: what is typed after it stands in that program's text. */
function faultOfScript(script: string, typed: readonly string[]): string | null {
  const file = /\S+\.ts\b/.exec(script)?.[0];
  const text = file && existsIn(file) ? readFileSync(join(ROOT, file), 'utf8') : '';
  const missing = typed.filter((word) => !/^\d+$/.test(word) && !text.includes(word.replace(/^--/, '')));
  return missing.length > 0 ? `${file ?? script} knows no ${missing.join(', ')}` : null;
}

function existsIn(path: string): boolean {
  // What is built is there once it was: its source stands for it.
  const source = path.replace(/^dist\//, '').replace(/\.js$/, '.ts');
  return existsSync(join(ROOT, path)) || existsSync(join(ROOT, source));
}

const TYPED = PAGES.flatMap(commandsOf);

test('there is something to look at, and a fault is found', () => {
  expect(TYPED.length).toBeGreaterThan(100);
  const spoken = (line: string): Typed => ({ place: '', words: wordsOf(line), whole: true });
  expect(faultOf(spoken('npm run -s steward -- load plan.xlsx --tennant x'))).toMatch(/takes no --tennant/);
  expect(faultOf(spoken('npm run -s steward -- unload plan.xlsx'))).toMatch(/no command unload/);
  expect(faultOf(spoken('npm run -s steward -- load'))).toMatch(/needs 1/);
  expect(faultOf(spoken('npm run packages'))).toMatch(/no script/);
  expect(faultOf(spoken('npm run demo -- --port 1 --now'))).toMatch(/needs a value/);
});

test('each command that a page names is there, with its options', () => {
  const faults = TYPED.map((typed) => [typed, faultOf(typed)] as const).filter(([, fault]) => fault !== null);
  expect(faults.map(([{ place, words }, fault]) => `${place}: ${words.join(' ')}: ${fault}`)).toEqual([]);
});

test('each link leads to a file, and to a heading of it', () => {
  const dead = PAGES.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !leadsSomewhere(file, target))
      .map((target) => `${file}: ${target}`),
  );
  expect(dead).toEqual([]);
});

function leadsSomewhere(from: string, target: string): boolean {
  const [path = '', heading] = target.split('#');
  const file = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(ROOT, file))) return false;
  if (heading === undefined) return true;
  const headings = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\d\s-]/gu, '')
      .replace(/\s/g, '-'),
  );
  return headings.includes(heading);
}

test('each command of steward is on some page', () => {
  const said = PAGES.map(({ text }) => text).join('\n');
  // The Teams app has a script of its own.
  const ways = program.commands.map((command) => command.name().replace(/^package$/, 'run package'));
  const unsaid = ways.filter((way) => !new RegExp(`(?:steward|steward --|npm) ${way}\\b`).test(said));
  expect(unsaid).toEqual([]);
});
