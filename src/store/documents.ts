import type { Pool } from 'pg';
import type { DocumentRow } from './contract.js';
import { run } from './pool.js';

const columns = `document_id AS "documentId", dispute_id AS "disputeId", sha256, size::float8 AS size,
  media_type AS "mediaType", kind, name_ref AS "nameRef", uploaded_at AS "uploadedAt"`;

const selectDocument = {
  name: 'document',
  text: `SELECT ${columns} FROM accord.documents WHERE dispute_id = $1 AND document_id = $2`,
};

const selectDocuments = {
  name: 'documents',
  text: `SELECT ${columns} FROM accord.documents WHERE dispute_id = $1 ORDER BY uploaded_at, document_id`,
};

type Columns = Omit<DocumentRow, 'uploadedAt'> & { uploadedAt: Date };

/** What is known of one document of a dispute, or null. Documents are recorded by `append`. */
export async function findDocument(pool: Pool, disputeId: string, documentId: string): Promise<DocumentRow | null> {
  const [row] = await run<Columns>(pool, selectDocument, [disputeId, documentId]);
  return row === undefined ? null : documentRow(row);
}

/** All documents of a dispute, oldest first. */
export async function listDocuments(pool: Pool, disputeId: string): Promise<DocumentRow[]> {
  return (await run<Columns>(pool, selectDocuments, [disputeId])).map(documentRow);
}

const documentRow = (row: Columns): DocumentRow => ({ ...row, uploadedAt: row.uploadedAt.toISOString() });
