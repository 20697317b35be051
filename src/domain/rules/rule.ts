import type { CivilDate } from '../calendar/civil-date.js';
import type { Unit } from '../calendar/count.js';

export type { Unit } from '../calendar/count.js';

/** zh-CN is the users' language, en the code's. */
export interface Bilingual {
  zh: string;
  en: string;
}

export interface LegalSource {
  law: string;
  article: string;
}

/** What an answer cites: the law, its article, and the code of the rule or norm here. */
export interface Basis extends LegalSource {
  rule: string;
}

/** `party-right`: a party loses a right; `institution`: a body must act; `internal`: a target of our own. */
export type RuleKind = 'party-right' | 'institution' | 'internal';

/**
 * For whom the period runs. `each-party`: one deadline a party, from that party's own date. `joint`: one period in
 * which the parties must act together.
 */
export type Holder =
  'body' | 'party' | 'each-party' | 'joint' | 'claimant' | 'respondent' | 'third-party' | 'worker' | 'employer';

export type Approver =
  'both-parties' | 'director' | 'president' | 'superior-court' | 'head' | 'body-and-both-parties' | 'body';

export interface Extension {
  /** null: no cap in law. In the rule's own unit. */
  amount: number | null;
  unit: Unit;
  approver: Approver;
  /** null: as often as approved. */
  times: number | null;
  basis?: LegalSource;
  /** Once that is used up, what a higher authority may add, by the rule of this code. */
  further?: { approver: Approver; rule: string };
}

export interface SuspensionGround extends Bilingual {
  code: string;
  /** Where this ground needs another approval than the rule's usual one. */
  approver?: Approver;
}

export interface SuspensionRule {
  grounds: readonly SuspensionGround[];
  approver: Approver;
  basis: LegalSource;
}

/** A period of law as data. A changed law is a new version with its own dates in force; old versions stay. */
export interface Rule extends LegalSource {
  /** `LD-16`; a rule's further periods have a suffix: `LD-16.extension`. */
  code: string;
  version: number;
  title: Bilingual;
  /** The fact whose day is not counted, kebab-case. For a backward period: the act before which it lies. */
  trigger: string;
  amount: number;
  unit: Unit;
  direction?: 'backward';
  /** `HH:MM` of +08:00: where the act can only be done in business hours, the last day ends with them (民法典203). */
  cutOff?: string;
  kind: RuleKind;
  holder: Holder;
  extension?: Extension;
  /** Only a rule that has this may be suspended. */
  suspension?: SuspensionRule;
  /** Where it is unsettled whether days are working or calendar days: the other reading. */
  alternativeUnit?: Unit;
  /** What it means in law that the period passed. */
  elapse: Bilingual;
  confidence: 'verified' | 'unverified';
  /** Where a rule was not read in the official text: what it rests on, or what is open. */
  source?: string;
  /** First day in force. */
  effectiveFrom: CivilDate;
  /** First day no longer in force. */
  effectiveTo?: CivilDate;
  /** Procedure codes of the glossary. */
  procedures: readonly string[];
  /** GB/T 2260 prefix of the place where a local rule is in force; absent: the whole country. */
  region?: string;
}

/** A rule of law without a period, cited as basis. */
export interface Norm extends LegalSource {
  code: string;
  text: Bilingual;
  confidence: 'verified' | 'unverified';
  source?: string;
}

/**
 * The extension of a rule as a period of its own: `LD-16` → `LD-16.extension`. It is added to the base period
 * (see `computeDeadline`), and is listed so that its length and approver can be read.
 * Throws RangeError when the law sets no length.
 */
export function extensionOf(rule: Rule): Rule {
  const { extension, suspension: _suspension, ...rest } = rule;
  if (extension?.amount == null) throw new RangeError('this rule has no extension of a fixed length');
  return {
    ...rest,
    ...(extension.basis ?? {}),
    code: `${rule.code}.extension`,
    title: { zh: `${rule.title.zh}（延长）`, en: `${rule.title.en} (extension)` },
    amount: extension.amount,
    unit: extension.unit,
  };
}

/** The rule, followed by its extension as a period of its own. */
export function withExtension(rule: Rule): Rule[] {
  return [rule, extensionOf(rule)];
}
