import { sql } from 'kysely';
import type { Language } from '#contract/terms.ts';
import type { Database, Tx } from '#server/platform/db/index.ts';
import type { PageLinkRow, PageRow, PageTables } from './tables.ts';

/** Where a page belongs, found before its workspace is known. */
export interface PagePlace {
  workspaceId: string;
  pageId: string;
}

/** The page that has, or once had, this address. */
export async function findPlaceByAddress(db: Database, address: string): Promise<PagePlace | null> {
  return db.across(async (tx) => {
    const row = await tx
      .withTables<PageTables>()
      .selectFrom('directory_page')
      .select(['workspace_id as workspaceId', 'page_id as pageId'])
      .where('address', '=', address)
      .executeTakeFirst();
    return row ?? null;
  });
}

export async function findPlaceById(db: Database, pageId: string): Promise<PagePlace | null> {
  return db.across(async (tx) => {
    const row = await tx
      .withTables<PageTables>()
      .selectFrom('directory_page')
      .select(['workspace_id as workspaceId', 'page_id as pageId'])
      .where('page_id', '=', pageId)
      .limit(1)
      .executeTakeFirst();
    return row ?? null;
  });
}

/** The page of the transaction's workspace; a workspace has at most one. */
export async function findPage(tx: Tx, { lock = false } = {}): Promise<PageRow | null> {
  const row = await tx
    .withTables<PageTables>()
    .selectFrom('own_page')
    .selectAll()
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Enters an address in the directory. False when another page has or had it; the transaction can then only be rolled
 * back, so refuse at once. An address the page had before is its own.
 */
export async function enterAddress(tx: Tx, place: PagePlace, address: string): Promise<boolean> {
  const directory = tx.withTables<PageTables>();
  const own = await directory
    .selectFrom('directory_page')
    .select('page_id')
    .where('address', '=', address)
    .executeTakeFirst();
  if (own) return own.page_id === place.pageId;
  try {
    await directory
      .insertInto('directory_page')
      .values({ address, workspace_id: place.workspaceId, page_id: place.pageId })
      .execute();
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505';

export async function insertPage(
  tx: Tx,
  row: { workspaceId: string; id: string; address: string; title: string; language: Language },
): Promise<void> {
  const { workspaceId, ...rest } = row;
  await tx
    .withTables<PageTables>()
    .insertInto('own_page')
    .values({ workspace_id: workspaceId, ...rest })
    .execute();
}

export type PageFields = { address: string; title: string; about: string; language: Language; links: PageLinkRow[] };

/** Writes the fields when the revision is still the one the caller read; false when it is not. */
export async function updatePageRow(
  tx: Tx,
  id: string,
  revision: number,
  { links, ...fields }: Partial<PageFields>,
): Promise<boolean> {
  const result = await tx
    .withTables<PageTables>()
    .updateTable('own_page')
    .set({ ...fields, ...(links && { links: JSON.stringify(links) }) })
    .set({ revision: revision + 1, updated_at: sql`clock.now()` })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
