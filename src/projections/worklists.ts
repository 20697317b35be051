import { findProcedure } from '../domain/procedures/procedures.js';
import type { EventType } from '../domain/dispute/event-types.js';
import type { Deadline, Handoff, Party, ProcedureState } from '../domain/dispute/state.js';
import {
  courseOutline,
  deadlineEvents,
  deadlineOutline,
  disputeStreams,
  follow,
  handoffEvents,
  handoffOutline,
  mayElapse,
  outlineEvents,
  outlines,
  procedureOutline,
  versionOver,
  type Course,
} from './course.js';
import type { Projection, Row, RowsTable } from './projection.js';

/**
 * `deadline`: a period of theirs runs; `offer`: a seat they are asked to take; `handoff`: one lies in their inbox;
 * `handoff-returned`: one of theirs came back; `notice`: one that they owe; `step`: a procedure waits for them.
 */
export const worklistKinds = ['deadline', 'offer', 'handoff', 'handoff-returned', 'notice', 'step'] as const;
export type WorklistKind = (typeof worklistKinds)[number];

const table: RowsTable = {
  kind: 'rows',
  table: 'accord.projected_worklist',
  owner: 'dispute_id',
  key: ['dispute_id', 'item_id'],
  columns: {
    dispute_id: 'text',
    item_id: 'text',
    kind: 'text',
    organisation: 'text',
    account: 'text',
    procedure_id: 'text',
    procedure: 'text',
    step: 'text',
    subject: 'text',
    handoff_id: 'text',
    since: 'text',
    due: 'date',
    due_at: 'timestamptz',
    sort_at: 'timestamptz',
  },
};

/** Sorts behind everything that is due. */
const never = '9999-12-31T00:00:00Z';

interface Item {
  id: string;
  kind: WorklistKind;
  organisation?: string | null;
  account?: string | null;
  procedureId?: string | null;
  subject?: string;
  handoffId?: string;
  since: string;
  clock?: Deadline | undefined;
}

const underWay = ({ status }: Handoff) => ['requested', 'delivered', 'escalated'].includes(status);
const isAsked = ({ status }: { status: string }) => status === 'designated' || status === 'invited';
/** Clocks that tell how long an offer or a handoff may wait: shown with what waits. */
const ofAnother = ['SL-HANDOFF', 'SL-DESIGNATION', 'SL-INVITATION'];

const itemsOf = (course: Course): Item[] => {
  const running = Object.values(course.deadlines).filter(({ status }) => status === 'running');
  const clockFor = (rule: string, subject: string, procedureId?: string) =>
    running.find(
      (one) =>
        one.rule === rule && one.subject === subject && (procedureId === undefined || one.procedureId === procedureId),
    );
  /** The person in charge, where the organisation is. */
  const inCharge = (organisation: string | null) =>
    organisation !== null && course.owner.organisation === organisation ? course.owner.account : null;
  const accountOf = (ref: string) => course.parties.find((party) => party.ref === ref)?.account ?? null;
  const items: Item[] = [];

  for (const clock of running) {
    const { deadlineId, rule, holder, procedureId } = clock;
    if (ofAnother.includes(rule)) continue;
    const common = {
      id: `deadline:${deadlineId}`,
      kind: 'deadline',
      procedureId,
      subject: rule,
      since: clock.trigger.on,
      clock,
    } as const;
    if (holder === 'body') {
      const organisation =
        procedureId === null ? course.owner.organisation : (course.procedures[procedureId]?.body.code ?? null);
      items.push({ ...common, organisation, account: inCharge(organisation) });
    } else {
      const account = accountOf(holder.replace(/^party:/, ''));
      if (account !== null) items.push({ ...common, account });
    }
  }
  for (const procedure of Object.values(course.procedures)) {
    if (procedure.status !== 'open') continue;
    const { id, body } = procedure;
    for (const { account, seat, status, attempt, since } of procedure.neutrals.filter(isAsked)) {
      const clock =
        status === 'invited'
          ? clockFor('SL-INVITATION', `${seat}-${attempt}`, id)
          : clockFor('SL-DESIGNATION', account, id);
      items.push({
        id: `offer:${id}:${seat}:${account}`,
        kind: 'offer',
        account,
        procedureId: id,
        subject: seat,
        since,
        clock,
      });
    }
    const waits = findProcedure(procedure.procedure)?.steps[procedure.step]?.waitsFor;
    const step = { kind: 'step', procedureId: id, since: procedure.stepSince } as const;
    if (waits?.who === 'body')
      items.push({
        ...step,
        id: `step:${id}`,
        organisation: body.code,
        account: inCharge(body.code),
        subject: waits.role,
      });
    if (waits?.who === 'parties')
      for (const { ref, role, account } of course.parties)
        if (role !== 'third-party' && account !== null)
          items.push({ ...step, id: `step:${id}:${ref}`, account, subject: waits.role });
  }
  for (const handoff of Object.values(course.handoffs)) {
    const { handoffId, procedureId, from, to, requestedAt, status, returned } = handoff;
    const common = { id: `handoff:${handoffId}`, handoffId, procedureId };
    if (underWay(handoff))
      items.push({
        ...common,
        kind: 'handoff',
        organisation: to.code,
        since: requestedAt,
        clock: clockFor('SL-HANDOFF', handoffId),
      });
    else if (status === 'returned' && returned !== null)
      items.push({
        ...common,
        kind: 'handoff-returned',
        organisation: from.code,
        account: inCharge(from.code),
        since: returned.on,
      });
  }
  for (const { debtId, notice, procedureId, organisation, owedSince } of Object.values(course.debts))
    items.push({
      id: `notice:${debtId}`,
      kind: 'notice',
      organisation,
      account: inCharge(organisation),
      procedureId,
      subject: notice,
      since: owedSince,
    });
  return items;
};

