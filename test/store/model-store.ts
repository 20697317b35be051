import { eventHash, firstPreviousHash } from '../../src/store/chain.js';
import {
  UnstorableText,
  type AppendRequest,
  type AppendResult,
  type DisputeWrite,
  type EventStore,
  type HandoffRow,
  type NewEvent,
  type PriorCommand,
  type RecordedEvent,
  type SealedValue,
} from '../../src/store/contract.js';
import { createModelQueue, type ModelQueue } from './model-queue.js';

/**
 * What the event store should do, in lists and maps: one thing after the other, nothing to lock, nothing to lose. The
 * real one is compared with it. Hashes are made by the same functions, which have tests of their own.
 */
export interface ModelStore extends EventStore {
  drives: ModelQueue;
  /** The read models of a dispute as they should stand; null where it has none. */
  contents(disputeId: string): ModelContents | null;
}

export interface ModelContents {
  index: DisputeWrite['index'];
  clocks: {
    planVersion: number;
    drivenVersion: number;
    planCode: number;
    nextDue: string | null;
    stall: DisputeWrite['stall'];
  };
  deadlines: NonNullable<DisputeWrite['deadlines']>;
  handoffs: HandoffRow[];
}

interface Snapshot {
  foldVersion: number;
  state: DisputeWrite['state'];
}

const refusalsInAMinute = 30;

