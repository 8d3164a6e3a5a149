import type { notices } from '#contract/notices.ts';
import { cutPage, InstantAndId, readCursor, type Verb } from '#server/platform/context/index.ts';
import { countUnread, listNoticeRows } from './notice-store.ts';
import { presentNotices } from './present-notice.ts';

/** The caller's own notices in this workspace, the latest first. */
export const listNotices: Verb<typeof notices.list> = async (context, { cursor, limit, show }) => {
  const key = readCursor(cursor, InstantAndId);
  const after = key && { at: key[0], id: key[1] };
  return context.inWorkspace(async (tx) => {
    const rows = await listNoticeRows(tx, context.personId, { unread: show === 'unread', after, limit });
    const page = cutPage(
      rows,
      limit,
      (row) => [row.at, row.id],
      (row) => row,
    );
    return { ...page, items: await presentNotices(context.house, tx, page.items) };
  });
};

/** How many of them are unread, up to a hundred. */
export const countUnreadNotices: Verb<typeof notices.unread> = (context) =>
  context.inWorkspace(async (tx) => ({ count: await countUnread(tx, context.personId) }));
