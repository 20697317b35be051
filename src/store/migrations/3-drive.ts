import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The drive queue, which the relay empties into Temporal, and settings. */
export class Drive1764000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(driveQueue);
    await queryRunner.query(settings);
  }

  async down(): Promise<void> {
    throw new Error('The drive queue is written with the events and is never dropped.');
  }
}

/**
 * One row a dispute. `available_at` serves queueing, lease and back-off alike: who claims a row moves it into the
 * future. `queued_at` is that of the first version waiting. `attempts` only grows while a version is queued, so
 * (version, attempts) tells one claim from another.
 */
const driveQueue = `
CREATE TABLE accord.drive_queue (
  dispute_id    text COLLATE "C" PRIMARY KEY,
  version       integer     NOT NULL,
  queued_at     timestamptz NOT NULL DEFAULT now(),
  available_at  timestamptz NOT NULL DEFAULT now(),
  attempts      integer     NOT NULL DEFAULT 0
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX drive_queue_by_available ON accord.drive_queue (available_at);
`;

const settings = `
CREATE TABLE accord.settings (
  name   text  PRIMARY KEY,
  value  jsonb NOT NULL
);
`;
