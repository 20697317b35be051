/**
 * What the rest of Accord may ask of the event store. Everything here is plain JSON: the store knows streams,
 * versions, commands and rows, and nothing of disputes beyond the columns it indexes them by.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Who did it. Ids are pseudonymous: names live beside the events, never in them. */
export interface Actor {
  kind: 'person' | 'engine' | 'service';
  id: string;
  role: string;
  organisation: string | null;
}

/** An event as the application hands it to the store; the chain fields are added by `append`. */
export interface NewEvent {
  eventId: string;
  type: string;
  schemaVersion: number;
  /** An instant (RFC 3339 with offset) or a civil date of Asia/Shanghai, meaning some time that day. */
  occurredAt: string;
  actor: Actor;
  commandId: string;
  /** The event id that this event follows from, if it is a consequence. */
  causationId: string | null;
  correlationId: string;
  procedureId: string | null;
  data: JsonObject;
}

export interface RecordedEvent extends NewEvent {
  stream: string;
  /** From 1, without gaps. */
  version: number;
  /** Instant in UTC with milliseconds; never earlier than that of the event before. */
  recordedAt: string;
  /** Lower-case hex SHA-256. */
  previousHash: string;
  hash: string;
}

/** The place of an event in the order in which readers see it. */
export interface Cursor {
  epoch: number;
  xid: string;
  position: string;
}

/** A personal or free-text value, kept beside the events, which hold only `{ref, commitment}`. */
export interface SealedValue {
  ref: string;
  /** `title`, `party-name`, `phone`, `id-number`, `claim-text`, `note`, … : decides who sees it, and whether a view shows it. */
  kind: string;
  /** `party:<ref>` where the value is about a party, else null: what an erasure goes by. */
  subject: string | null;
  /** Hex, 16 random bytes. */
  salt: string;
  value: Json;
  /** Whether the dispute's view shows it (loaded with every command), or only who asks for it by reference. */
  inView: boolean;
}

/** A value in the clear: what it is and whom it is about decide who may see it. */
export interface ShownValue {
  kind: string;
  subject: string | null;
  value: Json;
}

/** That somebody is shown personal data in the clear: who, what and when, never the data. One a request. */
export interface ReadRecord {
  account: string;
  kind: 'person' | 'service';
  roles: readonly string[];
  organisation: string | null;
  what: ReadKind;
  disputeIds: readonly string[];
  requestId: string;
}

export type ReadKind =
  'view' | 'list' | 'events' | 'command' | 'dry-run' | 'handoff' | 'handoffs' | 'package' | 'document' | 'export';

export interface DeadlineRow {
  deadlineId: string;
  procedureId: string | null;
  rule: string;
  kind: string;
  holder: string;
  status: 'running' | 'suspended';
  due: string;
  dueAt: string;
}

export interface HandoffRow {
  handoffId: string;
  procedureId: string | null;
  fromOrganisation: string;
  toOrganisation: string;
  status: 'requested' | 'delivered' | 'escalated' | 'accepted' | 'returned' | 'cancelled';
  requestedAt: string;
  dueAt: string | null;
  /** The handoff as the API shows it. */
  view: JsonObject;
}

export interface StallRow {
  /** When the dispute counts as stalled; in the past: it is stalled now. */
  at: string;
  since: string;
  reason: string;
  role: string;
  organisation: string | null;
  /** The typed detail a list shows, without free text. */
  detail: JsonObject;
}

/** The inline read model of a dispute, written in the transaction of its events. */
export interface DisputeWrite {
  disputeId: string;
  /** The folded state. */
  state: JsonObject;
  /** Version of the fold that made `state`. A newer fold refolds from events. */
  foldVersion: number;
  planCode: number;
  /** True if this append changed the plan: a row enters the drive queue and planVersion becomes the new version. */
  planChanged: boolean;
  /** The nearest instant at which the engine owes something, or null. */
  nextDue: string | null;
  index: {
    caseCode: string;
    type: string;
    region: string;
    status: string;
    ownerOrganisation: string | null;
    ownerPerson: string | null;
    registeredOn: string;
    /** Codes of the open procedures, and their steps. */
    procedures: string[];
    steps: string[];
    /** Organisations with a part in the dispute, and accounts of its parties: who may see it. */
    organisations: string[];
    accounts: string[];
  };
  stall: StallRow | null;
  /** All open deadlines, or null where this append changed none. */
  deadlines: DeadlineRow[] | null;
  /** All handoffs that this append changed. */
  handoffs: HandoffRow[];
}

/** What is known of a document; its bytes are in the `BlobStore` under `sha256`. */
export interface DocumentRow {
  documentId: string;
  disputeId: string;
  /** Lower-case hex. */
  sha256: string;
  /** Bytes. */
  size: number;
  mediaType: string;
  kind: string;
  /** Reference of the value that holds its file name, or null. */
  nameRef: string | null;
  /** Instant. */
  uploadedAt: string;
}

