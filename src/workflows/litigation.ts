import { hasPartyRight, institutionClocks } from './institution-clocks.js';
import { procedureWorkflow } from './procedure-stage.js';

/**
 * Litigation 诉讼. It keeps the court's periods (to register or refuse a suit, to decide it) and warns the court
 * before one passes. While a suit is referred to mediation before its filing is completed, the court's period stands
 * still: it waits for the mediation. After the judgment it keeps the parties' periods to appeal.
 */
export const litigation = procedureWorkflow({
  words: {
    registering: '已递交起诉状，待登记立案',
    'referred-to-mediation': '诉前委派调解中，法院期限暂不计算',
    trying: '已立案，审理中',
    deciding: '已开庭，待裁判',
    'parties-may-appeal': '已裁判，当事人上诉期限在计算',
  },
  stateOf: ({ step, obligations }) => {
    switch (step) {
      case 'filing':
        return 'registering';
      case 'referred':
        return 'referred-to-mediation';
      case 'registered':
        return 'trying';
      case 'heard':
        return 'deciding';
      case null:
        return hasPartyRight(obligations) ? 'parties-may-appeal' : null;
      default:
        return null;
    }
  },
  more: ({ obligations }) => ({ clocks: institutionClocks(obligations, Date.now()) }),
});
