import type { DisputeState } from '../dispute/state.js';

/**
 * What a handoff package may hold. Compromise admissions and notes are not in the list, and so cannot be asked for:
 * what was conceded for the sake of compromise may not be used against a party later (民诉解释107; 特邀调解规定22).
 */
export const packageParts = [
  'parties',
  'claims',
  'agreement',
  'undisputed-facts',
  'delivery-addresses',
  'failure-record',
  'award',
  'procedures',
  'documents',
] as const;
export type PackagePart = (typeof packageParts)[number];

/** Documents of these kinds never travel. */
export const neverTravels: readonly string[] = ['compromise-admission', 'mediation-minutes', 'internal'];

/** Event types whose values a part shows. */
export const partEvents: Partial<Record<PackagePart, string>> = {
  'undisputed-facts': 'UndisputedFactRecorded',
  'delivery-addresses': 'DeliveryAddressConfirmed',
};

/** The documents a package holds: all that may travel, of the dispute as it stands. */
export const documentsOf = (state: DisputeState, parts: readonly string[]): string[] =>
  Object.values(state.documents)
    .filter(({ kind }) => !neverTravels.includes(kind))
    .filter(({ kind }) => parts.includes('documents') || parts.includes(kind))
    .map(({ documentId }) => documentId);
