import type { JsonSchema } from './operation.js';

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

export const basisRef = ref('Basis');
export const disputeRef = ref('Dispute');
export const deadlineRef = ref('Deadline');
export const handoffRef = ref('Handoff');
export const eventRef = ref('Event');
export const procedureRef = ref('Procedure');

const string = { type: 'string' };
const nullable = { type: ['string', 'null'] };
const date = { type: 'string', format: 'date' };
const dateOrNull = { type: ['string', 'null'], format: 'date' };
const instant = { type: 'string', format: 'date-time' };
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const body = { type: 'object', required: ['code'], properties: { code: string, name: nullable } };

/** An object all of whose named members are always there. */
const whole = (properties: Record<string, JsonSchema>, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  ...more,
});

const colour = { type: 'string', enum: ['green', 'yellow', 'red'] };

const deadline = whole({
  deadlineId: string,
  rule: string,
  ruleVersion: { type: 'integer' },
  kind: { type: 'string', enum: ['party-right', 'institution', 'internal'] },
  holder: { type: 'string', description: '`body`, or `party:<ref>`' },
  procedureId: nullable,
  generation: { type: 'integer' },
  trigger: whole({ fact: string, on: date }),
  amount: { type: 'integer' },
  unit: { type: 'string', enum: ['D', 'WD', 'M', 'Y', 'H', 'S'] },
  naturalDue: date,
  due: date,
  dueAt: instant,
  cautiousDue: dateOrNull,
  suspendedDays: { type: 'integer' },
  provisional: { type: 'boolean' },
  confidence: { type: 'string', enum: ['verified', 'unverified'] },
  basis: { anyOf: [basisRef, { type: 'null' }] },
  status: { type: 'string', enum: ['running', 'suspended', 'met', 'elapsed', 'void'] },
  colour: {
    ...colour,
    description: 'Running: by the time left. Ended: red for a body whose act is overdue and not done, else green.',
  },
  trace: list(string),
});

const handoff = whole({
  handoffId: string,
  disputeId: string,
  procedureId: nullable,
  from: body,
  to: body,
  status: {
    type: 'string',
    enum: ['requested', 'delivered', 'escalated', 'accepted', 'returned', 'cancelled'],
  },
  attempt: { type: 'integer' },
  requestedAt: instant,
  deliveredAt: { type: ['string', 'null'], format: 'date-time' },
  acceptedOn: dateOrNull,
  returned: { type: ['object', 'null'], properties: { reason: string, on: date } },
  dueAt: { type: ['string', 'null'], format: 'date-time' },
});

const procedure = whole({
  id: string,
  procedure: string,
  track: nullable,
  joint: { type: 'boolean' },
  status: { type: 'string', enum: ['open', 'closed'] },
  step: string,
  body,
  neutrals: list(whole({ account: string, name: nullable, seat: string, status: string })),
  openedOn: date,
  closedOn: dateOrNull,
  outcome: nullable,
  waitingFor: {
    type: ['object', 'null'],
    properties: { who: string, role: string, organisation: nullable },
  },
});

const party = {
  type: 'object',
  required: ['ref', 'role', 'capacity', 'kind', 'name'],
  properties: {
    ref: string,
    role: { type: 'string', enum: ['claimant', 'respondent', 'third-party'] },
    capacity: nullable,
    capacityAssumed: { type: 'boolean' },
    kind: { type: 'string', enum: ['person', 'organisation'] },
    name: nullable,
    phone: nullable,
    idNumber: nullable,
    address: nullable,
    account: nullable,
    masked: { type: 'boolean', description: 'True where these values are masked for this reader' },
    erased: { type: 'boolean', description: 'True where the personal data of this party were erased' },
  },
};

const stall = {
  type: ['object', 'null'],
  description: 'Null while it moves',
  properties: {
    reason: string,
    since: instant,
    waitingFor: whole({ role: string, organisation: nullable }),
    colour,
    detail: { type: 'object' },
    suggestedActions: list(string),
  },
};

const dispute = whole({
  id: { type: 'string', format: 'uuid' },
  caseCode: string,
  type: string,
  region: string,
  status: { type: 'string', enum: ['open', 'closed'] },
  version: { type: 'integer' },
  title: nullable,
  owner: whole({ organisation: nullable, person: nullable }),
  parties: list(party),
  claims: list({ type: 'object' }),
  procedures: list(procedureRef),
  deadlines: list(deadlineRef),
  handoffs: list(handoffRef),
  notices: list({ type: 'object' }),
  documents: list({ type: 'object' }),
  stall,
  registeredOn: date,
  closedOn: dateOrNull,
  backfill: { type: 'boolean' },
  profile: whole({ code: string, version: { type: 'integer' } }),
});

const event = whole({
  version: { type: 'integer' },
  type: string,
  schemaVersion: { type: 'integer' },
  occurredAt: { type: 'string', description: 'An instant, or a civil date meaning some time that day' },
  recordedAt: instant,
  actor: whole({ kind: string, id: string, role: string, organisation: nullable }),
  commandId: string,
  procedureId: nullable,
  data: {
    type: 'object',
    description: 'Personal data and free text stand as `{"ref","commitment"}`',
  },
  previousHash: string,
  hash: string,
});

/** The shapes that answers are made of. */
export const componentSchemas: Record<string, JsonSchema> = {
  Dispute: dispute,
  Procedure: procedure,
  Deadline: deadline,
  Handoff: handoff,
  Event: event,
};
