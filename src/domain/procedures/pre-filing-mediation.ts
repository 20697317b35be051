import { legalDate, oneOf, optional, person, word } from '../dispute/fields.js';
import { namesBothSides } from '../dispute/parties.js';
import { refuse } from '../dispute/refusal.js';
import type { Course } from '../dispute/course.js';
import { basisOf } from '../rules/rule-book.js';
import { meeting, neutralSteps, sessionSteps, startConfirmation, startReview, unlessAgreed } from './agreeing.js';
import { clocks } from './clocks.js';
import { action, type ProcedureDefinition } from './definition.js';
import { resumeSuit } from './titles.js';
import {
  agreementFields,
  answerDesignation,
  confirmAddress,
  designateNeutral,
  fileRecord,
  giveNotice,
  recordAdmission,
  recordConsent,
  recordUndisputedFact,
  scheduleSession,
  sessionFields,
  signatureFields,
  suspectCrime,
  suspectFalseMediation,
} from './mediating.js';

/** The union's three advisers 三师 of a joint mediation. */
export const adviserSeats = ['coordinator', 'legal-aid-lawyer', 'health-engineer'] as const;
export const presidingSeat = 'presiding-mediator';

const staff = ['mediator', 'adviser', 'court-clerk', 'judge', 'case-officer'] as const;

/** The next candidate of a seat: the first nominated, where nobody sits there and nobody is being asked. */
export const nextToInvite = (course: Pick<Course, 'procedure'>): { seat: string; account: string; attempt: number }[] =>
  adviserSeats.flatMap((seat) => {
    const candidates = course.procedure.neutrals.filter((one) => one.seat === seat);
    if (candidates.some(({ status }) => status === 'accepted' || status === 'invited')) return [];
    const next = candidates.find(({ status }) => status === 'nominated');
    return next ? [{ seat, account: next.account, attempt: next.attempt }] : [];
  });

/** The panel sits once the court's mediator presides, an adviser has accepted, and nobody is still to be asked or to answer. */
const assemble = (course: Course): void => {
  const { neutrals, step } = course.procedure;
  if (step !== 'assembling-panel') return;
  const presiding = course.seated(presidingSeat).length > 0;
  const advisers = adviserSeats.filter((seat) => course.seated(seat).length > 0);
  const asked = neutrals.some(({ seat, status }) => seat !== presidingSeat && status === 'invited');
  if (presiding && advisers.length > 0 && !asked && nextToInvite(course).length === 0) {
    course.say('PanelFormed', { advisers });
    course.enter('in-session');
  }
};

/** What the referring court is owed when the mediation fails: the suit must be registered or refused within 7 days (row 11). */
const backToCourt = (course: Course): void => {
  course.owe('routes');
  course.owe('court-report');
  resumeSuit(course, course.procedure.closedOn ?? course.today);
};

/**
 * Mediation by delegation of a court before it registers the suit 委派（诉前）调解 (特邀调解规定; 民事诉讼法125), alone or
 * jointly by court and union with a panel: a presiding court mediator and the union's three advisers.
 */
