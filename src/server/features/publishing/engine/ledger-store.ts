import { sql } from 'kysely';
import { firstOpening, isLimited } from '#server/features/channels/index.ts';
import { planKept, readHistory as readHistoryOf, type Tx } from '#server/platform/db/index.ts';
import { assertMove, LEASE_MS } from '../delivery-states.rules.ts';

/** A part this worker holds. Whoever holds an older fence may write nothing. */
export interface Claim {
  workspaceId: string;
  id: string;
  fence: number;
}

const ms = (value: number) => sql`make_interval(secs => ${value / 1000})`;

/**
 * What time has done, over all workspaces: lost leases go back to *scheduled*, armed ones of a worker that is gone
 * become *unconfirmed* and are looked for at once (their lease was long enough for an answer to come), what comes due under a hold is held, and so is what is later than its workspace's grace time;
 * what was held for a connection that works again goes on. Returns how many rows changed. Waits for nobody: one
 * transaction that takes long must not keep every other post waiting, so what is being written is left to the next sweep.
 */
export async function sweepLedger(tx: Tx): Promise<Swept> {
  const sweep = async (set: Sql, which: Sql) => {
    const { rows } = await sql<
      Place & HeldPlace
    >`UPDATE delivery SET ${set}, fence = delivery.fence + 1, updated_at = clock.now()
      FROM (SELECT d.workspace_id, d.id FROM delivery d WHERE ${which} FOR UPDATE OF d SKIP LOCKED) mine
      WHERE delivery.workspace_id = mine.workspace_id AND delivery.id = mine.id
      RETURNING delivery.workspace_id AS "workspaceId", delivery.channel_id AS "channelId", delivery.id`.execute(tx);
    return rows;
  };
  const lost = await sweep(sql`state = 'scheduled', lease_until = NULL`, sql`d.state = 'claimed' AND ${leaseIsOut}`);
  const vanished = await sweep(
    sql`state = 'unconfirmed', lease_until = NULL, looks = 0, next_look_at = clock.now()`,
    sql`d.state = 'armed' AND ${leaseIsOut}`,
  );
  const released = await sweep(
    sql`state = 'scheduled', held_reason = NULL, not_before = clock.now()`,
    sql`d.state = 'held' AND d.held_reason IN ('connection-broken', 'permission-missing') AND EXISTS (SELECT 1 FROM connection c
      WHERE c.workspace_id = d.workspace_id AND c.channel_id = d.channel_id AND c.state = 'connected')`,
  );
  const held = await sweep(
    sql`state = 'held', held_reason = 'crisis'`,
    sql`d.state = 'scheduled' AND NOT d.waits AND d.let_go_at IS NULL AND d.not_before <= clock.now()
      AND EXISTS (SELECT 1 FROM hold h WHERE h.workspace_id = d.workspace_id AND h.lifted_at IS NULL
        AND (h.channel_id IS NULL OR h.channel_id = d.channel_id))`,
  );
  const late = await sweep(
    sql`state = 'held', held_reason = 'late'`,
    sql`d.state = 'scheduled' AND NOT d.waits AND d.position = 0 AND d.let_go_at IS NULL AND d.due_at < clock.now()
      AND d.due_at < clock.now() - make_interval(mins => (SELECT w.grace_minutes FROM workspace w WHERE w.id = d.workspace_id))`,
  );
  const counts = {
    leaseCount: lost.length,
    vanishedCount: vanished.length,
    releasedCount: released.length,
    heldCount: held.length,
    lateCount: late.length,
  };
  return { counts, places: [...lost, ...vanished, ...released, ...held, ...late], late };
}

/** Run out; or longer than any lease is, because the clock went back: who lives renews it within seconds. */
const leaseIsOut = sql`(d.lease_until < clock.now() OR d.lease_until > clock.now() + interval '1 minute')`;

/** A channel whose ledger changed. */
export interface Place {
  workspaceId: string;
  channelId: string;
}

export interface Swept {
  counts: Record<'leaseCount' | 'vanishedCount' | 'releasedCount' | 'heldCount' | 'lateCount', number>;
  /** Whose next due time is another one now; channels may stand in it more than once. */
  places: Place[];
  /** What was held because it is too late by now. */
  late: HeldPlace[];
}

