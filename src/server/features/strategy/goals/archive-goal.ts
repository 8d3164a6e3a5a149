import type { goals } from '#contract/strategy.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { writeGoalArchived } from './goal-store.ts';
import { mustFindGoal } from './must-find-goal.ts';

/** Archives a goal; its posts and figures stay. Archiving it again changes nothing. */
export const archiveGoal: Verb<typeof goals.archive> = async (context, { workspaceId, goalId }) =>
  context.inWorkspace(async (tx) => {
    await mustFindGoal(tx, goalId);
    if (await writeGoalArchived(tx, goalId, true)) {
      await tellFact(tx, { workspaceId, kind: 'goal.archived', payload: { goalId }, personId: context.personId });
    }
    return {};
  });