const rowOf = (course: Course, disputeId: string, item: Item): Row => {
  const procedure = item.procedureId ? course.procedures[item.procedureId] : undefined;
  return {
    dispute_id: disputeId,
    item_id: item.id,
    kind: item.kind,
    organisation: item.organisation ?? null,
    account: item.account ?? null,
    procedure_id: item.procedureId ?? null,
    procedure: procedure?.procedure ?? null,
    step: procedure?.step ?? null,
    subject: item.subject ?? null,
    handoff_id: item.handoffId ?? null,
    since: item.since,
    due: item.clock?.due ?? null,
    due_at: item.clock?.dueAt ?? null,
    sort_at: item.clock?.dueAt ?? never,
  };
};

const withNeutrals = (one: ProcedureState): ProcedureState => ({
  ...procedureOutline(one),
  neutrals: one.neutrals.map(({ account, seat, status, attempt, since }) => ({
    account,
    name: null,
    seat,
    status,
    attempt,
    since,
  })),
});

const partyOutline = ({ ref, role, account }: Party): Party => ({ ref, role, account }) as Party;

/** What is due next and what waits, for each organisation and each account. A closed matter, or one being typed in from paper, waits for nobody. */
export const worklists: Projection<Course> = {
  name: 'worklists',
  version: versionOver(1),
  streams: disputeStreams,
  types: [
    ...outlineEvents,
    ...deadlineEvents,
    ...handoffEvents,
    ...([
      'StepEntered',
      'NeutralDesignated',
      'DesignationAnswered',
      'AdviserNominated',
      'AdviserInvited',
      'InvitationAnswered',
      'InvitationUnanswered',
      'NoticeOwed',
      'NoticeGiven',
      'NoticeWithdrawn',
      'RecordFiled',
      'OwnerAssigned',
      'PartyAdded',
      'BackfillFinished',
    ] satisfies EventType[]),
  ],
  tables: [table],
  apply: follow,
  trim: (course) => ({
    ...courseOutline(course),
    owner: { ...course.owner, name: null },
    parties: course.parties.map(partyOutline),
    procedures: outlines(course.procedures, withNeutrals),
    deadlines: outlines(course.deadlines, deadlineOutline, mayElapse),
    handoffs: outlines(course.handoffs, handoffOutline),
    debts: course.debts,
  }),
  rows: (course, id) => [
    course.status === 'closed' || course.backfill ? [] : itemsOf(course).map((item) => rowOf(course, id, item)),
  ],
};
