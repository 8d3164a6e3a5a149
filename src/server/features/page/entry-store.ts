import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { PageEntry } from '#connectors/page/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { PagePlace } from './page-store.ts';
import type { EntryRow, PageTables } from './tables.ts';

/** Inserts an entry unless its key is there already. True when it was inserted now. */
export async function insertEntry(
  tx: Tx,
  { workspaceId, pageId }: PagePlace,
  entry: PageEntry & { slug: string | null },
): Promise<boolean> {
  const result = await tx
    .withTables<PageTables>()
    .insertInto('page_entry')
    .values({
      workspace_id: workspaceId,
      page_id: pageId,
      id: entry.key,
      thread_id: entry.threadKey ?? entry.key,
      position: entry.position,
      slug: entry.slug,
      text: entry.text,
      language: entry.language,
      media: JSON.stringify(entry.media),
      link: entry.link && JSON.stringify(entry.link),
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

const entries = (tx: Tx, pageId: string) =>
  tx.withTables<PageTables>().selectFrom('page_entry').selectAll('page_entry').where('page_entry.page_id', '=', pageId);

export async function findEntry(tx: Tx, pageId: string, key: string): Promise<EntryRow | null> {
  return (await entries(tx, pageId).where('id', '=', key).executeTakeFirst()) ?? null;
}

export async function findEntries(tx: Tx, pageId: string, keys: readonly string[]): Promise<EntryRow[]> {
  return keys.length === 0 ? [] : entries(tx, pageId).where('id', 'in', keys).execute();
}

/** An entry by the short key that stands in addresses; removed ones too. */
export async function findEntryByShort(tx: Tx, pageId: string, short: string): Promise<EntryRow | null> {
  return (await entries(tx, pageId).where('short', '=', short).executeTakeFirst()) ?? null;
}

/** The first part of a thread by the last piece of its address; removed ones too. */
export async function findEntryBySlug(tx: Tx, pageId: string, slug: string): Promise<EntryRow | null> {
  return (await entries(tx, pageId).where('slug', '=', slug).executeTakeFirst()) ?? null;
}

/** First parts that are up, newest first, older than `before` when given. */
export async function listStream(
  tx: Tx,
  pageId: string,
  { before, limit }: { before: EntryRow | null; limit: number },
): Promise<EntryRow[]> {
  return entries(tx, pageId)
    .where('position', '=', 0)
    .where('removed_at', 'is', null)
    .$if(before !== null, (query) =>
      query.where(
        sql<boolean>`(published_at, id) < (SELECT published_at, id FROM page_entry WHERE id = ${before?.id ?? null})`,
      ),
    )
    .orderBy('published_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** The parts beneath these first parts that are up, in their order. */
export async function listBeneath(tx: Tx, pageId: string, threadIds: readonly string[]): Promise<EntryRow[]> {
  if (threadIds.length === 0) return [];
  return entries(tx, pageId)
    .where('thread_id', 'in', threadIds)
    .where('position', '>', 0)
    .where('removed_at', 'is', null)
    .orderBy('position')
    .orderBy('published_at')
    .execute();
}

/** Takes what an entry said and leaves its key and address. Null when there was nothing to take down. */
export async function emptyEntry(tx: Tx, pageId: string, key: string): Promise<EntryRow | null> {
  const before = await entries(tx, pageId)
    .where('id', '=', key)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!before) return null;
  await tx
    .withTables<PageTables>()
    .updateTable('page_entry')
    .set({ text: '', media: '[]', link: null, removed_at: sql`clock.now()` })
    .where('id', '=', key)
    .execute();
  return before;
}

/** Gives an entry that is up other words and pictures, and returns how it was; null when there is none. */
export async function correctEntry(tx: Tx, pageId: string, entry: PageEntry): Promise<EntryRow | null> {
  const before = await entries(tx, pageId)
    .where('id', '=', entry.key)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!before || saysTheSame(before, entry)) return before ?? null;
  await tx
    .withTables<PageTables>()
    .updateTable('page_entry')
    .set({
      text: entry.text,
      language: entry.language,
      media: JSON.stringify(entry.media),
      link: entry.link && JSON.stringify(entry.link),
      corrected_at: sql`clock.now()`,
    })
    .where('id', '=', entry.key)
    .execute();
  return before;
}

/** Does the page show just this? Where it stands in its thread is not asked. */
export const saysTheSame = (row: EntryRow, entry: PageEntry): boolean =>
  isDeepStrictEqual(
    { text: row.text, language: row.language, media: row.media, link: row.link },
    { text: entry.text, language: entry.language, media: entry.media, link: entry.link },
  );

/** Which of these pictures other entries of the page still show. */
export async function findPicturesInUse(tx: Tx, pageId: string, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await sql<{ key: string }>`
    SELECT DISTINCT picture.key FROM unnest(${[...keys]}::text[]) AS picture (key)
    JOIN page_entry ON page_entry.page_id = ${pageId} AND page_entry.removed_at IS NULL
      AND (page_entry.media @> jsonb_build_array(jsonb_build_object('key', picture.key))
        OR page_entry.media @> jsonb_build_array(jsonb_build_object('poster', picture.key))
        OR page_entry.link -> 'image' ->> 'key' = picture.key)`.execute(tx);
  return new Set(rows.map((row) => row.key));
}
