import { z } from 'zod';
import { calendarYear, publishedCalendar } from '../../domain/calendar/calendar.js';
import { procedureCodes } from '../../domain/routes/codes.js';
import { allNorms, findNorm, normInForceSince, ruleBook, ruleVersions } from '../../domain/rules/rule-book.js';
import type { Norm, Rule } from '../../domain/rules/rule.js';
import type { ApiDependencies } from '../http/dependencies.js';
import type { Language } from '../http/language.js';
import { Problem } from '../http/problem.js';
import { pageOf, pageQuery, readQuery } from '../http/read.js';

export const calendarOf = (deps: ApiDependencies) => (deps.calendar ?? (() => publishedCalendar))();
export const rulesOf = (deps: ApiDependencies) => (deps.rules ?? (() => ruleBook))();

const ruleView = (rule: Rule, language: Language) => ({
  code: rule.code,
  version: rule.version,
  title: rule.title[language],
  law: rule.law,
  article: rule.article,
  kind: rule.kind,
  holder: rule.holder,
  trigger: rule.trigger,
  amount: rule.amount,
  unit: rule.unit,
  direction: rule.direction ?? 'forward',
  cutOff: rule.cutOff ?? null,
  alternativeUnit: rule.alternativeUnit ?? null,
  extension: rule.extension ?? null,
  suspension: rule.suspension
    ? {
        grounds: rule.suspension.grounds.map((ground) => ({
          code: ground.code,
          title: ground[language],
          approver: ground.approver ?? rule.suspension!.approver,
        })),
        approver: rule.suspension.approver,
        basis: rule.suspension.basis,
      }
    : null,
  elapse: rule.elapse[language],
  confidence: rule.confidence,
  source: rule.source ?? null,
  effectiveFrom: rule.effectiveFrom,
  effectiveTo: rule.effectiveTo ?? null,
  procedures: rule.procedures,
  region: rule.region ?? null,
});

/** A rule of law without a period of its own. */
const normView = (norm: Norm, language: Language) => ({
  code: norm.code,
  version: 1,
  title: norm.text[language],
  law: norm.law,
  article: norm.article,
  kind: 'norm' as const,
  amount: null,
  unit: null,
  confidence: norm.confidence,
  source: norm.source ?? null,
  effectiveFrom: normInForceSince(norm),
  procedures: [],
});

export const rulesQuery = z.strictObject({
  law: z.string().max(60).optional().meta({ description: 'Name of the law, or a part of it' }),
  procedure: z.enum(procedureCodes).optional(),
  confidence: z.enum(['verified', 'unverified']).optional(),
  ...pageQuery,
});

/** The statutory periods in their newest versions, then the norms that are cited. */
export const listRules = (deps: ApiDependencies, query: unknown, language: Language) => {
  const { law, procedure, confidence, ...page } = readQuery(rulesQuery, query, language);
  const book = rulesOf(deps);
  const newest = book.rules.filter((rule) => ruleVersions(rule.code, book).at(-1) === rule);
  const all = [...newest.map((rule) => ruleView(rule, language)), ...allNorms.map((norm) => normView(norm, language))];
  const chosen = all.filter(
    (one) =>
      (law === undefined || one.law.includes(law)) &&
      (procedure === undefined || (one.procedures as readonly string[]).includes(procedure)) &&
      (confidence === undefined || one.confidence === confidence),
  );
  return pageOf(chosen, page);
};

/** One rule with all its versions. Throws `not-found`. */
export const showRule = (deps: ApiDependencies, code: string, language: Language) => {
  const versions = ruleVersions(code, rulesOf(deps));
  const newest = versions.at(-1);
  if (newest) return { ...ruleView(newest, language), versions: versions.map((rule) => ruleView(rule, language)) };
  const norm = findNorm(code);
  if (norm) return { ...normView(norm, language), versions: [normView(norm, language)] };
  throw new Problem('not-found');
};

/** The published schedule of a year; provisional where none is published. Throws `not-found` for what is no year. */
export const showCalendar = (deps: ApiDependencies, year: string) => {
  if (!/^(19|20|21)\d\d$/.test(year)) throw new Problem('not-found');
  return calendarYear(calendarOf(deps), Number(year));
};
