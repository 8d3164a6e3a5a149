import type { posts } from '#contract/posts.ts';
import { refuseField, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { listDeliveriesOfPosts } from '../delivery-store.ts';
import { updatePostRow } from '../post-store.ts';
import { presentOnePost } from './get-post.ts';
import { refusePast } from './refuse-past.ts';
import { shapePlanned } from './shape-post.ts';
import { syncDeliveries } from './sync-deliveries.ts';
import { lockPost, refuseOnItsWay } from './update-post.ts';

/**
 * Plans a post for another time and changes nothing else: a draft stays a draft, what is scheduled stays scheduled. A
 * new time is a decision: what was held goes out then. Moving back is the same call, so every move can be undone.
 */
export const movePost: Verb<typeof posts.move> = async (context, { workspaceId, postId, revision, at }) =>
  context.inWorkspace(async (tx) => {
    await lockPost(tx, postId, revision, () => presentOnePost(context.house, tx, postId));
    const deliveries = await listDeliveriesOfPosts(tx, [postId], { lock: true });
    refuseOnItsWay(deliveries);
    const isOnCalendar = deliveries.some((it) => it.state !== 'cancelled');
    if (isOnCalendar && at === null) refuseField('at', 'required');
    if (isOnCalendar && at !== null) await refusePast(tx, at, 'at');
    await updatePostRow(tx, postId, shapePlanned(at, 'at'));
    if (isOnCalendar) {
      await syncDeliveries(context.house, tx, { workspaceId, postId, letGo: false });
      await tellFact(tx, { workspaceId, kind: 'post.scheduled', payload: { postId }, personId: context.personId });
    }
    return presentOnePost(context.house, tx, postId);
  });
