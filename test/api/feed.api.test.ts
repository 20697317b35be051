import { asSuperuser, bulkEvents } from './as-superuser.js';
import { settled } from './event-client.js';
import { encodePosition } from '../../src/feed/cursor.js';
import { testApi, wageArrears, type TestApi } from './api.js';

let api: TestApi;
let intake: string;

beforeAll(async () => {
  api = await testApi('feed');
  intake = await api.token('intake');
});
afterAll(() => api.close());

interface Item {
  id: string;
  type: string;
  subject: string;
  sequence: string;
  cursor: string;
  data: Record<string, unknown>;
}

const register = async (change: Record<string, unknown> = {}, token = intake): Promise<string> =>
  (await api.post('/v1/disputes', wageArrears(change), token)).body.id as string;

const act = async (id: string, action: string, body: object, token = intake) => {
  const answer = await api.post(`/v1/disputes/${id}/actions/${action}`, body, token);
  if (answer.status !== 200) throw new Error(answer.text);
};

const openAt = (id: string, code: string) => act(id, 'open-procedure', { procedure: 'mediation', body: { code } });

/** Reads page after page until the end. Other tests of the run may hold readers back for a moment. */
const follow = async (query: string, token = intake, until: (items: Item[]) => boolean = () => true) => {
  const items: Item[] = [];
  let after = /after=([^&]+)/.exec(query)?.[1];
  const rest = query.replace(/&?after=[^&]+/, '');
  for (const end = Date.now() + 20_000; ;) {
    const url = `/v1/events?${rest}${after === undefined ? '' : `&after=${after}`}`;
    const { status, body, text } = await api.get(url, token);
    if (status !== 200) throw new Error(text);
    items.push(...(body.items as Item[]));
    after = body.nextCursor as string;
    if (body.more === false && (until(items) || Date.now() > end)) return { items, after };
  }
};

const now = async (token = intake) => {
  await settled(api);
  return (await api.get('/v1/events?after=now', token)).body.nextCursor as string;
};
const seenOf = (id: string) => (items: Item[]) => items.some(({ subject }) => subject === id);

test('an event is a CloudEvent that shows what the dispute’s own list shows', async () => {
  const id = await register();
  const { items } = await follow(`disputeId=${id}`, intake, seenOf(id));
  const own = (await api.get(`/v1/disputes/${id}/events`, intake)).body.items as Record<string, unknown>[];
  expect(items.map(({ data }) => data)).toEqual(own);
  expect(items[0]).toMatchObject({
    specversion: '1.0',
    id: own[0]!['eventId'],
    source: `/v1/disputes/${id}`,
    type: 'DisputeRegistered',
    subject: id,
    time: own[0]!['recordedAt'],
    datacontenttype: 'application/json',
    dataschema: 'urn:accord:event:DisputeRegistered:1',
    sequence: '0000000001',
  });
  expect(JSON.stringify(items)).not.toMatch(/张三|13800000000|360121199001010011|拖欠工资/);
});

describe('rights', () => {
  test('each sees the events of its own disputes, and a body those from the moment it has a part', async () => {
    const start = await now();
    const [mine, other] = [
      await register(),
      await register(
        { region: '110101' },
        await api.token('intake', { region: '110101', organisation: 'BJ', userId: 'bj' }),
      ),
    ];
    const far = await api.token('mediator', { region: '440305', organisation: 'FAR-MED', userId: 'far' });
    await follow(`after=${start}`, await api.token('supervisor', { region: '100000' }), seenOf(other));
    expect((await follow(`after=${start}`)).items.map(({ subject }) => subject)).not.toContain(other);
    const nothing = await follow(`after=${start}`, far);
    expect(nothing.items).toEqual([]);
    expect(nothing.after).not.toBe(start);

    await openAt(mine, 'FAR-MED');
    const since = await follow(`after=${nothing.after}`, far, seenOf(mine));
    expect(since.items.map(({ type }) => type)).toContain('ProcedureOpened');
    expect(since.items.map(({ type }) => type)).not.toContain('DisputeRegistered');
    const whole = await follow(`after=${start}&disputeId=${mine}`, far);
    expect(whole.items[0]).toMatchObject({ type: 'DisputeRegistered', subject: mine });
  });

  test('a party sees its own dispute only; without a token nobody sees anything', async () => {
    const start = await now();
    const parties = wageArrears()['parties'] as object[];
    const id = await register({ parties: [{ ...parties[0], account: 'zhang' }, parties[1]] });
    await register();
    const { items } = await follow(`after=${start}`, await api.token('party', { userId: 'zhang' }), seenOf(id));
    expect(new Set(items.map(({ subject }) => subject))).toEqual(new Set([id]));
    expect((await follow(`after=${start}`, await api.token('party', { userId: 'nobody' }))).items).toEqual([]);
    expect((await api.get('/v1/events')).status).toBe(401);
  });

  test('what was refused is no event of the feed', async () => {
    const start = await now();
    const id = await register();
    expect((await api.post(`/v1/disputes/${id}/actions/reopen`, {}, intake)).status).toBe(409);
    const { rows } = await api.pool.query('SELECT FROM accord.events WHERE stream = $1', [`refusals-${id}`]);
    expect(rows).toHaveLength(1);
    await openAt(id, 'MED');
    const { items } = await follow(`after=${start}`, intake, (seen) =>
      seen.some(({ type }) => type === 'ProcedureOpened'),
    );
    const streams = new Set(items.map(({ data }) => data['type']));
    expect([...streams].some((type) => String(type).includes('Refused'))).toBe(false);
  });
});

