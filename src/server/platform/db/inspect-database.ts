import pg from 'pg';
import { findMissingMigrations } from './find-migrations.ts';
import { type SealedColumn, sealedColumns } from './sealed-columns.ts';

/** What a database holds already. */
export interface Contents {
  /** A Goalpost was here before: its data may be sealed with a key that is not new. */
  prepared: boolean;
  /** Ids of the keys that stored credentials were sealed with. */
  sealedWith: string[];
  /** It was used by a version that takes up a changed key while it runs. */
  hasRoot: boolean;
}

/**
 * Looks into a database before anything is changed in it, as its owner.
 *
 * Throws `MigrationMismatch` when it was used by a newer version than this one.
 */
export async function inspectDatabase(ownerUrl: string): Promise<Contents> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const has = (table: string): Promise<boolean> => hasTable(client, table);
    await findMissingMigrations(client);
    const prepared = (await has('installation')) && (await client.query('SELECT FROM installation')).rowCount === 1;
    return { prepared, sealedWith: await findSealingKeys(client), hasRoot: await has('derivation_root') };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function hasTable(client: pg.Client, table: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_class WHERE oid = to_regclass($1)', [`public.${table}`]);
  return rowCount === 1;
}

/** Ids of the keys that stored values were sealed with, in the columns that are wanted. */
export async function findSealingKeys(
  client: pg.Client,
  isWanted: (at: SealedColumn) => boolean = () => true,
): Promise<string[]> {
  const ids = new Set<string>();
  for (const { table, column } of sealedColumns.filter(isWanted)) {
    if (!(await hasTable(client, table))) continue;
    const { rows } = await client.query<{ id: string }>(
      `SELECT DISTINCT split_part(${column}, '.', 2) AS id FROM ${table} WHERE ${column} IS NOT NULL`,
    );
    for (const { id } of rows) ids.add(id);
  }
  return [...ids];
}

/**
 * Disconnects the channels whose credentials were sealed with other keys than these; they must be connected again.
 * Mails that wait under such a key go too, and what browsers gave for notices. Returns how many channels there were.
 */
export async function forgetCredentials(ownerUrl: string, keyIds: readonly string[]): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `DELETE FROM connection WHERE credential IS NOT NULL AND NOT split_part(credential, '.', 2) = ANY ($1)`,
      [keyIds],
    );
    for (const table of ['outgoing_mail', 'push_key', 'push_device']) {
      await client
        .query(`DELETE FROM ${table} WHERE NOT split_part(sealed, '.', 2) = ANY ($1)`, [keyIds])
        .catch((error: unknown) => {
          // A database from before there was such a table.
          if (!(error instanceof Error && 'code' in error && error.code === '42P01')) throw error;
        });
    }
    return rowCount ?? 0;
  } finally {
    await client.end().catch(() => undefined);
  }
}
