import type { today } from '#contract/today.ts';
import { mustFindGoal } from '#server/features/strategy/index.ts';
import type { Verb } from '#server/platform/context/index.ts';
import { writeLook } from './today-store.ts';

/** Notes that a member looked at a goal's figures; again is as once. */
export const lookAtGoal: Verb<typeof today.look> = (context, { goalId }) =>
  context.inWorkspace(async (tx) => {
    await mustFindGoal(tx, goalId);
    await writeLook(tx, { workspaceId: context.workspaceId, goalId });
    return {};
  });
