import { inQuery, operation, pageSchema, problems, type Paths } from '../openapi/operation.js';
import { colours, reasonCodes } from './reasons.js';
import { stalledQuery, summaryQuery } from './supervision.js';

const item = {
  type: 'object',
  required: ['disputeId', 'caseCode', 'reason', 'since', 'waitingFor', 'colour', 'detail', 'suggestedActions'],
  properties: {
    disputeId: { type: 'string', format: 'uuid' },
    caseCode: { type: 'string' },
    reason: { enum: reasonCodes },
    since: { type: 'string', format: 'date-time' },
    waitingFor: {
      type: 'object',
      properties: { role: { type: 'string' }, organisation: { type: ['string', 'null'] } },
    },
    colour: { enum: colours },
    detail: { type: 'object', description: 'Procedure, step, rule, due date or handoff; codes only' },
    suggestedActions: { type: 'array', items: { type: 'string' } },
  },
};

const counts = {
  type: 'array',
  items: {
    type: 'object',
    required: ['key', 'count', 'href'],
    properties: { key: { type: 'string' }, count: { type: 'integer' }, href: { type: 'string' } },
  },
};

export const supervisionPaths: Paths = {
  '/v1/supervision/stalled': {
    get: operation({
      id: 'listStalled',
      tag: 'supervision',
      summary: '停滞案件',
      description: 'For supervisors, administrators and auditors. Works with Temporal down.',
      parameters: inQuery(stalledQuery),
      answers: { 200: { description: 'A page, longest stalled first', schema: pageSchema(item) } },
      problems: problems('invalid-request', 'not-your-role'),
    }),
  },
  '/v1/supervision/summary': {
    get: operation({
      id: 'summariseStalled',
      tag: 'supervision',
      summary: '停滞案件统计',
      parameters: inQuery(summaryQuery),
      answers: {
        200: {
          description: 'Counts by reason, colour, region and procedure, each with a link to its list',
          schema: {
            type: 'object',
            required: ['asOf', 'total', 'reason', 'colour', 'region', 'procedure'],
            properties: {
              asOf: { type: 'string', format: 'date-time' },
              total: { type: 'integer' },
              reason: counts,
              colour: counts,
              region: counts,
              procedure: counts,
            },
          },
        },
      },
      problems: problems('invalid-request', 'not-your-role'),
    }),
  },
};
