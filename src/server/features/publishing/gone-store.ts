import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

/** A part that its network no longer has. */
export interface GonePart {
  workspaceId: string;
  deliveryId: string;
  groupId: string;
  postId: string;
  channelId: string;
}

/** Marks published parts as gone that nobody took down here, and returns those that were not known to be. */
export async function markGone(tx: Tx, partIds: readonly string[]): Promise<GonePart[]> {
  const { rows } = await sql<GonePart>`UPDATE delivery SET gone_at = clock.now(), updated_at = clock.now()
    WHERE id = ANY(${[...partIds]}::uuid[]) AND state = 'published' AND gone_at IS NULL AND removed_at IS NULL
    RETURNING workspace_id AS "workspaceId", id AS "deliveryId", group_id AS "groupId", post_id AS "postId",
      channel_id AS "channelId"`.execute(tx);
  return rows;
}
