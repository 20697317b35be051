import { z } from 'zod';
import { proofFormat } from '../contract.js';

/** What is read out of a package, before anything in it is believed. */

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.int().nonnegative();

export const manifestFile = z.object({
  format: z.literal(proofFormat),
  formatVersion: z.literal(1),
  disputeId: z.string(),
  caseCode: z.string(),
  stream: z.string(),
  head: z.object({ version: whole, hash }),
  signature: z.object({ algorithm: z.literal('Ed25519'), keyId: z.string() }),
  files: z.array(z.object({ path: z.string(), size: whole, sha256: hash })),
});

export const keysFile = z.object({
  current: z.string(),
  keys: z.array(
    z.object({
      kid: z.string(),
      jwk: z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() }),
      pem: z.string(),
      endorsement: z.object({ statement: z.string(), signature: z.string() }).nullable(),
    }),
  ),
});

export const valuesFile = z.record(
  z.string(),
  z.discriminatedUnion('state', [
    z.object({ state: z.literal('shown'), kind: z.string(), salt: z.string(), value: z.json() }),
    z.object({ state: z.literal('withheld'), kind: z.string(), masked: z.json().optional() }),
    z.object({ state: z.literal('erased') }),
  ]),
);

export const evidenceFile = z.object({
  documents: z.array(
    z.object({
      documentId: z.string(),
      kind: z.string(),
      sha256: hash,
      size: whole,
      mediaType: z.string(),
      procedureId: z.string().nullable(),
      addedOn: z.string(),
      path: z.string().nullable(),
    }),
  ),
});

const inclusion = z.object({
  anchor: z.object({ statement: z.string(), signature: z.string() }),
  head: z.object({ stream: z.string(), version: whole, hash }),
  leaf: whole,
  path: z.array(hash),
});

export const proofsFile = z.object({ dispute: inclusion, refusals: inclusion.nullable() });
