import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { LimitPlace } from './limit-place.rules.ts';

/** Whose limits calls on these channels come under, by workspace and channel; what is not connected is left out. */
export async function listPlaces(
  tx: Tx,
  channels: readonly { workspaceId: string; channelId: string; network: string }[],
): Promise<Map<string, LimitPlace>> {
  const { rows } = await sql<LimitPlace & { workspaceId: string; channelId: string }>`SELECT
      c.workspace_id AS "workspaceId", c.channel_id AS "channelId", k.network, coalesce(c.server, '') AS server,
      c.limit_account AS account
    FROM unnest(${channels.map((k) => k.workspaceId)}::uuid[], ${channels.map((k) => k.channelId)}::uuid[],
      ${channels.map((k) => k.network)}::text[]) AS k (workspace_id, channel_id, network)
    JOIN connection c ON c.workspace_id = k.workspace_id AND c.channel_id = k.channel_id`.execute(tx);
  return new Map(rows.map(({ workspaceId, channelId, ...place }) => [`${workspaceId} ${channelId}`, place]));
}
