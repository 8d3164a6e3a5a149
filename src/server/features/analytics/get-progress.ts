import type { z } from 'zod';
import type { analytics, Progress } from '#contract/analytics.ts';
import { type MetricId, metrics } from '#contract/metrics.ts';
import type { Goal } from '#contract/strategy.ts';
import { judgeGoal, resolveTarget } from '#server/features/strategy/index.ts';
import type { House, Verb } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { type Measure, measureGoal } from './measure-goal.ts';
import { standOf } from './present-figures.ts';

type Gap = Progress['gaps'][number];

/**
 * How a goal stands. What adds up goes from 0 to its target; a level from its baseline. A scope that cannot be measured
 * (a campaign, place or segment; a language of a whole channel) leaves the figure too wide, so no status is claimed.
 */
export const getProgress: Verb<typeof analytics.progress> = (context, { goalId }) =>
  context.inWorkspace((tx) => readProgress(context.house, tx, goalId));

/** The same for higher rooms, in a transaction of the goal's workspace. */
export async function readProgress(house: House, tx: Tx, goalId: string): Promise<z.input<typeof Progress>> {
  const measure = await measureGoal(house, tx, goalId);
  const { goal, woven, today } = measure;
  const { better, kind } = metrics[goal.metric];
  const baseline = goal.baseline?.value ?? measure.measuredBaseline;
  const target = resolveTarget(goal.target, baseline);
  const unmeasured = countUnmeasured(goal);
  const judged = judgeGoal({
    better,
    origin: kind === 'level' ? baseline : 0,
    target,
    startsOn: goal.startsOn,
    deadlineOn: goal.deadlineOn,
    today,
    points: woven.points,
    nothingToMeasure: kind === 'sum-by-post' && measure.subjects.length === 0,
  });
  return {
    goalId,
    status: unmeasured > 0 ? 'not-enough-data' : judged.status,
    value: woven.value,
    baseline,
    target,
    share: judged.share,
    projected: unmeasured > 0 ? null : judged.projected,
    perDay: judged.perDay,
    asOf: readAt(measure).toISOString(),
    series: woven.points,
    gaps: findGaps(measure, unmeasured),
  };
}

/** When the newest of its figures was read; what stands in our own ledger, or was never read, is as of now. */
function readAt({ goal, subjects, book, now }: Measure): Date {
  if (goal.metric === 'posts-published') return now;
  return (
    subjects.reduce<Date | null>((last, subject) => {
      const { valueAt } = standOf(subject, goal.metric, book);
      return valueAt !== null && (last === null || valueAt > last) ? valueAt : last;
    }, null) ?? now
  );
}

/** Fields of the scope that narrow it and that nothing measures yet. */
function countUnmeasured({ scope, metric }: Goal): number {
  const wide = metrics[metric].kind !== 'sum-by-post' && (scope.languages?.length ?? 0) > 0;
  return [scope.campaign, scope.place, scope.segment].filter((field) => field !== undefined).length + (wide ? 1 : 0);
}

/** Everything that narrows or weakens the figure, counted by kind: posts or channels for what is missing of them. */
function findGaps({ goal, subjects, book }: Measure, unmeasured: number): Gap[] {
  const counts = new Map<Gap['code'], number>();
  const add = (code: Gap['code'], count = 1) => counts.set(code, (counts.get(code) ?? 0) + count);
  if (goal.objectiveId === null) add('no-objective');
  if (unmeasured > 0) add('scope-not-measured', unmeasured);
  if (subjects.length === 0) add(emptyOf(goal.metric));
  for (const subject of subjects) {
    const { absence } = standOf(subject, goal.metric, book);
    if (absence !== null) add(absence === 'not-offered' && isOfOwnPage(goal.metric) ? 'no-page' : absence);
  }
  return [...counts].map(([code, count]) => ({ code, count }));
}

/** What is missing where nothing counts at all. */
function emptyOf(metric: MetricId): Gap['code'] {
  if (metrics[metric].kind === 'sum-by-post') return 'no-posts';
  return isOfOwnPage(metric) ? 'no-page' : 'no-channel';
}

/** Is it counted by Goalpost itself, on the own page and nowhere else? */
const isOfOwnPage = (metric: MetricId): boolean => metrics[metric].kind === 'sum-by-day';
