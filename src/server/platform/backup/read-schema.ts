import type pg from 'pg';
import { findSealingKeys } from '../db/index.ts';
import { leftOut } from './left-out.ts';
import type { Head } from './manifest.ts';

/** The steps that a database's schema consists of, in their order; none when it has none. */
export async function readMigrationsOf(client: pg.Client): Promise<Head['migrations']> {
  const { rowCount } = await client.query(`SELECT FROM pg_class WHERE oid = to_regclass('public.migration')`);
  if (rowCount === 0) return [];
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM migration ORDER BY name',
  );
  return rows;
}

/** Ids of the keys that stored secrets were sealed with, without those of what a backup leaves out. */
export async function findSealedWith(client: pg.Client): Promise<string[]> {
  const ids = await findSealingKeys(client, ({ table }) => !(`public.${table}` in leftOut));
  return ids.sort();
}
