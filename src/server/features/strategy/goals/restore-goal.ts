import type { goals } from '#contract/strategy.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { writeGoalArchived } from './goal-store.ts';
import { mustFindGoal } from './must-find-goal.ts';

/** Takes a goal out of the archive. One that is not in it stays as it is. */
export const restoreGoal: Verb<typeof goals.restore> = async (context, { workspaceId, goalId }) =>
  context.inWorkspace(async (tx) => {
    await mustFindGoal(tx, goalId);
    if (await writeGoalArchived(tx, goalId, false)) {
      await tellFact(tx, { workspaceId, kind: 'goal.restored', payload: { goalId }, personId: context.personId });
    }
    return mustFindGoal(tx, goalId);
  });
