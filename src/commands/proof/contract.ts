import type { HolidayYear } from '../../domain/calendar/calendar.js';
import type { Rule } from '../../domain/rules/rule.js';
import type { Json } from '../../store/contract.js';
import type { InclusionProof } from '../anchors.js';
import type { PublicKey } from '../keys.js';

/** What the files of a proof package hold; docs/verify-a-package.md describes them for others. */

export const proofFormat = 'accord-proof-package';

/** The files of a package. All but `refusals.jsonl` are in every one; that and `documents/` only where there are any. */
export const proofFiles = {
  manifest: 'manifest.json',
  signature: 'manifest.sig',
  events: 'events.jsonl',
  refusals: 'refusals.jsonl',
  values: 'values.json',
  evidence: 'evidence.json',
  rules: 'rules.json',
  calendar: 'calendar.json',
  proof: 'proof.json',
  keys: 'keys.json',
  course: 'course.pdf',
  readme: 'README.txt',
} as const;

export const obligatoryFiles: readonly string[] = Object.values(proofFiles).filter(
  (name) => name !== proofFiles.refusals,
);

export const documentFile = (sha256: string): string => `documents/${sha256}`;

export interface ProofManifest {
  format: typeof proofFormat;
  formatVersion: 1;
  disputeId: string;
  caseCode: string;
  /** Instant. */
  madeAt: string;
  stream: string;
  /** The last event in the package. */
  head: { version: number; hash: string };
  signature: { file: 'manifest.sig'; algorithm: 'Ed25519'; keyId: string };
  files: { path: string; size: number; sha256: string }[];
}

/** What a reference in an event stands for. Only with its salt can a value be checked against its commitment. */
export type ProvenValue =
  | { state: 'shown'; kind: string; salt: string; value: Json }
  | { state: 'withheld'; kind: string; masked?: Json }
  /** Destroyed with its salt: the commitment in the event no longer says anything. */
  | { state: 'erased' };

export type ProvenValues = Record<string, ProvenValue>;

export interface Evidence {
  documentId: string;
  kind: string;
  sha256: string;
  size: number;
  mediaType: string;
  procedureId: string | null;
  /** Civil date. */
  addedOn: string;
  /** Where its bytes are in the package; null: not included. */
  path: string | null;
}

/** A rule as one or more periods of the dispute ran under it. */
export interface RuleUsed {
  code: string;
  version: number;
  /** Null for a service level of our own. */
  law: string | null;
  article: string | null;
  confidence: 'verified' | 'unverified';
  title: { zh: string; en: string } | null;
  deadlines: string[];
  /** The rule as this program has it; null where it is no rule of law, or no longer known in that version. */
  rule: Rule | null;
}

export interface CalendarsUsed {
  versions: { version: string; years: string[]; missing: string[] }[];
  years: HolidayYear[];
}

export interface StreamProofs {
  dispute: InclusionProof;
  refusals: InclusionProof | null;
}

export interface PackagedKeys {
  current: string;
  keys: readonly PublicKey[];
}
