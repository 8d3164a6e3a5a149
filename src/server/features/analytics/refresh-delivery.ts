import type { analytics } from '#contract/analytics.ts';
import { hasDelivery, listPublished } from '#server/features/publishing/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { fetchMetrics } from './jobs.ts';
import { dueNow, insertPlans } from './plan-store.ts';
import { lastTriedAt } from './reading-store.ts';

const EVERY_MS = 30_000;

/**
 * Has the figures of one delivery fetched now and says of how many of its parts; 0 when they were looked at in the last
 * half minute, or nothing of it is public: what was taken down keeps its last figures.
 */
export const refreshDelivery: Verb<typeof analytics.refreshDelivery> = async (context, { workspaceId, deliveryId }) =>
  context.inWorkspace(async (tx) => {
    if (!(await hasDelivery(tx, deliveryId))) refuse('not-found');
    const parts = (await listPublished(tx, { groupIds: [deliveryId] })).filter((part) => part.removedAt === null);
    const ids = parts.map((part) => part.deliveryId);
    const triedAt = await lastTriedAt(tx, ids);
    const now = await readClock(tx);
    if (triedAt !== null && now.getTime() - triedAt.getTime() < EVERY_MS) return { queued: 0 };
    const plans = parts.map(({ channelId, deliveryId, publishedAt }) => {
      return { channelId, deliveryId, publishedAt, nextAt: null };
    });
    await insertPlans(tx, workspaceId, plans);
    const { channelIds, count } = await dueNow(tx, ids);
    for (const channelId of channelIds) {
      await context.house.jobs.enqueue(tx, fetchMetrics, { workspaceId, channelId }, { key: channelId });
    }
    return { queued: count };
  });
