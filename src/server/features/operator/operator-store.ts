import { sql } from 'kysely';
import type { Tx } from '#server/platform/db/index.ts';

const count = async (tx: Tx, query: ReturnType<typeof sql<{ n: number }>>): Promise<number> =>
  (await query.execute(tx)).rows[0]?.n ?? 0;

export const countPeople = (tx: Tx): Promise<number> => count(tx, sql`SELECT count(*) AS n FROM person`);

/** Needs a transaction that sees all workspaces. */
export const countWorkspaces = (tx: Tx): Promise<number> => count(tx, sql`SELECT count(id) AS n FROM workspace`);

/** Ids of all workspaces; needs a transaction that sees them. */
export async function listWorkspaces(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM workspace ORDER BY id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Pictures that the transaction sees, as `workspace/medium`. */
export async function listMediaPlaces(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ place: string }>`SELECT workspace_id || '/' || id AS place FROM medium`.execute(tx);
  return rows.map(({ place }) => place);
}

/** The server's version as a number (150004) and its clock, which is not the one that tests set. */
export async function readServer(tx: Tx): Promise<{ version: string; number: number; now: Date }> {
  const { rows } = await sql<{ version: string; number: number; now: Date }>`
    SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
      clock_timestamp() AS now`.execute(tx);
  const server = rows[0];
  if (!server) throw new Error('the database did not say what it is');
  return server;
}

/** Facts that are told for more than ten minutes and not heard by all; needs a transaction that sees all workspaces. */
export const countLateFacts = (tx: Tx): Promise<number> =>
  count(
    tx,
    sql`SELECT count(id) AS n FROM fact WHERE handed_on_at IS NULL AND at < clock.now() - interval '10 minutes'`,
  );

/** Facts that have not been heard by all; needs a transaction that sees all workspaces. */
export const countWaitingFacts = (tx: Tx): Promise<number> =>
  count(tx, sql`SELECT count(id) AS n FROM fact WHERE handed_on_at IS NULL`);

export interface JobStanding {
  queue: string;
  waiting: number;
  /** Ran out of tries within a day. */
  failed: number;
}

/** How each queue of jobs stands; those with nothing in them are left out. */
export async function readJobStanding(tx: Tx): Promise<JobStanding[]> {
  const { rows } = await sql<JobStanding>`
    SELECT name AS queue, count(*) FILTER (WHERE state IN ('created', 'retry', 'active')) AS waiting,
      count(*) FILTER (WHERE state = 'failed' AND completed_on > clock.now() - interval '1 day') AS failed
    FROM pgboss.job WHERE state IN ('created', 'retry', 'active', 'failed') GROUP BY name`.execute(tx);
  return rows;
}

/** Deliveries by their state; needs a transaction that sees all workspaces. */
export async function countDeliveries(tx: Tx): Promise<{ state: string; n: number }[]> {
  const { rows } = await sql<{ state: string; n: number }>`
    SELECT state, count(id) AS n FROM delivery WHERE state <> 'published' OR updated_at > clock.now() - interval '1 day'
    GROUP BY state`.execute(tx);
  return rows;
}

/**
 * Seconds from due until the first byte went out, of the deliveries that became live after `since` and not after `until`
 * and went by the timetable: nothing told them to wait, and nobody had to let them go. At most ten thousand. Needs a
 * transaction that sees all workspaces.
 */
export async function listStartLateness(tx: Tx, since: Date, until: Date): Promise<number[]> {
  const { rows } = await sql<{ seconds: number }>`
    SELECT greatest(0, extract(epoch FROM first_send_at - due_at)) AS seconds FROM delivery
    WHERE state = 'published' AND published_at > ${since} AND published_at <= ${until} AND position = 0
      AND first_send_at IS NOT NULL AND let_go_at IS NULL AND NOT (not_before > due_at AND not_before <= first_send_at)
    LIMIT 10000`.execute(tx);
  return rows.map(({ seconds }) => seconds);
}

/**
 * Seconds from due until live, of the deliveries that became live after `since` and not after `until`; at most ten
 * thousand. Needs a transaction that sees all workspaces.
 */
export async function listLateness(tx: Tx, since: Date, until: Date): Promise<number[]> {
  const { rows } = await sql<{ seconds: number }>`
    SELECT greatest(0, extract(epoch FROM published_at - due_at)) AS seconds FROM delivery
    WHERE state = 'published' AND published_at > ${since} AND published_at <= ${until} LIMIT 10000`.execute(tx);
  return rows.map(({ seconds }) => seconds);
}
