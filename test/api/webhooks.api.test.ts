import { createHmac } from 'node:crypto';
import { encodePosition } from '../../src/feed/cursor.js';
import { webhookSecret } from '../../src/feed/signature.js';
import { testApi, wageArrears, type TestApi } from './api.js';

let api: TestApi;
let administrator: string;
let supervisor: string;

beforeAll(async () => {
  api = await testApi('webhooks_api');
  administrator = await api.token('administrator', { region: '100000', organisation: null });
  supervisor = await api.token('supervisor', { organisation: 'MED' });
});
afterAll(() => api.close());

const url = 'http://127.0.0.1:9/hook';
const make = async (body: object = { url }, token = administrator) => {
  const answer = await api.post('/v1/webhooks', body, token);
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body;
};

test('is made with a secret that is shown once, and found by its path', async () => {
  const answer = await api.post('/v1/webhooks', { url, types: ['SessionHeld'] }, supervisor);
  expect(answer.status).toBe(201);
  const { secret, ...view } = answer.body;
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(view).toMatchObject({
    url,
    types: ['SessionHeld'],
    organisation: 'MED',
    region: null,
    status: 'active',
    delivered: 0,
    lastError: null,
  });
  const shown = await api.get(String(answer.headers['location']), supervisor);
  expect(shown.body).toEqual(view);
  const { rows } = await api.pool.query('SELECT * FROM accord.subscriptions');
  expect(JSON.stringify(rows)).not.toContain(secret.slice(6));
});

test('the same key with the same body is the same webhook; with another body it is refused', async () => {
  const headers = { 'idempotency-key': 'once' };
  const first = await api.post('/v1/webhooks', { url }, administrator, headers);
  const again = await api.post('/v1/webhooks', { url }, administrator, headers);
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotent-replayed']).toBe('true');
  const other = await api.post('/v1/webhooks', { url: `${url}2` }, administrator, headers);
  expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
});

test.each([
  [{}, 400, 'invalid-request'],
  [{ url: 'nonsense' }, 400, 'invalid-request'],
  [{ url, surprise: 1 }, 400, 'invalid-request'],
  [{ url, types: [] }, 400, 'invalid-request'],
  [{ url, types: ['not a type'] }, 400, 'invalid-request'],
  [{ url, from: 'junk' }, 400, 'invalid-request'],
  [{ url: 'http://example.org/' }, 422, 'webhook-url-refused'],
  [{ url: 'https://10.0.0.1/' }, 422, 'webhook-url-refused'],
  [{ url: 'https://169.254.169.254/' }, 422, 'webhook-url-refused'],
  [{ url: 'https://u:p@example.org/' }, 422, 'webhook-url-refused'],
])('%j is %i %s', async (body, status, code) => {
  expect(await api.post('/v1/webhooks', body, administrator)).toMatchObject({ status, body: { code } });
});

test('a position beyond the present end, where it would rest for ever, is refused; one of a former epoch is not', async () => {
  const end = await api.deps.feed.end();
  const { id } = await make();
  const beyond = [
    { ...end, epoch: end.epoch + 1 },
    { ...end, xid: String(BigInt(end.xid) + 1_000_000n) },
  ];
  for (const from of beyond.map(encodePosition))
    for (const [path, body] of [
      ['/v1/webhooks', { url, from }],
      [`/v1/webhooks/${id}/replay`, { from }],
    ] as const)
      expect(await api.post(path, body, administrator)).toMatchObject({
        status: 400,
        body: { code: 'invalid-request', errors: [{ pointer: '/from' }] },
      });
  const former = encodePosition({ epoch: end.epoch - 1, xid: String(BigInt(end.xid) + 1_000_000n), position: '7' });
  expect((await make({ url, from: former })).cursor).toBe(former);
});

