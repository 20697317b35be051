import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/api/config.js';
import { ConfigProblem } from '../../src/commands/environment.js';
import { readWorkerConfig } from '../../src/worker/config.js';
import { localSecret } from '../../src/api/identity/local-identity.js';

const database = { DATABASE_URL: 'postgresql://accord_app:secret@db:5432/accord' };

test('defaults of local mode and of production', () => {
  expect(readConfig({ ...database, ACCORD_MODE: 'local' })).toMatchObject({
    mode: 'local',
    port: 3000,
    home: '.accord',
    temporal: { address: '127.0.0.1:7233', namespace: 'default' },
    oidc: null,
  });
  expect(
    readConfig({ ...database, OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'accord', ACCORD_MASTER_KEY: 'k' }),
  ).toMatchObject({ mode: 'production', oidc: { issuer: 'https://id.example', claims: { roles: 'roles' } } });
});

test('what is missing or wrong is named, all at once, without its value', () => {
  const read = () =>
    readConfig({ DATABASE_URL: 'mysql://hidden', PORT: '99999', ACCORD_MODE: 'production', LOG_LEVEL: 'loud' });
  expect(read).toThrow(ConfigProblem);
  try {
    read();
  } catch (error) {
    const { message } = error as Error;
    for (const name of ['DATABASE_URL', 'PORT', 'LOG_LEVEL', 'OIDC_ISSUER', 'OIDC_AUDIENCE', 'ACCORD_MASTER_KEY'])
      expect(message).toContain(name);
    expect(message).not.toMatch(/hidden|99999|loud/);
  }
});

test('the worker reads its own in the same way', () => {
  expect(readWorkerConfig({ ...database, PORT: '', DATABASE_POOL: '5' })).toMatchObject({
    mode: 'production',
    port: 3001,
    databasePool: 5,
    anchorMinutes: 60,
    secret: undefined,
  });
  expect(() => readWorkerConfig({ ACCORD_ANCHOR_MINUTES: 'hourly', ACCORD_SECRET: 'short' })).toThrow(
    /DATABASE_URL[^]*ACCORD_SECRET[^]*ACCORD_ANCHOR_MINUTES/,
  );
});

test('an empty variable is the same as none', () => {
  expect(readConfig({ ...database, ACCORD_MODE: 'local', PORT: '', LOG_LEVEL: '' }).port).toBe(3000);
});

test('the secret of a home is made once, for its owner only', () => {
  const home = mkdtempSync(join(tmpdir(), 'accord-secret-'));
  try {
    const secret = localSecret(home);
    expect(secret).toHaveLength(32);
    expect(localSecret(home)).toEqual(secret);
    expect(statSync(join(home, 'secret')).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(home, { recursive: true });
  }
});
