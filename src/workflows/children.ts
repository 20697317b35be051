import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ChildWorkflowCancellationType,
  getExternalWorkflowHandle,
  isCancellation,
  ParentClosePolicy,
  sleep,
  startChild,
} from '@temporalio/workflow';
import type { Drive } from '../commands/contract.js';
import type { PlannedProcedure } from '../domain/plan/plan.js';
import { startAttributes } from './attribute-keys.js';
import { driveSignal } from './messages.js';
import { atWork, handoffPart, procedurePart } from './parts.js';

/** A child that the plan asks for, with its part of it. */
interface Child {
  id: string;
  type: string;
  args: Record<string, string>;
  part: Drive;
}

const stages: Partial<Record<PlannedProcedure['procedure'], string>> = {
  mediation: 'mediation',
  'administrative-mediation': 'mediation',
  'commercial-mediation': 'mediation',
  'pre-filing-mediation': 'mediation',
  'in-trial-mediation': 'mediation',
  'labour-arbitration': 'arbitration',
  'commercial-arbitration': 'arbitration',
  'rural-land-arbitration': 'arbitration',
  'civil-litigation': 'litigation',
  'civil-appeal': 'litigation',
  'administrative-litigation': 'litigation',
  'administrative-appeal': 'litigation',
  retrial: 'litigation',
};

/** The workflow type of a procedure; one that has ended and is only owed something needs no stage of its own. */
const stageOf = (procedure: PlannedProcedure | undefined): string =>
  procedure?.joint ? 'jointMediation' : (procedure && stages[procedure.procedure]) || 'procedure';

/** `dispute/<id>/p1` for a procedure, `dispute/<id>/handoff/1` for handoff `<id>-h1`. */
export const childIds = {
  procedure: (disputeId: string, procedureId: string) => `dispute/${disputeId}/${procedureId}`,
  handoff: (disputeId: string, handoffId: string) => `dispute/${disputeId}/handoff/${handoffId.replace(/^.*-h/, '')}`,
};

const childrenOf = (drive: Drive): Child[] => {
  const { disputeId, plan } = drive;
  const { procedures, handoffs } = atWork(drive);
  return [
    ...procedures.map((procedureId) => ({
      id: childIds.procedure(disputeId, procedureId),
      type: stageOf(plan.procedures.find(({ id }) => id === procedureId)),
      args: { disputeId, procedureId },
      part: procedurePart(drive, procedureId),
    })),
    ...handoffs.map((handoffId) => ({
      id: childIds.handoff(disputeId, handoffId),
      type: 'handoff',
      args: { disputeId, handoffId },
      part: handoffPart(drive, handoffId),
    })),
  ];
};

/** The children that run, as far as is known, each with the part of the plan that it was told last; '' if that is forgotten. */
export type Told = Map<string, string>;

/**
 * Gives every child its part of the plan where that has changed, and opens those that do not run. A child that the
 * plan holds no more is given its empty part, on which it ends. With `all`, those whose part is the same are told
 * too, and so started if they are gone. Answers when all have been started or told.
 */
export async function driveChildren(drive: Drive, told: Told, all: boolean): Promise<void> {
  const children = childrenOf(drive);
  const wanted = new Set(children.map(({ id }) => id));
  const dismissed = [...told.keys()].filter((id) => !wanted.has(id));
  await Promise.all([
    ...children
      .filter(({ id, part }) => all || told.get(id) !== JSON.stringify(part.plan))
      .map((child) => open(child, told)),
    ...dismissed.map(async (id) => {
      await tell(id, nothing(drive));
      told.delete(id);
    }),
  ]);
}

const nothing = (drive: Drive): Drive => ({
  ...drive,
  transitions: null,
  plan: { ...drive.plan, procedures: [], handoffs: [], obligations: [], nextDue: null },
});

/**
 * Tells the child, or starts it. A rebuilt parent does not know which children run, and one that runs may end between
 * two steps of this: so the one is tried after the other until either has worked.
 */
async function open({ id, type, args, part }: Child, told: Told): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    if (told.has(id) && (await tell(id, part))) break;
    try {
      const child = await startChild(type, {
        workflowId: id,
        args: [{ ...args, drive: part }],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        cancellationType: ChildWorkflowCancellationType.ABANDON,
        typedSearchAttributes: startAttributes(part.plan),
      });
      // Its result is not awaited. But one that has ended, or was ended, is to be started when the plan next asks for it.
      const forget = () => void told.delete(id);
      void child.result().then(forget, forget);
      break;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      told.set(id, '');
    }
    if (tries > 2) await sleep('1s', { summary: '子流程正在结束，稍后再试' });
  }
  told.set(id, JSON.stringify(part.plan));
}

/** False if there is no such workflow running. */
async function tell(id: string, part: Drive): Promise<boolean> {
  try {
    await getExternalWorkflowHandle(id).signal(driveSignal, part);
    return true;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return false;
  }
}
