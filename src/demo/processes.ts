import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type RunningChild, startChild } from './child';
import { PortTakenError, requireFreePort, somethingAnswers } from './ports';

export { ChildStartError, stopAll, stopOnSignals } from './child';
export { PortTakenError, requireFreePort } from './ports';

/** Ports of Azurite's services; 0 lets the system choose, which never clashes. */
export interface AzuritePorts {
  readonly table: number;
  readonly queue: number;
}

/** A running Azurite. */
export interface RunningAzurite extends RunningChild {
  /** For Azure's own clients, which must be told to allow plain HTTP. */
  readonly connectionString: string;
  /** The ports that it listens on. */
  readonly ports: AzuritePorts;
}

/** Where Azurite keeps its data: in a folder, or nowhere (`memory`, for tests). */
export type AzuriteData = { readonly dataDir: string } | { readonly memory: true };

/** The data folder is in use by another Azurite. Its message is the sentence to show. */
export class DataFolderInUseError extends Error {
  constructor(folder: string, pid: number) {
    super(
      `The data in ${folder} is in use by another demo (process ${pid}). Stop that one, or give this one its own folder: npm run demo -- --data DIR`,
    );
    this.name = 'DataFolderInUseError';
  }
}

// The account and key that every Azurite has, printed in its documentation: no secret.
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const LOOPBACK = '127.0.0.1';

/**
 * Starts Azurite on loopback, without telemetry, and answers when its services listen. Two Azurites must not write to one
 * folder, so a folder in use is refused ({@link DataFolderInUseError}). Throws {@link PortTakenError} for a given port that is
 * held, {@link ChildStartError} for anything else.
 */
export async function startAzurite(
  options: AzuriteData & { readonly ports?: AzuritePorts },
): Promise<RunningAzurite> {
  const wanted = options.ports ?? { table: 0, queue: 0 };
  for (const port of [wanted.table, wanted.queue]) {
    if (port !== 0) {
      await requireFreePort(port, {
        heldBy: 'another Azurite',
        instead: 'npm run demo -- --storage CONNECTION uses the one that runs',
      });
    }
  }
  const folder = 'dataDir' in options ? resolve(options.dataDir) : null;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    await requireUnusedFolder(folder);
  }

  const found = new Map<string, number>();
  const child = await startChild({
    name: 'Azurite',
    script: binOf('azurite', 'azurite'),
    args: [
      ...['--silent', '--disableTelemetry'],
      // The main program also serves blobs, which nobody uses: any port will do.
      ...['--blobHost', LOOPBACK, '--queueHost', LOOPBACK, '--tableHost', LOOPBACK, '--blobPort', '0'],
      ...['--queuePort', String(wanted.queue), '--tablePort', String(wanted.table)],
      ...(folder ? ['--location', folder] : ['--inMemoryPersistence']),
    ],
    ready: {
      says: (line) => {
        const listening = /(\w+) service is successfully listening at http:\/\/[\d.]+:(\d+)/.exec(line);
        if (listening?.[1] && listening[2]) found.set(listening[1], Number(listening[2]));
        return found.has('Queue') && found.has('Table');
      },
    },
  });
  const ports = { table: found.get('Table') ?? wanted.table, queue: found.get('Queue') ?? wanted.queue };
  if (folder) {
    markFolder(folder, { pid: child.pid, port: ports.table });
    void child.exited.then(() => rmSync(markOf(folder), { force: true }));
  }
  return { ...child, ports, connectionString: connectionTo(ports) };
}

/** A running Playground. */
export interface RunningPlayground extends RunningChild {
  /** What to open in a browser. */
  readonly url: string;
}

/** What the Playground needs. */
export interface PlaygroundOptions {
  /** Port of the bot on loopback. The Playground waits up to 15 seconds for it, so start the bot first. */
  readonly botPort: number;
  /** The Playground's own port. Default 56150. */
  readonly port?: number;
  /** Folder that holds `.m365agentsplayground.yml`; its logs go there too. */
  readonly dir: string;
  /** Sees what the Playground prints. */
  readonly onLine?: (line: string) => void;
}

