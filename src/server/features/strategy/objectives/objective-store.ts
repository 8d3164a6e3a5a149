import { type Selectable, sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { StrategyTables } from '../tables.ts';

export type ObjectiveRow = Selectable<StrategyTables['objective']> & { goal_count: number };

const from = (tx: Tx) =>
  tx
    .withTables<StrategyTables>()
    .selectFrom('objective')
    .selectAll('objective')
    .select((eb) =>
      eb
        .selectFrom('goal')
        .select((sub) => sub.fn.countAll<number>().as('n'))
        .whereRef('goal.workspace_id', '=', 'objective.workspace_id')
        .whereRef('goal.objective_id', '=', 'objective.id')
        .where('goal.archived_at', 'is', null)
        .as('goal_count'),
    );

const gather = <R extends { goal_count: number | null }>(row: R) => ({ ...row, goal_count: row.goal_count ?? 0 });

/** The objective, unless there is none or it is archived. */
export async function findObjective(tx: Tx, id: string): Promise<ObjectiveRow | null> {
  const row = await from(tx)
    .where('objective.id', '=', id)
    .where('objective.archived_at', 'is', null)
    .executeTakeFirst();
  return row ? gather(row) : null;
}

/** Objectives by rank, one more than `limit` when there are more. */
export async function listObjectiveRows(tx: Tx, afterRank: number | null, limit: number): Promise<ObjectiveRow[]> {
  const rows = await from(tx)
    .where('objective.archived_at', 'is', null)
    .$if(afterRank !== null, (q) => q.where('rank', '>', afterRank))
    .orderBy('rank')
    .limit(limit + 1)
    .execute();
  return rows.map(gather);
}

/** Lets one transaction at a time change the order of a workspace's objectives. */
export async function lockRanks(tx: Tx, workspaceId: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('objective ranks ' || ${workspaceId}, 0))`.execute(tx);
}

export async function countObjectives(tx: Tx): Promise<number> {
  const row = await tx
    .withTables<StrategyTables>()
    .selectFrom('objective')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('archived_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.n;
}

export async function insertObjective(
  tx: Tx,
  row: { workspace_id: string; id: string; title: string; description: string; rank: number; yours: boolean },
): Promise<void> {
  await tx.withTables<StrategyTables>().insertInto('objective').values(row).execute();
}

/**
 * Writes the text when the revision is still the one the caller read; false when it is not. An objective whose words
 * are changed is one's own.
 */
export async function updateObjectiveRow(
  tx: Tx,
  { id, revision, fields }: { id: string; revision: number; fields: { title?: string; description?: string } },
): Promise<boolean> {
  const result = await tx
    .withTables<StrategyTables>()
    .updateTable('objective')
    .set({ ...fields, ...(Object.keys(fields).length > 0 && { yours: true }), revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Makes a proposed objective the workspace's own; true when that changed something. */
export async function writeObjectiveYours(tx: Tx, id: string): Promise<boolean> {
  const result = await tx
    .withTables<StrategyTables>()
    .updateTable('objective')
    .set({ yours: true })
    .where('id', '=', id)
    .where('yours', '=', false)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/**
 * Takes an objective to another rank; those between move by one, so that ranks stay 1 to n. Call `lockRanks` first and
 * keep `to` within 1 and n.
 */
export async function moveRank(tx: Tx, { id, from: old, to }: { id: string; from: number; to: number }): Promise<void> {
  await sql`UPDATE objective SET rank = CASE
      WHEN id = ${id} THEN ${to}
      WHEN ${to} < ${old} THEN rank + 1
      ELSE rank - 1 END
    WHERE archived_at IS NULL AND rank BETWEEN least(${to}::int, ${old}::int) AND greatest(${to}::int, ${old}::int)`.execute(
    tx,
  );
}

/** Archives an objective, closes the gap in the ranks and takes it off its goals, of which it keeps a note. */
export async function archiveObjectiveRow(tx: Tx, { id, rank }: { id: string; rank: number }): Promise<void> {
  const tables = tx.withTables<StrategyTables>();
  await tables
    .updateTable('objective')
    .set({
      archived_at: sql`clock.now()`,
      rank: null,
      rank_before: rank,
      goals_before: sql`ARRAY(SELECT g.id FROM goal g WHERE g.workspace_id = objective.workspace_id AND g.objective_id = objective.id)`,
      revision: sql`revision + 1`,
    })
    .where('id', '=', id)
    .execute();
  await tables.updateTable('objective').set({ rank: sql`rank - 1` }).where('rank', '>', rank).execute();
  await tables
    .updateTable('goal')
    .set({ objective_id: null, revision: sql`revision + 1` })
    .where('objective_id', '=', id)
    .execute();
}

/** An objective in the archive, with what it had before, or null. */
export async function findArchivedObjective(tx: Tx, id: string): Promise<ArchivedObjective | null> {
  const row = await tx
    .withTables<StrategyTables>()
    .selectFrom('objective')
    .select(['id', 'rank_before', 'goals_before'])
    .where('id', '=', id)
    .where('archived_at', 'is not', null)
    .executeTakeFirst();
  return row ? { id: row.id, rankBefore: row.rank_before, goalsBefore: row.goals_before } : null;
}

export interface ArchivedObjective {
  id: string;
  /** Null when it was archived before this was kept. */
  rankBefore: number | null;
  goalsBefore: string[];
}

/** Takes an objective out of the archive and makes room for it. Call `lockRanks` first. */
export async function restoreObjectiveRow(tx: Tx, { id, rankBefore, goalsBefore }: ArchivedObjective): Promise<void> {
  const tables = tx.withTables<StrategyTables>();
  const last = (await countObjectives(tx)) + 1;
  const rank = Math.min(rankBefore ?? last, last);
  await tables.updateTable('objective').set({ rank: sql`rank + 1` }).where('rank', '>=', rank).execute();
  await tables
    .updateTable('objective')
    .set({ archived_at: null, rank, rank_before: null, goals_before: [], revision: sql`revision + 1` })
    .where('id', '=', id)
    .execute();
  if (goalsBefore.length === 0) return;
  await tables
    .updateTable('goal')
    .set({ objective_id: id, revision: sql`revision + 1` })
    .where('id', 'in', goalsBefore)
    .where('objective_id', 'is', null)
    .execute();
}
