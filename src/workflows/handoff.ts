import { continueAsNew } from '@temporalio/workflow';
import type { Drive } from '../commands/contract.js';
import { executePlan } from './execute-plan.js';
import { handoffPart, isEmpty } from './parts.js';
import type { StageReading } from './reading.js';

/** What a handoff's workflow is started with. `drive` is absent after it has continued as new. */
export interface HandoffArgs {
  disputeId: string;
  handoffId: string;
  drive?: Drive;
}

const words = {
  delivering: '正在投递移送材料',
  'awaiting-receipt': '已投递，待接收机构签收',
  urged: '逾期未签收，已催办',
  escalated: '多次催办未签收，已报督导',
  'at-rest': '已签收、退回或撤销',
} as const;

/**
 * Carries one package to a court or another body: delivers it, trying again for as long as the receiver cannot be
 * reached; awaits receipt; urges when that is overdue, and escalates. It rests only when the plan no longer holds the
 * handoff, that is when it was accepted, returned or cancelled.
 */
export async function handoff({ disputeId, handoffId, drive }: HandoffArgs): Promise<void> {
  const ended = await executePlan(
    disputeId,
    {
      part: (whole) => handoffPart(whole, handoffId),
      over: (whole) => isEmpty(handoffPart(whole, handoffId)),
      read: (whole) => read(handoffPart(whole, handoffId)),
    },
    drive ?? null,
  );
  if (ended === 'continue') await continueAsNew<typeof handoff>({ disputeId, handoffId });
}

function read(part: Drive): StageReading {
  const { obligations, nextDue } = part.plan;
  const state = stateOf(part);
  return {
    state,
    words: words[state],
    procedure: null,
    step: null,
    waitingFor: obligations[0]?.role ?? null,
    until: nextDue,
    stalled: state === 'escalated',
  };
}

function stateOf(part: Drive): keyof typeof words {
  const { obligations } = part.plan;
  if (isEmpty(part)) return 'at-rest';
  if (obligations.some(({ kind }) => kind === 'deliver-handoff')) return 'delivering';
  // Each urge starts the period of receipt anew. Past its maximum, or when there are no more, people must act.
  const receipt = obligations.find(({ kind }) => kind === 'await-receipt');
  if (!receipt || receipt.attempt > receipt.max) return 'escalated';
  return receipt.attempt > 1 ? 'urged' : 'awaiting-receipt';
}
