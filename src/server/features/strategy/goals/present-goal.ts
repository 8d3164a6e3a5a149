import { Goal } from '#contract/strategy.ts';
import type { GoalRow } from './goal-store.ts';

/** A goal as the contract says it. */
export function presentGoal(row: GoalRow): Goal {
  return Goal.parse({
    id: row.id,
    objectiveId: row.objective_id,
    title: row.title,
    metric: row.metric,
    scope: row.scope,
    target:
      row.target_kind === 'number'
        ? { kind: 'number', value: row.target_amount }
        : { kind: 'relative', percent: row.target_amount },
    baseline:
      row.baseline_value === null
        ? null
        : { value: row.baseline_value, on: row.baseline_on, source: row.baseline_source },
    startsOn: row.starts_on,
    deadlineOn: row.deadline_on,
    ownerId: row.owner_id,
    means: row.means,
    checkpoints: row.checkpoints,
    yours: row.yours,
    revision: row.revision,
    createdAt: row.created_at.toISOString(),
    archivedAt: row.archived_at?.toISOString() ?? null,
  });
}
