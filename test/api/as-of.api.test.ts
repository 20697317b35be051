import { engineRequester, streamOf } from '../../src/commands/recording.js';
import { writeOf } from '../../src/commands/write.js';
import { testApi, wageArrears, type Answered, type TestApi } from './api.js';

let api: TestApi;
let now = new Date('2026-11-02T02:00:00Z');
const at = (instant: string) => (now = new Date(instant));
beforeAll(async () => {
  api = await testApi('as_of', { clock: () => now });
});
afterAll(() => api.close());

let id: string;
let mediator: string;
let intake: string;
/** Instants between the acts. */
const evening = (day: string) => `${day}T20:00:00+08:00`;

const act = async (action: string, body: Record<string, unknown>, token = mediator): Promise<Answered> => {
  const answer = await api.post(`/v1/disputes/${id}/actions/${action}`, body, token);
  if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
  return answer;
};
const get = (query: string, token = mediator) => api.get(`/v1/disputes/${id}${query}`, token);
const asked = (name: string, value: string) => `?${name}=${encodeURIComponent(value)}`;

/** LD-03 ends on 17 November; that it was agreed on the 12th becomes known on the 20th only. */
beforeAll(async () => {
  at('2026-11-02T02:00:00Z');
  intake = await api.token('intake');
  mediator = await api.token('mediator', { organisation: 'NC-MED' });
  id = (await api.post('/v1/disputes', wageArrears(), intake)).body.id;
  await act('open-procedure', { procedure: 'mediation', track: 'labour', body: { code: 'NC-MED', name: '调解中心' } });
  at('2026-11-03T02:00:00Z');
  await act('record-consent', { party: 'worker', consent: 'given' });
  await act('record-consent', { party: 'employer', consent: 'given' });
  at('2026-11-04T02:00:00Z');
  await act('designate-neutral', { person: { account: 'mediator-1', name: '李调解' } });
  await act('answer-designation', { answer: 'accepts' });
  at('2026-11-20T02:00:00Z');
  await act('add-note', { text: '联系了双方' });
  const form = Buffer.from(
    [
      '--x',
      'content-disposition: form-data; name="kind"',
      '',
      'record',
      '--x',
      'content-disposition: form-data; name="file"; filename="r.txt"',
      'content-type: text/plain',
      '',
      '未能达成',
      '--x--',
      '',
    ].join('\r\n'),
  );
  const uploaded = await api.ask('POST', `/v1/disputes/${id}/documents`, {
    token: mediator,
    body: form,
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
  });
  if (uploaded.status >= 300) throw new Error(uploaded.text);
  const { documentId } = uploaded.body;
  await act('end-mediation', { reason: 'wide-differences', occurredAt: '2026-11-12', documentId });
});

const mediation = ({ body }: Answered) => {
  const { status, step, outcome, closedOn } = body.procedures[0];
  return { status, step, outcome, closedOn };
};

describe('a dispute as it was known', () => {
  it('is the dispute as it stood then, marked as such, and nothing to decide on', async () => {
    const answer = await get(asked('recordedAt', evening('2026-11-03')));
    expect(answer.status).toBe(200);
    expect(answer.body.asOf).toEqual({ recordedAt: evening('2026-11-03'), occurredAt: null });
    expect(mediation(answer)).toMatchObject({ status: 'open', step: 'awaiting-neutral' });
    expect(answer.headers['etag']).toBeUndefined();
    // The colour is that of the day: of LD-03, ten working days were left.
    expect(answer.body.deadlines.find(({ rule }: { rule: string }) => rule === 'LD-03')).toMatchObject({
      status: 'running',
      colour: 'green',
    });
    const late = await get(asked('recordedAt', evening('2026-11-16')));
    expect(late.body.deadlines.find(({ rule }: { rule: string }) => rule === 'LD-03').colour).not.toBe('green');
  });

  it('as of now it is what is shown, with an ETag only where nothing is asked', async () => {
    const present = await get('');
    expect(present.headers['etag']).toBe(`"${present.body.version}"`);
    const { asOf, ...known } = (await get(asked('recordedAt', now.toISOString()))).body;
    expect(asOf.recordedAt).toBe(now.toISOString());
    expect(known).toEqual(present.body);
  });

  it('takes an instant whose plus was left bare', async () => {
    const bare = await get(`?recordedAt=${evening('2026-11-03')}`);
    expect(bare.status).toBe(200);
    expect(bare.body.asOf.recordedAt).toBe(evening('2026-11-03'));
  });
});

