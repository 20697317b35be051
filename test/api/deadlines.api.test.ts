import { testApi, type TestApi } from './api.js';

let api: TestApi;
beforeAll(async () => {
  api = await testApi('deadlines');
});
afterAll(() => api.close());

const calculate = (body: unknown, language = 'zh-CN') =>
  api.post('/v1/deadlines/calculate', body, null, { 'accept-language': language });

describe('calculating', () => {
  test('a rule of law, without a token', async () => {
    const { status, body } = await calculate({ rule: 'LD-16', from: '2026-03-25' });
    expect(status).toBe(200);
    // A Saturday, but a make-up workday, so it does not move.
    expect(body).toMatchObject({
      naturalDue: '2026-05-09',
      due: '2026-05-09',
      dueAt: '2026-05-10T00:00:00+08:00',
      provisional: false,
      confidence: 'verified',
      basis: { law: '劳动争议调解仲裁法', article: '43', rule: 'LD-16' },
      calendarVersion: 'cn-2026.1',
    });
    expect(body.trace.length).toBeGreaterThan(2);
  });

  test('an amount, forward and backward', async () => {
    expect((await calculate({ amount: 15, unit: 'D', from: '2026-09-10', direction: 'forward' })).body).toMatchObject({
      naturalDue: '2026-09-25',
      due: '2026-09-28',
    });
    expect((await calculate({ amount: 5, unit: 'WD', from: '2026-03-20' })).body).toMatchObject({ due: '2026-03-27' });
    expect((await calculate({ amount: 1, unit: 'M', from: '2026-01-31' })).body).toMatchObject({
      naturalDue: '2026-02-28',
      due: '2026-02-28',
    });
    expect((await calculate({ amount: 1, unit: 'Y', from: '2026-03-02' })).body).toMatchObject({
      due: '2027-03-02',
      provisional: true,
    });
    expect((await calculate({ amount: 5, unit: 'D', from: '2026-04-16', direction: 'backward' })).body).toMatchObject({
      naturalDue: '2026-04-11',
      due: '2026-04-10',
    });
  });

  test('suspensions are half-open, and only where the law allows them', async () => {
    const suspensions = [{ from: '2026-09-05', to: '2026-09-15' }];
    const plain = await calculate({ amount: 45, unit: 'D', from: '2026-09-01' });
    const longer = await calculate({ amount: 45, unit: 'D', from: '2026-09-01', suspensions });
    expect(plain.body.naturalDue).toBe('2026-10-16');
    expect(longer.body).toMatchObject({ naturalDue: '2026-10-26', suspendedDays: 10 });
    expect(await calculate({ rule: 'LD-16', from: '2026-09-01', suspensions })).toMatchObject({
      status: 200,
      body: { naturalDue: '2026-10-26' },
    });
    expect(await calculate({ rule: 'LD-30', from: '2026-09-01', suspensions })).toMatchObject({
      status: 422,
      body: { code: 'rule-not-suspendable', errors: [{ pointer: '/suspensions' }] },
    });
    const empty = [{ from: '2026-09-05', to: '2026-09-05' }];
    expect(await calculate({ amount: 1, unit: 'D', from: '2026-09-01', suspensions: empty })).toMatchObject({
      status: 422,
      body: { code: 'date-order' },
    });
    const endless = [{ from: '1950-01-01', to: '2199-01-01' }];
    expect(await calculate({ amount: 1, unit: 'WD', from: '2026-09-01', suspensions: endless })).toMatchObject({
      status: 400,
    });
  });

  test('the cautious date where the law’s unit is unsettled', async () => {
    expect((await calculate({ rule: 'LD-08', from: '2026-03-20' })).body).toMatchObject({
      due: '2026-03-27',
      cautiousDue: '2026-03-25',
      confidence: 'unverified',
    });
  });

  test('an unknown rule is 422; malformed is 400', async () => {
    expect(await calculate({ rule: 'XX-99', from: '2026-09-01' })).toMatchObject({
      status: 422,
      body: { code: 'unknown-rule' },
    });
    for (const body of [
      {},
      { rule: 'LD-16' },
      { rule: 'LD-16', from: '2026-13-01' },
      { rule: 'LD-16', from: '2026-09-01T10:00:00+08:00' },
      { rule: 'LD-16', from: '2026-09-01', amount: 3 },
      { amount: -1, unit: 'D', from: '2026-09-01' },
      { amount: 1.5, unit: 'D', from: '2026-09-01' },
      { amount: 1, unit: 'S', from: '2026-09-01' },
      { amount: 1, unit: 'D', from: '2026-09-01', direction: 'up' },
      { amount: 1e9, unit: 'Y', from: '2026-09-01' },
    ])
      expect([body, (await calculate(body)).status]).toEqual([body, 400]);
    expect(await calculate({ amount: 10_000, unit: 'Y', from: '2026-09-01' })).toMatchObject({
      status: 422,
      body: { code: 'date-out-of-range' },
    });
  });

  test('every rule of the book can be calculated', async () => {
    const codes: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await api.get(`/v1/rules?limit=200&cursor=${cursor}`);
      codes.push(
        ...body.items.filter(({ kind }: { kind: string }) => kind !== 'norm').map(({ code }: { code: string }) => code),
      );
      cursor = body.nextCursor;
    }
    expect(codes.length).toBeGreaterThan(100);
    for (const rule of codes)
      expect([rule, (await calculate({ rule, from: '2026-03-02' })).status]).toEqual([rule, 200]);
  });
});

