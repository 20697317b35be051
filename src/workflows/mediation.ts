import { procedureWorkflow } from './procedure-stage.js';

/**
 * Mediation of any kind with one neutral 调解. By itself it asks nobody: it keeps the period within which an
 * agreement must be reached, and the answer to a designation, and lets them pass.
 */
export const mediation = procedureWorkflow({
  words: {
    'awaiting-receipt': '法院已委派，待签收材料',
    'seeking-consent': '征求双方调解意愿',
    'awaiting-designation': '待指派调解员',
    'awaiting-acceptance': '已指派，待调解员答复',
    mediating: '调解中',
    'awaiting-parties': '未达成协议，待当事人表态',
    'awaiting-signatures': '已达成协议，待签署',
    'agreement-pending-confirmation': '调解已结束，申请确认等期限在计算',
  },
  stateOf: ({ step, has }) => {
    switch (step) {
      case 'referred':
        return 'awaiting-receipt';
      case 'applied':
        return 'seeking-consent';
      case 'awaiting-neutral':
      case 'awaiting-answer':
        // A silent mediator is no longer awaited: another one is to be designated.
        return has('await-answer', 'SL-DESIGNATION') ? 'awaiting-acceptance' : 'awaiting-designation';
      case 'in-session':
        return 'mediating';
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
});
