import type { ObligationKind, PlannedProcedure } from '../domain/plan/plan.js';

/** One obligation as its workflow stands towards it. */
export interface Pending {
  id: string;
  kind: ObligationKind;
  /** Rule code or seat. */
  subject: string;
  role: string;
  /** Instant from which it is to be done. */
  at: string;
  /** How often the engine was asked to carry it out. */
  tries: number;
  /** `waiting`: its instant is to come. `under-way`: the engine is asked. `done`: asked, the new plan is to come. `failing`: to be tried again. */
  status: 'waiting' | 'under-way' | 'done' | 'failing';
}

/** Where a workflow stands: what its query `state` answers. Codes and instants; the words are for an operator's screen. */
export interface Reading {
  disputeId: string;
  /** Epoch and version of the plan it executes; 0 before it has one. */
  epoch: number;
  version: number;
  /** A name from the workflow's own file, or `delivery-failing`. */
  state: string;
  words: string;
  /** The procedure it is about, for a procedure's workflow. */
  procedure: string | null;
  step: string | null;
  /** Role that is waited for, and until which instant. */
  waitingFor: string | null;
  until: string | null;
  stalled: boolean;
  /** The instant at which it will act by itself. */
  nextTimerAt: string | null;
  pending: Pending[];
  /** Of `dispute`: the open procedures, the handoffs at work, and the latest transitions of the lifecycle. */
  procedures?: PlannedProcedure[];
  handoffs?: string[];
  lifecycle?: Transition[];
  /** Of a joint mediation: how each seat of the panel stands. */
  seats?: Record<string, string>;
  /** Of arbitration and litigation: the institution's periods. */
  clocks?: InstitutionClock[];
}

/** One step of a dispute's lifecycle. */
export interface Transition {
  version: number;
  type: string;
  procedureId: string | null;
  step: string | null;
}

/** A period within which an institution must act. */
export interface InstitutionClock {
  rule: string;
  /** Instant at which it passes. */
  passesAt: string;
  /** Instant at which its body will be warned; null once it has been, or where no warning is planned. */
  warnAt: string | null;
  /** `final`: no warning is to come any more. `passing`: its instant is here, and the stream is being told. */
  phase: 'running' | 'to-be-warned' | 'final' | 'passing';
}

/** What a stage reads off its part of the plan. */
export type StageReading = Pick<Reading, 'state' | 'words' | 'procedure' | 'step' | 'waitingFor' | 'until'> &
  Partial<Pick<Reading, 'stalled' | 'procedures' | 'handoffs' | 'lifecycle' | 'seats' | 'clocks'>>;
