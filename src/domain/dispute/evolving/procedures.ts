import type { Agreement, Award, Neutral, ProcedureState } from '../state.js';
import { inProcedure, patchProcedure, procedureOf, type Data, type Evolver } from './evolver.js';

/** Seats one neutral: the newest entry of an account in a seat stands for it. */
const seat = (neutrals: Neutral[], neutral: Neutral): Neutral[] => [
  ...neutrals.filter((other) => !(other.seat === neutral.seat && other.account === neutral.account)),
  neutral,
];
const restate = (
  neutrals: Neutral[],
  account: string | undefined,
  seatName: string | undefined,
  patch: Partial<Neutral>,
) =>
  neutrals.map((one) =>
    one.account === account && (seatName === undefined || one.seat === seatName) ? { ...one, ...patch } : one,
  );

/** Who is asked for a seat: invited, else silent, else still only nominated. */
const askedFor = ({ neutrals }: ProcedureState, seatName: string): string | undefined =>
  ['invited', 'silent', 'nominated']
    .map((status) => neutrals.find((one) => one.seat === seatName && one.status === status))
    .find((one) => one !== undefined)?.account;

const patchAward = (procedure: ProcedureState, patch: Partial<Award>) =>
  procedure.award ? { award: { ...procedure.award, ...patch } } : {};
const patchAgreement = (procedure: ProcedureState, patch: Partial<Agreement>) =>
  procedure.agreement ? { agreement: { ...procedure.agreement, ...patch } } : {};

