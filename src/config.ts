import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Identity } from './teams/adapter';

/** What `npm start` needs to know, from the environment. */
export interface Config {
  readonly identity: Exclude<Identity, { kind: 'open' }>;
  /** Whose people may speak to Steward: tenants' ids in lower case. */
  readonly tenants: readonly string[];
  readonly storage: Storage;
  readonly port: number;
  readonly logLevel: string;
  /** BCP 47 tag of the language that Steward speaks: `en`, `cy`. */
  readonly language: string;
}

/** Where plans are kept: a connection string, or an account reached with the machine's own identity. */
export type Storage =
  | { readonly kind: 'connection'; readonly connection: string }
  | { readonly kind: 'account'; readonly account: string };

/** Something in the environment that is missing or wrong; `message` lists every fault, each with what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(`Steward can't start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}\nSee docs/deploy.md.`);
  }
}

/**
 * What is wrong with a connection string, in a sentence that does not repeat it; null when nothing is. One that names its services' endpoints
 * must name both that Steward uses.
 */
export function faultOfConnection(connection: string): string | null {
  const has = (name: string): boolean => new RegExp(`(^|;)\\s*${name}\\s*=\\s*[^;\\s]`, 'i').test(connection);
  if (has('TableEndpoint') && !has('QueueEndpoint'))
    return 'The storage connection string names a TableEndpoint and no QueueEndpoint: Steward shares its work out through a queue of the same account. Add QueueEndpoint=…';
  if (has('QueueEndpoint') && !has('TableEndpoint'))
    return 'The storage connection string names a QueueEndpoint and no TableEndpoint: Steward keeps its plans in tables. Add TableEndpoint=…';
  return null;
}

const guid = z.guid();

/** Reads production's configuration. Throws a {@link ConfigError} that names all faults at once. There is no open mode here. */
export function readConfig(env: Env): Config {
  const faults: string[] = [];
  const need = (name: string, what: string, schema: z.ZodType<string> = z.string().min(1)): string => {
    const value = env[name]?.trim() ?? '';
    if (value === '') faults.push(`${name} is not set: ${what}.`);
    else if (!schema.safeParse(value).success) faults.push(`${name} is not right: ${what}.`);
    return value;
  };
  const type = readType(env, faults);
  const appId = need('BOT_APP_ID', "the bot's application (client) id, a GUID", guid);
  const tenant = need('BOT_TENANT_ID', "the id of the bot's tenant, a GUID", guid).toLowerCase();
  const identity = readIdentity(env, type, appId, tenant, faults);
  const tenants = readTenants(env, tenant, faults);
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    faults.push(
      'NODE_TLS_REJECT_UNAUTHORIZED is 0: then anybody could answer as Microsoft. Take it out; for a proxy of your own, name its certificate in NODE_EXTRA_CA_CERTS.',
    );
  const storage = readStorage(env, faults);
  const port = z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .safeParse(env.PORT ?? '3978');
  if (!port.success) faults.push('PORT is not right: a number from 1 to 65535.');
  const level = z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .safeParse(env.LOG_LEVEL ?? 'info');
  if (!level.success) faults.push('LOG_LEVEL is not right: fatal, error, warn, info, debug or silent.');
  const language = z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)
    .safeParse(env.LANGUAGE?.trim() || 'en');
  if (!language.success) faults.push('LANGUAGE is not right: the tag of a language, "en" or "cy".');
  if (faults.length > 0 || !port.success || !level.success || !language.success || !storage || !identity)
    throw new ConfigError(faults);
  return {
    identity,
    tenants,
    storage,
    port: port.data,
    logLevel: level.data,
    language: language.data,
  };
}

type Env = Readonly<Record<string, string | undefined>>;

/** What kind of bot it is, in our words or in Azure's (`SingleTenant`, `UserAssignedMSI`). */
function readType(env: Env, faults: string[]): 'single-tenant' | 'managed' | null {
  const written = env.BOT_TYPE?.trim() || 'single-tenant';
  switch (written.toLowerCase().replace(/[^a-z]/g, '')) {
    case 'singletenant':
      return 'single-tenant';
    case 'managed':
    case 'userassignedmsi':
      return 'managed';
    case 'multitenant':
      faults.push(
        'BOT_TYPE is multi-tenant, which Azure has not made since July 2025: register the bot as single-tenant, or with a user-assigned managed identity.',
      );
      return null;
    default:
      faults.push(
        'BOT_TYPE is not right: "single-tenant" (an app with a secret or a certificate) or "managed" (a user-assigned managed identity).',
      );
      return null;
  }
}

