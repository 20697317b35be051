import { facetNames } from '../../projections/search.js';
import { worklistKinds } from '../../projections/worklists.js';
import { inQuery, operation, pageSchema, problems, type JsonSchema, type Paths } from '../openapi/operation.js';
import { kpisQuery, searchQuery, worklistQuery } from './read.js';
import { standingSchema } from './standing.js';

const count = (description: string) => ({ type: 'integer', description });
const maybe = (type: string, format?: string) => ({ type: [type, 'null'], ...(format ? { format } : {}) });

const measures = {
  registered: count('Disputes registered'),
  opened: count('Procedures opened'),
  closed: count('Disputes, or procedures, that ended'),
  agreed: count('Procedures that ended by an agreement of the parties'),
  closedDays: count('Days from the beginning to the end of what was closed, in sum'),
  averageDays: { type: ['number', 'null'], description: 'Of what was closed' },
  closedIn15Days: count('Closed within 15 days'),
  closedIn30Days: count('Closed within 30 days'),
  closedIn60Days: count('Closed within 60 days'),
  elapsed: count('Periods of institutions that elapsed'),
  doneLate: count('Of these, where the act was done afterwards'),
  handoffs: count('Handoffs requested'),
  handoffsAccepted: count('Handoffs accepted'),
  handoffsReturned: count('Handoffs returned'),
};

const kpi = {
  type: 'object',
  required: ['region', 'type', 'procedure', 'month', ...Object.keys(measures)],
  properties: {
    region: { type: 'string' },
    type: { type: 'string' },
    procedure: { type: ['string', 'null'], description: 'Null: of the disputes as a whole' },
    month: { type: 'string', pattern: String.raw`^\d{4}-\d{2}$`, description: 'Of the legal date, Asia/Shanghai' },
    ...measures,
  },
};

const workItem = {
  type: 'object',
  required: ['kind', 'disputeId', 'caseCode', 'since', 'due', 'dueAt', 'overdue'],
  properties: {
    kind: { enum: worklistKinds },
    disputeId: { type: 'string', format: 'uuid' },
    caseCode: { type: 'string' },
    type: { type: 'string' },
    region: { type: 'string' },
    procedureId: maybe('string'),
    procedure: maybe('string'),
    step: maybe('string'),
    subject: { type: ['string', 'null'], description: 'Rule, notice, seat or role that is waited for' },
    handoffId: maybe('string'),
    organisation: maybe('string'),
    account: { type: ['string', 'null'], description: 'The person in charge, or who is asked' },
    since: { type: 'string', description: 'An instant, or a civil date' },
    due: maybe('string', 'date'),
    dueAt: maybe('string', 'date-time'),
    overdue: { type: 'boolean' },
  },
};

const foundDispute = {
  type: 'object',
  required: [
    'disputeId',
    'caseCode',
    'type',
    'region',
    'status',
    'registeredOn',
    'closedOn',
    'procedures',
    'results',
    'bodies',
    'elapsed',
  ],
  properties: {
    disputeId: { type: 'string', format: 'uuid' },
    caseCode: { type: 'string' },
    type: { type: 'string' },
    region: { type: 'string' },
    status: { enum: ['open', 'closed'] },
    registeredOn: { type: 'string', format: 'date' },
    closedOn: maybe('string', 'date'),
    procedures: { type: 'array', items: { type: 'string' } },
    results: {
      type: 'array',
      items: { type: 'object', properties: { procedure: { type: 'string' }, outcome: { type: 'string' } } },
    },
    bodies: { type: 'array', items: { type: 'string' } },
    elapsed: { type: 'array', items: { type: 'string' }, description: 'Rules of periods that elapsed' },
  },
};

const facetCounts = {
  type: 'object',
  required: ['of', 'counts'],
  properties: {
    of: count('Disputes counted: all that were found, at most 10,000'),
    counts: {
      type: 'array',
      items: {
        type: 'object',
        required: ['facet', 'key', 'count'],
        properties: { facet: { enum: facetNames }, key: { type: 'string' }, count: { type: 'integer' } },
      },
    },
  },
};

/** A page that says how far behind the events it is, and whatever else comes with it. */
const pageAsOf = (item: JsonSchema, required: readonly string[], more: Record<string, unknown> = {}): JsonSchema => {
  const page = pageSchema(item) as { required: string[]; properties: Record<string, unknown> };
  return {
    ...page,
    required: [...page.required, ...required],
    properties: { ...standingSchema, ...more, ...page.properties },
  };
};

export const projectionPaths: Paths = {
  '/v1/supervision/kpis': {
    get: operation({
      id: 'listKpis',
      tag: 'supervision',
      summary: '工作量与时效统计',
      description:
        'For supervisors, administrators and auditors, of their region. A correction or a late fact is counted in the month where it belongs. From a projection: `asOf` and `lag` say how far it is.',
      parameters: inQuery(kpisQuery),
      answers: {
        200: {
          description: 'Counts by region, type, procedure and month, and their totals',
          schema: pageAsOf(kpi, ['asOf', 'lag', 'total'], {
            total: {
              type: 'object',
              required: ['disputes', 'procedures'],
              properties: {
                disputes: { type: 'object', properties: measures },
                procedures: { type: 'object', properties: measures },
              },
            },
          }),
        },
      },
      problems: problems('invalid-request', 'not-your-role'),
    }),
  },
  '/v1/worklist': {
    get: operation({
      id: 'listWork',
      tag: 'disputes',
      summary: '我的待办',
      description:
        'What is due next and what waits for the caller, and as staff for the caller’s organisation: periods that run, seats offered, handoffs in the inbox or returned, notices owed, procedures whose step waits for them.',
      parameters: inQuery(worklistQuery),
      answers: {
        200: {
          description: 'A page, what is due first; then what has no date',
          schema: pageAsOf(workItem, ['asOf', 'lag']),
        },
      },
      problems: problems('invalid-request'),
    }),
  },
  '/v1/search': {
    get: operation({
      id: 'searchDisputes',
      tag: 'disputes',
      summary: '按经过检索案件',
      description:
        'Disputes by how they went: procedures, their outcomes and bodies, periods that elapsed, dates. Codes only; by name or title see the list of disputes.',
      parameters: inQuery(searchQuery),
      answers: {
        200: {
          description: 'A page, those registered last first',
          schema: pageAsOf(foundDispute, ['asOf', 'lag'], { facets: facetCounts }),
        },
      },
      problems: problems('invalid-request'),
    }),
  },
};
