import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

/** Workspaces that are known to stand still, since when. Across. */
export async function listOpenStalls(tx: Tx): Promise<{ workspaceId: string; beganAt: Date }[]> {
  const { rows } = await sql<{ workspaceId: string; beganAt: Date }>`
    SELECT workspace_id AS "workspaceId", began_at AS "beganAt" FROM publishing_stall WHERE ended_at IS NULL`.execute(
    tx,
  );
  return rows;
}

/** Notes that a workspace stands still from now on; null when that is known already. */
export async function openStall(tx: Tx, workspaceId: string): Promise<{ beganAt: Date } | null> {
  const { rows } = await sql<{ beganAt: Date }>`INSERT INTO publishing_stall (workspace_id, began_at)
    VALUES (${workspaceId}, clock.now()) ON CONFLICT DO NOTHING RETURNING began_at AS "beganAt"`.execute(tx);
  return rows[0] ?? null;
}

/** Notes that it moves again; false when somebody else has. */
export async function closeStall(tx: Tx, beganAt: Date): Promise<boolean> {
  const result = await sql`UPDATE publishing_stall SET ended_at = clock.now()
    WHERE began_at = ${beganAt} AND ended_at IS NULL`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}
