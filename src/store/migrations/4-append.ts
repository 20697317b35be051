import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `accord.append`, the only way into the event log, and the parts it is made of. */
export class Append1764000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(insertEvents);
    await queryRunner.query(writeRefusal);
    await queryRunner.query(writeIndex);
    await queryRunner.query(writeClocks);
    await queryRunner.query(writeExtras);
    await queryRunner.query(append);
  }

  async down(): Promise<void> {
    throw new Error('A later version of append replaces this one; it is never dropped.');
  }
}

/**
 * `p_events` is an array of what was hashed (RFC 8785), `p_hashes` their hashes in order. Versions come from the
 * order, and the previous hash from the one before, so that a gap or a fork cannot be written even by mistake.
 */
const insertEvents = `
CREATE FUNCTION accord.insert_events(
  p_stream text, p_after integer, p_head bytea, p_events jsonb, p_hashes bytea[]
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  e jsonb;
  previous bytea := p_head;
BEGIN
  FOR n IN 1 .. cardinality(p_hashes) LOOP
    e := p_events -> (n - 1);
    INSERT INTO accord.events (
      epoch, xid, position,
      stream, version, event_id, type, schema_version,
      occurred_at, recorded_at, actor,
      command_id, causation_id, correlation_id, procedure_id,
      data, previous_hash, hash)
    VALUES (
      (SELECT epoch FROM accord.cluster), pg_current_xact_id(), nextval('accord.event_position'),
      p_stream, p_after + n, e ->> 'eventId', e ->> 'type', (e -> 'schemaVersion')::integer,
      e ->> 'occurredAt', (e ->> 'recordedAt')::timestamptz, e -> 'actor',
      e ->> 'commandId', e ->> 'causationId', e ->> 'correlationId', e ->> 'procedureId',
      e -> 'data', previous, p_hashes[n]);
    previous := p_hashes[n];
  END LOOP;
  RETURN true;
END $$;
`;

/**
 * A refusal goes to a stream of its own, whose head the caller has just read. If that has moved meanwhile the whole
 * append is undone by the exception AC001, and the caller tries again with the new head.
 */
const writeRefusal = `
CREATE FUNCTION accord.write_refusal(p_refusal jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  name  text        := p_refusal ->> 'stream';
  after integer     := p_refusal -> 'after';
  head  bytea       := decode(p_refusal ->> 'head', 'hex');
  next  bytea       := decode(p_refusal ->> 'hash', 'hex');
  at    timestamptz := p_refusal -> 'event' ->> 'recordedAt';
BEGIN
  IF after = 0 THEN
    INSERT INTO accord.streams (stream, version, head_hash, head_recorded_at) VALUES (name, 1, next, at)
      ON CONFLICT DO NOTHING;
  ELSE
    UPDATE accord.streams SET version = after + 1, head_hash = next, head_recorded_at = at
      WHERE stream = name AND version = after AND head_hash = head;
  END IF;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the stream of refusals has moved on' USING ERRCODE = 'AC001';
  END IF;
  RETURN accord.insert_events(name, after, head, jsonb_build_array(p_refusal -> 'event'), ARRAY[next]);
END $$;
`;

/** What a dispute is listed by: written only where it differs from before, for its indexes are many. */
const writeIndex = `
CREATE FUNCTION accord.write_index(p_id text, p_index text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  new_digest bigint := hashtextextended(p_index, 0);
BEGIN
  IF EXISTS (SELECT FROM accord.disputes WHERE dispute_id = p_id AND digest = new_digest) THEN
    RETURN false;
  END IF;
  INSERT INTO accord.disputes (
    dispute_id, case_code, type, region, status, owner_organisation, owner_person, registered_on,
    procedures, steps, organisations, accounts, digest)
  SELECT
    p_id, "caseCode", type, region, status, "ownerOrganisation", "ownerPerson", "registeredOn",
    procedures, steps, organisations, accounts, new_digest
  FROM jsonb_to_record(p_index::jsonb) AS i(
    "caseCode" text, type text, region text, status text, "ownerOrganisation" text, "ownerPerson" text,
    "registeredOn" date, procedures text[], steps text[], organisations text[], accounts text[])
  ON CONFLICT (dispute_id) DO UPDATE SET
    case_code = excluded.case_code, type = excluded.type, region = excluded.region, status = excluded.status,
    owner_organisation = excluded.owner_organisation, owner_person = excluded.owner_person,
    registered_on = excluded.registered_on, procedures = excluded.procedures, steps = excluded.steps,
    organisations = excluded.organisations, accounts = excluded.accounts, digest = excluded.digest;
  RETURN true;
END $$;
`;

