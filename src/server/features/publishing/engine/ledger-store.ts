import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import { LEASE_MS, LOOK_AFTER_MS } from '../delivery-states.rules.ts';

/** A part this worker holds. Whoever holds an older fence may write nothing. */
export interface Claim {
  workspaceId: string;
  id: string;
  fence: number;
}

const ms = (value: number) => sql`make_interval(secs => ${value / 1000})`;

/**
 * What time has done, over all workspaces: lost leases go back to *scheduled*, armed ones of a worker that is gone
 * become *unconfirmed*, what comes due under a hold is held, and so is what is later than its workspace's grace time;
 * what was held for a connection that works again goes on. Returns how many rows changed.
 */
export async function sweepLedger(tx: Tx): Promise<Swept> {
  const lost =
    await sql<Place>`UPDATE delivery SET state = 'scheduled', lease_until = NULL, fence = fence + 1, updated_at = clock.now()
    WHERE state = 'claimed' AND lease_until < clock.now() RETURNING ${place}`.execute(tx);
  const vanished =
    await sql<Place>`UPDATE delivery SET state = 'unconfirmed', lease_until = NULL, fence = fence + 1, looks = 0,
      next_look_at = clock.now() + ${ms(LOOK_AFTER_MS[0])}, updated_at = clock.now()
    WHERE state = 'armed' AND lease_until < clock.now() RETURNING ${place}`.execute(tx);
  const released =
    await sql<Place>`UPDATE delivery SET state = 'scheduled', held_reason = NULL, not_before = clock.now(),
      fence = delivery.fence + 1, updated_at = clock.now()
    FROM connection c WHERE c.workspace_id = delivery.workspace_id AND c.channel_id = delivery.channel_id AND c.state = 'connected'
      AND delivery.state = 'held' AND delivery.held_reason IN ('connection-broken', 'permission-missing') RETURNING ${place}`.execute(
      tx,
    );
  const held =
    await sql<Place>`UPDATE delivery SET state = 'held', held_reason = 'crisis', fence = delivery.fence + 1, updated_at = clock.now()
    FROM hold h WHERE h.workspace_id = delivery.workspace_id AND h.lifted_at IS NULL
      AND (h.channel_id IS NULL OR h.channel_id = delivery.channel_id)
      AND delivery.state = 'scheduled' AND NOT delivery.waits AND delivery.let_go_at IS NULL
      AND delivery.not_before <= clock.now() RETURNING ${place}`.execute(tx);
  const late =
    await sql<Place>`UPDATE delivery SET state = 'held', held_reason = 'late', fence = delivery.fence + 1, updated_at = clock.now()
    FROM workspace w WHERE w.id = delivery.workspace_id AND delivery.state = 'scheduled' AND NOT delivery.waits AND delivery.position = 0
      AND delivery.let_go_at IS NULL AND delivery.due_at < clock.now() - make_interval(mins => w.grace_minutes) RETURNING ${place}`.execute(
      tx,
    );
  const counts = {
    leaseCount: lost.rows.length,
    vanishedCount: vanished.rows.length,
    releasedCount: released.rows.length,
    heldCount: held.rows.length,
    lateCount: late.rows.length,
  };
  return { counts, places: [...lost.rows, ...vanished.rows, ...released.rows, ...held.rows, ...late.rows] };
}

/** A channel whose ledger changed. */
export interface Place {
  workspaceId: string;
  channelId: string;
}

export interface Swept {
  counts: Record<'leaseCount' | 'vanishedCount' | 'releasedCount' | 'heldCount' | 'lateCount', number>;
  /** Whose next due time is another one now; channels may stand in it more than once. */
  places: Place[];
}

const place = sql`delivery.workspace_id AS "workspaceId", delivery.channel_id AS "channelId"`;

/**
 * Claims what is due for this worker: the earliest of each channel, and only while nothing else of that channel is
 * under way, so that order within a channel holds. A claim is a row, not a lock: it ends by itself after `LEASE_MS`.
 */
export async function claimDue(tx: Tx, limit: number): Promise<Claim[]> {
  const { rows } = await sql<Claim>`UPDATE delivery SET state = 'claimed', fence = delivery.fence + 1,
      lease_until = clock.now() + ${ms(LEASE_MS)}, updated_at = clock.now()
    FROM (
      SELECT d.workspace_id, d.id FROM delivery d
      WHERE d.state = 'scheduled' AND NOT d.waits AND d.not_before <= clock.now()
        AND NOT EXISTS (SELECT 1 FROM delivery busy WHERE busy.workspace_id = d.workspace_id AND busy.channel_id = d.channel_id
                        AND busy.state IN ('claimed', 'armed'))
        AND NOT EXISTS (SELECT 1 FROM delivery first WHERE first.workspace_id = d.workspace_id AND first.channel_id = d.channel_id
                        AND first.state = 'scheduled' AND NOT first.waits AND first.not_before <= clock.now()
                        AND (first.due_at, first.group_id, first.position) < (d.due_at, d.group_id, d.position))
      ORDER BY d.not_before LIMIT ${limit} FOR UPDATE OF d SKIP LOCKED
    ) due
    WHERE delivery.workspace_id = due.workspace_id AND delivery.id = due.id
    RETURNING delivery.workspace_id AS "workspaceId", delivery.id, delivery.fence`.execute(tx);
  return rows;
}

