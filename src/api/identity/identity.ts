import { createHash } from 'node:crypto';
import { roles, type Role } from '../../domain/dispute/context.js';
import type { Caller } from '../http/caller.js';
import { Problem } from '../http/problem.js';

/** Who may call, by their token. */
export interface Identity {
  /** Throws a `not-authenticated` problem for a token that does not hold, `unavailable` where the issuer's keys cannot be had. */
  verify(token: string): Promise<Caller>;
  /** Makes a token for anybody; only in local mode. */
  issue?(account: LocalAccount): Promise<string>;
}

export interface LocalAccount {
  userId: string;
  roles: Role[];
  organisation: string | null;
  region: string | null;
}

export const notAuthenticated = (): Problem =>
  new Problem('not-authenticated', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });

/** What a verified token says, before it is believed to be well-formed. */
export interface Claims {
  issuer: unknown;
  account: unknown;
  roles: unknown;
  organisation: unknown;
  region: unknown;
}

// eslint-disable-next-line no-control-regex
const word = /^[^\u0000-\u001f\u007f\p{Surrogate}]{1,200}$/u;
/** GB/T 2260, to the county or down to township and village. */
export const regionPattern = /^(\d{6}|\d{9}|\d{12})$/;

const isRole = (role: unknown): role is Role => (roles as readonly unknown[]).includes(role);
const isWord = (value: unknown): value is string => typeof value === 'string' && word.test(value);

/** The caller as these claims describe; roles that we do not know give no right. Throws `not-authenticated` without an account. */
export const callerOf = (claims: Claims): Caller => {
  const { issuer, account, organisation, region } = claims;
  if (!isWord(account) || typeof issuer !== 'string') throw notAuthenticated();
  const given: unknown[] = Array.isArray(claims.roles) ? claims.roles : [claims.roles];
  const known = given.filter(isRole);
  return {
    requester: {
      account,
      roles: known,
      organisation: isWord(organisation) ? organisation : null,
      region: typeof region === 'string' && regionPattern.test(region) ? region : null,
    },
    issuer,
    kind: known.includes('system') ? 'service' : 'person',
  };
};

/** Most tokens remembered as verified. */
const remembered = 10_000;

/**
 * Verifies each token once: its hash stands for it until it expires. `verify` answers the caller and when the token
 * expires (seconds since 1970).
 */
export const verifyingOnce = (
  verify: (token: string) => Promise<{ caller: Caller; exp: number }>,
): Identity['verify'] => {
  const known = new Map<string, { caller: Caller; exp: number }>();
  return async (token) => {
    const key = createHash('sha256').update(token).digest('base64');
    const found = known.get(key);
    if (found) {
      known.delete(key);
      if (found.exp * 1000 <= Date.now()) throw notAuthenticated();
      known.set(key, found);
      return found.caller;
    }
    const { caller, exp } = await verify(token);
    const verified = { caller: { ...caller, expiresAt: exp * 1000 }, exp };
    // The map keeps the order of use: the first is the one not asked for longest.
    if (known.size >= remembered) known.delete(known.keys().next().value!);
    known.set(key, verified);
    return verified.caller;
  };
};
