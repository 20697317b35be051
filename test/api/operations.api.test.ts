import { wageArrears } from './api.js';
import { openWorld, type World } from './handoffs-world.js';

let hasWorker = true;
let world: World;
let intake: string;

beforeAll(async () => {
  world = await openWorld('operations', { engine: { hasWorker: () => Promise.resolve(hasWorker) } });
  intake = await world.token('intake', { userId: '张三的账号' });
});
afterAll(() => world.close());

describe('health', () => {
  test('live and ready need no token', async () => {
    expect((await world.get('/health/live')).body).toEqual({ status: 'live' });
    const ready = await world.get('/health/ready');
    expect(ready).toMatchObject({
      status: 200,
      body: { status: 'ready', checks: { database: 'up', worker: 'up' } },
    });
    expect(ready.headers['cache-control']).toBe('no-store');
  });

  test('without a worker it is degraded, and still takes commands', async () => {
    hasWorker = false;
    const { status, body } = await world.get('/health/ready');
    expect([status, body.status, body.checks.worker]).toEqual([200, 'degraded', 'down']);
    expect((await world.post('/v1/disputes', wageArrears(), intake)).status).toBe(201);
    hasWorker = true;
  });
});

test('the public keys are published as JWK and PEM', async () => {
  const { body } = await world.get('/v1/keys');
  expect(body.keys).toEqual([
    {
      kid: world.deps.keys.current.kid,
      kty: 'OKP',
      crv: 'Ed25519',
      x: expect.stringMatching(/^[\w-]{43}$/),
      alg: 'EdDSA',
      use: 'sig',
      pem: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----/),
      endorsement: null,
    },
  ]);
});

test('metrics count requests by route, commands and appends, and name nobody', async () => {
  const dispute = (await world.post('/v1/disputes', wageArrears(), intake)).body.id;
  await world.get(`/v1/disputes/${dispute}`, intake);
  await world.post(`/v1/disputes/${dispute}/actions/add-note`, { text: '张三来电' }, intake);
  await world.post(`/v1/disputes/${dispute}/actions/resume`, { to: '2026-11-01' }, intake);
  await world.get('/v1/nothing/张三');
  const { status, headers, text } = await world.get('/metrics');
  expect(status).toBe(200);
  expect(headers['content-type']).toMatch(/^text\/plain/);
  const value = (series: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.split(' ')
        .at(-1),
    );
  expect(value('accord_http_requests_total{method="GET",route="/v1/disputes/:id",status="200"}')).toBe(1);
  expect(value('accord_http_requests_total{method="GET",route="unmatched",status="404"}')).toBe(1);
  expect(value('accord_command_duration_seconds_count{action="add-note",result="done"}')).toBe(1);
  expect(value('accord_command_duration_seconds_count{action="resume",result="refused"}')).toBe(1);
  expect(value('accord_store_appends_total{outcome="appended"}')).toBeGreaterThanOrEqual(3);
  expect(value('accord_store_events_total')).toBeGreaterThanOrEqual(3);
  expect(value('accord_drive_queue_depth')).toBe(2);
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
  for (const secret of [dispute, '张三', encodeURIComponent('张三'), '360121', 'desk'])
    expect(text).not.toContain(secret);
});

// Last: it takes the database away.
test('with PostgreSQL away commands are 503 with Retry-After, health too; the process lives', async () => {
  await world.dropDatabase();
  const ready = await world.get('/health/ready');
  expect(ready).toMatchObject({ status: 503, body: { code: 'unavailable', checks: { database: 'down' } } });
  expect(ready.headers['retry-after']).toBe('5');
  for (const answer of [
    await world.post('/v1/disputes', wageArrears(), intake),
    await world.get('/v1/handoffs', intake),
    await world.get('/v1/supervision/stalled', await world.token('supervisor')),
  ]) {
    expect([answer.status, answer.body.code]).toEqual([503, 'unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  }
  expect((await world.get('/health/live')).status).toBe(200);
  const { text } = await world.get('/metrics');
  expect(/result="(unavailable|error)"/.test(text)).toBe(true);
  expect(/^accord_drive_queue_\w+ \d/m.test(text)).toBe(false);
});