/** The clocks of a dispute, and the queue if its plan has changed. */
const writeClocks = `
CREATE FUNCTION accord.write_clocks(
  p_id text, p_before integer, p_version integer,
  p_plan_code integer, p_plan_changed boolean, p_next_due timestamptz, p_stall_at timestamptz, p_stall jsonb
) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF p_before = 0 THEN
    INSERT INTO accord.dispute_clocks (
      dispute_id, plan_version, driven_version, plan_code, behind_since, next_due, stall_at, stall)
    VALUES (
      p_id, CASE WHEN p_plan_changed THEN p_version ELSE 0 END, 0, p_plan_code,
      CASE WHEN p_plan_changed THEN now() END, p_next_due, p_stall_at, p_stall);
  ELSE
    -- Behind since the first change of the plan that the workflow has not acknowledged.
    UPDATE accord.dispute_clocks SET
      plan_version = CASE WHEN p_plan_changed THEN p_version ELSE plan_version END,
      plan_code = p_plan_code,
      behind_since = CASE WHEN p_plan_changed THEN coalesce(behind_since, now()) ELSE behind_since END,
      next_due = p_next_due, stall_at = p_stall_at, stall = p_stall
    WHERE dispute_id = p_id
      AND (p_plan_changed
           OR (plan_code, next_due, stall_at, stall) IS DISTINCT FROM (p_plan_code, p_next_due, p_stall_at, p_stall));
  END IF;

  IF p_plan_changed THEN
    -- Available at once, though an older version be under way: the workflow ignores an older plan.
    INSERT INTO accord.drive_queue AS q (dispute_id, version) VALUES (p_id, p_version)
      ON CONFLICT (dispute_id) DO UPDATE SET
        version = excluded.version, available_at = least(q.available_at, now()), attempts = 0;
  END IF;
  RETURN true;
END $$;
`;

/** What few appends bring: values, a read to be recorded, documents, open deadlines (all of them, replacing), changed handoffs. */
const writeExtras = `
CREATE FUNCTION accord.write_extras(p_id text, p_extras jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  done boolean;
BEGIN
  IF p_extras ? 'deadlines' THEN
    DELETE FROM accord.open_deadlines WHERE dispute_id = p_id;
    INSERT INTO accord.open_deadlines (
      dispute_id, deadline_id, procedure_id, rule, kind, holder, status, due, due_at)
    SELECT
      p_id, "deadlineId", "procedureId", rule, kind, holder, status, due, "dueAt"
    FROM jsonb_to_recordset(p_extras -> 'deadlines') AS d(
      "deadlineId" text, "procedureId" text, rule text, kind text, holder text, status text,
      due date, "dueAt" timestamptz);
  END IF;

  IF p_extras ? 'sealed' THEN
    done := accord.write_sealed(p_id, p_extras -> 'sealed');
  END IF;

  IF p_extras ? 'read' THEN
    done := accord.record_read(p_extras -> 'read');
  END IF;

  IF p_extras ? 'handoffs' THEN
    INSERT INTO accord.handoffs (
      handoff_id, dispute_id, procedure_id, from_organisation, to_organisation, status, requested_at, due_at, view)
    SELECT
      "handoffId", p_id, "procedureId", "fromOrganisation", "toOrganisation", status, "requestedAt", "dueAt", view
    FROM jsonb_to_recordset(p_extras -> 'handoffs') AS h(
      "handoffId" text, "procedureId" text, "fromOrganisation" text, "toOrganisation" text, status text,
      "requestedAt" timestamptz, "dueAt" timestamptz, view jsonb)
    ON CONFLICT (handoff_id) DO UPDATE SET
      procedure_id = excluded.procedure_id, from_organisation = excluded.from_organisation,
      to_organisation = excluded.to_organisation, status = excluded.status,
      requested_at = excluded.requested_at, due_at = excluded.due_at, view = excluded.view
    WHERE handoffs.dispute_id = excluded.dispute_id;
  END IF;

  IF p_extras ? 'documents' THEN
    INSERT INTO accord.documents (
      dispute_id, document_id, sha256, size, media_type, kind, name_ref, uploaded_at)
    SELECT
      p_id, "documentId", sha256, size, "mediaType", kind, "nameRef", "uploadedAt"
    FROM jsonb_to_recordset(p_extras -> 'documents') AS d(
      "documentId" text, sha256 text, size bigint, "mediaType" text, kind text, "nameRef" text,
      "uploadedAt" timestamptz);
  END IF;
  RETURN true;
END $$;
`;

