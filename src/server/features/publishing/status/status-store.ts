import { type RawBuilder, sql } from 'kysely';
import type { DeliveryState } from '#contract/deliveries.ts';
import { type StatusCount, statusCounts, type WaitingReason } from '#contract/publishing-status.ts';
import type { Tx } from '#server/platform/db/index.ts';

/** From one instant, which is left out, to another. */
export interface Window {
  from: Date;
  to: Date;
}

export interface StatusRow {
  /** Null: all channels. */
  channelId: string | null;
  due: number;
  counts: Record<StatusCount, number>;
  /** Median, nine of ten, 99 of a hundred, all; null where nothing was sent by the timetable. */
  percentiles: number[] | null;
}

/** What each count counts, of the deliveries in `d`. */
const counted: Record<StatusCount, RawBuilder<boolean>> = {
  live: sql`d.stands = 'published'`,
  underWay: sql`d.stands IN ('scheduled', 'claimed', 'armed', 'processing')`,
  failed: sql`d.stands = 'failed'`,
  held: sql`d.stands = 'held'`,
  unconfirmed: sql`d.stands = 'unconfirmed'`,
  cancelled: sql`d.stands = 'cancelled'`,
  onTime: sql`d.late IS NOT NULL AND NOT d.decided AND NOT d.put_off`,
  waited: sql`d.late IS NOT NULL AND NOT d.decided AND d.put_off`,
  decided: sql`d.late IS NOT NULL AND d.decided`,
  doubted: sql`d.doubted`,
  resolved: sql`d.resolved`,
  duplicates: sql`d.duplicate`,
  gone: sql`d.gone`,
};

/** In ms; null of what was not sent. `greatest` would take nothing for zero. */
const lateness = sql`CASE WHEN first.first_send_at IS NOT NULL
        THEN round(greatest(0, extract(epoch FROM first.first_send_at - first.due_at) * 1000))::float8 END`;

/**
 * The deliveries that were due in a window, one row each, with how late the first byte of its first part went out. A
 * delivery stands where its first part that is not public stands. Decided: a person let it go before it was first sent.
 * Put off: it was not to go out before a time past its due time, and it did after that; what was put off only after a
 * send that failed was on time.
 */
const deliveriesOf = ({ from, to }: Window) => sql`d AS (
    SELECT first.id, first.post_id, first.channel_id, first.network, first.excerpt, first.due_at, first.first_send_at,
      CASE WHEN first.state = 'published' THEN coalesce(later.state, 'published') ELSE first.state END AS stands,
      ${lateness} AS late,
      coalesce(first.let_go_at <= first.first_send_at, false) AS decided,
      coalesce(first.not_before > first.due_at AND first.not_before <= first.first_send_at, false) AS put_off,
      doubt.group_id IS NOT NULL AS doubted, coalesce(doubt.resolved, false) AS resolved,
      copy.id IS NOT NULL AS duplicate, missing.group_id IS NOT NULL AS gone
    FROM delivery first
    LEFT JOIN (SELECT DISTINCT ON (group_id) group_id, state FROM delivery
        WHERE due_at > ${from} AND due_at <= ${to} AND position > 0 AND state NOT IN ('published', 'cancelled')
        ORDER BY group_id, position) later ON later.group_id = first.id
    LEFT JOIN (SELECT group_id, bool_and(state <> 'unconfirmed' AND told_at IS NULL
          AND (let_go_at IS NULL OR let_go_at < doubted_at)
          AND (state <> 'published' OR EXISTS (SELECT FROM attempt a WHERE a.workspace_id = delivery.workspace_id
            AND a.delivery_id = delivery.id AND a.outcome = 'published'))) AS resolved
        FROM delivery WHERE due_at > ${from} AND due_at <= ${to} AND doubted_at IS NOT NULL GROUP BY group_id) doubt
      ON doubt.group_id = first.id
    LEFT JOIN (SELECT max(group_id::text)::uuid AS id FROM delivery
        WHERE due_at > ${from} AND due_at <= ${to} AND state = 'published' AND remote_id IS NOT NULL
        GROUP BY channel_id, remote_id HAVING count(*) > 1) copy ON copy.id = first.id
    LEFT JOIN (SELECT DISTINCT group_id FROM delivery
        WHERE due_at > ${from} AND due_at <= ${to} AND gone_at IS NOT NULL AND removed_at IS NULL) missing
      ON missing.group_id = first.id
    WHERE first.due_at > ${from} AND first.due_at <= ${to} AND first.position = 0)`;

/** A planner that thinks the window nearly empty would go through it once for each of its rows. */
const joinBySets = (tx: Tx) => sql`SELECT set_config('enable_nestloop', 'off', true)`.execute(tx);

/** How all channels did in a window, and each of them. */
export async function countStatus(tx: Tx, window: Window): Promise<StatusRow[]> {
  await joinBySets(tx);
  const each = sql.join(statusCounts.map((count) => sql`${sql.lit(count)}, count(*) FILTER (WHERE ${counted[count]})`));
  const { rows } = await sql<StatusRow>`WITH ${deliveriesOf(window)}
    SELECT d.channel_id AS "channelId", count(*)::int AS due, json_build_object(${each}) AS counts,
      percentile_disc(ARRAY[0.5, 0.9, 0.99, 1]) WITHIN GROUP (ORDER BY d.late) FILTER (WHERE ${counted.onTime}) AS percentiles
    FROM d GROUP BY GROUPING SETS ((), (d.channel_id)) ORDER BY d.channel_id NULLS FIRST`.execute(tx);
  return rows;
}

