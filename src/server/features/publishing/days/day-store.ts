import { sql } from 'kysely';
import type { DeliveryState } from '#contract/deliveries.ts';
import type { DayReckoning } from '#contract/publishing.ts';
import type { Tx } from '#server/platform/db/index.ts';
import { standing } from '../delivery-store.ts';
import { reckonDay } from './day-reckoning.rules.ts';
import type { DaySpan } from './day-spans.ts';

/** What became of what was due on each of these days, in their order. Deliveries are counted twice, each time otherwise. */
export async function countDays(tx: Tx, days: readonly DaySpan[]): Promise<DayReckoning[]> {
  const spans = sql`unnest(${days.map((day) => day.on)}::text[], ${days.map((day) => day.from)}::timestamptz[],
    ${days.map((day) => day.to)}::timestamptz[]) AS day ("on", starts, ends)`;
  const { rows: due } = await sql<{ on: string; count: number }>`SELECT day."on",
      (SELECT count(DISTINCT d.group_id)::int FROM delivery d WHERE d.due_at >= day.starts AND d.due_at < day.ends) AS count
    FROM ${spans}`.execute(tx);
  const { rows: states } = await sql<{ on: string; state: DeliveryState; count: number }>`
    SELECT day."on", stood.state, count(*)::int AS count FROM ${spans} CROSS JOIN LATERAL (
      SELECT ${standing} AS state FROM delivery WHERE position = 0 AND due_at >= day.starts AND due_at < day.ends
    ) stood GROUP BY 1, 2`.execute(tx);
  const dueOn = new Map(due.map((row) => [row.on, row.count]));
  const statesOn = Map.groupBy(states, (row) => row.on);
  return days.map(({ on }) => reckonDay(on, dueOn.get(on) ?? 0, statesOn.get(on) ?? []));
}

/** Workspaces of which something was due in the last days. */
export async function listWorkspacesWithDue(tx: Tx, since: Date): Promise<{ id: string; zone: string }[]> {
  const { rows } = await sql<{ id: string; zone: string }>`SELECT w.id, w.zone FROM workspace w WHERE EXISTS (
    SELECT 1 FROM delivery d WHERE d.workspace_id = w.id AND d.due_at >= ${since} AND d.due_at <= clock.now())`.execute(
    tx,
  );
  return rows;
}

/** The days since a date that are reckoned already, as `workspace day`. */
export async function listReckoned(tx: Tx, since: string): Promise<Set<string>> {
  const { rows } = await sql<{
    workspaceId: string;
    on: string;
  }>`SELECT workspace_id AS "workspaceId", on_day::text AS "on"
    FROM publishing_day WHERE on_day >= ${since}::date`.execute(tx);
  return new Set(rows.map((row) => `${row.workspaceId} ${row.on}`));
}

/** Keeps what a day came to; false when it was reckoned before. */
export async function insertDay(tx: Tx, workspaceId: string, day: DayReckoning): Promise<boolean> {
  const result = await sql`INSERT INTO publishing_day
      (workspace_id, on_day, due, live, failed, held, unconfirmed, cancelled, under_way)
    VALUES (${workspaceId}, ${day.on}::date, ${day.due}, ${day.live}, ${day.failed}, ${day.held}, ${day.unconfirmed},
      ${day.cancelled}, ${day.underWay}) ON CONFLICT DO NOTHING`.execute(tx);
  return (result.numAffectedRows ?? 0n) > 0n;
}
