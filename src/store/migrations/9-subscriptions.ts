import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is told of events by webhook, from where, and how that goes. */
export class Subscriptions1764000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(subscriptions);
    await queryRunner.query(grants);
  }

  async down(): Promise<void> {
    throw new Error('Subscriptions are ended one by one, never dropped.');
  }
}

/**
 * The position is (epoch, xid, position) of the last event that was acknowledged or passed over. Whoever moves it back
 * raises `generation`, so that a delivery under way cannot move it on again. No secret is stored: it is derived.
 *
 * `wake_at`: the workflow is to be told, at this instant or later. `is_awaiting`: the workflow rests until it is told
 * of an event; who tells it takes the mark away.
 */
const subscriptions = `
CREATE TABLE accord.subscriptions (
  subscription_id    text COLLATE "C" PRIMARY KEY,
  fingerprint        text             NOT NULL,
  url                text             NOT NULL,
  types              text[],
  organisation       text COLLATE "C",          -- events of disputes in which it has a part; null: of all
  within_region      text COLLATE "C",          -- and only of this region; null: of any
  region             text COLLATE "C",          -- where its creator works: whose administrators see it
  created_by         text             NOT NULL, -- an account, pseudonymous
  created_at         timestamptz(3)   NOT NULL DEFAULT now(),
  status             text             NOT NULL DEFAULT 'active',
  secret_generation  integer          NOT NULL DEFAULT 1,
  retired_secrets    jsonb            NOT NULL DEFAULT '[]', -- [{generation, until}], the newest first
  secret_check       text             NOT NULL, -- tells whether the server's secret is still the same
  generation         integer          NOT NULL DEFAULT 1,
  epoch              integer          NOT NULL,
  xid                xid8             NOT NULL,
  position           bigint           NOT NULL,
  delivered          bigint           NOT NULL DEFAULT 0,
  last_delivery_at   timestamptz(3),
  failures           integer          NOT NULL DEFAULT 0, -- since the last delivery that was acknowledged
  failing_since      timestamptz(3),
  last_error         text,                      -- a code
  last_error_at      timestamptz(3),
  is_awaiting        boolean          NOT NULL DEFAULT false,
  wake_at            timestamptz,
  CONSTRAINT subscriptions_status CHECK (status IN ('active', 'paused', 'suspended', 'deleted'))
);

CREATE INDEX subscriptions_to_wake         ON accord.subscriptions (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX subscriptions_by_organisation ON accord.subscriptions (organisation, subscription_id);
`;

const grants = `GRANT SELECT, INSERT, UPDATE, DELETE ON accord.subscriptions TO accord_app`;