/** A part that the sweep has held. */
export interface HeldPlace {
  workspaceId: string;
  id: string;
}

type Sql = ReturnType<typeof sql>;

/** A claim, and what it needs of its network's limits. */
export interface DueClaim extends Claim {
  channelId: string;
  network: string;
}

/**
 * Claims what is due for this worker: the earliest of each channel, and only while nothing else of that channel is
 * under way, so that order within a channel holds. Workspaces take turns, so that one with thousands due does not stop
 * the others; of each at most `perWorkspace`. What stands under a hold or is late by now is left to the sweep, and what
 * waits for a limit of its network is left where it is. A claim is
 * a row, not a lock: it ends by itself after `LEASE_MS`.
 */
export async function claimDue(tx: Tx, limit: number, perWorkspace = limit): Promise<DueClaim[]> {
  // The rows are named by their keys: the table is never read from end to end for them, however small it once was.
  await sql`SELECT set_config('enable_seqscan', 'off', true)`.execute(tx);
  const { rows } = await sql<DueClaim>`${planKept}UPDATE delivery SET state = 'claimed', fence = delivery.fence + 1,
      lease_until = clock.now() + ${ms(LEASE_MS)}, updated_at = clock.now()
    FROM (
      SELECT d.workspace_id, d.id FROM (
        SELECT turn.workspace_id, turn.id FROM workspace w CROSS JOIN LATERAL (
          SELECT next.*, row_number() OVER () AS nth FROM (
            SELECT first.* FROM (
              SELECT DISTINCT ON (f.channel_id) f.workspace_id, f.channel_id, f.network, f.id, f.position, f.due_at, f.not_before, f.let_go_at
              FROM delivery f WHERE f.workspace_id = w.id AND f.state = 'scheduled' AND NOT f.waits AND f.not_before <= clock.now()
              ORDER BY f.channel_id, f.due_at, f.group_id, f.position
            ) first
            WHERE (first.let_go_at IS NOT NULL OR ((first.position > 0 OR first.due_at >= clock.now() - make_interval(mins => w.grace_minutes))
                AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.workspace_id = w.id AND h.lifted_at IS NULL
                                AND (h.channel_id IS NULL OR h.channel_id = first.channel_id))))
              AND NOT EXISTS (SELECT 1 FROM delivery busy WHERE busy.workspace_id = w.id AND busy.channel_id = first.channel_id
                              AND busy.state IN ('claimed', 'armed'))
              AND NOT ${isLimited(sql`w.id`, sql`first.channel_id`, sql`first.network`)}
            ORDER BY first.not_before LIMIT ${perWorkspace}
          ) next
        ) turn ORDER BY turn.nth, turn.not_before LIMIT ${limit}
      ) due CROSS JOIN LATERAL (SELECT d.workspace_id, d.id FROM delivery d WHERE d.workspace_id = due.workspace_id
        AND d.id = due.id AND d.state = 'scheduled' FOR UPDATE SKIP LOCKED) d
    ) mine
    WHERE delivery.workspace_id = mine.workspace_id AND delivery.id = mine.id
    RETURNING delivery.workspace_id AS "workspaceId", delivery.id, delivery.fence, delivery.channel_id AS "channelId",
      delivery.network`.execute(tx);
  return rows;
}

/** Puts claims back for which there is no room under a limit: another claim of the same transaction may not begin them. */
export async function putBack(tx: Tx, claims: readonly Claim[]): Promise<void> {
  assertMove('claimed', 'scheduled', 'decide');
  await sql`UPDATE delivery SET state = 'scheduled', lease_until = NULL
    FROM unnest(${claims.map((c) => c.workspaceId)}::uuid[], ${claims.map((c) => c.id)}::uuid[]) AS mine (workspace_id, id)
    WHERE delivery.workspace_id = mine.workspace_id AND delivery.id = mine.id`.execute(tx);
}

/**
 * Renews the leases this worker still holds; returns the ids it holds no more. Waits for nobody: what is being written
 * just now keeps its lease until the next time.
 */
