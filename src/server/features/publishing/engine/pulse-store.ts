import { sql } from 'kysely';
import { isLimited } from '#server/features/channels/index.ts';
import type { Tx } from '#server/platform/db/index.ts';

/** A worker that has not shown itself for this long is gone. */
const GONE_AFTER = "interval '45 seconds'";
/** A sign of life later than now by more than this was given before the clock went back, and says nothing. */
const AHEAD_AT_MOST = "interval '5 seconds'";

export async function writePulse(tx: Tx, id: string): Promise<void> {
  await sql`INSERT INTO worker_pulse (id) VALUES (${id}) ON CONFLICT (id) DO UPDATE SET at = clock.now()`.execute(tx);
  await sql`DELETE FROM worker_pulse WHERE at < clock.now() - interval '1 day'`.execute(tx);
}

export async function deletePulse(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM worker_pulse WHERE id = ${id}`.execute(tx);
}

export interface Pulse {
  now: Date;
  workers: number;
  detectedAt: Date;
  overdue: number;
  oldestOverdueAt: Date | null;
}

export async function readPulse(tx: Tx): Promise<Pulse> {
  const { rows } =
    await sql<Pulse>`SELECT clock.now() AS now, d.at AS "detectedAt", d.overdue, d.oldest_overdue_at AS "oldestOverdueAt",
      (SELECT count(*)::int FROM worker_pulse w WHERE w.at > clock.now() - ${sql.raw(GONE_AFTER)}
        AND w.at < clock.now() + ${sql.raw(AHEAD_AT_MOST)}) AS workers FROM detector_pulse d`.execute(tx);
  const pulse = rows[0];
  if (!pulse) throw new Error('the detector has no row');
  return pulse;
}

/** Due for a minute, and no limit of the network explains it. */
const isOverdue = sql`state IN ('scheduled', 'claimed', 'armed') AND NOT waits
  AND greatest(due_at, not_before) < clock.now() - interval '60 seconds'
  AND NOT (state = 'scheduled' AND ${isLimited(sql`delivery.workspace_id`, sql`delivery.channel_id`, sql`delivery.network`)})`;

/** One workspace's own standing, for its banner. */
export async function readStanding(
  tx: Tx,
): Promise<{ overdue: number; oldestOverdueAt: Date | null; needsDecision: number }> {
  const { rows } = await sql<{ overdue: number; oldestOverdueAt: Date | null; needsDecision: number }>`SELECT
      count(*) FILTER (WHERE ${isOverdue})::int AS overdue,
      min(due_at) FILTER (WHERE ${isOverdue}) AS "oldestOverdueAt",
      count(*) FILTER (WHERE state IN ('held', 'failed') OR (state = 'unconfirmed' AND told_at IS NOT NULL))::int AS "needsDecision"
    FROM delivery WHERE state NOT IN ('published', 'cancelled')`.execute(tx);
  return rows[0] ?? { overdue: 0, oldestOverdueAt: null, needsDecision: 0 };
}
