import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the application's role may do: read everything, append through the function, and work the queue. */
export class Grants1764000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(grants);
  }

  async down(): Promise<void> {
    throw new Error('Grants are replaced, never dropped.');
  }
}

/** Events, snapshots, commands, values and read models are written by accord.append alone. */
const grants = `
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA accord FROM PUBLIC;
REVOKE ALL ON SCHEMA accord FROM PUBLIC;

GRANT USAGE ON SCHEMA accord TO accord_app;
GRANT SELECT ON ALL TABLES IN SCHEMA accord TO accord_app;
GRANT EXECUTE ON FUNCTION accord.append TO accord_app;
GRANT USAGE ON SEQUENCE accord.case_number TO accord_app;

GRANT INSERT, UPDATE, DELETE ON accord.drive_queue TO accord_app;
GRANT UPDATE (driven_version, plan_code, behind_since) ON accord.dispute_clocks TO accord_app;
GRANT INSERT, UPDATE ON accord.settings TO accord_app;
`;
