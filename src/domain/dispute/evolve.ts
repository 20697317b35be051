import { civilDateOf, isCivilDate, type CivilDate } from '../calendar/civil-date.js';
import type { FoldedEvent } from './event.js';
import type {
  Agreement,
  Award,
  Deadline,
  Debt,
  DisputeState,
  Fact,
  Handoff,
  Member,
  Neutral,
  Occurred,
  ProcedureState,
} from './state.js';

/** The civil date (Asia/Shanghai) of something that occurred. */
export const dateOf = (occurred: Occurred): CivilDate =>
  isCivilDate(occurred) ? occurred : civilDateOf(occurred);

type Evolver = (state: DisputeState, event: FoldedEvent) => DisputeState;
// Event data is typed by its writer (the recorder's verbs and the actions' fields); the fold reads it as recorded.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Data = any;

const patchProcedure = (
  state: DisputeState,
  id: string | null,
  patch: Partial<ProcedureState>,
): DisputeState => {
  const procedure = id === null ? undefined : state.procedures[id];
  if (!procedure) return state;
  return { ...state, procedures: { ...state.procedures, [procedure.id]: { ...procedure, ...patch } } };
};
const procedureOf = (state: DisputeState, event: FoldedEvent): ProcedureState | undefined =>
  event.procedureId === null ? undefined : state.procedures[event.procedureId];

const inProcedure =
  (change: (procedure: ProcedureState, event: FoldedEvent, data: Data) => Partial<ProcedureState>): Evolver =>
  (state, event) => {
    const procedure = procedureOf(state, event);
    return procedure ? patchProcedure(state, procedure.id, change(procedure, event, event.data)) : state;
  };

const patchDeadline =
  (change: (deadline: Deadline, data: Data, event: FoldedEvent) => Partial<Deadline>): Evolver =>
  (state, event) => {
    const deadline = state.deadlines[event.data['deadlineId'] as string];
    if (!deadline) return state;
    const next = { ...deadline, ...change(deadline, event.data, event) };
    return { ...state, deadlines: { ...state.deadlines, [deadline.deadlineId]: next } };
  };

const patchHandoff =
  (change: (handoff: Handoff, data: Data, event: FoldedEvent) => Partial<Handoff>): Evolver =>
  (state, event) => {
    const handoff = state.handoffs[event.data['handoffId'] as string];
    if (!handoff) return state;
    const next = { ...handoff, ...change(handoff, event.data, event) };
    return { ...state, handoffs: { ...state.handoffs, [handoff.handoffId]: next } };
  };

const settleDebts = (
  state: DisputeState,
  match: (debt: Debt) => boolean,
  to: string[] | null,
): DisputeState => {
  const debts: Record<string, Debt> = {};
  for (const debt of Object.values(state.debts)) {
    if (!match(debt)) debts[debt.debtId] = debt;
    else {
      const outstanding = to === null ? [] : debt.outstanding.filter((party) => !to.includes(party));
      if (outstanding.length > 0) debts[debt.debtId] = { ...debt, outstanding };
    }
  }
  return { ...state, debts };
};

/** Seats one neutral: the newest entry of an account in a seat stands for it. */
const seat = (neutrals: Neutral[], neutral: Neutral): Neutral[] => [
  ...neutrals.filter((other) => !(other.seat === neutral.seat && other.account === neutral.account)),
  neutral,
];
const restate = (
  neutrals: Neutral[],
  account: string,
  seatName: string | undefined,
  patch: Partial<Neutral>,
) =>
  neutrals.map((one) =>
    one.account === account && (seatName === undefined || one.seat === seatName) ? { ...one, ...patch } : one,
  );

const patchAward = (procedure: ProcedureState, patch: Partial<Award>) =>
  procedure.award ? { award: { ...procedure.award, ...patch } } : {};
const patchAgreement = (procedure: ProcedureState, patch: Partial<Agreement>) =>
  procedure.agreement ? { agreement: { ...procedure.agreement, ...patch } } : {};

const newMember: Member = { status: 'represented', consent: null, disputeId: null };

