import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

/**
 * When parts of posts went out on a channel, or are to: in their order, between two instants, those excluded. What failed
 * or was taken off the calendar is none of them; what was taken down again was published all the same. What a person let
 * go late goes out from then on, and what was held over its time goes out at no time yet. First comments do not count.
 */
export async function listGoingOut(
  tx: Tx,
  channelId: string,
  { from, to, exceptPostId = null }: { from: Date; to: Date; exceptPostId?: string | null },
): Promise<number[]> {
  const { rows } = await sql<{ at: Date }>`SELECT at FROM (
      SELECT CASE WHEN state IN ('published', 'unconfirmed') THEN coalesce(first_send_at, published_at, due_at)
        WHEN ${isLetGo} THEN greatest(due_at, let_go_at) ELSE due_at END AS at
      FROM delivery WHERE channel_id = ${channelId} AND role = 'post' AND state NOT IN ('failed', 'cancelled')
        AND NOT (state = 'held' AND held_reason IN ('late', 'new-history') AND due_at <= clock.now())
        AND post_id IS DISTINCT FROM ${exceptPostId}::uuid
        AND ((state = 'published' AND published_at > ${from}) OR (state = 'unconfirmed' AND first_send_at > ${from})
          OR (${isLetGo} AND let_go_at > ${from}) OR (due_at > ${from} AND due_at < ${to}))
    ) going WHERE at > ${from} AND at < ${to} ORDER BY at`.execute(tx);
  return rows.map(({ at }) => at.getTime());
}

const isLetGo = sql`(let_go_at IS NOT NULL AND state IN ('scheduled', 'claimed', 'armed', 'processing'))`;

/** Plans on a channel with a quota are made one after the other: two at once would both find the last place free. */
export async function lockQuota(tx: Tx, channelId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`quota ${channelId}`}, 0))`.execute(tx);
}
