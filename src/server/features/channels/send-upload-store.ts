import { sql } from 'kysely';
import type { Json } from '#connectors/kit/contract.ts';
import type { Tx } from '#server/platform/db/index.ts';

const KEPT = sql`interval '24 hours'`;

/** What was remembered of an upload to a channel's network; null: nothing, or too long ago. */
export async function findSendUpload(tx: Tx, channelId: string, key: string): Promise<Json> {
  const { rows } = await sql<{ state: Json }>`SELECT state FROM send_upload
    WHERE channel_id = ${channelId} AND key = ${key} AND touched_at > clock.now() - ${KEPT}`.execute(tx);
  return rows[0]?.state ?? null;
}

export async function keepSendUpload(
  tx: Tx,
  { workspaceId, channelId, key, state }: { workspaceId: string; channelId: string; key: string; state: Json },
): Promise<void> {
  await sql`INSERT INTO send_upload (workspace_id, channel_id, key, state)
    VALUES (${workspaceId}, ${channelId}, ${key}, ${JSON.stringify(state)}::jsonb)
    ON CONFLICT (workspace_id, channel_id, key) DO UPDATE SET state = excluded.state, touched_at = clock.now()`.execute(
    tx,
  );
}

export async function forgetSendUpload(tx: Tx, channelId: string, key: string): Promise<void> {
  await sql`DELETE FROM send_upload WHERE channel_id = ${channelId} AND key = ${key}`.execute(tx);
}

/** Workspaces with some that nobody went on with for a day. Across. */
export async function listOldSendUploads(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT DISTINCT workspace_id AS id FROM send_upload WHERE touched_at <= clock.now() - ${KEPT}`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function forgetOldSendUploads(tx: Tx): Promise<void> {
  await sql`DELETE FROM send_upload WHERE touched_at <= clock.now() - ${KEPT}`.execute(tx);
}
