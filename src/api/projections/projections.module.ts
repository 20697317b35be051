import { Controller, Get, Inject, Module, Query } from '@nestjs/common';
import { AskedBy, InLanguage, type Caller } from '../http/caller.js';
import { DEPENDENCIES } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import type { Dependencies } from '../operations/further-dependencies.js';
import { projectionPaths } from './openapi.js';
import { listKpis, listWork, searchDisputes } from './read.js';

@Controller('v1')
class ProjectionsController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: Dependencies) {}

  @Get('supervision/kpis')
  kpis(@Query() query: unknown, @AskedBy() { requester }: Caller, @InLanguage() language: Language) {
    return listKpis(this.deps, query, requester, language);
  }

  @Get('worklist')
  work(@Query() query: unknown, @AskedBy() { requester }: Caller, @InLanguage() language: Language) {
    return listWork(this.deps, query, requester, language);
  }

  @Get('search')
  search(@Query() query: unknown, @AskedBy() { requester }: Caller, @InLanguage() language: Language) {
    return searchDisputes(this.deps, query, requester, language);
  }
}

@Module({ controllers: [ProjectionsController] })
class ProjectionsModule {}

/** What is read from asynchronous projections: counts, worklists, search. */
export const projectionsFeature: Feature = { module: ProjectionsModule, paths: projectionPaths };
