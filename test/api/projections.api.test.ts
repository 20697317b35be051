import { projections } from '../../src/projections/all.js';
import { buildCopies } from '../../src/projections/build.js';
import { copiesOf, ensureCopy } from '../../src/projections/copies.js';
import { followCopy } from '../../src/projections/follow.js';
import { statusOf } from '../../src/projections/status.js';
import { verifyProjection } from '../../src/projections/verify.js';
import { verifyInline } from '../../src/projections/verify-inline.js';
import { testApi, wageArrears, type TestApi } from './api.js';

const centre = { code: 'centre', name: '调解中心' };
let api: TestApi;
let supervisor: string;
let counter: string;
let mediator: string;
let worker: string;
let disputes: string[];

/** Brings all projections up to the last event, as a worker would. */
const project = async (): Promise<void> => {
  for (const projection of projections) {
    await ensureCopy(api.pool, projection);
    const builder = buildCopies(api.pool, projection, { holder: 'test' });
    while (!['done', 'nothing'].includes((await builder.step()).did));
    const live = (await copiesOf(api.pool, projection.name)).find(({ role }) => role === 'live')!;
    const follower = followCopy(api.pool, projection, live.generation, { holder: 'test' });
    // Other transactions of the cluster may hold readers back for a while.
    do await follower.step();
    while ((await statusOf(api.pool, projection)).live!.lag.events > 0);
  }
};

const act = async (id: string, action: string, body: object, token: string) => {
  const answer = await api.post(`/v1/disputes/${id}/actions/${action}`, body, token);
  if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
};

const register = async (change: Record<string, unknown> = {}): Promise<string> => {
  const answer = await api.post('/v1/disputes', wageArrears(change), counter);
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.id as string;
};

beforeAll(async () => {
  api = await testApi('projections');
  counter = await api.token('intake');
  supervisor = await api.token('supervisor');
  mediator = await api.token('mediator', { organisation: centre.code });
  worker = await api.token('party', { userId: 'worker-account', organisation: null, region: null });
  const parties = [
    { ref: 'worker', role: 'claimant', capacity: 'worker', kind: 'person', name: '张三', account: 'worker-account' },
    { ref: 'employer', role: 'respondent', capacity: 'employer', kind: 'organisation', name: '某保洁公司' },
  ];
  disputes = [
    await register({ receivedOn: '2026-11-20', parties }),
    await register({
      type: 'neighbour',
      region: '360121',
      parties: [
        { ...parties[0], capacity: undefined },
        { ...parties[1], capacity: undefined },
      ],
      claims: [],
      title: '噪声',
    }),
  ];
  const [first] = disputes as [string];
  await act(
    first,
    'open-procedure',
    { procedure: 'mediation', track: 'labour', body: centre, appliedOn: '2026-11-21' },
    counter,
  );
  await act(first, 'record-consent', { party: 'worker', consent: 'given' }, mediator);
  await act(first, 'record-consent', { party: 'employer', consent: 'given' }, mediator);
  await act(first, 'designate-neutral', { person: { account: 'mediator-7', name: '熊调解员' } }, mediator);
}, 60_000);
afterAll(() => api.close());

test('before there is anything the answer is empty, and says that it is not built', async () => {
  const { status, body } = await api.get('/v1/worklist', mediator);
  expect(status).toBe(200);
  expect(body).toMatchObject({ items: [], nextCursor: null, lag: null, asOf: { position: null } });
});

test('what supervisors count comes by region, type, procedure and month, with how far it is', async () => {
  await project();
  const { status, body } = await api.get('/v1/supervision/kpis?region=360100', supervisor);
  expect(status).toBe(200);
  expect(body.lag).toEqual({ events: 0, seconds: 0 });
  expect(body.asOf).toEqual({ position: expect.any(String), recordedAt: expect.stringMatching(/Z$/) });
  expect(body.total).toMatchObject({
    disputes: { registered: 2, closed: 0, averageDays: null },
    procedures: { opened: 1 },
  });
  expect(
    body.items.map((item: Record<string, unknown>) => [
      item['type'],
      item['procedure'],
      item['month'],
      item['registered'],
      item['opened'],
    ]),
  ).toEqual([
    ['labour', null, '2026-11', 1, 0],
    ['labour', 'mediation', '2026-11', 0, 1],
    ['neighbour', null, '2026-11', 1, 0],
  ]);
  const one = await api.get('/v1/supervision/kpis?type=labour&from=2026-11&to=2026-11-30&limit=1', supervisor);
  const two = await api.get(`/v1/supervision/kpis?type=labour&limit=1&cursor=${one.body.nextCursor}`, supervisor);
  expect([one.body.items[0].procedure, two.body.items[0].procedure, two.body.nextCursor]).toEqual([
    null,
    'mediation',
    null,
  ]);
  expect((await api.get('/v1/supervision/kpis?from=2026-12', supervisor)).body.items).toEqual([]);
});

test('counts are for supervisors, of their own region', async () => {
  expect((await api.get('/v1/supervision/kpis', mediator)).body.code).toBe('not-your-role');
  const elsewhere = await api.token('supervisor', { region: '360700' });
  expect((await api.get('/v1/supervision/kpis', elsewhere)).body).toMatchObject({
    items: [],
    total: { disputes: { registered: 0 } },
  });
  const province = await api.token('supervisor', { region: '360000' });
  expect((await api.get('/v1/supervision/kpis', province)).body.total.disputes.registered).toBe(2);
});

