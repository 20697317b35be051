import { eventTypes, type EventType } from './event-types.js';
import type { FoldedEvent } from './event.js';

/**
 * Events are kept for ever as they were recorded and hashed. Where the shape of a type's data has changed since, older
 * events are brought to the present shape when they are read, step by step, before anything is folded or decided from
 * them. Whoever hashes or exports reads the stored form; whoever folds reads through here.
 */

/** An event as it was stored: `schemaVersion` is that of its type's data when it was recorded. */
export interface StoredEvent extends FoldedEvent {
  stream: string;
  schemaVersion: number;
}

type Data = FoldedEvent['data'];
type Circumstances = Pick<FoldedEvent, 'occurredAt' | 'procedureId'>;

/** Data of one version as the next has it. Pure: it may ask nothing but the event itself. */
export type Upcast = (data: Data, event: Circumstances) => Data;

/** By type, and by the version that the step starts from: `{ FeeAgreed: { 1: (data) => … } }` leads from 1 to 2. */
export type UpcastTable = Readonly<Partial<Record<EventType, Readonly<Record<number, Upcast>>>>>;

/**
 * The steps there are. Every type is at version 1 until its first row. With a new row, `foldVersion` is raised, and the
 * golden file of the new version is recorded (`test/golden/record.ts`); those of the old versions stay.
 */
export const upcasts: UpcastTable = {};

/** A type that this program does not know, or a version of it that is newer than this program: never guessed at. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly schemaVersion: number;
  constructor({ stream, version, type, schemaVersion }: Omit<StoredEvent, keyof Circumstances | 'data'>) {
    super(`${stream} version ${version}: ${type} of schema version ${schemaVersion} is not known here`);
    this.stream = stream;
    this.version = version;
    this.type = type;
    this.schemaVersion = schemaVersion;
  }
}

const known: ReadonlySet<string> = new Set(eventTypes);

/** The version in which events of a type are recorded now. */
export const schemaVersionOf = (type: EventType, table: UpcastTable = upcasts): number =>
  1 + Object.keys(table[type] ?? {}).length;

/**
 * The event in the present shape of its type; the same object where it has that shape already.
 *
 * @throws UnknownEvent for a type or a version that this program does not know.
 */
export const upcast = <E extends StoredEvent>(event: E, table: UpcastTable = upcasts): E => {
  if (!known.has(event.type)) throw new UnknownEvent(event);
  const present = schemaVersionOf(event.type as EventType, table);
  if (event.schemaVersion === present) return event;
  const steps = table[event.type as EventType] ?? {};
  let { data, schemaVersion } = event;
  for (; schemaVersion < present; schemaVersion += 1) {
    const step = steps[schemaVersion];
    if (!step) throw new UnknownEvent(event);
    data = step(data, event);
  }
  if (schemaVersion > present) throw new UnknownEvent(event);
  return { ...event, data, schemaVersion };
};
