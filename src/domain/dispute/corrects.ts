import type { Request } from './decide.js';

/** Whether a request says of recorded facts that they are otherwise, so that it must be decided on the stream. */
export const corrects = ({ action, body }: Request): boolean =>
  action === 'correct-fact' || (action === 'reopen' && ((body['voids'] as number[] | undefined)?.length ?? 0) > 0);
