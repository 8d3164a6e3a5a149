import { type Selectable, sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { StrategyTables } from '../tables.ts';
import type { InitiativeFields } from './initiative.rules.ts';

export type InitiativeRow = Selectable<StrategyTables['initiative']>;

/** The initiative, archived or not. */
export async function findInitiativeRow(tx: Tx, id: string): Promise<InitiativeRow | null> {
  const row = await tx
    .withTables<StrategyTables>()
    .selectFrom('initiative')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** Initiatives by start that are not archived, one more than `limit` when there are more. */
export async function listInitiativeRows(
  tx: Tx,
  { goalId, after, limit }: { goalId: string | null; after: { startsOn: string; id: string } | null; limit: number },
): Promise<InitiativeRow[]> {
  return tx
    .withTables<StrategyTables>()
    .selectFrom('initiative')
    .selectAll()
    .where('archived_at', 'is', null)
    .$if(goalId !== null, (q) => q.where('goal_id', '=', goalId))
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`(starts_on, id) > (${after?.startsOn ?? null}::date, ${after?.id ?? null}::uuid)`),
    )
    .orderBy('starts_on')
    .orderBy('id')
    .limit(limit + 1)
    .execute();
}

export async function insertInitiative(
  tx: Tx,
  { workspaceId, id, goalId, fields }: { workspaceId: string; id: string; goalId: string; fields: InitiativeFields },
): Promise<void> {
  await tx
    .withTables<StrategyTables>()
    .insertInto('initiative')
    .values({ workspace_id: workspaceId, id, goal_id: goalId, ...columnsOf(fields) })
    .execute();
}

/** Writes the initiative when the revision is still the one the caller read; false when it is not. */
export async function updateInitiativeRow(
  tx: Tx,
  { id, revision, fields }: { id: string; revision: number; fields: InitiativeFields },
): Promise<boolean> {
  const result = await tx
    .withTables<StrategyTables>()
    .updateTable('initiative')
    .set({ ...columnsOf(fields), revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Archives an initiative; true when that changed something. */
export async function archiveInitiativeRow(tx: Tx, id: string): Promise<boolean> {
  const result = await tx
    .withTables<StrategyTables>()
    .updateTable('initiative')
    .set({ archived_at: sql`clock.now()`, revision: sql`revision + 1` })
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Takes an initiative out of the archive; true when that changed something. */
export async function restoreInitiativeRow(tx: Tx, id: string): Promise<boolean> {
  const result = await tx
    .withTables<StrategyTables>()
    .updateTable('initiative')
    .set({ archived_at: null, revision: sql`revision + 1` })
    .where('id', '=', id)
    .where('archived_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function columnsOf(fields: InitiativeFields) {
  const { end, target } = fields;
  return {
    title: fields.title,
    description: fields.description,
    starts_on: fields.startsOn,
    end_kind: end.kind,
    ends_on: end.kind === 'date' ? end.on : null,
    span_days: end.kind === 'span' ? end.days : null,
    metric: fields.metric,
    target_kind: target?.kind ?? null,
    target_amount: target === null ? null : target.kind === 'number' ? target.value : target.percent,
    scope: JSON.stringify(fields.scope),
    means: JSON.stringify(fields.means),
    risks: JSON.stringify(fields.risks),
    outsiders: JSON.stringify(fields.outsiders),
    owner_id: fields.ownerId,
  };
}
