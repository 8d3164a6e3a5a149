import type { Goal } from '#contract/strategy.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { listGoalRowsFrom } from './goal-store.ts';
import { presentGoal } from './present-goal.ts';

/** Goals that are not over on a day, without the archive, the nearest deadline first. For higher rooms. */
export async function listLivingGoals(tx: Tx, { on, limit }: { on: string; limit: number }): Promise<Goal[]> {
  return (await listGoalRowsFrom(tx, on, limit)).map(presentGoal);
}