describe('positions', () => {
  test('each item’s cursor, and each page’s, goes on exactly behind it', async () => {
    const start = await now();
    const id = await register();
    await openAt(id, 'MED');
    await act(id, 'add-note', { text: '记录' });
    const whole = (await follow(`after=${start}`, intake, (items) => items.some(({ type }) => type === 'NoteAdded')))
      .items;
    const ids = whole.map((item) => item.id);
    expect((await follow(`after=${start}&limit=1`)).items.map((item) => item.id)).toEqual(ids);
    for (const [index, { cursor }] of whole.entries())
      expect((await follow(`after=${cursor}`)).items.map((item) => item.id)).toEqual(ids.slice(index + 1));
    const versions = whole.map(({ sequence }) => Number(sequence));
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  });

  test('types are chosen, and what is passed over moves the position', async () => {
    const start = await now();
    const id = await register();
    await openAt(id, 'MED');
    const { items, after } = await follow(`after=${start}&type=ProcedureOpened,DisputeClosed`, intake, seenOf(id));
    expect(items.map(({ type }) => type)).toEqual(['ProcedureOpened']);
    expect(after).not.toBe(items[0]!.cursor);
    expect((await follow(`after=${start}&type=NoSuchEvent`)).items).toEqual([]);
  });

  test('a page looks at a bounded number of events, and one who sees nothing still gets on', async () => {
    const start = await now();
    const id = await register();
    for (let count = 0; count < 6; count += 1)
      await asSuperuser(api, bulkEvents(`dispute-${id}`, 2 + count * 250, 250));
    const nobody = await api.token('party', { userId: 'nobody' });
    await follow(`after=${start}`, intake, (items) => items.length >= 1_501);
    const first = (await api.get(`/v1/events?after=${start}`, nobody)).body;
    expect(first).toMatchObject({ items: [], more: true });
    const second = (await api.get(`/v1/events?after=${first.nextCursor}`, nobody)).body;
    expect(second).toMatchObject({ items: [], more: false });
    expect(new Set([start, first.nextCursor, second.nextCursor]).size).toBe(3);
    // A full page ends at its last item, not behind what was examined.
    expect((await follow(`after=${start}&limit=200`)).items).toHaveLength(1_501);
    expect((await follow(`after=${start}&disputeId=${id}&limit=200`)).items).toHaveLength(1_501);
  });

  test('a position stays valid when a restore begins a new epoch', async () => {
    const id = await register();
    const before = (await follow('limit=200', intake, seenOf(id))).after;
    await asSuperuser(api, 'UPDATE accord.cluster SET epoch = epoch + 1');
    expect((await follow(`after=${before}`)).items).toEqual([]);
    const next = await register();
    const { items } = await follow(`after=${before}`, intake, seenOf(next));
    expect(items.map(({ subject }) => subject)).toEqual([next]);
  });

  test('one beyond the present end was never handed out', async () => {
    const end = await api.deps.feed.end();
    const beyond = [
      { ...end, epoch: end.epoch + 1, xid: '1' },
      { ...end, xid: String(BigInt(end.xid) + 1_000_000n) },
    ];
    for (const position of beyond.map(encodePosition)) {
      const answers = [
        await api.get(`/v1/events?after=${position}`, intake),
        await api.get(`/v1/events/stream?after=${position}`, intake),
        await api.get('/v1/events/stream', intake, { 'last-event-id': position }),
      ];
      for (const answer of answers) expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    }
    expect((await api.get(`/v1/events?after=${encodePosition(end)}`, intake)).status).toBe(200);
  });

  test.each([
    'x',
    'null',
    '-1',
    '%00',
    'MS4xLjEuMQ==',
    'MS4xLjEuMQ%0A',
    Buffer.from('1.1.99999999999999999999.1').toString('base64url'),
    Buffer.from('1.1.1').toString('base64url'),
    Buffer.from('1.-1.1.1').toString('base64url'),
    Buffer.from('["1","2","3"]').toString('base64url'),
    'a'.repeat(101),
  ])('%s is no position', async (after) => {
    for (const url of [`/v1/events?after=${after}`, `/v1/events/stream?after=${after}`]) {
      const answer = await api.get(url, intake);
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    }
  });

  test.each(['limit=0', 'limit=201', 'type=', 'type=x', 'type=A,', 'type=A&type=B', 'disputeId=7', 'cursor=x'])(
    '%s',
    async (query) => {
      expect((await api.get(`/v1/events?${query}`, intake)).status).toBe(query === 'type=' ? 200 : 400);
    },
  );
});

test('a reader that follows many writers over HTTP misses nothing and sees nothing twice', async () => {
  const start = await now();
  const ids = await Promise.all(Array.from({ length: 6 }, () => register()));
  let writing = true;
  const write = async (id: string) => {
    for (let note = 0; note < 8; note += 1) await act(id, 'add-note', { text: `记录 ${note}` });
  };
  const written = Promise.all(ids.map(write)).then(() => void (writing = false));
  const { items } = await follow(`after=${start}&limit=3`, intake, (seen) => !writing && seen.length >= 6 * 9);
  await written;
  expect(items).toHaveLength(6 * 9);
  expect(new Set(items.map(({ id }) => id)).size).toBe(6 * 9);
  for (const id of ids) {
    const versions = items.filter(({ subject }) => subject === id).map(({ sequence }) => Number(sequence));
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  }
}, 60_000);
