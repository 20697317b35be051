import { z } from 'zod';
import { registrationSchema } from '../api/disputes/register.js';
import { occurred, text, word } from '../api/schemas/from-fields.js';
import { roles } from '../domain/dispute/context.js';
import { rowRefused } from './refused-row.js';

/** As whom a fact is recorded, where that does not follow from the fact. */
const as = z.strictObject({
  role: z.enum(roles.filter((role) => role !== 'system' && role !== 'party')).optional(),
  organisation: word(80).optional(),
});

const fact = z.strictObject({
  action: z.string().regex(/^[a-z][a-z-]{0,59}$/),
  on: occurred,
  body: z.looseObject({}).optional(),
  procedureId: word(40).optional(),
  note: text(4000).optional(),
  as: as.optional(),
});

const pastDispute = z.strictObject({
  externalId: word(200),
  registration: registrationSchema('en').omit({ backfill: true }),
  organisation: word(80).optional(),
  facts: z.array(fact).max(500).optional(),
  finish: z.boolean().optional(),
});

/** A dispute of the past with its facts, of the shape that docs/import.md describes. */
export type PastDispute = z.infer<typeof pastDispute>;
export type PastFact = z.infer<typeof fact>;

/** Throws `RowRefused`, which points at the first field that is wrong. */
export const readPastDispute = (given: unknown): PastDispute => {
  const read = pastDispute.safeParse(given);
  if (read.success) return read.data;
  throw rowRefused('invalid', pointerOf(read.error.issues[0]?.path ?? []));
};

/** Names of fields and places in lists. An unknown field is not in the path; keys of a table of texts are left out. */
export const pointerOf = (path: readonly PropertyKey[]): string => {
  const table = path.indexOf('externalIds');
  return path
    .slice(0, table === -1 ? path.length : table + 1)
    .map((part) => `/${String(part)}`)
    .join('');
};
