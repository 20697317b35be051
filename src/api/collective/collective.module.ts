import { Controller, Inject, Module, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { send } from '../http/command.js';
import { DEPENDENCIES, type ApiDependencies } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import { commandHeaders, inPath, operation, problems } from '../openapi/operation.js';
import { disputeRef, eventRef } from '../openapi/schemas.js';
import { splitOffBody, splitOffMember } from './split-off.js';

@Controller('v1/disputes')
class CollectiveController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: ApiDependencies) {}

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
