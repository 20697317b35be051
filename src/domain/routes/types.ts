import type { DisputeType, LocalText, MediationTrack, Outcome, ProcedureCode, RouteBy } from './codes.js';

/** The typed facts that the routes read. A missing fact is answered as its usual case and named in `assumed`. */
export interface RouteFacts {
  /** An arbitration agreement between the parties. */
  arbitrationClause?: 'none' | 'valid' | 'void';
  /** The worker sues on a written IOU for wages and claims nothing else. */
  wageIou?: boolean;
  /** The case is tried under the small-claims procedure. */
  smallClaims?: boolean;
  /** The claim is about a personal status: marriage, parentage, adoption. */
  identityRelation?: boolean;
  /** The law requires administrative review before a suit. */
  reviewFirst?: boolean;
  /** A natural-resource right that was already lawfully obtained is infringed. */
  rightAlreadyObtained?: boolean;
  /** Number of workers with a common claim. */
  collective?: number;
  /** `payment` is injury medical cost or compensation. */
  agreementKind?: 'wages' | 'payment' | 'other';
  /** The mediation agreement was confirmed by a court or a commission. */
  agreementConfirmed?: boolean;
  /** Civil date `YYYY-MM-DD` on which the mediation agreement took effect. */
  agreementEffectiveOn?: string;
  /** Both sides agree to the joint act or to mediation. */
  bothAgree?: boolean;
  paymentOrderBasis?: 'mediation-agreement' | 'labour-contract-law-30';
  /** The worker sued on the final award. */
  workerSued?: boolean;
  /** The arbitration commission has made an award in the dispute. */
  awardMade?: boolean;
  /** The award is final as a whole, whatever it is called (调解仲裁法47). */
  finalAward?: boolean;
  /** Six months have passed since the plaintiff's divorce suit ended (民事诉讼法127). */
  sixMonthsPassed?: boolean;
  /** The other side pleaded the arbitration agreement before the first hearing. */
  objectionBeforeHearing?: boolean;
  /** The withdrawal rests on a settlement. */
  settled?: boolean;
  /** A court has accepted (registered) a suit on the dispute. */
  courtAccepted?: boolean;
  /** Civil date `YYYY-MM-DD`; absent: the employment goes on. */
  employmentEndedOn?: string;
  /** A worker in a new form of employment (platform work): read by the period of mediation, by no row of the table. */
  newEmployment?: boolean;
  /** Civil date `YYYY-MM-DD` on which the claimant knew of the act or of the harm. */
  knewOn?: string;
  /** Civil date `YYYY-MM-DD` of the authority's act. */
  actMadeOn?: string;
  /** The authority told of the remedies against its act, and of their periods. */
  remediesTold?: boolean;
  /** The act is about an immovable. */
  immovable?: boolean;
  /** Class of the petition, 1-6 (信访工作条例 31). */
  petitionCategory?: number;
  petitionStage?: 'handling' | 'recheck' | 'rereview';
}

export type FactName = keyof RouteFacts;
export type FactValue = string | number | boolean;

/** What is asked of the decision table. */
export interface RouteQuery {
  type: DisputeType;
  from: ProcedureCode | 'intake';
  outcome: Outcome;
  facts: RouteFacts;
  /** Accepted for the caller's record; no row of the table depends on it. */
  track?: string;
  /** Accepted for the caller's record; no row of the table depends on it. */
  joint?: boolean;
  /** The civil date (Asia/Shanghai) on which the route would be taken; absent: no route is past its limit. */
  on?: string;
  /**
   * Last days already computed by rule code, rolled over holidays (`{'JC-01': '2026-07-15'}`).
   * Absent, a limit is counted in plain calendar days from its fact.
   */
  due?: Readonly<Record<string, string>>;
}

export interface RouteBasis {
  law: string;
  article: string;
  /** Code of the rule in the rule book. */
  rule?: string;
}

export type Confidence = 'verified' | 'unverified';