export async function renewLeases(tx: Tx, claims: readonly Claim[]): Promise<Set<string>> {
  if (claims.length === 0) return new Set();
  const mine = sql`SELECT d.workspace_id, d.id FROM delivery d
    JOIN unnest(${claims.map((c) => c.workspaceId)}::uuid[], ${claims.map((c) => c.id)}::uuid[], ${claims.map((c) => c.fence)}::bigint[])
      AS held (workspace_id, id, fence) ON d.workspace_id = held.workspace_id AND d.id = held.id AND d.fence = held.fence
    WHERE d.state IN ('claimed', 'armed')`;
  await sql`UPDATE delivery SET lease_until = clock.now() + ${ms(LEASE_MS)}
    FROM (${mine} FOR UPDATE OF d SKIP LOCKED) mine
    WHERE delivery.workspace_id = mine.workspace_id AND delivery.id = mine.id`.execute(tx);
  const { rows } = await sql<{ id: string }>`SELECT id FROM (${mine}) mine`.execute(tx);
  const held = new Set(rows.map((row) => row.id));
  return new Set(claims.map((c) => c.id).filter((id) => !held.has(id)));
}

/** Nothing that waits to be looked at waits longer than this, unless the clock went back meanwhile. */
const LONGEST_LOOK = sql`interval '10 minutes'`;

/** Takes what must be looked at (unconfirmed, processing); each comes up again a minute later unless it was settled. */
export async function takeLooks(tx: Tx, limit: number): Promise<Claim[]> {
  const { rows } = await sql<Claim>`UPDATE delivery SET next_look_at = clock.now() + interval '1 minute'
    FROM (SELECT workspace_id, id FROM delivery WHERE state IN ('unconfirmed', 'processing')
            AND (next_look_at <= clock.now() OR next_look_at > clock.now() + ${LONGEST_LOOK})
          ORDER BY next_look_at LIMIT ${limit} FOR UPDATE SKIP LOCKED) due
    WHERE delivery.workspace_id = due.workspace_id AND delivery.id = due.id
    RETURNING delivery.workspace_id AS "workspaceId", delivery.id, delivery.fence`.execute(tx);
  return rows;
}

/** How long until something must be done, in ms by the database's clock; null when nothing is planned. */
export async function readMsToNext(tx: Tx): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`SELECT extract(epoch FROM min(at) - clock.now()) * 1000 AS ms FROM (
      SELECT min(next.not_before) AS at FROM workspace w CROSS JOIN LATERAL (
        SELECT d.not_before FROM delivery d WHERE d.workspace_id = w.id AND d.state = 'scheduled' AND NOT d.waits
          AND NOT EXISTS (SELECT 1 FROM delivery busy WHERE busy.workspace_id = d.workspace_id AND busy.channel_id = d.channel_id
                          AND busy.state IN ('claimed', 'armed'))
          AND NOT ${isLimited(sql`d.workspace_id`, sql`d.channel_id`, sql`d.network`)} ORDER BY d.not_before LIMIT 1) next
      UNION ALL ${firstOpening}
      UNION ALL SELECT min(lease_until) FROM delivery WHERE state IN ('claimed', 'armed')
      UNION ALL SELECT min(next_look_at) FROM delivery WHERE state IN ('unconfirmed', 'processing')
    ) times`.execute(tx);
  return rows[0]?.ms ?? null;
}

/**
 * A limit that covers more than one delivery: all of the channel that would go out before it ends wait as long, in their
 * order. What is being written just now is left: it is pushed back by somebody else, or meets the limit itself.
 */
export async function pushBack(
  tx: Tx,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
  until: Date,
): Promise<void> {
  await sql`UPDATE delivery SET not_before = ${until}, updated_at = clock.now()
    FROM (SELECT d.workspace_id, d.id FROM delivery d WHERE d.state = 'scheduled' AND d.not_before < ${until}
            AND d.workspace_id = ${workspaceId} AND d.channel_id = ${channelId}
          FOR UPDATE OF d SKIP LOCKED) mine
    WHERE delivery.workspace_id = mine.workspace_id AND delivery.id = mine.id`.execute(tx);
}

