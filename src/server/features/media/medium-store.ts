import { type Insertable, sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { MediaTables, MediumRow } from './tables.ts';

export type NewMedium = Insertable<MediaTables['medium']>;

/**
 * Lets one transaction at a time enter a medium or look whether it was entered: whoever comes next sees what the one before
 * has committed. Throws when that takes longer than ten seconds.
 */
export async function waitForTurn(tx: Tx, mediumId: string): Promise<void> {
  await sql`SET LOCAL lock_timeout = '10s'`.execute(tx);
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`medium ${mediumId}`}, 0))`.execute(tx);
  await sql`SET LOCAL lock_timeout = DEFAULT`.execute(tx);
}

export async function insertMedium(tx: Tx, row: NewMedium): Promise<MediumRow> {
  return tx.withTables<MediaTables>().insertInto('medium').values(row).returningAll().executeTakeFirstOrThrow();
}

export async function findMedium(tx: Tx, id: string): Promise<MediumRow | null> {
  const row = tx.withTables<MediaTables>().selectFrom('medium').selectAll().where('id', '=', id);
  return (await row.executeTakeFirst()) ?? null;
}

export async function findMedia(tx: Tx, ids: readonly string[]): Promise<MediumRow[]> {
  if (ids.length === 0) return [];
  return tx.withTables<MediaTables>().selectFrom('medium').selectAll().where('id', 'in', ids).execute();
}

/** Newest first; one row more than `limit` when there are more. */
export async function listMediumRows(
  tx: Tx,
  after: { createdAt: Date; id: string } | null,
  limit: number,
): Promise<MediumRow[]> {
  return tx
    .withTables<MediaTables>()
    .selectFrom('medium')
    .selectAll()
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(created_at, id) < (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::uuid)`,
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
}

/** Null when there is no such picture. */
export async function updateAlt(tx: Tx, id: string, alt: string): Promise<MediumRow | null> {
  const update = tx.withTables<MediaTables>().updateTable('medium').set({ alt }).where('id', '=', id).returningAll();
  return (await update.executeTakeFirst()) ?? null;
}

/** True when something uses the picture. Locks it, so that nothing begins to until the transaction ends. */
export async function isMediumInUse(tx: Tx, id: string): Promise<boolean> {
  const tables = tx.withTables<MediaTables>();
  await tables.selectFrom('medium').select('id').where('id', '=', id).forUpdate().execute();
  const use = await tables.selectFrom('medium_use').select('user_id').where('medium_id', '=', id).limit(1).execute();
  return use.length > 0;
}

export async function deleteMedium(tx: Tx, id: string): Promise<void> {
  await tx.withTables<MediaTables>().deleteFrom('medium').where('id', '=', id).execute();
}

/** Makes `mediumIds` the pictures that one user uses, all of its uses before forgotten. */
export async function replaceUses(
  tx: Tx,
  { workspaceId, kind, userId, mediumIds }: { workspaceId: string; kind: string; userId: string; mediumIds: string[] },
): Promise<void> {
  const tables = tx.withTables<MediaTables>();
  await tables.deleteFrom('medium_use').where('user_kind', '=', kind).where('user_id', '=', userId).execute();
  if (mediumIds.length === 0) return;
  const rows = mediumIds.map((id) => ({ workspace_id: workspaceId, medium_id: id, user_kind: kind, user_id: userId }));
  await tables.insertInto('medium_use').values(rows).execute();
}
