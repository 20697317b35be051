import { fieldVariants } from '../../commands/action-fields.js';
import { disputeActions } from '../../domain/dispute/dispute-actions.js';
import { refusals, type RefusalCode } from '../../domain/dispute/refusal.js';
import { procedureNames } from '../../domain/routes/codes.js';
import { procedureDefinitions } from '../../domain/procedures/procedures.js';
import type { ReadKind } from '../../store/contract.js';
import type { ProblemCode } from '../http/problem-codes.js';
import {
  commandHeaders,
  inPath,
  inQuery,
  operation,
  pageSchema,
  problems,
  type JsonSchema,
  type Paths,
} from '../openapi/operation.js';
import { deadlineRef, disputeRef, eventRef } from '../openapi/schemas.js';
import { dryRunQuery } from '../http/dry-run.js';
import { actions } from './act.js';
import { pastPaths } from './past-openapi.js';
import { bodySchema } from './possible.js';
import { disputesQuery, eventsQuery } from './read.js';
import { readsQuery } from './reads.js';
import { registrationSchema } from './register.js';

const id = inPath('id', 'Id of the dispute', { type: 'string', format: 'uuid' });
const etag = { ETag: 'The version of the dispute' };
const commandAnswer = {
  ...etag,
  'Idempotent-Replayed': '`true` where the key had been used before: the first answer again',
};

const malformed: ProblemCode[] = ['invalid-request', 'unsupported-media-type', 'too-large'];
const unseen: ProblemCode[] = ['not-found', 'forbidden'];
const domain = Object.keys(refusals) as RefusalCode[];
const commandProblems = problems(...malformed, 'not-found', 'version-conflict', 'idempotency-key-reused', ...domain);

const example = {
  type: 'labour',
  region: '360121',
  source: 'counter',
  receivedOn: '2026-03-02',
  title: '拖欠工资',
  parties: [
    { ref: 'worker', role: 'claimant', capacity: 'worker', kind: 'person', name: '张三' },
    { ref: 'employer', role: 'respondent', capacity: 'employer', kind: 'organisation', name: '某保洁公司' },
  ],
  claims: [{ kind: 'wages', amount: { amount: '12000.00', currency: 'CNY' }, text: '三个月工资' }],
};

/** An action's title: the dispute's own, or that of the first procedure that has it. */
const titleOf = (action: string): { zh: string; en: string } =>
  disputeActions[action]?.title ??
  procedureDefinitions.find((definition) => definition.actions[action])!.actions[action]!.title;

const inProcedures = (procedures: readonly (keyof typeof procedureNames)[]): string =>
  procedures.map((procedure) => procedureNames[procedure].zh).join('、');

/** The bodies that an action may have: one, or one for each group of procedures that share it. */
const bodyOf = (action: string): JsonSchema => {
  const groups = new Map<string, { schema: JsonSchema; procedures: (keyof typeof procedureNames)[] }>();
  for (const { procedure, fields } of fieldVariants(action)) {
    const schema = bodySchema(fields, 'zh');
    const key = JSON.stringify(schema);
    const group = groups.get(key) ?? { schema, procedures: [] };
    if (procedure !== null) group.procedures.push(procedure as keyof typeof procedureNames);
    groups.set(key, group);
  }
  const [only, ...others] = [...groups.values()];
  if (others.length === 0) return only!.schema;
  return {
    anyOf: [...groups.values()].map(({ schema, procedures }) => ({
      ...schema,
      title: inProcedures(procedures),
    })),
  };
};

const actionPaths = (): Paths =>
  Object.fromEntries(
    [...actions].sort().map((action) => {
      const { zh, en } = titleOf(action);
      const procedures = fieldVariants(action).flatMap(({ procedure }) => procedure ?? []);
      return [
        `/v1/disputes/{id}/actions/${action}`,
        {
          post: operation({
            id: `act-${action}`,
            tag: 'disputes',
            summary: `${zh} · ${en}`,
            ...(procedures.length > 0
              ? { description: `适用于：${inProcedures(procedures as (keyof typeof procedureNames)[])}` }
              : {}),
            parameters: [id, ...inQuery(dryRunQuery), ...commandHeaders],
            body: bodyOf(action),
            answers: {
              200: {
                description: 'The dispute as it now is, and what was recorded',
                headers: commandAnswer,
                schema: {
                  type: 'object',
                  required: ['dispute', 'events'],
                  properties: {
                    dispute: disputeRef,
                    events: { type: 'array', items: eventRef },
                    dryRun: { type: 'boolean', description: 'True: nothing was recorded' },
                  },
                },
              },
            },
            problems: commandProblems,
          }),
        },
      ];
    }),
  );

const possible: JsonSchema = {
  type: 'object',
  required: ['actions', 'routes', 'forbidden'],
  properties: {
    actions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['action', 'procedureId', 'title', 'basis', 'schema'],
        properties: {
          action: { type: 'string' },
          procedureId: { type: ['string', 'null'] },
          title: { type: 'string' },
          basis: { type: ['object', 'null'] },
          schema: { type: 'object', description: 'JSON Schema of its body' },
        },
      },
    },
    routes: { type: 'array', items: { type: 'object' } },
    forbidden: { type: 'array', items: { type: 'object' } },
  },
};

