import { dealsWith, maySeePersonalData } from '../../domain/dispute/access.js';
import type { Requester } from '../../domain/dispute/context.js';
import type { DisputeState } from '../../domain/dispute/state.js';
import type { Json, RecordedEvent } from '../../store/contract.js';
import type { ApiDependencies } from '../http/dependencies.js';

/** References to values that are kept beside the events: `{"ref","commitment"}`, wherever they stand in the data. */
const refsIn = (data: Json): string[] => {
  if (typeof data !== 'object' || data === null) return [];
  if (Array.isArray(data)) return data.flatMap(refsIn);
  const { ref, commitment } = data;
  return typeof ref === 'string' && typeof commitment === 'string'
    ? [ref]
    : Object.values(data).flatMap(refsIn);
};

export type EventValues = Record<string, { kind: string; value: Json; salt: string }>;

/**
 * What the references of each event stand for, with the salt by which its commitment can be checked; in the order of
 * the events. Values about a party go to who deals with the dispute and to that party, all others to the former only.
 */
export const valuesOf = async (
  { store }: ApiDependencies,
  events: readonly RecordedEvent[],
  state: DisputeState,
  by: Requester,
): Promise<EventValues[]> => {
  const refs = events.map(({ data }) => refsIn(data));
  const found = await store.values(state.id, refs.flat());
  const may = (subject: string | null): boolean =>
    subject?.startsWith('party:') ? maySeePersonalData(by, state, { ref: subject.slice(6) }) : dealsWith(by, state);
  return refs.map((own) =>
    Object.fromEntries(
      own.flatMap((ref) => {
        const one = found[ref];
        return one && may(one.subject) ? [[ref, { kind: one.kind, value: one.value, salt: one.salt }]] : [];
      }),
    ),
  );
}; // prettier-ignore
