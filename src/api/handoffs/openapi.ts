import { dryRunQuery } from '../http/dry-run.js';
import { commandHeaders, inPath, inQuery, operation, pageSchema, problems, type Paths } from '../openapi/operation.js';
import { answerSchema } from './answer.js';
import { handoffsQuery, handoffStatuses } from './read.js';

const body = {
  type: 'object',
  required: ['code', 'name'],
  properties: { code: { type: 'string' }, name: { type: ['string', 'null'] } },
};

export const handoffSchema = {
  type: 'object',
  required: [
    'handoffId',
    'disputeId',
    'procedureId',
    'from',
    'to',
    'status',
    'attempt',
    'requestedAt',
    'deliveredAt',
    'acceptedOn',
    'returned',
    'dueAt',
  ],
  properties: {
    handoffId: { type: 'string' },
    disputeId: { type: 'string', format: 'uuid' },
    procedureId: { type: 'string' },
    from: body,
    to: body,
    status: { enum: handoffStatuses },
    attempt: { type: 'integer', minimum: 1 },
    requestedAt: { type: 'string', format: 'date-time' },
    deliveredAt: { type: ['string', 'null'], format: 'date-time' },
    acceptedOn: { type: ['string', 'null'], format: 'date' },
    externalId: { type: ['string', 'null'], description: 'The receiver’s own number' },
    returned: { type: ['object', 'null'], properties: { reason: { type: ['string', 'null'] } } },
    dueAt: { type: ['string', 'null'], format: 'date-time', description: 'When receipt is due' },
    parts: { type: 'array', items: { type: 'string' } },
    urges: { type: 'integer' },
  },
};

const answered = {
  allOf: [handoffSchema],
  type: 'object',
  required: ['dispute', 'events'],
  properties: {
    dispute: { type: 'object', description: 'The dispute view' },
    events: { type: 'array', items: { type: 'object' } },
  },
};

const id = inPath('id', 'Handoff');
const acted = { ETag: 'Version of the dispute', 'Idempotent-Replayed': '`true` for a repeated command' };
const refusals = problems(
  'invalid-request',
  'not-found',
  'handoff-ended',
  'dispute-closed',
  'not-your-role',
  'not-your-organisation',
  'not-your-region',
  'date-in-future',
  'date-before-dispute',
  'superseded-by-later-facts',
  'document-required',
  'version-conflict',
  'idempotency-key-reused',
  'too-large',
  'unsupported-media-type',
);

export const handoffPaths: Paths = {
  '/v1/handoffs': {
    get: operation({
      id: 'listHandoffs',
      tag: 'handoffs',
      summary: '移送列表（收件与发件）',
      description:
        'Staff see the handoffs from and to their organisation; intake, supervisors, administrators and auditors those of their region.',
      parameters: inQuery(handoffsQuery),
      answers: { 200: { description: 'A page, requested last first', schema: pageSchema(handoffSchema) } },
      problems: problems('invalid-request'),
    }),
  },
  '/v1/handoffs/{id}': {
    get: operation({
      id: 'getHandoff',
      tag: 'handoffs',
      summary: '一次移送',
      parameters: [id],
      answers: { 200: { description: 'The handoff', schema: handoffSchema, headers: { ETag: acted.ETag } } },
      problems: problems('not-found', 'forbidden'),
    }),
  },
  '/v1/handoffs/{id}/package': {
    get: operation({
      id: 'getHandoffPackage',
      tag: 'handoffs',
      summary: '移送材料包',
      description:
        'A ZIP: `manifest.json` with the SHA-256 of each file, `manifest.sig` (Ed25519 over the manifest’s bytes, base64; keys: `GET /v1/keys`), `records/`, `documents/`, a summary and how to verify it. Of the dispute as it stands, or, once the handoff is accepted, returned or cancelled, as it stood before; the same version gives the same bytes. For its two ends and the supervisor of the region.',
      parameters: [id],
      answers: {
        200: {
          description: 'The package',
          mediaType: 'application/zip',
          schema: { type: 'string', format: 'binary' },
        },
      },
      problems: problems('not-found', 'forbidden', 'not-your-organisation'),
    }),
  },
  '/v1/handoffs/{id}/accept': {
    post: operation({
      id: 'acceptHandoff',
      tag: 'handoffs',
      summary: '签收移送',
      description: 'Receipt only: what a court or commission then decides is an action of its own.',
      parameters: [id, ...inQuery(dryRunQuery), ...commandHeaders],
      body: answerSchema('accept'),
      example: { receivedOn: '2026-06-22', externalId: '(2026)赣0121诉前调123号' },
      answers: {
        200: { description: 'The handoff, its dispute and what was recorded', schema: answered, headers: acted },
      },
      problems: refusals,
    }),
  },
  '/v1/handoffs/{id}/return': {
    post: operation({
      id: 'returnHandoff',
      tag: 'handoffs',
      summary: '退回移送',
      parameters: [id, ...inQuery(dryRunQuery), ...commandHeaders],
      body: answerSchema('return'),
      example: { reason: 'incomplete', detail: '缺少送达地址确认书' },
      answers: {
        200: { description: 'The handoff, its dispute and what was recorded', schema: answered, headers: acted },
      },
      problems: refusals,
    }),
  },
};
