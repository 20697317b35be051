import type { Sealed } from '../../../domain/dispute/fields.js';
import type { DisputeState } from '../../../domain/dispute/state.js';
import type { Json } from '../../../store/contract.js';
import { courseWords } from './words.js';

/** What the words of a course are taken from. */
export interface Telling {
  state: DisputeState;
  /** The text behind a reference, or what is said in its place. */
  text(sealed: Sealed | null | undefined): string;
}

/** A party by its role and name. */
export const partyInWords = (ref: unknown, { state, text }: Telling): string => {
  const party = state.parties.find((one) => one.ref === ref);
  return party ? `${courseWords.party(party)}${text(party.name)}` : String(ref);
};

/** A value as a reader sees it: a small table as `键：值`. */
export const valueInWords = (value: Json): string => {
  if (Array.isArray(value)) return value.map(valueInWords).join('、');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, one]) => `${key}：${valueInWords(one)}`)
      .join('，');
  return value === null ? '' : String(value);
};
