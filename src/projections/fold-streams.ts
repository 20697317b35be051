import type { AnyProjection, ProjectedEvent, Row } from './projection.js';

/** What a copy holds of one stream: its state as stored, and what it contributes. */
export interface Held {
  /** Null: nothing is kept of it. */
  state: unknown;
  /** The state as JSON, or null. */
  text: string | null;
  rows: Row[][];
}

/** What a stream's new events make of it. */
export interface Folded {
  stream: string;
  /** The first of them. */
  fromVersion: number;
  before: Held;
  after: Held;
}

/** A stream that cannot go on: its events from `fromVersion` on are to wait. */
export interface Failure {
  stream: string;
  fromVersion: number;
  /** A code: never a message, which might quote what an event holds. */
  reason: string;
}

export const codeOf = (error: unknown): string => {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return `sql-${code}`;
  return typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? name : 'unknown';
};

const nothing = (projection: AnyProjection): Row[][] => projection.tables.map(() => []);

/** A stored state with what it contributes. */
export const heldOf = (projection: AnyProjection, id: string, text: string | null): Held => {
  const state: unknown = text === null ? null : JSON.parse(text);
  return { state, text, rows: state === null ? nothing(projection) : projection.rows(state, id) };
};

/** A stream on its way: its state after the events so far, and what stopped it. */
export interface OnItsWay {
  state: unknown;
  failure: Failure | null;
}

/** Applies a stream's next events; after one that cannot be applied, none. */
export const applyEvents = (
  projection: AnyProjection,
  { state, failure }: OnItsWay,
  events: readonly ProjectedEvent[],
): OnItsWay => {
  if (failure) return { state, failure };
  for (const event of events) {
    try {
      state = projection.apply(state, event);
    } catch (error) {
      return {
        state,
        failure: { stream: event.stream, fromVersion: event.version, reason: codeOf(error) },
      };
    }
  }
  return { state, failure };
};

/**
 * What is to be kept of a stream and what it contributes. Where that cannot be computed it stays as before, and the
 * failure names the first of its events.
 */
export const finish = (
  projection: AnyProjection,
  stream: { stream: string; id: string; fromVersion: number },
  before: Held,
  { state, failure }: OnItsWay,
): { after: Held; failure: Failure | null } => {
  try {
    if (state === null) return { after: { state, text: null, rows: nothing(projection) }, failure };
    const kept: unknown = projection.trim ? projection.trim(state) : state;
    return {
      after: { state: kept, text: JSON.stringify(kept), rows: projection.rows(kept, stream.id) },
      failure,
    };
  } catch (error) {
    const { stream: name, fromVersion } = stream;
    return { after: before, failure: { stream: name, fromVersion, reason: codeOf(error) } };
  }
};

/**
 * Applies a stream's next events. Where one cannot be applied, those before it are, and the failure names it; where
 * what the stream contributes cannot be computed, none are.
 */
export const foldStream = (
  projection: AnyProjection,
  id: string,
  before: Held,
  events: readonly ProjectedEvent[],
): { after: Held; failure: Failure | null } => {
  const { stream, version } = events[0]!;
  const onItsWay = applyEvents(projection, { state: before.state, failure: null }, events);
  return finish(projection, { stream, id, fromVersion: version }, before, onItsWay);
};

/** Events by stream, each in order. */
export const byStream = (events: readonly ProjectedEvent[]): Map<string, ProjectedEvent[]> => {
  const streams = new Map<string, ProjectedEvent[]>();
  for (const event of events) {
    const list = streams.get(event.stream);
    if (list) list.push(event);
    else streams.set(event.stream, [event]);
  }
  return streams;
};
