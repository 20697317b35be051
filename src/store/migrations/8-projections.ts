import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Asynchronous projections: where each copy stands, what it keeps of each stream, what is parked, and their tables. */
export class Projections1764000000008 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(copies);
    await queryRunner.query(streams);
    await queryRunner.query(parked);
    await queryRunner.query(kpis);
    await queryRunner.query(worklist);
    await queryRunner.query(search);
    await queryRunner.query(grants);
  }

  async down(): Promise<void> {
    throw new Error('Projections are rebuilt, never dropped.');
  }
}

/**
 * A projection has at most one copy that readers see (`live`) and one that is being built beside it (`building`). The
 * copy's number, its generation, is a column of every projected row: to swap is to change two rows here.
 *
 * A new copy first sweeps the log stream by stream up to where the log ends when it begins, then follows it in order.
 *
 * `revision` grows with each write to the copy. Who writes names the revision that it read: of two that believe to hold
 * the same copy only one can write, so that each event is applied once.
 */
const copies = `
CREATE SEQUENCE accord.projection_generation AS integer;

CREATE TABLE accord.projections (
  name    text COLLATE "C" PRIMARY KEY,
  paused  boolean          NOT NULL DEFAULT false
);

CREATE TABLE accord.projection_copies (
  generation   integer          PRIMARY KEY DEFAULT nextval('accord.projection_generation'),
  projection   text COLLATE "C" NOT NULL,
  version      integer          NOT NULL, -- of the code that fills it
  role         text             NOT NULL CHECK (role IN ('building', 'live', 'retired')),
  sweep        text COLLATE "C", -- streams up to this one are in it as of the cursor, later ones not yet; null: all are
  epoch        integer          NOT NULL DEFAULT 0, -- the cursor: the last event read
  xid          xid8             NOT NULL DEFAULT '0',
  position     bigint           NOT NULL DEFAULT 0,
  recorded_at  timestamptz(3),  -- of that event
  events       bigint           NOT NULL DEFAULT 0, -- read so far
  revision     bigint           NOT NULL DEFAULT 0,
  holder       text,            -- which process fills it, until when unless it says so again
  lease_until  timestamptz,
  begun_at     timestamptz      NOT NULL DEFAULT now()
) WITH (fillfactor = 50, autovacuum_vacuum_threshold = 200);

CREATE UNIQUE INDEX projection_copies_one ON accord.projection_copies (projection, role) WHERE role <> 'retired';
`;

/** What a copy must remember of a stream to apply its next event. Text, not jsonb: written whole and never searched. */
const streams = `
CREATE TABLE accord.projection_streams (
  generation  integer          NOT NULL,
  stream      text COLLATE "C" NOT NULL,
  state       text             NOT NULL,
  PRIMARY KEY (generation, stream)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
`;

/** A stream that cannot be applied: its events from `from_version` on wait in the log. `reason` is a code. */
const parked = `
CREATE TABLE accord.projection_parked (
  generation    integer          NOT NULL,
  stream        text COLLATE "C" NOT NULL,
  from_version  integer          NOT NULL,
  reason        text             NOT NULL,
  attempts      integer          NOT NULL DEFAULT 1,
  parked_at     timestamptz      NOT NULL DEFAULT now(),
  retry_at      timestamptz      NOT NULL,
  PRIMARY KEY (generation, stream)
);
`;

/** Sums. `procedure` is empty for what is of the dispute as a whole. Bounded by regions, types, procedures and months. */
const kpis = `
CREATE TABLE accord.projected_kpis (
  generation         integer          NOT NULL,
  region             text COLLATE "C" NOT NULL,
  type               text COLLATE "C" NOT NULL,
  procedure          text COLLATE "C" NOT NULL,
  month              text COLLATE "C" NOT NULL, -- YYYY-MM of Asia/Shanghai
  registered         bigint           NOT NULL DEFAULT 0,
  opened             bigint           NOT NULL DEFAULT 0,
  closed             bigint           NOT NULL DEFAULT 0,
  agreed             bigint           NOT NULL DEFAULT 0,
  closed_days        bigint           NOT NULL DEFAULT 0,
  closed_in_15_days  bigint           NOT NULL DEFAULT 0,
  closed_in_30_days  bigint           NOT NULL DEFAULT 0,
  closed_in_60_days  bigint           NOT NULL DEFAULT 0,
  elapsed            bigint           NOT NULL DEFAULT 0,
  done_late          bigint           NOT NULL DEFAULT 0,
  handoffs           bigint           NOT NULL DEFAULT 0,
  handoffs_accepted  bigint           NOT NULL DEFAULT 0,
  handoffs_returned  bigint           NOT NULL DEFAULT 0,
  PRIMARY KEY (generation, region, type, procedure, month)
) WITH (fillfactor = 70);
`;

const worklist = `
CREATE TABLE accord.projected_worklist (
  generation    integer          NOT NULL,
  dispute_id    text COLLATE "C" NOT NULL,
  item_id       text COLLATE "C" NOT NULL,
  kind          text             NOT NULL,
  organisation  text COLLATE "C",
  account       text COLLATE "C",
  procedure_id  text,
  procedure     text,
  step          text,
  subject       text,             -- rule, notice or seat: a code
  handoff_id    text,
  since         text             NOT NULL, -- an instant, or a civil date
  due           date,
  due_at        timestamptz,
  sort_at       timestamptz      NOT NULL, -- due_at; without one, after all that are due
  PRIMARY KEY (generation, dispute_id, item_id)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX projected_worklist_of_organisation
  ON accord.projected_worklist (generation, organisation, sort_at, dispute_id, item_id) WHERE organisation IS NOT NULL;
CREATE INDEX projected_worklist_of_account
  ON accord.projected_worklist (generation, account, sort_at, dispute_id, item_id) WHERE account IS NOT NULL;
`;

/** `facets` are words like `outcome:agreement`, so that one index answers any combination. Codes only. */
const search = `
CREATE TABLE accord.projected_search (
  generation     integer          NOT NULL,
  dispute_id     text COLLATE "C" NOT NULL,
  region         text COLLATE "C" NOT NULL,
  registered_on  date             NOT NULL,
  closed_on      date,
  facets         text[]           NOT NULL,
  PRIMARY KEY (generation, dispute_id)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX projected_search_by_day   ON accord.projected_search (generation, registered_on, dispute_id);
CREATE INDEX projected_search_by_facet ON accord.projected_search USING gin (facets);
`;

/** Everything here follows from the events, so the application may write it: what is lost is rebuilt. */
const grants = `
GRANT USAGE ON SEQUENCE accord.projection_generation TO accord_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  accord.projections, accord.projection_copies, accord.projection_streams, accord.projection_parked,
  accord.projected_kpis, accord.projected_worklist, accord.projected_search TO accord_app;
`;
