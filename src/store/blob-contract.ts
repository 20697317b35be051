/** Documents: bytes behind a port, metadata in PostgreSQL. */
export interface BlobStore {
  /** Stores a stream of at most `maxBytes`; answers size and lower-case hex SHA-256. The same bytes are stored once. */
  put(bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<{ sha256: string; size: number }>;
  get(sha256: string): Promise<NodeJS.ReadableStream | null>;
}
