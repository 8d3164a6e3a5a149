import { metrics } from '#contract/metrics.ts';
import type { FieldProblem } from '#contract/refusals.ts';
import type { Goal, Scope } from '#contract/strategy.ts';

/** What a person decides about a goal. */
export type GoalFields = Omit<Goal, 'id' | 'yours' | 'revision' | 'createdAt' | 'archivedAt'>;

type Given = Pick<GoalFields, 'title' | 'metric' | 'target' | 'deadlineOn'> & {
  [K in keyof GoalFields]?: GoalFields[K] | undefined;
};

/** Fills in what was not said: it starts today, counts what the metric's kind counts, and is looked at monthly. */
export function completeGoal(given: Given, today: string): GoalFields {
  return {
    title: given.title,
    metric: given.metric,
    target: given.target,
    deadlineOn: given.deadlineOn,
    objectiveId: given.objectiveId ?? null,
    scope: given.scope ?? defaultScope(given.metric),
    baseline: given.baseline ?? null,
    startsOn: given.startsOn ?? today,
    ownerId: given.ownerId ?? null,
    means: given.means ?? [],
    checkpoints: given.checkpoints ?? 'monthly',
  };
}

/** Posts' figures count the posts that serve the goal; figures of a whole channel know no posts. */
function defaultScope(metric: GoalFields['metric']): Scope {
  return { posts: metrics[metric].kind === 'sum-by-post' ? 'serving' : 'all' };
}

/**
 * What is wrong with a goal as a whole, by field; empty when nothing is. What adds up begins at nothing on its first
 * day, so a relative target of it needs a stated baseline to be relative to.
 */
export function findGoalProblems(goal: GoalFields): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const say = (field: string, code: string) => problems.push({ field, code });
  const { target, baseline } = goal;
  const { better, kind } = metrics[goal.metric];
  if (goal.deadlineOn < goal.startsOn) say('deadlineOn', 'before-start');
  if (baseline !== null && baseline.value < 0) say('baseline.value', 'negative');
  if (target.kind === 'number') {
    const step = baseline === null ? 0 : target.value - baseline.value;
    if (target.value < 0) say('target.value', 'negative');
    else if (baseline !== null && step === 0) say('target.value', 'no-change');
    else if (better === 'up' ? step < 0 : step > 0) say('target.value', 'wrong-direction');
  } else {
    if (target.percent === 0) say('target.percent', 'no-change');
    else if (better === 'up' ? target.percent < 0 : target.percent > 0) say('target.percent', 'wrong-direction');
    if (baseline?.value === 0) say('baseline.value', 'baseline-zero');
    if (baseline === null && kind !== 'level') say('baseline', 'baseline-needed');
  }
  return problems;
}
