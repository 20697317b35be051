import type { Sealed } from '../domain/dispute/fields.js';
import type { Json } from '../store/contract.js';

/** References to values that are kept beside the events: `{"ref","commitment"}`, wherever they stand in the data. */
export const referencesIn = (data: Json): Sealed[] => {
  if (typeof data !== 'object' || data === null) return [];
  if (Array.isArray(data)) return data.flatMap(referencesIn);
  const { ref, commitment } = data;
  return typeof ref === 'string' && typeof commitment === 'string'
    ? [{ ref, commitment }]
    : Object.values(data).flatMap(referencesIn);
};
