import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';
import type { DuePlan } from './tables.ts';

/** Begins to look at subjects; does nothing for those of which that was begun before. */
export async function insertPlans(
  tx: Tx,
  workspaceId: string,
  plans: readonly { channelId: string; deliveryId: string | null; publishedAt: Date | null; nextAt: Date | null }[],
): Promise<void> {
  await sql`INSERT INTO fetch_plan (workspace_id, channel_id, delivery_id, published_at, next_at)
    SELECT ${workspaceId}, plan.* FROM unnest(${plans.map((plan) => plan.channelId)}::uuid[],
      ${plans.map((plan) => plan.deliveryId)}::uuid[], ${plans.map((plan) => plan.publishedAt)}::timestamptz[],
      ${plans.map((plan) => plan.nextAt)}::timestamptz[]) AS plan
    ON CONFLICT (workspace_id, subject_id) DO NOTHING`.execute(tx);
}

/** Has these subjects looked at now, whatever their plan; returns the channels they are of. */
export async function dueNow(tx: Tx, subjectIds: readonly string[]): Promise<{ channelIds: string[]; count: number }> {
  const { rows } = await sql<{ channel_id: string }>`UPDATE fetch_plan
    SET next_at = clock.now(), engagements_stale = true
    WHERE subject_id = ANY(${[...subjectIds]}::uuid[]) RETURNING channel_id`.execute(tx);
  return { channelIds: [...new Set(rows.map((row) => row.channel_id))], count: rows.length };
}

/** Channels of all workspaces that have something due. Across. */
export async function listDueChannels(tx: Tx, limit: number): Promise<{ workspaceId: string; channelId: string }[]> {
  const { rows } = await sql<{ workspaceId: string; channelId: string }>`
    SELECT workspace_id AS "workspaceId", channel_id AS "channelId" FROM fetch_plan WHERE next_at <= clock.now()
    GROUP BY workspace_id, channel_id ORDER BY min(next_at) LIMIT ${limit}`.execute(tx);
  return rows;
}

/**
 * Takes what is due on a channel, and what will be within `aheadMs`, so that one call serves both. What is taken comes
 * up again by itself after `leaseMs` when nobody writes the next look before.
 */
export async function takeDue(
  tx: Tx,
  { channelId, limit, aheadMs, leaseMs }: { channelId: string; limit: number; aheadMs: number; leaseMs: number },
): Promise<DuePlan[]> {
  const { rows } =
    await sql<DuePlan>`UPDATE fetch_plan p SET next_at = date_trunc('milliseconds', clock.now()) + ${leaseMs} * interval '1 millisecond'
    FROM (SELECT workspace_id, subject_id FROM fetch_plan
          WHERE channel_id = ${channelId} AND next_at <= clock.now() + ${aheadMs} * interval '1 millisecond'
          ORDER BY next_at LIMIT ${limit} FOR UPDATE SKIP LOCKED) due
    WHERE p.workspace_id = due.workspace_id AND p.subject_id = due.subject_id
    RETURNING p.channel_id, p.delivery_id, p.published_at, p.engagements_stale, p.next_at AS taken_until`.execute(tx);
  return rows;
}

/** When a subject that was taken is looked at next; null: no more by itself. */
export interface NextLook {
  subjectId: string;
  takenUntil: Date;
  nextAt: Date | null;
  /** Whether who did what is to be asked then, whatever the counts are. */
  engagementsStale: boolean;
}

/** Writes next looks. Leaves out a subject that somebody asked for meanwhile: it is due again as they said. */
export async function writeNextLooks(tx: Tx, looks: readonly NextLook[]): Promise<void> {
  if (looks.length === 0) return;
  await sql`UPDATE fetch_plan p SET next_at = look.next_at, engagements_stale = look.stale
    FROM unnest(${looks.map((look) => look.subjectId)}::uuid[], ${looks.map((look) => look.takenUntil)}::timestamptz[],
      ${looks.map((look) => look.nextAt)}::timestamptz[], ${looks.map((look) => look.engagementsStale)}::boolean[])
      AS look (subject_id, taken_until, next_at, stale)
    WHERE p.subject_id = look.subject_id AND p.next_at = look.taken_until`.execute(tx);
}

/** Ends the looks at subjects. */
export async function endPlans(tx: Tx, subjectIds: readonly string[]): Promise<void> {
  await sql`UPDATE fetch_plan SET next_at = NULL WHERE subject_id = ANY(${[...subjectIds]}::uuid[])`.execute(tx);
}

/** Channels whose own figures are looked at. */
export async function listMeasuredChannels(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ channel_id: string }>`SELECT channel_id FROM fetch_plan WHERE delivery_id IS NULL
    ORDER BY channel_id`.execute(tx);
  return rows.map((row) => row.channel_id);
}

/**
 * Notes that a goal's figures are asked for now; false when they were within the last `everyMs`.
 */
export async function noteRefresh(
  tx: Tx,
  { workspaceId, goalId, everyMs }: { workspaceId: string; goalId: string; everyMs: number },
): Promise<boolean> {
  const result =
    await sql`INSERT INTO goal_refresh AS g (workspace_id, goal_id, at) VALUES (${workspaceId}, ${goalId}, clock.now())
    ON CONFLICT (workspace_id, goal_id) DO UPDATE SET at = excluded.at
    WHERE g.at <= excluded.at - ${everyMs} * interval '1 millisecond'`.execute(tx);
  return Number(result.numAffectedRows ?? 0n) > 0;
}
