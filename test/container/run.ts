import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { requireFreePort } from '../../src/demo/ports';
import { startAzurite } from '../../src/demo/processes';
import { HARBOUR } from '../fixtures/plans/documents';
import { makeDocx } from '../fixtures/plans/office';

/*
 * `npm run test:container`: carries out infra/Dockerfile step by step where there is no container engine, and then runs what the image would hold: as nobody, on a
 * file system that can't be written to at all, with production's settings, against Azurite. What an engine would add is not tried: the base image with
 * its Node, and the network. Needs root (for the read-only view of the file system) and the package registry; takes some five minutes.
 */

const ROOT = join(__dirname, '..', '..');
const NOBODY = 65_534;

/** Loads every file that was built, but for programs and threads, which begin to work when they are loaded; the demo is no part of the image. */
const LOAD_ALL = `for (const file of require('fs').readdirSync('dist/src', { recursive: true }))
  if (/\\.js$/.test(file) && !/^(?:main|cli|demo)\\.js$|^demo\\/|Thread\\.js$/.test(file)) require('./dist/src/' + file);`;

interface Stage {
  readonly folder: string;
  readonly env: Record<string, string>;
  workdir: string;
}

/** The instructions of a Dockerfile, in order: each one's name and the rest of its line. */
function instructions(): [name: string, rest: string][] {
  const text = readFileSync(join(ROOT, 'infra', 'Dockerfile'), 'utf8').replace(/\\\n/g, ' ');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', ...rest] = line.trim().split(/\s+/);
      return [name, rest.join(' ')];
    });
}

function listOf(text: string): string[] {
  return JSON.parse(text.slice(text.indexOf('['))) as string[];
}

/** Carries the steps out in folders under `top`; gives the last stage, and the commands that it names. */
function build(top: string): { stage: Stage; command: string[]; healthcheck: string[] } {
  const stages = new Map<string, Stage>();
  let stage: Stage = { folder: top, env: {}, workdir: '/' };
  let command: string[] = [];
  let healthcheck: string[] = [];
  for (const [name, rest] of instructions()) {
    say(`${name} ${rest}`);
    const inside = (path: string): string =>
      join(stage.folder, path.startsWith('/') ? path : join(stage.workdir, path));
    switch (name) {
      case 'FROM': {
        const as = / AS (\w+)$/.exec(rest)?.[1] ?? 'last';
        stage = { folder: join(top, as), env: {}, workdir: '/' };
        stages.set(as, stage);
        break;
      }
      case 'ENV': {
        const [key = '', value = ''] = rest.split('=');
        stage.env[key] = value;
        break;
      }
      case 'WORKDIR':
        stage.workdir = rest;
        mkdirSync(inside('.'), { recursive: true });
        break;
      case 'COPY': {
        const from = /--from=(\w+)/.exec(rest)?.[1];
        const words = rest.split(' ').filter((word) => !word.startsWith('--'));
        const target = words.pop() ?? '.';
        for (const word of words) {
          const source = from ? join(stages.get(from)?.folder ?? '', word) : join(ROOT, word);
          const isFolder = target.endsWith('/');
          cpSync(source, inside(isFolder ? join(target, basename(word)) : target), { recursive: true });
        }
        break;
      }
      case 'RUN':
        must('sh', ['-c', rest], { cwd: inside('.'), env: { ...process.env, ...stage.env } });
        break;
      case 'HEALTHCHECK':
        healthcheck = listOf(rest);
        break;
      case 'CMD':
        command = listOf(rest);
        break;
      case 'USER':
      case 'EXPOSE':
        break;
      default:
        throw new Error(`infra/Dockerfile has ${name}, which is not known here`);
    }
  }
  return { stage, command, healthcheck };
}

