import { z } from 'zod';
import type { Identity } from './teams/adapter';

/** What `npm start` needs to know, from the environment. */
export interface Config {
  readonly identity: Identity;
  readonly storage: Storage;
  readonly port: number;
  readonly logLevel: string;
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

const guid = z.guid();

/** Reads production's configuration. Throws a {@link ConfigError} that names all faults at once. There is no open mode here. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const need = (name: string, what: string, schema: z.ZodType<string> = z.string().min(1)): string => {
    const value = env[name]?.trim() ?? '';
    if (value === '') faults.push(`${name} is not set: ${what}.`);
    else if (!schema.safeParse(value).success) faults.push(`${name} is not right: ${what}.`);
    return value;
  };
  const type = (env.BOT_TYPE ?? 'single-tenant').trim();
  if (type !== 'single-tenant' && type !== 'managed')
    faults.push(
      'BOT_TYPE is not right: "single-tenant" (an app with a secret) or "managed" (a user-assigned managed identity).',
    );
  const appId = need('BOT_APP_ID', "the bot's application (client) id, a GUID", guid);
  const tenant = need('BOT_TENANT_ID', "the id of the bot's tenant, a GUID", guid);
  const password = type === 'managed' ? '' : need('BOT_APP_SECRET', "the bot application's client secret");
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
  if (faults.length > 0 || !port.success || !level.success || !storage) throw new ConfigError(faults);
  return {
    identity:
      type === 'managed'
        ? { kind: 'managed', appId, tenant }
        : { kind: 'single-tenant', appId, tenant, password },
    storage,
    port: port.data,
    logLevel: level.data,
  };
}

/** Reads where plans are kept: what the command line needs as well. */
export function readStorage(
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): Storage | null {
  const connection = env.STORAGE_CONNECTION_STRING?.trim() ?? '';
  const account = env.STORAGE_ACCOUNT?.trim() ?? '';
  if (connection !== '' && account !== '') {
    faults.push('STORAGE_CONNECTION_STRING and STORAGE_ACCOUNT are both set: keep one.');
    return null;
  }
  if (connection !== '') return { kind: 'connection', connection };
  if (/^[a-z0-9]{3,24}$/.test(account)) return { kind: 'account', account };
  faults.push(
    account === ''
      ? "STORAGE_ACCOUNT is not set: the name of a storage account that this machine's identity may use (or STORAGE_CONNECTION_STRING, a connection string)."
      : 'STORAGE_ACCOUNT is not right: 3 to 24 lower-case letters and digits.',
  );
  return null;
}
