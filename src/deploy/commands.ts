import { createWriteStream, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gunzipSync } from 'node:zlib';
import type { Command } from 'commander';
import { ConfigError, readConfig, readStorage, type Storage } from '../config';
import { bankHolidaysOf } from '../schedule/bankHolidays';
import { BackupError, backupLines, readBackup, restoreBackup } from '../storage/backup';
import type { Identity } from '../teams/adapter';
import { openTables, openWorkQueue, systemClock, type Tables, wireStores } from '../wiring';
import {
  checkApp,
  checkKeys,
  checkPlans,
  checkSignIn,
  checkStorage,
  checkUrl,
  describeFindings,
  type Finding,
  look,
} from './doctor';
import { fillManifest, zipTeamsApp } from './teamsPackage';

/** Where Teams says which keys it signs with (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication). */
const KEYS = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
/** What a bot asks a token for. */
const SCOPE = 'https://api.botframework.com/.default';

/** The project's top folder, from `src/deploy` and from `dist/src/deploy` alike. */
const TOP = [resolve(__dirname, '..', '..'), resolve(__dirname, '..', '..', '..')];

/** Adds `steward package` and `steward doctor`. `readStorage` gives the storage that the command line was told of; null when none. */
export function addDeployCommands(
  program: Command,
  print: (text: string) => void,
  storageGiven: () => Storage | null,
): void {
  program
    .command('package')
    .description('makes the zip that is uploaded to Teams')
    .requiredOption('--bot-id <guid>', 'the bot’s application (client) id')
    .option('--app-id <guid>', 'the Teams app’s own id; the bot’s when not given')
    .option('--name <name>', 'what people see beside its messages', 'Steward')
    .requiredOption('--developer <name>', 'who runs it: the council’s name')
    .requiredOption('--website <url>', 'a page about it')
    .requiredOption('--privacy <url>', 'the privacy notice')
    .requiredOption('--terms <url>', 'the terms of use')
    .option('--out <file>', 'where it is written', 'dist/steward-teams.zip')
    .action(
      async (
        options: Readonly<
          Record<'botId' | 'name' | 'developer' | 'website' | 'privacy' | 'terms' | 'out', string>
        > & { appId?: string },
      ) => {
        const { version } = JSON.parse(read('package.json').toString()) as { version: string };
        const manifest = fillManifest(read('appPackage/manifest.json').toString(), {
          ...options,
          appId: options.appId ?? options.botId,
          version,
        });
        const icons = { color: read('appPackage/color.png'), outline: read('appPackage/outline.png') };
        const zip = await zipTeamsApp(manifest, icons);
        mkdirSync(dirname(resolve(options.out)), { recursive: true });
        writeFileSync(options.out, zip);
        print(
          `Wrote ${options.out}, version ${version}. Upload it in the Teams admin centre: Teams apps > Manage apps > Upload new app.`,
        );
      },
    );

  program
    .command('doctor')
    .description(
      'looks at a deployment and says what is wrong, in words; reads the same settings as npm start',
    )
    .option('--url <url>', 'the address that Teams calls, without /api/messages')
    .option('--app <zip>', 'the zip that was uploaded to Teams')
    .action(async (options: { url?: string; app?: string }) => {
      const findings = await examine(options, storageGiven());
      print(describeFindings(findings));
      // A request that nobody waits for any more would hold the process for minutes.
      process.exit(findings.some(({ state }) => state === 'wrong') ? 1 : 0);
    });
}

/** Adds `steward backup` and `steward restore`. `open` gives the storage that the command line was told of. */
export function addBackupCommands(
  program: Command,
  print: (text: string) => void,
  open: () => Promise<Tables>,
): void {
  program
    .command('backup')
    .description('writes a plan, or all plans, with their months, people and audit into one file')
    .requiredOption(
      '--out <file>',
      'where it is written, gzipped; it holds names and narratives, so only you may read it',
    )
    .option('--plan <id>', 'one plan; all when not given')
    .action(async ({ out, plan }: { out: string; plan?: string }) => {
      const lines = backupLines(await open(), systemClock.now(), plan ?? null);
      const partial = `${out}.part`;
      await pipeline(
        Readable.from(withLineEnds(lines)),
        createGzip(),
        createWriteStream(partial, { mode: 0o600 }),
      );
      // Only a backup that is whole gets its name.
      renameSync(partial, out);
      print(`Wrote ${out}.`);
    });

  program
    .command('restore')
    .description('puts a backup into storage that does not have its plans; whole or not at all')
    .argument('<file>', 'what `steward backup` wrote')
    .action(async (file: string) => {
      const backup = readBackup(readGzip(file).split('\n'));
      await restoreBackup(await open(), backup);
      print(
        `Restored as of ${backup.at}: ${backup.plans.length} plans, ${backup.rows.length} rows. Look with: steward doctor`,
      );
    });
}

