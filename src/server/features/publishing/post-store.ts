import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Content } from '#contract/content.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { PostRow, PublishingTables, VariantRow } from './tables.ts';

const json = (value: unknown) => sql<never>`${JSON.stringify(value)}::jsonb`;

export type PostFields = Pick<
  PostRow,
  | 'content'
  | 'language'
  | 'serves'
  | 'goal_id'
  | 'initiative_id'
  | 'pillar'
  | 'persona_id'
  | 'key_message_id'
  | 'planned_local'
  | 'planned_zone'
  | 'planned_at'
>;

const shape = ({ content, ...rest }: Partial<PostFields>) => ({
  ...rest,
  ...(content === undefined ? {} : { content: json(content) }),
});

export async function insertPost(
  tx: Tx,
  row: Pick<PostRow, 'workspace_id' | 'id' | 'author_id' | 'content' | 'language'> & Partial<PostFields>,
): Promise<void> {
  const { content, ...rest } = row;
  await tx
    .withTables<PublishingTables>()
    .insertInto('post')
    .values({ ...rest, content: json(content) } as never)
    .execute();
}

/** The post, deleted ones too when asked. With `lock` no one else changes it until the transaction ends. */
export async function findPost(
  tx: Tx,
  id: string,
  options: { lock?: boolean; deleted?: boolean } = {},
): Promise<PostRow | null> {
  const row = await tx
    .withTables<PublishingTables>()
    .selectFrom('post')
    .selectAll()
    .where('id', '=', id)
    .$if(!options.deleted, (q) => q.where('deleted_at', 'is', null))
    .$if(options.lock === true, (q) => q.forUpdate())
    .executeTakeFirst();
  return row ?? null;
}

/** Writes the fields and raises the revision. The caller holds the row's lock and has compared revisions. */
export async function updatePostRow(tx: Tx, id: string, fields: Partial<PostFields>): Promise<void> {
  await tx
    .withTables<PublishingTables>()
    .updateTable('post')
    .set({ ...shape(fields), revision: sql`revision + 1`, updated_at: sql`clock.now()` } as never)
    .where('id', '=', id)
    .execute();
}

export async function markDeleted(tx: Tx, id: string, deleted: boolean): Promise<void> {
  await tx
    .withTables<PublishingTables>()
    .updateTable('post')
    .set({ deleted_at: deleted ? sql`clock.now()` : null, updated_at: sql`clock.now()` })
    .where('id', '=', id)
    .execute();
}

export async function listVariants(tx: Tx, postIds: readonly string[]): Promise<VariantRow[]> {
  if (postIds.length === 0) return [];
  return tx
    .withTables<PublishingTables>()
    .selectFrom('variant')
    .selectAll()
    .where('post_id', 'in', [...postIds])
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** Makes the post's variants just these; a channel that comes back gets its old variant again. */
export async function replaceVariants(
  tx: Tx,
  post: { workspaceId: string; postId: string },
  variants: readonly { channelId: string; content: Content | null }[],
): Promise<void> {
  const db = tx.withTables<PublishingTables>();
  const keep = variants.map((v) => v.channelId);
  await db
    .updateTable('variant')
    .set({ removed_at: sql`clock.now()` })
    .where('post_id', '=', post.postId)
    .where('removed_at', 'is', null)
    .$if(keep.length > 0, (q) => q.where('channel_id', 'not in', keep))
    .execute();
  for (const { channelId, content } of variants) {
    const value = content === null ? null : json(content);
    await sql`INSERT INTO variant (workspace_id, id, post_id, channel_id, content)
      VALUES (${post.workspaceId}, ${randomUUID()}, ${post.postId}, ${channelId}, ${value})
      ON CONFLICT (workspace_id, post_id, channel_id) DO UPDATE SET content = excluded.content, removed_at = NULL`.execute(
      tx,
    );
  }
}

export interface PostFilter {
  state: 'draft' | 'planned' | 'all';
  from?: Date;
  to?: Date;
  goalId?: string;
  text?: string;
  after: { at: Date; id: string } | null;
  limit: number;
}

/** Is `text` in a part of the post, or of one of its variants? Marks on Latin letters and case do not count. */
function saysSomewhere(text: string) {
  const folded = (value: RawBuilder<string>) =>
    sql<string>`translate(regexp_replace(normalize(${value}, NFKD), ${'[\u0300-\u036f]'}, '', 'g'), 'đĐ', 'dd')`;
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const isIn = (content: RawBuilder<unknown>) =>
    sql<boolean>`EXISTS (SELECT 1 FROM jsonb_array_elements(${content} -> 'parts') part
      WHERE ${folded(sql`part ->> 'text'`)} ILIKE ${folded(sql`${pattern}::text`)})`;
  return sql<boolean>`(${isIn(sql`post.content`)} OR EXISTS (SELECT 1 FROM variant v
    WHERE v.workspace_id = post.workspace_id AND v.post_id = post.id AND v.removed_at IS NULL
      AND v.content IS NOT NULL AND ${isIn(sql`v.content`)}))`;
}

/** Planned posts by their time; drafts and all by last change, newest first. One more than `limit` when there are more. */
export async function listPostRows(tx: Tx, filter: PostFilter): Promise<PostRow[]> {
  const planned = filter.state === 'planned' || filter.from !== undefined || filter.to !== undefined;
  const alive = sql<boolean>`EXISTS (SELECT 1 FROM delivery d WHERE d.workspace_id = post.workspace_id AND d.post_id = post.id AND d.state <> 'cancelled')`;
  const { from, to, goalId, text, after } = filter;
  return tx
    .withTables<PublishingTables>()
    .selectFrom('post')
    .selectAll()
    .where('deleted_at', 'is', null)
    .$if(filter.state === 'draft', (q) => q.where(sql<boolean>`NOT ${alive}`))
    .$if(filter.state === 'planned', (q) => q.where(alive))
    .$if(planned, (q) => q.where('planned_at', 'is not', null))
    .$if(from !== undefined, (q) => q.where('planned_at', '>=', from as Date))
    .$if(to !== undefined, (q) => q.where('planned_at', '<', to as Date))
    .$if(goalId !== undefined, (q) => q.where('goal_id', '=', goalId as string))
    .$if(text !== undefined, (q) => q.where(saysSomewhere(text as string)))
    .$if(after !== null, (q) =>
      planned
        ? q.where(sql<boolean>`(planned_at, id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)`)
        : q.where(sql<boolean>`(updated_at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)`),
    )
    .orderBy(planned ? 'planned_at' : 'updated_at', planned ? 'asc' : 'desc')
    .orderBy('id', planned ? 'asc' : 'desc')
    .limit(filter.limit + 1)
    .execute();
}