/**
 * After a restore or on a promoted standby: everything due before now waits for a decision, because it may be out already.
 * A restore of ours says so itself, where the database cannot. Workspaces with more to come are told, so that it is looked
 * whether somebody published some of that sooner.
 */
export async function holdForNewHistory(tx: Tx, history: string | null): Promise<HeldPlace[]> {
  const changed = await sql`UPDATE installation SET history = coalesce(${history}, '-:-'), history_at = clock.now()
    WHERE CASE WHEN ${history}::text IS NULL THEN history LIKE 'restored:%' ELSE history <> ${history} END`.execute(tx);
  if ((changed.numAffectedRows ?? 0n) === 0n) return [];
  const { rows } =
    await sql<HeldPlace>`UPDATE delivery SET state = 'held', held_reason = 'new-history', fence = fence + 1, lease_until = NULL, updated_at = clock.now()
    WHERE state IN ('scheduled', 'claimed') AND due_at <= clock.now()
    RETURNING workspace_id AS "workspaceId", id`.execute(tx);
  await sql`WITH told AS (INSERT INTO fact (workspace_id, id, kind, payload)
      SELECT planned.workspace_id, gen_random_uuid(), 'history.changed', '{}'
      FROM (SELECT DISTINCT workspace_id FROM delivery WHERE state = 'scheduled') planned)
    SELECT pg_notify('fact', '')`.execute(tx);
  return rows;
}

/** Deliveries of which these parts are held, each once: the first of its parts. */
export async function listHeldDeliveries(
  tx: Tx,
  partIds: readonly string[],
): Promise<{ deliveryId: string; groupId: string; postId: string; channelId: string }[]> {
  const { rows } = await sql<{ deliveryId: string; groupId: string; postId: string; channelId: string }>`
    SELECT DISTINCT ON (group_id) id AS "deliveryId", group_id AS "groupId", post_id AS "postId", channel_id AS "channelId"
    FROM delivery WHERE id = ANY(${[...partIds]}::uuid[]) AND state = 'held' ORDER BY group_id, position`.execute(tx);
  return rows;
}

/** Identifies the history of the database: another one after a restore or a fail-over. Null when it cannot be known. */
export const readHistory = (tx: Tx): Promise<string | null> =>
  readHistoryOf((text) => sql.raw<Record<string, unknown>>(text).execute(tx));

export interface Overdue {
  overdue: number;
  oldestOverdueAt: Date | null;
}

/** Due for a minute and in no state that explains it, nor waiting for a limit of its network. */
const isOverdue = sql`due_at < clock.now() - interval '60 seconds' AND not_before < clock.now() - interval '60 seconds' AND NOT waits
      AND (state IN ('scheduled', 'claimed', 'armed') OR (state = 'unconfirmed' AND told_at IS NULL AND updated_at < clock.now() - interval '3 minutes'))
      AND NOT (state = 'scheduled' AND ${isLimited(sql`delivery.workspace_id`, sql`delivery.channel_id`, sql`delivery.network`)})`;

/** Workspaces in which something is overdue. Across. */
export async function listWorkspacesBehind(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT DISTINCT workspace_id AS id FROM delivery WHERE ${isOverdue} ORDER BY id`.execute(tx);
  return rows.map(({ id }) => id);
}

/**
 * The detector's question: what is due for a minute and is in no state that explains it. Writes its own pulse, so that
 * a detector that stopped is seen too.
 */
export async function detectOverdue(tx: Tx): Promise<Overdue> {
  const { rows } = await sql<Overdue>`SELECT count(*)::int AS overdue, min(due_at) AS "oldestOverdueAt" FROM delivery
    WHERE ${isOverdue}`.execute(tx);
  const found = rows[0] ?? { overdue: 0, oldestOverdueAt: null };
  await sql`UPDATE detector_pulse SET at = clock.now(), overdue = ${found.overdue}, oldest_overdue_at = ${found.oldestOverdueAt}`.execute(
    tx,
  );
  return found;
}
