import type { Pool } from 'pg';
import type { AnyProjection, ProjectedEvent, Projection } from '../../src/projections/projection.js';
import type { StoreDatabase } from '../store/database.js';

/** Counts events: by stream as rows, and by type over all streams as sums. */
export const tally = (
  change: Partial<Projection<TallyState>> & { fails?: (event: ProjectedEvent) => boolean } = {},
): AnyProjection => {
  const { fails = () => false, ...rest } = change;
  const projection: Projection<TallyState> = {
    name: 'tally',
    version: 1,
    streams: 'dispute-',
    types: ['NoteAdded', 'AlertRaised'],
    tables: [
      {
        kind: 'rows',
        table: 'accord.test_tally',
        owner: 'dispute_id',
        key: ['dispute_id'],
        columns: { dispute_id: 'text', events: 'integer', last: 'integer', versions: 'text' },
      },
      { kind: 'sums', table: 'accord.test_tally_types', key: ['type'], sums: ['n'] },
    ],
    apply: (state, event) => {
      if (fails(event)) throw new PoisonedEvent('never shown');
      const { events, byType, versions } = state ?? { events: 0, last: 0, byType: {}, versions: '' };
      return {
        events: events + 1,
        last: event.version,
        byType: { ...byType, [event.type]: (byType[event.type] ?? 0) + 1 },
        versions: versions === '' ? String(event.version) : `${versions} ${event.version}`,
      };
    },
    rows: ({ events, last, byType, versions }, id) => [
      [{ dispute_id: id, events, last, versions }],
      Object.entries(byType).map(([type, n]) => ({ type, n })),
    ],
    ...rest,
  };
  return projection;
};

interface TallyState {
  events: number;
  last: number;
  byType: Record<string, number>;
  /** In the order in which they were applied. */
  versions: string;
}

export class PoisonedEvent extends Error {
  override readonly name = 'PoisonedEvent';
}

/** The tables of `tally`; the application may write them, as those of the other projections. */
export const createTallyTables = (database: StoreDatabase): Promise<void> =>
  database.asSuperuser(
    `CREATE TABLE accord.test_tally (generation integer, dispute_id text COLLATE "C", events integer, last integer,
      versions text, PRIMARY KEY (generation, dispute_id))`,
    `CREATE TABLE accord.test_tally_types (generation integer, type text COLLATE "C", n bigint,
      PRIMARY KEY (generation, type))`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON accord.test_tally, accord.test_tally_types TO accord_app`,
  );

export interface Tallied {
  /** By dispute: the versions that were applied, in their order. */
  streams: Record<string, string>;
  types: Record<string, number>;
}

/** What readers see. */
export const tallied = async (pool: Pool): Promise<Tallied> => {
  const live = `(SELECT generation FROM accord.projection_copies WHERE projection = 'tally' AND role = 'live')`;
  const rows = await pool.query<{ dispute_id: string; versions: string }>(
    `SELECT dispute_id, versions FROM accord.test_tally WHERE generation = ${live}`,
  );
  const types = await pool.query<{ type: string; n: number }>(
    `SELECT type, n::integer AS n FROM accord.test_tally_types WHERE generation = ${live} AND n <> 0`,
  );
  return {
    streams: Object.fromEntries(rows.rows.map(({ dispute_id, versions }) => [dispute_id, versions])),
    types: Object.fromEntries(types.rows.map(({ type, n }) => [type, n])),
  };
};

/** The same, counted from the events themselves. */
export const recounted = async (pool: Pool): Promise<Tallied> => {
  const rows = await pool.query<{ id: string; versions: string }>(
    `SELECT substr(stream, 9) AS id, string_agg(version::text, ' ' ORDER BY version) AS versions FROM accord.events
      WHERE starts_with(stream, 'dispute-') AND type IN ('NoteAdded', 'AlertRaised') GROUP BY stream`,
  );
  const types = await pool.query<{ type: string; n: number }>(
    `SELECT type, count(*)::integer AS n FROM accord.events
      WHERE starts_with(stream, 'dispute-') AND type IN ('NoteAdded', 'AlertRaised') GROUP BY type`,
  );
  return {
    streams: Object.fromEntries(rows.rows.map(({ id, versions }) => [id, versions])),
    types: Object.fromEntries(types.rows.map(({ type, n }) => [type, n])),
  };
};
