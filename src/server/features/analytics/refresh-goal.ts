import type { analytics } from '#contract/analytics.ts';
import { dayOf, mustFindGoal } from '#server/features/strategy/index.ts';
import { getZone } from '#server/features/team/index.ts';
import { readClock } from '#server/platform/clock/index.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { findSubjects, type Subject } from './find-subjects.ts';
import { fetchMetrics } from './jobs.ts';
import { dueNow, insertPlans, noteRefresh } from './plan-store.ts';

const EVERY_MS = 30_000;

/**
 * Has the figures in a goal's scope fetched now and says how many posts or channels that is; 0 when it was asked for in
 * the last half minute, or the deadline is over and its figures stand.
 */
export const refreshGoal: Verb<typeof analytics.refresh> = async (context, { workspaceId, goalId }) =>
  context.inWorkspace(async (tx) => {
    const goal = await mustFindGoal(tx, goalId);
    const zone = await getZone(tx);
    if (dayOf(await readClock(tx), zone) > goal.deadlineOn) return { queued: 0 };
    if (!(await noteRefresh(tx, { workspaceId, goalId, everyMs: EVERY_MS }))) return { queued: 0 };
    const subjects = await findSubjects(context.house, tx, { goal, zone });
    const plans = subjects.flatMap(({ channel, parts }) =>
      (parts ?? [{ deliveryId: null, publishedAt: null }]).map(({ deliveryId, publishedAt }) => {
        return { channelId: channel.id, deliveryId, publishedAt, nextAt: null };
      }),
    );
    await insertPlans(tx, workspaceId, plans);
    const { channelIds, count } = await dueNow(tx, subjects.flatMap(idsThatCount));
    for (const channelId of channelIds) {
      await context.house.jobs.enqueue(tx, fetchMetrics, { workspaceId, channelId }, { key: channelId });
    }
    return { queued: count };
  });

/** Whose figures can still change: what was taken down keeps its last ones. */
const idsThatCount = ({ parts, figureIds }: Subject): string[] =>
  parts ? parts.filter((part) => part.removedAt === null).map((part) => part.deliveryId) : figureIds;
