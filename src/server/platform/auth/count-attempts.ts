import { sql } from 'kysely';
import { refuse } from '../context/index.ts';
import type { Tx } from '../db/index.ts';

/** How many attempts fit, and how long a full bucket takes to be empty again. */
export interface AttemptLimit {
  attempts: number;
  perSeconds: number;
}

/** One bucket that an attempt falls into. */
export interface Bucket {
  key: string;
  limit: AttemptLimit;
}

/**
 * Counts one attempt in each bucket, or refuses with `too-many-attempts` and counts it in none. The buckets are rows,
 * so that every process shares them and no restart empties them; each leaks its limit in `perSeconds`. Give buckets in
 * one order everywhere: their rows are locked one after the other.
 */
export async function countAttempts(tx: Tx, buckets: readonly Bucket[]): Promise<void> {
  for (const { key, limit } of buckets) {
    const perAttempt = limit.perSeconds / limit.attempts;
    const { rows } = await sql<{ level: number }>`
      INSERT INTO auth.attempt AS known (key, level, at) VALUES (${key}, 1, clock.now())
      ON CONFLICT (key) DO UPDATE SET
        level = 1 + greatest(0, known.level - greatest(0, extract(epoch FROM clock.now() - known.at)) / ${perAttempt}::float8),
        at = greatest(known.at, clock.now())
      RETURNING level`.execute(tx);
    const level = rows[0]?.level ?? 0;
    // Rounding of fractions must not take the last attempt away.
    if (level <= limit.attempts + 1e-6) continue;
    // The transaction is given up, so that knocking on a closed door does not keep it closed.
    refuse('too-many-attempts', { params: { retryAfterSeconds: Math.ceil((level - limit.attempts) * perAttempt) } });
  }
}

/**
 * Takes back the attempts that turned out well; `wholly` also forgets the failures before. Give both in the order in
 * which they are counted.
 */
export async function forgiveAttempts(
  tx: Tx,
  { keys, wholly = [] }: { keys: readonly string[]; wholly?: readonly string[] },
): Promise<void> {
  // Row by row in the one order: any other order, and whoever counts meanwhile would wait in a ring.
  for (const key of keys) {
    if (wholly.includes(key)) await sql`DELETE FROM auth.attempt WHERE key = ${key}`.execute(tx);
    else await sql`UPDATE auth.attempt SET level = greatest(0, level - 1) WHERE key = ${key}`.execute(tx);
  }
  for (const key of wholly) if (!keys.includes(key)) await sql`DELETE FROM auth.attempt WHERE key = ${key}`.execute(tx);
}

/** Forgets buckets that have long leaked empty. */
export async function dropOldAttempts(tx: Tx): Promise<void> {
  await sql`DELETE FROM auth.attempt WHERE at < clock.now() - interval '1 day'`.execute(tx);
}
