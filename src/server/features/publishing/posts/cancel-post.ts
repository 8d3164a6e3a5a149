import type { posts } from '#contract/posts.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { isOnItsWay } from '../delivery-states.rules.ts';
import { listDeliveriesOfPosts, moveDelivery } from '../delivery-store.ts';
import { noteDue } from '../note-due.ts';
import { findPost } from '../post-store.ts';
import { presentOnePost } from './get-post.ts';

/**
 * Takes everything that has not gone out off the calendar. A delivery of which a part is on its way stays whole, with the
 * parts that follow it; what is published stays as it is.
 */
export const cancelPost: Verb<typeof posts.cancel> = async (context, { workspaceId, postId }) =>
  context.inWorkspace(async (tx) => {
    (await findPost(tx, postId, { lock: true })) ?? refuse('not-found');
    const rows = await listDeliveriesOfPosts(tx, [postId], { lock: true });
    let cancelled = 0;
    const onTheirWay = new Set(rows.filter((row) => isOnItsWay(row.state)).map((row) => row.group_id));
    for (const row of rows.filter((it) => !onTheirWay.has(it.group_id)))
      if (await moveDelivery(tx, row.id, { to: 'cancelled', cause: 'person' })) cancelled += 1;
    if (cancelled === 0 && onTheirWay.size > 0) refuse('delivery-on-its-way');
    if (cancelled > 0)
      await tellFact(tx, { workspaceId, kind: 'post.cancelled', payload: { postId }, personId: context.personId });
    await noteDue(tx, [...new Set(rows.map((row) => row.channel_id))]);
    return presentOnePost(context.house, tx, postId);
  });
