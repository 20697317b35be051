import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log of anchored heads, and the signed statements about it. */
export class Anchors1764000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(log);
    await queryRunner.query(statements);
    await queryRunner.query(functions);
    await queryRunner.query(grants);
  }

  async down(): Promise<void> {
    throw new Error('What has been anchored stays anchored.');
  }
}

/** `subtrees`: the hashes of the complete subtrees that end with this leaf, 32 bytes each, from level 1 up. */
const log = `
CREATE TABLE accord.anchor_leaves (
  leaf      bigint           PRIMARY KEY,
  stream    text COLLATE "C" NOT NULL,
  version   integer          NOT NULL,
  hash      bytea            NOT NULL,
  subtrees  bytea            NOT NULL
);
CREATE INDEX anchor_leaves_by_stream ON accord.anchor_leaves (stream, version);

-- How far the log has come: the number of its leaves, and the place of the last event that it covers.
CREATE TABLE accord.anchor_log (
  only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  size      bigint  NOT NULL,
  epoch     integer NOT NULL,
  xid       xid8    NOT NULL,
  position  bigint  NOT NULL
);
INSERT INTO accord.anchor_log (size, epoch, xid, position) VALUES (0, 0, '0', 0);

CREATE TRIGGER anchor_leaves_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.anchor_leaves
  FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();
`;

const statements = `
CREATE TABLE accord.anchors (
  number     integer     PRIMARY KEY,
  statement  text        NOT NULL, -- as it was signed
  signature  bytea       NOT NULL,
  size       bigint      NOT NULL, -- as in the statement
  made_at    timestamptz NOT NULL
);
CREATE INDEX anchors_by_size ON accord.anchors (size);

CREATE TRIGGER anchors_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.anchors
  FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();
`;

/**
 * Both answer false, and do nothing, where somebody else was quicker. The row of `anchor_log` is the lock: it is held for
 * the moment of one statement only.
 *
 * The application computes the leaves, and is not believed: the log can go on only to an event behind which none can come
 * any more, and by the last event of each stream in between, all of them and nothing else. A generic plan of the
 * comparison by place would read the whole table: so it may only take the index.
 */
const functions = `
CREATE FUNCTION accord.append_leaves(
  p_size bigint, p_epoch integer, p_xid xid8, p_position bigint,
  p_streams text[], p_versions integer[], p_hashes bytea[], p_subtrees bytea[]
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET jit = off AS $$
DECLARE
  before accord.anchor_log;
BEGIN
  SELECT * INTO before FROM accord.anchor_log WHERE size = p_size FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF ((p_epoch, p_xid, p_position) > (before.epoch, before.xid, before.position)
      AND (p_epoch, p_xid) < ((SELECT epoch FROM accord.cluster), pg_snapshot_xmin(pg_current_snapshot()))
      AND EXISTS (SELECT FROM accord.events
                  WHERE epoch = p_epoch AND xid = p_xid AND position = p_position)) IS NOT TRUE THEN
    RAISE EXCEPTION 'the log of anchored heads cannot go on to there' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    WITH passed AS MATERIALIZED (
      SELECT stream, version, hash, epoch, xid, position FROM accord.events
      WHERE (epoch, xid, position) > (before.epoch, before.xid, before.position)
        AND (epoch, xid, position) <= (p_epoch, p_xid, p_position)
    ), due AS MATERIALIZED (
      SELECT DISTINCT ON (stream) stream, version, hash FROM passed ORDER BY stream, epoch DESC, xid DESC, position DESC
    ), given AS MATERIALIZED (
      SELECT stream COLLATE "C" AS stream, version, hash
      FROM unnest(p_streams, p_versions, p_hashes) AS l(stream, version, hash)
    )
    (SELECT * FROM given EXCEPT ALL SELECT * FROM due) UNION ALL (SELECT * FROM due EXCEPT ALL SELECT * FROM given)
  ) THEN
    RAISE EXCEPTION 'these are not the heads of the streams up to there' USING ERRCODE = 'check_violation';
  END IF;
  UPDATE accord.anchor_log SET
    size = p_size + cardinality(p_streams), epoch = p_epoch, xid = p_xid, position = p_position;
  INSERT INTO accord.anchor_leaves (leaf, stream, version, hash, subtrees)
    SELECT p_size + n - 1, stream, version, hash, subtrees
    FROM unnest(p_streams, p_versions, p_hashes, p_subtrees) WITH ORDINALITY
      AS l(stream, version, hash, subtrees, n);
  RETURN true;
END $$;

CREATE FUNCTION accord.append_anchor(
  p_number integer, p_statement text, p_signature bytea, p_size bigint, p_made_at timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM accord.anchor_log WHERE size >= p_size FOR SHARE;
  IF NOT FOUND OR p_number <> (SELECT coalesce(max(number), 0) + 1 FROM accord.anchors) THEN
    RETURN false;
  END IF;
  INSERT INTO accord.anchors (number, statement, signature, size, made_at)
    VALUES (p_number, p_statement, p_signature, p_size, p_made_at)
    ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;
`;

const grants = `
REVOKE ALL ON FUNCTION accord.append_leaves, accord.append_anchor FROM PUBLIC;
GRANT SELECT ON accord.anchor_leaves, accord.anchor_log, accord.anchors TO accord_app;
GRANT EXECUTE ON FUNCTION accord.append_leaves, accord.append_anchor TO accord_app;
`;
