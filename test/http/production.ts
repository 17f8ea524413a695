import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { makeLog } from '../../src/log';
import { MemoryQueue } from '../../src/storage/memoryQueue';
import { MemoryTable } from '../../src/storage/memoryTable';
import { type RunningBot, startBot, systemClock } from '../../src/wiring';
import { CountingTable } from '../fakes/tables';
import { type OpenId, startOpenId } from './openId';

export const APP_ID = '22222222-2222-4222-8222-222222222222';
export const TENANT = '11111111-1111-4111-8111-111111111111';
export const OTHER_TENANT = '99999999-9999-4999-8999-999999999999';
/** A plan that nobody has. */
export const NO_PLAN = 'ffffffffffffffffffffffffffffffff';
export const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';

/** Steward as production starts it, but for where it reads the keys, and tables in memory that say what they were asked. */
export interface Production {
  readonly openId: OpenId;
  readonly bot: RunningBot;
  readonly url: string;
  readonly port: number;
  readonly tables: { readonly plans: CountingTable; readonly people: CountingTable };
  /** Everything that was logged, a line each. */
  readonly logged: string[];
  /** Claims of a good token, with others over them. */
  claims(over?: Record<string, unknown>): Record<string, unknown>;
  close(): Promise<void>;
}

export async function startProduction(
  more: Partial<Pick<Parameters<typeof startBot>[0], 'limits' | 'patience' | 'tenants' | 'floodMs'>> = {},
): Promise<Production> {
  const openId = await startOpenId();
  const tables = {
    plans: new CountingTable(new MemoryTable()),
    people: new CountingTable(new MemoryTable()),
  };
  const logged: string[] = [];
  const bot = await startBot({
    tables,
    queue: new MemoryQueue(),
    identity: {
      kind: 'single-tenant',
      appId: APP_ID,
      tenant: TENANT,
      proof: { kind: 'secret', secret: 'not-a-secret-of-anybody' },
    },
    tenants: [TENANT],
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    log: makeLog('info', linesInto(logged)),
    play: null,
    issuer: openId,
    ...more,
  });
  const { port } = bot.server.server.address() as AddressInfo;
  return {
    openId,
    bot,
    port,
    url: `http://127.0.0.1:${port}/api/messages`,
    tables,
    logged,
    claims: (over = {}) => {
      const now = Math.floor(Date.now() / 1000);
      return { iss: openId.issuer, aud: APP_ID, nbf: now, exp: now + 3600, serviceurl: SERVICE_URL, ...over };
    },
    close: async () => {
      await bot.stop();
      await openId.close();
    },
  };
}

/** A log's destination that keeps its lines. */
export function linesInto(lines: string[]): Writable {
  return new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk).trim());
      done();
    },
  });
}

/** An invoke that is answered without anything being sent to Teams. */
export function invokeFrom(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: '1',
    channelId: 'msteams',
    serviceUrl: SERVICE_URL,
    from: { id: '29:somebody', aadObjectId: '00000000-0000-4000-8000-0000000000aa', name: 'Somebody' },
    recipient: { id: `28:${APP_ID}` },
    conversation: { id: 'a:chat', conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    value: {
      action: {
        type: 'Action.Execute',
        verb: 'month',
        data: { verb: 'month', plan: NO_PLAN, period: '2023-09' },
      },
    },
    ...over,
  };
}
