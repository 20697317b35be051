import type { DataSource } from 'typeorm';
import { asStoreError } from '../pool.js';

/** Runs one statement of a list. @throws StoreUnavailable */
export async function ask<Row>(dataSource: DataSource, text: string, values: unknown[]): Promise<Row[]> {
  return outcome(dataSource.query<Row[]>(text, values));
}

/** Waits for a query of TypeORM's, with a broken connection as `StoreUnavailable`. */
export async function outcome<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    throw asStoreError(unwrap(error));
  }
}

/** TypeORM wraps the driver's error. */
function unwrap(error: unknown): unknown {
  return (error as { driverError?: unknown } | null)?.driverError ?? error;
}
