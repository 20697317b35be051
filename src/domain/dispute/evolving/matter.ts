import type { CivilDate } from '../../calendar/civil-date.js';
import type { Debt, DisputeState } from '../state.js';
import type { Data, Evolver } from './evolver.js';

const settleDebts = (state: DisputeState, match: (debt: Debt) => boolean, to: string[] | null): DisputeState => {
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

/** What events make of the dispute as a whole: what is owed, who is responsible, its papers and its end. */
export const matterEvolvers: Record<string, Evolver> = {
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
    settleDebts(state, (debt) => debt.procedureId === event.procedureId && debt.notice === event.data['kind'], null),
  NoticeWithdrawn: (state, event) => settleDebts(state, (debt) => debt.debtId === event.data['debtId'], null),
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
  SubjectErased: (state, event) => ({
    ...state,
    erased: [...(state.erased ?? []), event.data['subject'] as string],
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
