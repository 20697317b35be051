import type { Readable } from 'node:stream';
import { civilDateOf } from '../domain/calendar/civil-date.js';
import { fold } from '../domain/dispute/evolve.js';
import type { DisputeDocument, Handoff } from '../domain/dispute/state.js';
import { instantOf } from '../domain/dispute/work.js';
import { documentsOf } from '../domain/handoff/parts.js';
import type { BlobStore, EventStore, RecordedEvent } from '../store/contract.js';
import { readHistory } from './history.js';
import type { SigningKeys } from './keys.js';
import { fileOf, json, present, zip, type PackagedFile } from './package-files.js';
import { readme } from './package-readme.js';
import { recordsOf, refsOf, textsOf, type History } from './package-records.js';
import { summaryHtml, summaryText } from './package-summary.js';

export interface PackageOptions {
  store: Pick<EventStore, 'readStream' | 'values'>;
  blobs: Pick<BlobStore, 'get'>;
  keys: SigningKeys;
}

/** A handoff's package, ready to be sent. */
export interface HandoffPackage {
  /** `<case code>-<handoff id>.zip` */
  fileName: string;
  /** Version of the dispute that the package shows. */
  version: number;
  /** Bytes of the whole. */
  size: number;
  /** The ZIP. Destroyed, it lets go of everything; it fails where the bytes of a document fail. */
  stream: Readable;
}

/**
 * Builds the package of a handoff: the dispute as it stands, or, once the handoff has come to rest, as it stood
 * before that. The same version gives the same bytes. Documents are streamed, one at a time. Null where there is no
 * such dispute or handoff.
 *
 * @throws StoreUnavailable
 */
export const buildPackage = async (
  options: PackageOptions,
  disputeId: string,
  handoffId: string,
): Promise<HandoffPackage | null> => {
  const { store, blobs, keys } = options;
  const history = beforeRest(await readHistory(store, disputeId), handoffId);
  const handoff = history?.state.handoffs[handoffId];
  if (!history || !handoff) return null;
  const { state } = history;
  const head = history.events.at(-1)!;
  const values = await store.values(disputeId, refsOf(history, handoff));

  const documents = await present(
    blobs,
    documentsOf(state, handoff.parts).map((id) => state.documents[id]!),
  );
  const paths = new Map(documents.map((one) => [one.documentId, pathOf(one)]));
  const records = recordsOf(history, handoff, values, (id) => paths.get(id) ?? null);
  const text = textsOf(values);
  const matter = {
    caseCode: state.caseCode,
    title: handoff.parts.some((part) => part === 'parties' || part === 'claims') ? text(state.title) : null,
    handoffId,
    requestedOn: civilDateOf(instantOf(handoff.requestedAt)),
    from: { code: handoff.from.code, name: text(handoff.from.name) },
    to: { code: handoff.to.code, name: text(handoff.to.name) },
    version: state.version,
    headHash: head.hash,
  };

  const files: PackagedFile[] = [
    ...Object.entries(records).map(([part, record]) => fileOf(`records/${part}.json`, part, json(record))),
    fileOf('summary.txt', 'summary', summaryText(matter, records)),
    fileOf('summary.html', 'summary', summaryHtml(matter, records)),
    ...documents.map((one) => ({ path: pathOf(one), part: 'documents', size: one.size, sha256: one.sha256 })),
  ];
  files.push(
    fileOf('SHA256SUMS', 'verification', sums(files)),
    fileOf('public-key.pem', 'verification', keys.current.pem),
    fileOf('README.txt', 'verification', readme(keys.current.kid)),
  );
  const manifest = Buffer.from(json(manifestOf(matter, disputeId, handoff, files, keys)));
  const entries: PackagedFile[] = [
    fileOf('manifest.json', 'manifest', manifest),
    fileOf('manifest.sig', 'manifest', `${keys.sign(manifest).toString('base64')}\n`),
    ...files,
  ];
  const { stream, size } = await zip(entries, civilDateOf(head.recordedAt), blobs);
  return { fileName: `${state.caseCode}-${handoffId}.zip`, version: state.version, size, stream };
};

/** The dispute up to before the handoff was last accepted, returned or cancelled, if it then rested for good. */
const beforeRest = (events: readonly RecordedEvent[], handoffId: string): History | null => {
  const own = events.filter(({ type, data }) => type.startsWith('Handoff') && data['handoffId'] === handoffId);
  const last = own.at(-1);
  const rests = last && ['HandoffAccepted', 'HandoffReturned', 'HandoffCancelled'].includes(last.type);
  const upTo = rests ? events.slice(0, last.version - 1) : events;
  const state = fold(upTo);
  const erased = fold(events)?.erased ?? [];
  return state ? { state, events: upTo, erased } : null;
};

const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/json': 'json',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/zip': 'zip',
  'application/ofd': 'ofd',
  'audio/mpeg': 'mp3',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/tiff': 'tif',
  'text/csv': 'csv',
  'text/plain': 'txt',
  'video/mp4': 'mp4',
};

/** The name of a document's file for its media type; `bin` where it is none of the usual ones. */
export const extensionOf = (mediaType: string): string =>
  extensions[mediaType.split(';')[0]!.trim().toLowerCase()] ?? 'bin';

const plain = (word: string): string => word.replace(/[^A-Za-z0-9-]/g, '-');
const pathOf = ({ kind, documentId, mediaType }: DisputeDocument): string =>
  `documents/${plain(kind)}-${plain(documentId)}.${extensionOf(mediaType)}`;

/** As `sha256sum` writes it. */
const sums = (files: readonly PackagedFile[]): string =>
  files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');

const manifestOf = (
  matter: { caseCode: string; from: object; to: object; version: number; headHash: string },
  disputeId: string,
  handoff: Handoff,
  files: readonly PackagedFile[],
  keys: SigningKeys,
) => ({
  format: 'accord-handoff-package',
  formatVersion: 1,
  disputeId,
  caseCode: matter.caseCode,
  handoff: {
    handoffId: handoff.handoffId,
    procedureId: handoff.procedureId,
    attempt: handoff.attempt,
    requestedAt: instantOf(handoff.requestedAt),
    parts: handoff.parts,
  },
  from: matter.from,
  to: matter.to,
  createdFrom: { stream: `dispute-${disputeId}`, version: matter.version, headHash: matter.headHash },
  signature: { file: 'manifest.sig', algorithm: 'Ed25519', keyId: keys.current.kid },
  files: files.map(({ path, part, size, sha256 }) => ({ path, part, size, sha256 })),
});