async function* withLineEnds(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

/** Most that a backup may unpack to, in bytes: a plan of 10,000 actions with ten years of updates has a tenth of it. */
const LARGEST_BACKUP = 1_000_000_000;

function readGzip(file: string): string {
  try {
    return gunzipSync(readFileSync(file), { maxOutputLength: LARGEST_BACKUP }).toString();
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new BackupError(
      missing ? `There is no file ${file}.` : 'The file is no backup of Steward’s, or it is damaged.',
    );
  }
}

async function examine(options: { url?: string; app?: string }, given: Storage | null): Promise<Finding[]> {
  const settings = readSettings();
  const findings: Finding[] = [...settings.findings];
  const { url, app } = options;
  const storage = given ?? settings.storage;
  if (storage) {
    const toDo =
      'See “Storage” in docs/deploy.md: the account’s name, its network rules, and the two roles of the identity.';
    findings.push(
      ...(await look('storage', toDo, async () => {
        const tables = await openTables(storage);
        const stored = await checkStorage(tables.plans);
        const stores = { ...wireStores(tables, systemClock), isBankHoliday: bankHolidaysOf('England') };
        return [...stored, ...(await checkPlans(stores))];
      })),
      ...(await look('the queue', toDo, async () => {
        await (await openWorkQueue(storage)).ping();
        return [{ about: 'the queue', state: 'right', says: 'It answers.' }];
      })),
    );
  }
  const { identity } = settings;
  if (identity)
    findings.push(
      ...(await look('the bot’s sign-in', signInAdvice(identity), () =>
        checkSignIn(() => tokenOf(identity)),
      )),
    );
  findings.push(
    ...(await look('Teams’ signing keys', 'Let the machine reach login.botframework.com over https.', () =>
      checkKeys(KEYS),
    )),
  );
  if (url)
    findings.push(
      ...(await look(
        `Steward at ${url}`,
        'Is the address right, is it running, can it be reached from here?',
        () => checkUrl(url),
      )),
    );
  if (app && identity && identity.kind !== 'open')
    findings.push(
      ...(await look('the Teams app', 'Make it with: npm run package', () =>
        checkApp(readFileSync(app), identity.appId),
      )),
    );
  return findings;
}

function readSettings(): { identity: Identity | null; storage: Storage | null; findings: Finding[] } {
  try {
    const { identity, storage } = readConfig(process.env);
    return {
      identity,
      storage,
      findings: [{ about: 'the settings', state: 'right', says: 'All are there.' }],
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      identity: null,
      // Looked at all the same, where it is named.
      storage: readStorage(process.env, []),
      findings: error.faults.map(
        (fault): Finding => ({ about: 'the settings', state: 'wrong', says: fault }),
      ),
    };
  }
}

function signInAdvice(identity: Identity): string {
  return identity.kind === 'managed'
    ? 'A managed identity answers on its own machine alone: run the doctor there (docs/deploy.md, “The doctor”).'
    : 'Look at BOT_APP_ID, BOT_TENANT_ID and BOT_APP_SECRET (or the certificate): is the secret’s value (not its id) given, and has it not run out?';
}

async function tokenOf(identity: Identity): Promise<string> {
  const { ClientCertificateCredential, ClientSecretCredential, ManagedIdentityCredential } = await import(
    '@azure/identity'
  );
  switch (identity.kind) {
    case 'open':
      return '';
    case 'managed':
      return (await new ManagedIdentityCredential({ clientId: identity.appId }).getToken(SCOPE)).token;
    case 'single-tenant': {
      const { tenant, appId, proof } = identity;
      const credential =
        proof.kind === 'secret'
          ? new ClientSecretCredential(tenant, appId, proof.secret)
          : new ClientCertificateCredential(tenant, appId, { certificate: proof.pem });
      return (await credential.getToken(SCOPE)).token;
    }
  }
}

/** A file of the project, wherever it runs from. */
function read(path: string): Buffer {
  for (const top of TOP) {
    try {
      return readFileSync(join(top, path));
    } catch {
      // Not there: the other place it may be.
    }
  }
  throw new Error(`${path} is not beside the program: run it from the project that was cloned`);
}
