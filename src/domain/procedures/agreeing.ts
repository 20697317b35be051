import { flag, list, optional, partyRef } from '../dispute/fields.js';
import { namesBothSides } from '../dispute/parties.js';
import { refuse, type Refusal } from '../dispute/refusal.js';
import type { CivilDate } from '../calendar/civil-date.js';
import type { Course } from '../dispute/course.js';
import type { Role } from '../dispute/context.js';
import type { ProcedureState } from '../dispute/state.js';
import type { ProcedureCode } from '../routes/codes.js';
import { confirmableTypes } from '../routes/type-sets.js';
import { basisOf } from '../rules/rule-book.js';
import { action, type StepDefinition } from './definition.js';
import { agreementFields, sessionFields, signatureFields } from './mediating.js';

/** From the session to a signed agreement, and what an agreement leads to: shared by the consensual procedures. */

export const meeting = ['in-session', 'awaiting-parties'] as const;

export const sessionSteps = {
  'in-session': {
    title: { zh: '调解中', en: 'in session' },
    waitsFor: { who: 'body', role: 'mediator' },
    stalls: 'awaiting-body',
  },
  'awaiting-parties': {
    title: { zh: '调解会未达成协议，待当事人表态', en: 'no agreement in the session; the parties’ move' },
    waitsFor: { who: 'parties', role: 'party' },
    stalls: 'awaiting-party',
  },
  agreed: {
    title: { zh: '已达成协议，待签署', en: 'agreed; to be signed' },
    waitsFor: { who: 'parties', role: 'party' },
    stalls: 'awaiting-party',
  },
} as const satisfies Record<string, StepDefinition>;

export const neutralSteps = {
  'awaiting-neutral': {
    title: { zh: '待指派调解员', en: 'a mediator is to be designated' },
    waitsFor: { who: 'body', role: 'mediator' },
    stalls: 'awaiting-body',
  },
  'awaiting-answer': {
    title: { zh: '待调解员答复指派', en: 'the designated mediator is to answer' },
    waitsFor: { who: 'body', role: 'mediator' },
    stalls: 'awaiting-acceptance',
  },
} as const satisfies Record<string, StepDefinition>;

/** What was agreed in time and is yet to be signed is not undone by the period's passing. */
export const unlessAgreed = ({ procedure }: Pick<Course, 'procedure'>): string | undefined =>
  procedure.step === 'agreed' ? 'no-effect' : undefined;

/** A kind of mediation that a party has clearly refused is not opened again. */
export const refusedBefore = (course: Course, code: ProcedureCode, basis: string): Refusal | null =>
  Object.values(course.dispute.procedures).some((one) => one.procedure === code && one.outcome === 'refused')
    ? refuse('party-refuses', { basis: basisOf(basis) })
    : null;

export const recordSession = (by: readonly Role[]) =>
  action({
    title: { zh: '记录调解会', en: 'record a session' },
    by,
    in: meeting,
    fields: sessionFields,
    records: 'SessionHeld',
    // Without agreement it is the parties' move, not the mediator's.
    then: (course, body) => {
      if (body.result === 'no-agreement') course.enter('awaiting-parties');
    },
  });

export const recordAgreement = (by: readonly Role[], steps: readonly string[], basis?: string) =>
  action({
    title: { zh: '记录协议', en: 'record the agreement' },
    by,
    in: steps,
    ...(basis ? { basis } : {}),
    fields: agreementFields,
    records: 'AgreementReached',
    to: 'agreed',
  });

interface Signing {
  by: readonly Role[];
  basis?: string;
  /** Mediator and body sign with the parties. */
  witnessed: boolean;
  /** The period within which the agreement had to be reached. */
  bound?: (course: Course) => string | undefined;
  guard?: (course: Course) => Refusal | null;
  then?: (course: Course, on: CivilDate) => void;
}

