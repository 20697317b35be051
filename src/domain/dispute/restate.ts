import type { EventType } from './event-types.js';
import { isOpen, startDeadline, voidDeadlines } from './deadlines.js';
import type { Deadline, DisputeState, Occurred, ProcedureState } from './state.js';
import { record, type Work } from './work.js';

/**
 * Says by explicit events what a state must become after a late fact: elapses are reversed, clocks start, end and move,
 * procedures reopen and close. Nothing is rewritten. Service levels of the past stay as they were: the engine asked for
 * an answer then, whatever the facts now are.
 */

/** Kinds of consequences that `restate` finds for itself; any other is recorded as it was decided. */
export const isRestated = (type: string): boolean =>
  /^(Deadline|Notice|Handoff|Step|OverdueAct|Procedure(Closed|Reopened)|DisputeClosed|Owner)/.test(type);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Records with an `occurredAt` of its own. */
const recordAt = (work: Work, at: Occurred, type: EventType, data: object, procedureId: string | null) => {
  const before = work.at;
  work.at = at;
  record(work, type, data, procedureId);
  work.at = before;
};

/** How a period is reckoned, apart from how it stands. */
const reckoning = (deadline: Deadline): Partial<Deadline> => {
  const { ruleVersion, trigger, from, amount, unit, extension, extensions, suspensions, naturalDue } = deadline;
  const { due, dueAt, cautiousDue, suspendedDays, provisional, calendarVersion, trace } = deadline;
  return {
    ruleVersion,
    trigger,
    from,
    amount,
    unit,
    extension,
    extensions,
    suspensions,
    naturalDue,
    due,
    dueAt,
    cautiousDue,
    suspendedDays,
    provisional,
    calendarVersion,
    trace,
  };
};

const begin = (work: Work, is: Deadline | undefined, to: Deadline): void => {
  const { status: _s, endedOn: _e, doneLateOn: _d, warnedOn: _w, effect: _f, procedureId, ...data } = to;
  recordAt(work, to.from, 'DeadlineStarted', { ...data, generation: (is?.generation ?? 0) + 1 }, procedureId);
};

/** Whether an elapse stands as it was recorded; an act done late may still come to it. */
const elapsedAlike = (is: Deadline, to: Deadline): boolean =>
  to.status === 'elapsed' && to.effect === is.effect && (is.doneLateOn === null || is.doneLateOn === to.doneLateOn);

const restateDeadline = (work: Work, is: Deadline | undefined, to: Deadline): void => {
  const { deadlineId, procedureId } = to;
  const ended = is?.status === 'met' || is?.status === 'void';
  if (!is || (ended && isOpen(to))) begin(work, is, to);
  else if (is.status === 'elapsed' && !elapsedAlike(is, to))
    record(work, 'DeadlineElapseReversed', { deadlineId, status: 'running' }, procedureId);

  const begun = work.state.deadlines[deadlineId]!;
  const becomes = reckoning(to);
  if (to.status === 'suspended' && begun.status !== 'suspended')
    record(work, 'DeadlineSuspended', { deadlineId, from: to.suspensions.at(-1)?.from, becomes }, procedureId);
  else if (to.status === 'running' && begun.status === 'suspended')
    record(
      work,
      'DeadlineResumed',
      { deadlineId, to: to.suspensions.at(-1)?.to, fromDue: begun.due, becomes },
      procedureId,
    );
  else if (!same(reckoning(begun), becomes))
    record(
      work,
      'DeadlineRecomputed',
      { deadlineId, fromDue: begun.due, toDue: to.due, why: 'late-fact', becomes },
      procedureId,
    );

  const { status, endedOn, doneLateOn, generation } = work.state.deadlines[deadlineId]!;
  if (status !== to.status || endedOn !== to.endedOn) {
    if (to.status === 'met') record(work, 'DeadlineMet', { deadlineId, on: to.endedOn }, procedureId);
    if (to.status === 'void')
      record(work, 'DeadlineVoided', { deadlineId, why: 'late-fact', on: to.endedOn }, procedureId);
    if (to.status === 'elapsed')
      recordAt(
        work,
        to.dueAt,
        'DeadlineElapsed',
        { deadlineId, generation, rule: to.rule, effect: to.effect },
        procedureId,
      );
  }
  if (to.doneLateOn !== null && doneLateOn !== to.doneLateOn)
    record(work, 'OverdueActDone', { deadlineId, on: to.doneLateOn }, procedureId);
};

/** A service level goes on from here: a new one starts, one that nobody waits for any more ends. */
const restateServiceLevel = (work: Work, is: Deadline | undefined, to: Deadline): void => {
  if (to.rule === 'SL-HANDOFF') return;
  if (!is && to.status === 'running') begin(work, is, to);
  if (is && isOpen(is) && to.status === 'met')
    record(work, 'DeadlineMet', { deadlineId: to.deadlineId, on: to.endedOn }, to.procedureId);
  if (is && isOpen(is) && to.status === 'void')
    record(work, 'DeadlineVoided', { deadlineId: to.deadlineId, why: 'late-fact', on: to.endedOn }, to.procedureId);
};

