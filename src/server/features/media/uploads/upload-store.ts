import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { MediaTables, UploadRow } from '../tables.ts';

/** Uploads that were not touched for so long are gone. */
const KEPT = sql`interval '24 hours'`;

const uploads = (tx: Tx) => tx.withTables<MediaTables>();

export async function insertUpload(
  tx: Tx,
  row: { workspace_id: string; id: string; person_id: string; name: string; size_bytes: number },
): Promise<UploadRow> {
  return uploads(tx).insertInto('upload').values(row).returningAll().executeTakeFirstOrThrow();
}

/** A person's own upload that has not run out; null for any other. */
export async function findUpload(tx: Tx, id: string, personId: string): Promise<UploadRow | null> {
  const rows = uploads(tx).selectFrom('upload').selectAll().where('id', '=', id).where('person_id', '=', personId);
  return (await rows.where(sql<boolean>`touched_at > clock.now() - ${KEPT}`).executeTakeFirst()) ?? null;
}

/** Adds a part that lies in the storage, or returns null when the upload does not stand at `offsetBytes` any more. */
export async function appendPart(
  tx: Tx,
  part: { id: string; offsetBytes: number; sizeBytes: number; key: string },
): Promise<UploadRow | null> {
  const row = uploads(tx)
    .updateTable('upload')
    .set({
      offset_bytes: part.offsetBytes + part.sizeBytes,
      parts: sql<string[]>`parts || ${part.key}::text`,
      touched_at: sql<Date>`clock.now()`,
    })
    .where('id', '=', part.id)
    .where('offset_bytes', '=', part.offsetBytes)
    .where('medium_id', 'is', null)
    .returningAll();
  return (await row.executeTakeFirst()) ?? null;
}

/** Notes what became of it; false when somebody was quicker. */
export async function noteMedium(tx: Tx, id: string, mediumId: string): Promise<boolean> {
  const update = uploads(tx)
    .updateTable('upload')
    .set({ medium_id: mediumId, parts: sql<string[]>`'{}'`, touched_at: sql<Date>`clock.now()` })
    .where('id', '=', id)
    .where('medium_id', 'is', null);
  return (await update.executeTakeFirst()).numUpdatedRows === 1n;
}

/** Whether an upload of anybody is still kept, run out or not. */
export async function isUploadKept(tx: Tx, id: string): Promise<boolean> {
  return (await uploads(tx).selectFrom('upload').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

export async function deleteUpload(tx: Tx, id: string): Promise<void> {
  await uploads(tx).deleteFrom('upload').where('id', '=', id).execute();
}

/** What is under way in the workspace, and how much of it is the person's; two who begin at once wait for each other. */
export async function weighUploads(
  tx: Tx,
  personId: string,
): Promise<{ sizeBytes: number; own: { count: number; sizeBytes: number } }> {
  await sql`SELECT pg_advisory_xact_lock(hashtext('uploads ' || house.workspace()))`.execute(tx);
  const { rows } = await sql<{ all: number; count: number; own: number }>`
    SELECT coalesce(sum(size_bytes), 0)::bigint AS all, count(*) FILTER (WHERE person_id = ${personId})::int AS count,
      coalesce(sum(size_bytes) FILTER (WHERE person_id = ${personId}), 0)::bigint AS own
    FROM upload WHERE medium_id IS NULL AND touched_at > clock.now() - ${KEPT}`.execute(tx);
  const { all = 0, count = 0, own = 0 } = rows[0] ?? {};
  return { sizeBytes: all, own: { count, sizeBytes: own } };
}

/** How much is still to come of all uploads under way. Across. */
export async function sumToCome(tx: Tx): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    SELECT coalesce(sum(size_bytes - offset_bytes), 0)::bigint AS bytes
    FROM upload WHERE medium_id IS NULL AND touched_at > clock.now() - ${KEPT}`.execute(tx);
  return rows[0]?.bytes ?? 0;
}

/** Workspaces in which there are uploads that have run out. Across. */
export async function listStale(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT workspace_id AS id FROM upload WHERE touched_at <= clock.now() - ${KEPT}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Forgets what has run out in the workspace and returns where its parts lie. */
export async function forgetStale(tx: Tx): Promise<string[]> {
  const rows = uploads(tx).deleteFrom('upload').where(sql<boolean>`touched_at <= clock.now() - ${KEPT}`);
  return (await rows.returning('parts').execute()).flatMap(({ parts }) => parts);
}
