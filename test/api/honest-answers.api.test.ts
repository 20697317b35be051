import { testApi, wageArrears, type TestApi } from './api.js';

/** An answer says what is so: nothing is done that was only asked about, nothing offered that cannot be had. */

let api: TestApi;
let intake: string;
let mediator: string;
let supervisor: string;

beforeAll(async () => {
  api = await testApi('honest');
  intake = await api.token('intake');
  mediator = await api.token('mediator', { organisation: 'MED' });
  supervisor = await api.token('supervisor');
});
afterAll(() => api.close());

const registered = async (change: Record<string, unknown> = {}): Promise<string> =>
  String((await api.post('/v1/disputes', wageArrears(change), intake)).headers['location']);
const mediating = async (): Promise<string> => {
  const url = await registered();
  const body = { procedure: 'mediation', track: 'labour', body: { code: 'MED', name: '调解中心' } };
  expect((await api.post(`${url}/actions/open-procedure`, body, intake)).status).toBe(200);
  return url;
};

describe('a query parameter that a path does not know', () => {
  test('is refused, and nothing is done', async () => {
    const count = async () => (await api.get('/v1/disputes', supervisor)).body.items.length as number;
    const before = await count();
    const dry = await api.post('/v1/disputes?dryRun=true', wageArrears(), intake);
    expect(dry).toMatchObject({ status: 400, body: { code: 'invalid-request', errors: [{ pointer: '?dryRun' }] } });
    expect(await count()).toBe(before);
    const url = await registered();
    for (const path of [`${url}/actions`, `${url}/deadlines`, '/v1/rules/LD-06', '/v1/calendar/2026', url])
      expect(await api.get(`${path}?foo=1`, supervisor)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: '?foo' }] },
      });
    for (const [path, body] of [
      [`${url}/what-if`, {}],
      ['/v1/routes/evaluate', { type: 'labour', from: 'intake', outcome: 'registered' }],
      ['/v1/deadlines/calculate', { rule: 'LD-06', from: '2026-03-02' }],
    ] as const) {
      expect((await api.post(`${path}?foo=1`, body, supervisor)).status).toBe(400);
      expect((await api.post(path, body, supervisor)).status).toBe(200);
    }
  });

  test('does not come before the question who asks, and an empty query is none', async () => {
    expect((await api.get('/v1/disputes?foo=1')).status).toBe(401);
    expect((await api.get('/v1/rules/LD-06?')).status).toBe(200);
    expect((await api.get('/health/live?probe=1')).status).toBe(200);
  });
});

describe('the same key again, after the dispute has gone on', () => {
  test('has the first answer: what the dispute was then, at its version', async () => {
    const key = { 'idempotency-key': 'first-answer' };
    const first = await api.post('/v1/disputes', wageArrears(), intake, key);
    const url = String(first.headers['location']);
    const noteKey = { 'idempotency-key': 'first-note' };
    const note = await api.post(`${url}/actions/add-note`, { text: '备注' }, intake, noteKey);
    expect((await api.post(`${url}/actions/withdraw`, {}, intake)).status).toBe(200);
    const again = await api.post('/v1/disputes', wageArrears(), intake, key);
    expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true', etag: first.headers['etag'] });
    expect(again.body).toEqual(first.body);
    const noteAgain = await api.post(`${url}/actions/add-note`, { text: '备注' }, intake, noteKey);
    expect(noteAgain.headers['etag']).toBe(note.headers['etag']);
    expect(noteAgain.body).toEqual(note.body);
    expect((await api.get(url, intake)).body.status).toBe('closed');
  });
});

describe('what is offered', () => {
  const offered = async (url: string, token: string): Promise<string[]> =>
    (await api.get(`${url}/actions`, token)).body.actions.map(({ action }: { action: string }) => action);

  test('is nothing of a collective dispute or of a union paper where there is none', async () => {
    const url = await registered();
    const before = await offered(url, supervisor);
    for (const action of ['elect-representatives', 'record-member-consent', 'member-opt-out', 'record-union-reply'])
      expect(before).not.toContain(action);
    expect(before).toEqual(expect.arrayContaining(['add-members', 'issue-union-paper']));
    const debt = await registered({ type: 'debt', facts: {} });
    expect(await offered(debt, supervisor)).not.toContain('add-members');
    const members = Array.from({ length: 10 }, (_, n) => ({ ref: `m${n}`, name: `职工${n}` }));
    expect((await api.post(`${url}/actions/add-members`, { members }, supervisor)).status).toBe(200);
    expect(await offered(url, supervisor)).toEqual(
      expect.arrayContaining(['elect-representatives', 'record-member-consent', 'member-opt-out']),
    );
    expect((await api.post(`${url}/actions/issue-union-paper`, { paper: 'opinion' }, supervisor)).status).toBe(200);
    expect(await offered(url, supervisor)).toContain('record-union-reply');
  });

  test('is no extension or suspension of a period that the law lets nobody extend or suspend', async () => {
    const url = await mediating();
    const actions = await offered(url, mediator);
    expect(actions).toContain('record-consent');
    expect(actions).not.toContain('extend');
    expect(actions).not.toContain('suspend');
  });
});

