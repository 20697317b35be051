import Ajv2020 from 'ajv/dist/2020.js';
import { publicActions } from '../../src/commands/action-fields.js';
import { problemCodes } from '../../src/api/http/problem-codes.js';
import { testApi, wageArrears, type TestApi } from './api.js';

type Json = Record<string, unknown>;
interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json; example?: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: Json }> }>;
  security?: unknown[];
}

let api: TestApi;
let document: {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Json; securitySchemes: Json };
} & Json;

beforeAll(async () => {
  api = await testApi('openapi');
  document = (await api.get('/openapi.json')).body;
});
afterAll(() => api.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );

/** Checks values against a schema of the document, its references followed. */
const validator = (schema: Json) => {
  const Ajv = Ajv2020 as unknown as new (options: object) => import('ajv').default;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: true });
  return ajv.compile({ ...schema, components: document.components });
};

test('is OpenAPI 3.1, with an operation for each path and unique ids', () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  expect(document['info']).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, method, operation } of operations()) {
    expect(['get', 'post', 'put', 'delete', 'patch']).toContain(method);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const described = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
    expect([path, described.sort()]).toEqual([path, inPath.sort()]);
    expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
  }
});

test('every reference leads somewhere', () => {
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref!);
  expect(refs.length).toBeGreaterThan(10);
  for (const ref of new Set(refs)) {
    const found = ref
      .slice(2)
      .split('/')
      .reduce<unknown>((value, key) => (value as Json | undefined)?.[key], document);
    expect([ref, typeof found]).toEqual([ref, 'object']);
  }
});

test('every schema is a valid JSON Schema', () => {
  for (const { operation } of operations())
    for (const { schema } of Object.values(operation.requestBody?.content ?? {}))
      expect(() => validator(schema)).not.toThrow();
});

test('has one path an action', () => {
  const named = Object.keys(document.paths).flatMap((path) => path.split('/v1/disputes/{id}/actions/')[1] ?? []);
  expect(named.sort()).toEqual([...publicActions()].sort());
});

test('lists the closed set of problem codes', () => {
  const problem = document.components.schemas['Problem'] as { properties: { code: { enum: string[] } } };
  expect(problem.properties.code.enum).toEqual(Object.keys(problemCodes));
});

test('its example of a registration is taken, and the answer is as it says', async () => {
  const post = document.paths['/v1/disputes']!['post']!;
  const { schema, example } = post.requestBody!.content['application/json']!;
  const token = await api.token('intake');
  const valid = validator(schema);
  expect(valid(example)).toBe(true);
  expect(valid({ ...(example as Json), surprise: 1 })).toBe(false);
  const made = await api.post('/v1/disputes', example, token);
  expect(made.status).toBe(201);
  const answered = validator(post.responses['201']!.content!['application/json']!.schema!);
  expect([answered(made.body), answered.errors]).toEqual([true, null]);
});

test('the answer to an action is as it says', async () => {
  const token = await api.token('intake');
  const { body } = await api.post('/v1/disputes', wageArrears(), token);
  const sent = { procedure: 'mediation', body: { code: 'MED' } };
  const post = document.paths['/v1/disputes/{id}/actions/open-procedure']!['post']!;
  expect(validator(post.requestBody!.content['application/json']!.schema)(sent)).toBe(true);
  const answer = await api.post(`/v1/disputes/${body.id}/actions/open-procedure`, sent, token);
  const answered = validator(post.responses['200']!.content!['application/json']!.schema!);
  expect([answered(answer.body), answered.errors]).toEqual([true, null]);
});

test('every path of the document is there, and asks for a token where it says so', async () => {
  for (const { path, method, operation } of operations()) {
    const url = path.replace('{year}', '2026').replace(/\{\w+\}/g, '00000000-0000-8000-8000-000000000000');
    const { status, body } = await api.ask(method.toUpperCase(), url, method === 'post' ? { body: {} } : {});
    if (operation.security?.length === 0) expect([path, status]).not.toEqual([path, 401]);
    else expect([path, method, status, body.code]).toEqual([path, method, 401, 'not-authenticated']);
  }
});

test('the page at /docs needs nothing from elsewhere', async () => {
  const page = await api.get('/docs');
  expect(page.status).toBe(200);
  expect(page.headers['content-type']).toMatch(/^text\/html/);
  expect(page.text).not.toMatch(/https?:/);
  const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url!);
  expect(assets).toHaveLength(3);
  for (const url of assets) {
    const asset = await api.get(url);
    expect([url, asset.status]).toEqual([url, 200]);
    expect(asset.headers['content-type']).toMatch(/^text\/(javascript|css)/);
  }
  // Its own scripts must be allowed to run.
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self'/);
});
