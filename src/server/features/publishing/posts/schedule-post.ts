import type { z } from 'zod';
import type { Post, posts } from '#contract/posts.ts';
import { getWorkspace } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Verb, WorkspaceContext } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { listDeliveriesOfPosts } from '../delivery-store.ts';
import { localTimeOf } from '../planned-time.rules.ts';
import { updatePostRow } from '../post-store.ts';
import { presentOnePost } from './get-post.ts';
import { refusePast } from './refuse-past.ts';
import { shapePlanned } from './shape-post.ts';
import { syncDeliveries } from './sync-deliveries.ts';
import { lockPost, refuseOnItsWay } from './update-post.ts';

/**
 * Schedules every variant at one wall-clock time in a zone: post, deliveries and the fact in one transaction. Content
 * a network would refuse is refused here, by field.
 */
export const schedulePost: Verb<typeof posts.schedule> = async (context, { workspaceId, postId, revision, at }) =>
  context.inWorkspace(async (tx) => {
    await refusePast(tx, at, 'at');
    return enter(context, tx, { workspaceId, postId, revision, planned: at });
  });

/** The same at this moment, in the workspace's own zone. */
export const publishPostNow: Verb<typeof posts.publishNow> = async (context, { workspaceId, postId, revision }) =>
  context.inWorkspace(async (tx) => {
    const { zone } = await getWorkspace(tx, workspaceId);
    const now = await readClock(tx);
    return enter(context, tx, {
      workspaceId,
      postId,
      revision,
      planned: { local: localTimeOf(now, zone), zone },
      exactly: now,
    });
  });

async function enter(
  context: WorkspaceContext,
  tx: Tx,
  {
    workspaceId,
    postId,
    revision,
    planned,
    exactly,
  }: {
    workspaceId: string;
    postId: string;
    revision: number;
    planned: { local: string; zone: string };
    exactly?: Date;
  },
): Promise<z.input<typeof Post>> {
  await lockPost(tx, postId, revision, () => presentOnePost(context.house, tx, postId));
  refuseOnItsWay(await listDeliveriesOfPosts(tx, [postId], { lock: true }));
  await updatePostRow(tx, postId, { ...shapePlanned(planned), ...(exactly ? { planned_at: exactly } : {}) });
  await syncDeliveries(context.house, tx, { workspaceId, postId, letGo: true });
  await tellFact(tx, { workspaceId, kind: 'post.scheduled', payload: { postId }, personId: context.personId });
  return presentOnePost(context.house, tx, postId);
}
