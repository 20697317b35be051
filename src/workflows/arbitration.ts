import { hasPartyRight, institutionClocks } from './institution-clocks.js';
import { procedureWorkflow } from './procedure-stage.js';

/**
 * Arbitration 仲裁. It keeps the institution's periods (to accept or refuse, to decide), warns the commission before
 * one passes, and tells the stream when one has. After the award it keeps the parties' periods to sue.
 */
export const arbitration = procedureWorkflow({
  words: {
    'deciding-acceptance': '已申请，待仲裁机构决定是否受理',
    'forming-tribunal': '已受理，待组庭',
    'awaiting-hearing': '已组庭，待开庭',
    deciding: '已开庭，待裁决',
    'parties-may-sue': '已结案，当事人起诉期限在计算',
  },
  stateOf: ({ step, obligations }) => {
    switch (step) {
      case 'filed':
        return 'deciding-acceptance';
      case 'accepted':
        return 'forming-tribunal';
      case 'tribunal-formed':
        return 'awaiting-hearing';
      case 'heard':
        return 'deciding';
      case null:
        return hasPartyRight(obligations) ? 'parties-may-sue' : null;
      default:
        return null;
    }
  },
  more: ({ obligations }) => ({ clocks: institutionClocks(obligations, Date.now()) }),
});
