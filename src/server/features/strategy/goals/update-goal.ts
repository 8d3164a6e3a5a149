import type { goals } from '#contract/strategy.ts';
import { refuse, type Verb } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { definedOnly } from '../defined-only.ts';
import { assertGoal } from './assert-goal.ts';
import { updateGoalRow } from './goal-store.ts';
import { mustFindGoal } from './must-find-goal.ts';

/**
 * Changes what is given of a goal; refused with the goal as it stands when someone else saved meanwhile. What is changed
 * is one's own from then on; to say only which of its needs are at hand is no yes to its number.
 */
export const updateGoal: Verb<typeof goals.update> = async (context, { workspaceId, goalId, revision, ...given }) =>
  context.inWorkspace(async (tx) => {
    const before = await mustFindGoal(tx, goalId);
    if (before.revision !== revision) refuse('edited-meanwhile', { current: before });
    const changes = definedOnly(given);
    const fields = { ...before, ...changes };
    const yours = before.yours || Object.keys(changes).some((name) => name !== 'means');
    await assertGoal(tx, fields);
    if (!(await updateGoalRow(tx, { id: goalId, revision, fields, yours }))) {
      refuse('edited-meanwhile', { current: await mustFindGoal(tx, goalId) });
    }
    await tellFact(tx, { workspaceId, kind: 'goal.updated', payload: { goalId }, personId: context.personId });
    return mustFindGoal(tx, goalId);
  });
