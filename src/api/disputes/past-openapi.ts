import { things } from '../../domain/dispute/things.js';
import { inPath, inQuery, operation, problems, type JsonSchema, type Paths } from '../openapi/operation.js';
import { basisRef, disputeRef } from '../openapi/schemas.js';
import { asOfQuery } from './as-of.js';
import { diffQuery } from './diff.js';

const id = inPath('id', 'Id of the dispute', { type: 'string', format: 'uuid' });

const place = (description: string): JsonSchema => ({
  type: 'object',
  required: ['version', 'recordedAt'],
  description,
  properties: { version: { type: 'integer' }, recordedAt: { type: ['string', 'null'], format: 'date-time' } },
});

const asOf: JsonSchema = {
  type: 'object',
  description: 'Only of a past state: what was asked for',
  required: ['recordedAt', 'occurredAt'],
  properties: {
    recordedAt: { type: ['string', 'null'], format: 'date-time' },
    occurredAt: { type: ['string', 'null'] },
    unplaced: {
      type: 'array',
      items: { type: 'integer' },
      description:
        'Versions of recorded facts that the rules and calendar now loaded do not allow in the course of things: left out',
    },
  },
};

const cause: JsonSchema = {
  type: 'object',
  required: [
    'version',
    'type',
    'actor',
    'occurredAt',
    'recordedAt',
    'recordedLate',
    'procedureId',
    'followsFrom',
    'rule',
    'basis',
  ],
  properties: {
    version: { type: 'integer' },
    type: { type: 'string' },
    actor: { type: 'object', properties: { kind: { type: 'string' }, role: { type: 'string' } } },
    occurredAt: { type: 'string' },
    recordedAt: { type: 'string', format: 'date-time' },
    recordedLate: { type: 'boolean' },
    procedureId: { type: ['string', 'null'] },
    followsFrom: { type: ['integer', 'null'], description: 'Version of the event that it follows from' },
    rule: { type: ['string', 'null'] },
    basis: { anyOf: [basisRef, { type: 'null' }] },
  },
};

const differenceSchema: JsonSchema = {
  type: 'object',
  required: ['from', 'to', 'items', 'nextCursor'],
  properties: {
    from: place('Version 0: before the first event'),
    to: place('The later version'),
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['thing', 'id', 'member', 'before', 'after', 'because', 'earlierCauses'],
        properties: {
          thing: { type: 'string', enum: things },
          id: { type: 'string' },
          member: { type: ['string', 'null'], description: 'Null where the thing as a whole came or went' },
          before: {},
          after: {},
          because: { type: 'array', items: cause, description: 'The last twenty events' },
          earlierCauses: { type: 'integer', description: 'How many came before those' },
        },
      },
    },
    nextCursor: { type: ['string', 'null'] },
  },
};

/** A dispute as it stands or stood, and what changed in between. */
export const pastPaths: Paths = {
  '/v1/disputes/{id}': {
    get: operation({
      id: 'getDispute',
      tag: 'disputes',
      summary: '案件详情 · a dispute',
      description:
        '`recordedAt`：当时已知的案件；`occurredAt`：以现在所知，当时的实际情况（更正、补录的事实各归其位）；两者并用：在 recordedAt 时所知的 occurredAt 时的情况。此类答复带 `asOf`，没有 ETag，不能作为命令的依据。 · `recordedAt`: the dispute as it was known then. `occurredAt`: as, by what is known now, it truly stood then, with corrected and late facts in their place. Both: what was known at the one of the other. Such an answer carries `asOf` and no ETag: no command can be decided on it.',
      parameters: [id, ...inQuery(asOfQuery)],
      answers: {
        200: {
          description: 'The dispute; `404` where it was not registered then',
          headers: { ETag: 'The version of the dispute; absent of a past state' },
          schema: { allOf: [disputeRef, { type: 'object', properties: { asOf } }] },
        },
      },
      problems: problems('invalid-request', 'date-in-future', 'not-found', 'forbidden'),
    }),
  },
  '/v1/disputes/{id}/diff': {
    get: operation({
      id: 'diffDispute',
      tag: 'disputes',
      summary: '变更对比 · what changed between two versions, and why',
      description:
        '每项变更注明事项、前后值及其原因：促成该变更的事件、记录者角色、发生与记录时间、所依据的规则。值按阅读者现在的权限显示。分页时请给出 `to`。 · Each change with its thing, the values before and after, and the events that brought it about: by which role, when it occurred and was recorded, under which rule. Values as this reader may see them today. Give `to` when paging.',
      parameters: [id, ...inQuery(diffQuery)],
      answers: { 200: { description: 'A page of changes, by thing', schema: differenceSchema } },
      problems: problems('invalid-request', 'date-in-future', 'not-found', 'forbidden'),
    }),
  },
};
