import type { CivilDate } from '../../domain/calendar/civil-date.js';
import { z } from 'zod';
import { disputeFacts } from '../../domain/dispute/facts.js';
import { disputeTypeCodes, outcomeCodes, procedureCodes } from '../../domain/routes/codes.js';
import { evaluateRoutes } from '../../domain/routes/evaluate.js';
import type { RouteFacts } from '../../domain/routes/types.js';
import type { Language } from '../http/language.js';
import { readBody } from '../http/read.js';
import { civilDate, shapeOf } from '../schemas/from-fields.js';
import { dutyView, forbiddenView, permittedView } from '../views/route-view.js';

const questionIn = (language: Language) =>
  z.strictObject({
    type: z.enum(disputeTypeCodes),
    from: z.enum(['intake', ...procedureCodes]).meta({ description: 'Procedure code, or `intake`' }),
    outcome: z
      .enum(outcomeCodes)
      .meta({ description: 'How it ended or what happened in it; `registered` with `intake`' }),
    facts: z.strictObject(shapeOf(disputeFacts, language)).optional(),
    track: z.enum(['people', 'labour', 'industry']).optional(),
    joint: z.boolean().optional(),
    on: civilDate.optional().meta({
      description: 'The day on which the route would be taken; default today',
    }),
  });

const questions = { zh: questionIn('zh'), en: questionIn('en') };

export const question = questions.en;

/** Asks the decision table what may follow, and what may not and by what law. `today`: the civil date in Asia/Shanghai. */
export const evaluate = (body: unknown, today: CivilDate, language: Language) => {
  const { facts = {}, on = today, ...asked } = readBody(questions[language], body, language);
  const { permitted, forbidden, assumed, duties } = evaluateRoutes({ ...asked, on, facts: facts as RouteFacts });
  return {
    permitted: permitted.map((route) => permittedView(route, language)),
    forbidden: forbidden.map((route) => forbiddenView(route, language)),
    assumed,
    duties: duties.map((duty) => dutyView(duty, language)),
  };
};
