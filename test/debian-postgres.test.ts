import { expect, it } from 'vitest';
import { useDatabase } from './database.ts';
import { hasDebianPostgres } from './servers/debian-postgres/index.ts';

const test = useDatabase();

it.runIf(hasDebianPostgres())("the tests that ask a database run on Debian's PostgreSQL 15 too", async () => {
  const { rows } = await test.database.pool.query<{ major: number }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS major`,
  );
  // This very file is run by both projects.
  expect([15, 18]).toContain(rows[0]?.major);
});
