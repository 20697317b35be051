import { createHmac } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { CommandService } from '../commands/contract.js';
import { caseCodeOf, disputeIdOf, engineCommandId } from '../commands/identity.js';
import { StoreUnavailable, UnstorableText, type AppendRequest, type EventStore } from '../store/contract.js';
import { run } from '../store/pool.js';
import { readCsv } from './csv.js';
import type { CsvMap } from './csv-columns.js';
import { decidePast } from './decide-past.js';
import { readLines, type Encoding } from './lines.js';
import { readPastDispute, type PastDispute } from './past-dispute.js';
import { rowRefused, RowRefused, type RefusedRow } from './refused-row.js';
import { csvRows, jsonRows, type Row } from './rows.js';

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
  /** Where refused rows are written, one JSON a line; made only where there are any. */
  report: string;
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

/**
 * Imports a file of past disputes. Every row goes through the law's own `decide`, fact by fact, and is recorded in one
 * append: whole, or not at all. The append's command id is made of the backlog's name and the external id, so that after
 * a crash, at a second time or from two processes at once nothing is recorded twice. Memory does not grow with the file.
 *
 * @throws UnknownColumns, StoreUnavailable where PostgreSQL stays away; what the file system throws
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
  const report = reportTo(request.report);
  const lines = readLines(createReadStream(file), encoding);
  try {
    for await (const batch of batches(csv ? csvRows(readCsv(lines), csv) : jsonRows(lines))) {
      await whileAway(beforeBatch);
      const refused = await importBatch(request, batch, progress);
      progress.refused += refused.length;
      progress.bytes = batch.at(-1)!.end;
      await report.write(refused.sort((a, b) => a.line - b.line));
      onProgress({ ...progress });
    }
    progress.bytes = progress.ofBytes;
    await report.finish();
    return progress;
  } catch (error) {
    await report.drop();
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

async function importBatch(
  request: ImportRequest,
  batch: readonly Row[],
  progress: ImportProgress,
): Promise<RefusedRow[]> {
  const refused: RefusedRow[] = [];
  const refuse = (line: number, externalId: string | null, { code, reason, pointer }: RowRefused) =>
    refused.push({ line, externalId, code, reason, ...(pointer ? { pointer } : {}) });
  const candidates: Candidate[] = [];
  for (const row of batch) {
    if ('refused' in row) {
      refuse(row.line, idIn({ externalId: row.externalId }), row.refused);
      continue;
    }
    try {
      candidates.push(candidateOf(request, row));
    } catch (error) {
      refuse(row.line, idIn(row.given), asRefusal(error));
    }
  }
  const known = await whileAway(() => knownCommands(request.pool, candidates));
  const fresh = candidates.filter(({ line, past, commandId, fingerprint }) => {
    const before = known.get(commandId);
    if (before === undefined) return true;
    if (before === fingerprint) progress.known += 1;
    else refuse(line, past.externalId, rowRefused('external-id-reused'));
    return false;
  });
  const numbers = fresh.length === 0 ? [] : await whileAway(() => caseNumbers(request.pool, fresh.length));
  const waiting = fresh.map((candidate, index) => ({ candidate, number: numbers[index]! }));
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { candidate, number } = next;
      const { past, fingerprint, line } = candidate;
      try {
        const append = appendOf(request, candidate, number);
        const result = await whileAway(() => request.store.append(append));
        if (result.status === 'conflict') throw rowRefused('failed');
        if (result.status === 'duplicate' && result.prior.fingerprint !== fingerprint)
          throw rowRefused('external-id-reused');
        if (result.status === 'duplicate') progress.known += 1;
        else {
          progress.imported += 1;
          progress.facts += 1 + (past.facts?.length ?? 0);
        }
      } catch (error) {
        refuse(line, past.externalId, asRefusal(error));
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const one of ended) if (one.status === 'rejected') throw one.reason as Error;
  return refused;
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

const asRefusal = (error: unknown): RowRefused => {
  if (error instanceof RowRefused) return error;
  if (error instanceof UnstorableText) return rowRefused('unstorable-text');
  // Nested too deep for the stack.
  if (error instanceof RangeError) return rowRefused('failed');
  throw error;
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

/** Seconds after which PostgreSQL is tried again; then it is given up, and the import can be run again. */
const patience = [1, 2, 4, 8, 15];

/** Safe for an append: what was recorded though its answer was lost is a duplicate the next time. */
const whileAway = async <T>(work: () => Promise<T>): Promise<T> => {
  for (const seconds of patience)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      await sleep(seconds * 1000);
    }
  return work();
};

/** Refused rows in the order of their lines; a report that is there is whole. */
const reportTo = (path: string) => {
  const draft = `${path}.${process.pid}`;
  let stream: ReturnType<typeof createWriteStream> | null = null;
  const close = async () => {
    if (!stream) return;
    stream.end();
    await once(stream, 'close');
  };
  return {
    write: async (rows: readonly RefusedRow[]) => {
      if (rows.length === 0) return;
      if (!stream) {
        stream = createWriteStream(draft, { mode: 0o600, flush: true });
        await once(stream, 'open');
      }
      const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
      if (!stream.write(text)) await once(stream, 'drain');
    },
    finish: async () => {
      await close();
      if (stream) await rename(draft, path);
      else await rm(path, { force: true });
    },
    drop: async () => {
      await close();
      await rm(draft, { force: true });
    },
  };
};
