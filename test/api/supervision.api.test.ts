import type { EngineProblem } from '../../src/api/supervision/stalled-list.js';
import { wageArrears } from './api.js';
import { openWorld, type World } from './handoffs-world.js';

/** The test's day; the database's own clock runs weeks later. */
let now = new Date('2026-09-01T02:00:00Z');
let problems: EngineProblem[] = [];
let worker: () => Promise<boolean> = () => Promise.resolve(true);

let world: World;
let supervisor: string;
let mediator: string;
let clerk: string;
let returned: string;
let ownerless: string;

beforeAll(async () => {
  const engine = { hasWorker: () => worker(), problems: () => Promise.resolve(problems) };
  world = await openWorld('supervision', { clock: () => now, engine });
  const intake = await world.token('intake');
  supervisor = await world.token('supervisor', { organisation: 'bureau', region: '360100' });
  mediator = await world.token('mediator', { organisation: 'centre' });
  clerk = await world.token('court-clerk', { organisation: 'court' });
  returned = (await world.post('/v1/disputes', wageArrears(), intake)).body.id;
  const body = { code: 'centre', name: '调解中心' };
  await world.post(
    `/v1/disputes/${returned}/actions/open-procedure`,
    { procedure: 'mediation', track: 'labour', body },
    intake,
  );
  await world.post(
    `/v1/disputes/${returned}/actions/request-handoff`,
    { to: { code: 'court', name: '法院' }, procedureId: 'p1' },
    mediator,
  );
  const far = await world.token('intake', { organisation: 'far-desk', region: '110101' });
  const neighbours = wageArrears({
    type: 'neighbour',
    region: '110101',
    parties: [
      { ref: 'a', role: 'claimant', kind: 'person', name: '甲' },
      { ref: 'b', role: 'respondent', kind: 'person', name: '乙' },
    ],
  });
  ownerless = (await world.post('/v1/disputes', neighbours, far)).body.id;
});
afterAll(() => world.close());

const stalled = async (query = '', token = supervisor) =>
  (await world.get(`/v1/supervision/stalled${query}`, token)).body.items as {
    disputeId: string;
    reason: string;
    colour: string;
  }[];
const pairs = async (query = '', token = supervisor) =>
  (await stalled(query, token)).map(({ disputeId, reason }) => [disputeId, reason]);

describe('what people must do', () => {
  test('a returned handoff is stalled once its sender has had the time of the profile', async () => {
    const handoff = `${returned}-h1`;
    now = new Date('2026-09-02T02:00:00Z');
    const back = await world.post(
      `/v1/handoffs/${handoff}/return`,
      { reason: '材料不全', detail: '缺少身份证明' },
      clerk,
    );
    expect(back.status).toBe(200);
    expect((await pairs('?reason=handoff-returned')).length).toBe(0);
    now = new Date('2026-09-07T02:00:00Z');
    const items = await stalled('?reason=handoff-returned');
    const { body } = await world.get(`/v1/disputes/${returned}`, mediator);
    expect(items).toEqual([
      {
        disputeId: returned,
        caseCode: body.caseCode,
        reason: 'handoff-returned',
        since: '2026-09-02T00:00:00+08:00',
        waitingFor: { role: 'mediator', organisation: 'centre' },
        colour: 'red',
        detail: { procedureId: 'p1', handoffId: handoff },
        suggestedActions: expect.arrayContaining(['resend-handoff']),
      },
    ]);
    expect(JSON.stringify(items)).not.toContain('材料不全');
  });

  test('resending ends it at once', async () => {
    await world.post(`/v1/disputes/${returned}/actions/resend-handoff`, { handoffId: `${returned}-h1` }, mediator);
    expect(await pairs('?reason=handoff-returned')).toEqual([]);
    const { items } = (await world.get('/v1/handoffs?status=requested', clerk)).body;
    expect(items).toEqual([(await world.get(`/v1/handoffs/${returned}-h1`, clerk)).body]);
    expect(items[0].dueAt).toMatch(/^2026-09-.*\+08:00$/);
  });

  test('filters by region, type, reason, colour and procedure; only what the reader may see', async () => {
    const everywhere = await world.token('supervisor', { organisation: null, region: null });
    expect(await pairs('?reason=no-owner')).toEqual([]);
    expect(await pairs('?reason=no-owner', everywhere)).toEqual([[ownerless, 'no-owner']]);
    expect(await pairs('?type=neighbour', everywhere)).toEqual([[ownerless, 'no-owner']]);
    expect(await pairs('?region=110000', everywhere)).toEqual([[ownerless, 'no-owner']]);
    expect(await pairs('?region=110000&colour=red', everywhere)).toEqual([]);
    expect(await pairs('?procedure=mediation&colour=yellow', everywhere)).toEqual([]);
    expect((await world.get('/v1/supervision/stalled?reason=lazy', supervisor)).status).toBe(400);
    expect((await world.get('/v1/supervision/stalled?region=south', supervisor)).status).toBe(400);
  });

  test('is for supervisors, administrators and auditors', async () => {
    for (const role of ['supervisor', 'administrator', 'auditor'])
      expect((await world.get('/v1/supervision/stalled', await world.token(role))).status).toBe(200);
    for (const role of ['intake', 'mediator', 'judge', 'party', 'case-officer'])
      for (const path of ['stalled', 'summary']) {
        const answer = await world.get(`/v1/supervision/${path}`, await world.token(role));
        expect(answer.body).toMatchObject({ status: 403, code: 'not-your-role' });
      }
    expect((await world.get('/v1/supervision/summary')).status).toBe(401);
  });
});

