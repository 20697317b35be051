import type { CivilDate } from '../calendar/civil-date.js';
import { packageParts } from '../handoff/parts.js';
import { profileOf, profiles } from '../profiles/profiles.js';
import { procedureDefinition, procedureDefinitions } from '../procedures/procedures.js';
import type { ProcedureCode } from '../routes/codes.js';
import type { Role } from './context.js';
import { collectiveActions } from './collective.js';
import { closeDispute, courseOf } from './course.js';
import { meetDeadlines, startDeadline, voidDeadlines } from './deadlines.js';
import { disputeFacts, isFactValue } from './facts.js';
import { bodyField, documentId, flag, integer, legalDate, list, object, oneOf, optional, partyRef, person, text, word, type BodyOf, type Fields } from './fields.js'; // prettier-ignore
import { mayOpen, openProcedure } from './open-procedure.js';
import { recompute, wouldRecompute } from './recompute.js';
import { refuse, type Refusal } from './refusal.js';
import { partyFields } from './register.js';
import type { Handoff } from './state.js';
import { passTime } from './time.js';
import { instantOf, record, today, type Work } from './work.js';

/** An action of the dispute as a whole, whatever procedures it is in. */
export interface DisputeAction<F extends Fields = Fields> {
  title: { zh: string; en: string };
  by: readonly Role[];
  basis?: string;
  fields: F;
  records: string;
  /** `open`: only while the dispute is open; `closed`: only once it is closed. */
  when: 'open' | 'closed' | 'any';
  /** Says nothing about the course of the matter, so that it is never late. */
  aside?: true;
  /** Who may, beyond the role: an organisation with a part in it, the receiver of the handoff, anybody of the role. */
  who: 'organisation' | 'region' | 'receiver' | 'anyone';
  /** Whether the event belongs to the procedure that is named. */
  inProcedure?: true;
  guard?: (work: Work, body: BodyOf<F>, procedureId: string | null) => Refusal | null;
  /** What is recorded, where that is not the body as it stands. */
  perform?: (work: Work, body: BodyOf<F>, on: CivilDate, procedureId: string | null) => void;
  then?: (work: Work, body: BodyOf<F>, on: CivilDate, procedureId: string | null) => void;
  /** Offered through its own endpoint, or the engine's own: not listed among a caller's actions. */
  hidden?: true;
}

const action = <const F extends Fields>(definition: DisputeAction<F>): DisputeAction =>
  definition as unknown as DisputeAction;

const everyone: readonly Role[] = ['intake', 'mediator', 'adviser', 'arbitrator', 'case-officer', 'court-clerk', 'judge', 'supervisor']; // prettier-ignore
const desk: readonly Role[] = [
  'intake',
  'mediator',
  'arbitrator',
  'case-officer',
  'court-clerk',
  'judge',
  'supervisor',
];

const handoffOf = (work: Work, id: string): Handoff | undefined => work.state.handoffs[id];
const underWay = ({ status }: Handoff): boolean => ['requested', 'delivered', 'escalated'].includes(status);
const unknownHandoff = refuse('unknown-fact', { pointer: '/handoffId' });

const chaseFrom = (work: Work, handoff: Handoff): void => {
  if (!work.state.backfill)
    startDeadline(work, { rule: 'SL-HANDOFF', procedureId: handoff.procedureId, holder: 'body', subject: handoff.handoffId, from: work.at, trigger: 'handoff-requested' }); // prettier-ignore
};