export interface StatusDeliveryRow {
  deliveryId: string;
  postId: string;
  channelId: string;
  network: string;
  excerpt: string;
  state: DeliveryState;
  dueAt: Date;
  sentAt: Date | null;
  latenessMs: number | null;
}

/** The deliveries that a count counts, those that were latest first; `total` of them in all. */
export async function listCounted(
  tx: Tx,
  window: Window,
  { count, channelId, limit }: { count: StatusCount; channelId: string | null; limit: number },
): Promise<{ total: number; items: StatusDeliveryRow[] }> {
  await joinBySets(tx);
  const { rows } = await sql<StatusDeliveryRow & { total: number }>`WITH ${deliveriesOf(window)}
    SELECT d.id AS "deliveryId", d.post_id AS "postId", d.channel_id AS "channelId", d.network, d.excerpt, d.stands AS state,
      d.due_at AS "dueAt", d.first_send_at AS "sentAt", d.late AS "latenessMs", count(*) OVER ()::int AS total
    FROM d WHERE ${counted[count]} AND (${channelId}::uuid IS NULL OR d.channel_id = ${channelId}::uuid)
    ORDER BY d.late DESC NULLS LAST, d.due_at DESC, d.id LIMIT ${limit}`.execute(tx);
  return { total: rows[0]?.total ?? 0, items: rows.map(({ total: _, ...row }) => row) };
}

/**
 * What is due and waits now, by the first part that stands in the way: for a person, for a time, or for a worker that
 * does not come. What is due for less than a minute is on its way.
 */
const waitingNow = sql`waits AS (
    SELECT DISTINCT ON (due.group_id) due.group_id, due.state, due.held_at,
      CASE WHEN due.state = 'held' THEN due.held_reason
        WHEN due.state = 'failed' THEN 'failed'
        WHEN due.state = 'unconfirmed' AND due.told_at IS NOT NULL THEN 'unconfirmed'
        WHEN due.state IN ('unconfirmed', 'processing') THEN 'looked-for'
        WHEN due.not_before > clock.now() THEN 'put-off'
        ELSE 'overdue' END AS reason
    FROM (
      SELECT group_id, position, state, held_reason, held_at, told_at, not_before FROM delivery
        WHERE state IN ('unconfirmed', 'failed', 'held') AND held_reason IS DISTINCT FROM 'part-before'
      UNION ALL SELECT group_id, position, state, held_reason, held_at, told_at, not_before FROM delivery
        WHERE state IN ('scheduled', 'claimed') AND NOT waits AND due_at <= clock.now()
          AND (not_before > clock.now() OR not_before < clock.now() - interval '60 seconds')
      UNION ALL SELECT group_id, position, state, held_reason, held_at, told_at, not_before FROM delivery
        WHERE state = 'armed' AND not_before < clock.now() - interval '60 seconds'
      UNION ALL SELECT group_id, position, state, held_reason, held_at, told_at, not_before FROM delivery
        WHERE state = 'processing'
    ) due ORDER BY due.group_id, due.position)`;

/** How many deliveries wait now, by why. */
export async function countWaiting(tx: Tx): Promise<{ reason: WaitingReason; count: number }[]> {
  const { rows } = await sql<{ reason: WaitingReason; count: number }>`WITH ${waitingNow}
    SELECT reason, count(*)::int AS count FROM waits GROUP BY reason ORDER BY count DESC, reason`.execute(tx);
  return rows;
}

/** The deliveries that wait now for a reason, the longest due first. */
export async function listWaitingFor(
  tx: Tx,
  { reason, channelId, limit }: { reason: WaitingReason; channelId: string | null; limit: number },
): Promise<{ total: number; items: StatusDeliveryRow[] }> {
  const { rows } = await sql<StatusDeliveryRow & { total: number }>`WITH ${waitingNow}
    SELECT first.id AS "deliveryId", first.post_id AS "postId", first.channel_id AS "channelId", first.network,
      first.excerpt, waits.state, first.due_at AS "dueAt", first.first_send_at AS "sentAt",
      ${lateness} AS "latenessMs",
      count(*) OVER ()::int AS total
    FROM waits JOIN delivery first ON first.id = waits.group_id
    WHERE waits.reason = ${reason} AND (${channelId}::uuid IS NULL OR first.channel_id = ${channelId}::uuid)
    ORDER BY first.due_at, first.id LIMIT ${limit}`.execute(tx);
  return { total: rows[0]?.total ?? 0, items: rows.map(({ total: _, ...row }) => row) };
}

/** What is held longest of what is held now; null when nothing is. */
export async function findLongestHold(
  tx: Tx,
): Promise<{ deliveryId: string; postId: string; excerpt: string; since: Date } | null> {
  const { rows } = await sql<{ deliveryId: string; postId: string; excerpt: string; since: Date }>`
    SELECT first.id AS "deliveryId", first.post_id AS "postId", first.excerpt, held.held_at AS since
    FROM delivery held JOIN delivery first ON first.workspace_id = held.workspace_id AND first.id = held.group_id
    WHERE held.state = 'held' AND held.held_reason <> 'part-before'
    ORDER BY held.held_at, held.id LIMIT 1`.execute(tx);
  return rows[0] ?? null;
}
