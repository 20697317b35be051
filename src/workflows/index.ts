/** The workflow types that a worker registers: every exported function is one. */
export { anchor } from './anchor.js';
export { arbitration } from './arbitration.js';
export { dispute } from './dispute.js';
export { handoff } from './handoff.js';
export { incarnation } from './incarnation.js';
export { jointMediation } from './joint-mediation.js';
export { litigation } from './litigation.js';
export { mediation } from './mediation.js';
export { procedure } from './procedure.js';
export { subscription } from './subscription.js';
