import { sql } from 'kysely';
import type { Engagement } from '#connectors/kit/contract.ts';
import type { Tx } from '#server/platform/db/index.ts';

export type EngagementRow = {
  delivery_id: string;
  remote_id: string;
  kind: 'like' | 'repost' | 'reply' | 'quote';
  actor_name: string;
  actor_handle: string;
  actor_address: string;
  text: string | null;
  address: string | null;
  at: Date | null;
  fetched_at: Date;
  /** What they are ordered by: when it was done, else when it was first seen. */
  sorted_at: Date;
};

/**
 * Brings what is kept up to what the network listed. What it no longer lists is marked as gone, but only where the list
 * reaches: `complete` says that nothing was cut off at its end.
 */
export async function keepEngagements(
  tx: Tx,
  {
    workspaceId,
    deliveryId,
    listed,
    complete,
    at,
  }: {
    workspaceId: string;
    deliveryId: string;
    listed: readonly Engagement[];
    complete: boolean;
    at: Date;
  },
): Promise<void> {
  const rows = JSON.stringify(
    listed.map((e) => ({
      remote_id: e.remoteId,
      kind: e.kind,
      actor_remote_id: e.actor.remoteId,
      actor_name: e.actor.name,
      actor_handle: e.actor.handle,
      actor_address: e.actor.address,
      text: e.text,
      address: e.address,
      at: e.at?.toISOString() ?? null,
    })),
  );
  await sql`INSERT INTO engagement AS e (workspace_id, delivery_id, remote_id, kind, actor_remote_id, actor_name, actor_handle,
      actor_address, text, address, at, first_seen_at, fetched_at)
    SELECT DISTINCT ON (remote_id) ${workspaceId}::uuid, ${deliveryId}::uuid, remote_id, kind, actor_remote_id, actor_name,
      actor_handle, actor_address, text, address, at, ${at}::timestamptz, ${at}::timestamptz
    FROM jsonb_to_recordset(${rows}::jsonb) AS r (remote_id text, kind text, actor_remote_id text, actor_name text,
      actor_handle text, actor_address text, text text, address text, at timestamptz)
    ON CONFLICT (workspace_id, delivery_id, remote_id) DO UPDATE
    SET actor_name = excluded.actor_name, actor_handle = excluded.actor_handle, actor_address = excluded.actor_address,
      text = excluded.text, address = excluded.address, fetched_at = excluded.fetched_at, gone_at = NULL
    WHERE excluded.fetched_at >= e.fetched_at`.execute(tx);
  const oldest = listed.reduce<Date | null>((min, e) => (e.at && (!min || e.at < min) ? e.at : min), null);
  await sql`UPDATE engagement SET gone_at = ${at}
    WHERE delivery_id = ${deliveryId} AND gone_at IS NULL AND fetched_at < ${at}
      AND (${complete} OR at > ${oldest}::timestamptz)`.execute(tx);
}

/** What is there of these parts, newest first, one more than `limit` when there is more. */
export async function listEngagementRows(
  tx: Tx,
  {
    partIds,
    kind,
    after,
    limit,
  }: {
    partIds: readonly string[];
    kind: EngagementRow['kind'] | null;
    after: { at: Date; remoteId: string } | null;
    limit: number;
  },
): Promise<EngagementRow[]> {
  const { rows } = await sql<EngagementRow>`
    SELECT delivery_id, remote_id, kind, actor_name, actor_handle, actor_address, text, address, at, fetched_at,
      coalesce(at, first_seen_at) AS sorted_at
    FROM engagement
    WHERE delivery_id = ANY(${[...partIds]}::uuid[]) AND gone_at IS NULL AND (${kind}::text IS NULL OR kind = ${kind})
      AND (${after?.remoteId ?? null}::text IS NULL OR (coalesce(at, first_seen_at), remote_id)
        < (${after?.at ?? null}::timestamptz, ${after?.remoteId ?? null}))
    ORDER BY sorted_at DESC, remote_id DESC LIMIT ${limit + 1}`.execute(tx);
  return rows;
}
