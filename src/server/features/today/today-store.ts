import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

/** Notes that somebody looked at a goal's figures now. */
export async function writeLook(
  tx: Tx,
  { workspaceId, goalId }: { workspaceId: string; goalId: string },
): Promise<void> {
  await sql`INSERT INTO goal_look (workspace_id, goal_id) VALUES (${workspaceId}, ${goalId})
    ON CONFLICT (workspace_id, goal_id) DO UPDATE SET at = clock.now()`.execute(tx);
}

/** When somebody last looked at each of these goals; those at which nobody did are left out. */
export async function listLooks(tx: Tx, goalIds: readonly string[]): Promise<Map<string, Date>> {
  const { rows } = await sql<{ goalId: string; at: Date }>`SELECT goal_id AS "goalId", at FROM goal_look
    WHERE goal_id = ANY(${[...goalIds]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ goalId, at }) => [goalId, at]));
}

/** Suggestions that a person has set aside for now. */
export async function listAside(tx: Tx, personId: string): Promise<Set<string>> {
  const { rows } = await sql<{ suggestion: string }>`SELECT suggestion FROM suggestion_aside
    WHERE person_id = ${personId} AND until > clock.now()`.execute(tx);
  return new Set(rows.map((row) => row.suggestion));
}

/** Sets a suggestion aside for a person, and forgets what is over. */
export async function writeAside(
  tx: Tx,
  aside: { workspaceId: string; personId: string; suggestion: string; until: Date },
): Promise<void> {
  const { workspaceId, personId, suggestion, until } = aside;
  await sql`DELETE FROM suggestion_aside WHERE person_id = ${personId} AND until <= clock.now()`.execute(tx);
  await sql`INSERT INTO suggestion_aside (workspace_id, person_id, suggestion, until)
    VALUES (${workspaceId}, ${personId}, ${suggestion}, ${until})
    ON CONFLICT (workspace_id, person_id, suggestion) DO UPDATE SET until = excluded.until`.execute(tx);
}

export async function deleteAside(
  tx: Tx,
  { personId, suggestion }: { personId: string; suggestion: string },
): Promise<void> {
  await sql`DELETE FROM suggestion_aside WHERE person_id = ${personId} AND suggestion = ${suggestion}`.execute(tx);
}
