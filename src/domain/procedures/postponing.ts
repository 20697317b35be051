import { civilDateOf } from '../calendar/civil-date.js';
import { computeUnderRule, ruleFor } from '../dispute/deadlines.js';
import { legalDate, partyRef } from '../dispute/fields.js';
import { refuse } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';
import { action } from './definition.js';

/** A party with good reason asks for another day, three days before the hearing at the latest; the commission decides, and gives notice anew (调解仲裁法35). */
export const requestPostponement = action({
  title: { zh: '请求延期开庭', en: 'ask for the hearing to be postponed' },
  by: ['arbitrator', 'case-officer', 'party'],
  in: ['tribunal-formed', 'heard'],
  basis: 'LD-13.postponement',
  fields: { party: partyRef(), requestedOn: legalDate('请求日期', 'date of the request') },
  records: 'PostponementRequested',
  guard: (course, _, on) => {
    const hearing = course.procedure.sessions.find(({ heldOn }) => heldOn === null);
    if (!hearing) return refuse('action-not-available', { basis: basisOf('LD-13.postponement') });
    const day = civilDateOf(hearing.at);
    const rule = ruleFor(course.context, 'LD-13.postponement', day);
    const latest = computeUnderRule(course.context, rule, day).due;
    return on <= latest ? null : refuse('deadline-passed', { basis: basisOf(rule.code), on: latest });
  },
});
