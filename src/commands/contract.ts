import type { DecideContext, Requester } from '../domain/dispute/context.js';
import type { Fields } from '../domain/dispute/fields.js';
import type { Refusal } from '../domain/dispute/refusal.js';
import type { DisputeState } from '../domain/dispute/state.js';
import type { Plan } from '../domain/plan/plan.js';
import type { Actor, DocumentRow, Json, ReadRecord, RecordedEvent, ShownValue } from '../store/contract.js';

/** One request to change a dispute. */
export interface Command {
  disputeId: string;
  action: string;
  /**
   * The action's own fields, valid by its schema, not yet sealed. Where several procedures have an action of this name,
   * which schema is meant shows only in the dispute's state: then a function that reads the body by the fields it is
   * given, and throws what the caller is to see of a malformed one.
   */
  body: Record<string, unknown> | ((fields: Fields) => Record<string, unknown>);
  procedureId?: string;
  /** Instant or civil date (Asia/Shanghai). */
  occurredAt?: string;
  note?: string;
  /** The paper that a late fact rests on. */
  documentId?: string;
  by: Requester;
  kind: Actor['kind'];
  commandId: string;
  fingerprint: string;
  correlationId: string;
  /** The version the caller decided on; another one is a conflict. */
  ifMatch?: number;
  dryRun?: boolean;
  /** That the answer shows personal data to the caller, if it does: recorded with the events. */
  read?: ReadOf;
}

export interface RegistrationCommand {
  body: Record<string, unknown>;
  by: Requester;
  kind: Actor['kind'];
  commandId: string;
  fingerprint: string;
  correlationId: string;
  /** The collective dispute out of which a member goes its own way. */
  splitFrom?: DisputeState['splitFrom'];
  /** As in `Command`. */
  read?: ReadOf;
}

/** What is recorded of showing this state to a caller; null where nothing personal is shown in the clear. */
export type ReadOf = (state: DisputeState) => ReadRecord | null;

export type CommandResult =
  | {
      status: 'done';
      /** The same command was recorded before: nothing new was written. */
      replayed: boolean;
      state: DisputeState;
      events: RecordedEvent[];
      values: Record<string, ShownValue>;
      /** Whether the command's `read` was recorded with it: if not, it is the caller's to record. */
      readRecorded: boolean;
    }
  | { status: 'refused'; refusal: Refusal; version: number }
  | { status: 'version-conflict'; version: number; since: RecordedEvent[] }
  | { status: 'key-reused' }
  | { status: 'not-found' };

/** What the engine's activities ask for. Every method is safe to call again. Throws `StoreUnavailable` when PostgreSQL is away. */
export interface Engine {
  /**
   * Lets legal time pass to `at`: every deadline due by then elapses with its consequences. Idempotent by state.
   * `too-early` if the database's clock is before `at`.
   */
  letTimePass(
    disputeId: string,
    at: string,
  ): Promise<{ status: 'passed' | 'nothing-due' | 'too-early' | 'not-found'; version: number }>;
  /**
   * Carries out one obligation of the current plan (`invite`, `remind`, `deliver-handoff`) by its id. `done`: recorded.
   * `gone`: the plan no longer holds it. `undeliverable`: the receiver has no account here yet; try again later.
   */
  carryOut(
    disputeId: string,
    obligationId: string,
  ): Promise<{ status: 'done' | 'gone' | 'undeliverable'; version: number }>;
  /** The current plan, for a drive or a rebuilt workflow; null if there is no such dispute. */
  planOf(disputeId: string): Promise<Drive | null>;
  /** The workflow has taken the plan of this version. */
  acknowledge(disputeId: string, version: number): Promise<void>;
  /** Runs one command for a service identity; answers versions and event types, never data. */
  command(request: ServiceCommand): Promise<ServiceAnswer>;
}

/** What a dispute's workflow is told: never personal data, never text. */
export interface Drive {
  disputeId: string;
  epoch: number;
  version: number;
  plan: Plan;
  /** What happened since the version last acknowledged; capped, then null: the plan alone stands. */
  transitions: { version: number; type: string; procedureId: string | null; step: string | null }[] | null;
}

/** A command from a caller inside Temporal: only actions whose schema has no personal field. */
export interface ServiceCommand {
  disputeId: string;
  action: string;
  procedureId?: string;
  body: Record<string, Json>;
  /** The name under which the caller is configured; never a person. */
  caller: string;
  key: string;
}

export type ServiceAnswer =
  | { status: 'done'; version: number; events: { version: number; type: string }[] }
  | { status: 'refused'; code: string };

export interface Read {
  state: DisputeState;
  values: Record<string, ShownValue>;
  planVersion: number;
  drivenVersion: number;
}

export interface CommandService {
  /** Registers a dispute; the same command id is the same dispute. Throws `StoreUnavailable`. */
  register(command: RegistrationCommand): Promise<CommandResult>;
  /** Decides and records one command. Throws `StoreUnavailable`. */
  run(command: Command, documents?: DocumentRow[]): Promise<CommandResult>;
  /** Lets legal time pass to `at` (an instant not later than now). */
  passTime(disputeId: string, at: string): Promise<{ appended: boolean; version: number } | null>;
  /** All recorded events of a dispute in order, in the present shape of their types. */
  history(disputeId: string): Promise<RecordedEvent[]>;
  /** The dispute as it stands, for reading. */
  read(disputeId: string): Promise<Read | null>;
  contextFor(by: Requester, state: DisputeState | null, region?: string, profile?: string): DecideContext;
  now(): string;
}
