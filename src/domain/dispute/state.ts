import type { CivilDate } from '../calendar/civil-date.js';
import type { DisputeType, Outcome, ProcedureCode } from '../routes/codes.js';
import type { Basis } from './refusal.js';
import type { Body, Money, Sealed } from './fields.js';

/** An instant (RFC 3339 with offset) or a civil date of Asia/Shanghai meaning some time that day. */
export type Occurred = string;

/** How a procedure ended: an outcome the decision table knows, or one after which it has nothing more to say. */
export type ProcedureOutcome = Outcome | 'settled' | 'performed' | 'terminated' | 'remanded';

export type PartyRole = 'claimant' | 'respondent' | 'third-party';
export type Capacity = 'worker' | 'employer' | 'applicant' | 'authority';

export interface Party {
  ref: string;
  role: PartyRole;
  capacity: Capacity | null;
  capacityAssumed: boolean;
  kind: 'person' | 'organisation';
  name: Sealed;
  /** The account with which the party itself signs in, if it has one. */
  account: string | null;
  phone: Sealed | null;
  idNumber: Sealed | null;
  address: Sealed | null;
}

export interface Claim {
  kind: string;
  amount: Money | null;
  text: Sealed | null;
}

/** A fact as the state remembers it: the latest of its kind in a procedure. */
export interface Fact {
  on: CivilDate;
  version: number;
  data: Record<string, unknown>;
}

export interface Neutral {
  account: string;
  name: Sealed | null;
  /** `mediator`, `presiding-mediator`, `coordinator`, `legal-aid-lawyer`, `health-engineer`, `arbitrator`, `judge`. */
  seat: string;
  status: 'designated' | 'invited' | 'accepted' | 'declined' | 'silent' | 'nominated' | 'replaced';
  attempt: number;
  since: Occurred;
}

export interface Session {
  id: string;
  at: string;
  noticeOn: CivilDate | null;
  heldOn: CivilDate | null;
}

export interface Obligation {
  index: number;
  obligor: string;
  obligee: string;
  amount: Money | null;
  dueOn: CivilDate;
  performedOn: CivilDate | null;
}

export interface Agreement {
  recordedOn: CivilDate;
  kind: 'wages' | 'payment' | 'other';
  terms: Obligation[];
  signedOn: CivilDate | null;
  confirmed: boolean;
}

export interface Award {
  kind: 'final' | 'non-final';
  issuedOn: CivilDate;
  status: 'appealable' | 'challenged' | 'effective' | 'superseded-by-settlement' | 'set-aside';
  confidence: 'verified' | 'unverified';
  suedBy: string[];
}

export interface ProcedureState {
  id: string;
  procedure: ProcedureCode;
  track: string | null;
  joint: boolean;
  status: 'open' | 'closed';
  step: string;
  stepSince: Occurred;
  body: Body;
  /** Every organisation with a part in it: the body, and for joint mediation the inviting court. */
  organisations: string[];
  applicants: string[];
  openedOn: CivilDate;
  closedOn: CivilDate | null;
  outcome: ProcedureOutcome | null;
  /** The procedure out of which this one was opened, if any. */
  from: string | null;
  neutrals: Neutral[];
  /** By party: what it answered to the proposal to mediate. */
  consents: Record<string, 'given' | 'refused'>;
  sessions: Session[];
  agreement: Agreement | null;
  award: Award | null;
  /** Latest fact of each event type. */
  facts: Record<string, Fact>;
  suspendedSince: CivilDate | null;
}