/**
 * Starts Microsoft's Playground on loopback only, without telemetry and without opening a browser, and answers
 * when its page can be opened. Throws {@link PortTakenError} (left to itself it would quietly take another port),
 * {@link ChildStartError} for anything else.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<RunningPlayground> {
  const port = options.port ?? 56_150;
  const taken = {
    heldBy: 'another Playground or a demo that is still running',
    instead: `npm run demo -- --playground-port ${port + 1}`,
  };
  await requireFreePort(port, taken);
  let listensOn: number | null = null;
  const child = await startChild({
    name: 'The Playground',
    script: binOf('@microsoft/m365agentsplayground', 'agentsplayground'),
    args: [
      ...['-e', `http://${LOOPBACK}:${options.botPort}/api/messages`, '-c', 'msteams'],
      ...['-p', String(port), '--disable-telemetry'],
    ],
    cwd: options.dir,
    preload: [join(__dirname, 'loopbackOnly.cjs')],
    env: playgroundEnvironment(options.dir),
    ready: {
      says: (line) => {
        const listening = /^Listening on (\d+)/.exec(line);
        if (listening) listensOn = Number(listening[1]);
        return listening !== null;
      },
    },
    ...(options.onLine ? { onLine: options.onLine } : {}),
  });
  if (listensOn !== port) {
    await child.stop();
    throw new PortTakenError(port, taken.heldBy, taken.instead);
  }
  return { ...child, url: `http://localhost:${port}` };
}

/** Settings of other bots' tools that the Playground would read from the environment. */
const FOREIGN_SETTINGS = [
  'AUTH_CLIENT_ID',
  'AUTH_CLIENT_SECRET',
  'AUTH_TENANT_ID',
  'BOT_ENDPOINT',
  'DEFAULT_CHANNEL_ID',
  'M365_AGENTS_PLAYGROUND_CONFIG_PATH',
  'SEND_INSTALLATION_ACTIVITY',
  'TEAMSAPPTESTER_PORT',
  'TEAMS_APP_TEST_TOOL_CONFIG_PATH',
] as const;

function playgroundEnvironment(dir: string): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  for (const name of FOREIGN_SETTINGS) delete environment[name];
  return {
    ...environment,
    TEAMSAPPTESTER_BROWSER: 'none',
    M365_AGENTS_PLAYGROUND_LOGFILE: join(dir, 'playground.log'),
  };
}

function connectionTo(ports: AzuritePorts): string {
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${ACCOUNT}`,
    `AccountKey=${KEY}`,
    `TableEndpoint=http://${LOOPBACK}:${ports.table}/${ACCOUNT}`,
    `QueueEndpoint=http://${LOOPBACK}:${ports.queue}/${ACCOUNT}`,
  ].join(';');
}

/** Path of a package's command, from its package.json, so that no shell and no PATH come into it. */
function binOf(packageName: string, command: string): string {
  const manifest = require.resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> };
  const script = bin[command];
  if (script === undefined) throw new Error(`${packageName} has no command named ${command}`);
  return join(dirname(manifest), script);
}

interface FolderMark {
  readonly pid: number;
  readonly port: number;
}

function markOf(folder: string): string {
  return join(folder, 'in-use.json');
}

function markFolder(folder: string, mark: FolderMark): void {
  writeFileSync(markOf(folder), JSON.stringify(mark));
}

async function requireUnusedFolder(folder: string): Promise<void> {
  const mark = readMark(folder);
  // A process that was killed leaves its mark behind, so the mark counts only while its port answers.
  if (mark && isAlive(mark.pid) && (await somethingAnswers(mark.port))) {
    throw new DataFolderInUseError(folder, mark.pid);
  }
}

function readMark(folder: string): FolderMark | null {
  try {
    const mark = JSON.parse(readFileSync(markOf(folder), 'utf8')) as Partial<FolderMark>;
    return typeof mark.pid === 'number' && typeof mark.port === 'number'
      ? { pid: mark.pid, port: mark.port }
      : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
