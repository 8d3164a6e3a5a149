import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

/** Whether the database takes changes, and how old its schema is. */
export async function readGround(tx: Tx): Promise<{ readOnly: boolean; schemaStep: string | null }> {
  // By the row as a whole: a database that was put back may not have the column yet.
  const { rows } = await sql<{ readOnly: boolean; schemaStep: string | null }>`
    SELECT current_setting('transaction_read_only') = 'on' AS "readOnly", to_jsonb(i) ->> 'schema_step' AS "schemaStep"
    FROM installation i`.execute(tx);
  return rows[0] ?? { readOnly: false, schemaStep: null };
}

/** How long the fact that waits longest could have been passed on, in ms; null when none can. Across. */
export async function readFactsWait(tx: Tx): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`
    SELECT extract(epoch FROM clock.now() - min(next_try_at)) * 1000 AS ms FROM fact WHERE handed_on_at IS NULL`.execute(
    tx,
  );
  return rows[0]?.ms ?? null;
}

/** How long the job that waits longest could have begun, and how long ago the last one did, in ms. */
export async function readJobsWait(tx: Tx): Promise<{ jobsWaitMs: number | null; jobsIdleMs: number | null }> {
  const { rows } = await sql<{ jobsWaitMs: number | null; jobsIdleMs: number | null }>`SELECT
      extract(epoch FROM pgboss.job_now() - min(start_after) FILTER (WHERE state IN ('created', 'retry'))) * 1000 AS "jobsWaitMs",
      extract(epoch FROM pgboss.job_now() - max(started_on)) * 1000 AS "jobsIdleMs"
    FROM pgboss.job`.execute(tx);
  return rows[0] ?? { jobsWaitMs: null, jobsIdleMs: null };
}
