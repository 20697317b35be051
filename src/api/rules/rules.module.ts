import { Body, Controller, Get, HttpCode, Inject, Module, Param, Post, Query } from '@nestjs/common';
import { civilDateOf } from '../../domain/calendar/civil-date.js';
import { InLanguage, Public } from '../http/caller.js';
import { DEPENDENCIES, type ApiDependencies } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import { calculate } from './calculate.js';
import { evaluate } from './evaluate.js';
import { listRules, showCalendar, showRule } from './law.js';
import { rulePaths } from './openapi.js';

/** What the law says is no secret: no token is needed. */
@Controller('v1')
class RulesController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: ApiDependencies) {}

  @Public()
  @Get('rules')
  list(@Query() query: unknown, @InLanguage() language: Language) {
    return listRules(this.deps, query, language);
  }

  @Public()
  @Get('rules/:code')
  show(@Param('code') code: string, @InLanguage() language: Language) {
    return showRule(this.deps, code, language);
  }

  @Public()
  @Get('calendar/:year')
  calendar(@Param('year') year: string) {
    return showCalendar(this.deps, year);
  }

  @Public()
  @Post('deadlines/calculate')
  @HttpCode(200)
  calculate(@Body() body: unknown, @InLanguage() language: Language) {
    return calculate(this.deps, body, language);
  }

  @Public()
  @Post('routes/evaluate')
  @HttpCode(200)
  evaluate(@Body() body: unknown, @InLanguage() language: Language) {
    return evaluate(body, civilDateOf(this.deps.clock().toISOString()), language);
  }
}

@Module({ controllers: [RulesController] })
class RulesModule {}

/** Statutory periods, the legal calendar, deadline arithmetic and the decision table of routes. */
export const rulesFeature: Feature = { module: RulesModule, paths: rulePaths };
