import type { Insertable } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { MediaTables, RenditionRow } from './tables.ts';

export async function findRendition(tx: Tx, mediumId: string, recipe: string): Promise<RenditionRow | null> {
  const rows = tx.withTables<MediaTables>().selectFrom('rendition').selectAll();
  return (await rows.where('medium_id', '=', mediumId).where('recipe', '=', recipe).executeTakeFirst()) ?? null;
}

/** The hashes of all that was rendered of a medium. */
export async function listRenditionHashes(tx: Tx, mediumId: string): Promise<string[]> {
  const rows = tx.withTables<MediaTables>().selectFrom('rendition').select('sha256').where('medium_id', '=', mediumId);
  return [...new Set((await rows.execute()).map((row) => row.sha256))];
}

/** Keeps a rendition and returns it, or the one that was kept first: what was shown once is what goes out. */
export async function keepRendition(tx: Tx, row: Insertable<MediaTables['rendition']>): Promise<RenditionRow | null> {
  await tx
    .withTables<MediaTables>()
    .insertInto('rendition')
    .values(row)
    .onConflict((it) => it.doNothing())
    .execute();
  return findRendition(tx, row.medium_id, row.recipe);
}

export async function forgetRendition(tx: Tx, mediumId: string, recipe: string): Promise<void> {
  const rows = tx.withTables<MediaTables>().deleteFrom('rendition');
  await rows.where('medium_id', '=', mediumId).where('recipe', '=', recipe).execute();
}
