import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { type FindKey, makeSigningKeys, NoKeys } from './signingKeys';

/** Who signs what Teams sends, and where the keys are published. */
export interface Issuer {
  readonly metadataUrl: string;
  readonly issuer: string;
}

/** Microsoft's public cloud (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication). */
export const BOT_FRAMEWORK: Issuer = {
  metadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  issuer: 'https://api.botframework.com',
};

/** What a good token says: where the sender answers. Only {@link makeTokenCheck} makes one. */
export interface Proof {
  readonly kind: 'token';
  /** The `serviceurl` claim: the only address that an activity under this token may be answered at. */
  readonly serviceUrl: string;
}

/** What became of a request's token, by its head alone. `why` is a word for the log; it holds nothing of the token. */
export type TokenVerdict =
  | { readonly outcome: 'good'; readonly proof: Proof }
  | { readonly outcome: 'bad'; readonly why: string }
  /** The keys can't be read, so nothing can be said of the token. */
  | { readonly outcome: 'unknown'; readonly why: string };

export type TokenCheck = (authorization: string | undefined) => Promise<TokenVerdict>;

/** How far clocks may differ, in seconds: what the protocol asks for. */
const SKEW_SECONDS = 300;
/** Longest header that is looked at, in characters; Teams' tokens have about 1,500. */
const LONGEST = 16_000;
/** The channel that a key must be endorsed for. */
const TEAMS = 'msteams';

/**
 * Checks the token of a request before anything else of it is read: RS256 alone, by a key that is published at the issuer's address and
 * endorsed for Teams, from the issuer, for this bot, within its time (give or take five minutes), naming the service that it is from.
 */
export function makeTokenCheck(
  appId: string,
  { metadataUrl, issuer }: Issuer = BOT_FRAMEWORK,
  findKey: FindKey = makeSigningKeys(metadataUrl),
): TokenCheck {
  return async (authorization) => {
    const [, token] =
      /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec((authorization ?? '').slice(0, LONGEST)) ?? [];
    if (!token) return bad(authorization ? 'no bearer token' : 'no token');
    try {
      const { alg, kid } = decodeProtectedHeader(token);
      // Before a key is looked up: no other algorithm is even asked about, so no public key can serve as a shared secret.
      if (alg !== 'RS256') return bad('another algorithm');
      if (typeof kid !== 'string') return bad('no key id');
      const found = await findKey(kid);
      if (!found) return bad('unknown key');
      if (!found.endorsements.includes(TEAMS)) return bad('a key that is not endorsed for Teams');
      const { payload } = await jwtVerify(token, found.key, {
        algorithms: ['RS256'],
        issuer,
        audience: appId,
        clockTolerance: SKEW_SECONDS,
        requiredClaims: ['exp'],
      });
      const serviceUrl = serviceUrlOf(payload);
      return serviceUrl === null
        ? bad('no service URL')
        : { outcome: 'good', proof: { kind: 'token', serviceUrl } };
    } catch (error) {
      if (error instanceof NoKeys) return { outcome: 'unknown', why: error.message };
      return bad(reasonOf(error));
    }
  };
}

function serviceUrlOf(payload: JWTPayload): string | null {
  const { serviceurl } = payload;
  return typeof serviceurl === 'string' && serviceurl !== '' ? serviceurl : null;
}

function bad(why: string): TokenVerdict {
  return { outcome: 'bad', why };
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `not right: ${error.claim}`;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong signature';
  return 'not readable';
}
