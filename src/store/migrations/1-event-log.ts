import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events, stream heads with their snapshots, commands for deduplication, values beside the events. */
export class EventLog1764000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(cluster);
    await queryRunner.query(streams);
    await queryRunner.query(events);
    await queryRunner.query(appendOnly);
    await queryRunner.query(commands);
    await queryRunner.query(sealedValues);
  }

  async down(): Promise<void> {
    throw new Error('The event log is never dropped.');
  }
}

/**
 * Transaction ids order the events of one cluster only. The identity names the cluster and its timeline, so that
 * a restore or a failover is noticed at the next start and begins a new epoch.
 */
const cluster = `
CREATE TABLE accord.cluster (
  only_row  boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch     integer     NOT NULL,
  identity  text        NOT NULL,
  since     timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION accord.note_cluster() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  here text := (SELECT system_identifier FROM pg_control_system())
               || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8);
  answer integer;
BEGIN
  INSERT INTO accord.cluster (epoch, identity) VALUES (1, here) ON CONFLICT DO NOTHING;
  IF EXISTS (SELECT FROM accord.cluster WHERE identity <> here) THEN
    -- Wait for the appends under way: none may commit under the old epoch once a reader has seen the new one.
    LOCK TABLE accord.events IN SHARE ROW EXCLUSIVE MODE;
    UPDATE accord.cluster SET epoch = epoch + 1, identity = here, since = now();
  END IF;
  SELECT epoch INTO answer FROM accord.cluster;
  RETURN answer;
END $$;
`;

/**
 * The head of each stream and, for a dispute, the snapshot of its fold: one row, so that the version check, the new
 * head and the new state are one update. Only the key is indexed, so every update is heap-only (HOT); the fill
 * factor leaves room for the next copy in the same page. The state is text, not jsonb: it is written with each
 * append and never searched. A row stays within half a page (longer states are compressed, then moved out).
 */
const streams = `
CREATE TABLE accord.streams (
  stream            text COLLATE "C" PRIMARY KEY,
  version           integer        NOT NULL,
  head_hash         bytea          NOT NULL,
  head_recorded_at  timestamptz(3) NOT NULL,
  fold_version      integer,
  state             text
) WITH (fillfactor = 50, toast_tuple_target = 4000, autovacuum_vacuum_scale_factor = 0.05);
`;

/** No check constraints: PostgreSQL compiles them anew for each insert, and the chain tells more. */
const events = `
CREATE SEQUENCE accord.event_position;

CREATE TABLE accord.events (
  epoch           integer          NOT NULL,
  xid             xid8             NOT NULL,
  position        bigint           NOT NULL,
  stream          text COLLATE "C" NOT NULL,
  version         integer          NOT NULL,
  event_id        text COLLATE "C" NOT NULL,
  type            text             NOT NULL,
  schema_version  integer          NOT NULL,
  occurred_at     text             NOT NULL, -- as it was hashed: an instant, or a civil date
  recorded_at     timestamptz(3)   NOT NULL,
  actor           jsonb            NOT NULL,
  command_id      text             NOT NULL,
  causation_id    text,
  correlation_id  text             NOT NULL,
  procedure_id    text,
  data            jsonb            NOT NULL,
  previous_hash   bytea            NOT NULL,
  hash            bytea            NOT NULL,
  CONSTRAINT events_pkey PRIMARY KEY (stream, version),
  CONSTRAINT events_event_id_key UNIQUE (event_id),
  CONSTRAINT events_order_key UNIQUE (epoch, xid, position)
);
`;

/** For everybody, the owner too. Statement triggers, so that even a statement that meets no row is refused. */
const appendOnly = `
CREATE FUNCTION accord.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'accord.% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.events
  FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();
`;

const commands = `
CREATE TABLE accord.commands (
  command_id     text COLLATE "C" PRIMARY KEY,
  fingerprint    text             NOT NULL,
  stream         text COLLATE "C" NOT NULL,
  first_version  integer          NOT NULL,
  last_version   integer          NOT NULL,
  recorded_at    timestamptz      NOT NULL DEFAULT now()
);
`;

/** Each value with its salt under the key of its subject (see 7-sealing.ts); `ref` is what the events hold. */
const sealedValues = `
CREATE TABLE accord.sealed_values (
  dispute_id  text COLLATE "C" NOT NULL,
  ref         text COLLATE "C" NOT NULL,
  kind        text             NOT NULL,
  subject     text,
  sealed      bytea            NOT NULL,
  in_view     boolean          NOT NULL,
  PRIMARY KEY (dispute_id, ref)
);
-- A command loads what the view shows; notes and minutes, of which there may be thousands, are passed over.
CREATE INDEX sealed_values_in_view ON accord.sealed_values (dispute_id) WHERE in_view;
`;
