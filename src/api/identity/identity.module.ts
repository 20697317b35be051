import { Body, Controller, Inject, Module, Post } from '@nestjs/common';
import { z } from 'zod';
import { roles } from '../../domain/dispute/context.js';
import { InLanguage, Public } from '../http/caller.js';
import { DEPENDENCIES, type ApiDependencies } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import { readBody } from '../http/read.js';
import { operation, problems } from '../openapi/operation.js';
import { regionPattern } from './identity.js';

// eslint-disable-next-line no-control-regex
const plainText = /^[^\u0000-\u001f\u007f]+$/;
const name = z.string().regex(plainText).min(1).max(200);

const tokenRequest = z
  .strictObject({
    userId: name,
    name: name.optional().meta({ description: 'Not kept.' }),
    roles: z.array(z.enum(roles)).max(roles.length),
    organisation: name.nullish(),
    region: z.string().regex(regionPattern).nullish(),
  })
  .meta({ title: 'LocalTokenRequest' });

const tokenAnswer = z.strictObject({ token: z.string() });

const issueToken = async ({ identity }: ApiDependencies, body: unknown, language: Language) => {
  const { userId, roles: given, organisation, region } = readBody(tokenRequest, body, language);
  const account = { userId, roles: given, organisation: organisation ?? null, region: region ?? null };
  return { token: await identity.issue!(account) };
};

@Controller('v1/local')
class LocalTokensController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: ApiDependencies) {}

  @Public()
  @Post('tokens')
  issue(@Body() body: unknown, @InLanguage() language: Language) {
    return issueToken(this.deps, body, language);
  }
}

@Module({ controllers: [LocalTokensController] })
class LocalIdentityModule {}

/** Tokens for anybody, in local mode only: in production they come from the OIDC issuer. */
export const identityFeature: Feature = {
  module: LocalIdentityModule,
  only: 'local',
  paths: {
    '/v1/local/tokens': {
      post: operation({
        id: 'createLocalToken',
        tag: 'identity',
        summary: 'A token for anybody (local mode only)',
        public: true,
        body: tokenRequest,
        answers: { 201: { description: 'The token, valid for 30 days', schema: tokenAnswer } },
        problems: problems('invalid-request', 'unsupported-media-type', 'too-large'),
      }),
    },
  },
};