const restateDeadlines = (work: Work, to: DisputeState): void => {
  for (const deadline of Object.values(to.deadlines)) {
    const is = work.state.deadlines[deadline.deadlineId];
    if (deadline.basis === null) restateServiceLevel(work, is, deadline);
    else restateDeadline(work, is, deadline);
  }
  for (const { deadlineId, status, basis, due, procedureId } of Object.values(work.state.deadlines)) {
    if (to.deadlines[deadlineId] || status === 'void' || (basis === null && status !== 'running')) continue;
    if (status === 'elapsed') record(work, 'DeadlineElapseReversed', { deadlineId, status: 'running' }, procedureId);
    record(work, 'DeadlineVoided', { deadlineId, why: 'late-fact', on: due }, procedureId);
  }
};

/** What a procedure holds besides its course. */
const particulars = [
  'track',
  'joint',
  'body',
  'organisations',
  'applicants',
  'openedOn',
  'from',
  'neutrals',
  'consents',
  'sessions',
  'agreement',
  'award',
  'suspendedSince',
] as const satisfies readonly (keyof ProcedureState)[];

const restateProcedure = (work: Work, is: ProcedureState, to: ProcedureState): void => {
  const ends = is.status === 'closed' && (is.outcome !== to.outcome || is.closedOn !== to.closedOn);
  if (ends) recordAt(work, to.stepSince, 'ProcedureReopened', { step: to.step }, to.id);
  else if (is.step !== to.step || (to.status === 'open' && is.stepSince !== to.stepSince))
    recordAt(work, to.stepSince, 'StepEntered', { step: to.step }, to.id);
  if (to.status === 'closed' && (ends || is.status === 'open'))
    recordAt(work, to.stepSince, 'ProcedureClosed', { outcome: to.outcome, closedOn: to.closedOn }, to.id);
  const now = work.state.procedures[to.id]!;
  const becomes = Object.fromEntries(
    particulars.filter((name) => !same(now[name], to[name])).map((name) => [name, to[name]]),
  );
  if (Object.keys(becomes).length > 0) record(work, 'ProcedureRestated', { why: 'late-fact', becomes }, to.id);
};

const restateDebts = (work: Work, to: DisputeState): void => {
  for (const debt of Object.values(work.state.debts))
    if (!same(debt, to.debts[debt.debtId])) record(work, 'NoticeWithdrawn', { debtId: debt.debtId }, debt.procedureId);
  for (const debt of Object.values(to.debts)) {
    if (work.state.debts[debt.debtId]) continue;
    const { outstanding, procedureId, ...data } = debt;
    record(work, 'NoticeOwed', { ...data, to: outstanding }, procedureId);
  }
};

/** A handoff that now follows is requested, and chased from now on; one that no longer does is cancelled. */
const restateHandoffs = (work: Work, to: DisputeState): void => {
  for (const { handoffId, from, to: receiver, parts, procedureId, requestedAt } of Object.values(to.handoffs)) {
    if (work.state.handoffs[handoffId]) continue;
    recordAt(work, requestedAt, 'HandoffRequested', { handoffId, from, to: receiver, parts }, procedureId);
    if (!work.state.backfill)
      startDeadline(work, {
        rule: 'SL-HANDOFF',
        procedureId,
        holder: 'body',
        subject: handoffId,
        from: work.context.now,
        trigger: 'handoff-requested',
      });
  }
  for (const { handoffId, status, procedureId } of Object.values(work.state.handoffs)) {
    const goesOn = to.handoffs[handoffId] && to.handoffs[handoffId].status !== 'cancelled';
    if (goesOn || !['requested', 'delivered', 'escalated'].includes(status)) continue;
    record(work, 'HandoffCancelled', { handoffId }, procedureId);
    voidDeadlines(work, { rule: 'SL-HANDOFF', subject: handoffId }, 'late-fact');
  }
};

/** Says what the state must become, as consequences of the work's present cause. */
export const restate = (work: Work, to: DisputeState): void => {
  restateDeadlines(work, to);
  for (const procedure of Object.values(to.procedures)) {
    const is = work.state.procedures[procedure.id];
    if (is) restateProcedure(work, is, procedure);
  }
  restateDebts(work, to);
  restateHandoffs(work, to);
  const { organisation, account, name } = to.owner;
  if (!same(work.state.owner, to.owner))
    record(work, 'OwnerAssigned', { organisation, ...(account === null ? {} : { person: { account, name } }) }, null);
  if (to.status === 'closed' && work.state.status === 'open')
    record(work, 'DisputeClosed', { reason: to.closeReason, closedOn: to.closedOn }, null);
};
