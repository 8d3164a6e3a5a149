import pg from 'pg';
import { findMissingMigrations } from './find-migrations.ts';

/** How many steps the database's schema lacks. Throws `MigrationMismatch` when it is from a newer version. */
export async function countMissingMigrations(ownerUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await findMissingMigrations(client)).length;
  } finally {
    await client.end().catch(() => undefined);
  }
}
