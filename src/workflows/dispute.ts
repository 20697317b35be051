import { continueAsNew, setHandler } from '@temporalio/workflow';
import type { Drive } from '../commands/contract.js';
import { driveChildren, type Told } from './children.js';
import { validateCommand } from './command-request.js';
import { engine, engineForCallers } from './engine.js';
import { executePlan } from './execute-plan.js';
import { commandUpdate } from './messages.js';
import { ownPart } from './parts.js';
import type { StageReading, Transition } from './reading.js';

/** What `dispute` is started with; the rest only by itself, when it continues as new. */
export interface DisputeArgs {
  disputeId: string;
  /** Ids of the children that it has told of a plan. */
  children?: string[];
  /** The store tells each transition once: what an operator looks back on would be lost otherwise. */
  lifecycle?: Transition[];
}

const words = {
  registered: '已登记，待选择程序',
  'in-procedure': '程序进行中',
  'in-parallel-procedures': '多个程序并行',
  'handing-over': '移送中',
  'between-procedures': '程序已结束，待选择下一步',
  closed: '已结案',
} as const;

/** The lifecycle as far as an operator wants to look back. */
const remembered = 50;

/**
 * One dispute 一案: opens a child for each procedure and each handoff, hands each its part of every plan, keeps the periods
 * that belong to no procedure, and acknowledges each plan that all have. Ends when the dispute is closed; when it is
 * reopened, its next plan starts it again.
 */
export async function dispute({ disputeId, children = [], lifecycle = [] }: DisputeArgs): Promise<void> {
  const told: Told = new Map(children.map((id) => [id, '']));
  let latest: Drive | null = null;

  setHandler(commandUpdate, (request) => engineForCallers.runCommand({ ...request, disputeId }), {
    validator: validateCommand,
  });
  const ended = await executePlan(
    disputeId,
    {
      part: ownPart,
      over: ({ plan }) => plan.status === 'closed' && plan.obligations.length === 0,
      take: async (drive) => {
        lifecycle = append(lifecycle, drive.transitions);
        // The same plan again: something was lost, or is thought to be.
        const isRepeated = latest?.epoch === drive.epoch && latest.version === drive.version;
        latest = drive;
        await driveChildren(drive, told, isRepeated);
        await engine.acknowledge(disputeId, drive.version);
      },
      read: (drive) => read(drive, lifecycle),
    },
    null,
  );
  if (ended === 'continue') await continueAsNew<typeof dispute>({ disputeId, children: [...told.keys()], lifecycle });
}

function read({ plan }: Drive, lifecycle: Transition[]): StageReading {
  const state = stateOf(plan, lifecycle);
  const latest = plan.procedures.at(-1);
  return {
    state,
    words: words[state],
    procedure: latest?.procedure ?? null,
    step: latest?.step ?? null,
    waitingFor: latest?.waitingFor ?? plan.obligations[0]?.role ?? null,
    until: plan.nextDue,
    procedures: plan.procedures,
    handoffs: plan.handoffs,
    lifecycle,
  };
}

function stateOf({ status, procedures, handoffs }: Drive['plan'], lifecycle: Transition[]): keyof typeof words {
  if (status === 'closed') return 'closed';
  if (procedures.length > 1) return 'in-parallel-procedures';
  if (procedures.length === 1) return 'in-procedure';
  if (handoffs.length > 0) return 'handing-over';
  return lifecycle.some(({ procedureId }) => procedureId !== null) ? 'between-procedures' : 'registered';
}

/** A plan that is sent twice brings the same transitions, and a restored store counts anew: what they repeat is replaced. */
function append(lifecycle: Transition[], transitions: Drive['transitions']): Transition[] {
  const first = transitions?.[0]?.version;
  if (!transitions || first === undefined) return lifecycle;
  return [...lifecycle.filter(({ version }) => version < first), ...transitions].slice(-remembered);
}
