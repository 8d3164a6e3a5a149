import type { Database, Tx } from '#server/platform/db/index.ts';
import { teamTables, type WorkspaceRow } from './tables.ts';

export async function insertWorkspace(
  tx: Tx,
  workspace: Pick<WorkspaceRow, 'id' | 'name' | 'language' | 'zone'>,
): Promise<WorkspaceRow> {
  return teamTables(tx).insertInto('workspace').values(workspace).returningAll().executeTakeFirstOrThrow();
}

/** The workspace of the transaction; null when there is none. */
export async function findWorkspace(tx: Tx, id: string): Promise<WorkspaceRow | null> {
  const row = await teamTables(tx).selectFrom('workspace').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Changes what is given; absent fields stay. */
export async function changeWorkspace(
  tx: Tx,
  id: string,
  change: { [K in 'name' | 'language' | 'zone' | 'grace_minutes']?: WorkspaceRow[K] | undefined },
): Promise<void> {
  if (Object.values(change).every((value) => value === undefined)) return;
  await teamTables(tx).updateTable('workspace').set(change).where('id', '=', id).execute();
}

/** Ids of the workspaces that may have this person as a member. */
export async function listDirectory(db: Database, personId: string): Promise<string[]> {
  return db.across(async (tx) => {
    const rows = await teamTables(tx)
      .selectFrom('directory_membership')
      .select('workspace_id')
      .where('person_id', '=', personId)
      .execute();
    return rows.map((row) => row.workspace_id);
  });
}