/** `open` starts a procedure; `return` goes on in one that is already open (or raises an objection there). */
export type RouteKind = 'open' | 'return';

export interface PermittedRoute {
  procedure: ProcedureCode;
  track?: MediationTrack;
  by: RouteBy;
  /** Only both sides together may apply. */
  jointly: boolean;
  /** May run beside other procedures. */
  parallel: boolean;
  /** The period that this route must keep, or that runs in it; a rule of the rule book. */
  deadline: { rule: string } | null;
  basis: RouteBasis;
  /** Row numbers of the decision table. */
  rows: string[];
  confidence: Confidence;
  note?: LocalText;
  kind: RouteKind;
}

export interface ForbiddenRoute {
  procedure: ProcedureCode;
  by: RouteBy;
  reason: LocalText;
  basis: RouteBasis;
  rows: string[];
  confidence: Confidence;
}

/** Something the body in charge must do or heed at this point; `code` is a rule code where there is one. */
export interface RouteDuty {
  code: string;
  zh: string;
  en: string;
  basis: RouteBasis;
  rows: string[];
}

export interface AssumedFact {
  fact: FactName;
  /** The usual case that was answered; null where the usual case is that there is no such date. */
  value: FactValue | null;
}

export interface RouteAnswer {
  permitted: PermittedRoute[];
  forbidden: ForbiddenRoute[];
  assumed: AssumedFact[];
  duties: RouteDuty[];
}

/** A condition on facts, as data: evaluated here, printed in the docs. */
export type FactGuard =
  | { fact: FactName; is: FactValue }
  | { fact: FactName; atLeast: number }
  /** The fact is given. */
  | { known: FactName }
  /** `on` is not past the last day of `rule`, `days` calendar days from the date in `within`; unknown dates do not limit. */
  | { within: FactName; days: number; rule: string }
  | { all: readonly FactGuard[] }
  | { any: readonly FactGuard[] }
  | { not: FactGuard };

/** Types of a row: all, all with a civil side (see `civilTypes`), or a list. */
export type TypeSet = 'any' | 'any-civil' | readonly DisputeType[];

export interface PermitCell {
  procedure: ProcedureCode;
  /** Default `either`. */
  by?: RouteBy;
  track?: MediationTrack;
  jointly?: boolean;
  parallel?: boolean;
  deadline?: string;
  kind?: RouteKind;
  when?: FactGuard;
  /** Default: the row's. */
  basis?: RouteBasis;
  confidence?: Confidence;
  note?: LocalText;
}

export interface ForbidCell {
  procedure: ProcedureCode;
  /** Default `either`. */
  by?: RouteBy;
  reason: LocalText;
  when?: FactGuard;
  basis?: RouteBasis;
  confidence?: Confidence;
}

export interface DutyCell {
  code: string;
  text: LocalText;
  when?: FactGuard;
  basis?: RouteBasis;
}

/** One case of one row of the decision table; a row with several stages or guards has several cases. */
export interface RouteRow {
  /** Number in the decision table: `1` … `71`, `10b`, `21b`, `27b`. */
  row: string;
  /** What the case says, in a line. */
  text: LocalText;
  types: TypeSet;
  from: 'any' | readonly (ProcedureCode | 'intake')[];
  outcome: 'any' | readonly Outcome[];
  when?: FactGuard;
  /** The usual case of a missing fact at this point, where it differs from the general one. */
  usual?: Readonly<RouteFacts>;
  permit?: readonly PermitCell[];
  forbid?: readonly ForbidCell[];
  duties?: readonly DutyCell[];
  /** What the type permits at intake is permitted again, without these procedures. */
  asIntakeWithout?: readonly ProcedureCode[];
  /** Rows whose prohibitions this row lifts for the procedures it permits. */
  exceptionTo?: readonly string[];
  basis: RouteBasis;
  /** Default `verified`. */
  confidence?: Confidence;
}
