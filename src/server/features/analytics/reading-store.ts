import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { MetricId } from '#contract/metrics.ts';
import type { Tx } from '#server/platform/db/index.ts';
import type { DailyRow, FigureRow, LookRow, NewReading } from './tables.ts';

/**
 * Adds readings of one moment and brings the day's values and the figures' state up to them. An absence leaves every
 * value as it was; of two looks that overlap the later one stays, in whatever order they are written.
 */
export async function addReadings(
  tx: Tx,
  { workspaceId, readings, at, day }: { workspaceId: string; readings: readonly NewReading[]; at: Date; day: string },
): Promise<void> {
  if (readings.length === 0) return;
  const rows = JSON.stringify(
    readings.map((r) => ({
      id: randomUUIDv7(),
      channel_id: r.channelId,
      delivery_id: r.deliveryId,
      metric: r.metric,
      state: r.state,
      value: r.state === 'value' ? r.value : null,
      fault: r.state === 'value' ? null : r.fault,
    })),
  );
  const source = sql`jsonb_to_recordset(${rows}::jsonb)
    AS r (id uuid, channel_id uuid, delivery_id uuid, metric text, state text, value double precision, fault text)`;
  await sql`INSERT INTO reading (workspace_id, id, channel_id, delivery_id, metric, state, value, fault, fetched_at)
    SELECT ${workspaceId}, id, channel_id, delivery_id, metric, state, value, fault, ${at} FROM ${source}`.execute(tx);
  await sql`INSERT INTO reading_daily AS d (workspace_id, channel_id, delivery_id, metric, on_day, first_value, value, fetched_at)
    SELECT ${workspaceId}, channel_id, delivery_id, metric, ${day}::date, value, value, ${at}
    FROM ${source} WHERE state = 'value'
    ON CONFLICT (workspace_id, subject_id, metric, on_day) DO UPDATE
    SET value = excluded.value, fetched_at = excluded.fetched_at WHERE excluded.fetched_at >= d.fetched_at`.execute(tx);
  await sql`INSERT INTO figure AS f (workspace_id, channel_id, delivery_id, metric, value, value_at, absence, fault, tried_at)
    SELECT ${workspaceId}, channel_id, delivery_id, metric, value, CASE WHEN state = 'value' THEN ${at}::timestamptz END,
      nullif(state, 'value'), fault, ${at} FROM ${source}
    ON CONFLICT (workspace_id, subject_id, metric) DO UPDATE
    SET value = coalesce(excluded.value, f.value), value_at = coalesce(excluded.value_at, f.value_at),
      absence = excluded.absence, fault = excluded.fault, tried_at = excluded.tried_at
    WHERE excluded.tried_at >= f.tried_at`.execute(tx);
}

/** The figures of these subjects (parts of the ledger, or channels). */
export async function listFigures(tx: Tx, subjectIds: readonly string[]): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`SELECT channel_id, subject_id, metric, value, value_at, absence FROM figure
    WHERE subject_id = ANY(${[...subjectIds]}::uuid[])`.execute(tx);
  return rows;
}

/** The daily values of these subjects and metrics through a day, oldest first. */
export async function listDaily(
  tx: Tx,
  { subjectIds, metrics, until }: { subjectIds: readonly string[]; metrics: readonly MetricId[]; until: string },
): Promise<DailyRow[]> {
  const { rows } = await sql<DailyRow>`SELECT subject_id, metric, on_day, first_value, value FROM reading_daily
    WHERE subject_id = ANY(${[...subjectIds]}::uuid[]) AND metric = ANY(${[...metrics]}::text[])
      AND on_day <= ${until}::date
    ORDER BY on_day`.execute(tx);
  return rows;
}

/**
 * Looks at these subjects' metrics, the latest first, one more than `limit` when there are more. Of what is too old to
 * be kept whole there is the last value of each day.
 */
export async function listLooks(
  tx: Tx,
  {
    subjectIds,
    metrics,
    after,
    limit,
  }: {
    subjectIds: readonly string[];
    metrics: readonly MetricId[];
    after: { at: Date; key: string } | null;
    limit: number;
  },
): Promise<LookRow[]> {
  const { rows } = await sql<LookRow>`
    WITH kept AS (
      SELECT coalesce(delivery_id, channel_id) AS subject_id, metric, value, nullif(state, 'value') AS absence, fault,
        fetched_at FROM reading
      WHERE coalesce(delivery_id, channel_id) = ANY(${[...subjectIds]}::uuid[]) AND metric = ANY(${[...metrics]}::text[])
    ), looks AS (
      SELECT * FROM kept UNION ALL
      SELECT subject_id, metric, value, NULL, NULL, fetched_at FROM reading_daily d
      WHERE subject_id = ANY(${[...subjectIds]}::uuid[]) AND metric = ANY(${[...metrics]}::text[])
        AND NOT EXISTS (SELECT FROM kept WHERE kept.subject_id = d.subject_id AND kept.metric = d.metric
          AND kept.fetched_at = d.fetched_at)
    )
    SELECT *, subject_id || ' ' || metric AS key FROM looks
    WHERE ${after?.key ?? null}::text IS NULL OR (date_trunc('milliseconds', fetched_at), subject_id || ' ' || metric)
      < (${after?.at ?? null}::timestamptz, ${after?.key ?? null})
    ORDER BY date_trunc('milliseconds', fetched_at) DESC, key DESC LIMIT ${limit + 1}`.execute(tx);
  return rows;
}

/** When these subjects were last looked at, whatever came of it; null before the first look. */
export async function lastTriedAt(tx: Tx, subjectIds: readonly string[]): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`SELECT max(tried_at) AS at FROM figure
    WHERE subject_id = ANY(${[...subjectIds]}::uuid[])`.execute(tx);
  return rows[0]?.at ?? null;
}

/** Workspaces that have readings older than this. Across. */
export async function listWorkspacesWithOldReadings(tx: Tx, before: Date): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`SELECT DISTINCT workspace_id FROM reading
    WHERE fetched_at < ${before}`.execute(tx);
  return rows.map((row) => row.workspace_id);
}

/** Deletes readings older than this; their days stay. Returns how many. */
export async function deleteReadings(tx: Tx, before: Date): Promise<number> {
  const result = await sql`DELETE FROM reading WHERE fetched_at < ${before}`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}
