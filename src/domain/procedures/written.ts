import { refuse, type Refusal } from '../dispute/refusal.js';
import { basisOf } from '../rules/rule-book.js';

/** Why an oral agreement is refused: the rule or norm `basis` asks for a written one. Throws RangeError for an unknown code. */
export const mustBeWritten = (basis: string): Refusal =>
  refuse('action-not-available', {
    basis: basisOf(basis),
    pointer: '/oral',
    detail: { zh: '协议应当采用书面形式', en: 'The agreement must be in writing' },
  });