/** Renews the leases this worker still holds; returns the ids it holds no more. */
export async function renewLeases(tx: Tx, claims: readonly Claim[]): Promise<Set<string>> {
  if (claims.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`UPDATE delivery SET lease_until = clock.now() + ${ms(LEASE_MS)}
    FROM unnest(${claims.map((c) => c.workspaceId)}::uuid[], ${claims.map((c) => c.id)}::uuid[], ${claims.map((c) => c.fence)}::bigint[])
      AS mine (workspace_id, id, fence)
    WHERE delivery.workspace_id = mine.workspace_id AND delivery.id = mine.id AND delivery.fence = mine.fence
      AND delivery.state IN ('claimed', 'armed')
    RETURNING delivery.id`.execute(tx);
  const held = new Set(rows.map((row) => row.id));
  return new Set(claims.map((c) => c.id).filter((id) => !held.has(id)));
}

/** Takes what must be looked at (unconfirmed, processing); each comes up again a minute later unless it was settled. */
export async function takeLooks(tx: Tx, limit: number): Promise<Claim[]> {
  const { rows } = await sql<Claim>`UPDATE delivery SET next_look_at = clock.now() + interval '1 minute'
    FROM (SELECT workspace_id, id FROM delivery WHERE state IN ('unconfirmed', 'processing') AND next_look_at <= clock.now()
          ORDER BY next_look_at LIMIT ${limit} FOR UPDATE SKIP LOCKED) due
    WHERE delivery.workspace_id = due.workspace_id AND delivery.id = due.id
    RETURNING delivery.workspace_id AS "workspaceId", delivery.id, delivery.fence`.execute(tx);
  return rows;
}

/** How long until something must be done, in ms by the database's clock; null when nothing is planned. */
export async function readMsToNext(tx: Tx): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`SELECT extract(epoch FROM min(at) - clock.now()) * 1000 AS ms FROM (
      SELECT min(d.not_before) AS at FROM delivery d WHERE d.state = 'scheduled' AND NOT d.waits
        AND NOT EXISTS (SELECT 1 FROM delivery busy WHERE busy.workspace_id = d.workspace_id AND busy.channel_id = d.channel_id
                        AND busy.state IN ('claimed', 'armed'))
      UNION ALL SELECT min(lease_until) FROM delivery WHERE state IN ('claimed', 'armed')
      UNION ALL SELECT min(next_look_at) FROM delivery WHERE state IN ('unconfirmed', 'processing')
    ) times`.execute(tx);
  return rows[0]?.ms ?? null;
}

/** A limit that covers more than one delivery: all that share it wait as long, in their order. */
export async function pushBack(
  tx: Tx,
  scope: { workspaceId: string; channelId: string } | { network: string },
  until: Date,
): Promise<void> {
  const where =
    'network' in scope
      ? sql`network = ${scope.network}`
      : sql`workspace_id = ${scope.workspaceId} AND channel_id = ${scope.channelId}`;
  await sql`UPDATE delivery SET not_before = greatest(not_before, ${until}), updated_at = clock.now()
    WHERE state = 'scheduled' AND ${where}`.execute(tx);
}

/** After a restore or on a promoted standby: everything due before now waits for a decision, because it may be out already. */
export async function holdForNewHistory(tx: Tx, history: string): Promise<number> {
  const changed = await sql`UPDATE installation SET history = ${history} WHERE history <> ${history}`.execute(tx);
  if ((changed.numAffectedRows ?? 0n) === 0n) return 0;
  const held =
    await sql`UPDATE delivery SET state = 'held', held_reason = 'new-history', fence = fence + 1, lease_until = NULL, updated_at = clock.now()
    WHERE state IN ('scheduled', 'claimed') AND due_at <= clock.now()`.execute(tx);
  return Number(held.numAffectedRows ?? 0n);
}

/** Identifies the history of the database: another one after a restore or a fail-over. */
export async function readHistory(tx: Tx): Promise<string> {
  const { rows } = await sql<{ history: string }>`SELECT s.system_identifier::text || ':' ||
    substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS history FROM pg_control_system() s`.execute(tx);
  return rows[0]?.history ?? '';
}

export interface Overdue {
  overdue: number;
  oldestOverdueAt: Date | null;
}

/**
 * The detector's question: what is due for a minute and is in no state that explains it. Writes its own pulse, so that
 * a detector that stopped is seen too.
 */
export async function detectOverdue(tx: Tx): Promise<Overdue> {
  const { rows } = await sql<Overdue>`SELECT count(*)::int AS overdue, min(due_at) AS "oldestOverdueAt" FROM delivery
    WHERE due_at < clock.now() - interval '60 seconds' AND not_before < clock.now() - interval '60 seconds' AND NOT waits
      AND (state IN ('scheduled', 'claimed', 'armed') OR (state = 'unconfirmed' AND told_at IS NULL AND updated_at < clock.now() - interval '3 minutes'))`.execute(
    tx,
  );
  const found = rows[0] ?? { overdue: 0, oldestOverdueAt: null };
  await sql`UPDATE detector_pulse SET at = clock.now(), overdue = ${found.overdue}, oldest_overdue_at = ${found.oldestOverdueAt}`.execute(
    tx,
  );
  return found;
}
