import type { CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';

/** Mediations that the law of a field does not let run beside a suit: what the body need not do, the suit does itself. */

/** Medical: once the court has accepted the suit, neither mediation goes on (医疗纠纷条例31, 40). */
export const endMedicalMediations = (course: Course, on: CivilDate): void => {
  if (course.dispute.type !== 'medical') return;
  for (const code of ['mediation', 'administrative-mediation'] as const) {
    const mediation = course.other(code, 'open');
    mediation?.close('no-agreement', on);
    mediation?.owe('failure-record');
  }
};

/** Traffic: the police end their mediation once a party has sued, and say so in a closing statement (处理程序规定90, 94). */
export const endPoliceMediation = (course: Course, on: CivilDate): void => {
  if (course.dispute.type !== 'traffic') return;
  const mediation = course.other('administrative-mediation', 'open');
  mediation?.close('no-agreement', on);
  mediation?.owe('closing-statement');
  mediation?.owe('failure-record');
};