/** What events make of a procedure: its steps, people, sessions, agreement and award. */
export const procedureEvolvers: Record<string, Evolver> = {
  ProcedureOpened: (state, event) => {
    const data = event.data as Data;
    const opened: ProcedureState = {
      id: event.procedureId!,
      procedure: data.procedure,
      track: data.track ?? null,
      joint: data.joint ?? false,
      status: 'open',
      step: data.step,
      stepSince: event.occurredAt,
      body: data.body,
      organisations: data.organisations,
      applicants: data.applicants ?? [],
      openedOn: data.appliedOn,
      closedOn: null,
      outcome: null,
      from: data.from ?? null,
      neutrals: [],
      consents: {},
      sessions: [],
      agreement: null,
      award: null,
      facts: {},
      suspendedSince: null,
    };
    const owner = { organisation: opened.body.code, account: null, name: null };
    return { ...state, owner, procedures: { ...state.procedures, [opened.id]: opened } };
  },
  StepEntered: inProcedure((_, event, data) => ({ step: data.step, stepSince: event.occurredAt })),
  ProcedureClosed: inProcedure((_, event, data) => ({
    status: 'closed',
    outcome: data.outcome,
    closedOn: data.closedOn,
    stepSince: event.occurredAt,
    suspendedSince: null,
  })),
  ProcedureReopened: inProcedure((procedure, event, data) => ({
    status: 'open',
    outcome: null,
    closedOn: null,
    step: data.step,
    stepSince: event.occurredAt,
    ...(data.body
      ? { body: data.body, organisations: [...new Set([...procedure.organisations, data.body.code])] }
      : {}),
  })),
  /** A judgment that nobody appealed against, or whose appeal was withdrawn, is effective. */
  JudgmentBecameEffective: inProcedure(() => ({ outcome: 'effective' })),
  /** What a late or corrected fact makes of a procedure's particulars. */
  ProcedureRestated: inProcedure((_, __, data) => data.becomes),
  ProcedureSuspended: inProcedure((_, __, data) => ({ suspendedSince: data.from })),
  ProcedureResumed: inProcedure(() => ({ suspendedSince: null })),
  ConsentRecorded: inProcedure((procedure, _, data) => ({
    consents: { ...procedure.consents, [data.party]: data.consent },
  })),
  NeutralDesignated: inProcedure((procedure, event, data) => ({
    neutrals: seat(procedure.neutrals, {
      account: data.person.account,
      name: data.person.name ?? null,
      seat: data.seat,
      status: 'designated',
      attempt: 1,
      since: event.occurredAt,
    }),
  })),
  ApplicationJoined: inProcedure((procedure, _, data) => ({
    applicants: [...new Set([...procedure.applicants, data.party])],
  })),
  DesignationAnswered: (state, event) => {
    const procedure = procedureOf(state, event);
    if (!procedure) return state;
    const accepted = event.data['answer'] === 'accepts';
    const asked = procedure.neutrals.find(
      ({ account, status }) => status === 'designated' && (event.data['account'] ?? account) === account,
    );
    if (!asked) return state;
    const status = accepted ? 'accepted' : 'declined';
    const next = patchProcedure(state, procedure.id, {
      neutrals: restate(procedure.neutrals, asked.account, asked.seat, { status, since: event.occurredAt }),
    });
    if (!accepted) return next;
    return {
      ...next,
      owner: { organisation: procedure.body.code, account: asked.account, name: asked.name },
    };
  },
  AdviserNominated: inProcedure((procedure, event, data) => ({
    neutrals: seat(procedure.neutrals, {
      account: data.person.account,
      name: data.person.name ?? null,
      seat: data.seat,
      status: 'nominated',
      attempt: procedure.neutrals.filter((one) => one.seat === data.seat).length + 1,
      since: event.occurredAt,
    }),
  })),
  AdviserInvited: inProcedure((procedure, event, data) => ({
    neutrals: restate(procedure.neutrals, data.account, data.seat, {
      status: 'invited',
      since: event.occurredAt,
    }),
  })),
  // Without an account the answer is of whoever was asked for that seat.
  InvitationAnswered: inProcedure((procedure, event, data) => ({
    neutrals: restate(procedure.neutrals, data.account ?? askedFor(procedure, data.seat), data.seat, {
      status: data.answer === 'accepts' ? 'accepted' : 'declined',
      since: event.occurredAt,
    }),
  })),
  InvitationUnanswered: inProcedure((procedure, event, data) => ({
    neutrals: restate(procedure.neutrals, data.account, data.seat, {
      status: 'silent',
      since: event.occurredAt,
    }),
  })),
  SessionScheduled: inProcedure((procedure, _, data) => ({
    sessions: [
      ...procedure.sessions,
      { id: `s${procedure.sessions.length + 1}`, at: data.at, noticeOn: data.noticeOn ?? null, heldOn: null },
    ],
  })),
  SessionHeld: inProcedure((procedure, _, data) => ({
    sessions: [
      ...procedure.sessions.filter((session) => session.heldOn !== null),
      {
        ...(procedure.sessions.find((session) => session.heldOn === null) ?? {
          id: `s${procedure.sessions.length + 1}`,
          at: data.heldOn,
          noticeOn: null,
        }),
        heldOn: data.heldOn,
      },
    ],
  })),
  AgreementReached: inProcedure((procedure, _, data) => ({
    agreement: {
      recordedOn: data.agreedOn,
      kind: data.kind,
      terms: (data.terms as Data[]).map((term, index) => ({
        index: index + 1,
        obligor: term.obligor,
        obligee: term.obligee,
        amount: term.amount ?? null,
        dueOn: term.dueOn,
        performedOn: null,
      })),
      // An oral one is effective on the day agreed, and nothing is signed (人民调解法30).
      signedOn: procedure.procedure === 'mediation' && data.oral ? data.agreedOn : null,
      confirmed: false,
    },
  })),
  AgreementSigned: inProcedure((procedure, _, data) => patchAgreement(procedure, { signedOn: data.signedOn })),
  AgreementMadeEnforceable: inProcedure((procedure) => patchAgreement(procedure, { confirmed: true })),
  AgreementNotEnforceable: inProcedure((procedure) => patchAgreement(procedure, { confirmed: false })),
  InstalmentPerformed: inProcedure((procedure, _, data) =>
    procedure.agreement
      ? patchAgreement(procedure, {
          terms: procedure.agreement.terms.map((term) =>
            term.index === data.instalment ? { ...term, performedOn: data.performedOn } : term,
          ),
        })
      : {},
  ),
  AwardIssued: inProcedure((procedure, _, data) => ({
    award: {
      // A commercial award is final by law (仲裁法10); of a labour award the commission says which it is.
      kind: procedure.procedure === 'commercial-arbitration' || data.finality === 'final' ? 'final' : 'non-final',
      issuedOn: data.issuedOn,
      status: 'appealable',
      confidence: 'verified',
      suedBy: [],
    },
  })),
  AwardChallenged: inProcedure((procedure, _, data) =>
    patchAward(procedure, { status: 'challenged', suedBy: [...(procedure.award?.suedBy ?? []), data.by] }),
  ),
  AwardSetAside: inProcedure((procedure) => patchAward(procedure, { status: 'set-aside' })),
  AwardBecameEffective: inProcedure((procedure) => patchAward(procedure, { status: 'effective' })),
  AwardSuperseded: inProcedure((procedure, _, data) =>
    patchAward(procedure, { status: 'superseded-by-settlement', confidence: data.confidence }),
  ),
};
