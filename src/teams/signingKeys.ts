import { importJWK, type JWK, type KeyLike } from 'jose';
import { z } from 'zod';

/** A key that the Bot Framework signs with, and the channels whose requests it may sign. */
export interface SigningKey {
  readonly key: KeyLike | Uint8Array;
  readonly endorsements: readonly string[];
}

/** The keys can't be had just now: nothing is known about any token, good or bad. */
export class NoKeys extends Error {
  override readonly name = 'NoKeys';
}

/** Gives the key of an id; null when there is none of that id. Throws {@link NoKeys}. */
export type FindKey = (kid: string) => Promise<SigningKey | null>;

const metadataSchema = z.object({ jwks_uri: z.url().max(1000) });
const keysSchema = z.object({
  keys: z
    .array(
      z.looseObject({
        kty: z.string(),
        kid: z.string().min(1).max(200),
        endorsements: z.array(z.string().max(100)).max(200).optional(),
      }),
    )
    .max(200),
});

/** The Bot Framework renews its keys within five days and asks to be read once a day (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication). */
const FRESH_MS = 24 * 3_600_000;
const USABLE_MS = 5 * FRESH_MS;
/** An id that is not known has the keys read again, but not more often than this: whoever invents ids must not make us ask all day. */
const AT_MOST_EVERY_MS = 60_000;
const TIMEOUT_MS = 10_000;
const LARGEST_ANSWER = 1_000_000;

/**
 * The keys behind an OpenID metadata address, read when they are first needed and then kept: a day while all is well, up to five when they can't
 * be read again. `now` is the machine's time in milliseconds.
 */
export function makeSigningKeys(metadataUrl: string, now: () => number = Date.now): FindKey {
  let keys: ReadonlyMap<string, SigningKey> | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  const refresh = (): Promise<void> => {
    reading ??= readKeys(metadataUrl)
      .then((found) => {
        keys = found;
        readAt = now();
      })
      .finally(() => {
        reading = null;
      });
    triedAt = now();
    return reading;
  };

  return async (kid) => {
    const age = now() - readAt;
    const mayTry = reading !== null || now() - triedAt >= AT_MOST_EVERY_MS;
    const isWanted = keys === null || age >= FRESH_MS || !keys.has(kid);
    if (isWanted && mayTry) await refresh().catch(() => undefined);
    if (keys === null || now() - readAt >= USABLE_MS)
      throw new NoKeys('the keys that Teams signs with could not be read');
    return keys.get(kid) ?? null;
  };
}

async function readKeys(metadataUrl: string): Promise<Map<string, SigningKey>> {
  const { jwks_uri } = metadataSchema.parse(await readJson(metadataUrl));
  // Only where the metadata itself is: an answer that was tampered with must not send us elsewhere.
  if (new URL(jwks_uri).origin !== new URL(metadataUrl).origin)
    throw new Error('the keys are said to be at another host than the metadata');
  const { keys } = keysSchema.parse(await readJson(jwks_uri));
  const read = await Promise.all(
    keys
      .filter(({ kty }) => kty === 'RSA')
      .map(async ({ endorsements = [], ...jwk }): Promise<[string, SigningKey] | null> => {
        const { kty, kid, n, e } = jwk as JWK;
        // A key that can't be read is as good as none; the others still serve.
        const key = await importJWK({ kty, n, e } as JWK, 'RS256').catch(() => null);
        return key && kid ? [kid, { key, endorsements }] : null;
      }),
  );
  return new Map(read.filter((entry) => entry !== null));
}

async function readJson(url: string): Promise<unknown> {
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok || !response.body) throw new Error(`the answer was ${response.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > LARGEST_ANSWER) throw new Error('the answer is too large');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}
