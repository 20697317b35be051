import type { ForbiddenRoute, PermittedRoute, RouteDuty } from '../../domain/routes/types.js';
import type { Language } from '../http/language.js';

/** A permitted route, its note in the reader's language. */
export const permittedView = (route: PermittedRoute, language: Language) => ({
  procedure: route.procedure,
  ...(route.track ? { track: route.track } : {}),
  by: route.by,
  jointly: route.jointly,
  parallel: route.parallel,
  deadline: route.deadline,
  basis: route.basis,
  rows: route.rows,
  confidence: route.confidence,
  kind: route.kind,
  ...(route.note ? { note: route.note[language] } : {}),
});

/** A forbidden route with the reason in the reader's language. */
export const forbiddenView = (route: ForbiddenRoute, language: Language) => ({
  procedure: route.procedure,
  by: route.by,
  reason: route.reason[language],
  basis: route.basis,
  rows: route.rows,
  confidence: route.confidence,
});

export const dutyView = ({ code, basis, rows, ...text }: RouteDuty, language: Language) => ({
  code,
  text: text[language],
  basis,
  rows,
});