describe('a dispute as it is known to have stood', () => {
  it('knows a late fact in its place', async () => {
    expect(mediation(await get('?occurredAt=2026-11-11'))).toMatchObject({ status: 'open' });
    const then = await get('?occurredAt=2026-11-12');
    expect(then.body.asOf).toEqual({ recordedAt: null, occurredAt: '2026-11-12' });
    expect(mediation(then)).toMatchObject({ outcome: 'no-agreement', closedOn: '2026-11-12' });
    expect(then.headers['etag']).toBeUndefined();
  });

  it('and what was known of it at another time', async () => {
    const both = await get(`${asked('recordedAt', evening('2026-11-18'))}&occurredAt=2026-11-17`);
    expect(mediation(both)).toMatchObject({ outcome: 'expired', closedOn: '2026-11-17' });
  });
});

describe('what cannot be asked', () => {
  it.each([
    ['?recordedAt=2026-11-03', 400, 'invalid-request', '?recordedAt'],
    ['?occurredAt=yesterday', 400, 'invalid-request', '?occurredAt'],
    ['?at=2026-11-03', 400, 'invalid-request', '?at'],
    ['?recordedAt=2026-11-21T00:00:00Z', 422, 'date-in-future', '?recordedAt'],
    ['?occurredAt=2026-11-21', 422, 'date-in-future', '?occurredAt'],
    ['?recordedAt=2026-11-03T12:00:00Z&occurredAt=2026-11-04', 422, 'date-in-future', '?occurredAt'],
    ['/diff', 400, 'invalid-request', '?from'],
    ['/diff?from=2&to=1', 400, 'invalid-request', '?from'],
    ['/diff?from=0&to=9999', 400, 'invalid-request', '?to'],
    ['/diff?from=-1', 400, 'invalid-request', '?from'],
    ['/diff?from=0&to=2026-11-21T00:00:00Z', 422, 'date-in-future', '?to'],
  ])('%s', async (query, status, code, pointer) => {
    const answer = await get(query);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ code, errors: [expect.objectContaining({ pointer })] });
  });

  it('what did not exist, and what the reader may not see', async () => {
    expect((await get('?recordedAt=2026-11-01T00:00:00Z')).body.code).toBe('not-found');
    expect((await get('?occurredAt=2026-11-01')).body.code).toBe('not-found');
    const stranger = await api.token('mediator', {
      userId: 'stranger',
      organisation: 'OTHER',
      region: '110101',
    });
    expect((await get('?occurredAt=2026-11-12', stranger)).status).toBe(403);
    expect((await get('/diff?from=0', stranger)).status).toBe(403);
    expect((await api.get(`/v1/disputes/${id}/diff?from=0`)).status).toBe(401);
  });
});

type Item = {
  thing: string;
  id: string;
  member: string | null;
  before: unknown;
  after: unknown;
  because: Record<string, unknown>[];
};
const find = ({ body }: Answered, thing: string, member: string | null, of?: string): Item =>
  body.items.find(
    (item: Item) => item.thing === thing && item.member === member && (of === undefined || item.id === of),
  );

