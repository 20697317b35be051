import { appeal } from './appealing.js';

/**
 * Administrative appeal 行政诉讼二审 (行政诉讼法85–89). One limit for judgments and rulings; the rules hold no period
 * for an application for retrial, so none is started.
 */
export const administrativeAppeal = appeal({
  code: 'administrative-appeal',
  against: { judgment: 'AL-04.appeal', ruling: 'AL-04.appeal-ruling' },
  limits: { judgment: 'AL-04.second-instance', ruling: 'AL-04.second-instance' },
});
