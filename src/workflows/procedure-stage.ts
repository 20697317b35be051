import { continueAsNew } from '@temporalio/workflow';
import type { Drive } from '../commands/contract.js';
import type { PlannedObligation } from '../domain/plan/plan.js';
import { executePlan } from './execute-plan.js';
import { isEmpty, procedurePart } from './parts.js';
import type { Reading, StageReading } from './reading.js';

/** What a procedure's workflow is started with. `drive` is absent after it has continued as new. */
export interface ProcedureArgs {
  disputeId: string;
  procedureId: string;
  drive?: Drive;
}

/** What a stage's file reads its state from. */
export interface ProcedurePart {
  /** The step; null once the procedure has ended. */
  step: string | null;
  obligations: PlannedObligation[];
  has(kind: PlannedObligation['kind'], subject?: string): boolean;
}

/** A stage: its states in words, and how it reads its state off the step and the obligations. */
export interface ProcedureStage<State extends string> {
  words: Readonly<Record<State, string>>;
  stateOf(part: ProcedurePart): State | null;
  /** What else its operator wants to see. */
  more?(part: ProcedurePart): Partial<Pick<Reading, 'seats' | 'clocks'>>;
}

/**
 * The workflow function of a stage: it executes the procedure's part of the plan until nothing of it is left. A
 * procedure that has ended may still be owed something, for example a party's period to sue after an award.
 */
export function procedureWorkflow<State extends string>(stage: ProcedureStage<State>) {
  return async function run({ disputeId, procedureId, drive }: ProcedureArgs): Promise<void> {
    const ended = await executePlan(
      disputeId,
      {
        part: (whole) => procedurePart(whole, procedureId),
        over: (whole) => isEmpty(procedurePart(whole, procedureId)),
        read: (whole) => read(stage, procedurePart(whole, procedureId)),
      },
      drive ?? null,
    );
    if (ended === 'continue') await continueAsNew<typeof run>({ disputeId, procedureId });
  };
}

function read<State extends string>(stage: ProcedureStage<State>, { plan }: Drive): StageReading {
  const procedure = plan.procedures[0];
  const { obligations } = plan;
  const part: ProcedurePart = {
    step: procedure?.step ?? null,
    obligations,
    has: (kind, subject) =>
      obligations.some((one) => one.kind === kind && (subject === undefined || one.subject === subject)),
  };
  const named = stage.stateOf(part);
  const [state, words] =
    named !== null
      ? [named, stage.words[named]]
      : procedure
        ? [procedure.step, '进行中']
        : ['ended', '程序已结束，尚有期限在计算'];
  return {
    state,
    words,
    procedure: procedure?.procedure ?? null,
    step: procedure?.step ?? null,
    waitingFor: procedure?.waitingFor ?? obligations[0]?.role ?? null,
    until: plan.nextDue,
    ...stage.more?.(part),
  };
}
