import { action, type DisputeAction } from './dispute-action.js';
import { word } from './fields.js';
import { recompute, wouldRecompute } from './recompute.js';
import { refuse } from './refusal.js';
import { record, today } from './work.js';

/** What the engine itself records: that it delivered, warned, or dated periods anew. Never an act of a person. */
export const engineActions: Readonly<Record<string, DisputeAction>> = {
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
      work.state.handoffs[body.handoffId]?.status === 'requested' ? null : refuse('already-done'),
    perform: (work, body) =>
      void record(work, 'HandoffDelivered', { ...body }, work.state.handoffs[body.handoffId]!.procedureId),
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
