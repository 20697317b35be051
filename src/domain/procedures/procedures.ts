import type { ProcedureCode } from '../routes/codes.js';
import { adjudication } from './adjudication.js';
import { administrativeAppeal } from './administrative-appeal.js';
import { administrativeLitigation } from './administrative-litigation.js';
import { administrativeMediation } from './administrative-mediation.js';
import { administrativeReview } from './administrative-review.js';
import { arbitralConfirmation } from './arbitral-confirmation.js';
import { civilAppeal } from './civil-appeal.js';
import { civilLitigation } from './civil-litigation.js';
import { civilRegistration } from './civil-registration.js';
import { commercialArbitration } from './commercial-arbitration.js';
import { commercialMediation } from './commercial-mediation.js';
import type { ProcedureDefinition } from './definition.js';
import { departmentComplaint } from './department-complaint.js';
import { enforcement } from './enforcement.js';
import { followUp } from './follow-up.js';
import { inTrialMediation } from './in-trial-mediation.js';
import { judicialConfirmation } from './judicial-confirmation.js';
import { labourArbitration } from './labour-arbitration.js';
import { labourInspection } from './labour-inspection.js';
import { mediation } from './mediation.js';
import { negotiation } from './negotiation.js';
import { notarisation } from './notarisation.js';
import { paymentOrder } from './payment-order.js';
import { petition } from './petition.js';
import { policeReport } from './police-report.js';
import { preFilingMediation } from './pre-filing-mediation.js';
import { procurementChallenge } from './procurement-challenge.js';
import { procurementComplaint } from './procurement-complaint.js';
import { protectionOrder } from './protection-order.js';
import { retrial } from './retrial.js';
import { ruralLandArbitration } from './rural-land-arbitration.js';
import { setAside } from './set-aside.js';

/** Every procedure that can be opened. A new one is one file and one line here. */
export const procedureDefinitions: readonly ProcedureDefinition[] = [
  mediation,
  labourArbitration,
  civilLitigation,
  preFilingMediation,
  judicialConfirmation,
  followUp,
  negotiation,
  administrativeMediation,
  commercialMediation,
  inTrialMediation,
  arbitralConfirmation,
  notarisation,
  paymentOrder,
  enforcement,
  setAside,
  commercialArbitration,
  ruralLandArbitration,
  civilAppeal,
  retrial,
  adjudication,
  administrativeReview,
  administrativeLitigation,
  administrativeAppeal,
  petition,
  labourInspection,
  policeReport,
  protectionOrder,
  departmentComplaint,
  procurementChallenge,
  procurementComplaint,
  civilRegistration,
];

const byCode = new Map(procedureDefinitions.map((definition) => [definition.code, definition]));

/** The definition, or undefined where the table names a procedure that is not defined yet. */
export const findProcedure = (code: ProcedureCode): ProcedureDefinition | undefined => byCode.get(code);

/** The definition of a procedure that was opened. Throws RangeError for a code without a definition. */
export const procedureDefinition = (code: ProcedureCode): ProcedureDefinition => {
  const found = byCode.get(code);
  if (!found) throw new RangeError(`no definition of ${code}`);
  return found;
};