/** All sides sign. What is performed on the spot needs neither confirmation nor enforcement (row 3 of the decision table). */
export const signAgreement = ({ by, basis, witnessed, bound, guard, then }: Signing) =>
  action({
    title: { zh: '签署协议', en: 'sign the agreement' },
    by,
    in: ['agreed'],
    ...(basis ? { basis } : {}),
    binds: true,
    fields: {
      signedOn: signatureFields.signedOn,
      parties: list(partyRef(), 1, 20),
      mediator: optional(signatureFields.mediator),
      body: optional(signatureFields.body),
      performed: optional(flag('当场履行', 'performed on the spot')),
      document: signatureFields.document,
    },
    records: 'AgreementSigned',
    guard: (course, body) => {
      const complete =
        namesBothSides(course.dispute, body.parties) && (!witnessed || (body.mediator === true && body.body === true));
      return complete ? (guard?.(course) ?? null) : refuse('consent-missing', { pointer: '/parties' });
    },
    then: (course, body, on) => {
      const period = bound?.(course);
      if (period) course.meet(period);
      if (body.performed)
        for (const { index } of course.procedure.agreement!.terms)
          course.say('InstalmentPerformed', { instalment: index, performedOn: on });
      course.close(body.performed ? 'agreement-performed' : 'agreement', on);
      then?.(course, on);
    },
  });

/** The period for a joint application to a court, where it may confirm such an agreement at all (JC-01, JC-06). */
export const startConfirmation = (course: Course, on: CivilDate): void => {
  const { type, facts } = course.dispute;
  const status = facts['identityRelation'] ?? type === 'family';
  const open = course.procedure.outcome === 'agreement' && confirmableTypes.includes(type) && status !== true;
  if (open) course.start({ rule: 'JC-01', holder: 'each-party' }, on);
};

/** The period for a joint application to the commission, which reviews no agreement once it has made an award (LD-23, row 10b). */
export const startReview = (course: Course, on: CivilDate): void => {
  // As the decision table reads it: that there is no award must have been said.
  const { type, facts } = course.dispute;
  const awarded = facts['awardMade'] !== false || course.other('labour-arbitration')?.procedure.award;
  if (type === 'labour' && course.procedure.outcome === 'agreement' && !awarded)
    course.start({ rule: 'LD-23', holder: 'each-party' }, on);
};

/** The procedure in which the latest agreement was signed. */
export const agreedIn = ({ dispute }: Pick<Course, 'dispute'>): ProcedureState | undefined =>
  Object.values(dispute.procedures)
    .filter((one) => one.agreement?.signedOn)
    .at(-1);

/** Who judges the dispute itself: what comes of it is a title of its own, whatever was agreed before. */
export const judging: readonly ProcedureCode[] = [
  'civil-litigation',
  'civil-appeal',
  'retrial',
  'labour-arbitration',
  'commercial-arbitration',
  'rural-land-arbitration',
  'administrative-litigation',
  'administrative-appeal',
];

/** The agreement that a follow-up is about; none where it follows a title whose obligations are not recorded here. */
export const followedAgreement = (course: Course): ProcedureState | undefined => {
  const origin = course.origin()?.procedure;
  return origin && judging.includes(origin.procedure) && !origin.agreement ? undefined : agreedIn(course);
};

/** Each creditor's period to apply for enforcement runs from the last day of performance (民事诉讼法250). */
export const startEnforcementPeriod = (course: Course, rule: string): void => {
  const terms = agreedIn(course)?.agreement?.terms.filter(({ performedOn }) => performedOn === null) ?? [];
  for (const obligee of new Set(terms.map((term) => term.obligee))) {
    const last = terms
      .filter((term) => term.obligee === obligee)
      .map(({ dueOn }) => dueOn)
      .sort()
      .at(-1)!;
    course.start({ rule, holder: 'party' }, last, obligee);
  }
};

/** The agreement is enforceable from now on. */
export const makeEnforceable = (course: Course, basis: string, rule: string): void => {
  const agreed = agreedIn(course);
  if (!agreed) return;
  course.of(agreed.id).say('AgreementMadeEnforceable', { basis: basisOf(basis) });
  startEnforcementPeriod(course, rule);
};

/** Closes the dispute as performed once nothing else is open in it. */
export const closePerformed = (course: Course, on: CivilDate): void => {
  course.close('performed', on);
  const open = Object.values(course.dispute.procedures).some(({ status }) => status === 'open');
  if (!open) course.closeDispute('performed');
};
