import type { goals } from '#contract/strategy.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { writeGoalYours } from './goal-store.ts';
import { mustFindGoal } from './must-find-goal.ts';

/** Says yes to a proposed goal. One that is theirs already stays as it is. */
export const adoptGoal: Verb<typeof goals.adopt> = async (context, { workspaceId, goalId }) =>
  context.inWorkspace(async (tx) => {
    await mustFindGoal(tx, goalId);
    if (await writeGoalYours(tx, goalId)) {
      await tellFact(tx, { workspaceId, kind: 'goal.adopted', payload: { goalId }, personId: context.personId });
    }
    return mustFindGoal(tx, goalId);
  });
