import { freePort } from '../../src/local/ports.js';
import { migrate } from '../../src/store/migrate.js';
import { newMasterKey } from '../../src/store/sealing/master-keys.js';
import { runTypeScript } from '../support/processes.js';
import { freshDatabase, testFolder } from '../support/services.js';

/** The production entry, as a process of its own. */
const start = (env: Record<string, string>) => runTypeScript('src/api/main.ts', [], { ACCORD_MODE: '', ...env });

test('without what it needs it says so and ends', async () => {
  const api = start({ DATABASE_URL: 'postgresql://u:hidden@127.0.0.1:9/x' });
  expect(await api.exitCode()).toBe(1);
  expect(api.lines.join('\n')).toMatch(/OIDC_ISSUER[^]*OIDC_AUDIENCE[^]*ACCORD_MASTER_KEY/);
  expect(api.lines.join('\n')).not.toContain('hidden');
});

test('answers without Temporal, gives no tokens away, and ends cleanly within 10 s of SIGTERM', async () => {
  const database = await freshDatabase('api_main');
  await migrate(database.databaseAdminUrl, () => undefined);
  const port = await freePort();
  const api = start({
    DATABASE_URL: database.databaseUrl,
    TEMPORAL_ADDRESS: '127.0.0.1:9',
    PORT: String(port),
    ACCORD_HOME: testFolder('api_main'),
    OIDC_ISSUER: 'http://127.0.0.1:9',
    OIDC_AUDIENCE: 'accord',
    ACCORD_MASTER_KEY: newMasterKey().toString('base64'),
  });
  try {
    const url = `http://127.0.0.1:${port}`;
    const live = async () => (await fetch(`${url}/health/live`).catch(() => null))?.status;
    for (let tries = 0; tries < 200 && (await live()) !== 200 && api.process.exitCode === null; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await live()).toBe(200);
    expect(await (await fetch(`${url}/health/ready`)).json()).toMatchObject({ status: 'degraded' });
    const token = await fetch(`${url}/v1/local/tokens`, { method: 'POST', body: '{}' });
    expect(token.status).toBe(404);
    const since = Date.now();
    api.process.kill('SIGTERM');
    expect(await api.exitCode()).toBe(0);
    expect(Date.now() - since).toBeLessThan(10_000);
  } finally {
    api.process.kill('SIGKILL');
    await database.drop();
  }
});
