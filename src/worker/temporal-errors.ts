import { WorkflowNotFoundError } from '@temporalio/client';

/**
 * gRPC status codes after which the server may be there again: 1 cancelled, 4 deadline, 14 unavailable. Not 8,
 * exhausted: that may be about one workflow, which is just ending.
 */
const passing = new Set([1, 4, 14]);

/** Whether Temporal cannot be reached. */
export const isTemporalAway = (error: unknown): boolean => {
  const code = grpcCode(error);
  return code !== null ? passing.has(code) : isTransport(error);
};

/** Whether PostgreSQL cannot be reached. */
export const isStoreAway = (error: unknown): boolean => error instanceof Error && error.name === 'StoreUnavailable';

export const isNotFound = (error: unknown): boolean => error instanceof WorkflowNotFoundError || grpcCode(error) === 5;

function grpcCode(error: unknown): number | null {
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code } = one as { code?: unknown };
    if (typeof code === 'number') return code;
  }
  return null;
}

/** The native client reports a connection that fails without a status code. */
const isTransport = (error: unknown): boolean => error instanceof Error && error.name === 'TransportError';

/** What a log may say of an error: its class and code, nothing of its message. */
export const codeOfError = (error: unknown): string => {
  const name = error instanceof Error && /^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'unknown';
  const code = grpcCode(error);
  return code === null ? name : `${name}:grpc-${code}`;
};
