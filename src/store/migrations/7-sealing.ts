import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of what is sealed, the blind index, and the record of who has read what. */
export class Sealing1764000000007 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(dataKeys);
    await queryRunner.query(systemKeys);
    await queryRunner.query(blindIndex);
    await queryRunner.query(writeSealed);
    await queryRunner.query(reads);
    await queryRunner.query(grants);
  }

  async down(): Promise<void> {
    throw new Error('Without these keys nobody can read what is sealed: they are never dropped.');
  }
}

/**
 * One key a subject of a dispute, '' for what is about nobody in particular. Destroying a row destroys what is sealed
 * under it, also in copies that were made of the values.
 */
const dataKeys = `
CREATE TABLE accord.data_keys (
  dispute_id     text COLLATE "C" NOT NULL,
  subject        text COLLATE "C" NOT NULL,
  master_key_id  text COLLATE "C" NOT NULL,
  wrapped        bytea            NOT NULL,
  in_view        boolean          NOT NULL, -- whether the dispute's view shows a value under it
  PRIMARY KEY (dispute_id, subject)
);
-- A command loads the keys of the view; those of a thousand members of a collective dispute are passed over.
CREATE INDEX data_keys_in_view ON accord.data_keys (dispute_id) WHERE in_view;
`;

const systemKeys = `
CREATE TABLE accord.system_keys (
  name           text  PRIMARY KEY,
  master_key_id  text  NOT NULL,
  wrapped        bytea NOT NULL
);

CREATE FUNCTION accord.install_system_key(p_name text, p_master_key_id text, p_wrapped bytea)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO accord.system_keys (name, master_key_id, wrapped) VALUES (p_name, p_master_key_id, p_wrapped)
    ON CONFLICT DO NOTHING
$$;
`;

/** One row a subject, so that all pairs of a searched text must be in one text's row, and one erasure removes it. */
const blindIndex = `
CREATE TABLE accord.blind_index (
  dispute_id  text COLLATE "C" NOT NULL,
  subject     text COLLATE "C" NOT NULL,
  tokens      bigint[]         NOT NULL,
  PRIMARY KEY (dispute_id, subject)
);

CREATE INDEX blind_index_by_token ON accord.blind_index USING gin (tokens);
`;

/**
 * Erases first, then writes. A key that is there already, and a value without a key, undo the whole append by the
 * exception AC002: the caller reads the keys anew and tries again.
 */
const writeSealed = `
CREATE FUNCTION accord.write_sealed(p_id text, p_sealed jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  erased text[];
  written integer;
BEGIN
  IF p_sealed ? 'erase' THEN
    erased := ARRAY(SELECT jsonb_array_elements_text(p_sealed -> 'erase'));
    DELETE FROM accord.sealed_values WHERE dispute_id = p_id AND subject = ANY (erased);
    DELETE FROM accord.data_keys     WHERE dispute_id = p_id AND subject = ANY (erased);
    DELETE FROM accord.blind_index   WHERE dispute_id = p_id AND subject = ANY (erased);
  END IF;

  IF p_sealed ? 'keys' THEN
    INSERT INTO accord.data_keys (dispute_id, subject, master_key_id, wrapped, in_view)
    SELECT p_id, subject, "masterKeyId", decode(wrapped, 'hex'), "inView"
    FROM jsonb_to_recordset(p_sealed -> 'keys') AS k(
      subject text, "masterKeyId" text, wrapped text, "inView" boolean)
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> jsonb_array_length(p_sealed -> 'keys') THEN
      RAISE EXCEPTION 'a data key is there already' USING ERRCODE = 'AC002';
    END IF;
  END IF;

  IF p_sealed ? 'values' THEN
    INSERT INTO accord.sealed_values (dispute_id, ref, kind, subject, sealed, in_view)
    SELECT p_id, v.ref, v.kind, v.subject, decode(v.sealed, 'hex'), v."inView"
    FROM jsonb_to_recordset(p_sealed -> 'values') AS v(
      ref text, kind text, subject text, sealed text, "inView" boolean)
    JOIN accord.data_keys k ON k.dispute_id = p_id AND k.subject = coalesce(v.subject, '');
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> jsonb_array_length(p_sealed -> 'values') THEN
      RAISE EXCEPTION 'a data key is missing' USING ERRCODE = 'AC002';
    END IF;
    -- Of a member who becomes a party the view begins to show something: its key is loaded with it from now on.
    UPDATE accord.data_keys SET in_view = true
    WHERE dispute_id = p_id AND NOT in_view AND subject IN (
      SELECT v ->> 'subject' FROM jsonb_array_elements(p_sealed -> 'values') AS v WHERE (v ->> 'inView')::boolean);
  END IF;

  IF p_sealed ? 'index' THEN
    INSERT INTO accord.blind_index AS i (dispute_id, subject, tokens)
    SELECT p_id, subject, tokens FROM jsonb_to_recordset(p_sealed -> 'index') AS t(subject text, tokens bigint[])
    ON CONFLICT (dispute_id, subject) DO UPDATE SET tokens = i.tokens || excluded.tokens;
  END IF;
  RETURN true;
END $$;
`;

/** Who was shown personal data in the clear: ids and codes only. A list names its disputes in the array. */
const reads = `
CREATE TABLE accord.reads (
  read_id       bigint           PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  at            timestamptz      NOT NULL DEFAULT clock_timestamp(),
  account       text             NOT NULL,
  kind          text             NOT NULL, -- person or service
  roles         text[]           NOT NULL,
  organisation  text,
  what          text             NOT NULL,
  dispute_id    text COLLATE "C",
  dispute_ids   text[] COLLATE "C",
  request_id    text             NOT NULL
);

CREATE INDEX reads_by_dispute ON accord.reads (dispute_id, read_id) WHERE dispute_id IS NOT NULL;
CREATE INDEX reads_of_lists   ON accord.reads USING gin (dispute_ids) WHERE dispute_ids IS NOT NULL;

CREATE TRIGGER reads_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accord.reads
  FOR EACH STATEMENT EXECUTE FUNCTION accord.refuse_change();

CREATE FUNCTION accord.record_read(p_read jsonb)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ids text[] := ARRAY(SELECT jsonb_array_elements_text(p_read -> 'disputeIds'));
BEGIN
  INSERT INTO accord.reads (account, kind, roles, organisation, what, dispute_id, dispute_ids, request_id)
  VALUES (
    p_read ->> 'account', p_read ->> 'kind', ARRAY(SELECT jsonb_array_elements_text(p_read -> 'roles')),
    p_read ->> 'organisation', p_read ->> 'what',
    CASE WHEN cardinality(ids) = 1 THEN ids[1] END, CASE WHEN cardinality(ids) <> 1 THEN ids END,
    p_read ->> 'requestId');
  RETURN true;
END $$;
`;

const grants = `
REVOKE ALL ON FUNCTION accord.install_system_key, accord.write_sealed, accord.record_read FROM PUBLIC;
GRANT SELECT ON accord.data_keys, accord.system_keys, accord.blind_index, accord.reads TO accord_app;
GRANT EXECUTE ON FUNCTION accord.install_system_key, accord.record_read TO accord_app;
`;
