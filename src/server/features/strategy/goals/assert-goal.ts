import { isMember } from '#server/features/team/index.ts';
import { Refusal, refuseField } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { mustFindObjective } from '../objectives/index.ts';
import { findGoalProblems, type GoalFields } from './goal.rules.ts';

/** Refuses a goal whose fields contradict one another, or that names an objective or owner that is not here. */
export async function assertGoal(tx: Tx, fields: GoalFields): Promise<void> {
  if (fields.objectiveId !== null) await mustFindObjective(tx, fields.objectiveId);
  const problems = findGoalProblems(fields);
  if (problems.length > 0) throw new Refusal('input-invalid', { problems });
  if (fields.ownerId !== null && !(await isMember(tx, fields.ownerId))) refuseField('ownerId', 'not-a-member');
}
