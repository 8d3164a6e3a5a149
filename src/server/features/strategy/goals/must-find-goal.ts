import type { Goal } from '#contract/strategy.ts';
import { refuse } from '#server/platform/context/index.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findGoalRow } from './goal-store.ts';
import { presentGoal } from './present-goal.ts';

/** The goal, archived or not, or `not-found`. */
export async function mustFindGoal(tx: Tx, id: string): Promise<Goal> {
  const row = await findGoalRow(tx, id);
  return row ? presentGoal(row) : refuse('not-found');
}
