import type { posts } from '#contract/posts.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { isOnItsWay } from '../delivery-states.rules.ts';
import { listDeliveriesOfPosts } from '../delivery-store.ts';
import { findPost, replaceVariants, updatePostRow } from '../post-store.ts';
import type { DeliveryRow, PostRow } from '../tables.ts';
import { presentOnePost } from './get-post.ts';
import { refusePast } from './refuse-past.ts';
import { checkVariants, registerMedia, shapePost } from './shape-post.ts';
import { syncDeliveries } from './sync-deliveries.ts';

/**
 * Saves a post. Its intent (goal, pillar, …) may always change; its words, pictures, channels and time only while
 * nothing of it is on its way or published. What is scheduled keeps its place and takes the new text.
 */
export const updatePost: Verb<typeof posts.update> = async (context, { workspaceId, postId, revision, ...input }) =>
  context.inWorkspace(async (tx) => {
    const post = await lockPost(tx, postId, revision, async () => presentOnePost(context.house, tx, postId));
    const deliveries = await listDeliveriesOfPosts(tx, [postId], { lock: true });
    const changesWords = input.content !== undefined || input.variants !== undefined || input.plannedFor !== undefined;
    if (changesWords) refuseOnItsWay(deliveries);
    const isLive = deliveries.some((d) => d.state !== 'cancelled');
    if (isLive && input.plannedFor && !isSameTime(post, input.plannedFor)) await refusePast(tx, input.plannedFor);
    if (input.variants) await checkVariants(context.house, tx, input.variants);
    await updatePostRow(tx, postId, await shapePost(tx, input));
    if (input.variants) await replaceVariants(tx, { workspaceId, postId }, input.variants);
    await registerMedia(tx, { workspaceId, postId });
    if (changesWords && isLive) await syncDeliveries(context.house, tx, { workspaceId, postId, letGo: false });
    return presentOnePost(context.house, tx, postId);
  });

const isSameTime = (post: PostRow, planned: { local: string; zone: string }) =>
  post.planned_local === planned.local && post.planned_zone === planned.zone;

/** The post, locked, when the revision is the one the caller read; else `edited-meanwhile` with what stands now. */
export async function lockPost(
  tx: Tx,
  postId: string,
  revision: number,
  present: () => Promise<unknown>,
): Promise<PostRow> {
  const post = (await findPost(tx, postId, { lock: true })) ?? refuse('not-found');
  if (post.revision !== revision) refuse('edited-meanwhile', { current: await present() });
  return post;
}

/** Nothing is changed any more once a part may be public. */
export function refuseOnItsWay(deliveries: readonly DeliveryRow[]): void {
  if (deliveries.some((d) => isOnItsWay(d.state) || d.state === 'published')) refuse('delivery-on-its-way');
}
