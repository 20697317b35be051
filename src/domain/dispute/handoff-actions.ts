import { packageParts } from '../handoff/parts.js';
import { procedureDefinition } from '../procedures/procedures.js';
import { courseOf } from './course.js';
import { meetDeadlines, startDeadline, voidDeadlines } from './deadlines.js';
import { action, desk, type DisputeAction } from './dispute-action.js';
import { bodyField, legalDate, list, oneOf, optional, text, word } from './fields.js';
import { refuse } from './refusal.js';
import type { Handoff } from './state.js';
import { record, type Work } from './work.js';

const handoffOf = (work: Work, id: string): Handoff | undefined => work.state.handoffs[id];
/** Neither accepted, nor returned, nor cancelled. */
export const underWay = ({ status }: Handoff): boolean => ['requested', 'delivered', 'escalated'].includes(status);
const unknownHandoff = refuse('unknown-fact', { pointer: '/handoffId' });

/** Starts the chase of a handoff that nobody has signed for; while a past matter is typed in, nobody is chased. */
export const chaseFrom = (work: Work, handoff: Handoff): void => {
  if (!work.state.backfill)
    startDeadline(work, {
      rule: 'SL-HANDOFF',
      procedureId: handoff.procedureId,
      holder: 'body',
      subject: handoff.handoffId,
      from: work.at,
      trigger: 'handoff-requested',
    });
};

/** Sending a package to a court or another body, and what that body does with it. */
export const handoffActions: Readonly<Record<string, DisputeAction>> = {
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
    then: (work, body) => voidDeadlines(work, { rule: 'SL-HANDOFF', subject: body.handoffId }, 'handoff-returned'),
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
};
