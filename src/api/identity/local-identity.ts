import { jwtVerify, SignJWT } from 'jose';
import { callerOf, notAuthenticated, verifyingOnce, type Identity } from './identity.js';

export { localSecret } from '../../commands/server-secret.js';

const issuer = 'accord-local';
const audience = 'accord';
const lifetime = '30d';

/** Tokens signed with a secret of our own, for anybody who asks: local mode only. */
export const localIdentity = (secret: Uint8Array): Identity => ({
  verify: verifyingOnce(async (token) => {
    const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], issuer, audience }).catch(() => {
      throw notAuthenticated();
    });
    const { sub, roles, organisation, region, exp } = payload;
    return { caller: callerOf({ issuer, account: sub, roles, organisation, region }), exp: exp ?? 0 };
  }),
  issue: ({ userId, roles, organisation, region }) =>
    new SignJWT({ roles, organisation, region })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(userId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(lifetime)
      .sign(secret),
});
