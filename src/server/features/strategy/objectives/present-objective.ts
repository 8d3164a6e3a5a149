import type { z } from 'zod';
import type { Objective } from '#contract/strategy.ts';
import type { ObjectiveRow } from './objective-store.ts';

/** An objective that is not archived, as it goes to the wire. */
export function presentObjective(row: ObjectiveRow): z.input<typeof Objective> {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    rank: row.rank ?? 1,
    goalCount: row.goal_count,
    yours: row.yours,
    revision: row.revision,
    createdAt: row.created_at.toISOString(),
  };
}
