import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { Problem } from '../http/problem.js';
import { callerOf, notAuthenticated, verifyingOnce, type Identity } from './identity.js';

export interface OidcOptions {
  /** As in the tokens' `iss`; its discovery document names the keys. */
  issuer: string;
  /** As in the tokens' `aud`. */
  audience: string;
  /** Where the keys are; default: as the issuer's discovery document says. */
  jwksUrl?: string | undefined;
  /** Claims that carry roles, organisation and region; dots lead into objects, such as `realm_access.roles`. */
  claims: { roles: string; organisation: string; region: string };
}

/** Signatures by a public key only: a shared secret or no signature is never accepted. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const claimAt = (payload: JWTPayload, path: string): unknown =>
  Object.hasOwn(payload, path)
    ? payload[path]
    : path
        .split('.')
        .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], payload);

/** The issuer's keys cannot be had: not the caller's fault. */
const noKeys = (): Problem => new Problem('unavailable', { headers: { 'retry-after': '5' } });

const discover = async (issuer: string): Promise<URL> => {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
  const { jwks_uri: jwks } = (await response.json()) as { jwks_uri?: string };
  if (!response.ok || jwks === undefined) throw new Error('no jwks_uri');
  return new URL(jwks);
};

/** Tokens of an OpenID Connect issuer, checked by its public keys. */
export const oidcIdentity = ({ issuer, audience, jwksUrl, claims }: OidcOptions): Identity => {
  let keys: Promise<JWTVerifyGetKey> | null = null;
  const keysOnce = (): Promise<JWTVerifyGetKey> => {
    keys ??= (jwksUrl === undefined ? discover(issuer) : Promise.resolve(new URL(jwksUrl))).then((url) =>
      createRemoteJWKSet(url),
    );
    keys.catch(() => (keys = null));
    return keys;
  };
  return {
    verify: verifyingOnce(async (token) => {
      const found = await keysOnce().catch(() => {
        throw noKeys();
      });
      const { payload } = await jwtVerify(token, found, {
        algorithms,
        issuer,
        audience,
        requiredClaims: ['sub', 'exp'],
        clockTolerance: 5,
      }).catch((error: unknown) => {
        const theirs = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
        throw theirs ? notAuthenticated() : noKeys();
      });
      const caller = callerOf({
        issuer,
        account: payload.sub,
        roles: claimAt(payload, claims.roles),
        organisation: claimAt(payload, claims.organisation),
        region: claimAt(payload, claims.region),
      });
      return { caller, exp: payload.exp! };
    }),
  };
};
