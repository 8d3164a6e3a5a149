import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { PageTables } from './tables.ts';

export type ViewsOfDay = { pageId: string; day: string; entryId: string; views: number };
export type ClicksOfDay = { pageId: string; day: string; entryId: string; link: string; url: string; clicks: number };

/** Adds what was counted. Rows are written in one order by all, so that two writers wait and never block each other. */
export async function addCounts(
  tx: Tx,
  workspaceId: string,
  { views, clicks }: { views: readonly ViewsOfDay[]; clicks: readonly ClicksOfDay[] },
): Promise<void> {
  const rowsOf = (list: readonly object[]) => sql`jsonb_to_recordset(${JSON.stringify(list)}::jsonb)`;
  // A page that was deleted meanwhile takes its counts with it.
  if (views.length > 0) {
    await sql`INSERT INTO page_view_day (workspace_id, page_id, day, entry_id, views)
      SELECT ${workspaceId}::uuid, "pageId", day, "entryId", views
      FROM ${rowsOf(views)} AS counted ("pageId" uuid, day date, "entryId" text, views int)
      WHERE EXISTS (SELECT FROM own_page WHERE own_page.id = "pageId") ORDER BY 2, 3, 4
      ON CONFLICT (workspace_id, page_id, day, entry_id) DO UPDATE SET views = page_view_day.views + excluded.views`.execute(
      tx,
    );
  }
  if (clicks.length > 0) {
    await sql`INSERT INTO page_click_day (workspace_id, page_id, day, entry_id, link, url, clicks)
      SELECT ${workspaceId}::uuid, "pageId", day, "entryId", link, url, clicks
      FROM ${rowsOf(clicks)} AS counted ("pageId" uuid, day date, "entryId" text, link text, url text, clicks int)
      WHERE EXISTS (SELECT FROM own_page WHERE own_page.id = "pageId") ORDER BY 2, 3, 4, 5
      ON CONFLICT (workspace_id, page_id, day, entry_id, link)
      DO UPDATE SET clicks = page_click_day.clicks + excluded.clicks`.execute(tx);
  }
}

/** Views and link clicks of each of these entries; an entry nobody opened is not in the map. */
export async function sumByEntry(
  tx: Tx,
  pageId: string,
  keys: readonly string[],
): Promise<Map<string, { views: number; clicks: number }>> {
  const { rows } = await sql<{ key: string; views: number; clicks: number }>`
    SELECT key,
      (SELECT coalesce(sum(views), 0) FROM page_view_day WHERE page_id = ${pageId} AND entry_id = key) AS views,
      (SELECT coalesce(sum(clicks), 0) FROM page_click_day WHERE page_id = ${pageId} AND entry_id = key) AS clicks
    FROM unnest(${[...keys]}::text[]) AS asked (key)`.execute(tx);
  return new Map(rows.map(({ key, views, clicks }) => [key, { views, clicks }]));
}

/** Everything counted on a page and its posts, from a local day on when one is given. */
export async function sumOfPage(
  tx: Tx,
  pageId: string,
  { from = null }: { from?: string | null } = {},
): Promise<{ views: number; clicks: number }> {
  const counts = tx.withTables<PageTables>();
  const views = await counts
    .selectFrom('page_view_day')
    .select(sql<number>`coalesce(sum(views), 0)`.as('sum'))
    .where('page_id', '=', pageId)
    .$if(from !== null, (query) => query.where('day', '>=', from ?? ''))
    .executeTakeFirstOrThrow();
  const clicks = await counts
    .selectFrom('page_click_day')
    .select(sql<number>`coalesce(sum(clicks), 0)`.as('sum'))
    .where('page_id', '=', pageId)
    .$if(from !== null, (query) => query.where('day', '>=', from ?? ''))
    .executeTakeFirstOrThrow();
  return { views: views.sum, clicks: clicks.sum };
}

/** One count by its day, the entry it was counted on ('' is the page itself), and the link that was followed. */
export type Counted = { on: string; entryKey: string; url: string | null; views: number; clicks: number };

/** Everything counted on a page in a span of local days, of these entries or of all. */
export async function listCounted(
  tx: Tx,
  pageId: string,
  { from, to, keys }: { from: string; to: string; keys: readonly string[] | null },
): Promise<Counted[]> {
  const narrowed = sql`page_id = ${pageId} AND day BETWEEN ${from}::date AND ${to}::date
    AND (${keys && [...keys]}::text[] IS NULL OR entry_id = ANY(${keys && [...keys]}::text[]))`;
  const { rows } = await sql<Counted>`
    SELECT day::text AS "on", entry_id AS "entryKey", NULL::text AS url, views, 0 AS clicks
    FROM page_view_day WHERE ${narrowed}
    UNION ALL SELECT day::text, entry_id, url, 0, clicks FROM page_click_day WHERE ${narrowed}`.execute(tx);
  return rows;
}