function readIdentity(
  env: Env,
  type: ReturnType<typeof readType>,
  appId: string,
  tenant: string,
  faults: string[],
): Config['identity'] | null {
  const secret = env.BOT_APP_SECRET?.trim() ?? '';
  const file = env.BOT_APP_CERTIFICATE_FILE?.trim() ?? '';
  if (type === 'managed') {
    if (secret !== '' || file !== '')
      faults.push(
        'BOT_APP_SECRET or BOT_APP_CERTIFICATE_FILE is set, and a managed identity has neither: take it out.',
      );
    return { kind: 'managed', appId, tenant };
  }
  if (type === null) return null;
  if (secret !== '' && file !== '') {
    faults.push('BOT_APP_SECRET and BOT_APP_CERTIFICATE_FILE are both set: keep one.');
    return null;
  }
  if (secret === '' && file === '') {
    faults.push(
      "BOT_APP_SECRET is not set: the bot application's client secret (or BOT_APP_CERTIFICATE_FILE, a PEM file with its certificate and private key).",
    );
    return null;
  }
  if (secret !== '') return { kind: 'single-tenant', appId, tenant, proof: { kind: 'secret', secret } };
  const certificate = readCertificate(file);
  if (typeof certificate === 'string') {
    faults.push(`BOT_APP_CERTIFICATE_FILE is not right: ${certificate}.`);
    return null;
  }
  return { kind: 'single-tenant', appId, tenant, proof: { kind: 'certificate', ...certificate } };
}

/** A certificate and its private key from one PEM file; or what is wrong with it, without a word of what stands in it. */
function readCertificate(
  file: string,
): { readonly thumbprint: string; readonly key: string; readonly pem: string } | string {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    return `${file} can't be read (${String((error as NodeJS.ErrnoException).code)})`;
  }
  try {
    const certificate = new X509Certificate(pem);
    const key = createPrivateKey(pem);
    if (!certificate.checkPrivateKey(key)) return `in ${file} the private key is not the certificate's`;
    return {
      thumbprint: certificate.fingerprint.replaceAll(':', ''),
      key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      pem,
    };
  } catch {
    return `${file} holds no certificate with an unlocked private key, both as PEM`;
  }
}

/** The tenants on the list: the bot's own where nothing is said. */
function readTenants(env: Env, own: string, faults: string[]): string[] {
  const written = (env.TENANTS ?? '')
    .split(/[\s,;]+/)
    .filter((id) => id !== '')
    .map((id) => id.toLowerCase());
  const wrong = written.filter((id) => !guid.safeParse(id).success);
  if (wrong.length > 0)
    faults.push(
      `TENANTS is not right: ids of tenants (GUIDs) with commas between; these are none: ${wrong.join(', ').slice(0, 200)}.`,
    );
  return written.length > 0 ? [...new Set(written)] : [own];
}

/** Reads where plans are kept: what the command line needs as well. */
export function readStorage(env: Env, faults: string[]): Storage | null {
  const connection = env.STORAGE_CONNECTION_STRING?.trim() ?? '';
  const account = env.STORAGE_ACCOUNT?.trim() ?? '';
  if (connection !== '' && account !== '') {
    faults.push('STORAGE_CONNECTION_STRING and STORAGE_ACCOUNT are both set: keep one.');
    return null;
  }
  if (connection !== '') {
    const fault = faultOfConnection(connection);
    if (fault) faults.push(`STORAGE_CONNECTION_STRING is not right. ${fault}`);
    return fault ? null : { kind: 'connection', connection };
  }
  if (/^[a-z0-9]{3,24}$/.test(account)) return { kind: 'account', account };
  faults.push(
    account === ''
      ? "STORAGE_ACCOUNT is not set: the name of a storage account that this machine's identity may use (or STORAGE_CONNECTION_STRING, a connection string)."
      : 'STORAGE_ACCOUNT is not right: 3 to 24 lower-case letters and digits.',
  );
  return null;
}
