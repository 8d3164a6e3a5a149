import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

/** What is planned on each of these channels from its instant on: how much of it, and when the first is due. */
export async function countPlannedFrom(
  tx: Tx,
  channels: readonly { id: string; from: Date }[],
): Promise<{ channelId: string; count: number; firstDueAt: Date }[]> {
  if (channels.length === 0) return [];
  const { rows } = await sql<{ channelId: string; count: number; firstDueAt: Date }>`
    SELECT d.channel_id AS "channelId", count(*)::int AS count, min(d.due_at) AS "firstDueAt"
    FROM unnest(${channels.map(({ id }) => id)}::uuid[], ${channels.map(({ from }) => from)}::timestamptz[]) AS ends (id, at)
    JOIN delivery d ON d.channel_id = ends.id
    WHERE d.position = 0 AND d.state = 'scheduled' AND d.due_at >= ends.at
    GROUP BY d.channel_id ORDER BY min(d.due_at), d.channel_id`.execute(tx);
  return rows;
}
