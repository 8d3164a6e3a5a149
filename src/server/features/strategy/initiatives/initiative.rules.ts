import { metrics } from '#contract/metrics.ts';
import type { FieldProblem } from '#contract/refusals.ts';
import type { Goal, Initiative } from '#contract/strategy.ts';

/** What a person decides about an initiative; the goal it serves is fixed. */
export type InitiativeFields = Omit<Initiative, 'id' | 'goalId' | 'revision' | 'createdAt' | 'archivedAt'>;

type Given = Pick<InitiativeFields, 'title' | 'startsOn' | 'end'> & {
  [K in keyof InitiativeFields]?: InitiativeFields[K] | undefined;
};

/** Fills in what was not said: an initiative counts where its goal counts. */
export function completeInitiative(given: Given, goal: Pick<Goal, 'scope'>): InitiativeFields {
  return {
    title: given.title,
    startsOn: given.startsOn,
    end: given.end,
    description: given.description ?? '',
    metric: given.metric ?? null,
    target: given.target ?? null,
    scope: given.scope ?? goal.scope,
    means: given.means ?? [],
    risks: given.risks ?? [],
    outsiders: given.outsiders ?? [],
    ownerId: given.ownerId ?? null,
  };
}

/** What is wrong with an initiative as a whole, by field; empty when nothing is. */
export function findInitiativeProblems(initiative: InitiativeFields, goal: Pick<Goal, 'metric'>): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const say = (field: string, code: string) => problems.push({ field, code });
  const { end, target, startsOn } = initiative;
  if (end.kind === 'date' && end.on < startsOn) say('end.on', 'before-start');
  const { better } = metrics[initiative.metric ?? goal.metric];
  if (target?.kind === 'number' && target.value < 0) say('target.value', 'negative');
  if (target?.kind === 'relative') {
    if (target.percent === 0) say('target.percent', 'no-change');
    else if (better === 'up' ? target.percent < 0 : target.percent > 0) say('target.percent', 'wrong-direction');
  }
  // A measure of its own that is to be reached, but no number to reach.
  if (end.kind === 'target-reached' && initiative.metric !== null && target === null) say('target', 'required');
  return problems;
}
