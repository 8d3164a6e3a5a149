import type { Goal } from '#contract/strategy.ts';
import { isMember } from '#server/features/team/index.ts';
import { Refusal, refuseField } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findInitiativeProblems, type InitiativeFields } from './initiative.rules.ts';

/** Refuses an initiative whose fields contradict one another or its goal, or that names an owner who is not here. */
export async function assertInitiative(tx: Tx, fields: InitiativeFields, goal: Goal): Promise<void> {
  const problems = findInitiativeProblems(fields, goal);
  if (problems.length > 0) throw new Refusal('input-invalid', { problems });
  if (fields.ownerId !== null && !(await isMember(tx, fields.ownerId))) refuseField('ownerId', 'not-a-member');
}
