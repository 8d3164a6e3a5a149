import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import type { DeliveryRow } from '../tables.ts';

/**
 * Whether something was armed before the database's present history began. What is absent now was then perhaps public and
 * was taken down by its owner since, so it is not sent again by itself.
 */
export async function isOfEarlierHistory(tx: Tx, armedAt: Date): Promise<boolean> {
  const { rows } = await sql<{ earlier: boolean }>`SELECT coalesce(${armedAt} < history_at, false) AS earlier
    FROM installation`.execute(tx);
  return rows[0]?.earlier ?? false;
}

/** Says that a part is held because of the new history. */
export async function tellHeldForHistory(
  tx: Tx,
  part: Pick<DeliveryRow, 'workspace_id' | 'group_id' | 'post_id' | 'channel_id'>,
): Promise<void> {
  const place = { groupId: part.group_id, postId: part.post_id, channelId: part.channel_id };
  await tellFact(tx, {
    workspaceId: part.workspace_id,
    kind: 'delivery.held',
    payload: { deliveryId: part.group_id, ...place, reason: 'new-history' },
  });
}
