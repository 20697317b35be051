import { canonical } from '../../../store/canonical.js';
import { chainHash, commitment, firstPreviousHash, hashedText, type PlacedEvent } from '../../../store/chain.js';
import type { JsonObject } from '../../../store/contract.js';
import { referencesIn } from '../../references.js';
import type { Evidence, ProvenValues } from '../contract.js';
import { Broken, type Archive } from './archive.js';

/** What is kept of a chain that was checked. */
export interface CheckedChain {
  /** By version − 1. */
  hashes: string[];
  /** Commitment by reference, and the first version that holds it. */
  commitments: Map<string, { commitment: string; version: number }>;
  documents: Map<string, { sha256: string; size: number; version: number }>;
  caseCode: string | null;
}

/** Recomputes a chain line by line. @throws Broken naming the first damaged version */
export const checkChain = async (archive: Archive, name: string, stream: string): Promise<CheckedChain> => {
  const chain: CheckedChain = { hashes: [], commitments: new Map(), documents: new Map(), caseCode: null };
  let previous = firstPreviousHash(stream);
  for await (const line of archive.lines(name)) {
    const version = chain.hashes.length + 1;
    const wrong = (problem: string): never => {
      throw new Broken(`${name}: version ${version}: ${problem}`);
    };
    const event = eventIn(line) ?? wrong('the line is no event in RFC 8785');
    if (event.stream !== stream) wrong(`belongs to another stream`);
    if (event.version !== version) wrong(`version ${String(event.version)} stands here`);
    if (event.previousHash !== previous) wrong('its previous hash is not the hash of the event before');
    if (event.hash !== chainHash(previous, hashedText(event))) wrong('its hash is not that of its text');
    previous = event.hash;
    note(chain, event);
  }
  return chain;
};

type ChainedEvent = PlacedEvent & { previousHash: string; hash: string };

/** Null where the line is not the one way to write its event down: so that nothing can stand beside what is hashed. */
const eventIn = (line: string): ChainedEvent | null => {
  try {
    const event = JSON.parse(line) as ChainedEvent;
    const { previousHash, hash } = event;
    const members = { ...(JSON.parse(hashedText(event)) as JsonObject), previousHash, hash };
    return canonical(members) === line ? event : null;
  } catch {
    return null;
  }
};

const note = (chain: CheckedChain, { version, type, data, hash }: ChainedEvent): void => {
  chain.hashes.push(hash);
  for (const sealed of referencesIn(data))
    if (!chain.commitments.has(sealed.ref))
      chain.commitments.set(sealed.ref, { commitment: sealed.commitment, version });
  if (type === 'DocumentAdded') {
    const { documentId, sha256, size } = data as { documentId: string; sha256: string; size: number };
    chain.documents.set(documentId, { sha256, size, version });
  }
  if (version === 1) chain.caseCode = typeof data['caseCode'] === 'string' ? data['caseCode'] : null;
};

export interface CheckedValues {
  shown: number;
  withheld: number;
  erased: number;
}

/** Checks every value that is shown against the commitment in its event. @throws Broken */
export const checkValues = (values: ProvenValues, { commitments }: CheckedChain): CheckedValues => {
  const counted: CheckedValues = { shown: 0, withheld: 0, erased: 0 };
  for (const ref of Object.keys(values))
    if (!commitments.has(ref)) throw new Broken(`values.json: ${ref} is in no event`);
  for (const [ref, committed] of commitments) {
    const value = Object.hasOwn(values, ref) ? values[ref] : undefined;
    if (!value) throw new Broken(`values.json: ${ref} of version ${committed.version} is not accounted for`);
    if (!Object.hasOwn(counted, value.state)) throw new Broken(`values.json: ${ref} is in no known state`);
    counted[value.state] += 1;
    if (value.state === 'shown' && !fits(value.salt, value.value, committed.commitment))
      throw new Broken(`values.json: ${ref} is not the value that version ${committed.version} was recorded with`);
  }
  return counted;
};

const fits = (salt: string, value: Parameters<typeof commitment>[1], committed: string): boolean => {
  try {
    return commitment(salt, value) === committed;
  } catch {
    return false;
  }
};

/** Checks that the list of documents is that of the events. Answers how many of them are included. @throws Broken */
export const checkEvidence = (evidence: readonly Evidence[], { documents }: CheckedChain, archive: Archive): number => {
  const listed = new Set<string>();
  let included = 0;
  for (const { documentId, sha256, size, path } of evidence) {
    const recorded = documents.get(documentId);
    if (!recorded) throw new Broken(`evidence.json: ${documentId} is in no event`);
    if (recorded.sha256 !== sha256 || recorded.size !== size)
      throw new Broken(`evidence.json: ${documentId} is not the document that version ${recorded.version} recorded`);
    if (path !== null && (path !== `documents/${sha256}` || !archive.has(path)))
      throw new Broken(`evidence.json: the bytes of ${documentId} are not included`);
    if (path !== null) included += 1;
    listed.add(documentId);
  }
  for (const [documentId, { version }] of documents)
    if (!listed.has(documentId)) throw new Broken(`evidence.json: ${documentId} of version ${version} is not listed`);
  return included;
};
