import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPublicKeys, openSigningKeys, rotateSigningKey } from '../../src/commands/keys.js';
import { callersFrom } from '../../src/commands/service-callers.js';
import { testFolder } from '../support/services.js';

const bytes = Buffer.from('{"files":[]}\n');

test('a key is made at the first start, kept privately, and signs from then on', () => {
  const home = testFolder('keys');
  const first = openSigningKeys(home, {});
  const file = join(home, 'keys', 'package-signing.pem');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const second = openSigningKeys(home, {});
  expect(second.current).toEqual(first.current);
  expect(verify(null, bytes, createPublicKey(second.current.pem), first.sign(bytes))).toBe(true);
  expect(JSON.stringify(first.all) + readdirSync(join(home, 'keys')).join()).not.toContain('PRIVATE');
});

test('a draft of another container, whose process has the same id, is left alone', () => {
  const home = testFolder('drafts');
  mkdirSync(join(home, 'keys'));
  const draft = join(home, 'keys', `package-signing.pem.${process.pid}`);
  writeFileSync(draft, 'of another container');
  openSigningKeys(home, {});
  rotateSigningKey(home, '2026-11-23T02:00:00.000Z', undefined, {});
  expect(readFileSync(draft, 'utf8')).toBe('of another container');
  expect(readdirSync(join(home, 'keys')).filter((name) => /\.(pem|json)\./.test(name))).toHaveLength(1);
});

test('the public key is written where it is missing, and otherwise left as it is', () => {
  const home = testFolder('public');
  const { kid, pem } = openSigningKeys(home, {}).current;
  const file = join(home, 'keys', `${kid}.pub.pem`);
  const then = new Date('2026-01-01T00:00:00Z');
  utimesSync(file, then, then);
  openSigningKeys(home, {});
  expect(statSync(file).mtime).toEqual(then);
  rmSync(file);
  openSigningKeys(home, {});
  expect(readFileSync(file, 'utf8')).toBe(pem);
});

test('the key id is the RFC 7638 thumbprint: that of RFC 8037 A.3', () => {
  // The Ed25519 key of RFC 8037 appendix A.1, as PKCS#8.
  const seed = Buffer.from('nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', 'base64url');
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const pem = `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----\n`;
  const { current } = openSigningKeys(testFolder('rfc'), { ACCORD_SIGNING_KEY: pem });
  expect(current.jwk.x).toBe('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo');
  expect(current.kid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
});

test('a replaced key stays known; one from the environment is never written', () => {
  const home = testFolder('rotation');
  const old = openSigningKeys(home, {}).current;
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const files = readdirSync(join(home, 'keys')).sort();
  const given = openSigningKeys(home, { ACCORD_SIGNING_KEY: pem.replaceAll('\n', '\\n') });
  expect(given.all).toEqual([given.current, old]);
  expect(readdirSync(join(home, 'keys')).sort()).toEqual(files);
  rmSync(join(home, 'keys', 'package-signing.pem'));
  const next = openSigningKeys(home, {});
  expect(next.current.kid).not.toBe(old.kid);
  expect(next.all).toEqual([next.current, old]);
  expect(readFileSync(join(home, 'keys', `${next.current.kid}.pub.pem`), 'utf8')).toBe(next.current.pem);
});

test('a rotation leaves the former key’s word for the new one, which anybody can check', () => {
  const home = testFolder('endorsed');
  const first = openSigningKeys(home, {});
  const { former, current } = rotateSigningKey(home, '2026-11-23T02:00:00.000Z', undefined, {});
  expect(former.kid).toBe(first.current.kid);
  const keys = openSigningKeys(home, {});
  expect(keys.current).toEqual(current);
  expect(keys.all.map(({ kid }) => kid)).toEqual([current.kid, former.kid]);
  expect(openPublicKeys(home, {})).toEqual(expect.arrayContaining([...keys.all]));

  const { statement, signature } = current.endorsement!;
  expect(JSON.parse(statement)).toEqual({
    kind: 'accord-key',
    format: 1,
    kid: current.kid,
    x: current.jwk.x,
    endorsedBy: former.kid,
    madeAt: '2026-11-23T02:00:00.000Z',
  });
  const holds = (text: string) =>
    verify(null, Buffer.from(text), createPublicKey(former.pem), Buffer.from(signature, 'base64'));
  expect(holds(statement)).toBe(true);
  expect(holds(statement.replace(current.kid, former.kid))).toBe(false);
  expect(readdirSync(join(home, 'keys')).join()).not.toContain('.pem.'); // no draft is left
});

test('where the variable holds the key, the next one is named, and the variable is the operator’s to change', () => {
  const home = testFolder('configured');
  const pem = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const env = { ACCORD_SIGNING_KEY: pem() };
  const at = '2026-11-23T02:00:00.000Z';
  expect(() => rotateSigningKey(home, at, undefined, env)).toThrow(TypeError);
  expect(() => rotateSigningKey(home, at, env.ACCORD_SIGNING_KEY, env)).toThrow('in use already');
  const next = pem();
  const { former, current } = rotateSigningKey(home, at, next, env);
  const keys = openSigningKeys(home, { ACCORD_SIGNING_KEY: next });
  expect(keys.current).toEqual(current);
  expect(keys.all.map(({ kid }) => kid)).toEqual([current.kid, former.kid]);
  for (const file of readdirSync(join(home, 'keys')))
    expect(readFileSync(join(home, 'keys', file), 'utf8')).not.toContain('PRIVATE');
});

test('what is no Ed25519 private key is refused without being quoted', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  for (const wrong of ['secret-nonsense', String(rsa)]) {
    const open = () => openSigningKeys(testFolder('wrong'), { ACCORD_SIGNING_KEY: wrong });
    expect(open).toThrow(TypeError);
    expect(open).not.toThrow(/secret|MII/);
  }
});

describe('service callers', () => {
  const read = (value: unknown) => callersFrom({ ACCORD_SERVICE_CALLERS: JSON.stringify(value) });

  test('come from the environment, else from the setting, else there are none', () => {
    const caller = { roles: ['mediator'], organisation: 'centre', region: '360121' };
    expect({ ...read({ a: caller }) }).toEqual({ a: caller });
    expect({ ...callersFrom({}, { b: { roles: ['intake'] } }) }).toEqual({
      b: { roles: ['intake'], organisation: null, region: null },
    });
    expect({ ...callersFrom({}) }).toEqual({});
    expect(read({})['toString']).toBeUndefined();
  });

  test.each([
    ['the engine’s role', { a: { roles: ['system'] } }],
    ['a party', { a: { roles: ['party'] } }],
    ['an unknown role', { a: { roles: ['king'] } }],
    ['no role', { a: { roles: [] } }],
    ['a region that is none', { a: { roles: ['intake'], region: 'south' } }],
    ['a list', []],
  ])('%s is no service', (_, value) => {
    expect(() => read(value)).toThrow(TypeError);
  });

  test('what is no JSON is refused', () => {
    expect(() => callersFrom({ ACCORD_SERVICE_CALLERS: '{' })).toThrow(TypeError);
  });
});
