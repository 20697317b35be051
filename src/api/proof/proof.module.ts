import { Controller, Get, Inject, Module, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AskedBy, InLanguage, type Asking } from '../http/caller.js';
import { DEPENDENCIES } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import { inPath, inQuery, operation, problems } from '../openapi/operation.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { exportQuery, sendProof } from './export.js';

@Controller('v1/disputes')
class ProofController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: Dependencies) {}

  @Get(':id/export')
  async export(
    @Param('id') id: string,
    @Query() query: unknown,
    @AskedBy() reader: Asking,
    @InLanguage() language: Language,
    @Res() reply: FastifyReply,
  ) {
    await sendProof(this.deps, id, query, reader, language, reply);
  }
}

@Module({ controllers: [ProofController] })
class ProofModule {}

/** A dispute as a package that anybody can check without us. */
export const proofFeature: Feature = {
  module: ProofModule,
  paths: {
    '/v1/disputes/{id}/export': {
      get: operation({
        id: 'exportDispute',
        tag: 'disputes',
        summary: '案件记录证明包 · proof of a dispute',
        description:
          'A ZIP that can be checked with neither database nor network (`accord verify-package`, docs/verify-a-package.md): all events with their hashes, the values that the reader may see with their salts, documents by their SHA-256, the rule versions and holiday schedules that periods were counted by, the inclusion proof of the last event to a signed anchor, the public keys, and the course of the case in Chinese as PDF; signed. What is newer than the last anchor is anchored first. Admissions made for compromise, minutes and notes are never in it. For staff who act in the dispute, its supervisors and auditors; auditors get it masked.',
        parameters: [inPath('id', 'Dispute', { type: 'string', format: 'uuid' }), ...inQuery(exportQuery)],
        answers: {
          200: {
            description: 'The package',
            mediaType: 'application/zip',
            schema: { type: 'string', format: 'binary' },
          },
        },
        problems: problems('invalid-request', 'not-found', 'forbidden', 'not-your-role'),
      }),
    },
  },
};
