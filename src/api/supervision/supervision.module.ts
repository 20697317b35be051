import { Controller, Get, Inject, Module, Query } from '@nestjs/common';
import { AskedBy, InLanguage, type Caller } from '../http/caller.js';
import { DEPENDENCIES } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { supervisionPaths } from './openapi.js';
import { listStalled, summariseStalled } from './supervision.js';

@Controller('v1/supervision')
class SupervisionController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: Dependencies) {}

  @Get('stalled')
  stalled(@Query() query: unknown, @AskedBy() { requester }: Caller, @InLanguage() language: Language) {
    return listStalled(this.deps, query, requester, language);
  }

  @Get('summary')
  summary(@Query() query: unknown, @AskedBy() { requester }: Caller, @InLanguage() language: Language) {
    return summariseStalled(this.deps, query, requester, language);
  }
}

@Module({ controllers: [SupervisionController] })
class SupervisionModule {}

/** What should move and does not, for supervisors. */
export const supervisionFeature: Feature = { module: SupervisionModule, paths: supervisionPaths };
