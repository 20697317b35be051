import { inPath, inQuery, operation, pageSchema, problems, type Paths } from '../openapi/operation.js';
import { basisRef } from '../openapi/schemas.js';
import { calculation } from './calculate.js';
import { question } from './evaluate.js';
import { rulesQuery } from './law.js';

const date = { type: 'string', format: 'date' };
const bad = problems('invalid-request', 'unsupported-media-type', 'too-large');

const rule = {
  type: 'object',
  required: ['code', 'version', 'title', 'law', 'article', 'kind', 'confidence'],
  properties: {
    code: { type: 'string' },
    version: { type: 'integer' },
    title: { type: 'string' },
    law: { type: 'string' },
    article: { type: 'string' },
    kind: { type: 'string', enum: ['party-right', 'institution', 'internal', 'norm'] },
    amount: { type: ['integer', 'null'] },
    unit: { type: ['string', 'null'], enum: ['D', 'WD', 'M', 'Y', 'H', null] },
    confidence: { type: 'string', enum: ['verified', 'unverified'] },
    source: {
      type: ['string', 'null'],
      description: 'What it rests on, or what is open, where it was not read',
    },
    effectiveFrom: { type: ['string', 'null'], format: 'date', description: 'First day in force' },
    effectiveTo: { type: ['string', 'null'], format: 'date', description: 'First day no longer in force' },
    procedures: { type: 'array', items: { type: 'string' } },
    region: { type: ['string', 'null'], description: 'GB/T 2260 prefix of local law' },
    holder: { type: 'string' },
    trigger: { type: 'string' },
    direction: { type: 'string', enum: ['forward', 'backward'] },
    cutOff: { type: ['string', 'null'], description: 'Close of business HH:MM that ends the last day' },
    alternativeUnit: { type: ['string', 'null'] },
    extension: { type: ['object', 'null'] },
    suspension: { type: ['object', 'null'] },
    elapse: { type: 'string', description: 'What it means in law that the period passed' },
  },
};

const computed = {
  type: 'object',
  required: ['naturalDue', 'due', 'provisional', 'confidence', 'basis', 'calendarVersion', 'trace'],
  properties: {
    naturalDue: date,
    due: date,
    dueAt: { type: 'string', format: 'date-time' },
    cautiousDue: { type: ['string', 'null'], format: 'date' },
    suspendedDays: { type: 'integer' },
    provisional: { type: 'boolean' },
    confidence: { type: 'string', enum: ['verified', 'unverified'] },
    basis: basisRef,
    calendarVersion: { type: 'string' },
    trace: { type: 'array', items: { type: 'string' } },
  },
};

const route = {
  type: 'object',
  required: ['procedure', 'by', 'basis', 'rows'],
  properties: {
    procedure: { type: 'string' },
    by: { type: 'string' },
    jointly: { type: 'boolean' },
    parallel: { type: 'boolean' },
    deadline: { type: ['object', 'null'], properties: { rule: { type: 'string' } } },
    reason: { type: 'string' },
    basis: basisRef,
    rows: { type: 'array', items: { type: 'string' } },
  },
};
const routes = { type: 'array', items: route };

export const rulePaths: Paths = {
  '/v1/rules': {
    get: operation({
      id: 'listRules',
      tag: 'rules',
      summary: 'Statutory periods and the norms that are cited',
      public: true,
      parameters: inQuery(rulesQuery),
      answers: { 200: { description: 'A page of rules', schema: pageSchema(rule) } },
      problems: problems('invalid-request'),
    }),
  },
  '/v1/rules/{code}': {
    get: operation({
      id: 'getRule',
      tag: 'rules',
      summary: 'One rule, in all its versions',
      public: true,
      parameters: [inPath('code', 'Rule code, such as `LD-16`')],
      answers: { 200: { description: 'The rule', schema: rule } },
      problems: problems('not-found'),
    }),
  },
  '/v1/calendar/{year}': {
    get: operation({
      id: 'getCalendar',
      tag: 'rules',
      summary: 'The holidays and make-up workdays of a year; provisional while no notice is published',
      public: true,
      parameters: [inPath('year', 'Four digits', { type: 'string', pattern: '^(19|20|21)\\d\\d$' })],
      answers: { 200: { description: 'The schedule', schema: { type: 'object' } } },
      problems: problems('not-found'),
    }),
  },
  '/v1/deadlines/calculate': {
    post: operation({
      id: 'calculateDeadline',
      tag: 'rules',
      summary: 'Computes a deadline without a dispute',
      public: true,
      body: calculation,
      example: { rule: 'LD-16', from: '2026-09-01' },
      answers: { 200: { description: 'The deadline with its derivation', schema: computed } },
      problems: problems(...bad, 'unknown-rule', 'rule-not-suspendable', 'date-order', 'date-out-of-range'),
    }),
  },
  '/v1/routes/evaluate': {
    post: operation({
      id: 'evaluateRoutes',
      tag: 'rules',
      summary: 'Asks the decision table what may follow',
      public: true,
      body: question,
      example: { type: 'labour', from: 'labour-arbitration', outcome: 'final-award', facts: {} },
      answers: {
        200: {
          description: 'Permitted and forbidden routes; facts that were assumed',
          schema: {
            type: 'object',
            required: ['permitted', 'forbidden', 'assumed'],
            properties: { permitted: routes, forbidden: routes, assumed: { type: 'array' } },
          },
        },
      },
      problems: bad,
    }),
  },
};