describe('the law', () => {
  test('one rule, with its extension as a period of its own', async () => {
    expect((await api.get('/v1/rules/LD-16')).body).toMatchObject({
      code: 'LD-16',
      amount: 45,
      unit: 'D',
      law: '劳动争议调解仲裁法',
      article: '43',
      versions: [{ version: 1 }],
    });
    expect((await api.get('/v1/rules/LD-16.extension')).body).toMatchObject({ amount: 15, unit: 'D' });
    expect((await api.get('/v1/rules/PM-09')).body).toMatchObject({ kind: 'norm', amount: null });
    for (const code of ['XX-1', '__proto__', '%00']) expect((await api.get(`/v1/rules/${code}`)).status).toBe(404);
  });

  test('in the reader’s language', async () => {
    expect((await api.get('/v1/rules/LD-16')).body.title).toMatch(/\p{Script=Han}/u);
    expect((await api.get('/v1/rules/LD-16', null, { 'accept-language': 'en' })).body.title).toMatch(/^[\x20-\x7e]+$/);
  });

  test('by law, procedure and confidence', async () => {
    const of = async (query: string) => (await api.get(`/v1/rules?limit=200&${query}`)).body.items;
    const arbitration = await of('procedure=labour-arbitration');
    expect(arbitration.map(({ code }: { code: string }) => code)).toEqual(
      expect.arrayContaining(['LD-08', 'LD-16', 'LD-16.extension']),
    );
    for (const rule of arbitration) expect(rule.procedures).toContain('labour-arbitration');
    const open = await of('confidence=unverified');
    expect(open.map(({ code }: { code: string }) => code)).toEqual(expect.arrayContaining(['LD-08', 'CM-26', 'SC-01']));
    for (const rule of open) expect(rule).toMatchObject({ confidence: 'unverified', source: expect.any(String) });
    const named = await of(`law=${encodeURIComponent('调解仲裁法')}`);
    expect(named.length).toBeGreaterThan(10);
    for (const { law } of named) expect(law).toContain('调解仲裁法');
    const all = await of(
      `law=${encodeURIComponent('劳动争议调解仲裁法')}&procedure=labour-arbitration&confidence=unverified`,
    );
    expect(all.map(({ code }: { code: string }) => code)).toEqual(expect.arrayContaining(['LD-08', 'LD-10', 'LD-13']));
    expect(all.map(({ code }: { code: string }) => code)).not.toContain('LD-16');
    expect((await api.get('/v1/rules?procedure=war')).status).toBe(400);
  });

  test('each with its basis and since when it is in force; a changed rule with every version', async () => {
    const pages = [
      await api.get('/v1/rules?limit=200'),
      await api.get(`/v1/rules?limit=200&cursor=${(await api.get('/v1/rules?limit=200')).body.nextCursor}`),
    ];
    const periods = pages.flatMap(({ body }) => body.items).filter(({ kind }) => kind !== 'norm');
    for (const rule of periods)
      expect(rule).toMatchObject({
        law: expect.stringMatching(/./),
        article: expect.stringMatching(/./),
        effectiveFrom: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      });
    expect((await api.get('/v1/rules/AB-02')).body).toMatchObject({
      version: 2,
      effectiveFrom: '2026-03-01',
      versions: [
        { version: 1, amount: 6, article: '59', effectiveTo: '2026-03-01' },
        { version: 2, amount: 3, article: '72', effectiveTo: null },
      ],
    });
    expect((await api.get('/v1/rules/CB-02')).body).toMatchObject({ kind: 'norm', effectiveFrom: '2026-05-01' });
  });

  test('a period is counted under the version in force on the day of its trigger', async () => {
    expect((await calculate({ rule: 'AB-02', from: '2026-02-27' })).body).toMatchObject({
      ruleVersion: 1,
      due: '2026-08-27',
      basis: { article: '59' },
    });
    expect((await calculate({ rule: 'AB-02', from: '2026-03-02' })).body).toMatchObject({
      ruleVersion: 2,
      due: '2026-06-02',
      basis: { article: '72' },
    });
    expect((await calculate({ rule: 'AB-02', from: '2016-03-02' })).body).toMatchObject({ ruleVersion: 1 });
  });

  test('the calendar of a year, provisional where none is published', async () => {
    const published = (await api.get('/v1/calendar/2026')).body;
    expect(published).toMatchObject({ year: 2026, published: true, provisional: false });
    expect(published.work).toContainEqual(expect.objectContaining({ date: '2026-05-09' }));
    expect((await api.get('/v1/calendar/2027')).body).toMatchObject({ published: false, provisional: true });
    for (const year of ['26', '20260', 'next', '-1', '0000'])
      expect((await api.get(`/v1/calendar/${year}`)).status).toBe(404);
  });
});
