import { basisOf } from '../rules/rule-book.js';
import { textsAbout } from './about.js';
import { action, type DisputeAction } from './dispute-action.js';
import { oneOf, word, type Fields } from './fields.js';
import { refuse, type Refusal } from './refusal.js';
import type { DisputeState } from './state.js';

/**
 * Personal data of one person are destroyed (个人信息保护法47): their values with their salts, and the key that they were
 * sealed under. The events stay, with commitments that no longer say anything.
 */

export const subjectErased = 'SubjectErased';

/**
 * The grounds of article 47(1). Keeping the record of a dispute is a statutory duty while it is open (13(3)), so that
 * neither the purpose, nor the retention, nor a consent can have ended: only what was never lawful, and what a law or
 * an authority demands, is erased from an open matter.
 */
const grounds = [
  'purpose-fulfilled',
  'retention-ended',
  'consent-withdrawn',
  'unlawful-processing',
  'ordered',
] as const;
const alsoWhileOpen: readonly (typeof grounds)[number][] = ['unlawful-processing', 'ordered'];

export const isErased = ({ erased = [] }: Pick<DisputeState, 'erased'>, ref: string): boolean => erased.includes(ref);

/** Nothing more is recorded about somebody whose data were erased. */
export const erasedProblem = (
  state: DisputeState,
  fields: Fields,
  body: Readonly<Record<string, unknown>>,
): Refusal | null => {
  if (!state.erased) return null;
  return textsAbout(fields, body).some((ref) => isErased(state, ref))
    ? refuse('subject-erased', { basis: basisOf('PI-01') })
    : null;
};

export const eraseSubject: DisputeAction = action({
  title: { zh: '删除个人信息', en: 'erase the personal data of a party' },
  by: ['administrator', 'supervisor'],
  when: 'any',
  who: 'region',
  aside: true,
  basis: 'PI-01',
  fields: {
    subject: word('当事人或成员编号', 'party or member', 40),
    reason: oneOf(grounds, { zh: '删除事由', en: 'ground' }),
  },
  records: subjectErased,
  guard: ({ state }, { subject, reason }) => {
    const basis = basisOf('PI-01');
    const known =
      state.parties.some(({ ref }) => ref === subject) ||
      (state.collective !== null && Object.hasOwn(state.collective.members, subject));
    if (!known) return refuse('unknown-party', { pointer: '/subject' });
    if (isErased(state, subject)) return refuse('already-done', { pointer: '/subject', basis });
    if (state.status === 'closed' || alsoWhileOpen.includes(reason)) return null;
    return refuse('dispute-open', { pointer: '/reason', basis, alternatives: [{ action: 'close' }] });
  },
});
