import type { CivilDate } from '../calendar/civil-date.js';
import type { EventType } from '../dispute/event-types.js';
import type { BodyOf, Fields } from '../dispute/fields.js';
import type { Refusal } from '../dispute/refusal.js';
import type { Role } from '../dispute/context.js';
import type { Course } from '../dispute/course.js';
import type { Deadline, Handoff, ProcedureOutcome } from '../dispute/state.js';
import type { Outcome, ProcedureCode } from '../routes/codes.js';
import type { FactName, FactValue } from '../routes/types.js';

type Title = { zh: string; en: string };

/** What a step waits for: whose move it is, so that a silent step can be asked who must act. */
export interface StepDefinition {
  title: Title;
  waitsFor: { who: 'body' | 'parties' | 'advisers' | 'receiver' | 'nobody'; role: Role };
  /** Why the dispute counts as stalled when nothing happens here for too long. */
  stalls: 'awaiting-acceptance' | 'awaiting-party' | 'awaiting-body' | 'no-progress';
}

/** A period that starts; by default from the action's legal date and for the rule's own holder. */
export interface Start {
  rule: string;
  /** `each-party`: one deadline a party of the dispute. `party`: the party named in the body. */
  holder?: 'body' | 'each-party' | 'party' | 'claimant' | 'respondent';
  /** Where the rule gives the longest period and the body sets it: how long it set it, in the rule's unit. */
  amount?: number;
  /** What it is about, where one holder has several at once. */
  subject?: string;
  when?: (course: Course) => boolean;
}

export interface ActionDefinition<F extends Fields = Fields> {
  title: Title;
  /** Roles that may do it, at the procedure's own organisations. */
  by: readonly Role[];
  /** Steps in which it may be done; absent: every step while the procedure is open. */
  in?: readonly string[];
  /** Also once the procedure has ended. */
  afterClose?: true;
  /** Rule or norm the action rests on. */
  basis?: string;
  fields: F;
  /** The event's type: a fact in the past tense. One action, one fact. */
  records: EventType;
  /** What law or the state of things has against it. */
  guard?: (course: Course, body: BodyOf<F>, on: CivilDate) => Refusal | null;
  /** Binds those whom representatives act for, so that it needs the consent of each (LD-21). */
  binds?: true;
  meets?: readonly string[];
  starts?: readonly (string | Start)[];
  to?: string;
  closes?: ProcedureOutcome;
  owes?: readonly Owed[];
  /** What a table cannot say: says why. */
  then?: (course: Course, body: BodyOf<F>, on: CivilDate) => void;
}

/** Keeps the body's type for `guard` and `then`, and forgets it for the table. */
export const action = <const F extends Fields>(definition: ActionDefinition<F>): ActionDefinition =>
  definition as unknown as ActionDefinition;

/** What follows when a period passes; absent, the elapse is recorded and the body is overdue. */
export interface ElapseDefinition {
  closes?: ProcedureOutcome;
  owes?: readonly Owed[];
  to?: string;
  /** The parties may now go on as if the procedure had ended so, though it is still open. */
  opens?: Outcome;
  /** Answers the effect that is recorded with the elapse; undefined: the law's ordinary one; `no-effect`: nothing follows. */
  effect?: (course: Course, deadline: Deadline) => string | undefined;
  then?: (course: Course, deadline: Deadline) => void;
}

export interface ProcedureDefinition {
  code: ProcedureCode;
  tracks?: readonly string[];
  /**
   * Consensual procedures never bar the way to adjudication (PM-02); two adjudicative ones exclude each other. A
   * reviewing one judges an award and an enforcing one a title, not the dispute: neither bars a suit.
   */
  nature: 'consensual' | 'adjudicative' | 'confirming' | 'reviewing' | 'enforcing' | 'inspecting' | 'closing';
  steps: Readonly<Record<string, StepDefinition>>;
  opening: {
    /** Roles that may open it for a body they belong to; `intake` and `supervisor` may for any body of their region. */
    by: readonly Role[];
    basis?: string;
    step: string;
    guard?: (course: OpeningCourse) => Refusal | null;
    starts?: readonly (string | Start)[];
    then?: (course: Course, on: CivilDate) => void;
  };
  actions: Readonly<Record<string, ActionDefinition>>;
  elapses?: Readonly<Record<string, ElapseDefinition>>;
  /** When a handoff that belongs to this procedure is received. */
  received?: (course: Course, handoff: Handoff, on: CivilDate) => void;
  /** Procedures that may be opened out of this one while it is open, besides the decision table. */
  offers?: readonly { procedure: ProcedureCode; in: readonly string[]; basis: string; row: string }[];
  /** After the procedure was withdrawn (the dispute's own action): what its law attaches to that. */
  withdrawn?: (course: Course, on: CivilDate) => void;
  /** Facts of the routes that this procedure's own events establish; of several, the last that applies holds. */
  establishes?: readonly Establishment[];
  outcomes: readonly ProcedureOutcome[];
}

/** A fact of the routes, read from the latest event of a type: its `field`, or `is` where the event says so by happening. */
export interface Establishment {
  fact: FactName;
  /** Event type. */
  by: string;
  /** Only where the event's data hold these values. */
  where?: Readonly<Record<string, unknown>>;
  field?: string;
  is?: FactValue;
}

/** What an opening's guard may look at: the procedure does not exist yet. */
export interface OpeningCourse {
  course: Course;
  body: string;
  joint: boolean;
  track: string | null;
  applicants: readonly string[];
  from: string | null;
  on: CivilDate;
}

/** Notices and papers that the law makes a body give. */
export const notices = {
  routes: { zh: '告知救济途径', en: 'notice of the routes that remain', basis: 'PM-09', to: 'parties' },
  'failure-record': {
    zh: '调解终结记录归档',
    en: 'record of the failed mediation',
    basis: 'PM-09',
    to: 'file',
  },
  'police-report': { zh: '向公安机关报告', en: 'report to the police', basis: 'PM-08', to: 'file' },
  'court-report': {
    zh: '向委派法院报告调解结果',
    en: 'report to the referring court',
    basis: 'CM-13',
    to: 'file',
  },
  'mediation-ended': {
    zh: '告知终止调解',
    en: 'notice that the mediation has ended',
    basis: 'CO-02.notice',
    to: 'parties',
  },
  'closing-statement': {
    zh: '制作并送达调解终结书',
    en: 'closing statement of the traffic police',
    basis: 'TR-03',
    to: 'parties',
  },
  'false-mediation-report': {
    zh: '报告涉嫌虚假调解',
    en: 'report of a suspected false mediation',
    basis: 'CM-07',
    to: 'file',
  },
  extension: {
    zh: '书面告知延长期限',
    en: 'written notice of the extension',
    basis: 'AR-06',
    to: 'parties',
  },
  suspension: {
    zh: '书面告知中止',
    en: 'written notice of the suspension',
    basis: 'LD-19',
    to: 'parties',
  },
  refusal: { zh: '书面不予受理通知', en: 'written refusal', basis: 'LD-09', to: 'claimant' },
} as const satisfies Record<string, Title & { basis: string; to: 'parties' | 'claimant' | 'file' }>;
export type NoticeCode = keyof typeof notices;
/** A notice that is owed; with the rule or norm that demands it in this procedure, where that is another than its usual one. */
export type Owed = NoticeCode | { notice: NoticeCode; basis: string };
