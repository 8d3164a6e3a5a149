import { randomUUIDv7 } from 'node:crypto';
import type { goals } from '#contract/strategy.ts';
import type { Verb, WorkspaceContext } from '#server/platform/context/index.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { readToday } from '../read-today.ts';
import { assertGoal } from './assert-goal.ts';
import { completeGoal } from './goal.rules.ts';
import { insertGoal } from './goal-store.ts';
import { mustFindGoal } from './must-find-goal.ts';

/** Sets a goal. It starts today by the workspace's zone unless a day is given. */
export const createGoal: Verb<typeof goals.create> = (context, input) => setGoal(context, input, true);

/** Sets a goal that stays marked as not yet theirs until somebody says yes to it, or changes it. */
export const proposeGoal: Verb<typeof goals.create> = (context, input) => setGoal(context, input, false);

async function setGoal(
  context: WorkspaceContext,
  { workspaceId, ...given }: Parameters<typeof createGoal>[1],
  yours: boolean,
): ReturnType<typeof createGoal> {
  return context.inWorkspace(async (tx) => {
    const fields = completeGoal(given, await readToday(tx));
    await assertGoal(tx, fields);
    const id = randomUUIDv7();
    await insertGoal(tx, { workspaceId, id, fields, yours });
    await tellFact(tx, { workspaceId, kind: 'goal.created', payload: { goalId: id }, personId: context.personId });
    return mustFindGoal(tx, id);
  });
}
