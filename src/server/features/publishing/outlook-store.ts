import { sql } from 'kysely';
import type { DeliveryState, HoldReason } from '#contract/deliveries.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { standing } from './delivery-store.ts';

/** A delivery that waits for a person, by the part that stands in the way. */
export interface WaitingDelivery {
  deliveryId: string;
  postId: string;
  channelId: string;
  state: 'unconfirmed' | 'failed' | 'held';
  heldReason: HoldReason | null;
  /** The kind of what the outside said. */
  fault: string | null;
  dueAt: Date;
  excerpt: string;
}

/**
 * Deliveries that wait for a person and were due since then, the nearest due first. What is still looked for by itself
 * is none of them.
 */
export async function listWaiting(
  tx: Tx,
  { since, limit }: { since: Date; limit: number },
): Promise<WaitingDelivery[]> {
  const { rows } = await sql<WaitingDelivery>`
    SELECT DISTINCT ON (d.due_at, d.group_id) d.group_id AS "deliveryId", d.post_id AS "postId",
      d.channel_id AS "channelId", d.state, d.held_reason AS "heldReason", d.fault ->> 'kind' AS fault,
      d.due_at AS "dueAt", first.excerpt
    FROM delivery d JOIN delivery first ON first.workspace_id = d.workspace_id AND first.id = d.group_id
    WHERE d.state IN ('unconfirmed', 'failed', 'held') AND (d.state <> 'unconfirmed' OR d.told_at IS NOT NULL)
      AND d.held_reason IS DISTINCT FROM 'part-before' AND d.due_at >= ${since}
    ORDER BY d.due_at, d.group_id, d.position LIMIT ${limit}`.execute(tx);
  return rows;
}

/** A delivery of a stretch of time, with the goal it serves. */
export interface DueDelivery {
  deliveryId: string;
  postId: string;
  channelId: string;
  network: string;
  state: DeliveryState;
  heldReason: HoldReason | null;
  excerpt: string;
  dueAt: Date;
  publishedAt: Date | null;
  address: string | null;
  removedAt: Date | null;
  goalId: string | null;
}