/** In and out by copy: nobody holds a part of the model in hand. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const assertStorable = (value: unknown): void => {
  if (typeof value === 'string' && /[\0\p{Surrogate}]/u.test(value)) throw new UnstorableText('model');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) [key, inner].forEach(assertStorable);
};

export function createModelStore({ clock }: { clock: () => Date }): ModelStore {
  const log: RecordedEvent[] = [];
  const snapshots = new Map<string, Snapshot>();
  const commands = new Map<string, PriorCommand>();
  const values = new Map<string, SealedValue[]>();
  const contents = new Map<string, ModelContents>();
  const drives = createModelQueue(contents);
  let caseNumber = 0;

  const streamOf = (stream: string) => log.filter((event) => event.stream === stream);
  const headOf = (stream: string) => streamOf(stream).at(-1);

  const add = (stream: string, events: readonly NewEvent[]): RecordedEvent[] => {
    for (const event of copy(events)) {
      const head = headOf(stream);
      const now = clock().toISOString();
      const placed = {
        ...event,
        stream,
        version: (head?.version ?? 0) + 1,
        recordedAt: head && head.recordedAt > now ? head.recordedAt : now,
      };
      const previousHash = head?.hash ?? firstPreviousHash(stream);
      log.push({ ...placed, previousHash, hash: eventHash(previousHash, placed) });
    }
    return events.length === 0 ? [] : copy(streamOf(stream).slice(-events.length));
  };

  const addRefusal = (disputeId: string, refusal: NewEvent): void => {
    const earlier = streamOf(`refusals-${disputeId}`).at(-refusalsInAMinute);
    if (earlier && clock().getTime() - Date.parse(earlier.recordedAt) < 60_000) return;
    add(`refusals-${disputeId}`, [refusal]);
  };

  const write = (dispute: DisputeWrite, version: number): void => {
    const { disputeId, planChanged, planCode, nextDue, stall, index } = copy(dispute);
    const before = contents.get(disputeId);
    const handoffs = new Map((before?.handoffs ?? []).map((one) => [one.handoffId, one]));
    for (const one of copy(dispute.handoffs)) handoffs.set(one.handoffId, one);
    contents.set(disputeId, {
      index,
      clocks: {
        planVersion: planChanged ? version : (before?.clocks.planVersion ?? 0),
        drivenVersion: before?.clocks.drivenVersion ?? 0,
        planCode,
        nextDue,
        stall,
      },
      deadlines: copy(dispute.deadlines ?? before?.deadlines ?? []),
      handoffs: [...handoffs.values()],
    });
    if (planChanged) drives.queue(disputeId, version);
  };

  const append = (request: AppendRequest): AppendResult => {
    const { stream, expectedVersion, headHash, command, events, dispute, refusal, erase = [] } = request;
    assertStorable(request);
    const disputeId = dispute?.disputeId ?? stream.replace(/^dispute-/, '');
    const isTouched = events.length > 0 || dispute !== null || command !== null;

    const prior = command && commands.get(command.commandId);
    if (prior) return { status: 'duplicate', prior: { ...prior } };
    const head = headOf(stream);
    const version = head?.version ?? 0;
    if (isTouched && (version !== expectedVersion || (head && head.hash !== headHash)))
      return { status: 'conflict', version };

    const added = add(stream, events);
    const newVersion = expectedVersion + events.length;
    if (command)
      commands.set(command.commandId, {
        ...command,
        stream,
        firstVersion: expectedVersion + 1,
        lastVersion: newVersion,
      });
    if (dispute) snapshots.set(stream, copy({ foldVersion: dispute.foldVersion, state: dispute.state }));
    if (refusal) addRefusal(disputeId, refusal);
    if (dispute) write(dispute, newVersion);
    const kept = (values.get(disputeId) ?? []).filter(({ subject }) => subject === null || !erase.includes(subject));
    values.set(disputeId, [...kept, ...copy(request.values)]);
    const last = added.at(-1)?.hash ?? (expectedVersion === 0 ? firstPreviousHash(stream) : headHash!);
    return { status: 'appended', events: added, version: newVersion, headHash: last };
  };

  return {
    drives,
    contents: (disputeId) => {
      const found = copy(contents.get(disputeId) ?? null);
      found?.deadlines.sort((a, b) => (a.deadlineId < b.deadlineId ? -1 : 1));
      found?.handoffs.sort((a, b) => (a.handoffId < b.handoffId ? -1 : 1));
      return found;
    },
    epoch: async () => 1,
    load: async (disputeId, commandId, options = {}) => {
      const stream = `dispute-${disputeId}`;
      const snapshot = snapshots.get(stream);
      const head = headOf(stream);
      const clocks = contents.get(disputeId)?.clocks;
      const inView = (values.get(disputeId) ?? []).filter((one) => one.inView);
      return copy({
        snapshot:
          snapshot && head && clocks
            ? {
                ...snapshot,
                version: head.version,
                headHash: head.hash,
                headRecordedAt: head.recordedAt,
                planVersion: clocks.planVersion,
                drivenVersion: clocks.drivenVersion,
              }
            : null,
        values: Object.fromEntries(
          inView.map(({ ref, kind, subject, value, salt }) => [ref, { kind, subject, value, salt }]),
        ),
        prior: (commandId === null ? null : commands.get(commandId)) ?? null,
        caseNumber: options.caseNumber ? (caseNumber += 1) : null,
      });
    },
    append: async (request) => append(request),
    readStream: async (stream, { from = 1, to = Infinity, limit = 1_000 } = {}) =>
      copy(
        streamOf(stream)
          .filter(({ version }) => version >= from && version <= to)
          .slice(0, limit),
      ),
    readAll: async (after, limit) => {
      const all = log.map((event, place) => ({
        ...copy(event),
        cursor: { epoch: 1, xid: '0', position: String(place + 1) },
      }));
      const events = all.slice(Number(after?.position ?? 0)).slice(0, limit);
      return { events, cursor: events.at(-1)?.cursor ?? after };
    },
    values: async (disputeId, refs) => {
      const found = (values.get(disputeId) ?? []).filter(({ ref }) => refs.includes(ref));
      return copy(
        Object.fromEntries(found.map(({ ref, kind, subject, value, salt }) => [ref, { kind, subject, value, salt }])),
      );
    },
    verifyStream: async (stream) => ({ ok: true, events: streamOf(stream).length }),
  };
}
