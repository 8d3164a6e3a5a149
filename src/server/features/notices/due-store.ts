import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

/** The two ways out of the interface. */
export type Way = 'mail' | 'push';

const dueColumn = { mail: sql.id('mail_due_at'), push: sql.id('push_due_at') };
const doneColumn = { mail: sql.id('mailed_at'), push: sql.id('pushed_at') };

/** One notice, wherever it is. */
export interface NoticePlace {
  workspaceId: string;
  id: string;
}

/** People to whom something is to go out now. Across. */
export async function listDuePeople(tx: Tx, way: Way): Promise<string[]> {
  const { rows } = await sql<{ personId: string }>`SELECT DISTINCT person_id AS "personId" FROM notice
    WHERE ${dueColumn[way]} <= clock.now() LIMIT 1000`.execute(tx);
  return rows.map((row) => row.personId);
}

/** What is to go out to one person now, over all workspaces. Across. */
export async function listDue(tx: Tx, personId: string, way: Way): Promise<NoticePlace[]> {
  const { rows } = await sql<NoticePlace>`SELECT workspace_id AS "workspaceId", id FROM notice
    WHERE person_id = ${personId} AND ${dueColumn[way]} <= clock.now() LIMIT 500`.execute(tx);
  return rows;
}

/** Notes that these go out now, and returns those that nobody else has taken meanwhile. Across. */
export async function takeDue(tx: Tx, places: readonly NoticePlace[], way: Way): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`UPDATE notice SET ${dueColumn[way]} = NULL, ${doneColumn[way]} = clock.now()
    FROM unnest(${places.map((it) => it.workspaceId)}::uuid[], ${places.map((it) => it.id)}::uuid[]) AS place (workspace_id, id)
    WHERE notice.workspace_id = place.workspace_id AND notice.id = place.id AND notice.${dueColumn[way]} <= clock.now()
    RETURNING notice.id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Has these go out again later: they did not arrive. Across. */
export async function putOff(tx: Tx, places: readonly NoticePlace[], way: Way, seconds: number): Promise<void> {
  await sql`UPDATE notice SET ${dueColumn[way]} = clock.now() + make_interval(secs => ${seconds})
    FROM unnest(${places.map((it) => it.workspaceId)}::uuid[], ${places.map((it) => it.id)}::uuid[]) AS place (workspace_id, id)
    WHERE notice.workspace_id = place.workspace_id AND notice.id = place.id`.execute(tx);
}

/** Nothing waits to go out to this person by this way any more. Across. */
export async function dropDue(tx: Tx, personId: string, way: Way): Promise<void> {
  await sql`UPDATE notice SET ${dueColumn[way]} = NULL WHERE person_id = ${personId} AND ${dueColumn[way]} IS NOT NULL`.execute(
    tx,
  );
}

/** Every workspace there is. Across. */
export async function listWorkspaceIds(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM workspace ORDER BY id`.execute(tx);
  return rows.map((row) => row.id);
}
