import { createHmac } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Pool } from 'pg';
import type { CommandService } from '../commands/contract.js';
import { caseCodeOf, disputeIdOf, engineCommandId } from '../commands/identity.js';
import { StoreUnavailable, UnstorableText, type AppendRequest, type EventStore } from '../store/contract.js';
import { run } from '../store/pool.js';
import { NoMasterKey, UnknownMasterKey } from '../store/sealing/master-keys.js';
import { readCsv } from './csv.js';
import type { CsvMap } from './csv-columns.js';
import { decidePast } from './decide-past.js';
import { readLines, type Encoding } from './lines.js';
import { readPastDispute, type PastDispute } from './past-dispute.js';
import { rowRefused, RowRefused, type RefusedRow } from './refused-row.js';
import { openReport } from './report.js';
import { csvRows, jsonRows, type Row } from './rows.js';
import { whileAway } from './while-away.js';

export interface ImportRequest {
  pool: Pool;
  store: Pick<EventStore, 'append'>;
  commands: Pick<CommandService, 'contextFor' | 'now'>;
  /** A key of this record, under which rows are told apart by content. */
  fingerprintKey: Uint8Array;
  file: string;
  /** Null: JSON Lines. */
  csv: CsvMap | null;
  encoding?: Encoding;
  /** Names the backlog: an external id is imported once under one name, whatever the file is called. */
  name: string;
  /** The organisation that registers, where a row names none. */
  organisation?: string;
  /** Where refused rows are written, one JSON a line; left only where there are any. */
  report: string;
  /** Other files that this import was read from, which the report may not replace. */
  reads?: readonly string[];
  /** What may have changed meanwhile is read anew: an import may take hours. */
  beforeBatch?: () => Promise<void>;
  onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  imported: number;
  /** Recorded actions of the rows imported, the registration among them. */
  facts: number;
  /** Imported before, with the same content. */
  known: number;
  refused: number;
  bytes: number;
  ofBytes: number;
}

/** Rows decided at once, and the bytes of text that they may have together. */
const mostRows = 200;
const mostBytes = 8 << 20;
/** Appends under way at once. */
const lanes = 8;
/** Rows in a row that fail unexpectedly: then it is not the rows. */
const mostFailures = 20;

/**
 * Imports a file of past disputes. Every row goes through the law's own `decide`, fact by fact, and is recorded in one
 * append: whole, or not at all. The append's command id is made of the backlog's name and the external id, so that after
 * a crash, at a second time or from two processes at once nothing is recorded twice. Memory does not grow with the file.
 * What fails unexpectedly while one row is read or decided refuses that row. The report is kept when the import throws.
 *
 * @throws UnknownColumns, UnusableReport, StoreUnavailable where PostgreSQL stays away; UnknownMasterKey, NoMasterKey; what the file
 *   system throws; what 20 rows in a row fail with
 */
export async function importFile(request: ImportRequest): Promise<ImportProgress> {
  const { file, csv, encoding, beforeBatch = async () => undefined, onProgress = () => undefined } = request;
  const progress: ImportProgress = {
    imported: 0,
    facts: 0,
    known: 0,
    refused: 0,
    bytes: 0,
    ofBytes: (await stat(file)).size,
  };
  const report = await openReport(request.report, [file, ...(request.reads ?? [])]);
  const lines = readLines(createReadStream(file), encoding);
  const verdicts = verdictsOf();
  try {
    for await (const batch of batches(csv ? csvRows(readCsv(lines), csv) : jsonRows(lines))) {
      await whileAway(beforeBatch);
      await importBatch(request, batch, progress, verdicts);
      progress.bytes = batch.at(-1)!.end;
      const refused = verdicts.take();
      progress.refused += refused.length;
      await report.write(refused);
      onProgress({ ...progress });
    }
    progress.bytes = progress.ofBytes;
    await report.finish();
    return progress;
  } catch (error) {
    await report.keep(verdicts.take());
    throw error;
  }
}