export const disputeActions: Readonly<Record<string, DisputeAction>> = {
  ...collectiveActions,
  'open-procedure': action({
    title: { zh: '启动程序', en: 'open a procedure' },
    by: [...desk, 'party'],
    when: 'open',
    who: 'region',
    fields: {
      procedure: oneOf(procedureDefinitions.map(({ code }) => code) as readonly ProcedureCode[], { zh: '程序', en: 'procedure' }),
      track: optional(oneOf(['people', 'labour', 'industry'], { zh: '类别', en: 'track' })),
      joint: optional(flag('法院与工会联合', 'union and court jointly')),
      body: bodyField('承办机构', 'body in charge'),
      appliedOn: legalDate('申请日期', 'date of the application'),
      applicants: optional(list(partyRef('申请人', 'applicant'), 1, 50)),
    },
    records: 'ProcedureOpened',
    guard: (work, body) => {
      const how = mayOpen(work, body);
      return 'code' in how ? how : null;
    },
    perform: (work, body, on) => {
      const how = mayOpen(work, body);
      if (!('code' in how)) openProcedure(work, body, how, on);
    },
  }), // prettier-ignore
  assign: action({
    title: { zh: '指定责任人', en: 'assign an owner' },
    by: ['supervisor', 'intake', 'mediator', 'case-officer', 'arbitrator', 'court-clerk'],
    when: 'open',
    who: 'region',
    aside: true,
    fields: {
      organisation: word('责任机构', 'organisation', 80),
      person: optional(person('责任人', 'person')),
    },
    records: 'OwnerAssigned',
  }),
  'add-party': action({
    title: { zh: '追加当事人', en: 'add a party' },
    by: desk,
    when: 'open',
    who: 'organisation',
    fields: { party: object(partyFields) },
    records: 'PartyAdded',
    guard: (work, body) =>
      work.state.parties.some(({ ref }) => ref === body.party.ref) ? refuse('duplicate-party', { pointer: '/party/ref' }) : null,
    perform: (work, { party }) => {
      const none = { capacity: null, phone: null, idNumber: null, address: null, account: null };
      record(work, 'PartyAdded', { party: { ...none, ...party, capacityAssumed: false } }, null);
    },
  }), // prettier-ignore
  // Decided on the stream (correction.ts): what a fact of the past is, changes what followed from it.
  'correct-fact': action({
    title: { zh: '更正事实', en: 'correct a fact' },
    by: desk,
    when: 'open',
    who: 'organisation',
    aside: true,
    fields: {
      fact: optional(
        oneOf(Object.keys(disputeFacts) as (keyof typeof disputeFacts)[], {
          zh: '案件事实',
          en: 'fact of the dispute',
        }),
      ),
      event: optional(
        integer(2, 1_000_000, { zh: '被更正事实的版本号', en: 'version of the recorded fact' }),
      ),
      field: optional(word('被更正的字段', 'field of the recorded fact')),
      value: { type: 'scalar', title: { zh: '更正后的值', en: 'corrected value' } },
      document: optional(documentId('依据文书', 'what the correction rests on')),
    },
    records: 'FactCorrected',
    guard: (_, { fact, event, field, value }) => {
      if (fact !== undefined && event === undefined)
        return isFactValue(fact, value) ? null : refuse('fact-invalid', { pointer: '/value' });
      return event !== undefined && field !== undefined && fact === undefined
        ? null
        : refuse('unknown-fact', { pointer: '/fact' });
    },
  }),
  'add-note': action({
    title: { zh: '添加备注', en: 'add a note' },
    by: everyone,
    when: 'any',
    who: 'region',
    aside: true,
    fields: { text: text('note', { zh: '内容', en: 'text' }) },
    records: 'NoteAdded',
  }),
  'add-evidence': action({
    title: { zh: '提交证据', en: 'add evidence' },
    by: [...everyone, 'party'],
    when: 'open',
    who: 'organisation',
    aside: true,
    inProcedure: true,
    fields: {
      document: documentId('证据材料', 'evidence'),
      party: optional(partyRef('提交人', 'submitted by')),
      proves: optional(text('evidence-purpose', { zh: '证明目的', en: 'what it proves' })),
    },
    records: 'EvidenceAdded',
  }),
  withdraw: action({
    title: { zh: '撤回', en: 'withdraw' },
    by: [...desk, 'party'],
    when: 'open',
    who: 'organisation',
    inProcedure: true,
    fields: {
      party: optional(partyRef('撤回人', 'withdrawn by')),
      settled: optional(flag('因和解撤回', 'withdrawn on a settlement')),
      withdrawnOn: legalDate('撤回日期', 'date of withdrawal'),
    },
    records: 'Withdrawn',
    guard: (work, _, procedureId) =>
      procedureId !== null && work.state.procedures[procedureId]?.status === 'closed'
        ? refuse('procedure-closed')
        : null,
    then: (work, _, on, procedureId) => {
      if (procedureId === null) return closeDispute(work, 'withdrawn');
      const course = courseOf(work, procedureId);
      course.close('withdrawn', on);
      procedureDefinition(course.procedure.procedure).withdrawn?.(course, on);
    },
  }),
  close: action({
    title: { zh: '结案', en: 'close the dispute' },
    by: desk,
    when: 'open',
    who: 'organisation',
    fields: {
      reason: optional(oneOf(['performed', 'settled', 'withdrawn', 'decided', 'referred', 'no-further-route', 'other'], { zh: '结案方式', en: 'reason' })), // prettier-ignore
      closedOn: legalDate('结案日期', 'date of closing'),
    },
    records: 'DisputeClosed',
    guard: (work) => {
      const open = Object.values(work.state.procedures).filter(({ status }) => status === 'open');
      if (open.length === 0) return null;
      return refuse('procedures-open', {
        alternatives: open.map(({ procedure }) => ({ action: 'withdraw', procedure })),
      });
    },
    perform: (work, body) => closeDispute(work, body.reason ?? 'other'),
  }),
  reopen: action({
    title: { zh: '重新开启', en: 'reopen the dispute' },
    by: ['supervisor', 'intake', 'mediator', 'case-officer', 'court-clerk', 'judge', 'arbitrator'],
    when: 'closed',
    who: 'organisation',
    fields: {
      reason: optional(
        oneOf(['closed-in-error', 'not-performed', 'new-facts', 'other'], { zh: '理由', en: 'reason' }),
      ),
      voids: optional(
        list(
          integer(2, 1_000_000, { zh: '被撤销事实的版本号', en: 'version of a fact that is void' }),
          1,
          50,
        ),
      ),
      reopenedOn: legalDate('重新开启日期', 'date of reopening'),
    },
    records: 'DisputeReopened',
  }),
  'raise-alert': action({
    title: { zh: '上报预警', en: 'raise an alert' },
    by: everyone,
    when: 'open',
    who: 'region',
    aside: true,
    basis: 'PM-08',
    fields: {
      kind: oneOf(['violence', 'self-harm', 'group', 'crime', 'other'], { zh: '风险', en: 'risk' }),
      text: optional(text('alert', { zh: '情况', en: 'circumstances' })),
    },
    records: 'AlertRaised',
    // A possible crime or breach of public order must be reported to the police at once (人民调解法25).
    then: (work, body) => {
      const open = Object.values(work.state.procedures).find(({ status }) => status === 'open');
      if (open && (body.kind === 'crime' || body.kind === 'violence'))
        courseOf(work, open.id).owe('police-report');
    },
  }),
  'request-handoff': action({
    title: { zh: '移送', en: 'request a handoff' },
    by: desk,
    when: 'open',
    who: 'organisation',
    inProcedure: true,
    fields: {
      to: bodyField('接收机构', 'receiver'),
      parts: optional(list(oneOf(packageParts, { zh: '移送内容', en: 'part' }), 1, 20)),
    },
    records: 'HandoffRequested',
    guard: (work, body, procedureId) => {
      if (procedureId === null) return refuse('unknown-procedure', { pointer: '/procedureId' });
      const same = Object.values(work.state.handoffs).some(
        (one) => underWay(one) && one.procedureId === procedureId && one.to.code === body.to.code,
      );
      return same ? refuse('handoff-pending', { pointer: '/to' }) : null;
    },
    perform: (work, body, _, procedureId) => {
      const course = courseOf(work, procedureId!);
      course.handOff(course.procedure.body, body.to, body.parts ?? packageParts);
    },
  }),
  'accept-handoff': action({
    title: { zh: '接收移送', en: 'accept a handoff' },
    by: ['court-clerk', 'judge', 'arbitrator', 'case-officer', 'mediator'],
    when: 'open',
    who: 'receiver',
    hidden: true,
    fields: {
      handoffId: word('移送编号', 'handoff', 80),
      receivedOn: { type: 'date', legal: true, title: { zh: '签收日期', en: 'date of receipt' } },
      externalId: optional(text('external-id', { zh: '接收方案号', en: 'the receiver’s own number' }, 100)),
    },
    records: 'HandoffAccepted',
    guard: (work, body) => {
      const handoff = handoffOf(work, body.handoffId);
      if (!handoff) return unknownHandoff;
      return underWay(handoff) ? null : refuse('handoff-ended');
    },
    perform: (work, body, on) => {
      const handoff = handoffOf(work, body.handoffId)!;
      record(work, 'HandoffAccepted', { ...body, receivedOn: on }, handoff.procedureId);
    },
    then: (work, body, on) => {
      const handoff = handoffOf(work, body.handoffId)!;
      meetDeadlines(work, { rule: 'SL-HANDOFF', subject: handoff.handoffId });
      const course = courseOf(work, handoff.procedureId);
      if (course.procedure.status === 'open' && handoff.to.code === course.procedure.body.code)
        procedureDefinition(course.procedure.procedure).received?.(course, handoff, on);
    },
  }),
  'return-handoff': action({
    title: { zh: '退回移送', en: 'return a handoff' },
    by: ['court-clerk', 'judge', 'arbitrator', 'case-officer', 'mediator'],
    when: 'open',
    who: 'receiver',
    hidden: true,
    fields: {
      handoffId: word('移送编号', 'handoff', 80),
      reason: text('return-reason', { zh: '退回理由', en: 'reason' }, 200),
      detail: text('return-detail', { zh: '说明', en: 'detail' }),
      returnedOn: legalDate('退回日期', 'date of return'),
    },
    records: 'HandoffReturned',
    guard: (work, body) => {
      const handoff = handoffOf(work, body.handoffId);
      if (!handoff) return unknownHandoff;
      return underWay(handoff) ? null : refuse('handoff-ended');
    },
    perform: (work, body, on) => {
      const handoff = handoffOf(work, body.handoffId)!;
      record(work, 'HandoffReturned', { ...body, returnedOn: on }, handoff.procedureId);
    },
    then: (work, body) =>
      voidDeadlines(work, { rule: 'SL-HANDOFF', subject: body.handoffId }, 'handoff-returned'),
  }),
  'resend-handoff': action({
    title: { zh: '重新移送', en: 'resend a returned handoff' },
    by: desk,
    when: 'open',
    who: 'organisation',
    fields: {
      handoffId: word('移送编号', 'handoff', 80),
      parts: optional(list(oneOf(packageParts, { zh: '移送内容', en: 'part' }), 1, 20)),
    },
    records: 'HandoffResent',
    guard: (work, body) => {
      const handoff = handoffOf(work, body.handoffId);
      if (!handoff) return unknownHandoff;
      return handoff.status === 'returned' ? null : refuse('handoff-not-returned');
    },
    perform: (work, body) => {
      const handoff = handoffOf(work, body.handoffId)!;
      const parts = body.parts ?? handoff.parts;
      record(work, 'HandoffResent', { handoffId: handoff.handoffId, parts }, handoff.procedureId);
    },
    then: (work, body) => chaseFrom(work, handoffOf(work, body.handoffId)!),
  }),
  'finish-backfill': action({
    title: { zh: '完成补录', en: 'finish the backfill' },
    by: everyone,
    when: 'any',
    who: 'region',
    aside: true,
    fields: {},
    records: 'BackfillFinished',
    guard: (work) => (work.state.backfill ? null : refuse('not-in-backfill')),
    // The engine wakes: time passes to this moment, and the handoffs still open are chased from here on.
    then: (work) => {
      if (work.state.status === 'closed') return;
      passTime(work, instantOf(work.at));
      for (const handoff of Object.values(work.state.handoffs))
        if (underWay(handoff)) chaseFrom(work, handoff);
    },
  }),
  'change-profile': action({
    title: { zh: '变更区域配置', en: 'move to another regional profile' },
    by: ['supervisor', 'administrator'],
    when: 'open',
    who: 'region',
    aside: true,
    fields: {
      profile: oneOf(
        profiles.map(({ code }) => code),
        { zh: '区域配置', en: 'profile' },
      ),
    },
    records: 'ProfileChanged',
    guard: (work, body) =>
      body.profile === work.state.profile.code ? refuse('already-done', { pointer: '/profile' }) : null,
    perform: (work, body) => {
      const profile = profileOf(body.profile)!;
      const to = { code: profile.code, version: profile.version };
      record(work, 'ProfileChanged', { from: work.state.profile, to }, null);
      work.context = { ...work.context, profile };
    },
    then: (work) => recompute(work, 'profile'),
  }),
  'recompute-deadlines': action({
    title: { zh: '按新日历重算期限', en: 'compute open periods under the calendar now loaded' },
    by: ['system'],
    when: 'open',
    who: 'anyone',
    hidden: true,
    aside: true,
    fields: {},
    records: 'CalendarApplied',
    guard: (work) => (wouldRecompute(work).length > 0 ? null : refuse('already-done')),
    perform: (work) =>
      void record(
        work,
        'CalendarApplied',
        { from: work.state.calendarVersion, to: work.context.calendar.version },
        null,
      ),
    then: (work) => recompute(work, 'calendar'),
  }),
  'add-document': action({
    title: { zh: '上传文书', en: 'add a document' },
    by: [...everyone, 'party'],
    when: 'any',
    who: 'region',
    aside: true,
    hidden: true,
    inProcedure: true,
    fields: {
      documentId: word('文书编号', 'document', 80),
      kind: word('文书类型', 'kind', 40),
      sha256: word('散列值', 'SHA-256', 64),
      size: integer(0, 52_428_800),
      mediaType: word('媒体类型', 'media type', 120),
      name: optional(text('document-name', { zh: '文件名', en: 'file name' }, 255)),
    },
    records: 'DocumentAdded',
  }),
  'record-delivery': action({
    title: { zh: '记录移送已投递', en: 'record that a handoff was delivered' },
    by: ['system'],
    when: 'open',
    who: 'anyone',
    hidden: true,
    aside: true,
    fields: { handoffId: word('移送编号', 'handoff', 80) },
    records: 'HandoffDelivered',
    guard: (work, body) =>
      handoffOf(work, body.handoffId)?.status === 'requested' ? null : refuse('already-done'),
    perform: (work, body) =>
      void record(work, 'HandoffDelivered', { ...body }, handoffOf(work, body.handoffId)!.procedureId),
  }),
  'record-warning': action({
    title: { zh: '期限临近提醒', en: 'warn that a period is about to pass' },
    by: ['system'],
    when: 'open',
    who: 'anyone',
    hidden: true,
    aside: true,
    fields: { deadlineId: word('期限编号', 'deadline', 200) },
    records: 'DeadlineWarned',
    guard: (work, body) => {
      const deadline = work.state.deadlines[body.deadlineId];
      return deadline?.status === 'running' && deadline.warnedOn === null ? null : refuse('already-done');
    },
    perform: (work, body) => {
      const { deadlineId, procedureId, rule } = work.state.deadlines[body.deadlineId]!;
      record(work, 'DeadlineWarned', { deadlineId, rule, on: today(work) }, procedureId);
    },
  }),
};
