import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { problemCodes } from '../../src/api/http/problem-codes.js';
import { testApi, wageArrears, type Answered, type TestApi } from './api.js';

let api: TestApi;
let intake: string;
let dispute: string;

beforeAll(async () => {
  api = await testApi('conventions');
  intake = await api.token('intake');
  dispute = String((await api.post('/v1/disputes', wageArrears(), intake)).headers['location']);
});
afterAll(() => api.close());

/** A problem document as RFC 9457 and our conventions have it. */
const expectProblem = (answer: Answered, status: number, code: string): void => {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ status, code, type: `urn:accord:problem:${code}` });
  expect(answer.status).toBe(status);
  for (const member of ['title', 'detail', 'instance']) expect(answer.body[member]).toEqual(expect.any(String));
  expect(Object.keys(problemCodes)).toContain(answer.body.code);
  expect(answer.text).not.toMatch(/\bat .*\.(ts|js):\d+/);
};

describe('problem documents', () => {
  test('an unknown path is 404, with or without a token', async () => {
    expectProblem(await api.get('/v1/nothing'), 404, 'not-found');
    expectProblem(await api.get('/v1/nothing', intake), 404, 'not-found');
  });

  test('the language follows Accept-Language, zh-CN by default', async () => {
    const ask = async (language?: string) =>
      (await api.get('/v1/x', null, language ? { 'accept-language': language } : {})).body.title;
    expect(await ask()).toBe('未找到');
    expect(await ask('zh-CN')).toBe('未找到');
    expect(await ask('en')).toBe('Not found');
    expect(await ask('fr, en;q=0.8, zh;q=0.5')).toBe('Not found');
    expect(await ask('en;q=0.2, zh-CN')).toBe('未找到');
    expect(await ask('de')).toBe('未找到');
  });

  test('another method on a known path is 405 and says which would do; OPTIONS and HEAD are answered', async () => {
    const put = await api.ask('PUT', '/v1/disputes', { token: intake });
    expectProblem(put, 405, 'method-not-allowed');
    expect(put.headers['allow']).toMatch(/GET/);
    expect(put.headers['allow']).toMatch(/POST/);
    const options = await api.ask('OPTIONS', dispute);
    expect(options.status).toBe(204);
    const head = await api.ask('HEAD', dispute, { token: intake });
    expect([head.status, head.text]).toEqual([200, '']);
  });

  test('a badly encoded URL is 400', async () => {
    expectProblem(await api.get('/v1/disputes/%E0%A4%A', intake), 400, 'invalid-request');
  });

  test('an over-long path is 404', async () => {
    expectProblem(await api.get(`/v1/rules/${'x'.repeat(1000)}`), 404, 'not-found');
  });

  test('helmet’s headers are there', async () => {
    expect((await api.get('/v1/rules')).headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('authentication', () => {
  test('no token, a broken one, one of another secret: 401', async () => {
    for (const token of [null, 'x', 'a.b.c', `${intake.slice(0, -4)}AAAA`]) {
      const answer = await api.get('/v1/disputes', token);
      expectProblem(answer, 401, 'not-authenticated');
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    }
  });

  test('an unsigned token is no token', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = `${part({ alg: 'none' })}.${part({ sub: 'x', roles: ['supervisor'], iss: 'accord-local', aud: 'accord', exp: 9999999999 })}.`;
    expectProblem(await api.get('/v1/disputes', unsigned), 401, 'not-authenticated');
  });

  test('it is asked before the body is read', async () => {
    expectProblem(await api.post('/v1/disputes', '{', null), 401, 'not-authenticated');
  });
});

describe('local tokens', () => {
  const account = { userId: 'u-1', name: '李四', roles: ['mediator'], organisation: 'MED', region: '360121' };

  test('are given to anybody', async () => {
    const answer = await api.post('/v1/local/tokens', account);
    expect(answer.status).toBe(201);
    expect((await api.get('/v1/disputes', answer.body.token)).status).toBe(200);
  });

  test('the name is not kept in them', async () => {
    const { body } = await api.post('/v1/local/tokens', account);
    const payload = Buffer.from(String(body.token).split('.')[1]!, 'base64url').toString();
    expect(JSON.parse(payload)).not.toHaveProperty('name');
    expect(payload).not.toContain('李四');
  });

  test('an unknown role, an unknown field, a region that is none: 400', async () => {
    for (const change of [{ roles: ['king'] }, { admin: true }, { region: 'Nanchang' }, { userId: '' }, { userId: 7 }])
      expectProblem(await api.post('/v1/local/tokens', { ...account, ...change }), 400, 'invalid-request');
  });

  test('a body whose staff signs in is noted, a party’s is not', async () => {
    const noted = async (body: string) => {
      const { rows } = await api.pool.query('SELECT value FROM accord.settings WHERE name = $1', [`body:${body}`]);
      return rows.length > 0;
    };
    await api.get('/v1/disputes', await api.token('mediator', { organisation: 'NOTED-STUDIO' }));
    await api.get('/v1/disputes', await api.token('party', { organisation: 'NOTED-PARTY' }));
    for (let tries = 0; tries < 50 && !(await noted('NOTED-STUDIO')); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await noted('NOTED-STUDIO')).toBe(true);
    expect(await noted('NOTED-PARTY')).toBe(false);
  });
});

describe('bodies', () => {
  const register = (body: unknown, headers: Record<string, string> = {}) =>
    api.post('/v1/disputes', body, intake, headers);

  test('malformed JSON is 400', async () => {
    for (const body of ['{', '[1,', 'nonsense', '"\\ud800"', Buffer.from([0x22, 0xff, 0xfe, 0x22])])
      expectProblem(await register(body), 400, 'invalid-request');
  });

  test('what is no object is 400', async () => {
    for (const body of ['[]', 'null', '7', '"x"', 'true', ''])
      expectProblem(await register(body), 400, 'invalid-request');
  });

  test('deep nesting is 400, not a crash', async () => {
    expectProblem(await register('['.repeat(200_000) + ']'.repeat(200_000)), 400, 'invalid-request');
    expectProblem(await register('{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000)), 400, 'invalid-request');
  });

  test('U+0000, half a surrogate pair and __proto__ are 400', async () => {
    for (const text of ['\\u0000', 'a\\u0000b', '\\ud83d', '\\udc00x']) {
      const body = JSON.stringify(wageArrears()).replace('拖欠工资', text);
      expectProblem(await register(body), 400, 'invalid-request');
    }
    const body = JSON.stringify(wageArrears()).replace('{', '{"__proto__":{"x":1},');
    expectProblem(await register(body), 400, 'invalid-request');
  });

  test('errors say where', async () => {
    const answer = await register(wageArrears({ region: 'x', surprise: 1, parties: [{ ref: 'a', role: 'king' }] }));
    expectProblem(answer, 400, 'invalid-request');
    const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/region', '/surprise', '/parties/0/role', '/parties/0/name']));
    for (const { message } of answer.body.errors) expect(message).toMatch(/\p{Script=Han}/u);
    const english = await register(wageArrears({ surprise: 1 }), { 'accept-language': 'en' });
    expect(english.body.errors).toEqual([{ pointer: '/surprise', message: 'Unknown field' }]);
  });

  test('dates that are none are 400', async () => {
    for (const receivedOn of ['2026-02-30', '2026-2-3', '0001-01-01', '9999-12-31', 'yesterday', 20260302])
      expectProblem(await register(wageArrears({ receivedOn })), 400, 'invalid-request');
  });

  test('amounts that are none are 400', async () => {
    for (const amount of ['-1', '1.234', '1e3', '01', '', 12000, 'NaN'])
      expectProblem(
        await register(wageArrears({ claims: [{ kind: 'wages', amount: { amount, currency: 'CNY' } }] })),
        400,
        'invalid-request',
      );
  });

  test('another content type is 415', async () => {
    for (const type of [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ])
      expectProblem(await register('x', { 'content-type': type }), 415, 'unsupported-media-type');
  });

  test('more than 1 MiB is 413', async () => {
    expectProblem(await register(wageArrears({ title: 'x'.repeat(1024 * 1024) })), 413, 'too-large');
  });

  test('a blank title is 400; spaces around one are taken off', async () => {
    expectProblem(await register(wageArrears({ title: '   ' })), 400, 'invalid-request');
    expect((await register(wageArrears({ title: '  欠薪  ' }))).body.title).toBe('欠薪');
  });
});

describe('queries and headers', () => {
  test('unknown, repeated and impossible parameters are 400', async () => {
    for (const query of [
      'surprise=1',
      'type=labour&type=debt',
      'type=war',
      'limit=0',
      'limit=201',
      'limit=x',
      'limit=-1',
      'limit=1.5',
      'cursor=zz',
      'cursor=bzE',
      'dueBefore=soon',
      'q=%00',
      'region=36',
    ])
      expectProblem(await api.get(`/v1/disputes?${query}`, intake), 400, 'invalid-request');
  });

  test('empty parameters are the same as none', async () => {
    const answer = await api.get('/v1/disputes?type=&region=&status=&procedure=&step=&owner=&q=&dueBefore=', intake);
    expect(answer.status).toBe(200);
  });

  test('a malformed If-Match or Idempotency-Key is 400', async () => {
    const url = `${dispute}/actions/add-note`;
    for (const ifMatch of ['7', '"x"', 'W/"1"', '"1", "2"'])
      expectProblem(await api.post(url, { text: 'x' }, intake, { 'if-match': ifMatch }), 400, 'invalid-request');
    for (const key of ['', 'k'.repeat(201)])
      expectProblem(await api.post(url, { text: 'x' }, intake, { 'idempotency-key': key }), 400, 'invalid-request');
    for (const dryRun of ['maybe', ''])
      expectProblem(await api.post(`${url}?dryRun=${dryRun}`, { text: 'x' }, intake), 400, 'invalid-request');
  });

  test('ids that are no UUIDs name nothing', async () => {
    for (const id of ['1', 'x', '..', '%00', "1' OR 1=1", '0'.repeat(36)])
      expectProblem(await api.get(`/v1/disputes/${encodeURIComponent(id)}`, intake), 404, 'not-found');
  });
});

describe('through a real socket', () => {
  let address: AddressInfo;
  beforeAll(async () => {
    await api.app.listen(0, '127.0.0.1');
    address = api.app.getHttpServer().address() as AddressInfo;
  });

  const raw = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(address.port, '127.0.0.1', () => socket.write(text));
      let answer = '';
      socket.setEncoding('utf8');
      socket.on('data', (part: string) => (answer += part));
      socket.on('end', () => resolve(answer));
      socket.on('error', reject);
    });

  test('headers that are too large are 431', async () => {
    const answer = await raw(`GET /v1/rules HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('application/problem+json');
    expect(answer).toContain('"headers-too-large"');
  });

  test('what is no HTTP is 400', async () => {
    const answer = await raw('HELLO\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"invalid-request"');
  });

  test('a body that is declared larger than it may be is refused before it is read', async () => {
    const answer = await raw(
      `POST /v1/disputes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${intake}\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  test('a command over the wire', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(
        {
          port: address.port,
          host: '127.0.0.1',
          path: `${dispute}/actions/add-note`,
          method: 'POST',
          headers: { authorization: `Bearer ${intake}`, 'content-type': 'application/json' },
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      request.on('error', reject);
      request.end(JSON.stringify({ text: '电话沟通' }));
    });
    expect(status).toBe(200);
  });
});
