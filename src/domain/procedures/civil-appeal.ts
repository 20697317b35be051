import { appeal } from './appealing.js';
import { afterCivilJudgment } from './titles.js';
import { recusal } from './recusing.js';

/** Civil appeal 民事二审 (民事诉讼法171–182): its judgment is final, and only a retrial is left (CL-22). */
export const civilAppeal = appeal({
  code: 'civil-appeal',
  against: { judgment: 'CL-10', ruling: 'CL-10.ruling' },
  limits: { judgment: 'CL-11', ruling: 'CL-11.ruling' },
  retrial: 'CL-22',
  starts: afterCivilJudgment,
  consent: 'CL-14',
  more: recusal,
});
