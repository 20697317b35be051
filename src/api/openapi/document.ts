import { features } from '../features.js';
import { problemCodes, problemType, type ProblemCode } from '../http/problem-codes.js';
import { componentSchemas } from './schemas.js';
import type { JsonSchema, Operation, Paths } from './operation.js';

const codes = Object.keys(problemCodes) as ProblemCode[];

const basis: JsonSchema = {
  type: 'object',
  description: 'The law it rests on',
  required: ['law', 'article'],
  properties: { law: { type: 'string' }, article: { type: 'string' }, rule: { type: 'string' } },
};

const problem: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem document. `code` is one of a closed set.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', enum: codes },
    basis,
    alternatives: {
      type: 'array',
      description: 'What the caller could do instead',
      items: {
        type: 'object',
        required: ['action'],
        properties: {
          action: { type: 'string' },
          procedure: { type: 'string' },
          note: { type: 'string' },
        },
      },
    },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'message'],
        properties: { pointer: { type: 'string' }, message: { type: 'string' } },
      },
    },
    since: {
      type: 'array',
      description: 'With `version-conflict`: what changed since the version given',
      items: {
        type: 'object',
        properties: {
          version: { type: 'integer' },
          type: { type: 'string' },
          occurredAt: { type: 'string' },
        },
      },
    },
  },
  example: {
    type: problemType('route-forbidden'),
    title: problemCodes['route-forbidden'].zh,
    status: 409,
    detail: '劳动争议须先申请劳动仲裁',
    instance: '/v1/disputes/0b9f6a52-77d0-8c11-9a53-8f3d7a6f1c20/actions/open-procedure',
    code: 'route-forbidden',
    basis: { law: '劳动争议调解仲裁法', article: '5', rule: 'LD-02' },
    alternatives: [{ action: 'open-procedure', procedure: 'labour-arbitration' }],
  },
};

const described = (): string =>
  [
    '一案一码的纠纷调解流程引擎。Dispute mediation workflow engine.',
    '',
    'Legal dates are civil dates `YYYY-MM-DD` in Asia/Shanghai; instants are RFC 3339 with offset. Every command takes',
    '`Idempotency-Key` and `If-Match`. `Accept-Language: zh-CN` (default) or `en` picks the language of titles and details.',
    '',
    '| code | status | zh | en |',
    '|---|---|---|---|',
    ...codes.map((code) => {
      const { status, zh, en } = problemCodes[code];
      return `| \`${code}\` | ${status} | ${zh} | ${en} |`;
    }),
  ].join('\n');

/**
 * Answers that several operations share, said once: each is replaced by a reference to `components.responses`, named
 * `Problem409`, `Problem409b` … in the order in which they are met.
 */
const shareResponses = (paths: Paths): { paths: Paths; responses: Record<string, unknown> } => {
  const names = new Map<string, string>();
  const responses: Record<string, unknown> = {};
  const nameOf = (status: string, response: unknown): string => {
    const key = JSON.stringify(response);
    const known = names.get(key);
    if (known) return known;
    const same = Object.keys(responses).filter((name) => name.startsWith(`Problem${status}`)).length;
    const name = `Problem${status}${same === 0 ? '' : String.fromCharCode(97 + same)}`;
    names.set(key, name);
    responses[name] = response;
    return name;
  };
  const sharing = (operation: Operation): Operation => ({
    ...operation,
    responses: Object.fromEntries(
      Object.entries(operation['responses'] as Record<string, unknown>).map(([status, response]) => [
        status,
        Number(status) < 400 ? response : { $ref: `#/components/responses/${nameOf(status, response)}` },
      ]),
    ),
  });
  const shared = Object.entries(paths).map(([path, item]) => [
    path,
    Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, sharing(operation)])),
  ]);
  return { paths: Object.fromEntries(shared) as Paths, responses };
};

/** One path may have operations of several parts of the API. */
const merged = (parts: readonly Paths[]): Paths => {
  const all: Paths = {};
  for (const part of parts) for (const [path, item] of Object.entries(part)) all[path] = { ...all[path], ...item };
  return all;
};

/** Every path of the API. */
export const allPaths = (): Paths =>
  merged(features.map(({ paths }) => (typeof paths === 'function' ? paths() : paths)));

/** The OpenAPI 3.1 document, made of the schemas that validate the requests. */
export const buildOpenApi = (): Record<string, unknown> => {
  const { paths, responses } = shareResponses(allPaths());
  return {
    openapi: '3.1.0',
    info: { title: 'Accord', version: '1', description: described(), license: { name: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    tags: [
      { name: 'disputes', description: '案件与操作' },
      { name: 'rules', description: '期限规则、法定日历与途径' },
      { name: 'handoffs', description: '移送' },
      { name: 'documents', description: '文书' },
      { name: 'supervision', description: '督办' },
      { name: 'feed', description: '事件与推送' },
      { name: 'identity', description: '身份' },
      { name: 'operations', description: '运行' },
    ],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Of the OIDC issuer; in local mode from `POST /v1/local/tokens`.',
        },
      },
      schemas: { Problem: problem, Basis: basis, ...componentSchemas },
      responses,
    },
  };
};
