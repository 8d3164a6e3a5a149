import { sql } from 'kysely';
import type { Database } from '../db/index.ts';

/** An answer as it is kept. */
export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a key stands for: ours to run (`run` proves it when the answer is kept), or what is known of it. */
export type Claim =
  | { kind: 'run'; run: string }
  | { kind: 'running' }
  | { kind: 'reused' }
  | { kind: 'answered'; answer: KeptAnswer };

export interface KeyPlace {
  actor: string;
  key: string;
  hash: string;
}

interface Row {
  hash: string;
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
}

/** Takes a key for this call. A run without an answer counts as crashed after 60 seconds, an answer is kept 24 hours. */
export async function claimKey(db: Database, { actor, key, hash }: KeyPlace): Promise<Claim> {
  return db.outside(async (tx) => {
    const claimed = await sql<{ run: string }>`
      INSERT INTO idempotency AS i (actor, key, request_hash, created_at) VALUES (${actor}, ${key}, ${hash}, clock_timestamp())
      ON CONFLICT (actor, key) DO UPDATE
        SET request_hash = excluded.request_hash, created_at = excluded.created_at, status = NULL, headers = NULL, body = NULL
        WHERE i.created_at < now() - interval '24 hours'
           OR (i.status IS NULL AND i.request_hash = excluded.request_hash AND i.created_at < now() - interval '60 seconds')
      RETURNING created_at::text AS run`.execute(tx);
    const [mine] = claimed.rows;
    if (mine) return { kind: 'run', run: mine.run };
    const { rows } = await sql<Row>`
      SELECT request_hash AS hash, status, headers, body FROM idempotency WHERE actor = ${actor} AND key = ${key}`.execute(
      tx,
    );
    const [row] = rows;
    if (!row) return { kind: 'running' };
    if (row.hash !== hash) return { kind: 'reused' };
    if (row.status === null) return { kind: 'running' };
    return { kind: 'answered', answer: { status: row.status, headers: row.headers ?? {}, body: row.body ?? '' } };
  });
}

/** Keeps the answer of a run; nothing happens when another run has taken the key over meanwhile. */
export async function keepAnswer(db: Database, place: KeyPlace, run: string, answer: KeptAnswer): Promise<void> {
  await db.outside((tx) =>
    sql`
      UPDATE idempotency SET status = ${answer.status}, headers = ${JSON.stringify(answer.headers)}::jsonb, body = ${answer.body}
      WHERE actor = ${place.actor} AND key = ${place.key} AND created_at = ${run}::timestamptz AND status IS NULL`.execute(
      tx,
    ),
  );
}

/** Gives a key back after a run that failed on our side: the same call may be made again. */
export async function releaseKey(db: Database, place: KeyPlace, run: string): Promise<void> {
  await db.outside((tx) =>
    sql`
      DELETE FROM idempotency
      WHERE actor = ${place.actor} AND key = ${place.key} AND created_at = ${run}::timestamptz AND status IS NULL`.execute(
      tx,
    ),
  );
}

/** Forgets what is older than a day. */
export async function dropOldKeys(db: Database): Promise<void> {
  await db.outside((tx) => sql`DELETE FROM idempotency WHERE created_at < now() - interval '24 hours'`.execute(tx));
}
