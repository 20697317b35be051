import { Body, Controller, HttpCode, Inject, Module, Param, Post } from '@nestjs/common';
import { AskedBy, InLanguage, type Caller } from '../http/caller.js';
import { DEPENDENCIES, type ApiDependencies } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import { inPath, operation, problems } from '../openapi/operation.js';
import { suppose, supposition } from './what-if.js';

@Controller('v1/disputes')
class WhatIfController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: ApiDependencies) {}

  @Post(':id/what-if')
  @HttpCode(200)
  suppose(
    @Param('id') id: string,
    @Body() body: unknown,
    @AskedBy() { requester }: Caller,
    @InLanguage() language: Language,
  ) {
    return suppose(this.deps, id, body, requester, language);
  }
}

@Module({ controllers: [WhatIfController] })
class WhatIfModule {}

/** What would be, had a fact, a rule or the calendar been otherwise. */
export const whatIfFeature: Feature = {
  module: WhatIfModule,
  paths: {
    '/v1/disputes/{id}/what-if': {
      post: operation({
        id: 'whatIf',
        tag: 'disputes',
        summary: '假设推演 · what would differ',
        description: 'Both courses are decided from the same facts; nothing is recorded.',
        parameters: [inPath('id', 'Id of the dispute', { type: 'string', format: 'uuid' })],
        body: supposition('zh'),
        example: { rules: [{ code: 'LD-16', amount: 60 }] },
        answers: {
          200: {
            description: 'Deadlines, procedures and routes that would differ, and recorded facts that could not be',
            schema: {
              type: 'object',
              required: ['deadlines', 'procedures', 'routes', 'impossible', 'calendarVersion'],
              properties: {
                calendarVersion: { type: 'string' },
                deadlines: { type: 'array', items: { type: 'object' } },
                procedures: { type: 'array', items: { type: 'object' } },
                routes: { type: 'object' },
                impossible: { type: 'array', items: { type: 'object' } },
              },
            },
          },
        },
        problems: problems(
          'invalid-request',
          'unsupported-media-type',
          'too-large',
          'not-found',
          'forbidden',
          'unknown-rule',
          'unknown-fact',
          'fact-invalid',
          'date-in-future',
          'date-before-dispute',
        ),
      }),
    },
  },
};
