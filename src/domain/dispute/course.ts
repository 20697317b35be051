import type { CivilDate } from '../calendar/civil-date.js';
import { notices, type Owed, type Start, type StepDefinition } from '../procedures/definition.js';
import { procedureDefinition } from '../procedures/procedures.js';
import type { ProcedureCode } from '../routes/codes.js';
import { basisOf } from '../rules/rule-book.js';
import {
  extendDeadline,
  isOpen,
  meetDeadlines,
  resumeDeadline,
  startDeadline,
  suspendDeadline,
  voidDeadlines,
} from './deadlines.js';
import type { DecideContext } from './context.js';
import type { EventType } from './event-types.js';
import type { Body } from './fields.js';
import type { Deadline, DisputeState, Neutral, Occurred, Party, ProcedureOutcome, ProcedureState } from './state.js';
import { sides } from './parties.js';
import { following, record, today, type Work } from './work.js';

/**
 * One procedure while something is being decided in it: what a definition may look at, and the verbs with which it
 * says what follows. Every verb records an event.
 */
export interface Course {
  readonly dispute: DisputeState;
  /** This procedure as it now is. */
  readonly procedure: ProcedureState;
  readonly context: DecideContext;
  /** When what is being decided occurred. */
  readonly at: Occurred;
  readonly today: CivilDate;
  step(): StepDefinition;
  parties(role?: Party['role']): Party[];
  party(ref: string): Party | undefined;
  /** The party in a capacity, for example the worker. */
  inCapacity(capacity: NonNullable<Party['capacity']>): Party | undefined;
  allConsented(): boolean;
  seated(seat: string, status?: Neutral['status']): Neutral[];
  deadline(rule: string, holder?: string): Deadline | undefined;
  /** The course of another procedure by its id. */
  of(id: string): Course;
  /** Another procedure of the dispute: the latest of its kind. */
  other(code: ProcedureCode, status?: ProcedureState['status']): Course | undefined;
  /** The procedure out of which this one was opened. */
  origin(): Course | undefined;

  enter(step: string): void;
  start(start: string | Start, from?: Occurred, party?: string): void;
  /** A period of the dispute itself, such as limitation. */
  startForDispute(rule: string, holder: string, from: Occurred, trigger?: string): void;
  /** One of several periods at once, told apart by `subject` (a seat of the panel). */
  startFor(subject: string, rule: string): void;
  meet(rule: string, holder?: string): void;
  meetForDispute(rule: string): void;
  drop(rule: string, why: string, holder?: string): void;
  dropForDispute(rule: string, why: string): void;
  dropFor(subject: string, rule: string, why: string): void;
  extend(deadline: Deadline, amount: number, approver: string): void;
  suspend(deadline: Deadline, from: CivilDate, ground: string): void;
  resume(deadline: Deadline, to: CivilDate): void;
  owe(notice: Owed): void;
  /** Ends the procedure: its running clocks become void, save those of the rules in `keep`. */
  close(outcome: ProcedureOutcome, on?: CivilDate, keep?: readonly string[]): void;
  /** Goes on in the procedure; `body`: at another body, to which it now belongs. */
  reopen(step: string, body?: Body): void;
  say(type: EventType, data?: object): void;
  /** Requests a handoff of this procedure's package. */
  handOff(from: Body, to: Body, parts: readonly string[]): void;
  closeDispute(reason: string): void;
}

