import { profileOf, profiles } from '../profiles/profiles.js';
import { procedureDefinition, procedureDefinitions } from '../procedures/procedures.js';
import type { ProcedureCode } from '../routes/codes.js';
import { bindingProblem, collectiveActions } from './collective.js';
import { closeDispute, courseOf } from './course.js';
import { action, desk, everyone, type DisputeAction } from './dispute-action.js';
import { engineActions } from './engine-actions.js';
import { eraseSubject } from './erase-subject.js';
import { disputeFacts, isFactValue } from './facts.js';
import {
  bodyField,
  documentId,
  flag,
  integer,
  legalDate,
  list,
  object,
  oneOf,
  optional,
  partyRef,
  person,
  text,
  word,
} from './fields.js';
import { chaseFrom, handoffActions, underWay } from './handoff-actions.js';
import { mayOpen, openProcedure } from './open-procedure.js';
import { recompute } from './recompute.js';
import { refuse } from './refusal.js';
import { partyFields } from './register.js';
import { passTime } from './time.js';
import { unionActions } from './union-actions.js';
import { instantOf, record } from './work.js';

/** Every track of any procedure; which belong to the one that is opened, its definition says. */
const tracks = [...new Set(procedureDefinitions.flatMap(({ tracks: own = [] }) => own))];

/** What can be done with every dispute, whatever procedures it is in. */
export const disputeActions: Readonly<Record<string, DisputeAction>> = {
  ...collectiveActions,
  ...handoffActions,
  ...unionActions,
  ...engineActions,
  'open-procedure': action({
    title: { zh: '启动程序', en: 'open a procedure' },
    by: [...desk, 'party'],
    when: 'open',
    who: 'region',
    fields: {
      procedure: oneOf(procedureDefinitions.map(({ code }) => code) as readonly ProcedureCode[], {
        zh: '程序',
        en: 'procedure',
      }),
      track: optional(oneOf(tracks, { zh: '类别', en: 'track' })),
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
  }),
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
      work.state.parties.some(({ ref }) => ref === body.party.ref)
        ? refuse('duplicate-party', { pointer: '/party/ref' })
        : null,
    perform: (work, { party }) => {
      const none = { capacity: null, phone: null, idNumber: null, address: null, account: null };
      record(work, 'PartyAdded', { party: { ...none, ...party, capacityAssumed: false } }, null);
    },
  }),
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
      event: optional(integer(2, 1_000_000, { zh: '被更正事实的版本号', en: 'version of the recorded fact' })),
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
    guard: (work, { settled }, procedureId) => {
      if (procedureId !== null && work.state.procedures[procedureId]?.status === 'closed')
        return refuse('procedure-closed');
      return settled ? bindingProblem(work.state) : null;
    },
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
      reason: optional(
        oneOf(['performed', 'settled', 'withdrawn', 'decided', 'referred', 'no-further-route', 'other'], {
          zh: '结案方式',
          en: 'reason',
        }),
      ),
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
      reason: optional(oneOf(['closed-in-error', 'not-performed', 'new-facts', 'other'], { zh: '理由', en: 'reason' })),
      voids: optional(
        list(integer(2, 1_000_000, { zh: '被撤销事实的版本号', en: 'version of a fact that is void' }), 1, 50),
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
      const open = Object.values(work.state.procedures).find(
        ({ status, procedure }) => status === 'open' && procedureDefinition(procedure).actions['file-record'],
      );
      if (open && (body.kind === 'crime' || body.kind === 'violence')) courseOf(work, open.id).owe('police-report');
    },
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
      for (const handoff of Object.values(work.state.handoffs)) if (underWay(handoff)) chaseFrom(work, handoff);
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
  'erase-subject': eraseSubject,
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
};
