import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useDatabase } from './database.ts';

const first = useDatabase();
const second = useDatabase();

const nameOf = (db: typeof first): Promise<string | undefined> =>
  db.database.outside(
    async (tx) => (await sql<{ name: string }>`SELECT current_database() AS name`.execute(tx)).rows[0]?.name,
  );

test('each use has a database of its own, opened by a login that owns nothing', async () => {
  expect(await nameOf(first)).not.toBe(await nameOf(second));
  const owned = await first.database.outside((tx) =>
    sql`SELECT FROM pg_class WHERE relowner = current_user::regrole`.execute(tx),
  );
  expect(owned.rows).toEqual([]);
});
