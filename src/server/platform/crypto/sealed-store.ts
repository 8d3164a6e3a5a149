import { sql } from 'kysely';
import { type Database, type SealedColumn, sealedColumns, type Tx } from '../db/index.ts';
import type { SealedPlace, Vault } from './create-vault.ts';

const BATCH = 100;

interface SealedValue {
  workspaceId: string;
  rowId: string;
  sealed: string;
}

/**
 * Seals again, with the current key, whatever an older one sealed, and returns how many values that were and how many no
 * key opens, which stay. Repeatable; beside a running server nothing is lost: a value that changed meanwhile is left.
 *
 * Needs a login that sees all workspaces.
 */
export async function resealAll(db: Database, vault: Vault): Promise<{ resealed: number; unreadable: number }> {
  const done = { resealed: 0, unreadable: 0 };
  for (const at of sealedColumns) {
    for (let after: SealedValue | null = null; ; ) {
      const last: SealedValue | null = after;
      const values: SealedValue[] = await db.outside((tx) => listOutdated(tx, at, vault.currentKeyId, last));
      for (const value of values) {
        const place = placeOf(at, value);
        const text = openOrNull(vault, value.sealed, place);
        if (text === null) done.unreadable += 1;
        // Each value by itself: whoever refreshes a credential meanwhile waits for one row, and one that is new stays.
        else if (await db.outside((tx) => replace(tx, at, value, vault.seal(text, place)))) done.resealed += 1;
      }
      if (values.length < BATCH) break;
      after = values.at(-1) ?? null;
    }
  }
  return done;
}

/** How many sealed values that the transaction sees no key opens. */
export async function countUnreadable(tx: Tx, vault: Vault, at: SealedColumn): Promise<number> {
  const { rows } = await sql<SealedValue>`
    SELECT ${sql.raw(at.workspaceId)}::text AS "workspaceId", ${sql.raw(at.rowId)}::text AS "rowId",
      ${sql.id(at.column)} AS sealed FROM ${sql.id(at.table)} WHERE ${sql.id(at.column)} IS NOT NULL`.execute(tx);
  return rows.filter((value) => openOrNull(vault, value.sealed, placeOf(at, value)) === null).length;
}

/** Marks now: what `isRotationSettled` is asked about later. */
export async function startTurn(tx: Tx): Promise<string> {
  const { rows } = await sql<{ id: string }>`SELECT pg_current_xact_id()::text AS id`.execute(tx);
  return rows[0]?.id ?? '0';
}

/** Whether every transaction that ran at that moment has ended, so that no value of before can still appear. */
export async function isRotationSettled(tx: Tx, turn: string): Promise<boolean> {
  const { rows } = await sql<{ settled: boolean }>`
    SELECT pg_snapshot_xmin(pg_current_snapshot()) > ${turn}::text::xid8 AS settled`.execute(tx);
  return rows[0]?.settled === true;
}

async function listOutdated(
  tx: Tx,
  at: SealedColumn,
  keyId: string,
  after: SealedValue | null,
): Promise<SealedValue[]> {
  const [workspaceId, rowId] = [sql.raw(`(${at.workspaceId})::text`), sql.raw(`(${at.rowId})::text`)];
  const { rows } = await sql<SealedValue>`
    SELECT ${workspaceId} AS "workspaceId", ${rowId} AS "rowId", ${sql.id(at.column)} AS sealed
    FROM ${sql.id(at.table)}
    WHERE split_part(${sql.id(at.column)}, '.', 2) <> ${keyId}
      AND (${after === null} OR (${workspaceId}, ${rowId}) > (${after?.workspaceId ?? ''}, ${after?.rowId ?? ''}))
    ORDER BY 1, 2 LIMIT ${BATCH}`.execute(tx);
  return rows;
}

async function replace(tx: Tx, at: SealedColumn, value: SealedValue, sealed: string): Promise<boolean> {
  const result = await sql`
    UPDATE ${sql.id(at.table)} SET ${sql.id(at.column)} = ${sealed}
    WHERE (${sql.raw(at.workspaceId)})::text = ${value.workspaceId} AND (${sql.raw(at.rowId)})::text = ${value.rowId}
      AND ${sql.id(at.column)} = ${value.sealed}`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}

const placeOf = (at: SealedColumn, { workspaceId, rowId }: SealedValue): SealedPlace => ({
  workspaceId,
  table: at.table,
  column: at.column,
  rowId,
});

function openOrNull(vault: Vault, sealed: string, place: SealedPlace): string | null {
  try {
    return vault.open(sealed, place);
  } catch {
    return null;
  }
}
