import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { postTo } from '../../src/feed/post.js';
import { startReceiver, type Receiver } from '../support/receiver.js';

const local = { allowLoopback: true };
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());

const post = (url: string, more: Partial<Parameters<typeof postTo>[1]> = {}) =>
  postTo(url, { headers: { 'content-type': 'application/json' }, body: '[]', destinations: local, ...more });

const answering = (status: number | null) => {
  receiver.answer = () => status;
};

test.each([200, 202, 204, 299])('%i acknowledges', async (status) => {
  answering(status);
  expect(await post(receiver.url)).toEqual({ ok: true });
  expect(receiver.received.at(-1)).toMatchObject({ body: '[]', headers: { 'content-length': '2' } });
});

test.each([
  [301, 'redirect-refused'],
  [307, 'redirect-refused'],
  [400, 'http-400'],
  [500, 'http-500'],
])('%i does not: %s', async (status, code) => {
  answering(status);
  const before = receiver.received.length;
  expect(await post(receiver.url)).toEqual({ ok: false, code, retryAfterMs: null });
  expect(receiver.received).toHaveLength(before + 1);
});

test('waits as long as the receiver asks', async () => {
  const server: Server = createServer((_, response) => void response.writeHead(503, { 'retry-after': '7' }).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await post(`http://127.0.0.1:${port}/`)).toEqual({
    ok: false,
    code: 'http-503',
    retryAfterMs: 7_000,
  });
  await new Promise((resolve) => server.close(resolve));
});

test('gives up on one who never answers, who cannot be reached, and who speaks no TLS', async () => {
  answering(null);
  expect(await post(receiver.url, { timeoutMs: 100 })).toMatchObject({ ok: false, code: 'timeout' });
  expect(await post(receiver.url, { signal: AbortSignal.abort() })).toMatchObject({
    code: 'connection-failed',
  });
  const closed = createTcpServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  expect(await post(`http://127.0.0.1:${port}/`)).toMatchObject({ ok: false, code: 'connection-refused' });
  answering(200);
  expect(await post(receiver.url.replace('http:', 'https:'))).toMatchObject({
    ok: false,
    code: 'tls-failed',
  });
  expect(await post('https://no-such-host.invalid/')).toMatchObject({ ok: false, code: 'name-not-found' });
});

test('an address inside is never connected to, by number or by name', async () => {
  answering(200);
  const before = receiver.received.length;
  const inside = { destinations: { allowLoopback: false } };
  const { port } = new URL(receiver.url);
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0'])
    expect(await post(`https://${host}:${port}/`, inside)).toMatchObject({
      ok: false,
      code: 'address-refused',
    });
  expect(await post(receiver.url, inside)).toMatchObject({ ok: false, code: 'not-https' });
  expect(receiver.received).toHaveLength(before);
});

test('a name in local mode leads to the receiver', async () => {
  answering(200);
  expect(await post(receiver.url.replace('127.0.0.1', 'localhost'))).toEqual({ ok: true });
});
