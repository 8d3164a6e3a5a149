import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

/** The zone data by which planned times were reckoned last; empty when they never were anew. */
export async function readZoneData(tx: Tx): Promise<string> {
  const { rows } = await sql<{ zoneData: string }>`SELECT zone_data AS "zoneData" FROM installation`.execute(tx);
  return rows[0]?.zoneData ?? '';
}

/** Notes newer zone data; older is never noted over newer. */
export async function writeZoneData(tx: Tx, version: string): Promise<void> {
  await sql`UPDATE installation SET zone_data = ${version} WHERE zone_data < ${version}`.execute(tx);
}

/** Ids of all workspaces, in order. Across. */
export async function listAllWorkspaces(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM workspace ORDER BY id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** A wall-clock time that is still to come, and when it was thought to be. */
export interface PlannedWallClock {
  postId: string;
  authorId: string;
  local: string;
  zone: string;
  at: Date;
}

/** Planned times of a workspace's posts that are still to come, drafts' too. */
export async function listPlannedToCome(tx: Tx): Promise<PlannedWallClock[]> {
  const { rows } = await sql<PlannedWallClock>`SELECT id AS "postId", author_id AS "authorId", planned_local AS local,
      planned_zone AS zone, planned_at AS at
    FROM post WHERE deleted_at IS NULL AND planned_at > clock.now() ORDER BY id`.execute(tx);
  return rows;
}

/**
 * Moves a post to the instant that its wall-clock time really has, with those of its deliveries that nobody works on;
 * what waits for more than its time goes on waiting. False when the post is planned otherwise by now. Returns the
 * channels concerned.
 */
export async function movePlanned(
  tx: Tx,
  { postId, local, zone, at }: PlannedWallClock,
  to: Date,
): Promise<{ channelIds: string[] } | null> {
  const moved = await sql`UPDATE post SET planned_at = ${to}, updated_at = clock.now()
    WHERE id = ${postId} AND planned_local = ${local} AND planned_zone = ${zone} AND planned_at = ${at}`.execute(tx);
  if ((moved.numAffectedRows ?? 0n) === 0n) return null;
  const { rows } = await sql<{ channelId: string }>`UPDATE delivery SET due_at = ${to}, fence = delivery.fence + 1,
      not_before = CASE WHEN not_before = due_at THEN ${to} ELSE greatest(not_before, ${to}) END, updated_at = clock.now()
    FROM (SELECT workspace_id, id FROM delivery WHERE post_id = ${postId} AND due_at = ${at} AND state IN ('scheduled', 'held')
          ORDER BY due_at, group_id, position FOR UPDATE) mine
    WHERE delivery.workspace_id = mine.workspace_id AND delivery.id = mine.id
    RETURNING delivery.channel_id AS "channelId"`.execute(tx);
  return { channelIds: [...new Set(rows.map(({ channelId }) => channelId))] };
}
