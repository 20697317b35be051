import type { PlannedObligation } from '../domain/plan/plan.js';
import { procedureWorkflow, type ProcedurePart } from './procedure-stage.js';

/**
 * Joint mediation by court and union 联合调解: a presiding court mediator and the union's three advisers 三师. By
 * itself it invites the advisers, one candidate a seat; awaits each answer within its period; and when that passes in
 * silence, or the adviser declines, invites the seat's next candidate. When every seat is answered for and the
 * presiding mediator has accepted, the stream puts the panel in session.
 */
export const jointMediation = procedureWorkflow({
  words: {
    'awaiting-receipt': '法院已委派，待工会工作室签收材料',
    'inviting-advisers': '正在邀请三师',
    'replacing-adviser': '原邀请未获应允，正在改邀下一人选',
    'awaiting-advisers': '待三师答复邀请',
    'awaiting-presiding-mediator': '待法院主持调解员答复指派',
    'panel-incomplete': '待提名人选或指派主持调解员',
    'in-session': '联合调解中',
    'awaiting-parties': '未达成协议，待当事人表态',
    'awaiting-signatures': '已达成协议，待签署',
    'agreement-pending-confirmation': '调解已结束，申请司法确认等期限在计算',
  },
  stateOf: (part) => {
    switch (part.step) {
      case 'referred':
        return 'awaiting-receipt';
      case 'assembling-panel':
        return assembling(part);
      case 'in-session':
        return 'in-session';
      case 'awaiting-parties':
        return 'awaiting-parties';
      case 'agreed':
        return 'awaiting-signatures';
      case null:
        return 'agreement-pending-confirmation';
      default:
        return null;
    }
  },
  more: ({ obligations }) => ({ seats: seatsOf(obligations) }),
});

function assembling({ obligations, has }: ProcedurePart) {
  const invitations = obligations.filter(({ kind }) => kind === 'invite');
  if (invitations.some(({ attempt }) => attempt > 1)) return 'replacing-adviser';
  if (invitations.length > 0) return 'inviting-advisers';
  if (has('await-answer', 'SL-INVITATION')) return 'awaiting-advisers';
  if (has('await-answer', 'SL-DESIGNATION')) return 'awaiting-presiding-mediator';
  return 'panel-incomplete';
}

/** The seats on which something is under way. The rest are taken, or have no candidate. */
function seatsOf(obligations: PlannedObligation[]): Record<string, string> {
  const seats: Record<string, string> = {};
  for (const { kind, subject, attempt, id } of obligations) {
    if (kind === 'invite') seats[subject] = attempt > 1 ? 'replacing' : 'inviting';
    // The period of an invitation is about a seat and its attempt: `…:SL-INVITATION:coordinator-2:1`.
    const awaited = kind === 'await-answer' && /:SL-INVITATION:([a-z-]+)-\d+:\d+$/.exec(id)?.[1];
    if (awaited) seats[awaited] = 'awaiting-answer';
  }
  return seats;
}
