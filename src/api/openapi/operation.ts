import { z } from 'zod';
import type { ProblemCode } from '../http/problem-codes.js';
import { problemCodes } from '../http/problem-codes.js';

export type JsonSchema = Record<string, unknown>;
export type Operation = Record<string, unknown>;
/** Path items of the OpenAPI document, by path. */
export type Paths = Record<string, Record<string, Operation>>;

/** A schema as JSON Schema 2020-12, as OpenAPI 3.1 has it, of what a client sends. */
export const jsonSchemaOf = (schema: z.ZodType): JsonSchema => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest as JsonSchema;
};

const schemaOf = (schema: z.ZodType | JsonSchema): JsonSchema =>
  schema instanceof z.ZodType ? jsonSchemaOf(schema) : schema;

export interface Answer {
  description: string;
  schema?: z.ZodType | JsonSchema;
  headers?: Record<string, string>;
  /** Default `application/json`. */
  mediaType?: string;
  example?: unknown;
}

export interface OperationOptions {
  id: string;
  tag: 'disputes' | 'rules' | 'identity' | 'handoffs' | 'supervision' | 'documents' | 'feed' | 'operations';
  summary: string;
  description?: string;
  /** Needs no token. */
  public?: boolean;
  parameters?: Operation[];
  body?: z.ZodType | JsonSchema;
  /** Default `application/json`. */
  bodyMediaType?: string;
  example?: unknown;
  answers: Record<number, Answer>;
  problems: readonly ProblemCode[];
}

/** The problem codes an operation may answer with. */
export const problems = (...codes: ProblemCode[]): readonly ProblemCode[] => codes;

/** What every operation with a token may answer with. */
const always: readonly ProblemCode[] = ['too-many-requests', 'unavailable'];

/** One operation of the OpenAPI document. */
export const operation = (options: OperationOptions): Operation => ({
  operationId: options.id,
  tags: [options.tag],
  summary: options.summary,
  ...(options.description ? { description: options.description } : {}),
  ...(options.public ? { security: [] } : {}),
  ...(options.parameters ? { parameters: options.parameters } : {}),
  ...(options.body
    ? {
        requestBody: {
          required: true,
          content: {
            [options.bodyMediaType ?? 'application/json']: {
              schema: schemaOf(options.body),
              ...(options.example === undefined ? {} : { example: options.example }),
            },
          },
        },
      }
    : {}),
  responses: {
    ...Object.fromEntries(Object.entries(options.answers).map(([status, answer]) => [status, answerOf(answer)])),
    ...problemAnswers([...options.problems, ...(options.public ? [] : (['not-authenticated'] as const)), ...always]),
  },
});

const answerOf = ({ description, schema, headers, mediaType = 'application/json', example }: Answer): object => ({
  description,
  ...(headers
    ? {
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, said]) => [name, { description: said, schema: { type: 'string' } }]),
        ),
      }
    : {}),
  ...(schema
    ? {
        content: {
          [mediaType]: { schema: schemaOf(schema), ...(example === undefined ? {} : { example }) },
        },
      }
    : {}),
});

const retryable = new Set([429, 503]);

/** One answer a status, naming the codes it may carry. */
const problemAnswers = (codes: readonly ProblemCode[]): Record<string, object> => {
  const byStatus = new Map<number, Set<ProblemCode>>();
  for (const code of codes) {
    const { status } = problemCodes[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      status,
      {
        description: [...some].join(', '),
        ...(retryable.has(status)
          ? {
              headers: {
                'Retry-After': {
                  description: 'Seconds until it makes sense to try again',
                  schema: { type: 'string' },
                },
              },
            }
          : {}),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
};

/** A parameter in the path. */
export const inPath = (name: string, description: string, schema: JsonSchema = { type: 'string' }): Operation => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});

export const pageParameters: Operation[] = [
  {
    name: 'limit',
    in: 'query',
    description: 'Items of a page',
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  },
  {
    name: 'cursor',
    in: 'query',
    description: 'As `nextCursor` of the page before',
    schema: { type: 'string' },
  },
];

/** The parameters that a query's schema reads. */
export const inQuery = (schema: z.ZodObject): Operation[] => {
  const { properties = {}, required = [] } = jsonSchemaOf(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(
    ([name, { description, ...rest }]) =>
      pageParameters.find((parameter) => parameter['name'] === name) ?? {
        name,
        in: 'query',
        required: required.includes(name),
        ...(description ? { description } : {}),
        schema: rest,
      },
  );
};

/** The headers of every command. */
export const commandHeaders: Operation[] = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'The same key with the same body answers as the first time; with another body it is refused. Absent, the server makes one.',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  },
  {
    name: 'If-Match',
    in: 'header',
    description: 'The version that the caller decided on, as an ETag: `"7"`.',
    schema: { type: 'string', pattern: '^("\\d+"|\\*)$' },
  },
];

/** A page of a list. */
export const pageSchema = (item: JsonSchema): JsonSchema => ({
  type: 'object',
  required: ['items', 'nextCursor'],
  properties: { items: { type: 'array', items: item }, nextCursor: { type: ['string', 'null'] } },
});
