import { Body, Controller, HttpCode, Inject, Module, Param, Post, Query } from '@nestjs/common';
import { AskedBy, InLanguage, type Caller } from '../http/caller.js';
import { DEPENDENCIES, type ApiDependencies } from '../http/dependencies.js';
import type { Feature } from '../http/feature.js';
import type { Language } from '../http/language.js';
import { inPath, inQuery, operation, problems } from '../openapi/operation.js';
import { holidayYear } from './holiday-year-schema.js';
import { loadCalendar, loadQuery } from './load-calendar.js';

@Controller('v1/calendar')
class CalendarController {
  constructor(@Inject(DEPENDENCIES) private readonly deps: ApiDependencies) {}

  @Post(':year')
  @HttpCode(200)
  load(
    @Param('year') year: string,
    @Query() query: unknown,
    @Body() body: unknown,
    @AskedBy() { requester }: Caller,
    @InLanguage() language: Language,
  ) {
    return loadCalendar(this.deps, year, query, body, requester, language);
  }
}

@Module({ controllers: [CalendarController] })
class CalendarModule {}

/** Loading the holiday schedule of a new year. */
export const calendarFeature: Feature = {
  module: CalendarModule,
  paths: {
    '/v1/calendar/{year}': {
      post: operation({
        id: 'loadCalendar',
        tag: 'rules',
        summary: '载入年度放假安排 · load a year’s holiday schedule',
        description:
          'For administrators. Without `confirm` nothing changes: the open periods that would be dated anew are listed.',
        parameters: [inPath('year', 'Year', { type: 'string', pattern: '^\\d{4}$' }), ...inQuery(loadQuery)],
        body: holidayYear,
        example: {
          year: 2027,
          version: 'cn-2027.1',
          notice: { title: '国务院办公厅关于2027年部分节假日安排的通知', issuedOn: '2026-11-25' },
          off: [{ name: '元旦', from: '2027-01-01', to: '2027-01-03' }],
          work: [],
        },
        answers: {
          200: {
            description: 'What would change, or what has changed',
            schema: {
              type: 'object',
              required: ['confirmed', 'calendarVersion'],
              properties: {
                confirmed: { type: 'boolean' },
                calendarVersion: { type: 'string' },
                items: { type: 'array', items: { type: 'object' } },
                nextCursor: { type: ['string', 'null'] },
                disputes: { type: 'integer' },
                deadlines: { type: 'integer' },
              },
            },
          },
        },
        problems: problems('invalid-request', 'unsupported-media-type', 'too-large', 'not-found', 'forbidden'),
      }),
    },
  },
};
