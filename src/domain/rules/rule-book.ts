import type { CivilDate } from '../calendar/civil-date.js';
import { adjudicationRules } from './adjudication.js';
import { administrativeRules } from './administrative.js';
import { civilLitigationRules } from './civil-litigation.js';
import { courtMediationRules } from './court-mediation.js';
import { judicialConfirmationRules } from './judicial-confirmation.js';
import { labourRules } from './labour.js';
import { norms } from './norms.js';
import { peoplesMediationRules } from './peoples-mediation.js';
import { petitionRules } from './petition.js';
import type { Basis, Norm, Rule } from './rule.js';
import { sectorRules } from './sector.js';

/** The periods a dispute runs under, pinned by version. Plain data. */
export interface RuleBook {
  version: string;
  rules: Rule[];
}

/** Code of a rule or norm, e.g. `LD-16.extension`. */
export type RuleCode = string;

export const ruleBook: RuleBook = {
  version: 'cn-2026-11.2',
  rules: [
    ...peoplesMediationRules,
    ...judicialConfirmationRules,
    ...labourRules,
    ...courtMediationRules,
    ...civilLitigationRules,
    ...administrativeRules,
    ...adjudicationRules,
    ...petitionRules,
    ...sectorRules,
  ],
};

export const allRules: readonly Rule[] = ruleBook.rules;
export const allNorms: readonly Norm[] = norms;

const indexes = new WeakMap<RuleBook, Map<RuleCode, Rule[]>>();

function indexOf(book: RuleBook): Map<RuleCode, Rule[]> {
  const known = indexes.get(book);
  if (known) return known;
  const index = new Map<RuleCode, Rule[]>();
  for (const rule of book.rules) index.set(rule.code, [...(index.get(rule.code) ?? []), rule]);
  for (const versions of index.values()) versions.sort((a, b) => a.version - b.version);
  indexes.set(book, index);
  return index;
}

const normIndex = new Map<RuleCode, Norm>(norms.map((norm) => [norm.code, norm]));

/** Every version of a rule, oldest first; empty when the code is unknown. */
export function ruleVersions(code: RuleCode, book: RuleBook = ruleBook): readonly Rule[] {
  return indexOf(book).get(code) ?? [];
}

/**
 * The version of a rule in force on a civil date; without a date the newest one. A date before the first version
 * or in a gap finds nothing.
 */
export function findRule(code: RuleCode, on?: CivilDate, book: RuleBook = ruleBook): Rule | undefined {
  const versions = ruleVersions(code, book);
  if (on === undefined) return versions.at(-1);
  return versions.findLast(
    ({ effectiveFrom, effectiveTo }) => effectiveFrom <= on && (effectiveTo === undefined || on < effectiveTo),
  );
}

/**
 * The version that a period triggered on a civil date runs under: the one then in force; where none was, the last one
 * before, else the first. A later version is for later triggers (no law here says otherwise), so that it never moves a
 * period that has begun.
 */
export const ruleAt = (code: RuleCode, on: CivilDate, book: RuleBook = ruleBook): Rule | undefined => {
  const versions = ruleVersions(code, book);
  return findRule(code, on, book) ?? versions.findLast(({ effectiveFrom }) => effectiveFrom <= on) ?? versions.at(0);
};

/** Whether a local rule is in force in a region (GB/T 2260); a rule of the whole country is everywhere. */
export const inForceIn = (region: string, code: RuleCode): boolean => region.startsWith(findRule(code)?.region ?? '');

/** The norm (a rule of law without a period) of this code. */
export function findNorm(code: RuleCode): Norm | undefined {
  return normIndex.get(code);
}

/** Laws of which only norms are cited here, and since when the version that is cited is in force. */
const inForceSince: Readonly<Record<string, CivilDate>> = {
  商事调解条例: '2026-05-01',
  城市居民委员会组织法: '2026-01-01',
  江西省矛盾纠纷多元化解条例: '2021-07-01',
};

/** Since when the cited version of a norm's law is in force; null where that was not established. */
export const normInForceSince = ({ law }: Pick<Norm, 'law'>): CivilDate | null =>
  inForceSince[law] ??
  allRules
    .filter((rule) => rule.law === law)
    .map(({ effectiveFrom }) => effectiveFrom)
    .sort()
    .at(-1) ??
  null;

/** Law, article and code to cite for a rule or a norm. Throws RangeError when the code is unknown. */
export function basisOf(code: RuleCode, on?: CivilDate): Basis {
  const found = (on === undefined ? findRule(code) : ruleAt(code, on)) ?? findNorm(code);
  if (!found) throw new RangeError('no rule or norm of this code');
  return { law: found.law, article: found.article, rule: found.code };
}
