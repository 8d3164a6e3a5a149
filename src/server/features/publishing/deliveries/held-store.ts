import { sql } from 'kysely';
import type { HoldReason } from '#contract/deliveries.ts';
import type { Tx } from '#server/platform/db/index.ts';

/**
 * Deliveries held for this reason, the first due first, with all their parts locked in the order of every other edit;
 * with `dueUntil` only what was due by then, and only what has been held since `heldBefore` or longer. Channels of
 * `lastChannelIds` come behind all others. What follows a part that is not over is not decided before that one is.
 * `left`: how many more there are than `most`.
 */
export async function lockHeld(
  tx: Tx,
  {
    reason,
    dueUntil,
    heldBefore,
    lastChannelIds = [],
    most,
  }: { reason: HoldReason; dueUntil: Date | null; heldBefore: Date; lastChannelIds?: readonly string[]; most: number },
): Promise<{ groupIds: string[]; left: number }> {
  const isSought = sql`state = 'held' AND held_reason = ${reason} AND held_at <= ${heldBefore}
    AND due_at <= coalesce(${dueUntil}::timestamptz, 'infinity')
    AND NOT EXISTS (SELECT FROM delivery before WHERE before.workspace_id = delivery.workspace_id
      AND before.group_id = delivery.group_id AND before.position < delivery.position
      AND before.state NOT IN ('published', 'cancelled') AND NOT (before.state = 'held' AND before.held_reason = ${reason}))`;
  const inOrder = sql`GROUP BY group_id, channel_id
    ORDER BY channel_id = ANY(${[...lastChannelIds]}::uuid[]), min(due_at), group_id`;
  const { rows } = await sql<{ id: string }>`SELECT group_id AS id FROM delivery WHERE ${isSought} ${inOrder}`.execute(
    tx,
  );
  const ids = rows.slice(0, most).map((row) => row.id);
  await sql`SELECT FROM delivery WHERE group_id = ANY(${ids}::uuid[])
    ORDER BY due_at, group_id, position FOR UPDATE`.execute(tx);
  const { rows: still } = await sql<{ id: string }>`SELECT group_id AS id FROM delivery
    WHERE group_id = ANY(${ids}::uuid[]) AND ${isSought} ${inOrder}`.execute(tx);
  return { groupIds: still.map((row) => row.id), left: rows.length - ids.length };
}
