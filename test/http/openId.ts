import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Issuer } from '../../src/teams/inboundToken';

/** A loopback stand-in for the Bot Framework's OpenID server, with real keys, that signs real tokens. */
export interface OpenId extends Issuer {
  /** How often the keys were read. */
  readonly reads: () => number;
  /** From now on, the keys can't be read (or can again). */
  fail(fails: boolean): void;
  /** Makes a new key with these endorsements, published from now on. */
  addKey(kid: string, endorsements?: readonly string[]): Promise<void>;
  /** Signs with a published key, or with one that only says it is. */
  sign(claims: JWTPayload, how?: { readonly kid?: string; readonly withAnother?: boolean }): Promise<string>;
  /** The public key of an id, as it is published. */
  publicKey(kid: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

/** Starts it on loopback, with one key, `one`, endorsed for Teams. */
export async function startOpenId(): Promise<OpenId> {
  const pairs = new Map<string, { readonly pair: Pair; readonly endorsements: readonly string[] }>();
  const another = await generateKeyPair('RS256', { extractable: true });
  let reads = 0;
  let fails = false;
  const jwk = async (kid: string) => {
    const kept = pairs.get(kid);
    if (!kept) throw new Error(`no key ${kid}`);
    const key = await exportJWK(kept.pair.publicKey);
    return { ...key, kid, x5t: kid, use: 'sig', endorsements: kept.endorsements };
  };
  const server = createServer((request, response) => {
    const answer = async () => {
      if (fails) return { status: 503, body: {} };
      if (request.url === '/metadata')
        return { status: 200, body: { issuer: ISSUER, jwks_uri: `${base()}/keys` } };
      reads += 1;
      return { status: 200, body: { keys: await Promise.all([...pairs.keys()].map(jwk)) } };
    };
    void answer().then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const addKey: OpenId['addKey'] = async (kid, endorsements = ['msteams', 'webchat']) => {
    pairs.set(kid, { pair: await generateKeyPair('RS256', { extractable: true }), endorsements });
  };
  await addKey('one');
  return {
    metadataUrl: `${base()}/metadata`,
    issuer: ISSUER,
    reads: () => reads,
    fail: (now) => {
      fails = now;
    },
    addKey,
    sign: (claims, { kid = 'one', withAnother = false } = {}) => {
      const key = withAnother ? another.privateKey : pairs.get(kid)?.pair.privateKey;
      if (!key) throw new Error(`no key ${kid}`);
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid, x5t: kid }).sign(key);
    },
    publicKey: jwk,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const ISSUER = 'https://api.botframework.com';
