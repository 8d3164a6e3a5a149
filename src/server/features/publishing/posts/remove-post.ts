import type { posts } from '#contract/posts.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { listDeliveriesOfPosts, moveDelivery } from '../delivery-store.ts';
import { noteDue } from '../note-due.ts';
import { findPost, markDeleted } from '../post-store.ts';
import { presentOnePost } from './get-post.ts';
import { refuseOnItsWay } from './update-post.ts';

/** Deletes a post of which nothing went out; `restore` brings it back as a draft. */
export const removePost: Verb<typeof posts.remove> = async (context, { postId }) =>
  context.inWorkspace(async (tx) => {
    (await findPost(tx, postId, { lock: true })) ?? refuse('not-found');
    const rows = await listDeliveriesOfPosts(tx, [postId], { lock: true });
    refuseOnItsWay(rows);
    for (const row of rows) await moveDelivery(tx, row.id, { to: 'cancelled', cause: 'person' });
    await markDeleted(tx, postId, true);
    await noteDue(tx, [...new Set(rows.map((row) => row.channel_id))]);
    return {};
  });

/** Undoes a deletion. */
export const restorePost: Verb<typeof posts.restore> = async (context, { postId }) =>
  context.inWorkspace(async (tx) => {
    (await findPost(tx, postId, { deleted: true, lock: true })) ?? refuse('not-found');
    await markDeleted(tx, postId, false);
    return presentOnePost(context.house, tx, postId);
  });
