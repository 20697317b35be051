import { subjectOf } from '../../commands/erase.js';
import { referencesIn } from '../../commands/references.js';
import { partyOf, sightOf } from '../../domain/dispute/access.js';
import type { Requester } from '../../domain/dispute/context.js';
import type { DisputeState } from '../../domain/dispute/state.js';
import type { Json, RecordedEvent } from '../../store/contract.js';
import type { ApiDependencies } from '../http/dependencies.js';
import { shownTo } from '../views/masking.js';

export type EventValues = Record<string, { kind: string; value: Json; salt: string }>;

/**
 * What the references of each event stand for, with the salt by which its commitment can be checked; in the order of
 * the events. Only what this reader may see in the clear: with its salt, a masked value could be guessed. A party gets
 * what is about itself.
 */
export const valuesOf = async (
  { store }: ApiDependencies,
  events: readonly RecordedEvent[],
  state: DisputeState,
  by: Requester,
): Promise<EventValues[]> => {
  const refs = events.map(({ data }) => referencesIn(data).map(({ ref }) => ref));
  const found = await store.values(state.id, refs.flat());
  const sight = sightOf(by, state);
  const own = partyOf(by, state)?.ref;
  const shown = shownTo(by, state);
  const may = (value: { kind: string; subject: string | null }): boolean => {
    if (shown(value) !== 'plain') return false;
    return sight === 'acts' || sight === 'supervises' || (own !== undefined && value.subject === subjectOf(own));
  };
  return refs.map((own) =>
    Object.fromEntries(
      own.flatMap((ref) => {
        const one = found[ref];
        return one && may(one) ? [[ref, { kind: one.kind, value: one.value, salt: one.salt }]] : [];
      }),
    ),
  );
};
