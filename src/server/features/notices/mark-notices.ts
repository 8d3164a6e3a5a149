import type { NoticeId } from '#contract/ids.ts';
import type { notices } from '#contract/notices.ts';
import { refuse, type Verb, type WorkspaceContext } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellChanges } from '#server/platform/live/index.ts';
import { countOwn, markRead, markUnread } from './notice-store.ts';

const MOST_NAMED = 500;

/** Marks the caller's own notices; those of others are as if they were not there. */
export const markNotices: Verb<typeof notices.mark> = (context, { noticeIds, read }) =>
  context.inWorkspace(async (tx) => {
    const ids = [...new Set(noticeIds)];
    if ((await countOwn(tx, context.personId, ids)) < ids.length) refuse('not-found');
    if (read) await markRead(tx, context.personId, ids);
    else await markUnread(tx, context.personId, ids);
    await tellOwnTabs(tx, context);
    return {};
  });

/** Marks all of them as read, and says which were not, so that it can be taken back. */
export const markAllNotices: Verb<typeof notices.markAll> = (context) =>
  context.inWorkspace(async (tx) => {
    const marked = await markRead(tx, context.personId, null);
    if (marked.length > 0) await tellOwnTabs(tx, context);
    return { noticeIds: marked.slice(0, MOST_NAMED) as NoticeId[] };
  });

const tellOwnTabs = (tx: Tx, { workspaceId, personId }: WorkspaceContext) =>
  tellChanges(tx, workspaceId, [{ kind: 'notice.read', ids: {}, personId }]);
