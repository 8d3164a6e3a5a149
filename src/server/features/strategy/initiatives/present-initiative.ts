import { Initiative } from '#contract/strategy.ts';
import type { InitiativeRow } from './initiative-store.ts';

/** An initiative as the contract says it. */
export function presentInitiative(row: InitiativeRow): Initiative {
  return Initiative.parse({
    id: row.id,
    goalId: row.goal_id,
    title: row.title,
    description: row.description,
    startsOn: row.starts_on,
    end: endOf(row),
    metric: row.metric,
    target: targetOf(row),
    scope: row.scope,
    means: row.means,
    risks: row.risks,
    outsiders: row.outsiders,
    ownerId: row.owner_id,
    revision: row.revision,
    createdAt: row.created_at.toISOString(),
    archivedAt: row.archived_at?.toISOString() ?? null,
  });
}

function endOf(row: InitiativeRow): unknown {
  switch (row.end_kind) {
    case 'date':
      return { kind: 'date', on: row.ends_on };
    case 'span':
      return { kind: 'span', days: row.span_days };
    case 'target-reached':
      return { kind: 'target-reached' };
  }
}

function targetOf(row: InitiativeRow): unknown {
  if (row.target_kind === null) return null;
  return row.target_kind === 'number'
    ? { kind: 'number', value: row.target_amount }
    : { kind: 'relative', percent: row.target_amount };
}
