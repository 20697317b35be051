import type { ProcedureCode } from '../routes/codes.js';
import { civilLitigation } from './civil-litigation.js';
import type { ProcedureDefinition } from './definition.js';
import { followUp } from './follow-up.js';
import { judicialConfirmation } from './judicial-confirmation.js';
import { labourArbitration } from './labour-arbitration.js';
import { mediation } from './mediation.js';
import { preFilingMediation } from './pre-filing-mediation.js';

/** Every procedure that can be opened. A new one is one file and one line here. */
export const procedureDefinitions: readonly ProcedureDefinition[] = [
  mediation,
  labourArbitration,
  civilLitigation,
  preFilingMediation,
  judicialConfirmation,
  followUp,
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