test('a worklist is the caller’s own: periods and steps of the organisation, offers of the person', async () => {
  const staff = await api.get('/v1/worklist', mediator);
  const kinds = staff.body.items.map((item: Record<string, unknown>) => item['kind']);
  expect(kinds).toEqual(expect.arrayContaining(['deadline', 'step']));
  expect(
    staff.body.items.every(
      (item: Record<string, unknown>) => item['disputeId'] === disputes[0] && item['organisation'] === centre.code,
    ),
  ).toBe(true);
  const dues = staff.body.items.flatMap((item: { dueAt: string | null }) => item.dueAt ?? []);
  expect(dues).toEqual([...dues].sort());

  const neutral = await api.token('mediator', { userId: 'mediator-7', organisation: 'elsewhere' });
  expect((await api.get('/v1/worklist', neutral)).body.items).toMatchObject([
    { kind: 'offer', account: 'mediator-7', procedure: 'mediation', overdue: false },
  ]);
  expect((await api.get('/v1/worklist?kind=handoff', mediator)).body.items).toEqual([]);
  expect((await api.get('/v1/worklist?mine=true', mediator)).body.items).toEqual([]);
  const other = await api.token('mediator', { userId: 'x', organisation: 'elsewhere' });
  expect((await api.get('/v1/worklist', other)).body.items).toEqual([]);
  const party = await api.get('/v1/worklist', worker);
  expect(party.body.items.every((item: Record<string, unknown>) => item['account'] === 'worker-account')).toBe(true);

  const paged: unknown[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await api.get(`/v1/worklist?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`, mediator);
    paged.push(...page.body.items);
    cursor = page.body.nextCursor as string | null;
  }
  expect(paged).toEqual(staff.body.items);
});

test('an offer that is answered leaves the list', async () => {
  await act(disputes[0]!, 'answer-designation', { account: 'mediator-7', answer: 'accepts' }, mediator);
  const behind = await api.get('/v1/worklist', mediator);
  expect(behind.body.lag.events).toBeGreaterThan(0);
  await project();
  const neutral = await api.token('mediator', { userId: 'mediator-7', organisation: centre.code });
  const { body } = await api.get('/v1/worklist?mine=true', neutral);
  expect(body.items.map((item: Record<string, unknown>) => item['kind'])).not.toContain('offer');
  expect(body.items.length).toBeGreaterThan(0);
});

test('disputes are searched by how they went, with counts of what was found', async () => {
  const [first, second] = disputes as [string, string];
  const ids = async (query: string, token = supervisor) =>
    (await api.get(`/v1/search?${query}`, token)).body.items.map((item: { disputeId: string }) => item.disputeId);
  expect(await ids('')).toEqual([second, first]);
  expect(await ids('procedure=mediation')).toEqual([first]);
  expect(await ids('procedure=mediation&outcome=agreement')).toEqual([]);
  expect(await ids(`body=${centre.code}&type=labour&status=open&region=360000`)).toEqual([first]);
  expect(await ids('registeredFrom=2026-11-21')).toEqual([second]);
  expect(await ids('registeredTo=2026-11-20')).toEqual([first]);
  expect(await ids('elapsed=LD-16')).toEqual([]);
  expect(await ids('', await api.token('supervisor', { region: '360700', organisation: 'far' }))).toEqual([]);
  expect(await ids('', worker)).toEqual([second, first]);
  const { body } = await api.get('/v1/search?facets=true&limit=1', supervisor);
  expect(body.facets.of).toBe(2);
  expect(body.facets.counts).toEqual(
    expect.arrayContaining([
      { facet: 'status', key: 'open', count: 2 },
      { facet: 'procedure', key: 'mediation', count: 1 },
    ]),
  );
  const next = await api.get(`/v1/search?limit=1&cursor=${body.nextCursor}`, supervisor);
  expect(next.body.items[0]).toMatchObject({
    disputeId: first,
    procedures: ['mediation'],
    results: [],
    bodies: [centre.code],
    closedOn: null,
  });
});

test.each([
  '/v1/supervision/kpis?from=2026',
  '/v1/worklist?kind=other',
  '/v1/search?outcome=%20',
  '/v1/search?cursor=x',
  '/v1/worklist?limit=0',
])('%s is not understood', async (url) => {
  expect((await api.get(url, supervisor)).body.code).toBe('invalid-request');
});

test('metrics say how far each projection is; nothing personal is in any of their tables', async () => {
  const { text } = await api.get('/metrics');
  for (const { name } of projections) {
    expect(text).toContain(`accord_projection_lag_events{projection="${name}"} 0`);
    expect(text).toContain(`accord_projection_parked{projection="${name}"} 0`);
  }
  const { rows } = await api.pool.query<{ all: string }>(
    `SELECT concat((SELECT string_agg(state, '') FROM accord.projection_streams), (SELECT string_agg(w::text, '') FROM accord.projected_worklist w),
      (SELECT string_agg(s::text, '') FROM accord.projected_search s)) AS all`,
  );
  for (const personal of [
    '张三',
    '某保洁公司',
    '拖欠工资',
    '13800000000',
    '360121199001010011',
    '熊调解员',
    '调解中心',
  ])
    expect(rows[0]!.all).not.toContain(personal);
});

test('each projection, and the views written with the events, are what the events say', async () => {
  for (const projection of projections)
    expect(await verifyProjection(api.pool, projection)).toMatchObject({ status: 'sound', streams: 2, parked: 0 });
  expect(await verifyInline(api.pool)).toMatchObject({ ok: true, disputes: 2 });
});