async function* batches(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  let bytes = 0;
  for await (const row of rows) {
    batch.push(row);
    bytes += 'raw' in row ? row.raw.length : 0;
    if (batch.length < mostRows && bytes < mostBytes) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  if (batch.length > 0) yield batch;
}

interface Candidate {
  line: number;
  past: PastDispute;
  commandId: string;
  fingerprint: string;
}

/** What becomes of the rows, and whether it is still the rows that fail. */
const verdictsOf = () => {
  let refused: RefusedRow[] = [];
  /** Of the batch, in their order: those whose verdict, or that of one before them, is still out. */
  let lines: number[] = [];
  const faults = new Map<number, { error: unknown } | null>();
  let failures = 0;
  const settle = (line: number, fault: { error: unknown } | null) => {
    faults.set(line, fault);
    for (let next = lines[0]; next !== undefined && faults.has(next); next = lines[0]) {
      lines.shift();
      const one = faults.get(next) ?? null;
      failures = one ? failures + 1 : 0;
      if (failures >= mostFailures) verdicts.end ??= one;
    }
  };
  const verdicts = {
    /** What the import ends with: an error that is not the row's (`isOfAll`), or that of too many rows in a row. */
    end: null as { error: unknown } | null,
    begin: (batch: readonly Row[]) => {
      lines = batch.map(({ line }) => line);
      faults.clear();
    },
    passed: (line: number) => settle(line, null),
    refuse: (line: number, externalId: string | null, error: unknown) => {
      if (isOfAll(error)) {
        verdicts.end ??= { error };
        return;
      }
      const known = asRefusal(error);
      const { code, reason, pointer } = known ?? rowRefused('failed');
      refused.push({ line, externalId, code, reason, ...(pointer ? { pointer } : {}) });
      settle(line, known ? null : { error });
    },
    /** Those refused since the last time, in the order of their lines. */
    take: () => {
      const taken = refused.sort((a, b) => a.line - b.line);
      refused = [];
      return taken;
    },
  };
  return verdicts;
};

async function importBatch(
  request: ImportRequest,
  batch: readonly Row[],
  progress: ImportProgress,
  verdicts: ReturnType<typeof verdictsOf>,
): Promise<void> {
  const { begin, passed, refuse } = verdicts;
  begin(batch);
  const candidates: Candidate[] = [];
  for (const row of batch) {
    if ('refused' in row) {
      refuse(row.line, idIn({ externalId: row.externalId }), row.refused);
      continue;
    }
    if ('failed' in row) {
      refuse(row.line, null, row.failed);
      continue;
    }
    try {
      candidates.push(candidateOf(request, row));
    } catch (error) {
      refuse(row.line, idIn(row.given), error);
    }
  }
  const known = await whileAway(() => knownCommands(request.pool, candidates));
  const fresh = candidates.filter(({ line, past, commandId, fingerprint }) => {
    const before = known.get(commandId);
    if (before === undefined) return true;
    if (before === fingerprint) {
      passed(line);
      progress.known += 1;
    } else refuse(line, past.externalId, rowRefused('external-id-reused'));
    return false;
  });
  const numbers = fresh.length === 0 ? [] : await whileAway(() => caseNumbers(request.pool, fresh.length));
  const waiting = fresh.map((candidate, index) => ({ candidate, number: numbers[index]! }));
  const lane = async () => {
    for (let next = waiting.shift(); next && !verdicts.end; next = waiting.shift()) {
      const { candidate, number } = next;
      const { past, fingerprint, line } = candidate;
      try {
        const append = appendOf(request, candidate, number);
        const result = await whileAway(() => request.store.append(append));
        if (result.status === 'conflict') throw rowRefused('failed');
        if (result.status === 'duplicate' && result.prior.fingerprint !== fingerprint)
          throw rowRefused('external-id-reused');
        passed(line);
        if (result.status === 'duplicate') progress.known += 1;
        else {
          progress.imported += 1;
          progress.facts += 1 + (past.facts?.length ?? 0);
        }
      } catch (error) {
        refuse(line, past.externalId, error);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (verdicts.end) throw verdicts.end.error as Error;
}

const candidateOf = (
  { name, fingerprintKey, organisation }: ImportRequest,
  row: Extract<Row, { raw: string }>,
): Candidate => {
  const past = readPastDispute(row.given);
  return {
    line: row.line,
    past: organisation === undefined ? past : { organisation, ...past },
    commandId: engineCommandId('import', name, past.externalId),
    fingerprint: createHmac('sha256', fingerprintKey).update(`imported row\0${row.raw}`).digest('hex'),
  };
};

const appendOf = (
  { name, commands }: ImportRequest,
  { past, commandId, fingerprint }: Candidate,
  number: number,
): AppendRequest => {
  const { region, receivedOn } = past.registration as { region: string; receivedOn?: string };
  const caseCode = caseCodeOf(region, (receivedOn ?? commands.now()).slice(0, 4), number);
  const disputeId = disputeIdOf(commandId);
  return decidePast(
    past,
    { disputeId, caseCode, commandId, fingerprint, account: `import:${name}` },
    commands.contextFor,
  );
};

/** An external id that is one: of a row that was not understood nothing else is told. */
const idIn = (given: unknown): string | null => {
  const id = typeof given === 'object' && given !== null ? (given as { externalId?: unknown }).externalId : null;
  return typeof id === 'string' && /^[\w\-.:/]{1,80}$/.test(id) ? id : null;
};

/** What would fail with every row: PostgreSQL away or not to be entered, the file system, a key that is missing. */
const isOfAll = (error: unknown): boolean => {
  if (error instanceof StoreUnavailable || error instanceof UnknownMasterKey || error instanceof NoMasterKey)
    return true;
  const { code, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
  // SQLSTATE: connection, authorisation, no such database, resources, intervention, system error.
  return syscall !== undefined || (typeof code === 'string' && /^(08|28|3D|53|57|58)[0-9A-Z]{3}$/.test(code));
};

/** Null for what nobody foresaw. */
const asRefusal = (error: unknown): RowRefused | null => {
  if (error instanceof RowRefused) return error;
  if (error instanceof UnstorableText) return rowRefused('unstorable-text');
  // Nested too deep for the stack.
  return error instanceof RangeError ? rowRefused('failed') : null;
};

const selectKnown = {
  name: 'import-known',
  text: `SELECT command_id AS "commandId", fingerprint FROM accord.commands WHERE command_id = ANY ($1)`,
};

async function knownCommands(pool: Pool, candidates: readonly Candidate[]): Promise<Map<string, string>> {
  if (candidates.length === 0) return new Map();
  const ids = candidates.map(({ commandId }) => commandId);
  const rows = await run<{ commandId: string; fingerprint: string }>(pool, selectKnown, [ids]);
  return new Map(rows.map(({ commandId, fingerprint }) => [commandId, fingerprint]));
}

const drawNumbers = {
  name: 'import-case-numbers',
  text: `SELECT nextval('accord.case_number')::integer AS number FROM generate_series(1, $1)`,
};

const caseNumbers = async (pool: Pool, count: number): Promise<number[]> =>
  (await run<{ number: number }>(pool, drawNumbers, [count])).map(({ number }) => number);
