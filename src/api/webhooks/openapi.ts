import {
  commandHeaders,
  inPath,
  inQuery,
  operation,
  pageSchema,
  problems,
  type JsonSchema,
  type Operation,
  type Paths,
} from '../openapi/operation.js';
import type { ProblemCode } from '../http/problem-codes.js';
import { newWebhook, replayRequest, webhooksQuery } from './webhooks.js';

const string = { type: 'string' };
const nullable = { type: ['string', 'null'] };
const instantOrNull = { type: ['string', 'null'], format: 'date-time' };

const members: Record<string, JsonSchema> = {
  id: { type: 'string', format: 'uuid' },
  url: string,
  types: { type: ['array', 'null'], items: string, description: 'Null: all' },
  organisation: nullable,
  region: { ...nullable, description: 'Only events of disputes of this region and below; null: of any' },
  status: {
    type: 'string',
    enum: ['active', 'paused', 'suspended'],
    description: '`suspended`: given up after many failures',
  },
  createdAt: { type: 'string', format: 'date-time' },
  cursor: { ...string, description: 'Acknowledged up to here' },
  delivered: { type: 'integer' },
  lastDeliveryAt: instantOrNull,
  failures: { type: 'integer', description: 'In a row' },
  failingSince: instantOrNull,
  lastError: {
    type: ['object', 'null'],
    properties: {
      code: {
        ...string,
        description:
          '`http-<status>`, `timeout`, `connection-refused`, `connection-failed`, `name-not-found`, `tls-failed`, `redirect-refused`, `address-refused`, `not-https`, `secret-changed`',
      },
      at: { type: 'string', format: 'date-time' },
    },
  },
  secretGeneration: { type: 'integer' },
};

const webhook: JsonSchema = { type: 'object', required: Object.keys(members), properties: members };
const withSecret: JsonSchema = {
  ...webhook,
  required: [...Object.keys(members), 'secret'],
  properties: { ...members, secret: { type: 'string', description: '`whsec_…`; not shown again' } },
};

const id = inPath('id', 'Id of the webhook', { type: 'string', format: 'uuid' });
const managers: ProblemCode[] = ['not-your-role', 'not-your-organisation'];
const malformed: ProblemCode[] = ['invalid-request', 'unsupported-media-type', 'too-large'];

/** A command without a body. */
const change = (operationId: string, summary: string, schema = webhook, description?: string): Operation =>
  operation({
    id: operationId,
    tag: 'feed',
    summary,
    ...(description === undefined ? {} : { description }),
    parameters: [id],
    answers: { 200: { description: 'The webhook as it now is', schema } },
    problems: problems('not-found', ...managers),
  });

export const webhookPaths: Paths = {
  '/v1/webhooks': {
    post: operation({
      id: 'createWebhook',
      tag: 'feed',
      summary: '订阅推送 · a webhook that is told of events',
      description:
        'For administrators, and for supervisors and services of their own organisation. Each delivery is a POST of a ' +
        'CloudEvents batch, signed by the Standard Webhooks manner, in order and at least once; any 2xx acknowledges it.',
      parameters: commandHeaders.filter(({ name }) => name === 'Idempotency-Key'),
      body: newWebhook,
      example: { url: 'https://example.org/accord', types: ['ProcedureOpened', 'ProcedureClosed'] },
      answers: {
        201: {
          description: 'The webhook, with its secret',
          headers: { Location: 'Its path' },
          schema: withSecret,
        },
      },
      problems: problems(
        ...malformed,
        ...managers,
        'webhook-url-refused',
        'too-many-webhooks',
        'idempotency-key-reused',
      ),
    }),
    get: operation({
      id: 'listWebhooks',
      tag: 'feed',
      summary: '推送列表 · webhooks that the caller looks after',
      parameters: inQuery(webhooksQuery),
      answers: { 200: { description: 'A page', schema: pageSchema(webhook) } },
      problems: problems('invalid-request', ...managers),
    }),
  },
  '/v1/webhooks/{id}': {
    get: operation({
      id: 'getWebhook',
      tag: 'feed',
      summary: '推送详情 · a webhook, and how it goes',
      parameters: [id],
      answers: { 200: { description: 'The webhook', schema: webhook } },
      problems: problems('not-found', ...managers),
    }),
    delete: operation({
      id: 'deleteWebhook',
      tag: 'feed',
      summary: '取消推送 · ends a webhook',
      parameters: [id],
      answers: { 204: { description: 'It is gone' } },
      problems: problems('not-found', ...managers),
    }),
  },
  '/v1/webhooks/{id}/pause': { post: change('pauseWebhook', '暂停推送') },
  '/v1/webhooks/{id}/resume': {
    post: change('resumeWebhook', '恢复推送 · goes on from where it stood, also after it was suspended'),
  },
  '/v1/webhooks/{id}/replay': {
    post: operation({
      id: 'replayWebhook',
      tag: 'feed',
      summary: '重新推送 · goes on from another position',
      parameters: [id],
      body: replayRequest,
      example: { from: 'start' },
      answers: { 200: { description: 'The webhook as it now is', schema: webhook } },
      problems: problems(...malformed, 'not-found', ...managers),
    }),
  },
  '/v1/webhooks/{id}/rotate-secret': {
    post: change('rotateWebhookSecret', '更换密钥 · a new secret', {
      ...withSecret,
      required: [...Object.keys(members), 'secret', 'formerUntil'],
      properties: {
        ...members,
        secret: { type: 'string' },
        formerUntil: {
          type: 'string',
          format: 'date-time',
          description: 'Until then deliveries are signed with the former secret, too',
        },
      },
    }),
  },
};
