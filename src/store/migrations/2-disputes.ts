import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The inline read models: what disputes are listed by, their clocks, open deadlines, handoffs, documents. */
export class Disputes1764000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(disputes);
    await queryRunner.query(disputeClocks);
    await queryRunner.query(openDeadlines);
    await queryRunner.query(handoffs);
    await queryRunner.query(documents);
  }

  async down(): Promise<void> {
    throw new Error('The read models are written with the events and are never dropped.');
  }
}

/** What changes seldom and is indexed much. Apart from the state, which changes with every append. */
const disputes = `
CREATE SEQUENCE accord.case_number;

CREATE TABLE accord.disputes (
  dispute_id          text COLLATE "C" PRIMARY KEY,
  ordinal             bigint           NOT NULL GENERATED ALWAYS AS IDENTITY, -- order of registration
  case_code           text COLLATE "C" NOT NULL,
  type                text             NOT NULL,
  region              text COLLATE "C" NOT NULL,
  status              text             NOT NULL,
  owner_organisation  text,
  owner_person        text,
  registered_on       date             NOT NULL,
  procedures          text[]           NOT NULL,
  steps               text[]           NOT NULL,
  organisations       text[]           NOT NULL,
  accounts            text[]           NOT NULL,
  digest              bigint           NOT NULL -- of all these, as the append had them: equal means unchanged
) WITH (fillfactor = 80);

CREATE UNIQUE INDEX disputes_by_ordinal       ON accord.disputes (ordinal);
CREATE INDEX        disputes_by_case_code     ON accord.disputes (case_code);
CREATE INDEX        disputes_by_type          ON accord.disputes (type, ordinal);
CREATE INDEX        disputes_by_region        ON accord.disputes (region, ordinal);
CREATE INDEX        disputes_by_status        ON accord.disputes (status, ordinal);
CREATE INDEX        disputes_by_owner         ON accord.disputes (owner_organisation, ordinal);
CREATE INDEX        disputes_by_owner_person  ON accord.disputes (owner_person, ordinal);
-- One for all four: a query may use any of its columns alone.
CREATE INDEX        disputes_by_array         ON accord.disputes USING gin (procedures, steps, organisations, accounts);
`;

/**
 * What changes with nearly every append and is asked for by time: which plan the workflow has, when the engine owes
 * something next, when the dispute counts as stalled. Narrow, so that a change of it does not touch the indexes above.
 */
const disputeClocks = `
CREATE TABLE accord.dispute_clocks (
  dispute_id      text COLLATE "C" PRIMARY KEY,
  plan_version    integer NOT NULL, -- version of the last append that changed the plan
  driven_version  integer NOT NULL, -- the plan version that the workflow last acknowledged
  plan_code       integer NOT NULL, -- version of the code that made the plan
  behind_since    timestamptz,      -- since when driven_version has been behind plan_version
  next_due        timestamptz,
  stall_at        timestamptz,
  stall           jsonb             -- a StallRow
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);

CREATE INDEX dispute_clocks_by_next_due ON accord.dispute_clocks (next_due)     WHERE next_due IS NOT NULL;
CREATE INDEX dispute_clocks_by_stall    ON accord.dispute_clocks (stall_at)     WHERE stall_at IS NOT NULL;
CREATE INDEX dispute_clocks_behind      ON accord.dispute_clocks (behind_since) WHERE behind_since IS NOT NULL;
`;

const openDeadlines = `
CREATE TABLE accord.open_deadlines (
  dispute_id    text COLLATE "C" NOT NULL,
  deadline_id   text COLLATE "C" NOT NULL,
  procedure_id  text,
  rule          text             NOT NULL,
  kind          text             NOT NULL,
  holder        text             NOT NULL,
  status        text             NOT NULL,
  due           date             NOT NULL,
  due_at        timestamptz      NOT NULL,
  PRIMARY KEY (dispute_id, deadline_id)
);

CREATE INDEX open_deadlines_by_due ON accord.open_deadlines (due, dispute_id);
`;

const handoffs = `
CREATE TABLE accord.handoffs (
  handoff_id         text COLLATE "C" PRIMARY KEY,
  dispute_id         text COLLATE "C" NOT NULL,
  procedure_id       text,
  from_organisation  text COLLATE "C" NOT NULL,
  to_organisation    text COLLATE "C" NOT NULL,
  status             text             NOT NULL,
  requested_at       timestamptz      NOT NULL,
  due_at             timestamptz,
  view               jsonb            NOT NULL
);

CREATE INDEX handoffs_inbox      ON accord.handoffs (to_organisation, status, requested_at, handoff_id);
CREATE INDEX handoffs_outbox     ON accord.handoffs (from_organisation, status, requested_at, handoff_id);
CREATE INDEX handoffs_by_request ON accord.handoffs (requested_at, handoff_id);
CREATE INDEX handoffs_by_dispute ON accord.handoffs (dispute_id);
`;

const documents = `
CREATE TABLE accord.documents (
  dispute_id   text COLLATE "C" NOT NULL,
  document_id  text COLLATE "C" NOT NULL,
  sha256       text             NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size         bigint           NOT NULL,
  media_type   text             NOT NULL,
  kind         text             NOT NULL,
  name_ref     text,
  uploaded_at  timestamptz      NOT NULL,
  PRIMARY KEY (dispute_id, document_id)
);
`;