export interface Deadline {
  deadlineId: string;
  rule: string;
  ruleVersion: number;
  kind: 'party-right' | 'institution' | 'internal';
  holder: string;
  /** What the period is about where one holder has several at once, for example a seat of the panel. */
  subject: string | null;
  procedureId: string | null;
  generation: number;
  trigger: { fact: string; on: CivilDate };
  /** Start instant, for periods in seconds or hours. */
  from: string;
  amount: number;
  unit: 'D' | 'WD' | 'M' | 'Y' | 'H' | 'S';
  extension: number;
  extensions: number;
  suspensions: { from: CivilDate; to: CivilDate | null }[];
  naturalDue: CivilDate;
  due: CivilDate;
  dueAt: string;
  cautiousDue: CivilDate | null;
  suspendedDays: number;
  provisional: boolean;
  calendarVersion: string;
  confidence: 'verified' | 'unverified';
  basis: Basis | null;
  status: 'running' | 'suspended' | 'met' | 'elapsed' | 'void';
  endedOn: CivilDate | null;
  /** The awaited act, where it was done after the period had elapsed. */
  doneLateOn: CivilDate | null;
  /** When the engine warned the body that the period is about to pass. */
  warnedOn: CivilDate | null;
  /** What elapsing did: `no-effect` where the law attaches none in the case at hand. */
  effect: string | null;
  trace: string[];
}

/** A notice or paper that the law makes a body give; the engine records that it is owed, never that it was given. */
export interface Debt {
  debtId: string;
  notice: string;
  procedureId: string;
  organisation: string;
  to: string[];
  outstanding: string[];
  owedSince: CivilDate;
  basis: Basis;
}

export type HandoffStatus = 'requested' | 'delivered' | 'escalated' | 'accepted' | 'returned' | 'cancelled';

export interface Handoff {
  handoffId: string;
  procedureId: string;
  from: Body;
  to: Body;
  parts: string[];
  status: HandoffStatus;
  attempt: number;
  urges: number;
  requestedAt: Occurred;
  deliveredAt: Occurred | null;
  escalatedAt: Occurred | null;
  acceptedOn: CivilDate | null;
  externalId: Sealed | null;
  returned: { reason: Sealed; on: CivilDate } | null;
}

export interface DisputeDocument {
  documentId: string;
  kind: string;
  sha256: string;
  size: number;
  mediaType: string;
  procedureId: string | null;
  /** Superseded by a correction, or added as evidence of a late fact. */
  addedAt: Occurred;
}

export interface Member {
  status: 'represented' | 'opted-out' | 'split-off';
  /** To the settlement or waiver that is on the table. */
  consent: 'given' | 'refused' | null;
  /** The dispute in which a member that was split off goes on. */
  disputeId: string | null;
}

/** Workers with a common claim, represented by three to five of them. */
export interface Collective {
  representatives: string[];
  members: Record<string, Member>;
}

/** The folded state of one dispute. Plain JSON: it is stored as the snapshot. */
export interface DisputeState {
  id: string;
  version: number;
  caseCode: string;
  type: DisputeType;
  region: string;
  source: string;
  status: 'open' | 'closed';
  backfill: boolean;
  title: Sealed;
  externalIds: Sealed | null;
  registeredOn: CivilDate;
  closedOn: CivilDate | null;
  closeReason: string | null;
  /** The organisation that registered the dispute. */
  registrar: string | null;
  /** Who is responsible now: the latest procedure's body and its neutral, unless assigned otherwise. */
  owner: { organisation: string | null; account: string | null; name: Sealed | null };
  parties: Party[];
  collective: Collective | null;
  /** The collective dispute out of which this one was split, at the version up to which their history is one. */
  splitFrom: { disputeId: string; version: number; member: string } | null;
  claims: Claim[];
  facts: Record<string, unknown>;
  profile: { code: string; version: number };
  ruleSet: string;
  calendarVersion: string;
  procedures: Record<string, ProcedureState>;
  deadlines: Record<string, Deadline>;
  handoffs: Record<string, Handoff>;
  debts: Record<string, Debt>;
  documents: Record<string, DisputeDocument>;
  alert: { kind: string; since: Occurred } | null;
  /** The last fact that a person or body established: what late facts and progress are measured by. */
  lastFact: Occurred;
  counts: { notes: number; evidence: number };
  /** References of parties and members whose personal data were erased; absent while there are none. */
  erased?: string[];
}