describe('a capacity that labour law does not know', () => {
  test('is unclear, and not read as worker or employer', async () => {
    const [worker, employer] = wageArrears()['parties'] as Record<string, unknown>[];
    const parties = [
      { ...worker, capacity: 'applicant' },
      { ...employer, capacity: 'authority' },
    ];
    expect(await api.post('/v1/disputes', wageArrears({ parties }), intake)).toMatchObject({
      status: 422,
      body: { code: 'capacity-unclear' },
    });
  });
});

describe('a supposition or correction that cannot be', () => {
  test('is refused by what is wrong with it, in both alike', async () => {
    const url = await mediating();
    const suppose = async (amend: object) =>
      (
        await api.post(
          `${url}/what-if`,
          { amend: [{ event: 2, field: 'appliedOn', value: '2026-11-23', ...amend }] },
          intake,
        )
      ).body;
    expect(await suppose({ event: 99 })).toMatchObject({
      code: 'unknown-fact',
      errors: [{ pointer: '/amend/0/event' }],
    });
    expect(await suppose({ field: 'nothing' })).toMatchObject({
      code: 'unknown-fact',
      errors: [{ pointer: '/amend/0/field' }],
    });
    for (const value of ['junk', '2026-02-30'])
      expect(await suppose({ value })).toMatchObject({
        code: 'fact-invalid',
        errors: [{ pointer: '/amend/0/value' }],
      });
    expect(await suppose({ value: '2020-01-01' })).toMatchObject({ code: 'date-before-dispute' });
    const correction = { event: 2, field: 'appliedOn', value: '2020-01-01' };
    expect(await api.post(`${url}/actions/correct-fact`, correction, supervisor)).toMatchObject({
      status: 422,
      body: { code: 'date-before-dispute', errors: [{ pointer: '/value' }] },
    });
  });
});

describe('members of a collective dispute', () => {
  test('are a list with what became of each; the dispute counts them', async () => {
    const url = await registered();
    expect((await api.get(url, supervisor)).body.collective).toBeNull();
    expect((await api.get(`${url}/members`, supervisor)).body).toEqual({ items: [], nextCursor: null });
    const members = Array.from({ length: 12 }, (_, n) => ({ ref: `m${n + 1}`, name: `职工${n}` }));
    const act = async (action: string, body: object) =>
      expect((await api.post(`${url}/actions/${action}`, body, supervisor)).status).toBe(200);
    await act('add-members', { members });
    await act('elect-representatives', { representatives: ['m1', 'm2', 'm3'] });
    await act('record-member-consent', { members: ['m2'], consent: 'given' });
    await act('member-opt-out', { members: ['m12'] });
    expect((await api.get(url, supervisor)).body.collective).toEqual({
      members: 12,
      represented: 11,
      consented: 1,
      refused: 0,
      representatives: ['m1', 'm2', 'm3'],
    });
    const first = (await api.get(`${url}/members?limit=10`, supervisor)).body;
    const second = (await api.get(`${url}/members?limit=10&cursor=${first.nextCursor}`, supervisor)).body;
    const items = [...first.items, ...second.items];
    expect(items).toHaveLength(12);
    expect(second.nextCursor).toBeNull();
    expect(items[1]).toEqual({
      member: 'm2',
      status: 'represented',
      consent: 'given',
      representative: true,
      disputeId: null,
    });
    expect(items[11]).toMatchObject({ member: 'm12', status: 'opted-out', representative: false });
    const elsewhere = await api.token('supervisor', { organisation: 'elsewhere', region: '110101' });
    expect((await api.get(`${url}/members`, elsewhere)).status).toBe(403);
  });
});

describe('the decision table, asked without a day', () => {
  test('is asked for today: what has passed its limit is not permitted (row 8)', async () => {
    const ask = async (agreementEffectiveOn: string, more: object = {}) => {
      const facts = { bothAgree: true, agreementConfirmed: false, agreementEffectiveOn };
      const body = { type: 'neighbour', from: 'follow-up', outcome: 'breach', facts, ...more };
      const { permitted } = (await api.post('/v1/routes/evaluate', body)).body;
      return permitted.map(({ procedure }: { procedure: string }) => procedure) as string[];
    };
    expect(await ask('2026-11-01')).toContain('judicial-confirmation');
    expect(await ask('2026-10-01')).not.toContain('judicial-confirmation');
    expect(await ask('2026-10-01', { on: '2026-10-20' })).toContain('judicial-confirmation');
  });
});

describe('a problem', () => {
  test('says in the reader’s language what is wrong, also of the body as a whole', async () => {
    const broken = await api.ask('POST', '/v1/disputes', { token: intake, body: '{"type":' });
    expect(broken.body.detail).toBe('不是有效的 JSON');
  });
});
