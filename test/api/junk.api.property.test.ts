import fc from 'fast-check';
import { testApi, wageArrears, type Answered, type TestApi } from './api.js';

type Json = Record<string, unknown>;
interface Route {
  path: string;
  method: string;
  schema: Json | undefined;
}

let api: TestApi;
let tokens: string[];
let disputes: string[];
let routes: Route[];

beforeAll(async () => {
  api = await testApi('junk');
  const all = [
    'intake',
    'mediator',
    'adviser',
    'arbitrator',
    'case-officer',
    'court-clerk',
    'judge',
    'party',
    'supervisor',
  ];
  tokens = await Promise.all([
    api.token('intake'),
    api.token('party', { userId: 'worker-1' }),
    ...['MED', 'ARB', 'COURT'].map((organisation) => api.token(all, { organisation, userId: 'everyone' })),
  ]);
  const [intake] = tokens as [string];
  disputes = [];
  const kinds = [{}, { backfill: true, receivedOn: '2026-03-02' }, { type: 'neighbour' }, {}];
  for (const change of [...kinds, ...kinds, ...kinds]) {
    const made = await api.post('/v1/disputes', wageArrears(change), intake);
    disputes.push(made.body.id);
    const body = { procedure: 'mediation', body: { code: 'MED' } };
    await api.post(`/v1/disputes/${made.body.id}/actions/open-procedure`, body, intake);
  }
  const { paths } = (await api.get('/openapi.json')).body as {
    paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Json }> } }>>;
  };
  routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { requestBody }]) => ({
      path,
      method: method.toUpperCase(),
      schema: requestBody?.content['application/json']?.schema,
    })),
  );
  // Live streams do not end by themselves.
  routes = routes.filter(({ path }) => !path.endsWith('/stream'));
});
afterAll(() => api.close());

/** Never a server error, never a stack trace, and every refusal a problem document. */
const expectSane = ({ path, method }: Route, sent: unknown, answer: Answered): void => {
  const what = `${method} ${path} ${JSON.stringify(sent)?.slice(0, 1500)} → ${answer.status} ${answer.text.slice(0, 500)}`;
  if (answer.status >= 500) throw new Error(`server error: ${what}`);
  if (/\n\s+at |node_modules|\.ts:\d|\.js:\d/.test(answer.text) && !path.endsWith('/docs'))
    throw new Error(`a stack trace: ${what}`);
  if (answer.status >= 400 && method !== 'HEAD') {
    if (!String(answer.headers['content-type']).startsWith('application/problem+json'))
      throw new Error(`no problem document: ${what}`);
    if (answer.body.status !== answer.status || !answer.body.code) throw new Error(`no code: ${what}`);
  }
};

const oneOf = <T>(items: readonly T[]) => fc.nat({ max: 10_000 }).map((n) => items[n % items.length]!);
const anyRoute = () => fc.nat({ max: 10_000 }).map((n) => routes[n % routes.length]!);
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\u0000', '\ud800', '__proto__', 'null', '{}', '../..', '%00', "'; --", '𠮷', 'x'.repeat(5_000)),
);
const anyId = fc.oneof(
  oneOf([0, 1, 2]).map((n) => disputes[n]!),
  fc.uuid(),
  anyText.filter((text) => text !== ''),
);

const wellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

const filled = (path: string, parts: readonly string[]): string => {
  let index = 0;
  return path.replace(/\{\w+\}/g, () => {
    const part = parts[index++ % parts.length]!;
    return encodeURIComponent(wellFormed(part) ? part : 'x');
  });
};

test('random junk at every path', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyRoute(),
      fc.array(anyId, { minLength: 3, maxLength: 3 }),
      fc.oneof(
        fc.json({ maxDepth: 6 }),
        anyText,
        fc.jsonValue().map((value) => JSON.stringify(value)),
      ),
      fc.dictionary(
        fc.constantFrom('limit', 'cursor', 'type', 'q', 'dryRun', 'region', 'owner', 'to', 'status', 'x'),
        anyText.filter(wellFormed),
      ),
      fc.record(
        {
          'if-match': fc.constantFrom('"1"', 'x', '*', '"99999999999"'),
          'idempotency-key': fc
            .string({ minLength: 1, maxLength: 250 })
            .map((text) => text.replace(/[^\x21-\x7e]/g, 'k')),
          'content-type': fc.constantFrom(
            'application/json',
            'application/json; charset=utf-8',
            'text/plain',
            'multipart/form-data; boundary=b',
            'x',
          ),
          'accept-language': fc.string().map((text) => text.replace(/[^\x21-\x7e]/g, ',')),
        },
        { requiredKeys: [] },
      ),
      fc.nat({ max: 10 }),
      async (route, ids, body, query, headers, who) => {
        const search = new URLSearchParams(query).toString();
        const url = `${filled(route.path, ids)}${search ? `?${search}` : ''}`;
        const token = tokens[who] ?? (who > 8 ? 'junk' : tokens[0]!);
        const sent = route.method === 'GET' ? {} : { body: Buffer.from(body) };
        expectSane(route, body, await api.ask(route.method, url, { token, headers, ...sent }));
      },
    ),
    { numRuns: 600 },
  );
}, 120_000);

