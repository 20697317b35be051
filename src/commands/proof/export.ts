import type { Readable } from 'node:stream';
import type { Calendar } from '../../domain/calendar/calendar.js';
import { civilDateOf } from '../../domain/calendar/civil-date.js';
import { fold } from '../../domain/dispute/evolve.js';
import type { DisputeDocument, DisputeState } from '../../domain/dispute/state.js';
import { upcast } from '../../domain/dispute/upcast.js';
import type { BlobStore, EventStore, RecordedEvent, ShownValue } from '../../store/contract.js';
import type { Anchors } from '../anchors.js';
import type { PublicKey, SigningKeys } from '../keys.js';
import { fileOf, json, present, zip, type PackagedFile } from '../package-files.js';
import {
  documentFile,
  proofFiles,
  proofFormat,
  type PackagedKeys,
  type ProofManifest,
  type StreamProofs,
} from './contract.js';
import { courseOf } from './course/content.js';
import { renderCourse } from './course/pdf.js';
import { readProven } from './proven.js';
import { proofReadme } from './readme.js';
import {
  calendarsUsed,
  eventLines,
  evidenceOf,
  mayTravel,
  provenValues,
  referencesOf,
  rulesUsed,
  type Visible,
} from './records.js';

export interface ProofOptions {
  store: Pick<EventStore, 'readStream' | 'values'>;
  blobs: Pick<BlobStore, 'get'>;
  anchors: Pick<Anchors, 'make' | 'prove'>;
  keys: SigningKeys;
  /** The calendar in force. */
  calendar: Calendar;
  /** Instant. */
  now: string;
}

export interface ProofRequest {
  disputeId: string;
  /** What of the values may be shown. */
  visible(state: DisputeState, values: Readonly<Record<string, ShownValue>>): Visible;
  /** Which documents' bytes are included; those that belong to the mediation alone never are. */
  includes(document: DisputeDocument): boolean;
}

/** A package that proves the course of a dispute, ready to be sent. */
export interface ProofPackage {
  /** `<case code>-v<version>.zip` */
  fileName: string;
  manifest: ProofManifest;
  /** Bytes of the whole. */
  size: number;
  /** The ZIP. Destroyed, it lets go of everything; it fails where the bytes of a document fail. */
  stream: Readable;
}

/**
 * Everything by which somebody who does not trust us can check the course of a dispute. What is newer than the last
 * anchor is anchored first. Events and course are held in memory, documents are streamed one at a time. Null where there
 * is no such dispute.
 *
 * @throws StoreUnavailable, UnknownEvent
 */
export const exportProof = async (
  options: ProofOptions,
  { disputeId, visible, includes }: ProofRequest,
): Promise<ProofPackage | null> => {
  const { store, blobs, keys, calendar, now } = options;
  const proven = await readProven(options, disputeId);
  const events = proven?.events.map((event) => upcast(event));
  const state = events && fold(events);
  if (!proven || !events || !state) return null;
  const head = proven.events.at(-1)!;

  const refs = referencesOf(proven.events);
  const found = await readValues(store, disputeId, refs);
  const values = provenValues(refs, found, visible(state, found));
  const wanted = Object.values(state.documents).filter((one) => mayTravel(one) && includes(one));
  const documents = await present(blobs, unique(wanted));
  const evidence = evidenceOf(state, new Set(documents.map(({ sha256 }) => sha256)));
  const proofs: StreamProofs = { dispute: proven.proof, refusals: proven.refusals?.proof ?? null };
  const course = await renderCourse(courseOf({ state, events, values, evidence, proof: proven.proof }));
  const about = {
    format: proofFormat,
    formatVersion: 1,
    disputeId,
    caseCode: state.caseCode,
    madeAt: now,
    stream: head.stream,
    head: { version: head.version, hash: head.hash },
    signature: { file: proofFiles.signature, algorithm: 'Ed25519', keyId: keys.current.kid },
  } as const;

  const files: PackagedFile[] = [
    file(proofFiles.events, eventLines(proven.events)),
    ...refusalFile(proven.refusals?.events),
    file(proofFiles.values, json(values)),
    file(proofFiles.evidence, json({ documents: evidence })),
    file(proofFiles.rules, json({ ruleSet: state.ruleSet, rules: rulesUsed(state, proven.events) })),
    file(proofFiles.calendar, json(calendarsUsed(state, proven.events, calendar))),
    file(proofFiles.proof, json(proofs)),
    file(proofFiles.keys, json(packagedKeys(keys))),
    file(proofFiles.course, course),
    file(proofFiles.readme, proofReadme(about)),
    ...documents.map(({ sha256, size }) => ({ path: documentFile(sha256), part: 'document', size, sha256 })),
  ];
  const manifest: ProofManifest = {
    ...about,
    files: files.map(({ path, size, sha256 }) => ({ path, size, sha256 })),
  };
  const text = Buffer.from(json(manifest));
  const entries = [
    file(proofFiles.manifest, text),
    file(proofFiles.signature, `${keys.sign(text).toString('base64')}\n`),
    ...files,
  ];
  const { stream, size } = await zip(entries, civilDateOf(head.recordedAt), blobs);
  return { fileName: `${state.caseCode}-v${head.version}.zip`, manifest, size, stream };
};

const file = (path: string, content: string | Buffer): PackagedFile => fileOf(path, 'proof', content);

const refusalFile = (events: readonly RecordedEvent[] | undefined): PackagedFile[] =>
  events ? [file(proofFiles.refusals, eventLines(events))] : [];

/** Values asked for at once. */
const most = 1_000;

const readValues = async (
  store: ProofOptions['store'],
  disputeId: string,
  refs: readonly string[],
): ReturnType<EventStore['values']> => {
  const found: Awaited<ReturnType<EventStore['values']>> = {};
  for (let from = 0; from < refs.length; from += most)
    Object.assign(found, await store.values(disputeId, refs.slice(from, from + most)));
  return found;
};

/** The same bytes may have been added twice. */
const unique = (documents: readonly DisputeDocument[]): DisputeDocument[] => [
  ...new Map(documents.map((one) => [one.sha256, one])).values(),
];

const packagedKeys = ({ current, all }: SigningKeys): PackagedKeys => ({
  current: current.kid,
  keys: all.map(({ kid, jwk, pem, endorsement }: PublicKey) => ({ kid, jwk, pem, endorsement })),
});
