import type { media } from '#contract/media.ts';
import { cutPage, InstantAndId, readCursor, type Verb } from '#server/platform/context/index.ts';
import { listMediumRows } from './medium-store.ts';
import { presentMedia } from './present-medium.ts';

/** The library, newest first. */
export const listMedia: Verb<typeof media.list> = async (context, { cursor, limit }) => {
  const after = readCursor(cursor, InstantAndId);
  const rows = await context.inWorkspace((tx) =>
    listMediumRows(tx, after && { createdAt: after[0], id: after[1] }, limit),
  );
  const page = cutPage(
    rows,
    limit,
    (row) => [row.created_at, row.id],
    (row) => row,
  );
  return { ...page, items: await presentMedia(page.items, context.house.config) };
};
