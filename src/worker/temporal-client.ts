import { Client, Connection, type ConnectionOptions } from '@temporalio/client';

/** A client that finds its server again by itself, however long it was away. */
export interface TemporalClient {
  client: Client;
  close(): Promise<void>;
}

/**
 * A client for the relay and the API. It connects with its first call, so that it can be made while Temporal is away.
 * It repeats nothing by itself: its callers do, or answer that Temporal is away. (The repeater that the SDK would add
 * goes on after a call has ended, and throws out of a timer when the connection has been closed meanwhile.)
 */
export function temporalClient(options: {
  /** `host:port`. */
  address: string;
  /** Default `default`. */
  namespace?: string;
  /** TLS, API key and the like, beside the address. */
  connection?: Omit<ConnectionOptions, 'address' | 'interceptors' | 'channelArgs'>;
}): TemporalClient {
  const connection = Connection.lazy({
    ...options.connection,
    address: options.address,
    interceptors: [],
    // gRPC's own limit is two minutes: that long a Temporal that is back would not be noticed.
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 3000 },
  });
  const client = new Client({ connection, namespace: options.namespace ?? 'default' });
  return { client, close: () => connection.close() };
}