export const preFilingMediation: ProcedureDefinition = {
  code: 'pre-filing-mediation',
  nature: 'consensual',
  outcomes: [
    'agreement',
    'no-agreement',
    'refused',
    'expired',
    'withdrawn',
    'suspected-false-mediation',
    'suspected-crime',
  ],
  steps: {
    referred: {
      title: { zh: '法院已委派，待签收材料', en: 'referred by the court; receipt is to be signed' },
      waitsFor: { who: 'receiver', role: 'mediator' },
      stalls: 'awaiting-acceptance',
    },
    'assembling-panel': {
      title: { zh: '组建联合调解合议组', en: 'the panel is being assembled' },
      waitsFor: { who: 'advisers', role: 'adviser' },
      stalls: 'awaiting-acceptance',
    },
    'awaiting-neutral': neutralSteps['awaiting-neutral'],
    ...sessionSteps,
  },
  opening: {
    by: ['court-clerk', 'judge', 'mediator'],
    basis: 'CM-02',
    step: 'referred',
    guard: ({ course }) => {
      const suit = course.other('civil-litigation', 'open');
      if (!suit || suit.procedure.step !== 'filing') return refuse('route-forbidden', { basis: basisOf('CM-02') });
      if (Object.values(suit.procedure.consents).includes('refused'))
        return refuse('party-refuses', { basis: basisOf('CM-01') });
      return suit.allConsented()
        ? null
        : refuse('consent-missing', { basis: basisOf('CM-02'), alternatives: [{ action: 'record-consent' }] });
    },
    then: (course) => {
      const suit = course.origin()!;
      for (const rule of ['CL-02', 'CM-19']) suit.meet(rule);
      suit.enter('referred');
      course.handOff(suit.procedure.body, course.procedure.body, ['parties', 'claims', 'procedures', 'documents']);
    },
  },
  // The clock runs from the mediator or body signing receipt of the materials (特邀调解规定27).
  received: (course, _, on) => {
    course.start('CM-14', on);
    course.enter(course.procedure.joint ? 'assembling-panel' : 'awaiting-neutral');
  },
  withdrawn: backToCourt,
  elapses: {
    'CM-14': { effect: unlessAgreed, closes: 'expired', then: backToCourt },
    'SL-INVITATION': {
      then: (course, deadline) => {
        const silent = course.procedure.neutrals.find(
          (one) => one.status === 'invited' && `${one.seat}-${one.attempt}` === deadline.subject,
        );
        if (silent) course.say('InvitationUnanswered', { seat: silent.seat, account: silent.account });
        assemble(course);
      },
    },
    'SL-DESIGNATION': {},
  },
  actions: {
    'record-consent': action({
      ...recordConsent(
        ['assembling-panel', 'awaiting-neutral', ...meeting],
        ['mediator', 'court-clerk', 'judge', 'party'],
      ),
      then: (course, body) => {
        if (body.consent !== 'refused') return;
        course.close('refused');
        backToCourt(course);
      },
    }),
    'designate-neutral': designateNeutral([presidingSeat, 'mediator'], ['assembling-panel', 'awaiting-neutral']),
    'answer-designation': action({
      ...answerDesignation(['assembling-panel', 'awaiting-neutral']),
      then: (course, body: { answer?: string }) => {
        for (const neutral of course.procedure.neutrals) course.dropFor(neutral.account, 'SL-DESIGNATION', 'answered');
        if (course.procedure.joint) assemble(course);
        else if (body.answer === 'accepts') course.enter('in-session');
      },
    }),
    'nominate-adviser': action({
      title: { zh: '提名三师', en: 'nominate an adviser' },
      by: ['mediator', 'case-officer'],
      in: ['assembling-panel', ...meeting],
      fields: {
        seat: oneOf(adviserSeats, { zh: '席位', en: 'seat' }),
        person: person('人员', 'person'),
        nominatedOn: legalDate('提名日期', 'date of nomination'),
      },
      records: 'AdviserNominated',
      guard: (course, body) => {
        if (!course.procedure.joint) return refuse('action-not-available');
        // Which advisers a union sends is its place's.
        if (!course.context.profile.jointMediation.advisers.includes(body.seat))
          return refuse('action-not-available', { pointer: '/seat' });
        const known = course.procedure.neutrals.some(
          (one) => one.account === body.person.account && one.seat === body.seat,
        );
        return known ? refuse('already-done', { pointer: '/person' }) : null;
      },
    }),
    'record-invitation': action({
      title: { zh: '送达邀请', en: 'record that an invitation was delivered' },
      by: ['system'],
      in: ['assembling-panel', ...meeting],
      fields: { seat: oneOf(adviserSeats), account: word('账号', 'account', 200) },
      records: 'AdviserInvited',
      guard: (course, body) =>
        nextToInvite(course).some((next) => next.seat === body.seat && next.account === body.account)
          ? null
          : refuse('already-done'),
      then: (course, body) => {
        const one = course.procedure.neutrals.find(
          ({ account, seat }) => account === body.account && seat === body.seat,
        )!;
        course.startFor(`${one.seat}-${one.attempt}`, 'SL-INVITATION');
      },
    }),
    'answer-invitation': action({
      title: { zh: '答复邀请', en: 'answer an invitation' },
      by: ['adviser', 'mediator', 'case-officer'],
      in: ['assembling-panel', ...meeting],
      fields: {
        seat: oneOf(adviserSeats, { zh: '席位', en: 'seat' }),
        account: optional(word('账号', 'account', 200)),
        answer: oneOf(['accepts', 'declines'], { zh: '答复', en: 'answer' }),
        answeredOn: legalDate('答复日期', 'date of the answer'),
      },
      records: 'InvitationAnswered',
      guard: (course, body) =>
        pending(course, body.seat, body.account) ? null : refuse('unknown-person', { pointer: '/account' }),
      then: (course) => {
        for (const one of course.procedure.neutrals)
          if (one.status !== 'invited') course.dropFor(`${one.seat}-${one.attempt}`, 'SL-INVITATION', 'answered');
        assemble(course);
      },
    }),
    'schedule-session': scheduleSession(meeting, 'in-session'),
    'record-session': action({
      title: { zh: '记录调解会', en: 'record a session' },
      by: staff,
      in: meeting,
      fields: sessionFields,
      records: 'SessionHeld',
      then: (course, body) => {
        if (body.result === 'no-agreement') course.enter('awaiting-parties');
      },
    }),
    'record-undisputed-fact': recordUndisputedFact([...meeting, 'agreed']),
    'record-admission': recordAdmission([...meeting, 'agreed']),
    'confirm-address': confirmAddress(['assembling-panel', 'awaiting-neutral', ...meeting, 'agreed']),
    'record-agreement': action({
      title: { zh: '记录调解协议', en: 'record the agreement' },
      by: staff,
      in: meeting,
      basis: 'CM-08',
      fields: agreementFields,
      records: 'AgreementReached',
      to: 'agreed',
    }),
    'sign-agreement': action({
      title: { zh: '签署调解协议', en: 'sign the agreement' },
      by: staff,
      in: ['agreed'],
      basis: 'CM-12',
      binds: true,
      fields: signatureFields,
      records: 'AgreementSigned',
      guard: (course, body) =>
        namesBothSides(course.dispute, body.parties) && body.mediator && body.body
          ? null
          : refuse('consent-missing', { basis: basisOf('CM-12'), pointer: '/parties' }),
      meets: ['CM-14'],
      then: (course, _, on) => {
        course.close('agreement', on);
        startConfirmation(course, on);
        startReview(course, on);
      },
    }),
    'end-mediation': action({
      title: { zh: '终止调解', en: 'end the mediation' },
      by: staff,
      basis: 'CM-13',
      fields: {
        reason: oneOf(['party-withdraws', 'wide-differences', 'cannot-contact', 'refuses-to-sign', 'other'], {
          zh: '原因',
          en: 'reason',
        }),
        endedOn: legalDate('终止日期', 'date of the end'),
      },
      records: 'MediationEnded',
      closes: 'no-agreement',
      then: backToCourt,
    }),
    'suspect-false-mediation': action({ ...suspectFalseMediation, then: backToCourt }),
    'suspect-crime': action({ ...suspectCrime, then: backToCourt }),
    'give-notice': giveNotice,
    'file-record': fileRecord,
    ...clocks,
  },
};

const pending = (course: Course, seat: string, account?: string) =>
  course.procedure.neutrals.find(
    (one) =>
      one.seat === seat &&
      (account === undefined || one.account === account) &&
      ['nominated', 'invited', 'silent'].includes(one.status),
  );
