import { createPublicKey, verify } from 'node:crypto';
import { allReadable } from '../store/watermark.js';
import { testApi, wageArrears, type TestApi } from './api.js';

let api: TestApi;
beforeAll(async () => {
  api = await testApi('anchors');
});
afterAll(() => api.close());

test('an administrator makes anchors; anybody reads them and checks them by the public keys', async () => {
  const administrator = await api.token('administrator');
  const intake = await api.token('intake');
  expect((await api.post('/v1/anchors', {}, intake)).status).toBe(403);
  expect((await api.post('/v1/anchors', {}, null)).status).toBe(401);
  expect((await api.post('/v1/anchors', {}, administrator)).body).toEqual({ made: false, anchor: null });
  expect((await api.get('/v1/anchors', null)).body).toEqual({ items: [], nextCursor: null });

  for (let number = 1; number <= 3; number += 1) {
    await api.post('/v1/disputes', wageArrears(), intake);
    await allReadable(api.pool);
    const made = await api.post('/v1/anchors', {}, administrator);
    expect(made).toMatchObject({ status: 200, body: { made: true, anchor: { number, size: number } } });
    expect((await api.post('/v1/anchors', {}, administrator)).body).toMatchObject({ made: false, anchor: { number } });
  }

  const first = await api.get('/v1/anchors?limit=2', null);
  expect(first.body.items.map(({ number }: { number: number }) => number)).toEqual([1, 2]);
  const rest = await api.get(`/v1/anchors?limit=2&cursor=${first.body.nextCursor}`, null);
  expect(rest.body).toMatchObject({ items: [{ number: 3 }], nextCursor: null });

  const { body: one } = await api.get('/v1/anchors/3', null);
  expect(one).toEqual(rest.body.items[0]);
  const { statement, signature, ...members } = one;
  expect(JSON.parse(statement)).toEqual(members);
  const { keys } = (await api.get('/v1/keys', null)).body;
  const key = keys.find(({ kid }: { kid: string }) => kid === members.kid);
  expect(verify(null, Buffer.from(statement), createPublicKey(key.pem), Buffer.from(signature, 'base64'))).toBe(true);
});

test('what is not there or not meant so is said', async () => {
  for (const number of ['99', '0', '-1', 'x', '1e9', '99999999999'])
    expect((await api.get(`/v1/anchors/${number}`, null)).status).toBe(404);
  for (const query of ['limit=0', 'limit=201', 'cursor=x', 'cursor=WyJhIl0', 'page=1'])
    expect((await api.get(`/v1/anchors?${query}`, null)).body).toMatchObject({ code: 'invalid-request' });
});
