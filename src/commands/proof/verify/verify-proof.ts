import { z } from 'zod';
import { leafHash, rootOf } from '../../../store/anchors/merkle.js';
import { readStatement, type AnchorStatement, type InclusionProof, type SignedAnchor } from '../../anchors.js';
import type { PublicKey } from '../../keys.js';
import { documentFile, obligatoryFiles, proofFiles } from '../contract.js';
import { Broken, openArchive, type Archive } from './archive.js';
import { evidenceFile, keysFile, manifestFile, proofsFile, valuesFile } from './shapes.js';
import { checkChain, checkEvidence, checkValues, type CheckedChain } from './streams.js';
import { isSignedBy, readEndorsements, readKeys, stepsFrom } from './trust.js';

export interface Against {
  /** Id of a key that is known from elsewhere to be this system's. */
  trusted?: string | undefined;
  /** Anchors that were kept elsewhere. */
  anchors?: readonly SignedAnchor[] | undefined;
}

type Manifest = z.infer<typeof manifestFile>;

/**
 * Checks a package by itself: no database, no network. `say` hears one line for everything that holds, the last of them
 * before the throw for what does not. Memory is bounded by the largest file that is read as a whole (64 MiB) and a
 * hash an event; documents and events are streamed.
 *
 * @throws Broken naming the first thing wrong; what the file system throws
 */
export const verifyProof = async (path: string, against: Against, say: (line: string) => void): Promise<void> => {
  const archive = await openArchive(path);
  try {
    say(`archive: ${archive.names.length} files, ${archive.bytes} bytes`);
    const { manifest, ...signers } = await checkSignature(archive, against.trusted, say);
    await checkFiles(archive, manifest, say);
    const chain = await checkEvents(archive, manifest, say);
    const refused = await checkRefusals(archive, manifest, say);
    const values = checkValues(await read(archive, proofFiles.values, valuesFile), chain);
    say(`values: ${values.shown} agree with their commitments, ${values.withheld} withheld, ${values.erased} erased`);
    const { documents } = await read(archive, proofFiles.evidence, evidenceFile);
    const included = checkEvidence(documents, chain, archive);
    say(`evidence: ${documents.length} documents as recorded, the bytes of ${included} included`);
    const proofs = await read(archive, proofFiles.proof, proofsFile);
    checkAnchored('events', proofs.dispute, { chain, stream: manifest.stream, ...signers, against, say });
    if (proofs.refusals && !refused) throw new Broken('refusals.jsonl is missing: proof.json has a proof for it');
    if (proofs.refusals && refused) {
      const stream = refusalsOf(manifest);
      checkAnchored('refusals', proofs.refusals, { chain: refused, stream, ...signers, against, say });
    } else if (refused) say('anchor: none covers the refusals');
  } finally {
    archive.close();
  }
};

const read = async <S extends z.ZodType>(archive: Archive, name: string, shape: S): Promise<z.output<S>> => {
  const text = (await archive.read(name)).toString('utf8');
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    throw new Broken(`${name} is not what this version of a package holds`);
  }
};

interface Signers {
  keys: ReadonlyMap<string, PublicKey>;
  /** By whom each key is endorsed. */
  vouched: ReadonlyMap<string, string>;
}

const checkSignature = async (
  archive: Archive,
  trusted: string | undefined,
  say: (line: string) => void,
): Promise<{ manifest: Manifest } & Signers> => {
  const keys = readKeys(await read(archive, proofFiles.keys, keysFile));
  const bytes = await archive.read(proofFiles.manifest);
  const manifest = await read(archive, proofFiles.manifest, manifestFile);
  const { keyId } = manifest.signature;
  const key = keys.get(keyId);
  if (!key) throw new Broken(`manifest.json: key ${keyId} is not in keys.json`);
  const text = (await archive.read(proofFiles.signature, 1_000)).toString('utf8');
  const signature = Buffer.from(text, 'base64');
  // Base64 can be written in many ways: only one of them was.
  if (text !== `${signature.toString('base64')}\n` || !isSignedBy(key, bytes, signature))
    throw new Broken(`manifest.sig: not the signature of manifest.json by key ${keyId}`);
  say(`manifest: ${manifest.caseCode} up to version ${manifest.head.version}, signed by key ${keyId}`);

  const vouched = readEndorsements(keys);
  const steps = trusted === undefined ? 0 : stepsFrom(trusted, keyId, vouched);
  if (steps === null)
    throw new Broken(`keys.json: key ${keyId} is not the key given, and that one does not vouch for it`);
  if (trusted === undefined)
    say(`keys: ${keys.size}, ${vouched.size} endorsed. No key was given: whose they are is not shown`);
  else
    say(
      `keys: ${keys.size}, ${vouched.size} endorsed. ${steps === 0 ? 'Signed by the key given' : `The key given vouches for the one that signed, over ${steps} endorsements`}`,
    );
  return { manifest, keys, vouched };
};

const checkFiles = async (archive: Archive, { files }: Manifest, say: (line: string) => void): Promise<void> => {
  const listed = new Set<string>([proofFiles.manifest, proofFiles.signature]);
  for (const { path, size, sha256 } of files) {
    if (listed.has(path)) throw new Broken(`manifest.json: ${path} is listed twice`);
    listed.add(path);
    const found = await archive.digest(path);
    if (found.size !== size || found.sha256 !== sha256) throw new Broken(`${path} is not the file in the manifest`);
    if (path.startsWith('documents/') && path !== documentFile(sha256))
      throw new Broken(`${path} is not named after its SHA-256`);
  }
  const missing = obligatoryFiles.find((name) => !listed.has(name));
  if (missing) throw new Broken(`${missing} is missing`);
  const extra = archive.names.find((name) => !listed.has(name));
  if (extra) throw new Broken(`${extra} is not in the manifest`);
  say(`files: ${files.length} as in the manifest`);
};