/**
 * Answers null when it has appended; `{"conflict": version}` when the stream has moved on, and
 * `{"duplicate": {…}}` when the command is recorded already: these two leave nothing behind.
 *
 * What it must keep:
 * 1. The command row comes first: of two at once with the same command, on whatever streams, the second waits for
 *    the first and is then a duplicate, not a conflict.
 * 2. The update of the stream's row is check, lock and new head in one; a writer who waited for it finds another
 *    version and takes its command row back.
 * 3. Locks are always taken in this order: command, dispute stream, refusals stream, read models.
 * 4. What is sealed is destroyed only along with the event that records it, whoever calls.
 *
 * `p_expected` null: no stream of the dispute is touched, only a refusal or values are written.
 * `p_index` null: there is no dispute row to write.
 */
const append = `
CREATE FUNCTION accord.append(
  p_stream text, p_expected integer, p_head bytea,
  p_command text, p_fingerprint text,
  p_events jsonb, p_hashes bytea[], p_recorded_at timestamptz,
  p_dispute_id text, p_fold_version integer, p_state text, p_index text,
  p_plan_code integer, p_plan_changed boolean, p_next_due timestamptz, p_stall_at timestamptz, p_stall jsonb,
  p_extras jsonb, p_refusal jsonb
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  added integer := cardinality(p_hashes);
  new_version integer := p_expected + added;
  done boolean; -- an assignment calls a function without the executor that PERFORM would start
BEGIN
  IF p_command IS NOT NULL THEN
    INSERT INTO accord.commands (command_id, fingerprint, stream, first_version, last_version)
      VALUES (p_command, p_fingerprint, p_stream, p_expected + 1, new_version)
      ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
      RETURN (
        SELECT jsonb_build_object('duplicate', jsonb_build_object(
          'commandId', command_id, 'fingerprint', fingerprint, 'stream', stream,
          'firstVersion', first_version, 'lastVersion', last_version))
        FROM accord.commands WHERE command_id = p_command);
    END IF;
  END IF;

  IF p_expected IS NOT NULL THEN
    IF p_expected = 0 THEN
      INSERT INTO accord.streams (stream, version, head_hash, head_recorded_at, fold_version, state)
        VALUES (p_stream, new_version, p_hashes[added], p_recorded_at, p_fold_version, p_state)
        ON CONFLICT DO NOTHING;
    ELSE
      UPDATE accord.streams SET
        version = new_version,
        head_hash = coalesce(p_hashes[added], head_hash),
        head_recorded_at = coalesce(p_recorded_at, head_recorded_at),
        fold_version = coalesce(p_fold_version, fold_version),
        state = coalesce(p_state, state)
      WHERE stream = p_stream AND version = p_expected AND head_hash = p_head;
    END IF;
    IF NOT FOUND THEN
      DELETE FROM accord.commands WHERE command_id = p_command;
      RETURN jsonb_build_object(
        'conflict', coalesce((SELECT version FROM accord.streams WHERE stream = p_stream), 0));
    END IF;
    done := accord.insert_events(p_stream, p_expected, p_head, p_events, p_hashes);
  END IF;

  IF p_refusal IS NOT NULL THEN
    done := accord.write_refusal(p_refusal);
  END IF;
  IF p_index IS NOT NULL THEN
    done := accord.write_index(p_dispute_id, p_index);
    done := accord.write_clocks(
      p_dispute_id, p_expected, new_version, p_plan_code, p_plan_changed, p_next_due, p_stall_at, p_stall);
  END IF;
  IF p_extras IS NOT NULL THEN
    IF p_extras #> '{sealed,erase}' IS NOT NULL AND (p_expected IS NULL OR EXISTS (
      SELECT FROM jsonb_array_elements_text(p_extras #> '{sealed,erase}') AS erased (subject)
      WHERE NOT EXISTS (
        SELECT FROM jsonb_array_elements(p_events) AS e
        WHERE e ->> 'type' = 'SubjectErased' AND 'party:' || (e #>> '{data,subject}') = erased.subject)))
    THEN
      RAISE EXCEPTION 'nothing is erased without an event that says so' USING ERRCODE = 'insufficient_privilege';
    END IF;
    done := accord.write_extras(p_dispute_id, p_extras);
  END IF;
  RETURN NULL;
END $$;
`;
