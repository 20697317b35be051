import type { Course } from '../dispute/course.js';
import { bodyField, legalDate, oneOf, type Body } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { action, type StepDefinition } from './definition.js';

const staff = ['case-officer'] as const;

/** A petition office 信访部门 forwards what the authorities are to handle; an authority handles what it receives. */
export const isOffice = ({ procedure }: Course): boolean => procedure.track === 'petition-office';

export const transferSteps = {
  transferred: {
    title: { zh: '已转送、交办，待告知', en: 'forwarded; the petitioner is to be told' },
    waitsFor: { who: 'body', role: 'case-officer' },
    stalls: 'awaiting-acceptance',
  },
} as const satisfies Record<string, StepDefinition>;

/** Whether the authority has objected to this transfer, and has had no answer yet. */
const objected = ({ procedure: { facts } }: Course): boolean => {
  const [transfer, objection, answer] = ['PetitionTransferred', 'TransferObjected', 'ObjectionAnswered'].map(
    (type) => facts[type]?.version ?? 0,
  );
  return objection! > transfer! && objection! > answer!;
};

/** How a petition comes from the petition office to the authority whose matter it is (信访工作条例22, 23). */
export const transferring = {
  transfer: action({
    title: { zh: '转送、交办', en: 'forward the petition' },
    by: staff,
    in: ['registered'],
    basis: 'XF-01',
    fields: {
      body: bodyField('有权处理机关', 'authority in charge'),
      transferredOn: legalDate('转送、交办日期', 'date forwarded'),
    },
    records: 'PetitionTransferred',
    guard: (course) => (isOffice(course) ? null : refuse('action-not-available', { basis: basisOf('XF-01') })),
    meets: ['XF-01'],
    // The petition is from now on before the authority, so that a table's `to` does not suffice.
    then: (course, body, on) => {
      course.reopen('transferred', body.body);
      for (const rule of ['XF-03', 'XF-03.objection']) course.start(rule, on);
    },
  }),
  'object-to-transfer': action({
    title: { zh: '对转送、交办提出异议', en: 'object to the transfer' },
    by: staff,
    in: ['transferred'],
    basis: 'XF-03.objection',
    fields: {
      reason: oneOf(['not-its-matter', 'other-region', 'other'], { zh: '理由', en: 'reason' }),
      objectedOn: legalDate('提出日期', 'date of the objection'),
    },
    records: 'TransferObjected',
    guard: (course) => {
      const { status } = course.deadline('XF-03.objection') ?? {};
      if (status === 'running') return null;
      return refuse(status === 'elapsed' ? 'deadline-passed' : 'already-done', { basis: basisOf('XF-03.objection') });
    },
    meets: ['XF-03.objection'],
  }),
  'answer-objection': action({
    title: { zh: '核实异议', en: 'answer the objection' },
    by: staff,
    in: ['transferred'],
    basis: 'XF-03.objection',
    fields: {
      answer: oneOf(['agreed', 'rejected'], { zh: '是否同意退回', en: 'whether it is taken back' }),
      answeredOn: legalDate('答复日期', 'date of the answer'),
    },
    records: 'ObjectionAnswered',
    guard: (course) =>
      objected(course) ? null : refuse('action-not-available', { basis: basisOf('XF-03.objection') }),
    // Taken back, it is again the office's to forward.
    then: (course, body) => {
      if (body.answer === 'rejected') return;
      course.drop('XF-03', 'returned');
      course.reopen('registered', course.procedure.facts['ProcedureOpened']!.data['body'] as Body);
    },
  }),
} as const;