const refusalsOf = ({ disputeId }: Manifest): string => `refusals-${disputeId}`;

const checkEvents = async (
  archive: Archive,
  manifest: Manifest,
  say: (line: string) => void,
): Promise<CheckedChain> => {
  const { head, stream, caseCode } = manifest;
  if (stream !== `dispute-${manifest.disputeId}`) throw new Broken('manifest.json: the stream is another dispute’s');
  const chain = await checkChain(archive, proofFiles.events, stream);
  if (chain.hashes.length !== head.version || chain.hashes.at(-1) !== head.hash)
    throw new Broken('events.jsonl: the last event is not the head in the manifest');
  if (chain.caseCode !== caseCode) throw new Broken('manifest.json: the case code is another than in the first event');
  say(`events: ${chain.hashes.length}, the chain is whole from the first to ${head.hash}`);
  return chain;
};

const checkRefusals = async (
  archive: Archive,
  manifest: Manifest,
  say: (line: string) => void,
): Promise<CheckedChain | null> => {
  if (!archive.has(proofFiles.refusals)) return null;
  const chain = await checkChain(archive, proofFiles.refusals, refusalsOf(manifest));
  say(`refusals: ${chain.hashes.length}, the chain is whole`);
  return chain;
};

interface Anchoring extends Signers {
  chain: CheckedChain;
  stream: string;
  against: Against;
  say(line: string): void;
}

/** That the anchor is signed, and leads to an event of this chain. */
const checkAnchored = (
  what: string,
  { anchor, head, leaf, path }: InclusionProof,
  { chain, stream, keys, vouched, against, say }: Anchoring,
): void => {
  const statement = readStatement(anchor.statement);
  if (!statement) throw new Broken('proof.json: the anchor is none');
  const key = keys.get(statement.kid);
  if (!key)
    throw new Broken(
      `proof.json: anchor ${statement.number} is signed by key ${statement.kid}, which is not in keys.json`,
    );
  if (!isSignedBy(key, Buffer.from(anchor.statement, 'utf8'), Buffer.from(anchor.signature, 'base64')))
    throw new Broken(`proof.json: anchor ${statement.number} is not signed by key ${statement.kid}`);
  if (head.stream !== stream || chain.hashes[head.version - 1] !== head.hash)
    throw new Broken(`proof.json: the head of the ${what} that is anchored is not among them`);
  const root = rootOf(
    leafHash(head),
    leaf,
    statement.size,
    path.map((hash) => Buffer.from(hash, 'hex')),
  );
  if (root?.toString('hex') !== statement.root)
    throw new Broken(
      `proof.json: the inclusion path of the ${what} does not lead to the root of anchor ${statement.number}`,
    );
  const kept = keptElsewhere(anchor, statement, keys, against.anchors);
  const later = chain.hashes.length - head.version;
  say(
    `anchor: number ${statement.number} of ${statement.madeAt}, root ${statement.root}, covers the ${what} up to version ${head.version}${kept}`,
  );
  const { trusted } = against;
  if (trusted !== undefined && stepsFrom(trusted, key.kid, vouched) === null) {
    const former = stepsFrom(key.kid, trusted, vouched) !== null;
    say(
      `anchor: signed by key ${key.kid}, ${former ? 'a former one, which vouches for the key given' : 'which is unrelated to the key given'}: that one does not vouch for it`,
    );
  }
  if (later > 0) say(`anchor: ${later} later ${what} are not covered by it`);
};

/** @throws Broken where the anchors kept elsewhere do not have this one, or have another of its number */
const keptElsewhere = (
  anchor: SignedAnchor,
  { number, store }: AnchorStatement,
  keys: Signers['keys'],
  elsewhere: Against['anchors'],
): string => {
  if (!elsewhere) return '';
  const found = elsewhere.filter(({ statement }) => readStatement(statement)?.number === number);
  if (found.length === 0) throw new Broken(`proof.json: anchor ${number} is not among those kept elsewhere`);
  const other = found.find(({ statement }) => statement !== anchor.statement);
  if (!other) return ', and is the one kept elsewhere';
  const record = readStatement(other.statement)!.store === store ? '' : 'is of another record and ';
  const by = isSignedAnchor(other, keys) ? 'is signed by a key in this package, too' : 'is signed by no key in it';
  throw new Broken(
    found.length > 1 && found.some(({ statement }) => statement === anchor.statement)
      ? `proof.json: anchor ${number} was kept elsewhere in two forms; the other ${record}${by}`
      : `proof.json: anchor ${number} is another than the one kept elsewhere, which ${record}${by}`,
  );
};

const isSignedAnchor = ({ statement, signature }: SignedAnchor, keys: Signers['keys']): boolean => {
  const key = keys.get(readStatement(statement)!.kid);
  if (!key || typeof signature !== 'string') return false;
  return isSignedBy(key, Buffer.from(statement, 'utf8'), Buffer.from(signature, 'base64'));
};
