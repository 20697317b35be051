import { testApi, type TestApi } from './api.js';

let api: TestApi;
beforeAll(async () => {
  api = await testApi('routes');
});
afterAll(() => api.close());

const evaluate = (body: unknown, language = 'zh-CN') =>
  api.post('/v1/routes/evaluate', body, null, { 'accept-language': language });

test('what may follow a final award: the worker may sue, the employer may ask to have it set aside', async () => {
  const { status, body } = await evaluate({
    type: 'labour',
    from: 'labour-arbitration',
    outcome: 'final-award',
    facts: {},
  });
  expect(status).toBe(200);
  expect(body.permitted).toContainEqual(
    expect.objectContaining({
      procedure: 'civil-litigation',
      by: 'worker',
      jointly: false,
      parallel: false,
      deadline: { rule: 'LD-30' },
      rows: expect.arrayContaining(['29']),
      basis: expect.objectContaining({ law: expect.any(String), article: expect.any(String) }),
    }),
  );
  expect(body.forbidden).toContainEqual(
    expect.objectContaining({ procedure: 'set-aside', by: 'worker', reason: expect.stringMatching(/\p{Script=Han}/u) }),
  );
});

test('a labour dispute at intake: arbitration comes before a suit', async () => {
  const { body } = await evaluate({ type: 'labour', from: 'intake', outcome: 'registered' });
  const permitted = body.permitted.map(({ procedure }: { procedure: string }) => procedure);
  expect(permitted).toEqual(expect.arrayContaining(['mediation', 'labour-arbitration']));
  expect(permitted).not.toContain('civil-litigation');
  expect(body.assumed).toContainEqual({ fact: 'wageIou', value: false });
});

test('a fact that is given is not assumed', async () => {
  const { body } = await evaluate({ type: 'labour', from: 'intake', outcome: 'registered', facts: { wageIou: true } });
  expect(body.permitted).toContainEqual(expect.objectContaining({ procedure: 'civil-litigation' }));
  expect(body.assumed.map(({ fact }: { fact: string }) => fact)).not.toContain('wageIou');
});

test('reasons in the reader’s language', async () => {
  const asked = { type: 'labour', from: 'labour-arbitration', outcome: 'final-award' };
  const { body } = await evaluate(asked, 'en');
  for (const { reason } of body.forbidden) expect(reason).toMatch(/^[\x20-\x7e’“”–]+$/);
});

test('unknown codes, facts and fields are 400', async () => {
  const good = { type: 'labour', from: 'intake', outcome: 'registered', facts: {} };
  expect((await evaluate(good)).status).toBe(200);
  for (const change of [
    { type: 'war' },
    { from: 'hell' },
    { outcome: 'victory' },
    { facts: { colour: 'red' } },
    { facts: { wageIou: 'yes' } },
    { facts: { collective: -1 } },
    { facts: { employmentEndedOn: 'x' } },
    { facts: [] },
    { more: 1 },
  ])
    expect([change, (await evaluate({ ...good, ...change })).status]).toEqual([change, 400]);
});