describe('what the engine does not do', () => {
  test('a handoff undelivered longer than its profile allows is delivery-failing', async () => {
    // Requested on the test's 7 September; the database counts by its own clock.
    expect(await stalled('?reason=delivery-failing')).toMatchObject([
      {
        disputeId: returned,
        colour: 'red',
        waitingFor: { role: 'court-clerk', organisation: 'court' },
        detail: { handoffId: `${returned}-h1`, procedureId: 'p1' },
      },
    ]);
  });

  test('what its watch reports is listed beside what people must do', async () => {
    problems = [
      { disputeId: returned, reason: 'workflow-failing', since: '2026-09-07T00:00:00.000Z' },
      { disputeId: ownerless, reason: 'workflow-missing', since: '2026-09-07T00:00:00.000Z' },
    ];
    expect(await pairs('?reason=workflow-failing')).toEqual([[returned, 'workflow-failing']]);
    expect(await pairs('?reason=workflow-missing')).toEqual([]);
    problems = [];
  });

  test('a plan that was not taken is engine-behind, or no-worker where none runs', async () => {
    const of = async (hasWorker: boolean, seconds: number) => {
      const { items } = await world.deps.further.stalled({
        visibility: { all: true },
        now,
        engine: { problems: [], hasWorker },
        engineSeconds: seconds,
      });
      return items.filter(({ role }) => role === 'system').map(({ reason }) => reason);
    };
    expect(await of(true, 0)).toEqual(['engine-behind', 'engine-behind']);
    expect(await of(false, 0)).toEqual(['no-worker', 'no-worker']);
    expect(await of(true, 3600)).toEqual([]);
  });

  test('supervision answers though the watch fails or is silent', async () => {
    worker = () => Promise.reject(new Error('Temporal is away'));
    expect((await world.get('/v1/supervision/stalled', supervisor)).status).toBe(200);
    worker = () => new Promise(() => undefined);
    const began = Date.now();
    expect((await world.get('/v1/supervision/summary', supervisor)).status).toBe(200);
    expect(Date.now() - began).toBeLessThan(4000);
    worker = () => Promise.resolve(true);
  });
});

test('the summary counts by reason, colour, region and procedure, and each count links to its list', async () => {
  now = new Date('2026-10-20T02:00:00Z');
  const everywhere = await world.token('administrator', { organisation: null, region: null });
  const { body } = await world.get('/v1/supervision/summary', everywhere);
  expect(Date.parse(body.asOf)).toBe(now.getTime());
  expect(body.total).toBe((await stalled('?limit=200', everywhere)).length);
  expect(body.region.map(({ key }: { key: string }) => key).sort()).toEqual(['110101', '360121']);
  expect(body.procedure).toMatchObject([{ key: 'mediation' }]);
  for (const by of ['reason', 'colour', 'region', 'procedure']) {
    expect(body[by].length).toBeGreaterThan(0);
    for (const { count, href } of body[by]) {
      expect(count).toBeGreaterThan(0);
      const { items } = (await world.get(`${href}&limit=200`, everywhere)).body;
      expect({ href, count: items.length }).toEqual({ href, count });
    }
  }
  const own = await world.get('/v1/supervision/summary?type=neighbour', everywhere);
  expect(own.body.reason).toEqual([
    { key: 'no-owner', count: 1, href: '/v1/supervision/stalled?type=neighbour&reason=no-owner' },
  ]);
});

test('the list is paged without losing or repeating any', async () => {
  const everywhere = await world.token('auditor', { organisation: null, region: null });
  const all = await pairs('?limit=200', everywhere);
  const seen: unknown[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const url: string = `/v1/supervision/stalled?limit=1${cursor ? `&cursor=${cursor}` : ''}`;
    const { body } = await world.get(url, everywhere);
    seen.push(...body.items.map((item: { disputeId: string; reason: string }) => [item.disputeId, item.reason]));
    cursor = body.nextCursor;
  }
  expect(all.length).toBeGreaterThan(1);
  expect(seen).toEqual(all);
});