const reading: JsonSchema = {
  type: 'object',
  required: ['at', 'account', 'kind', 'roles', 'organisation', 'what', 'requestId'],
  properties: {
    at: { type: 'string', format: 'date-time' },
    account: { type: 'string' },
    kind: { enum: ['person', 'service'] },
    roles: { type: 'array', items: { type: 'string' } },
    organisation: { type: ['string', 'null'] },
    what: {
      enum: [
        'view',
        'list',
        'events',
        'command',
        'dry-run',
        'handoff',
        'handoffs',
        'package',
        'document',
        'export',
      ] satisfies ReadKind[],
    },
    requestId: { type: 'string', description: 'As the request log has it' },
  },
};

const workflow: JsonSchema = {
  type: 'object',
  required: [
    'workflowId',
    'runId',
    'status',
    'drivenVersion',
    'behindBy',
    'nextTimerAt',
    'children',
    'pendingActivities',
  ],
  properties: {
    workflowId: { type: 'string' },
    runId: { type: ['string', 'null'] },
    status: {
      type: 'string',
      description: 'As in Temporal; `missing` where there is no workflow, `unavailable` while Temporal is away',
    },
    drivenVersion: { type: 'integer', description: 'Version of the plan that the workflow has' },
    planVersion: { type: 'integer', description: 'Version of the last append that changed the plan' },
    behindBy: { type: 'integer', description: 'Appends that the workflow has not taken yet' },
    nextTimerAt: { type: ['string', 'null'], format: 'date-time' },
    children: { type: 'array', items: { type: 'object' } },
    pendingActivities: { type: 'array', items: { type: 'object' } },
  },
};

/** Made when asked for: the schemas of all actions take a second. */
export const disputePaths = (): Paths => ({
  '/v1/disputes': {
    post: operation({
      id: 'registerDispute',
      tag: 'disputes',
      summary: '登记案件 · register a dispute',
      parameters: commandHeaders.slice(0, 1),
      body: registrationSchema('zh'),
      example,
      answers: {
        201: {
          description: 'The dispute',
          headers: { ...commandAnswer, Location: 'Its address' },
          schema: disputeRef,
        },
      },
      problems: problems(
        ...malformed,
        'idempotency-key-reused',
        'not-your-role',
        'not-your-region',
        'capacity-unclear',
        'parties-incomplete',
        'duplicate-party',
        'date-in-future',
      ),
    }),
    get: operation({
      id: 'listDisputes',
      tag: 'disputes',
      summary: '案件列表 · disputes that the caller may see, last registered first',
      parameters: inQuery(disputesQuery),
      answers: {
        200: { description: 'A page of disputes in short', schema: pageSchema({ type: 'object' }) },
      },
      problems: problems('invalid-request'),
    }),
  },
  ...pastPaths,
  '/v1/disputes/{id}/events': {
    get: operation({
      id: 'listEvents',
      tag: 'disputes',
      summary: '事件流 · what has been recorded, from the first event on',
      parameters: [id, ...inQuery(eventsQuery)],
      answers: { 200: { description: 'A page of events', headers: etag, schema: pageSchema(eventRef) } },
      problems: problems('invalid-request', ...unseen),
    }),
  },
  '/v1/disputes/{id}/reads': {
    get: operation({
      id: 'listReads',
      tag: 'disputes',
      summary: '查阅记录 · who has been shown personal data of the dispute, the last first',
      description: 'For supervisors and auditors. Who saw only masks is not listed.',
      parameters: [id, ...inQuery(readsQuery)],
      answers: { 200: { description: 'A page of readings', schema: pageSchema(reading) } },
      problems: problems('invalid-request', 'not-your-role', ...unseen),
    }),
  },
  '/v1/disputes/{id}/actions': {
    get: operation({
      id: 'listActions',
      tag: 'disputes',
      summary: '可办事项 · what this caller may do now, and which procedures may be opened',
      parameters: [id],
      answers: { 200: { description: 'Actions and routes', headers: etag, schema: possible } },
      problems: problems(...unseen),
    }),
  },
  ...actionPaths(),
  '/v1/disputes/{id}/deadlines': {
    get: operation({
      id: 'listDeadlines',
      tag: 'disputes',
      summary: '期限 · the deadlines, open ones first',
      parameters: [id],
      answers: { 200: { description: 'All of them', headers: etag, schema: pageSchema(deadlineRef) } },
      problems: problems(...unseen),
    }),
  },
  '/v1/disputes/{id}/workflow': {
    get: operation({
      id: 'getWorkflow',
      tag: 'disputes',
      summary: '工作流 · the Temporal side',
      parameters: [id],
      answers: { 200: { description: 'The workflow', schema: workflow } },
      problems: problems(...unseen),
    }),
  },
});
