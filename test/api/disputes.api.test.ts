import { createHash } from 'node:crypto';
import { testApi, wageArrears, type TestApi } from './api.js';

let api: TestApi;
let intake: string;
let mediator: string;

beforeAll(async () => {
  api = await testApi('disputes');
  intake = await api.token('intake');
  mediator = await api.token('mediator', { organisation: 'MED' });
});
afterAll(() => api.close());

const mediationAt = (code: string) => ({ procedure: 'mediation', track: 'labour', body: { code, name: '镇调解中心' } });

/** A new dispute's address, with a mediation open at MED where asked for. */
const newDispute = async (open = true): Promise<string> => {
  const made = await api.post('/v1/disputes', wageArrears(), intake);
  const url = String(made.headers['location']);
  if (open) expect((await api.post(`${url}/actions/open-procedure`, mediationAt('MED'), intake)).status).toBe(200);
  return url;
};
const versionOf = async (url: string): Promise<number> => (await api.get(url, intake)).body.version;
const key = () => ({ 'idempotency-key': `k-${Math.random()}` });

describe('registering', () => {
  test('answers 201 with Location, ETag and the view', async () => {
    const answer = await api.post('/v1/disputes', wageArrears({ externalIds: { '12345': 'A-7' } }), intake);
    expect(answer.status).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/disputes/${answer.body.id}`);
    expect(answer.headers['etag']).toBe(`"${answer.body.version}"`);
    expect(answer.body).toMatchObject({
      type: 'labour',
      region: '360121',
      status: 'open',
      title: '拖欠工资',
      registeredOn: '2026-11-23',
      owner: { organisation: 'desk' },
      externalIds: { '12345': 'A-7' },
      claims: [{ kind: 'wages', amount: { amount: '12000.00', currency: 'CNY' }, text: '四个月工资' }],
      procedures: [],
      deadlines: [],
      handoffs: [],
      stall: null,
      backfill: false,
      profile: { code: 'nanchang' },
    });
    expect(answer.body.caseCode).toMatch(/^360121-2026-\d{7}-\d$/);
  });

  test('worker and employer are read from one person and one organisation, recorded as assumed', async () => {
    const parties = [
      { ref: 'a', role: 'claimant', kind: 'person', name: '甲' },
      { ref: 'b', role: 'respondent', kind: 'organisation', name: '乙公司' },
    ];
    const { body } = await api.post('/v1/disputes', wageArrears({ parties }), intake);
    expect(body.parties).toMatchObject([
      { capacity: 'worker', capacityAssumed: true },
      { capacity: 'employer', capacityAssumed: true },
    ]);
    const unclear = parties.map((party) => ({ ...party, kind: 'person' }));
    const refused = await api.post('/v1/disputes', wageArrears({ parties: unclear }), intake);
    expect(refused).toMatchObject({ status: 422, body: { code: 'capacity-unclear' } });
  });

  test('the same key and body answer the first dispute again; another body is 422', async () => {
    const headers = key();
    const first = await api.post('/v1/disputes', wageArrears(), intake, headers);
    const again = await api.post('/v1/disputes', wageArrears(), intake, headers);
    expect(first.headers['idempotent-replayed']).toBeUndefined();
    expect(again.status).toBe(201);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body.id).toBe(first.body.id);
    const other = await api.post('/v1/disputes', wageArrears({ title: '另案' }), intake, headers);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const spaced = await api.post('/v1/disputes', `${JSON.stringify(wageArrears())} `, intake, headers);
    expect(spaced.status).toBe(422);
  });

  test('a key belongs to its caller', async () => {
    const headers = key();
    const first = await api.post('/v1/disputes', wageArrears(), intake, headers);
    const other = await api.token('intake', { userId: 'intake-2' });
    const second = await api.post('/v1/disputes', wageArrears(), other, headers);
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(first.body.id);
  });

  test('twice at once with one key is one dispute', async () => {
    const headers = key();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => api.post('/v1/disputes', wageArrears(), intake, headers)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ headers: { 'idempotent-replayed': replayed } }) => replayed !== 'true')).toHaveLength(1);
  });

  test('an adviser may not, and nobody in another region', async () => {
    const adviser = await api.token('adviser');
    expect(await api.post('/v1/disputes', wageArrears(), adviser)).toMatchObject({
      status: 403,
      body: { code: 'not-your-role' },
    });
    const elsewhere = await api.token('intake', { region: '110101' });
    expect(await api.post('/v1/disputes', wageArrears(), elsewhere)).toMatchObject({
      status: 403,
      body: { code: 'not-your-region' },
    });
  });

  test('a date in the future is 422', async () => {
    const answer = await api.post('/v1/disputes', wageArrears({ receivedOn: '2026-11-24' }), intake);
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'date-in-future', errors: [{ pointer: '/receivedOn' }] },
    });
  });
});

describe('reading', () => {
  test('a dispute has its ETag', async () => {
    const url = await newDispute();
    const answer = await api.get(url, intake);
    expect(answer.headers['etag']).toBe(`"${answer.body.version}"`);
    expect(answer.body.procedures).toMatchObject([
      {
        id: 'p1',
        procedure: 'mediation',
        track: 'labour',
        joint: false,
        status: 'open',
        step: 'applied',
        body: { code: 'MED', name: '镇调解中心' },
        neutrals: [],
        openedOn: '2026-11-23',
        closedOn: null,
        outcome: null,
        waitingFor: { who: 'parties', role: 'party', organisation: null },
      },
    ]);
  });

  test('unknown is 404; another region is 403', async () => {
    expect((await api.get('/v1/disputes/00000000-0000-8000-8000-000000000000', intake)).status).toBe(404);
    const url = await newDispute();
    const elsewhere = await api.token('mediator', { organisation: 'OTHER', region: '110101' });
    expect((await api.get(url, elsewhere)).status).toBe(403);
    for (const part of ['events', 'actions', 'deadlines', 'workflow'])
      expect((await api.get(`${url}/${part}`, elsewhere)).status).toBe(403);
  });

  test('telephone and id number only for those who deal with it, and for the party itself', async () => {
    const parties = (wageArrears()['parties'] as Record<string, unknown>[]).map((party) =>
      party['ref'] === 'worker' ? { ...party, account: 'worker-1' } : party,
    );
    const made = await api.post('/v1/disputes', wageArrears({ parties }), intake);
    const url = String(made.headers['location']);
    await api.post(`${url}/actions/open-procedure`, mediationAt('MED'), intake);
    const worker = async (token: string) => (await api.get(url, token)).body.parties[0];
    expect(await worker(intake)).toMatchObject({ phone: '13800000000', idNumber: '360121199001010011' });
    expect(await worker(mediator)).toMatchObject({ phone: '13800000000' });
    expect(await worker(await api.token('party', { userId: 'worker-1', organisation: null }))).toMatchObject({
      phone: '13800000000',
    });
    const colleague = await worker(await api.token('mediator', { userId: 'm-9', organisation: 'ELSE' }));
    expect(colleague).toMatchObject({ name: '张三' });
    for (const secret of ['phone', 'idNumber', 'address', 'account']) expect(colleague).not.toHaveProperty(secret);
    expect((await api.get(url, await api.token('party', { userId: 'stranger' }))).status).toBe(403);
  });

  test('the events are numbered, chained, and hold no name', async () => {
    const url = await newDispute();
    const first = await api.get(`${url}/events?limit=2`, intake);
    expect(first.body.items).toHaveLength(2);
    const second = await api.get(`${url}/events?limit=200&cursor=${first.body.nextCursor}`, intake);
    const events = [...first.body.items, ...second.body.items];
    expect(second.body.nextCursor).toBeNull();
    expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
    for (const [index, event] of events.entries()) {
      expect(Object.keys(event)).toEqual(
        expect.arrayContaining([
          'version',
          'type',
          'schemaVersion',
          'occurredAt',
          'recordedAt',
          'actor',
          'commandId',
          'procedureId',
          'data',
          'previousHash',
          'hash',
        ]),
      );
      if (index > 0) expect(event.previousHash).toBe(events[index - 1].hash);
    }
    expect(first.text + second.text).not.toMatch(/张三|保洁|拖欠|13800000000|360121199001010011/);
    expect((await api.get(`${url}/events?cursor=eA`, intake)).status).toBe(400);
  });

  test('texts by their references, with the salt of their commitment, for who may see them', async () => {
    const url = await newDispute();
    await api.post(`${url}/actions/add-note`, { text: '当事人来电' }, mediator);
    const texts = async (token: string) =>
      (await api.get(`${url}/events?values=true`, token)).body.items.flatMap(
        (event: { values: Record<string, { value: unknown }> }) =>
          Object.values(event.values).map(({ value }) => value),
      );
    expect(await texts(mediator)).toEqual(expect.arrayContaining(['当事人来电', '张三', '拖欠工资']));
    const { body } = await api.get(`${url}/events?values=true`, mediator);
    const { text } = body.items.at(-1).data as { text: { ref: string; commitment: string } };
    const { salt, value } = body.items.at(-1).values[text.ref] as { salt: string; value: string };
    const commitment = createHash('sha256')
      .update(Buffer.from(salt, 'hex'))
      .update(JSON.stringify(value))
      .digest('hex');
    expect(commitment).toBe(text.commitment);
    expect(await texts(await api.token('mediator', { userId: 'm-9', organisation: 'ELSE' }))).toEqual([]);
  });

  test('without Temporal the workflow is unavailable, and by how much it is behind is known', async () => {
    const url = await newDispute();
    expect((await api.get(`${url}/workflow`, intake)).body).toEqual({
      workflowId: `dispute/${url.split('/').at(-1)}`,
      runId: null,
      status: 'unavailable',
      drivenVersion: 0,
      planVersion: expect.any(Number),
      behindBy: expect.any(Number),
      nextTimerAt: null,
      children: [],
      pendingActivities: [],
    });
    expect((await api.get(`${url}/workflow`, intake)).body.behindBy).toBeGreaterThan(0);
  });
});

describe('lists', () => {
  test('filter, and page without gaps', async () => {
    const own = await api.token('intake', { region: '360122', userId: 'lister', organisation: 'desk-122' });
    const made: string[] = [];
    for (const title of ['窗台漏水', '楼道堆物', '噪声扰民']) {
      const body = wageArrears({
        type: 'neighbour',
        region: '360122',
        title,
        parties: [
          { ref: 'a', role: 'claimant', kind: 'person', name: '甲' },
          { ref: 'b', role: 'respondent', kind: 'person', name: '乙' },
        ],
      });
      made.push((await api.post('/v1/disputes', body, own)).body.id);
    }
    const list = async (query: string, token = own) => (await api.get(`/v1/disputes?${query}`, token)).body;
    const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id);
    expect(idsOf(await list(''))).toEqual([...made].reverse());
    const pages = [await list('limit=2')];
    pages.push(await list(`limit=2&cursor=${pages[0].nextCursor}`));
    expect(pages.flatMap(idsOf)).toEqual([...made].reverse());
    expect(pages[1].nextCursor).toBeNull();
    expect(idsOf(await list(`q=${encodeURIComponent('堆物')}`))).toEqual([made[1]]);
    expect(idsOf(await list('type=labour'))).toEqual([]);
    expect(idsOf(await list('region=360122&status=open'))).toHaveLength(3);
    expect(idsOf(await list('procedure=mediation'))).toEqual([]);
    const mayor = await api.token('supervisor', { region: '360100', userId: 'city' });
    expect(idsOf(await list('type=neighbour', mayor))).toEqual([...made].reverse());
    expect(idsOf(await list('', await api.token('mediator', { region: '110101', organisation: 'BJ' })))).toEqual([]);
  });

  test('by open procedure, step and due date', async () => {
    const url = await newDispute();
    const id = url.split('/').at(-1);
    const found = async (query: string) =>
      (await api.get(`/v1/disputes?limit=200&${query}`, mediator)).body.items.some(
        (one: { id: string }) => one.id === id,
      );
    expect(await found('procedure=mediation&step=applied')).toBe(true);
    expect(await found('procedure=mediation&step=in-session')).toBe(false);
    expect(await found('dueBefore=2026-12-09')).toBe(true);
    expect(await found('dueBefore=2026-12-08')).toBe(false);
    expect(await found('owner=MED')).toBe(true);
  });
});

describe('acting', () => {
  test('answers the view and the events', async () => {
    const url = await newDispute();
    const before = await versionOf(url);
    const answer = await api.post(`${url}/actions/record-consent`, { party: 'worker', consent: 'given' }, mediator);
    expect(answer.status).toBe(200);
    expect(answer.headers['etag']).toBe(`"${answer.body.dispute.version}"`);
    expect(answer.body.events).toMatchObject([
      {
        type: 'ConsentRecorded',
        version: before + 1,
        procedureId: 'p1',
        actor: { kind: 'person', role: 'mediator', organisation: 'MED' },
      },
    ]);
    expect(answer.body.dispute.procedures[0].consents).toEqual({ worker: 'given' });
  });

  test('an unknown action, one of the engine, one with an endpoint of its own: 404', async () => {
    const url = await newDispute();
    for (const action of [
      'dance',
      'record-warning',
      'record-delivery',
      'record-invitation',
      'accept-handoff',
      '__proto__',
      'constructor',
    ])
      expect((await api.post(`${url}/actions/${action}`, {}, intake)).status).toBe(404);
  });

  test('by law refused is 409 with basis and alternatives, whoever asks', async () => {
    const url = await newDispute(false);
    const body = { procedure: 'civil-litigation', body: { code: 'COURT' } };
    for (const token of [intake, await api.token('court-clerk', { organisation: 'COURT' })]) {
      const answer = await api.post(`${url}/actions/open-procedure`, body, token);
      expect(answer).toMatchObject({ status: 409, body: { code: 'route-forbidden' } });
      expect(answer.body.basis).toMatchObject({ law: '劳动争议调解仲裁法', article: '5' });
      expect(answer.body.alternatives).toContainEqual({ action: 'open-procedure', procedure: 'labour-arbitration' });
      expect(answer.body.detail).not.toBe(answer.body.title);
    }
  });

  test('only where another role could it is 403', async () => {
    const url = await newDispute();
    const consent = { party: 'worker', consent: 'given' };
    const judge = await api.token('judge', { organisation: 'COURT' });
    expect(await api.post(`${url}/actions/record-consent`, consent, judge)).toMatchObject({
      status: 403,
      body: { code: 'not-your-role' },
    });
    const other = await api.token('mediator', { organisation: 'OTHER' });
    expect(await api.post(`${url}/actions/record-consent`, consent, other)).toMatchObject({
      status: 403,
      body: { code: 'not-your-organisation' },
    });
    // Nobody could: law comes first.
    expect(await api.post(`${url}/actions/issue-award`, { finality: 'final' }, judge)).toMatchObject({ status: 409 });
  });

  test('impossible content is 422', async () => {
    const url = await newDispute();
    const act = (body: unknown) => api.post(`${url}/actions/record-consent`, body, mediator);
    const consent = { party: 'worker', consent: 'given' };
    expect(await act({ ...consent, party: 'nobody' })).toMatchObject({
      status: 422,
      body: { code: 'unknown-party', errors: [{ pointer: '/party' }] },
    });
    expect(await act({ ...consent, procedureId: 'p9' })).toMatchObject({
      status: 422,
      body: { code: 'unknown-procedure' },
    });
    expect(await act({ ...consent, occurredAt: '2026-11-24' })).toMatchObject({
      status: 422,
      body: { code: 'date-in-future' },
    });
    expect(await act({ ...consent, consentedOn: '2026-11-23', occurredAt: '2026-11-22' })).toMatchObject({
      status: 422,
      body: { code: 'date-contradiction' },
    });
  });

  test('the body is read by the schema of the procedure it is meant for', async () => {
    const url = await newDispute();
    const act = (body: unknown) => api.post(`${url}/actions/designate-neutral`, body, mediator);
    const person = { account: 'm-1', name: '王调解员' };
    expect(await act({ person, seat: 'presiding-mediator' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/seat' }] },
    });
    expect(await act({ person, seat: 'mediator' })).toMatchObject({ status: 409 });
    expect(await act({ person, seat: 'throne' })).toMatchObject({ status: 400 });
    // No procedure of the dispute has the action: refused by law, if any procedure could take the body.
    const none = await newDispute(false);
    expect(await api.post(`${none}/actions/designate-neutral`, { person }, mediator)).toMatchObject({ status: 409 });
    expect(await api.post(`${none}/actions/designate-neutral`, { person, x: 1 }, mediator)).toMatchObject({
      status: 400,
    });
  });

  test('a corrected fact is of its own kind', async () => {
    const url = await newDispute();
    const correct = (fact: string, value: unknown) => api.post(`${url}/actions/correct-fact`, { fact, value }, intake);
    expect(await correct('collective', 12)).toMatchObject({
      status: 200,
      body: { dispute: { facts: { collective: 12 } } },
    });
    for (const [fact, value] of [
      ['collective', 'many'],
      ['wageIou', 'yes'],
      ['arbitrationClause', '张三'],
      ['employmentEndedOn', '2026-02-30'],
    ] as const)
      expect(await correct(fact, value)).toMatchObject({ status: 422, body: { code: 'fact-invalid' } });
    expect(await correct('colour', 'red')).toMatchObject({ status: 400 });
  });

  test('a note goes with any action, and its words are in no event', async () => {
    const url = await newDispute();
    const answer = await api.post(
      `${url}/actions/record-consent`,
      { party: 'worker', consent: 'given', note: '本人到场' },
      mediator,
    );
    expect(answer.body.events.map(({ type }: { type: string }) => type)).toEqual(['ConsentRecorded', 'NoteAdded']);
    expect(JSON.stringify(answer.body.events)).not.toContain('本人到场');
  });

  test('a dry run says what would be recorded and records nothing', async () => {
    const url = await newDispute();
    const before = await versionOf(url);
    const headers = key();
    const body = { party: 'worker', consent: 'given' };
    const dry = await api.post(`${url}/actions/record-consent?dryRun=true`, body, mediator, headers);
    expect(dry).toMatchObject({ status: 200, body: { dryRun: true, events: [{ type: 'ConsentRecorded' }] } });
    expect(dry.headers['etag']).toBe(`"${before}"`);
    expect(await versionOf(url)).toBe(before);
    // Its key is still free, and a dry run never is a repeat.
    const done = await api.post(`${url}/actions/record-consent`, body, mediator, headers);
    expect(done.headers['idempotent-replayed']).toBeUndefined();
    expect(done.status).toBe(200);
    const refused = await api.post(`${url}/actions/issue-award?dryRun=true`, { finality: 'final' }, intake);
    expect(refused.status).toBe(409);
    expect(await versionOf(url)).toBe(before + 1);
  });
});

describe('repeating', () => {
  test('the same key answers as the first time, though the dispute has gone on', async () => {
    const url = await newDispute();
    const headers = key();
    const body = { party: 'worker', consent: 'given' };
    const first = await api.post(`${url}/actions/record-consent`, body, mediator, headers);
    await api.post(`${url}/actions/record-consent`, { party: 'employer', consent: 'given' }, mediator);
    const again = await api.post(`${url}/actions/record-consent`, body, mediator, headers);
    expect(again.status).toBe(200);
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body.events).toEqual(first.body.events);
    const other = await api.post(`${url}/actions/record-consent`, { ...body, consent: 'refused' }, mediator, headers);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  test('the same key at once is one act', async () => {
    const url = await newDispute();
    const before = await versionOf(url);
    const headers = key();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => api.post(`${url}/actions/add-note`, { text: '电话' }, mediator, headers)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(await versionOf(url)).toBe(before + 1);
    expect(answers.filter(({ headers: { 'idempotent-replayed': replayed } }) => replayed === 'true')).toHaveLength(7);
  });

  test('different acts at once are all recorded', async () => {
    const url = await newDispute();
    const before = await versionOf(url);
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, index) => api.post(`${url}/actions/add-note`, { text: `第${index}次` }, mediator)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(4).fill(200));
    expect(await versionOf(url)).toBe(before + 4);
  });

  test('a refused command leaves no trace of its key', async () => {
    const url = await newDispute();
    const headers = key();
    const body = { person: { account: 'm-1' } };
    const refused = await api.post(`${url}/actions/designate-neutral`, body, mediator, headers);
    expect(refused.status).toBe(409);
    for (const party of ['worker', 'employer'])
      await api.post(`${url}/actions/record-consent`, { party, consent: 'given' }, mediator);
    const done = await api.post(`${url}/actions/designate-neutral`, body, mediator, headers);
    expect(done.status).toBe(200);
    expect(done.headers['idempotent-replayed']).toBeUndefined();
    const { rows } = await api.pool.query('SELECT type FROM accord.events WHERE stream = $1', [
      `refusals-${url.split('/').at(-1)}`,
    ]);
    expect(rows).toEqual([{ type: 'CommandRefused' }]);
  });
});

describe('versions', () => {
  test('If-Match of the version at hand passes; an older one is 412 with what has changed', async () => {
    const url = await newDispute();
    const version = await versionOf(url);
    const act = (party: string, etag: string) =>
      api.post(`${url}/actions/record-consent`, { party, consent: 'given' }, mediator, { 'if-match': etag });
    expect((await act('worker', `"${version}"`)).status).toBe(200);
    const conflict = await act('employer', `"${version}"`);
    expect(conflict).toMatchObject({
      status: 412,
      body: {
        code: 'version-conflict',
        version: version + 1,
        since: [
          {
            version: version + 1,
            type: 'ConsentRecorded',
            occurredAt: expect.stringMatching(/^2026-11-23T/),
          },
        ],
      },
    });
    expect(conflict.headers['etag']).toBe(`"${version + 1}"`);
    expect(await act('employer', '"99"')).toMatchObject({ status: 412, body: { since: [] } });
    expect((await act('employer', '*')).status).toBe(200);
  });
});

describe('what may be done', () => {
  test('actions with the schema of their bodies, routes, and what is forbidden by which law', async () => {
    const url = await newDispute();
    const { body } = await api.get(`${url}/actions`, mediator);
    const named = (action: string) => body.actions.find((one: { action: string }) => one.action === action);
    expect(named('record-consent')).toMatchObject({
      procedureId: 'p1',
      title: '记录当事人意愿',
      basis: { rule: 'PM-03' },
      schema: { type: 'object', required: ['party', 'consent'], additionalProperties: false },
    });
    expect(named('close')).toBeUndefined();
    expect(named('finish-backfill')).toBeUndefined();
    expect(named('issue-award')).toBeUndefined();
    expect(body.forbidden).toContainEqual(
      expect.objectContaining({
        procedure: 'civil-litigation',
        reason: expect.any(String),
        basis: expect.objectContaining({ law: expect.any(String) }),
      }),
    );
    const arbitration = body.routes.find((route: { procedure: string }) => route.procedure === 'labour-arbitration');
    expect(arbitration).toMatchObject({
      by: expect.any(String),
      action: { action: 'open-procedure', body: { procedure: 'labour-arbitration' } },
    });
    const english = await api.get(`${url}/actions`, mediator, { 'accept-language': 'en' });
    expect(english.body.actions.find((one: { action: string }) => one.action === 'record-consent').title).toBe(
      'record a party’s consent',
    );
    expect(english.body.forbidden[0].reason).toMatch(/^[\x20-\x7e’“”–]+$/);
  });

  test('is never refused for the role', async () => {
    const url = await newDispute();
    for (const [role, organisation] of [
      ['intake', 'desk'],
      ['mediator', 'MED'],
      ['supervisor', 'desk'],
      ['auditor', 'desk'],
      ['judge', 'COURT'],
      ['arbitrator', 'ARB'],
    ] as const) {
      const token = await api.token(role, { organisation });
      const { body } = await api.get(`${url}/actions`, token);
      const route = body.routes.find(({ action }: { action: unknown }) => action !== null);
      for (const { action, procedureId } of body.actions as {
        action: string;
        procedureId: string | null;
      }[]) {
        const own =
          action === 'open-procedure' ? { ...route.action.body, body: { code: organisation } } : smallest[action];
        const sent = { ...own, ...(procedureId ? { procedureId } : {}) };
        const answer = await api.post(`${url}/actions/${action}?dryRun=true`, sent, token);
        expect([action, answer.status]).not.toEqual([action, 403]);
      }
    }
  });

  test('another body’s staff may not act in the procedure, and an auditor may do nothing', async () => {
    const url = await newDispute();
    const named = async (token: string) =>
      (await api.get(`${url}/actions`, token)).body.actions.map(({ action }: { action: string }) => action);
    const other = await api.token('mediator', { organisation: 'OTHER' });
    expect(await named(other)).not.toContain('record-consent');
    expect(await named(await api.token('auditor'))).toEqual([]);
  });
});

/** Bodies that come as far as the role, for actions that need one. */
const smallest: Record<string, Record<string, unknown>> = {
  'add-note': { text: 'x' },
  'record-consent': { party: 'worker', consent: 'given' },
  assign: { organisation: 'MED' },
  'raise-alert': { kind: 'other' },
};

describe('backfill', () => {
  test('facts are typed in with their own dates, and the past is caught up at the end', async () => {
    const made = await api.post('/v1/disputes', wageArrears({ backfill: true, receivedOn: '2026-03-02' }), intake);
    const url = String(made.headers['location']);
    expect(made.body).toMatchObject({ backfill: true, registeredOn: '2026-03-02' });
    const opened = await api.post(
      `${url}/actions/open-procedure`,
      { ...mediationAt('MED'), appliedOn: '2026-03-02' },
      intake,
    );
    expect(opened.body.dispute.deadlines[0]).toMatchObject({
      rule: 'LD-03',
      due: '2026-03-17',
      status: 'running',
      colour: 'red',
    });
    const undated = await api.post(`${url}/actions/record-consent`, { party: 'worker', consent: 'given' }, mediator);
    expect(undated).toMatchObject({ status: 422, body: { code: 'date-required' } });
    const done = await api.post(`${url}/actions/finish-backfill`, {}, intake);
    expect(done.status).toBe(200);
    expect(done.body.dispute).toMatchObject({
      backfill: false,
      procedures: [{ status: 'closed', outcome: 'expired', closedOn: '2026-03-17' }],
      notices: [{ notice: 'routes', owedBy: 'MED', owedTo: ['worker', 'employer'] }, { notice: 'failure-record' }],
    });
    expect(done.body.dispute.stall).toMatchObject({
      reason: 'no-progress',
      colour: 'yellow',
      waitingFor: { organisation: 'MED' },
    });
  });
});
