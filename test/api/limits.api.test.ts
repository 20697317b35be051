import { testApi, wageArrears } from './api.js';

test('too many requests of one account are 429 with Retry-After; another account is not affected', async () => {
  const api = await testApi('rate', { env: { REQUESTS_PER_MINUTE: '5' } });
  try {
    const [one, other] = [await api.token('intake'), await api.token('intake', { userId: 'intake-2' })];
    for (let count = 0; count < 5; count += 1) expect((await api.get('/v1/disputes', one)).status).toBe(200);
    const answer = await api.get('/v1/disputes', one);
    expect(answer).toMatchObject({
      status: 429,
      body: { code: 'too-many-requests', type: 'urn:accord:problem:too-many-requests' },
    });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await api.get('/v1/disputes', other)).status).toBe(200);
  } finally {
    await api.close();
  }
});

test('without PostgreSQL every command and reading is 503 with Retry-After, and what needs none still answers', async () => {
  const api = await testApi('outage');
  try {
    const token = await api.token('intake');
    const url = String((await api.post('/v1/disputes', wageArrears(), token)).headers['location']);
    await api.dropDatabase();
    for (const answer of [
      await api.get(url, token),
      await api.get('/v1/disputes', token),
      await api.post('/v1/disputes', wageArrears(), token),
      await api.post(`${url}/actions/add-note`, { text: 'x' }, token),
    ]) {
      expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
      expect(answer.headers['retry-after']).toBe('5');
      expect(answer.text).not.toMatch(/ECONN|postgres|database/i);
    }
    expect((await api.get('/v1/rules/LD-16')).status).toBe(200);
  } finally {
    await api.close();
  }
});

test('what nobody foresaw is logged under an id, without its words, and answered as unavailable', async () => {
  const lines: string[] = [];
  const api = await testApi('unforeseen', {
    log: { level: 'info', stream: { write: (line) => void lines.push(line) } },
    change: () => ({
      clock: () => new Date(),
      temporalSide: undefined,
      lists: { disputes: () => Promise.reject(new TypeError('张三 360121199001010011')), handoff: async () => null },
    }),
  });
  try {
    const answer = await api.get('/v1/disputes', await api.token('intake'));
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable', errorId: expect.any(String) } });
    expect(answer.text).not.toContain('张三');
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(logged.find(({ errorId }) => errorId === answer.body.errorId)).toMatchObject({
      error: 'TypeError',
      frames: expect.any(Array),
    });
    expect(lines.join('')).not.toMatch(/张三|360121199001010011/);
  } finally {
    await api.close();
  }
});

test('the log tells method, route, status and time of a request, and nothing that a person wrote', async () => {
  const lines: string[] = [];
  const api = await testApi('log', {
    log: { level: 'info', stream: { write: (line) => void lines.push(line) } },
  });
  try {
    const token = await api.token('intake', { userId: 'li.si@court.example' });
    const headers = { 'x-request-id': 'request-0001' };
    const url = String((await api.post('/v1/disputes', wageArrears(), token, headers)).headers['location']);
    await api.post(`${url}/actions/add-note`, { text: '说明情况', more: '多余' }, token);
    await api.get(`/v1/disputes?q=${encodeURIComponent('张三')}`, token);
    await api.get('/v1/disputes/not-an-id-张三', token);
    const requests = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'request');
    expect(requests).toContainEqual(
      expect.objectContaining({
        method: 'POST',
        route: '/v1/disputes',
        status: 201,
        reqId: 'request-0001',
        ms: expect.any(Number),
        account: expect.stringMatching(/^[0-9a-f]{16}$/),
      }),
    );
    expect(requests).toContainEqual(
      expect.objectContaining({ method: 'POST', route: '/v1/disputes/:id/actions/:action', status: 400 }),
    );
    expect(lines.join('')).not.toMatch(/张三|%E5|说明|多余|13800000000|360121199001010011|li\.si|Bearer|拖欠/);
  } finally {
    await api.close();
  }
});

test('commands at one dispute from many sides all come through or say so', async () => {
  const api = await testApi('crowd');
  try {
    const token = await api.token('intake');
    const url = String((await api.post('/v1/disputes', wageArrears(), token)).headers['location']);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => api.post(`${url}/actions/add-note`, { text: `${index}` }, token)),
    );
    const done = answers.filter(({ status }) => status === 200).length;
    for (const { status, headers } of answers)
      if (status !== 200) expect([status, headers['retry-after']]).toEqual([503, '1']);
    expect(done).toBeGreaterThan(0);
    expect((await api.get(url, token)).body.version).toBe(1 + done);
  } finally {
    await api.close();
  }
});
