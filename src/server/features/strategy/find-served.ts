import type { Serves } from '#contract/posts.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { findGoalRow } from './goals/index.ts';
import { findInitiativeRow } from './initiatives/index.ts';

/** What a post serves, resolved: an initiative brings its goal. */
export interface Served {
  goalId: string | null;
  initiativeId: string | null;
}

/**
 * Resolves what a post says it serves; null when that goal or initiative is not in the workspace. Archived ones are
 * found: the posts that serve them go on doing so.
 */
export async function findServed(tx: Tx, serves: Serves): Promise<Served | null> {
  switch (serves.kind) {
    case 'goal': {
      const goal = await findGoalRow(tx, serves.goalId);
      return goal && { goalId: goal.id, initiativeId: null };
    }
    case 'initiative': {
      const initiative = await findInitiativeRow(tx, serves.initiativeId);
      return initiative && { goalId: initiative.goal_id, initiativeId: initiative.id };
    }
    case 'none':
    case 'undecided':
      return { goalId: null, initiativeId: null };
  }
}
