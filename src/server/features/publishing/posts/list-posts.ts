import type { posts } from '#contract/posts.ts';
import { cutPage, InstantAndId, readCursor, type Verb } from '#server/platform/context/index.ts';
import { listPostRows } from '../post-store.ts';
import { presentPosts } from '../present-post.ts';

/** Drafts, planned posts between two instants, or all of them; only those that say `text` when it is given. */
export const listPosts: Verb<typeof posts.list> = async (context, { state, from, to, goalId, text, cursor, limit }) => {
  const after = readCursor(cursor, InstantAndId);
  const planned = state === 'planned' || from !== undefined || to !== undefined;
  return context.inWorkspace(async (tx) => {
    const rows = await listPostRows(tx, {
      state,
      ...(from === undefined ? {} : { from: new Date(from) }),
      ...(to === undefined ? {} : { to: new Date(to) }),
      ...(goalId === undefined ? {} : { goalId }),
      ...(text === undefined ? {} : { text }),
      after: after && { at: after[0], id: after[1] },
      limit,
    });
    const page = cutPage(
      rows,
      limit,
      (row) => [(planned ? row.planned_at : null) ?? row.updated_at, row.id],
      (row) => row,
    );
    return { ...page, items: await presentPosts(context.house, tx, page.items) };
  });
};
