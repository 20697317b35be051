import type { Pool, PoolClient } from 'pg';
import { asStoreError } from './pool.js';

/** What a transaction begins with: one that writes, or one that reads everything as of one moment. */
const beginnings = {
  write: 'BEGIN',
  snapshot: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
} as const;

/**
 * Does something in one transaction, on one connection. What is thrown undoes it.
 *
 * @throws StoreUnavailable where PostgreSQL is away; then it may have been done all the same
 */
export const inTransaction = async <T>(
  pool: Pool,
  kind: keyof typeof beginnings,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> => {
  const client = await pool.connect().catch((error: unknown) => {
    throw asStoreError(error);
  });
  // A connection that breaks between two statements has nobody else to tell: without a listener the process would end.
  const broke = (): void => undefined;
  client.on('error', broke);
  let broken = true;
  try {
    await client.query(beginnings[kind]);
    const answer = await work(client);
    await client.query('COMMIT');
    broken = false;
    return answer;
  } catch (error) {
    // Without an answer the transaction is PostgreSQL's to end, with the connection.
    await client.query('ROLLBACK').then(
      () => (broken = false),
      () => undefined,
    );
    throw asStoreError(error);
  } finally {
    client.off('error', broke);
    client.release(broken);
  }
};