/** The course of procedure `id`. Throws RangeError if there is none. */
export const courseOf = (work: Work, id: string): Course => {
  const procedure = () => {
    const found = work.state.procedures[id];
    if (!found) throw new RangeError('no such procedure');
    return found;
  };
  const latest = (code: ProcedureCode, status?: ProcedureState['status']) =>
    Object.values(work.state.procedures)
      .filter((one) => one.procedure === code && (status === undefined || one.status === status))
      .at(-1);

  const course: Course = {
    get dispute() {
      return work.state;
    },
    get procedure() {
      return procedure();
    },
    context: work.context,
    get at() {
      return work.at;
    },
    get today() {
      return today(work);
    },
    step: () => procedureDefinition(procedure().procedure).steps[procedure().step]!,
    parties: (role) => work.state.parties.filter((party) => role === undefined || party.role === role),
    party: (ref) => work.state.parties.find((party) => party.ref === ref),
    inCapacity: (capacity) => work.state.parties.find((party) => party.capacity === capacity),
    allConsented: () => sides(work.state).every((party) => procedure().consents[party.ref] === 'given'),
    seated: (seat, status = 'accepted') =>
      procedure().neutrals.filter((one) => one.seat === seat && one.status === status),
    deadline: (rule, holder) =>
      Object.values(work.state.deadlines).find(
        (one) => one.rule === rule && one.procedureId === id && (holder === undefined || one.holder === holder),
      ),
    of: (other) => courseOf(work, other),
    other: (code, status) => {
      const found = latest(code, status);
      return found ? courseOf(work, found.id) : undefined;
    },
    origin: () => (procedure().from === null ? undefined : courseOf(work, procedure().from!)),

    enter: (step) => {
      if (procedure().step !== step) record(work, 'StepEntered', { step }, id);
    },
    start: (given, from = work.at, party) => {
      // A paper may be served after the dispute is closed: no clock runs in a closed matter.
      if (work.state.status === 'closed') return;
      const start: Start = typeof given === 'string' ? { rule: given } : given;
      if (start.when && !start.when(course)) return;
      for (const holder of holdersOf(work.state, start.holder ?? 'body', party))
        startDeadline(work, {
          rule: start.rule,
          procedureId: id,
          holder,
          from,
          ...(start.amount ? { amount: start.amount } : {}),
          ...(start.subject ? { subject: start.subject } : {}),
        });
    },
    startForDispute: (rule, holder, from, trigger) =>
      startDeadline(work, { rule, procedureId: null, holder, from, ...(trigger ? { trigger } : {}) }),
    startFor: (subject, rule) => startDeadline(work, { rule, procedureId: id, holder: 'body', from: work.at, subject }),
    meet: (rule, holder) => meetDeadlines(work, { rule, procedureId: id, ...(holder ? { holder } : {}) }),
    meetForDispute: (rule) => meetDeadlines(work, { rule, procedureId: null }),
    drop: (rule, why, holder) => voidDeadlines(work, { rule, procedureId: id, ...(holder ? { holder } : {}) }, why),
    dropForDispute: (rule, why) => voidDeadlines(work, { rule, procedureId: null }, why),
    dropFor: (subject, rule, why) => voidDeadlines(work, { rule, procedureId: id, subject }, why),
    extend: (deadline, amount, approver) => extendDeadline(work, deadline, amount, approver),
    suspend: (deadline, from, ground) => suspendDeadline(work, deadline, from, ground),
    resume: (deadline, to) => resumeDeadline(work, deadline, to),
    owe: (owed) => {
      const { notice: code, basis } = typeof owed === 'string' ? { notice: owed, basis: notices[owed].basis } : owed;
      const notice = notices[code];
      const to =
        notice.to === 'file'
          ? ['file']
          : work.state.parties
              .filter((p) => (notice.to === 'parties' ? p.role !== 'third-party' : p.role === 'claimant'))
              .map((p) => p.ref);
      const debt = {
        debtId: `${id}:${code}`,
        notice: code,
        organisation: procedure().body.code,
        to,
        owedSince: today(work),
        basis: basisOf(basis),
      };
      record(work, 'NoticeOwed', debt, id);
    },
    close: (outcome, on = today(work), keep = []) => {
      const index = record(work, 'ProcedureClosed', { outcome, closedOn: on }, id);
      following(work, index, () => {
        for (const deadline of Object.values(work.state.deadlines)) {
          if (isOpen(deadline) && deadline.procedureId === id && !keep.includes(deadline.rule) && !outlives(deadline))
            record(work, 'DeadlineVoided', { deadlineId: deadline.deadlineId, why: 'procedure-closed', on }, id);
        }
      });
    },
    reopen: (step, body) => void record(work, 'ProcedureReopened', { step, ...(body ? { body } : {}) }, id),
    say: (type, data = {}) => void record(work, type, data, id),
    handOff: (from, to, parts) => {
      const handoffId = work.ids.handoff();
      const index = record(work, 'HandoffRequested', { handoffId, from, to, parts }, id);
      // While a past matter is being typed in, nobody is to be chased.
      if (!work.state.backfill)
        following(work, index, () =>
          startDeadline(work, {
            rule: 'SL-HANDOFF',
            procedureId: id,
            holder: 'body',
            subject: handoffId,
            from: work.at,
            trigger: 'handoff-requested',
          }),
        );
    },
    closeDispute: (reason) => closeDispute(work, reason),
  };
  return course;
};

/** A party's right, and the chase of a handoff, outlive the procedure that gave rise to them. */
const outlives = (deadline: Deadline): boolean => deadline.kind === 'party-right' || deadline.rule === 'SL-HANDOFF';

const holdersOf = (state: DisputeState, holder: NonNullable<Start['holder']>, party?: string): string[] => {
  switch (holder) {
    case 'body':
      return ['body'];
    case 'each-party':
      return sides(state).map(({ ref }) => `party:${ref}`);
    case 'party':
      return party === undefined ? [] : [`party:${party}`];
    case 'claimant':
    case 'respondent':
      return state.parties.filter(({ role }) => role === holder).map(({ ref }) => `party:${ref}`);
  }
};

/** Closes the dispute: no clock goes on running in a closed matter. */
export const closeDispute = (work: Work, reason: string): void => {
  const closed = record(work, 'DisputeClosed', { reason, closedOn: today(work) }, null);
  following(work, closed, () => {
    voidDeadlines(work, {}, 'dispute-closed');
    for (const handoff of Object.values(work.state.handoffs))
      if (['requested', 'delivered', 'escalated'].includes(handoff.status))
        record(work, 'HandoffCancelled', { handoffId: handoff.handoffId }, handoff.procedureId);
  });
};
