import { Controller, Get, Inject, Module, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AskedBy, InLanguage, type Caller } from '../http/caller.js';
import { send } from '../http/command.js';
import { DEPENDENCIES, type ApiDependencies } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import { commandHeaders, inPath, inQuery, operation, pageSchema, problems } from '../openapi/operation.js';
import { disputeRef, eventRef } from '../openapi/schemas.js';
import { listMembers, membersQuery } from './members.js';
import { splitOffBody, splitOffMember } from './split-off.js';

const memberSchema = {
  type: 'object',
  required: ['member', 'status', 'consent', 'representative', 'disputeId'],
  properties: {
    member: { type: 'string' },
    status: { type: 'string', enum: ['represented', 'opted-out', 'split-off'] },
    consent: { type: ['string', 'null'], enum: ['given', 'refused', null] },
    representative: { type: 'boolean' },
    disputeId: { type: ['string', 'null'], description: 'The dispute in which a member that was split off goes on' },
  },
};

@Controller('v1/disputes')
class CollectiveController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: ApiDependencies) {}

  @Get(':id/members')
  async members(
    @Param('id') id: string,
    @Query() query: unknown,
    @AskedBy() { requester }: Caller,
    @InLanguage() language: Language,
    @Res() reply: FastifyReply,
  ) {
    send(reply, await listMembers(this.deps, id, query, requester, language));
  }

  @Post(':id/members/:member/split-off')
  async splitOff(
    @Param('id') id: string,
    @Param('member') member: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    send(reply, await splitOffMember(this.deps, id, member, request));
  }
}

@Module({ controllers: [CollectiveController] })
class CollectiveModule {}

/** Members of collective disputes, beyond the actions of the dispute itself. */
export const collectiveFeature: Feature = {
  module: CollectiveModule,
  paths: {
    '/v1/disputes/{id}/members': {
      get: operation({
        id: 'listMembers',
        tag: 'disputes',
        summary: '集体争议成员 · members of a collective dispute',
        description: 'By their references; their names are values of the events (`?values=true`).',
        parameters: [inPath('id', 'Id of the dispute', { type: 'string', format: 'uuid' }), ...inQuery(membersQuery)],
        answers: {
          200: { description: 'A page, in the order in which they joined', schema: pageSchema(memberSchema) },
        },
        problems: problems('invalid-request', 'not-found', 'forbidden'),
      }),
    },
    '/v1/disputes/{id}/members/{member}/split-off': {
      post: operation({
        id: 'splitOffMember',
        tag: 'disputes',
        summary: '成员另案处理 · a member goes on in a dispute of its own',
        description: 'Its history up to here stays in the collective dispute; the new one refers to it.',
        parameters: [
          inPath('id', 'Id of the collective dispute', { type: 'string', format: 'uuid' }),
          inPath('member', 'The member’s reference'),
          ...commandHeaders,
        ],
        body: splitOffBody,
        answers: {
          201: {
            description: 'The new dispute’s id, and the collective dispute',
            schema: {
              type: 'object',
              required: ['disputeId', 'dispute', 'events'],
              properties: {
                disputeId: { type: 'string', format: 'uuid' },
                dispute: disputeRef,
                events: { type: 'array', items: eventRef },
              },
            },
          },
        },
        problems: problems(
          'invalid-request',
          'unsupported-media-type',
          'too-large',
          'not-found',
          'version-conflict',
          'idempotency-key-reused',
          'unknown-party',
          'action-not-available',
          'dispute-closed',
          'not-your-role',
          'not-your-organisation',
          'not-your-region',
        ),
      }),
    },
  },
};