export interface AppendRequest {
  /** `dispute-<id>`. */
  stream: string;
  /** 0 for a stream that must not exist yet. */
  expectedVersion: number;
  /** Hash of the stream's last event as loaded; null with expectedVersion 0 (the first previousHash is SHA-256 of the stream's name). */
  headHash: string | null;
  /** recordedAt of the stream's last event as loaded. */
  headRecordedAt: string | null;
  /** Deduplication; null for what is idempotent by state (legal time passing). */
  command: { commandId: string; fingerprint: string } | null;
  events: NewEvent[];
  values: SealedValue[];
  dispute: DisputeWrite | null;
  /** A refused request is a fact of its own, in `refusals-<id>`, written without expected version and rate-limited. */
  refusal: NewEvent | null;
  /** Documents that these events attach. */
  documents?: DocumentRow[];
  /** Subjects whose values, salts and keys these events erase. */
  erase?: string[];
  /** Written with the events, so that an answer that shows them is recorded. */
  read?: ReadRecord | null;
}

export type AppendResult =
  | { status: 'appended'; events: RecordedEvent[]; version: number; headHash: string }
  /** The same command id is already recorded: nothing was written. */
  | { status: 'duplicate'; prior: PriorCommand }
  /** The stream has moved on: nothing was written. */
  | { status: 'conflict'; version: number };

export interface PriorCommand {
  commandId: string;
  fingerprint: string;
  stream: string;
  firstVersion: number;
  lastVersion: number;
}

export interface Snapshot {
  version: number;
  headHash: string;
  headRecordedAt: string;
  foldVersion: number;
  state: JsonObject;
  planVersion: number;
  drivenVersion: number;
}

export interface Loaded {
  snapshot: Snapshot | null;
  /** Values that the view shows, by ref; none where the store was given no keys. */
  values: Record<string, ShownValue>;
  prior: PriorCommand | null;
  /** The next case number, where asked for. */
  caseNumber: number | null;
}

export interface DriveClaim {
  disputeId: string;
  /** The queued version: completing is refused when a newer one has been queued since. */
  version: number;
  attempts: number;
}

/** The store's door. Every method costs one round trip unless it says otherwise. Errors of the connection are thrown as `StoreUnavailable`. */
export interface EventStore {
  /** The store's epoch: grows with every restore into another cluster. */
  epoch(): Promise<number>;
  /** Snapshot, values of the view and an earlier answer to the same command. */
  load(disputeId: string, commandId: string | null, options?: { caseNumber?: boolean }): Promise<Loaded>;
  append(request: AppendRequest): Promise<AppendResult>;
  /** One stream's events in order, versions `from`..`to` inclusive, at most `limit` (≤ 1,000). */
  readStream(stream: string, range?: { from?: number; to?: number; limit?: number }): Promise<RecordedEvent[]>;
  /** All streams in the order of (epoch, xid, position), without gaps under concurrent writers. */
  readAll(
    after: Cursor | null,
    limit: number,
  ): Promise<{ events: (RecordedEvent & { cursor: Cursor })[]; cursor: Cursor | null }>;
  /** Values by reference, for one dispute, each with its salt in hex. Throws `NoMasterKey`, `SealBroken`. */
  values(disputeId: string, refs: string[]): Promise<Record<string, ShownValue & { salt: string }>>;
  /** Recomputes a stream's chain from its events; names the first damaged version. */
  verifyStream(stream: string): Promise<{ ok: true; events: number } | { ok: false; version: number; problem: string }>;
}

/** What the relay and the workflows' activities ask of the store. */
export interface DriveStore {
  /** Claims up to `limit` queued disputes for `leaseMs`; commits before it returns. */
  claim(limit: number, leaseMs: number): Promise<DriveClaim[]>;
  /** Removes a claimed row if no newer version was queued meanwhile. */
  complete(claim: DriveClaim): Promise<void>;
  /** Gives a claimed row back, to be tried again after `afterMs`. */
  release(claim: DriveClaim, afterMs: number): Promise<void>;
  /** The workflow has taken the plan of `version`, made by plan code `planCode`; never lowers either. */
  acknowledge(disputeId: string, version: number, planCode: number): Promise<void>;
  /** Queues at most `limit` disputes again, by reason, past `afterId` in id order; answers how many and the last id. */
  requeue(
    why: { kind: 'all-open' } | { kind: 'older-plan-code'; planCode: number } | { kind: 'overdue'; before: string },
    limit: number,
    afterId: string | null,
  ): Promise<{ queued: number; lastId: string | null }>;
  setting(name: string): Promise<Json | null>;
  setSetting(name: string, value: Json): Promise<void>;
  /** Queue depth and the age in seconds of its oldest row. */
  backlog(): Promise<{ depth: number; oldestSeconds: number }>;
}

export type { BlobStore } from './blob-contract.js';
export { StoreUnavailable, TooLarge, UnstorableText } from './errors.js';
