import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

/** Goals that are worth looking at: not archived, begun, and over for a week at most. */
export async function listLivingGoals(tx: Tx): Promise<{ goalId: string; status: string | null }[]> {
  const { rows } = await sql<{ goalId: string; status: string | null }>`
    SELECT g.id AS "goalId", s.status FROM goal g
    LEFT JOIN goal_standing s ON s.workspace_id = g.workspace_id AND s.goal_id = g.id
    WHERE g.archived_at IS NULL AND g.deadline_on >= (clock.now() - interval '8 days')::date
    ORDER BY g.deadline_on, g.id LIMIT 500`.execute(tx);
  return rows;
}

export async function writeStanding(
  tx: Tx,
  { workspaceId, goalId, status }: { workspaceId: string; goalId: string; status: string },
): Promise<void> {
  await sql`INSERT INTO goal_standing (workspace_id, goal_id, status) VALUES (${workspaceId}, ${goalId}, ${status})
    ON CONFLICT (workspace_id, goal_id) DO UPDATE SET status = excluded.status, at = clock.now()`.execute(tx);
}