/** What is or was due from one instant until before another, in order; what was cancelled is left out. */
export async function listDueBetween(
  tx: Tx,
  { from, to, limit }: { from: Date; to: Date; limit: number },
): Promise<DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    SELECT delivery.id AS "deliveryId", delivery.post_id AS "postId", delivery.channel_id AS "channelId",
      delivery.network, ${standing} AS state, delivery.held_reason AS "heldReason", delivery.excerpt,
      delivery.due_at AS "dueAt", delivery.published_at AS "publishedAt", delivery.address,
      delivery.removed_at AS "removedAt", p.goal_id AS "goalId"
    FROM delivery JOIN post p ON p.workspace_id = delivery.workspace_id AND p.id = delivery.post_id
    WHERE delivery.position = 0 AND delivery.state <> 'cancelled'
      AND delivery.due_at >= ${from} AND delivery.due_at < ${to}
    ORDER BY delivery.due_at, delivery.id LIMIT ${limit}`.execute(tx);
  return rows;
}

/** How many deliveries are due in a stretch of time, without what was cancelled. */
export async function countDueBetween(tx: Tx, { from, to }: { from: Date; to: Date }): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM delivery
    WHERE position = 0 AND state <> 'cancelled' AND due_at >= ${from} AND due_at < ${to}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** On which channels, and for which goals, something is due from one instant until before another. */
export async function listComing(
  tx: Tx,
  { from, to }: { from: Date; to: Date },
): Promise<{ channelId: string; goalId: string | null }[]> {
  const { rows } = await sql<{ channelId: string; goalId: string | null }>`
    SELECT DISTINCT d.channel_id AS "channelId", p.goal_id AS "goalId"
    FROM delivery d JOIN post p ON p.workspace_id = d.workspace_id AND p.id = d.post_id
    WHERE d.position = 0 AND d.state NOT IN ('cancelled', 'failed') AND d.due_at >= ${from} AND d.due_at < ${to}`.execute(
    tx,
  );
  return rows;
}

/** On which channels, and for which goals, something went out since then and is there still; the latest first. */
export async function listGoneOut(
  tx: Tx,
  { since }: { since: Date },
): Promise<{ channelId: string; goalId: string | null; at: Date }[]> {
  const { rows } = await sql<{ channelId: string; goalId: string | null; at: Date }>`
    SELECT d.channel_id AS "channelId", p.goal_id AS "goalId", max(d.published_at) AS at
    FROM delivery d JOIN post p ON p.workspace_id = d.workspace_id AND p.id = d.post_id
    WHERE d.position = 0 AND d.state = 'published' AND d.removed_at IS NULL AND d.published_at >= ${since}
    GROUP BY d.channel_id, p.goal_id ORDER BY at DESC`.execute(tx);
  return rows;
}

/** Drafts that are planned for a stretch of time and were not scheduled, in order. */
export async function listDueDrafts(
  tx: Tx,
  { from, to, limit }: { from: Date; to: Date; limit: number },
): Promise<{ postId: string; excerpt: string; plannedAt: Date }[]> {
  const { rows } = await sql<{ postId: string; excerpt: string; plannedAt: Date }>`
    SELECT id AS "postId", planned_at AS "plannedAt", left(coalesce(content #>> '{parts,0,text}', ''), 120) AS excerpt
    FROM post WHERE deleted_at IS NULL AND planned_at >= ${from} AND planned_at < ${to}
      AND NOT EXISTS (SELECT FROM delivery d WHERE d.workspace_id = post.workspace_id AND d.post_id = post.id
        AND d.state <> 'cancelled')
    ORDER BY planned_at, id LIMIT ${limit}`.execute(tx);
  return rows;
}

/** For each of these goals the draft that serves it, has no time yet and was changed last; goals without are left out. */
export async function listReadyDrafts(
  tx: Tx,
  goalIds: readonly string[],
): Promise<{ goalId: string; postId: string; excerpt: string }[]> {
  const { rows } = await sql<{ goalId: string; postId: string; excerpt: string }>`
    SELECT DISTINCT ON (goal_id) goal_id AS "goalId", id AS "postId",
      left(coalesce(content #>> '{parts,0,text}', ''), 120) AS excerpt
    FROM post WHERE deleted_at IS NULL AND planned_at IS NULL AND goal_id = ANY(${[...goalIds]}::uuid[])
      AND NOT EXISTS (SELECT FROM delivery d WHERE d.workspace_id = post.workspace_id AND d.post_id = post.id
        AND d.state <> 'cancelled')
    ORDER BY goal_id, updated_at DESC`.execute(tx);
  return rows;
}

/** A post as long as it is a draft without a time, with the channels it is meant for; null when it is none any more. */
export async function findReadyDraft(
  tx: Tx,
  postId: string,
): Promise<{ postId: string; excerpt: string; channelIds: string[] } | null> {
  const { rows } = await sql<{ postId: string; excerpt: string; channelIds: string[] }>`
    SELECT id AS "postId", left(coalesce(content #>> '{parts,0,text}', ''), 120) AS excerpt,
      ARRAY(SELECT v.channel_id FROM variant v WHERE v.workspace_id = post.workspace_id AND v.post_id = post.id
        AND v.removed_at IS NULL) AS "channelIds"
    FROM post WHERE id = ${postId} AND deleted_at IS NULL AND planned_at IS NULL
      AND NOT EXISTS (SELECT FROM delivery d WHERE d.workspace_id = post.workspace_id AND d.post_id = post.id
        AND d.state <> 'cancelled')`.execute(tx);
  return rows[0] ?? null;
}

/** When something last went out on each of these channels; those on which nothing did are left out. */
export async function listLastPublished(
  tx: Tx,
  channelIds: readonly string[],
): Promise<{ channelId: string; at: Date }[]> {
  const { rows } = await sql<{ channelId: string; at: Date }>`SELECT asked.id AS "channelId", last.published_at AS at
    FROM unnest(${[...channelIds]}::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (SELECT d.published_at FROM delivery d
      WHERE d.channel_id = asked.id AND d.state = 'published'
      ORDER BY d.published_at DESC LIMIT 1) last`.execute(tx);
  return rows;
}

/** Was any post written here yet? */
export async function hasPosts(tx: Tx): Promise<boolean> {
  const { rows } = await sql`SELECT FROM post WHERE deleted_at IS NULL LIMIT 1`.execute(tx);
  return rows.length > 0;
}
