import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { newMasterKey } from '../../src/store/sealing/master-keys.js';
import { testApi, wageArrears, type TestApi } from './api.js';

/** An OpenID Connect issuer with one key. */
let issuer: Server;
let address: string;
let key: CryptoKey;
let otherKey: CryptoKey;
let api: TestApi;
const masterKey = newMasterKey().toString('base64');

beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  key = pair.privateKey;
  otherKey = (await generateKeyPair('RS256')).privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  issuer = createServer((request, response) => {
    const body = request.url?.endsWith('openid-configuration')
      ? { issuer: address, jwks_uri: `${address}/keys` }
      : { keys: [jwk] };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  api = await testApi('identity', {
    env: {
      ACCORD_MODE: 'production',
      ACCORD_MASTER_KEY: masterKey,
      OIDC_ISSUER: address,
      OIDC_AUDIENCE: 'accord',
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      OIDC_ORGANISATION_CLAIM: 'org',
    },
  });
});
afterAll(async () => {
  await api.close();
  issuer.closeAllConnections();
  await new Promise((resolve) => issuer.close(resolve));
});

const claims = { realm_access: { roles: ['intake', 'king'] }, org: 'desk', region: '360121' };

const sign = (
  change: { issuer?: string; audience?: string; expires?: string | number; by?: CryptoKey; claims?: object } = {},
) =>
  new SignJWT({ ...claims, ...change.claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .setSubject('account-7')
    .setIssuer(change.issuer ?? address)
    .setAudience(change.audience ?? 'accord')
    .setIssuedAt()
    .setExpirationTime(change.expires ?? '5m')
    .sign(change.by ?? key);

test('there are no local tokens in production', async () => {
  const body = { userId: 'u', roles: ['supervisor'] };
  expect((await api.post('/v1/local/tokens', body)).status).toBe(404);
});

test('roles, organisation and region come out of the claims that are configured', async () => {
  const made = await api.post('/v1/disputes', wageArrears(), await sign());
  expect(made).toMatchObject({ status: 201, body: { owner: { organisation: 'desk' } } });
  const events = await api.get(`${String(made.headers['location'])}/events`, await sign());
  expect(events.body.items[0].actor).toEqual({ kind: 'person', id: 'account-7', role: 'intake', organisation: 'desk' });
});

test('a token without a role we know may do nothing', async () => {
  const token = await sign({ claims: { realm_access: { roles: ['king'] } } });
  expect((await api.post('/v1/disputes', wageArrears(), token)).status).toBe(403);
  expect((await api.get('/v1/disputes', token)).body.items).toEqual([]);
});

test('another issuer, audience or key, and an expired token: 401', async () => {
  for (const change of [{ issuer: 'http://elsewhere' }, { audience: 'other' }, { by: otherKey }, { expires: 1 }])
    expect((await api.get('/v1/disputes', await sign(change))).status).toBe(401);
});

test('a token that was good is refused once it has expired', async () => {
  const token = await sign({ expires: Math.floor(Date.now() / 1000) + 2 });
  expect((await api.get('/v1/disputes', token)).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  expect((await api.get('/v1/disputes', token)).status).toBe(401);
});

test('a token signed with the public key as a shared secret is refused', async () => {
  const forged = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
    .setSubject('x')
    .setIssuer(address)
    .setAudience('accord')
    .setExpirationTime('5m')
    .sign(Buffer.from('a secret that anybody can know, long enough'));
  expect((await api.get('/v1/disputes', forged)).status).toBe(401);
});

test('while the issuer is away: 503 for a new token, and those known are still good', async () => {
  const away = await testApi('identity_away', {
    env: {
      ACCORD_MODE: 'production',
      ACCORD_MASTER_KEY: masterKey,
      OIDC_ISSUER: 'http://127.0.0.1:9',
      OIDC_AUDIENCE: 'accord',
    },
  });
  try {
    const answer = await away.get('/v1/disputes', await sign());
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(answer.headers['retry-after']).toBe('5');
  } finally {
    await away.close();
  }
});