const withMembers = (state: DisputeState, refs: readonly string[], patch: Partial<Member>): DisputeState => {
  if (!state.collective) return state;
  const members = { ...state.collective.members };
  for (const ref of refs) if (members[ref]) members[ref] = { ...members[ref], ...patch };
  return { ...state, collective: { ...state.collective, members } };
};

/** Changes the members whom a batch reached. */
const patchMembers =
  (patch: (state: DisputeState, data: Data) => Partial<Member>): Evolver =>
  (state, event) => {
    const results = event.data['results'] as { member: string; result: string }[];
    const reached = results.filter(({ result }) => result === 'recorded').map(({ member }) => member);
    return withMembers(state, reached, patch(state, event.data));
  };

/** How each event changes the state. An event that is only a fact needs no row here. */
const evolvers: Record<string, Evolver> = {
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
    ...(data.body ? { body: data.body, organisations: [...new Set([...procedure.organisations, data.body.code])] } : {}), // prettier-ignore
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
  InvitationAnswered: inProcedure((procedure, event, data) => ({
    neutrals: restate(procedure.neutrals, data.account, data.seat, {
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
  AgreementReached: inProcedure((_, __, data) => ({
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
      signedOn: null,
      confirmed: false,
    },
  })),
  AgreementSigned: inProcedure((procedure, _, data) =>
    patchAgreement(procedure, { signedOn: data.signedOn }),
  ),
  AgreementMadeEnforceable: inProcedure((procedure) => patchAgreement(procedure, { confirmed: true })),
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
      kind:
        procedure.procedure === 'commercial-arbitration' || data.finality === 'final' ? 'final' : 'non-final',
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

  DeadlineStarted: (state, event) => {
    const data = event.data as unknown as Omit<
      Deadline,
      'status' | 'endedOn' | 'doneLateOn' | 'warnedOn' | 'effect' | 'procedureId'
    >;
    const deadline: Deadline = {
      ...data,
      procedureId: event.procedureId,
      status: 'running',
      endedOn: null,
      doneLateOn: null,
      warnedOn: null,
      effect: null,
    };
    return { ...state, deadlines: { ...state.deadlines, [deadline.deadlineId]: deadline } };
  },
  DeadlineMet: patchDeadline((_, data) => ({ status: 'met', endedOn: data.on })),
  DeadlineWarned: patchDeadline((_, data) => ({ warnedOn: data.on })),
  OverdueActDone: patchDeadline((_, data) => ({ doneLateOn: data.on })),
  DeadlineElapsed: patchDeadline((deadline, data) => ({
    status: 'elapsed',
    endedOn: deadline.due,
    effect: data.effect ?? null,
  })),
  DeadlineElapseReversed: patchDeadline((deadline, data) => ({
    status: data.status ?? 'running',
    endedOn: null,
    doneLateOn: null,
    effect: null,
    generation: deadline.generation + 1,
  })),
  DeadlineVoided: patchDeadline((_, data) => ({ status: 'void', endedOn: data.on })),
  DeadlineSuspended: patchDeadline((_, data) => ({ ...data.becomes, status: 'suspended' })),
  DeadlineResumed: patchDeadline((_, data) => ({ ...data.becomes, status: 'running' })),
  DeadlineExtended: patchDeadline((_, data) => data.becomes),
  DeadlineRecomputed: patchDeadline((_, data) => data.becomes),

  NoticeOwed: (state, event) => {
    const data = event.data as Data;
    const debt: Debt = { ...data, procedureId: event.procedureId!, outstanding: data.to };
    return { ...state, debts: { ...state.debts, [debt.debtId]: debt } };
  },
  NoticeGiven: (state, event) =>
    settleDebts(
      state,
      (debt) => debt.procedureId === event.procedureId && debt.notice === event.data['notice'],
      event.data['parties'] as string[],
    ),
  RecordFiled: (state, event) =>
    settleDebts(
      state,
      (debt) => debt.procedureId === event.procedureId && debt.notice === event.data['kind'],
      null,
    ),
  NoticeWithdrawn: (state, event) => settleDebts(state, (debt) => debt.debtId === event.data['debtId'], null),

  HandoffRequested: (state, event) => {
    const data = event.data as Data;
    const handoff: Handoff = {
      handoffId: data.handoffId,
      procedureId: event.procedureId!,
      from: data.from,
      to: data.to,
      parts: data.parts,
      status: 'requested',
      attempt: 1,
      urges: 0,
      requestedAt: event.occurredAt,
      deliveredAt: null,
      escalatedAt: null,
      acceptedOn: null,
      externalId: null,
      returned: null,
    };
    return { ...state, handoffs: { ...state.handoffs, [handoff.handoffId]: handoff } };
  },
  HandoffDelivered: patchHandoff((handoff, _, event) => ({
    status: handoff.status === 'requested' ? 'delivered' : handoff.status,
    deliveredAt: event.occurredAt,
  })),
  HandoffUrged: patchHandoff((handoff) => ({ urges: handoff.urges + 1 })),
  HandoffEscalated: patchHandoff((_, __, event) => ({ status: 'escalated', escalatedAt: event.occurredAt })),
  HandoffAccepted: patchHandoff((_, data) => ({
    status: 'accepted',
    acceptedOn: data.receivedOn,
    externalId: data.externalId ?? null,
  })),
  HandoffReturned: patchHandoff((_, data) => ({
    status: 'returned',
    returned: { reason: data.reason, on: data.returnedOn },
  })),
  HandoffResent: patchHandoff((handoff, data, event) => ({
    status: 'requested',
    attempt: handoff.attempt + 1,
    parts: data.parts,
    urges: 0,
    requestedAt: event.occurredAt,
    deliveredAt: null,
    escalatedAt: null,
    returned: null,
  })),
  HandoffCancelled: patchHandoff(() => ({ status: 'cancelled' })),

  OwnerAssigned: (state, event) => {
    const data = event.data as Data;
    return {
      ...state,
      owner: {
        organisation: data.organisation,
        account: data.person?.account ?? null,
        name: data.person?.name ?? null,
      },
    };
  },
  MembersAdded: (state, event) => {
    const added = (event.data as Data).members.map(({ ref }: { ref: string }) => [ref, newMember]);
    const { representatives = [], members = {} } = state.collective ?? {};
    return {
      ...state,
      collective: { representatives, members: { ...members, ...Object.fromEntries(added) } },
    };
  },
  RepresentativesElected: (state, event) =>
    state.collective
      ? {
          ...state,
          collective: { ...state.collective, representatives: (event.data as Data).representatives },
        }
      : state,
  MemberConsentRecorded: patchMembers((_, data) => ({ consent: data.consent })),
  MembersLeft: patchMembers(() => ({ status: 'opted-out' })),
  MemberSplitOff: (state, event) =>
    withMembers(state, [event.data['member'] as string], {
      status: 'split-off',
      disputeId: event.data['disputeId'] as string,
    }),
  ProfileChanged: (state, event) => ({ ...state, profile: (event.data as Data).to }),
  CalendarApplied: (state, event) => ({ ...state, calendarVersion: event.data['to'] as string }),
  PartyAdded: (state, event) => ({ ...state, parties: [...state.parties, (event.data as Data).party] }),
  DisputeFactCorrected: (state, event) => {
    const data = event.data as Data;
    return { ...state, facts: { ...state.facts, [data.fact]: data.value } };
  },
  NoteAdded: (state) => ({ ...state, counts: { ...state.counts, notes: state.counts.notes + 1 } }),
  EvidenceAdded: (state) => ({ ...state, counts: { ...state.counts, evidence: state.counts.evidence + 1 } }),
  DocumentAdded: (state, event) => {
    const { documentId, kind, sha256, size, mediaType } = event.data as Data;
    const document = {
      documentId,
      kind,
      sha256,
      size,
      mediaType,
      procedureId: event.procedureId,
      addedAt: event.occurredAt,
    };
    return { ...state, documents: { ...state.documents, [documentId]: document } };
  },
  AlertRaised: (state, event) => ({
    ...state,
    alert: { kind: event.data['kind'] as string, since: event.occurredAt },
  }),
  BackfillFinished: (state) => ({ ...state, backfill: false }),
  DisputeClosed: (state, event) => ({
    ...state,
    status: 'closed',
    closedOn: event.data['closedOn'] as CivilDate,
    closeReason: event.data['reason'] as string,
  }),
  DisputeReopened: (state) => ({ ...state, status: 'open', closedOn: null, closeReason: null }),
};

/**
 * Events that follow by law or by the clock, and asides that say nothing about the course of the matter; all others
 * are facts that somebody established, each at its own date.
 */
const derived = new Set([
  'OwnerAssigned',
  'MembersAdded',
  'ProfileChanged',
  'CalendarApplied',
  'EvidenceAdded',
  'AlertRaised',
  'DisputeFactCorrected',
  'FactCorrected',
  'StepEntered', 'ProcedureClosed', 'ProcedureReopened', 'DeadlineStarted', 'DeadlineMet', 'OverdueActDone', 'DeadlineElapsed',
  'DeadlineElapseReversed', 'DeadlineVoided', 'DeadlineSuspended', 'DeadlineResumed', 'DeadlineExtended',
  'DeadlineRecomputed', 'DeadlineWarned', 'NoticeOwed', 'NoticeWithdrawn', 'HandoffRequested', 'HandoffDelivered', 'HandoffUrged',
  'HandoffEscalated', 'HandoffCancelled', 'AdviserInvited', 'InvitationUnanswered', 'AwardChallenged',
  'AwardBecameEffective', 'AwardSetAside', 'AwardSuperseded', 'JudgmentBecameEffective', 'ApplicationDeemedAccepted',
  'AgreementMadeEnforceable', 'NoteAdded', 'DocumentAdded', 'BackfillFinished',
]); // prettier-ignore

/** True for what a person or a body did, false for what follows from it or from the clock. */
export const isFact = (type: string): boolean => !derived.has(type);

/** Facts that cannot be undone once done: another body's or party's act, a document served, a payment. */
export const irreversible = new Set([
  'ProcedureOpened', 'NoticeGiven', 'DocumentServed', 'InstalmentPerformed', 'HandoffAccepted', 'ApplicationAccepted',
  'AwardIssued', 'RulingMade', 'AgreementSigned', 'ConsentRecorded',
]); // prettier-ignore

/**
 * Folds one event. Pure and total: an event of an unknown type changes the version only, so that an older reader
 * survives a newer writer.
 */
export const evolve = (before: DisputeState, event: FoldedEvent): DisputeState => {
  const evolver = Object.hasOwn(evolvers, event.type) ? evolvers[event.type] : undefined;
  let state = evolver ? evolver(before, event) : before;
  if (isFact(event.type)) {
    const procedure = procedureOf(state, event);
    if (procedure) {
      const fact: Fact = { on: dateOf(event.occurredAt), version: event.version, data: event.data };
      state = patchProcedure(state, procedure.id, { facts: { ...procedure.facts, [event.type]: fact } });
    }
    if (dateOf(event.occurredAt) >= dateOf(state.lastFact)) state = { ...state, lastFact: event.occurredAt };
  }
  return { ...state, version: event.version };
};

/** The state before the first event: an empty dispute under an id. */
const initial = (registered: FoldedEvent): DisputeState => {
  const data = registered.data as Data;
  return {
    id: data.disputeId,
    version: registered.version,
    caseCode: data.caseCode,
    type: data.type,
    region: data.region,
    source: data.source,
    status: 'open',
    backfill: data.backfill,
    title: data.title,
    externalIds: data.externalIds ?? null,
    registeredOn: data.receivedOn,
    closedOn: null,
    closeReason: null,
    registrar: data.organisation,
    owner: { organisation: data.organisation, account: null, name: null },
    parties: data.parties,
    collective: null,
    splitFrom: data.splitFrom ?? null,
    claims: data.claims,
    facts: data.facts,
    profile: data.profile,
    ruleSet: data.ruleSet,
    calendarVersion: data.calendarVersion,
    procedures: {},
    deadlines: {},
    handoffs: {},
    debts: {},
    documents: {},
    alert: null,
    lastFact: registered.occurredAt,
    counts: { notes: 0, evidence: 0 },
  };
};

/** Folds a stream from its first event (`DisputeRegistered`), or goes on from a state. Null for no events. */
export const fold = (
  events: readonly FoldedEvent[],
  from: DisputeState | null = null,
): DisputeState | null => {
  let state = from;
  for (const event of events) state = state === null ? initial(event) : evolve(state, event);
  return state;
};