describe('what changed, and why', () => {
  it('names the late fact, who recorded it when, and what followed from it', async () => {
    const answer = await get(`/diff?from=${encodeURIComponent(evening('2026-11-19'))}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['etag']).toBeUndefined();
    const outcome = find(answer, 'procedure', 'outcome');
    expect(outcome).toMatchObject({ id: 'p1', before: null, after: 'no-agreement' });
    expect(outcome.because).toContainEqual(
      expect.objectContaining({
        type: 'MediationEnded',
        actor: { kind: 'person', role: 'mediator' },
        occurredAt: '2026-11-12',
        recordedAt: '2026-11-20T02:00:00.000Z',
        recordedLate: true,
        followsFrom: null,
      }),
    );
    expect(outcome.because.at(-1)).toMatchObject({ type: 'ProcedureClosed' });
  });

  it('names the rule whose period passed', async () => {
    const answer = await get('/diff?from=1');
    const deadline = find(answer, 'deadline', null, 'p1:LD-03');
    expect(deadline).toMatchObject({ before: null, after: { rule: 'LD-03' } });
    expect(deadline.because).toContainEqual(
      expect.objectContaining({ rule: 'LD-03', basis: expect.objectContaining({ article: '14' }) }),
    );
  });

  it('of a version with itself is empty; of all, by pages, the same as at once', async () => {
    expect((await get('/diff?from=3&to=3')).body).toMatchObject({
      from: { version: 3 },
      to: { version: 3 },
      items: [],
      nextCursor: null,
    });
    const whole = (await get('/diff?from=0&limit=200')).body;
    expect(whole.from).toEqual({ version: 0, recordedAt: null });
    const items: Item[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Answered = await get(`/diff?from=0&to=${whole.to.version}&limit=3&cursor=${cursor}`);
      expect(page.body.items.length).toBeLessThanOrEqual(3);
      items.push(...page.body.items);
      cursor = page.body.nextCursor;
    }
    expect(items).toEqual(whole.items);
  });

  it('shows no more than the view does', async () => {
    const whole = find(await get('/diff?from=0&limit=200'), 'party', null, 'worker');
    expect(whole.after).toMatchObject({ name: '张三', phone: '13800000000' });
    const auditor = await api.token('auditor', { organisation: null });
    for (const query of [
      '/diff?from=0&limit=200',
      '?occurredAt=2026-11-12',
      asked('recordedAt', evening('2026-11-03')),
    ]) {
      const masked = await get(query, auditor);
      expect(masked.status).toBe(200);
      for (const secret of ['张三', '13800000000', '360121199001010011']) expect(masked.text).not.toContain(secret);
    }
  });

  it('is recorded as a reading where it shows personal data', async () => {
    const reads = async () =>
      (await api.get(`/v1/disputes/${id}/reads?limit=200`, await api.token('supervisor'))).body.items.length;
    const before = await reads();
    await get('/diff?from=0');
    await get('?occurredAt=2026-11-12');
    expect(await reads()).toBe(before + 2);
  });
});

it('a stream that a newer program wrote is unavailable here, and no failure', async () => {
  const { body } = await api.post('/v1/disputes', wageArrears(), intake);
  const { commands, store } = api.deps;
  const { snapshot } = await store.load(body.id, null);
  const { state } = (await commands.read(body.id))!;
  const appended = await store.append({
    stream: streamOf(body.id),
    expectedVersion: snapshot!.version,
    headHash: snapshot!.headHash,
    headRecordedAt: snapshot!.headRecordedAt,
    command: null,
    events: [
      {
        eventId: 'e0000000-0000-4000-8000-000000000001',
        type: 'NoteAdded',
        schemaVersion: 9,
        occurredAt: '2026-11-20',
        actor: { kind: 'engine', id: 'engine', role: 'system', organisation: null },
        commandId: 'newer',
        causationId: null,
        correlationId: 'newer',
        procedureId: null,
        data: {},
      },
    ],
    values: [],
    dispute: writeOf(state, { ...state, version: state.version + 1 }, commands.contextFor(engineRequester, state)),
    refusal: null,
    documents: [],
  });
  expect(appended.status).toBe('appended');
  const answer = await api.get(`/v1/disputes/${body.id}/diff?from=0`, intake);
  expect(answer.status).toBe(503);
  expect(answer.body.code).toBe('unavailable');
  expect(answer.headers['retry-after']).toBeDefined();
});
