import { SignJWT } from 'jose';
import type { FeedStore } from '../../src/store/feed.js';
import { asSuperuser, bulkEvents } from './as-superuser.js';
import { testApi, wageArrears, type TestApi } from './api.js';
import { listening, openEvents, settled, type EventClient } from './event-client.js';

let api: TestApi;
let intake: string;
const asked = { tail: 0, page: 0 };
const open: EventClient[] = [];

beforeAll(async () => {
  api = await testApi('streams', ({ feed }) => ({
    feed: {
      ...feed,
      tail: (...question) => ((asked.tail += 1), feed.tail(...question)),
      page: (...question) => ((asked.page += 1), feed.page(...question)),
    } satisfies FeedStore,
    streams: { perAccount: 3, heartbeatMs: 100, patienceMs: 300, bufferBytes: 16 * 1024 },
  }));
  intake = await api.token('intake');
});
afterEach(() => open.splice(0).forEach((client) => client.close()));
afterAll(() => api.close());

const stream = async (path: string, token = intake, headers: Record<string, string> = {}) => {
  await settled(api);
  const client = await openEvents(api, path, token, headers);
  open.push(client);
  return client;
};
const register = async (change: Record<string, unknown> = {}, token = intake): Promise<string> =>
  (await api.post('/v1/disputes', wageArrears(change), token)).body.id as string;
const note = async (id: string) => {
  const answer = await api.post(`/v1/disputes/${id}/actions/add-note`, { text: '记录' }, intake);
  if (answer.status !== 200) throw new Error(answer.text);
};
const subjects = ({ messages }: EventClient) => messages.map(({ data }) => data.subject as string);
const sequences = ({ messages }: EventClient) => messages.map(({ data }) => Number(data.sequence));
const noStreams = async () => {
  for (const end = Date.now() + 5_000; ;) {
    const connections = await new Promise<number>((resolve) =>
      api.app.getHttpServer().getConnections((_: unknown, count: number) => resolve(count)),
    );
    if (connections === 0 || Date.now() > end) return connections;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

test('tells what is recorded, as it is recorded, to whom it concerns', async () => {
  const before = await register();
  const [all, far, one] = [
    await stream('/v1/events/stream'),
    await stream(
      '/v1/events/stream',
      await api.token('mediator', { region: '440305', organisation: 'FAR', userId: 'far' }),
    ),
    await stream(`/v1/disputes/${before}/events/stream?type=NoteAdded`),
  ];
  expect(all.status).toBe(200);
  expect(all.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-content-type-options': 'nosniff',
  });
  const made = await register();
  await note(before);
  await all.until((client) => subjects(client).length >= 2);
  await one.until((client) => client.messages.length >= 1);
  expect(subjects(all)).toEqual([made, before]);
  expect(subjects(one)).toEqual([before]);
  expect(all.messages[0]!.data).toMatchObject({
    specversion: '1.0',
    type: 'DisputeRegistered',
    source: `/v1/disputes/${made}`,
  });
  expect(all.messages[0]!.event).toBe('message');
  expect(all.retry()).toBe(2000);
  await far.until((client) => client.heartbeats() > 1);
  expect(far.messages).toEqual([]);
});

test('resumes behind the last id without a gap and without a double, also where nothing was shown', async () => {
  const id = await register();
  const first = await stream(`/v1/disputes/${id}/events/stream`);
  for (let count = 0; count < 3; count += 1) await note(id);
  await first.until((client) => client.messages.length >= 2, 'two notes');
  first.close();
  const taken = sequences(first);
  for (let count = 0; count < 120; count += 40) await Promise.all([note(id), note(await register()), note(id)]);

  const second = await stream(`/v1/disputes/${id}/events/stream`, intake, { 'last-event-id': first.lastEventId() });
  await note(id);
  const { version } = (await api.get(`/v1/disputes/${id}`, intake)).body;
  await second.until((client) => sequences(client).at(-1) === version, 'the last event');
  const everything = [...taken, ...sequences(second)];
  expect(everything).toEqual(everything.map((_, index) => everything[0]! + index));

  // A heartbeat moves the place on, past what the client was not shown.
  const far = await stream(
    '/v1/events/stream',
    await api.token('mediator', { region: '440305', organisation: 'FAR', userId: 'far' }),
  );
  const start = far.lastEventId();
  await register();
  await far.until((client) => client.lastEventId() !== start, 'another position');
  expect(far.messages).toEqual([]);
});

test('while many write, a stream that comes and goes sees every event once and in order', async () => {
  const ids = await Promise.all(Array.from({ length: 4 }, () => register()));
  await settled(api);
  const from = (await api.get('/v1/events?after=now', intake)).body.nextCursor as string;
  let writing = true;
  const written = Promise.all(
    ids.map(async (id) => {
      for (let count = 0; count < 12; count += 1) await note(id);
    }),
  ).then(() => void (writing = false));
  const seen: { id: string; subject: string; sequence: string }[] = [];
  let last = from;
  while (seen.length < 48) {
    const client = await stream('/v1/events/stream', intake, { 'last-event-id': last });
    await client.until((one) => one.messages.length >= (writing ? 5 : 1) || seen.length + one.messages.length >= 48);
    client.close();
    seen.push(...client.messages.map(({ data }) => data));
    last = client.messages.at(-1)!.data.cursor;
  }
  await written;
  expect(new Set(seen.map(({ id }) => id)).size).toBe(48);
  for (const id of ids)
    expect(seen.filter(({ subject }) => subject === id).map(({ sequence }) => Number(sequence))).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 2),
    );
}, 60_000);

