import pg from 'pg';
import { listOwnTables, StartRefusal } from '../db/index.ts';
import { leftOutSchemas } from './left-out.ts';
import { quotedName } from './list-tables.ts';

/** Schemas that only Goalpost makes. */
const ours = ['house', 'clock', 'auth', 'pgboss'];

/** What a database holds of Goalpost's, as far as a restore must know. */
export type Filling = 'none' | 'empty' | 'filled';

/**
 * What a database holds that no Goalpost uses just now; see `assertNobodyWorks` for `appLogin`.
 */
export async function inspectFilling(ownerUrl: string, appLogin: string | null): Promise<Filling> {
  const client = new pg.Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await assertNobodyWorks(client, appLogin);
    await findWhatGoes(client);
    return await findFilling(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** `none`: no schema. `empty`: a schema in which nobody has an account yet. */
export async function findFilling(client: pg.Client): Promise<Filling> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('public.person') IS NOT NULL AND to_regclass('public.workspace') IS NOT NULL AS there`,
  );
  if (!rows[0]?.there) return 'none';
  const { rows: found } = await client.query<{ filled: boolean }>(
    'SELECT EXISTS (SELECT FROM person) OR EXISTS (SELECT FROM workspace) AS filled',
  );
  return found[0]?.filled ? 'filled' : 'empty';
}

/**
 * Throws `StartRefusal` while a Goalpost uses the database, which is seen by connections of the app's login: `appLogin`
 * where it was given, or the one Goalpost makes itself.
 */
async function assertNobodyWorks(client: pg.Client, appLogin: string | null): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND usename = coalesce($1, current_database() || '_app')`,
    [appLogin],
  );
  if ((rows[0]?.count ?? 0) > 0)
    throw new StartRefusal('A Goalpost is running on this database. Stop it first; nothing was changed.');
}

/**
 * Goalpost's tables outside of its own schemas. Throws `StartRefusal` when clearing would take what is not Goalpost's: the
 * tables of another program that has the same names, or some that were put into Goalpost's schemas.
 */
async function findWhatGoes(client: pg.Client): Promise<string[]> {
  const own = await listOwnTables();
  const { rows } = await client.query<{ schema: string; table: string }>(
    `SELECT n.nspname AS schema, c.relname AS table FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($1) ORDER BY 1, 2`,
    [['public', ...ours]],
  );
  const going = rows.filter(({ schema, table }) => schema !== 'public' || own.has(`${schema}.${table}`));
  const made = await isGoalposts(client);
  const strange = going.filter(
    ({ schema, table }) => !made || (!own.has(`${schema}.${table}`) && !leftOutSchemas.includes(schema)),
  );
  if (strange.length > 0)
    throw new StartRefusal(
      `This database holds tables that are not Goalpost's and would be lost: ${strange
        .slice(0, 5)
        .map(({ schema, table }) => `${schema}.${table}`)
        .join(', ')}${strange.length > 5 ? ' and more' : ''}. Name a database of its own. Nothing was changed.`,
    );
  return going.flatMap(({ schema, table }) => (schema === 'public' ? [table] : []));
}

/** Whether its tables were made by Goalpost's own steps, of which the first may still be missing. */
async function isGoalposts(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.migration') AND attname IN ('name', 'checksum')`,
  );
  if (rowCount !== 2) return false;
  const { rows } = await client.query<{ made: boolean }>(
    `SELECT count(*) = 0 OR bool_or(name = '0001-foundation.sql') AS made FROM migration`,
  );
  return rows[0]?.made ?? false;
}

/**
 * Drops everything of Goalpost's in the database, in the caller's transaction; its roles stay, and so does what others keep
 * there.
 */
export async function dropOwn(client: pg.Client): Promise<void> {
  const tables = await findWhatGoes(client);
  for (const schema of ours) await client.query(`DROP SCHEMA IF EXISTS ${quotedName(schema)} CASCADE`);
  for (const table of tables) await client.query(`DROP TABLE IF EXISTS public.${quotedName(table)} CASCADE`);
}

/** The same in a transaction of its own. */
export async function clearDatabase(client: pg.Client): Promise<void> {
  await client.query('BEGIN');
  try {
    await dropOwn(client);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
