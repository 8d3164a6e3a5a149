import type { Tx } from '#server/platform/db/index.ts';
import { isShortKey, isSlug } from '../address.rules.ts';
import { findEntryByShort, findEntryBySlug, listBeneath, listStream } from '../entry-store.ts';
import type { Thread } from './public-page.ts';

/** A stretch of the stream, newest first. Null when `before` names no post of this page. */
export async function readStream(
  tx: Tx,
  pageId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<{ threads: Thread[]; hasOlder: boolean } | null> {
  const from = before === null || !isShortKey(before) ? null : await findEntryByShort(tx, pageId, before);
  if (before !== null && !from) return null;
  const rows = await listStream(tx, pageId, { before: from, limit: limit + 1 });
  const firsts = rows.slice(0, limit);
  const beneath = Map.groupBy(
    await listBeneath(
      tx,
      pageId,
      firsts.map((row) => row.id),
    ),
    (row) => row.thread_id,
  );
  return {
    threads: firsts.map((first) => ({ first, beneath: beneath.get(first.id) ?? [] })),
    hasOlder: rows.length > limit,
  };
}

/** A post by the last piece of its address; `gone` when it was taken down. */
export async function readPost(tx: Tx, pageId: string, slug: string): Promise<Thread | 'gone' | null> {
  const written = slug.normalize('NFC');
  const first = isSlug(written) ? await findEntryBySlug(tx, pageId, written) : null;
  if (!first) return null;
  if (first.removed_at) return 'gone';
  return { first, beneath: await listBeneath(tx, pageId, [first.id]) };
}
