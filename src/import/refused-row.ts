import { refusals, type Refusal, type RefusalCode } from '../domain/dispute/refusal.js';

/** Why a row is not imported, besides what the domain refuses. */
export const rowProblems = {
  'not-json': 'The line is not JSON',
  'line-too-long': 'The line has more than 1 MiB',
  'wrong-encoding': 'The line is not in the encoding of the file (see --encoding)',
  'unclosed-quote': 'A quote is opened and never closed',
  'bad-quotes': 'A quote stands inside a field that is not quoted, or text behind a closed one',
  'wrong-columns': 'The row has more or fewer fields than the header',
  invalid: 'A field is missing, unknown, or not of its form',
  'unknown-outcome': 'It is not said which facts this outcome stands for (see --map)',
  'unknown-action': 'There is no such action',
  'not-importable': 'The action changes what was recorded before: do it after the import',
  'external-id-reused': 'Another row was imported under this external id',
  'unstorable-text': 'A text holds a character that cannot be stored',
  failed: 'It cannot be decided',
} as const;

export type RowProblem = keyof typeof rowProblems;

/** A row that is not imported: codes and places only, nothing of what it says. */
export interface RefusedRow {
  line: number;
  externalId: string | null;
  code: RowProblem | RefusalCode;
  reason: string;
  /** JSON Pointer into the row, as docs/import.md shows it. */
  pointer?: string;
}

/** Thrown while a row is read or decided; the caller knows which. */
export class RowRefused extends Error {
  override readonly name = 'RowRefused';
  constructor(
    readonly code: RowProblem | RefusalCode,
    readonly reason: string,
    readonly pointer?: string,
  ) {
    super(code);
  }
}

export const rowRefused = (code: RowProblem, pointer?: string): RowRefused =>
  new RowRefused(code, rowProblems[code], pointer);

/** What the domain refuses; `at` is the pointer of the fact, or of the registration. */
export const refusedByDomain = ({ code, pointer = '' }: Refusal, at: string): RowRefused =>
  new RowRefused(code, refusals[code].en, `${at}${pointer}`);
