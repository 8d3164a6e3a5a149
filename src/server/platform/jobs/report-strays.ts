import type { PgBoss } from 'pg-boss';
import type { Database } from '../db/index.ts';
import type { Log } from '../log/index.ts';

/**
 * Says which jobs wait that nobody will run, because no definition has their name, and takes such names off the
 * timetable: they belong to a version that was here before. The jobs themselves stay.
 */
export async function reportStrays(options: {
  boss: PgBoss;
  pool: Database['pool'];
  log: Log;
  known: ReadonlyMap<string, unknown>;
}): Promise<void> {
  const { boss, pool, log, known } = options;
  const names = [...known.keys()];
  const { rows } = await pool.query<{ name: string; count: number }>(
    `SELECT name, count(*)::int AS count FROM pgboss.job
     WHERE state IN ('created', 'retry', 'active') AND name <> ALL ($1) AND name NOT LIKE '\\_\\_pgboss%' GROUP BY name`,
    [names],
  );
  for (const { name, count } of rows) log.warn({ queue: name, count }, 'jobs wait that nothing here runs');
  for (const { name } of await boss.getSchedules()) {
    if (known.has(name)) continue;
    await boss.unschedule(name);
    log.info({ queue: name }, 'a job of another version is no longer run by itself');
  }
}
