import { Controller, Get, HttpCode, Inject, Module, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { cursorPart, decodeCursor, pageLimit, pageOf } from '../../store/read-models/page.js';
import type { StoredAnchor } from '../../store/anchors/anchor-log.js';
import { AskedBy, InLanguage, Public, type Caller } from '../http/caller.js';
import { DEPENDENCIES, type ApiDependencies } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { pageQuery, readQuery } from '../http/read.js';
import { inPath, inQuery, operation, problems, type JsonSchema } from '../openapi/operation.js';

const listQuery = z.strictObject(pageQuery);

/** An anchor as it is handed out: the statement in its members, and the text and signature to check it by. */
const shown = ({ statement, signature }: StoredAnchor) => ({
  ...(JSON.parse(statement) as Record<string, unknown>),
  statement,
  signature,
});

/** Anchors are hashes and say nothing of anybody: no token is needed to read them. */
@Controller('v1/anchors')
class AnchorsController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: ApiDependencies) {}

  private get anchors() {
    if (!this.deps.anchors) throw new Problem('not-found');
    return this.deps.anchors;
  }

  @Public()
  @Get()
  async list(@Query() query: unknown, @InLanguage() language: Language) {
    const page = readQuery(listQuery, query, language);
    const limit = pageLimit({ ...(page.limit === undefined ? {} : { limit: page.limit }) });
    const after = Number(decodeCursor(page.cursor, [cursorPart.number])?.[0] ?? 0);
    const rows = await this.anchors.list(after, limit + 1);
    return pageOf(rows, limit, ({ number }) => [String(number)], shown);
  }

  @Public()
  @Get(':number')
  async show(@Param('number') number: string) {
    if (!/^[1-9]\d{0,8}$/.test(number)) throw new Problem('not-found');
    const [anchor] = await this.anchors.list(Number(number) - 1, 1);
    if (anchor?.number !== Number(number)) throw new Problem('not-found');
    return shown(anchor);
  }

  @Post()
  @HttpCode(200)
  async make(@AskedBy() { requester }: Caller) {
    if (!requester.roles.includes('administrator')) throw new Problem('forbidden');
    const result = await this.anchors.make();
    return { made: result?.made ?? false, anchor: result === null ? null : shown(result.anchor) };
  }
}

@Module({ controllers: [AnchorsController] })
class AnchorsModule {}

const hash = { type: 'string', pattern: '^[0-9a-f]{64}$' };

const anchorSchema: JsonSchema = {
  type: 'object',
  required: [
    'kind',
    'format',
    'store',
    'number',
    'size',
    'root',
    'previous',
    'madeAt',
    'kid',
    'statement',
    'signature',
  ],
  properties: {
    kind: { const: 'accord-anchor' },
    format: { const: 1 },
    store: { type: 'string', format: 'uuid', description: 'Of this record, given with its first anchor' },
    number: { type: 'integer', minimum: 1 },
    size: { type: 'integer', description: 'Heads of streams in the log that it covers' },
    root: { ...hash, description: 'Merkle tree hash over them (RFC 9162, SHA-256)' },
    previous: { type: ['string', 'null'], description: 'SHA-256 of the statement before' },
    madeAt: { type: 'string', format: 'date-time' },
    kid: { type: 'string', description: 'The key in `GET /v1/keys` that it is signed with' },
    statement: { type: 'string', description: 'The signed text: RFC 8785 of the members above' },
    signature: { type: 'string', description: 'Ed25519 over the statement’s UTF-8 bytes, base64' },
  },
};

/** Signed statements about the whole record. */
export const anchorsFeature: Feature = {
  module: AnchorsModule,
  paths: {
    '/v1/anchors': {
      get: operation({
        id: 'listAnchors',
        tag: 'operations',
        summary: '存证锚点列表 · list anchors',
        description:
          'Signed Merkle roots over the heads of all streams, oldest first. Keep them elsewhere: whoever holds one can tell later whether what it covers was changed.',
        public: true,
        parameters: inQuery(listQuery),
        answers: {
          200: {
            description: 'A page of anchors',
            schema: {
              type: 'object',
              required: ['items', 'nextCursor'],
              properties: {
                items: { type: 'array', items: anchorSchema },
                nextCursor: { type: ['string', 'null'] },
              },
            },
          },
        },
        problems: problems('invalid-request'),
      }),
      post: operation({
        id: 'makeAnchor',
        tag: 'operations',
        summary: '立即生成存证锚点 · make an anchor now',
        description: 'For administrators. Where nothing is new since the last anchor, that one is answered.',
        answers: {
          200: {
            description: 'The last anchor; null while nothing is recorded',
            schema: {
              type: 'object',
              required: ['made', 'anchor'],
              properties: { made: { type: 'boolean' }, anchor: { anyOf: [anchorSchema, { type: 'null' }] } },
            },
          },
        },
        problems: problems('forbidden'),
      }),
    },
    '/v1/anchors/{number}': {
      get: operation({
        id: 'showAnchor',
        tag: 'operations',
        summary: '存证锚点 · one anchor',
        public: true,
        parameters: [inPath('number', 'Its number', { type: 'integer', minimum: 1 })],
        answers: { 200: { description: 'The anchor', schema: anchorSchema } },
        problems: problems('not-found'),
      }),
    },
  },
};
