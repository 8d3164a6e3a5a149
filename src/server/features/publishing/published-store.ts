import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

/** One part that is public, as figures are counted over it. */
export interface PublishedPart {
  deliveryId: string;
  /** The delivery it is a part of: the id of its position 0, and what people and the contract call the delivery. */
  groupId: string;
  position: number;
  postId: string;
  channelId: string;
  network: string;
  remoteId: string | null;
  address: string | null;
  excerpt: string;
  publishedAt: Date;
  /** When it was taken down again. */
  removedAt: Date | null;
  goalId: string | null;
  initiativeId: string | null;
  language: string;
}

export interface PublishedFilter {
  groupIds?: readonly string[];
  deliveryIds?: readonly string[];
  /** The networks' own ids; they mean something only together with `channelIds`. */
  remoteIds?: readonly string[];
  servingGoalIds?: readonly string[];
  channelIds?: readonly string[];
  /** Primary language tags, lower case. */
  languages?: readonly string[];
  publishedFrom?: Date;
  publishedTo?: Date;
  after?: { publishedAt: Date; deliveryId: string } | null;
  limit?: number;
}

/** Published parts that match every filter given, newest first. Our own first comments are none of them. */
export async function listPublished(tx: Tx, filter: PublishedFilter): Promise<PublishedPart[]> {
  const list = (values: readonly string[] | undefined) => (values === undefined ? null : [...values]);
  const { rows } = await sql<PublishedPart>`
    SELECT d.id AS "deliveryId", d.group_id AS "groupId", d.position, d.post_id AS "postId", d.channel_id AS "channelId", d.network, d.remote_id AS "remoteId",
      d.address, d.excerpt, d.published_at AS "publishedAt", d.removed_at AS "removedAt", p.goal_id AS "goalId", p.initiative_id AS "initiativeId", p.language
    FROM delivery d JOIN post p ON p.workspace_id = d.workspace_id AND p.id = d.post_id
    WHERE d.state = 'published' AND d.role = 'post'
      AND (${list(filter.groupIds)}::uuid[] IS NULL OR d.group_id = ANY(${list(filter.groupIds)}::uuid[]))
      AND (${list(filter.deliveryIds)}::uuid[] IS NULL OR d.id = ANY(${list(filter.deliveryIds)}::uuid[]))
      AND (${list(filter.remoteIds)}::text[] IS NULL OR d.remote_id = ANY(${list(filter.remoteIds)}::text[]))
      AND (${list(filter.servingGoalIds)}::uuid[] IS NULL OR p.goal_id = ANY(${list(filter.servingGoalIds)}::uuid[]))
      AND (${list(filter.channelIds)}::uuid[] IS NULL OR d.channel_id = ANY(${list(filter.channelIds)}::uuid[]))
      AND (${list(filter.languages)}::text[] IS NULL OR split_part(lower(p.language), '-', 1) = ANY(${list(filter.languages)}::text[]))
      AND (${filter.publishedFrom ?? null}::timestamptz IS NULL OR d.published_at >= ${filter.publishedFrom ?? null})
      AND (${filter.publishedTo ?? null}::timestamptz IS NULL OR d.published_at < ${filter.publishedTo ?? null})
      AND (${filter.after?.deliveryId ?? null}::uuid IS NULL
           OR (date_trunc('milliseconds', d.published_at), d.id) < (${filter.after?.publishedAt ?? null}::timestamptz, ${filter.after?.deliveryId ?? null}::uuid))
    ORDER BY date_trunc('milliseconds', d.published_at) DESC, d.id DESC LIMIT ${filter.limit ?? 10_000}`.execute(tx);
  return rows;
}

/** Is there a delivery with this id (of its first part), in whatever state? */
export async function hasDelivery(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM delivery WHERE group_id = ${id} LIMIT 1`.execute(tx);
  return rows.length > 0;
}