async function main(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('The read-only view of the file system needs root.');
  await requireFreePort(3978, { heldBy: 'a demo', instead: 'none: the health check names it' });
  const top = mkdtempSync(join(tmpdir(), 'steward-image-'));
  const azurite = await startAzurite({ memory: true });
  try {
    const { stage, command, healthcheck } = build(top);
    const folder = join(stage.folder, stage.workdir);
    must('chmod', ['-R', 'a+rX', top]);
    say(
      `The image's own files: ${must('du', ['-sh', folder]).split('\t')[0]}, of which node_modules ${must('du', ['-sh', join(folder, 'node_modules')]).split('\t')[0]}`,
    );
    const plan = join(top, 'plan.docx');
    writeFileSync(plan, makeDocx(HARBOUR));

    const env = {
      ...stage.env,
      // Node's own folder, and no more: nothing of this machine's home or settings.
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: '/nonexistent',
      BOT_APP_ID: '22222222-2222-4222-8222-222222222222',
      BOT_TENANT_ID: '11111111-1111-4111-8111-111111111111',
      BOT_APP_SECRET: 'no-secret-of-anybody',
      STORAGE_CONNECTION_STRING: azurite.connectionString,
    };
    const inside = (words: readonly string[]) => insideOf(folder, words, env);

    check('nothing can be written', inside(['sh', '-c', 'touch here || touch /tmp/here']).status !== 0);
    const all = inside(['node', '-e', LOAD_ALL]);
    check('every file finds what it imports, without development dependencies', all.status === 0, all);
    const read = inside(['node', 'dist/src/cli.js', 'check', plan]);
    check('a Word plan is read in its thread', read.status === 0 && /\d+ actions/.test(read.stdout), read);
    const loaded = inside(['node', 'dist/src/cli.js', 'load', plan]);
    check('and loaded into storage', /Stored as plan/.test(loaded.stdout), loaded);
    const listed = inside(['node', 'dist/src/cli.js', 'plans']);
    check('and is there', /not bound yet/.test(listed.stdout), listed);

    const server = spawn(...startOf(folder, command), {
      env,
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const logged: string[] = [];
    server.stdout?.on('data', (chunk: Buffer) => logged.push(String(chunk)));
    const ended = new Promise<number | null>((resolve) => server.once('exit', (code) => resolve(code)));
    const ready = await answersWithin('http://127.0.0.1:3978/readyz', 60_000);
    check('it starts, and says that it is ready', ready, { stdout: logged.join('') });
    const health = inside(healthcheck);
    check('its health check passes', health.status === 0, health);
    const { status } = await fetch('http://127.0.0.1:3978/api/messages', { method: 'POST', body: '{}' });
    check('whoever has no token is turned away', status === 401);
    // `unshare` and `setpriv` give way to what they start, so this is node itself.
    server.kill('SIGTERM');
    check('SIGTERM ends it well', (await ended) === 0, { stdout: logged.join('') });
    check('its health check fails when it is gone', inside(healthcheck).status !== 0);
    say('All of it held.');
  } finally {
    await azurite.stop();
    rmSync(top, { recursive: true, force: true });
  }
}

/** How a command is started as nobody, with no capability, where no file can be written. */
function startOf(folder: string, words: readonly string[]): [string, string[]] {
  const user = `setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups --no-new-privs --bounding-set -all`;
  const script = `mount --make-rprivate / && mount -o remount,bind,ro / && cd '${folder}' && exec ${user} "$@"`;
  return ['unshare', ['--mount', 'sh', '-c', script, 'sh', ...words]];
}

interface Ran {
  readonly status?: number | null;
  readonly stdout: string;
  readonly stderr?: string;
}

function insideOf(folder: string, words: readonly string[], env: NodeJS.ProcessEnv): Ran {
  return spawnSync(...startOf(folder, words), { env, encoding: 'utf8' });
}

function must(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): string {
  const ran = spawnSync(command, args, { ...options, encoding: 'utf8', maxBuffer: 1e8 });
  if (ran.status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${ran.stdout}${ran.stderr}`);
  return ran.stdout;
}

async function answersWithin(url: string, ms: number): Promise<boolean> {
  const until = Date.now() + ms;
  while (Date.now() < until) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

function check(what: string, holds: boolean, ran?: Ran): void {
  if (!holds) throw new Error(`It does not hold that ${what}.\n${ran?.stdout ?? ''}${ran?.stderr ?? ''}`);
  say(`holds: ${what}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
