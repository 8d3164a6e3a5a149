import type { goals } from '#contract/strategy.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { mustFindGoal } from './must-find-goal.ts';

export const getGoal: Verb<typeof goals.get> = async (context, { goalId }) =>
  context.inWorkspace((tx) => mustFindGoal(tx, goalId));
