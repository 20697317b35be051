import pg from 'pg';
import { StoreUnavailable } from './contract.js';

export interface PoolOptions {
  /** Most connections at once; default 10. */
  max?: number;
  /** Hears of idle connections that broke. Such an error is no failure: the pool opens another. */
  onError?: (error: Error) => void;
}

/** Limits in milliseconds that every connection of the application runs under. */
export const connectionLimits = {
  connectionTimeoutMillis: 3_000,
  statement_timeout: 10_000,
  // For a server that no longer answers at all, where its own limit cannot fire.
  query_timeout: 15_000,
  // An open transaction anywhere holds back every ordered reader.
  idle_in_transaction_session_timeout: 10_000,
} as const;

/**
 * A pool that outlives its server: broken connections are dropped and opened anew when PostgreSQL is back.
 * The caller ends it with `pool.end()`.
 */
export function createPool(databaseUrl: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.max ?? 10,
    application_name: 'accord',
    keepAlive: true,
    ...connectionLimits,
  });
  // Without a listener an idle connection that its server kills would end the process.
  pool.on('error', (error) => options.onError?.(error));
  return pool;
}

/** A statement with a name is prepared once a connection. */
export interface Statement {
  name: string;
  text: string;
}

/**
 * Runs one statement and answers its rows.
 *
 * @throws StoreUnavailable if PostgreSQL cannot be reached, or refuses work for now
 */
export async function run<Row extends object>(
  pool: pg.Pool,
  statement: Statement,
  values: unknown[] = [],
): Promise<Row[]> {
  try {
    const result = await pool.query<Row>({ ...statement, values });
    return result.rows;
  } catch (error) {
    throw asStoreError(error);
  }
}

/** A connection's failure as `StoreUnavailable`; any other error as it is. */
export function asStoreError(error: unknown): unknown {
  if (!isConnectionFailure(error)) return error;
  const code = codeOf(error);
  return new StoreUnavailable(`PostgreSQL is unavailable${code === null ? '' : ` (${code})`}.`, {
    cause: error,
  });
}

const refusedForNow = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT', // no socket file
  '25006', // read-only: a standby, or a primary that was demoted
  '53300', // too many connections
  '55P03', // lock not available
  '57014', // statement timeout
  '57P01', // administrator's shutdown
  '57P02', // crash of another backend
  '57P03', // starting up, or shutting down
  '57P05', // idle session timeout
  '25P03', // idle-in-transaction timeout
  '40P01', // deadlock
  '40001', // serialisation failure
]);

/** Failures that the driver reports without a code. */
const withoutCode =
  /timeout exceeded when trying to connect|connection terminated|connection ended|connection error and is not queryable|query read timeout|timeout expired|client was closed/i;

/** By shape, not by class: the driver's and Node's errors may come from another realm. */
function isConnectionFailure(error: unknown): boolean {
  const { errors, message } = (error ?? {}) as { errors?: unknown; message?: unknown };
  // One for each address of a host that was tried.
  if (Array.isArray(errors)) return errors.some(isConnectionFailure);
  const code = codeOf(error);
  if (code !== null) return refusedForNow.has(code) || code.startsWith('08') || code.startsWith('53');
  return typeof message === 'string' && withoutCode.test(message);
}

function codeOf(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}
