import type { JsonObject } from '../store/contract.js';

/** An event as projections read it. */
export interface ProjectedEvent {
  stream: string;
  version: number;
  type: string;
  schemaVersion: number;
  /** An instant, or a civil date of Asia/Shanghai. */
  occurredAt: string;
  procedureId: string | null;
  data: JsonObject;
}

export type SqlType = 'text' | 'integer' | 'bigint' | 'date' | 'timestamptz' | 'text[]';
export type Cell = string | number | null | string[];
export type Row = Record<string, Cell>;

/** Rows that each belong to one stream. The key begins with the column `owner`, which holds the stream's id. */
export interface RowsTable {
  kind: 'rows';
  /** With its schema; it has a column `generation` besides these. */
  table: string;
  owner: string;
  key: readonly string[];
  columns: Readonly<Record<string, SqlType>>;
}

/** Sums over all streams: a text key, and whole numbers to which each stream adds its share. */
export interface SumsTable {
  kind: 'sums';
  table: string;
  key: readonly string[];
  sums: readonly string[];
}

export type ProjectionTable = RowsTable | SumsTable;

/**
 * A view that is kept up to date behind the events. Each stream contributes by itself, whatever the others do: what a
 * stream contributes is a pure function of its events in order. From that follow exactly-once application, parking of
 * one stream while others flow, and that any pages and restarts lead to the same rows.
 */
export interface Projection<State = unknown> {
  /** Kebab-case; what operators call it. */
  name: string;
  /** Raise it when `apply`, `rows` or the tables change: the next worker builds a new copy beside the old one. */
  version: number;
  /** Streams that it reads, by prefix; the rest of a stream's name is its id. */
  streams: string;
  /** Types that it reads; of all others it sees nothing. */
  types: readonly string[];
  tables: readonly ProjectionTable[];
  /**
   * The state of one stream after one more event; null as long as there is nothing to keep. Pure. Plain JSON: it is
   * stored. Throws where it cannot go on: then the stream is parked.
   */
  apply(state: State | null, event: ProjectedEvent): State | null;
  /** What of the state must be kept for the events to come. Must not change what later `apply` and `rows` answer. */
  trim?(state: State): State;
  /** What the stream contributes, a list a table in the order of `tables`: rows, or shares to be added to sums. */
  rows(state: State, id: string): Row[][];
}

/** How a projection is named where its state does not matter. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyProjection = Projection<any>;

/** The id of a stream that the projection reads; null for any other. */
export const idIn = ({ streams }: Pick<Projection, 'streams'>, stream: string): string | null =>
  stream.startsWith(streams) ? stream.slice(streams.length) : null;
