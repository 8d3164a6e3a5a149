import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

/**
 * Connected channels whose figures have not been fetched for so many days although it was tried, with the time of the
 * last good ones (or of the connection, where there were none).
 */
export async function listSilentChannels(tx: Tx, days: number): Promise<{ channelId: string; since: Date }[]> {
  const { rows } = await sql<{ channelId: string; since: Date }>`
    SELECT f.channel_id AS "channelId", max(coalesce(f.value_at, n.connected_at)) AS since
    FROM figure f
    JOIN connection n ON n.workspace_id = f.workspace_id AND n.channel_id = f.channel_id AND n.state = 'connected'
    JOIN channel c ON c.workspace_id = f.workspace_id AND c.id = f.channel_id AND c.archived_at IS NULL
    WHERE f.absence IS NULL OR f.absence IN ('failed', 'no-permission')
    GROUP BY f.channel_id
    HAVING max(coalesce(f.value_at, n.connected_at)) < clock.now() - make_interval(days => ${days})
      AND bool_or(f.absence IS NOT NULL AND f.tried_at > clock.now() - make_interval(days => ${days}))
    ORDER BY f.channel_id`.execute(tx);
  return rows;
}
