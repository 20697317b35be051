import type { Pool } from 'pg';
import type { ReadKind, ReadRecord } from './contract.js';
import { run } from './pool.js';
import { cursorPart, decodeCursor, pageLimit, pageOf, type Page, type PageRequest } from './read-models/page.js';

/** A reading as it was recorded. */
export interface RecordedRead {
  /** Instant. */
  at: string;
  account: string;
  kind: 'person' | 'service';
  roles: string[];
  organisation: string | null;
  what: ReadKind;
  requestId: string;
}

const insertRead = { name: 'record-read', text: 'SELECT accord.record_read($1)' };

/** Records that somebody is about to be shown personal data. @throws StoreUnavailable */
export async function recordRead(pool: Pool, read: ReadRecord): Promise<void> {
  await run(pool, insertRead, [JSON.stringify(read)]);
}

const columns = 'read_id, at, account, kind, roles, organisation, what, request_id';

const selectReads = {
  name: 'reads-of-dispute',
  text: `SELECT read_id::text AS "readId", at, account, kind, roles, organisation, what, request_id AS "requestId"
    FROM (SELECT ${columns} FROM accord.reads WHERE dispute_id = $1 AND read_id < $2::bigint
          UNION ALL
          SELECT ${columns} FROM accord.reads WHERE dispute_ids @> ARRAY[$1] AND read_id < $2::bigint) AS own
    ORDER BY read_id DESC LIMIT $3`,
};

type Row = Omit<RecordedRead, 'at'> & { readId: string; at: Date };

const last = '9223372036854775807';

/** Who has been shown personal data of a dispute, the last first. @throws InvalidCursor, StoreUnavailable */
export async function listReads(pool: Pool, disputeId: string, page: PageRequest = {}): Promise<Page<RecordedRead>> {
  const limit = pageLimit(page);
  const [before = last] = decodeCursor(page.cursor, [cursorPart.number]) ?? [];
  const rows = await run<Row>(pool, selectReads, [disputeId, before, limit + 1]);
  return pageOf(
    rows,
    limit,
    ({ readId }) => [readId],
    ({ readId: _place, at, ...read }) => ({ ...read, at: at.toISOString() }),
  );
}
