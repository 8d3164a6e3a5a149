import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

export interface HoldRow {
  id: string;
  channelId: string | null;
  why: string;
  byId: string;
  since: Date;
}

const columns = sql`id, channel_id AS "channelId", why, created_by AS "byId", created_at AS since`;

/** Holds that stand, the oldest first. */
export async function listHolds(tx: Tx): Promise<HoldRow[]> {
  const { rows } =
    await sql<HoldRow>`SELECT ${columns} FROM hold WHERE lifted_at IS NULL ORDER BY created_at, id`.execute(tx);
  return rows;
}

/** Sets a hold, or returns the one that stands over the same already. */
export async function insertHold(
  tx: Tx,
  hold: { workspaceId: string; channelId: string | null; why: string; personId: string },
): Promise<HoldRow> {
  await sql`INSERT INTO hold (workspace_id, id, channel_id, why, created_by)
    VALUES (${hold.workspaceId}, ${randomUUID()}, ${hold.channelId}, ${hold.why}, ${hold.personId}) ON CONFLICT DO NOTHING`.execute(
    tx,
  );
  const { rows } = await sql<HoldRow>`SELECT ${columns} FROM hold
    WHERE lifted_at IS NULL AND channel_id IS NOT DISTINCT FROM ${hold.channelId}::uuid`.execute(tx);
  const [standing] = rows;
  if (!standing) throw new Error('the hold was not set');
  return standing;
}

/** Takes back what is being prepared under a hold, and what a person had let go before it; its worker arms nothing then. */
export async function takeBackClaimed(tx: Tx, channelId: string | null): Promise<void> {
  await sql`UPDATE delivery SET state = 'scheduled', lease_until = NULL, fence = fence + 1, updated_at = clock.now()
    WHERE state = 'claimed' AND (${channelId}::uuid IS NULL OR channel_id = ${channelId}::uuid)`.execute(tx);
  await sql`UPDATE delivery SET let_go_at = NULL WHERE let_go_at IS NOT NULL AND state NOT IN ('published', 'cancelled')
    AND (${channelId}::uuid IS NULL OR channel_id = ${channelId}::uuid)`.execute(tx);
}

/** Lifts a hold and lets go what no other hold stands over. False when there is no such hold that stands. */
export async function liftHold(tx: Tx, id: string, personId: string): Promise<boolean> {
  const { rows } = await sql<{
    channelId: string | null;
  }>`UPDATE hold SET lifted_at = clock.now(), lifted_by = ${personId}
    WHERE id = ${id} AND lifted_at IS NULL RETURNING channel_id AS "channelId"`.execute(tx);
  const [lifted] = rows;
  if (!lifted) return false;
  await sql`UPDATE delivery SET state = 'scheduled', held_reason = NULL, not_before = clock.now(), fence = fence + 1, updated_at = clock.now()
    WHERE state = 'held' AND held_reason = 'crisis' AND (${lifted.channelId}::uuid IS NULL OR channel_id = ${lifted.channelId}::uuid)
      AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.lifted_at IS NULL AND (h.channel_id IS NULL OR h.channel_id = delivery.channel_id))`.execute(
    tx,
  );
  return true;
}
