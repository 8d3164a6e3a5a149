import { type Selectable, sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { StrategyTables } from '../tables.ts';
import type { GoalFields } from './goal.rules.ts';

export type GoalRow = Selectable<StrategyTables['goal']>;

/** The goal, archived or not. */
export async function findGoalRow(tx: Tx, id: string): Promise<GoalRow | null> {
  const row = await tx
    .withTables<StrategyTables>()
    .selectFrom('goal')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Goals by deadline, one more than `limit` when there are more. */
export async function listGoalRows(
  tx: Tx,
  { archived, after, limit }: { archived: boolean; after: { deadlineOn: string; id: string } | null; limit: number },
): Promise<GoalRow[]> {
  return tx
    .withTables<StrategyTables>()
    .selectFrom('goal')
    .selectAll()
    .where('archived_at', archived ? 'is not' : 'is', null)
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`(deadline_on, id) > (${after?.deadlineOn ?? null}::date, ${after?.id ?? null}::uuid)`),
    )
    .orderBy('deadline_on')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
}

/** Goals whose deadline is that day or later, without the archive, the nearest first. */
export async function listGoalRowsFrom(tx: Tx, on: string, limit: number): Promise<GoalRow[]> {
  return tx
    .withTables<StrategyTables>()
    .selectFrom('goal')
    .selectAll()
    .where('archived_at', 'is', null)
    .where('deadline_on', '>=', on)
    .orderBy('deadline_on')
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function insertGoal(
  tx: Tx,
  { workspaceId, id, fields, yours }: { workspaceId: string; id: string; fields: GoalFields; yours: boolean },
): Promise<void> {
  await tx
    .withTables<StrategyTables>()
    .insertInto('goal')
    .values({ workspace_id: workspaceId, id, yours, ...columnsOf(fields) })
    .execute();
}

/** Writes the goal when the revision is still the one the caller read; false when it is not. */
export async function updateGoalRow(
  tx: Tx,
  { id, revision, fields, yours }: { id: string; revision: number; fields: GoalFields; yours: boolean },
): Promise<boolean> {
  const result = await tx
    .withTables<StrategyTables>()
    .updateTable('goal')
    .set({ ...columnsOf(fields), yours, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Makes a proposed goal the workspace's own; true when that changed something. */
export async function writeGoalYours(tx: Tx, id: string): Promise<boolean> {
  const result = await tx
    .withTables<StrategyTables>()
    .updateTable('goal')
    .set({ yours: true })
    .where('id', '=', id)
    .where('yours', '=', false)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Archives a goal or takes it out again; true when that changed something. */
export async function writeGoalArchived(tx: Tx, id: string, archived: boolean): Promise<boolean> {
  const result = await tx
    .withTables<StrategyTables>()
    .updateTable('goal')
    .set({ archived_at: archived ? sql`clock.now()` : null, revision: sql`revision + 1` })
    .where('id', '=', id)
    .where('archived_at', archived ? 'is' : 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function columnsOf(fields: GoalFields) {
  return {
    objective_id: fields.objectiveId,
    title: fields.title,
    metric: fields.metric,
    scope: JSON.stringify(fields.scope),
    target_kind: fields.target.kind,
    target_amount: fields.target.kind === 'number' ? fields.target.value : fields.target.percent,
    baseline_value: fields.baseline?.value ?? null,
    baseline_on: fields.baseline?.on ?? null,
    baseline_source: fields.baseline?.source ?? null,
    starts_on: fields.startsOn,
    deadline_on: fields.deadlineOn,
    owner_id: fields.ownerId,
    means: JSON.stringify(fields.means),
    checkpoints: fields.checkpoints,
  };
}
