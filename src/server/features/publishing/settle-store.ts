import { sql } from 'kysely';
import type { Json } from '#connectors/kit/contract.ts';
import type { DeliveryState } from '#contract/deliveries.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { assertMove } from './delivery-states.rules.ts';
import { noteDue } from './note-due.ts';
import type { DeliveryRow } from './tables.ts';

/**
 * Notes that a part is public: remote id and address, the attempt's outcome, the next part's turn, and the fact, all in
 * the caller's transaction. Does nothing and returns false when the part is in none of the states `from` any more.
 * What a late worker saw is true all the same, so no fence is asked for.
 */
export async function settlePublished(
  tx: Tx,
  part: Pick<DeliveryRow, 'workspace_id' | 'id' | 'group_id' | 'position' | 'post_id' | 'channel_id' | 'network'>,
  {
    sent,
    from,
    attemptId,
  }: {
    sent: { remoteId: string | null; address: string | null; receipt: Json };
    from: readonly DeliveryState[];
    attemptId?: string;
  },
): Promise<boolean> {
  for (const state of from) assertMove(state, 'published', state === 'armed' ? 'settle' : 'look');
  const result =
    await sql`UPDATE delivery SET state = 'published', published_at = clock.now(), remote_id = ${sent.remoteId},
      address = ${sent.address}, receipt = ${JSON.stringify(sent.receipt)}::jsonb, fault = NULL, lease_until = NULL,
      next_look_at = NULL, processing_token = NULL, fence = fence + 1, updated_at = clock.now()
    WHERE id = ${part.id} AND state = ANY(${from as string[]})`.execute(tx);
  if ((result.numAffectedRows ?? 0n) === 0n) return false;
  if (attemptId) {
    await sql`UPDATE attempt SET settled_at = clock.now(), outcome = 'published' WHERE id = ${attemptId}`.execute(tx);
  }
  await sql`UPDATE delivery SET waits = false, not_before = clock.now(), updated_at = clock.now()
    WHERE group_id = ${part.group_id} AND position = ${part.position + 1} AND waits`.execute(tx);
  await sql`SELECT pg_notify('delivery', '')`.execute(tx);
  await noteDue(tx, [part.channel_id]);
  await tellFact(tx, {
    workspaceId: part.workspace_id,
    kind: 'delivery.published',
    payload: {
      deliveryId: part.id,
      groupId: part.group_id,
      position: part.position,
      postId: part.post_id,
      channelId: part.channel_id,
      network: part.network,
      remoteId: sent.remoteId,
    },
  });
  return true;
}
