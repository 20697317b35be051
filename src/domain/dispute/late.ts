import { procedureDefinition } from '../procedures/procedures.js';
import { targetOf, whenOf, type Decision, type Request } from './decide.js';
import type { DecideContext } from './context.js';
import { disputeActions } from './dispute-actions.js';
import type { HistoricEvent } from './event.js';
import { irreversible } from './evolve.js';
import type { Fields } from './fields.js';
import { refuse, type Refusal } from './refusal.js';
import { replay } from './replay.js';
import type { Deadline, DisputeState, ProcedureState } from './state.js';
import { passTime } from './time.js';
import { beginWork, following, instantOf, record, type Work } from './work.js';

/** Clocks that a late fact takes back: elapsed as recorded, not elapsed as the facts now stand. */
const reversed = (actual: DisputeState, corrected: DisputeState): Deadline[] =>
  Object.values(actual.deadlines).filter(
    (one) => one.status === 'elapsed' && corrected.deadlines[one.deadlineId]?.status !== 'elapsed',
  );

/**
 * What rests on an elapse and cannot be undone: another body's or party's act, a document served, a payment, in the same
 * procedure or in one that was opened out of it.
 */
const restsOn = (
  history: readonly HistoricEvent[],
  state: DisputeState,
  deadline: Deadline,
): HistoricEvent | undefined => {
  const elapsed = history.filter(({ type, data }) => type === 'DeadlineElapsed' && data['deadlineId'] === deadline.deadlineId).at(-1); // prettier-ignore
  return history.find((event) => {
    if (!elapsed || event.version <= elapsed.version || event.causationId !== null || !irreversible.has(event.type)) return false;
    const procedure = event.procedureId === null ? undefined : state.procedures[event.procedureId];
    return procedure?.id === deadline.procedureId || procedure?.from === deadline.procedureId;
  }); // prettier-ignore
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const restateDeadline = (work: Work, is: Deadline | undefined, to: Deadline): void => {
  const { deadlineId, procedureId } = to;
  if (!is) {
    const {
      status: _s,
      endedOn: _e,
      doneLateOn: _d,
      warnedOn: _w,
      effect: _f,
      procedureId: _p,
      ...data
    } = to;
    record(work, 'DeadlineStarted', data, procedureId);
  } else if (is.status === 'elapsed' && to.status !== 'elapsed') {
    record(work, 'DeadlineElapseReversed', { deadlineId, status: 'running' }, procedureId);
  }
  if (is && (is.due !== to.due || is.dueAt !== to.dueAt)) {
    const { naturalDue, due, dueAt, cautiousDue, suspendedDays, provisional, trace, trigger, from, extension, suspensions } = to; // prettier-ignore
    const becomes = { naturalDue, due, dueAt, cautiousDue, suspendedDays, provisional, trace, trigger, from, extension, suspensions }; // prettier-ignore
    record(
      work,
      'DeadlineRecomputed',
      { deadlineId, fromDue: is.due, toDue: due, why: 'late-fact', becomes },
      procedureId,
    );
  }
  const now = work.state.deadlines[deadlineId]!;
  if (now.status === to.status) return;
  if (to.status === 'met') record(work, 'DeadlineMet', { deadlineId, on: to.endedOn }, procedureId);
  if (to.status === 'void')
    record(work, 'DeadlineVoided', { deadlineId, why: 'late-fact', on: to.endedOn }, procedureId);
  if (to.status === 'elapsed')
    record(
      work,
      'DeadlineElapsed',
      { deadlineId, generation: now.generation, rule: to.rule, effect: to.effect },
      procedureId,
    );
};

const restateProcedure = (work: Work, is: ProcedureState, to: ProcedureState): void => {
  if (is.status === 'closed' && to.status === 'open')
    record(work, 'ProcedureReopened', { step: to.step }, to.id);
  else if (is.step !== to.step) record(work, 'StepEntered', { step: to.step }, to.id);
  if (
    to.status === 'closed' &&
    (is.status === 'open' || is.outcome !== to.outcome || is.closedOn !== to.closedOn)
  )
    record(work, 'ProcedureClosed', { outcome: to.outcome, closedOn: to.closedOn }, to.id);
  const now = work.state.procedures[to.id]!;
  const becomes: Partial<ProcedureState> = {
    ...(same(now.neutrals, to.neutrals) ? {} : { neutrals: to.neutrals }),
    ...(same(now.consents, to.consents) ? {} : { consents: to.consents }),
    ...(same(now.sessions, to.sessions) ? {} : { sessions: to.sessions }),
    ...(same(now.agreement, to.agreement) ? {} : { agreement: to.agreement }),
    ...(same(now.award, to.award) ? {} : { award: to.award }),
    ...(now.suspendedSince === to.suspendedSince ? {} : { suspendedSince: to.suspendedSince }),
  };
  if (Object.keys(becomes).length > 0)
    record(work, 'ProcedureRestated', { why: 'late-fact', becomes }, to.id);
};

/** Says by explicit events what the state must become; nothing is rewritten. */
const restate = (work: Work, to: DisputeState): void => {
  for (const debt of Object.values(work.state.debts))
    if (!to.debts[debt.debtId]) record(work, 'NoticeWithdrawn', { debtId: debt.debtId }, debt.procedureId);
  for (const deadline of Object.values(to.deadlines))
    restateDeadline(work, work.state.deadlines[deadline.deadlineId], deadline);
  for (const deadline of Object.values(work.state.deadlines))
    if (!to.deadlines[deadline.deadlineId] && deadline.status !== 'void')
      record(work, 'DeadlineVoided', { deadlineId: deadline.deadlineId, why: 'late-fact', on: deadline.due }, deadline.procedureId); // prettier-ignore
  for (const procedure of Object.values(to.procedures)) {
    const is = work.state.procedures[procedure.id];
    if (is) restateProcedure(work, is, procedure);
  }
  for (const debt of Object.values(to.debts))
    if (!work.state.debts[debt.debtId]) {
      const { outstanding: _, procedureId, ...data } = debt;
      record(work, 'NoticeOwed', data, procedureId);
    }
};

const fieldsOf = (state: DisputeState, request: Request): Fields => {
  const target = targetOf(state, request);
  if (!('code' in target)) return target.definition.fields;
  const own = disputeActions[request.action];
  if (own) return own.fields;
  const having = Object.values(state.procedures).find(
    (one) => procedureDefinition(one.procedure).actions[request.action],
  );
  return having ? procedureDefinition(having.procedure).actions[request.action]!.fields : {};
};

/**
 * Decides a fact dated before recorded ones: on the state at its own instant, and only if every later fact stays legal.
 * It beats an elapse that is already recorded, unless something irreversible rests on that elapse; for that it needs a
 * document. The fact shows as recorded late, and what it changes is said by explicit events caused by it.
 */
export const decideLate = (
  history: readonly HistoricEvent[],
  state: DisputeState,
  request: Request,
  context: DecideContext,
): Decision => {
  const work = beginWork(state, context, context.now);
  const until = state.backfill ? instantOf(state.lastFact) : context.now;
  if (state.status === 'open') passTime(work, until);
  const done = (refusal: Refusal | null): Decision => ({ events: work.events, state: work.state, refusal });
  if (state.status === 'closed')
    return done(refuse('dispute-closed', { alternatives: [{ action: 'reopen' }] }));
  const when = whenOf(state, { fields: fieldsOf(state, request), aside: false }, request, context.now);
  if ('code' in when) return done(when);

  const { state: corrected, fact, refusal, superseding } = replay(history, { request, when }, context, until);
  if (refusal) return done(refusal);
  if (superseding)
    return done(
      refuse('superseded-by-later-facts', {
        detail: {
          zh: `其后 ${superseding.occurredAt.slice(0, 10)} 已记录的事实（${superseding.type}）将不能成立`,
          en: `The fact recorded for ${superseding.occurredAt.slice(0, 10)} (${superseding.type}) would no longer stand`,
        },
      }),
    );
  const taken = reversed(work.state, corrected);
  for (const deadline of taken)
    if (restsOn(history, state, deadline))
      return done(refuse('irreversible', deadline.basis ? { basis: deadline.basis } : {}));
  if (taken.length > 0 && !request.documentId)
    return done(refuse('document-required', { pointer: '/documentId' }));
  if (request.documentId && !state.documents[request.documentId])
    return done(refuse('unknown-document', { pointer: '/documentId' }));

  // The fact as the replay decided it, then what follows from it as a difference.
  if (!fact) return done(refuse('action-not-available'));
  work.at = when.at;
  const data = {
    ...fact.data,
    recordedLate: true,
    ...(request.documentId ? { provedBy: request.documentId } : {}),
  };
  const index = record(work, fact.type, data, fact.procedureId);
  following(work, index, () => restate(work, corrected));
  return done(null);
};