const words = [
  'worker',
  'employer',
  'worker',
  'employer',
  'p1',
  'p1',
  'p2',
  'p9',
  'MED',
  'ARB',
  'COURT',
  'm-1',
  'everyone',
  'LD-03',
  'LD-16',
  'x',
  '12345',
];
const dates = [
  '2026-11-23',
  '2026-11-23',
  '2026-11-23',
  '2026-11-20',
  '2026-03-02',
  '2026-03-17',
  '1900-01-01',
  '2199-12-31',
  '2027-02-10',
  '2024-02-29',
];

/** Values that a schema takes, with now and then one that it does not. */
const valid = (schema: Json): fc.Arbitrary<unknown> => {
  const { type, format, properties, required, items, anyOf, examples } = schema as {
    type?: string;
    format?: string;
    properties?: Record<string, Json>;
    required?: string[];
    items?: Json;
    anyOf?: Json[];
    examples?: unknown[];
    enum?: unknown[];
  };
  if (anyOf) return fc.oneof(...anyOf.map(valid));
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if ('const' in schema) return fc.constant(schema['const']);
  if (format === 'date') return fc.constantFrom(...dates);
  if (format === 'date-time') return fc.constantFrom(...dates.map((date) => `${date}T09:30:00+08:00`));
  if (examples?.includes('2026-03-02T09:30:00+08:00'))
    return fc.constantFrom(...dates, '2026-11-23T09:30:00Z', '2199-12-31T23:59:59.999999999-23:59');
  if (examples?.includes('12345.67')) return fc.constantFrom('0', '48000.00', '999999999999999.99', '0.1');
  switch (type) {
    case 'object': {
      const members = Object.entries(properties ?? {}).filter(
        ([name]) => required?.includes(name) || !['documentId', 'document', 'note'].includes(name),
      );
      return fc.record(Object.fromEntries(members.map(([name, member]) => [name, valid(member)])), {
        requiredKeys: required ?? [],
      });
    }
    case 'array':
      return fc.array(valid(items ?? {}), {
        minLength: Number(schema['minItems'] ?? 0),
        maxLength: Number(schema['minItems'] ?? 0) + 2,
      });
    case 'integer':
    case 'number':
      return fc.constantFrom(Number(schema['minimum'] ?? 0), 1, 2, Math.min(Number(schema['maximum'] ?? 9), 1_000_000));
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fc.constantFrom(...words);
    default:
      return fc.jsonValue();
  }
};

test('bodies that the schemas take, in any order, on disputes in any state', async () => {
  const reached = new Map<number, number>();
  const arbitraries = routes
    .filter(({ schema, path }) => schema && !path.startsWith('/v1/local'))
    .map((route) => ({ route, body: valid(route.schema!) }));
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 10_000 }).chain((n) => {
        const { route, body } = arbitraries[n % arbitraries.length]!;
        return fc.record({ route: fc.constant(route), body });
      }),
      fc.nat({ max: 11 }),
      fc.constantFrom(0, 1, 2, 2, 2, 3, 4, 4),
      async ({ route, body }, which, who) => {
        const url = filled(route.path, [disputes[which]!]);
        const answer = await api.ask(route.method, url, { token: tokens[who]!, body });
        reached.set(answer.status, (reached.get(answer.status) ?? 0) + 1);
        expectSane(route, body, answer);
      },
    ),
    { numRuns: 1_500 },
  );
  // It came through to the domain and to the store, or it would prove nothing.
  for (const status of [200, 409, 422]) expect([status, (reached.get(status) ?? 0) > 20]).toEqual([status, true]);
}, 180_000);