test('in production loopback is refused, too', async () => {
  const production = { ...api.deps, config: { ...api.deps.config, mode: 'production' as const } };
  const { createWebhook } = await import('../../src/api/webhooks/webhooks.js');
  const caller = {
    requester: { account: 'a', roles: ['administrator' as const], organisation: null, region: null },
    issuer: 'i',
    kind: 'person' as const,
  };
  for (const address of ['https://127.0.0.1/', 'https://localhost/', 'http://127.0.0.1:9/']) {
    const request = {
      caller,
      body: { url: address },
      rawBody: null,
      method: 'POST',
      url: '/v1/webhooks',
      headers: {},
      id: 'r',
    };
    await expect(createWebhook(production, request as never)).rejects.toMatchObject({ code: 'webhook-url-refused' });
  }
});

describe('rights', () => {
  test('others than administrators, supervisors and services make none', async () => {
    for (const role of ['intake', 'mediator', 'party', 'auditor', 'judge'])
      expect(await api.post('/v1/webhooks', { url }, await api.token(role))).toMatchObject({
        status: 403,
        body: { code: 'not-your-role' },
      });
    expect((await api.post('/v1/webhooks', { url }, null)).status).toBe(401);
  });

  test('a supervisor or service subscribes for its own organisation, and for no other', async () => {
    expect((await make({ url, organisation: 'MED' }, supervisor)).organisation).toBe('MED');
    for (const token of [supervisor, await api.token('system', { organisation: 'MED' })])
      expect(await api.post('/v1/webhooks', { url, organisation: 'COURT' }, token)).toMatchObject({
        status: 403,
        body: { code: 'not-your-organisation' },
      });
    const homeless = await api.token('system', { organisation: null });
    expect(await api.post('/v1/webhooks', { url }, homeless)).toMatchObject({
      status: 403,
      body: { code: 'not-your-organisation' },
    });
  });

  test('an administrator’s webhook is never told more than the administrator may see', async () => {
    expect(await make({ url, organisation: 'COURT' })).toMatchObject({ organisation: 'COURT', region: null });
    const county = await api.token('administrator', { region: '360121', organisation: 'GOV' });
    expect(await make({ url, organisation: 'COURT' }, county)).toMatchObject({
      organisation: 'COURT',
      region: '360121',
    });
    expect(await make({ url }, county)).toMatchObject({ organisation: null, region: '360121' });
  });

  test('each looks after its own: an organisation’s, or those made in the region', async () => {
    const of = async (token: string) =>
      (await api.get('/v1/webhooks?limit=200', token)).body.items as { id: string; organisation: string | null }[];
    const far = await api.token('administrator', { region: '440305' });
    const { id } = await make({ url }, far);
    expect((await of(supervisor)).every(({ organisation }) => organisation === 'MED')).toBe(true);
    expect((await of(far)).map((one) => one.id)).toEqual([id]);
    expect((await of(administrator)).length).toBeGreaterThan((await of(supervisor)).length);
    for (const path of ['', '/pause', '/resume', '/rotate-secret', '/replay']) {
      const answer = await api.ask(path === '' ? 'GET' : 'POST', `/v1/webhooks/${id}${path}`, {
        token: supervisor,
        ...(path === '/replay' ? { body: { from: 'now' } } : {}),
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await api.ask('DELETE', `/v1/webhooks/${id}`, { token: supervisor })).status).toBe(404);
    expect((await api.get('/v1/webhooks', await api.token('mediator'))).status).toBe(403);
  });

  test('an organisation has a bounded number', async () => {
    const token = await api.token('supervisor', { organisation: 'MANY' });
    for (let count = 0; count < 50; count += 1) await make({ url }, token);
    expect(await api.post('/v1/webhooks', { url }, token)).toMatchObject({
      status: 409,
      body: { code: 'too-many-webhooks' },
    });
    const first = (await api.get('/v1/webhooks?limit=30', token)).body;
    const second = (await api.get(`/v1/webhooks?limit=30&cursor=${first.nextCursor}`, token)).body;
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(50);
    expect(second.nextCursor).toBeNull();
  });
});

test('many made at once do not exceed the number either', async () => {
  const token = await api.token('supervisor', { organisation: 'AT-ONCE' });
  const answers = await Promise.all(Array.from({ length: 60 }, () => api.post('/v1/webhooks', { url }, token)));
  const many = (status: number) => answers.filter((answer) => answer.status === status).length;
  expect([many(201), many(409)]).toEqual([50, 10]);
  expect((await api.get('/v1/webhooks?limit=200', token)).body.items).toHaveLength(50);
});

test('is paused, resumed, moved to another position and deleted', async () => {
  const { id, cursor } = await make();
  const change = (path: string, body?: object) =>
    api.ask('POST', `/v1/webhooks/${id}/${path}`, { token: administrator, ...(body ? { body } : {}) });
  expect((await change('pause')).body).toMatchObject({ status: 'paused' });
  expect((await change('pause')).body).toMatchObject({ status: 'paused' });
  expect((await change('resume')).body).toMatchObject({ status: 'active' });
  await api.post('/v1/disputes', wageArrears(), await api.token('intake'));
  const replayed = (await change('replay', { from: 'start' })).body;
  expect(replayed.cursor).not.toBe(cursor);
  expect((await change('replay', { from: cursor })).body.cursor).toBe(cursor);
  expect((await change('replay', { from: 'x' })).status).toBe(400);
  expect((await change('replay')).status).toBe(400);
  const gone = await api.ask('DELETE', `/v1/webhooks/${id}`, { token: administrator });
  expect([gone.status, gone.text]).toEqual([204, '']);
  for (const answer of [await api.get(`/v1/webhooks/${id}`, administrator), await change('resume')])
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
});

test('a new secret takes over, and the former ones stay valid for a day', async () => {
  const { id, secret } = await make();
  const rotate = () => api.ask('POST', `/v1/webhooks/${id}/rotate-secret`, { token: administrator });
  const second = (await rotate()).body;
  expect(second.secret).not.toBe(secret);
  expect(second.secretGeneration).toBe(2);
  expect(Date.parse(second.formerUntil) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  for (let count = 0; count < 3; count += 1) await rotate();
  const found = (await api.deps.subscriptions.find(id))!;
  expect(found.secretGeneration).toBe(5);
  expect(found.retiredSecrets.map(({ generation }) => generation)).toEqual([4, 3]);
  expect(webhookSecret(api.deps.config.fingerprintSecret, id, 2)).toBe(second.secret);
});

test('the ten lines of the documentation verify a delivery', async () => {
  const { readFileSync } = await import('node:fs');
  const page = readFileSync(new URL('../../docs/integration.md', import.meta.url), 'utf8');
  const code = /```js\n([\s\S]*?)```/
    .exec(page)![1]!
    .replace(/^import .*$/gm, '')
    .replace('export ', '');
  const { timingSafeEqual } = await import('node:crypto');
  const verify = new Function('createHmac', 'timingSafeEqual', `${code}; return isFromAccord;`)(
    createHmac,
    timingSafeEqual,
  ) as (secret: string, headers: object, body: string) => boolean;
  expect(code.trim().split('\n').length).toBeLessThanOrEqual(12);
  const { signatureHeaders } = await import('../../src/feed/signature.js');
  const secrets = [1, 2].map((generation) => webhookSecret(Buffer.from('x'.repeat(32)), 'w', generation));
  const headers = signatureHeaders(secrets, {
    id: 'msg_1',
    at: Math.floor(Date.now() / 1000),
    body: '[{"a":"调解"}]',
  });
  for (const secret of secrets) expect(verify(secret, headers, '[{"a":"调解"}]')).toBe(true);
  expect(verify(secrets[0]!, headers, '[{"a":"调停"}]')).toBe(false);
  expect(verify(webhookSecret(Buffer.from('y'.repeat(32)), 'w', 1), headers, '[{"a":"调解"}]')).toBe(false);
  expect(verify(secrets[0]!, { ...headers, 'webhook-timestamp': '1' }, '[{"a":"调解"}]')).toBe(false);
});
