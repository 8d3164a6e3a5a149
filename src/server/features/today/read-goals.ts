import type { z } from 'zod';
import type { Goal } from '#contract/strategy.ts';
import type { StandingGoal } from '#contract/today.ts';
import { readProgress } from '#server/features/analytics/index.ts';
import { listComing, listGoneOut, listReadyDrafts } from '#server/features/publishing/index.ts';
import { countDays, dayOf, listLivingGoals } from '#server/features/strategy/index.ts';
import type { House } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { DAY_MS, type GoalToday } from './morning.rules.ts';
import { listLooks } from './today-store.ts';

/** Figures are large and few: the nearest goals are read, the others stand on their own screen. */
const SHOWN = 6;
const SERVED_WITHIN_MS = 7 * DAY_MS;

/** The goals that are not over: all of them for the suggestions, the nearest with how they stand. */
export async function readGoals(
  house: House,
  tx: Tx,
  { now, on, zone }: { now: Date; on: string; zone: string },
): Promise<{ all: GoalToday[]; standing: z.input<typeof StandingGoal>[] }> {
  const goals = await listLivingGoals(tx, { on, limit: 200 });
  const looks = await listLooks(
    tx,
    goals.map((it) => it.id),
  );
  const coming = await listComing(tx, { from: now, to: new Date(now.getTime() + SERVED_WITHIN_MS) });
  const goneOut = await listGoneOut(tx, { since: new Date(now.getTime() - SERVED_WITHIN_MS) });
  const unserved = goals.filter((goal) => !coming.some((it) => serves(it, goal))).map((it) => it.id);
  const drafts = new Map((await listReadyDrafts(tx, unserved)).map((it) => [it.goalId, it]));
  const read = new Map<string, Read>();
  for (const goal of goals.slice(0, SHOWN)) read.set(goal.id, await readProgress(house, tx, goal.id));
  return {
    all: goals.map((goal) =>
      describeGoal(goal, {
        on,
        zone,
        isServed: !unserved.includes(goal.id),
        lastServedAt: goneOut.find((it) => serves(it, goal))?.at ?? null,
        draft: drafts.get(goal.id),
        progress: read.get(goal.id),
        lookedAt: looks.get(goal.id),
      }),
    ),
    standing: goals.slice(0, SHOWN).flatMap((goal) => {
      const progress = read.get(goal.id);
      if (!progress) return [];
      const { id: goalId, title, metric, yours, deadlineOn } = goal;
      const { status, value, target, share } = progress;
      const daysLeft = countDays(on, deadlineOn);
      return [{ goalId, title, metric, yours, status, value, target, share, deadlineOn, daysLeft }];
    }),
  };
}

/** Whether what goes out counts for a goal: it was written for it, or the goal counts all posts of its channels. */
const serves = ({ channelId, goalId }: { channelId: string; goalId: string | null }, { id, scope }: Goal): boolean =>
  (goalId === id || scope.posts === 'all') && (scope.channelIds?.some((it) => it === channelId) ?? true);

type Read = Awaited<ReturnType<typeof readProgress>>;

interface About {
  on: string;
  zone: string;
  isServed: boolean;
  lastServedAt: Date | null;
  draft: { postId: string; excerpt: string } | undefined;
  progress: Read | undefined;
  lookedAt: Date | undefined;
}

const describeGoal = (
  goal: Goal,
  { on, zone, isServed, lastServedAt, draft, progress, lookedAt }: About,
): GoalToday => ({
  id: goal.id,
  title: goal.title,
  yours: goal.yours,
  hasBegun: goal.startsOn <= on,
  createdAt: new Date(goal.createdAt),
  isServed,
  lastServedAt,
  draft: draft ? { postId: draft.postId, excerpt: draft.excerpt } : null,
  needs: goal.means.flatMap(({ what, atHand }) => (atHand ? [] : [what])),
  figures: progress ? standOf(progress, { lookedAt, zone }) : null,
});

/** The figure now beside what it was at the end of the day on which somebody last looked. */
function standOf(
  { status, value, series, baseline }: Read,
  { lookedAt, zone }: { lookedAt: Date | undefined; zone: string },
): NonNullable<GoalToday['figures']> {
  const day = lookedAt ? dayOf(lookedAt, zone) : null;
  const seen = day === null ? undefined : series.findLast((point) => point.on <= day)?.value;
  return { status, value, seen: seen ?? baseline ?? 0, lookedAt: lookedAt ?? null };
}