test('a slow client is ended and can resume; what waits for it is bounded', async () => {
  const id = await register();
  const slow = await stream(`/v1/disputes/${id}/events/stream`);
  await slow.until((client) => client.heartbeats() > 0);
  slow.pause();
  const before = process.memoryUsage().arrayBuffers;
  // 16 MB: far more than the buffers of both kernels.
  for (let count = 0; count < 10; count += 1)
    await asSuperuser(api, bulkEvents(`dispute-${id}`, 2 + count * 200, 200, 8_000));
  expect(await noStreams()).toBe(0);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  slow.resume();
  await slow.ended;
  const got = sequences(slow);
  expect(got.length).toBeLessThan(2_000);
  const again = await stream(`/v1/disputes/${id}/events/stream`, intake, {
    'last-event-id': slow.lastEventId(),
  });
  await again.until((client) => sequences(client).at(-1) === 2_001, 'the last event');
  const everything = [...got, ...sequences(again)];
  expect(everything).toEqual(everything.map((_, index) => index + 2));
}, 60_000);

test('one reader follows the log for all streams, and none when there is no stream', async () => {
  const others = await Promise.all(['a', 'b'].map((userId) => api.token('intake', { userId })));
  for (const token of [intake, ...others])
    for (let count = 0; count < 3; count += 1) await stream('/v1/events/stream', token);
  await Promise.all(open.map((client) => client.until(({ heartbeats }) => heartbeats() > 0)));
  Object.assign(asked, { tail: 0, page: 0 });
  const id = await register();
  await Promise.all(open.map((client) => client.until((one) => subjects(one).includes(id))));
  expect(asked.page).toBe(0);
  expect(asked.tail).toBeLessThan(30);
  open.splice(0).forEach((client) => client.close());
  expect(await noStreams()).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 600));
  const { tail } = asked;
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(asked.tail).toBe(tail);
});

test('an account has a bounded number of streams', async () => {
  for (let count = 0; count < 3; count += 1) await stream('/v1/events/stream');
  const refused = await api.get('/v1/events/stream', intake);
  expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
  expect(refused.headers['retry-after']).toBe('10');
  const other = await stream('/v1/events/stream', await api.token('intake', { userId: 'intake-2' }));
  expect(other.status).toBe(200);
  open[0]!.close();
  for (let tries = 0; tries < 100; tries += 1) {
    const again = await stream('/v1/events/stream');
    if (again.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the place was not given free');
});

test('ends with the token', async () => {
  const token = await new SignJWT({ roles: ['intake'], organisation: 'desk', region: '360121' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('brief')
    .setIssuer('accord-local')
    .setAudience('accord')
    .setExpirationTime(Math.ceil(Date.now() / 1000) + 1)
    .sign(api.deps.config.fingerprintSecret);
  const client = await stream('/v1/events/stream', token);
  await client.ended;
  expect(client.messages).toEqual([{ event: 'end', data: { reason: 'token-expired' } }]);
});

test('a dispute’s stream is for those who see it, and ends when it changes hands', async () => {
  const id = await register();
  const far = await api.token('mediator', { region: '440305', organisation: 'FAR', userId: 'far' });
  expect((await api.get(`/v1/disputes/${id}/events/stream`, far)).status).toBe(403);
  expect((await api.get(`/v1/disputes/00000000-0000-8000-8000-000000000000/events/stream`, far)).status).toBe(404);
  await api.post(
    `/v1/disputes/${id}/actions/open-procedure`,
    { procedure: 'mediation', body: { code: 'FAR' } },
    intake,
  );
  const [own, all] = [await stream(`/v1/disputes/${id}/events/stream`, far), await stream('/v1/events/stream', far)];
  await note(id);
  await all.until((client) => subjects(client).length === 1);
  await asSuperuser(api, `UPDATE accord.disputes SET organisations = '{}' WHERE dispute_id = '${id}'`);
  await asSuperuser(api, bulkEvents(`dispute-${id}`, 1_000, 1));
  await own.ended;
  expect(own.messages.at(-1)).toEqual({ event: 'end', data: { reason: 'no-longer-visible' } });
  expect(subjects(all)).toEqual([id]);
});

test('is not sent to a client that takes something else; HEAD says what there would be', async () => {
  const refused = await api.get('/v1/events/stream', intake, { accept: 'application/json' });
  expect(refused).toMatchObject({ status: 406, body: { code: 'not-acceptable' } });
  const head = await api.ask('HEAD', '/v1/events/stream', { token: intake, headers: { accept: '*/*' } });
  expect([head.status, head.text, head.headers['content-type']]).toEqual([200, '', 'text/event-stream; charset=utf-8']);
  expect((await api.get('/v1/events/stream')).status).toBe(401);
  expect((await api.get('/v1/events/stream', intake, { 'last-event-id': 'junk' })).status).toBe(400);
});

test('ends in time when the server ends, also where a client does not listen', async () => {
  const other = await testApi('streams-end', {});
  await listening(other);
  const token = await other.token('intake');
  const [one, deaf] = [
    await openEvents(other, '/v1/events/stream', token),
    await openEvents(other, '/v1/events/stream', token),
  ];
  deaf.pause();
  const since = Date.now();
  await other.close();
  await one.ended;
  expect(Date.now() - since).toBeLessThan(5_000);
  expect(one.messages).toEqual([{ event: 'end', data: { reason: 'shutdown' } }]);
  deaf.close();
});
