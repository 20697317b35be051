import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable, type EventStore, type RecordedEvent } from '../../store/contract.js';
import type { Anchors, InclusionProof } from '../anchors.js';
import { readStored } from '../history.js';
import { streamOf } from '../recording.js';

export interface ProvenOptions {
  store: Pick<EventStore, 'readStream'>;
  anchors: Pick<Anchors, 'make' | 'prove'>;
}

/** A dispute's streams as they are stored, and their places in an anchor. */
export interface Proven {
  events: RecordedEvent[];
  proof: InclusionProof;
  refusals: { events: RecordedEvent[]; proof: InclusionProof | null } | null;
}

/** Milliseconds waited between tries to anchor the newest events. */
const waits = [0, 100, 200, 400, 800];

/**
 * The events of a dispute with the proof of the last head that is anchored. Newer events are anchored first; where a long
 * transaction elsewhere keeps them below the readers' watermark, the proof is that of an earlier one. Null where there is
 * no such dispute.
 *
 * @throws StoreUnavailable also where nothing of the dispute can be anchored for now
 */
export const readProven = async ({ store, anchors }: ProvenOptions, disputeId: string): Promise<Proven | null> => {
  const stream = streamOf(disputeId);
  let events = await readStored(store, stream);
  if (events.length === 0) return null;
  const refused = await readStored(store, `refusals-${disputeId}`);

  let proof = await anchors.prove(stream);
  for (const wait of waits) {
    if (proof && proof.head.version >= events.length) break;
    await sleep(wait);
    await anchors.make();
    proof = await anchors.prove(stream);
  }
  if (!proof) throw new StoreUnavailable('The dispute cannot be anchored for now.');
  // Recorded and anchored since it was read.
  if (proof.head.version > events.length) events = await readStored(store, stream);

  const refusals =
    refused.length === 0
      ? null
      : { events: refused, proof: await provenWithin(anchors, `refusals-${disputeId}`, refused) };
  return { events, proof, refusals };
};

/** The proof of a head that is among these events. */
const provenWithin = async (
  anchors: ProvenOptions['anchors'],
  stream: string,
  events: readonly RecordedEvent[],
): Promise<InclusionProof | null> => {
  const proof = await anchors.prove(stream);
  return proof && proof.head.version <= events.length ? proof : null;
};
