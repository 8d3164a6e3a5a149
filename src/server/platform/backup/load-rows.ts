import type pg from 'pg';
import { listTables, quotedName, quotedTable, type Table } from './list-tables.ts';

/** Rows of one statement. */
const AT_ONCE = 500;

/**
 * Makes the tables of the caller's transaction ready to be filled in any order: references and our own triggers wait
 * until `finish`, which puts them back and with it holds every row against every reference. What the schema's steps put in
 * by themselves is taken out first.
 */
export async function openForLoading(
  client: pg.Client,
): Promise<{ tables: readonly Table[]; finish: () => Promise<void> }> {
  const tables = await listTables(client);
  const { rows: references } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT n.nspname || '.' || c.relname AS table, r.conname AS name, pg_get_constraintdef(r.oid) AS definition
     FROM pg_constraint r JOIN pg_class c ON c.oid = r.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE r.contype = 'f' AND n.nspname || '.' || c.relname = ANY ($1) ORDER BY 1, 2`,
    [tables.map(({ name }) => name)],
  );
  for (const { table, name } of references)
    await client.query(`ALTER TABLE ${quotedTable(table)} DROP CONSTRAINT ${quotedName(name)}`);
  for (const { name } of tables) await client.query(`ALTER TABLE ${quotedTable(name)} DISABLE TRIGGER USER`);
  for (const { name } of tables) await client.query(`DELETE FROM ${quotedTable(name)}`);
  return {
    tables,
    async finish() {
      for (const { table, name, definition } of references)
        await client.query(`ALTER TABLE ${quotedTable(table)} ADD CONSTRAINT ${quotedName(name)} ${definition}`);
      for (const { name } of tables) await client.query(`ALTER TABLE ${quotedTable(name)} ENABLE TRIGGER USER`);
    },
  };
}

/** Writes rows that stand as lines of JSON, each an array of texts in the order of the columns. */
export async function loadRows(client: pg.Client, { name, columns }: Table, lines: readonly string[]): Promise<void> {
  const names = columns.map((column) => quotedName(column.name));
  const values = columns.map(({ type }, at) => `v${at}::${type}`).join(', ');
  const given = columns.map((_, at) => `$${at + 1}::text[]`).join(', ');
  const aliases = columns.map((_, at) => `v${at}`).join(', ');
  const statement = `INSERT INTO ${quotedTable(name)} (${names.join(', ')}) OVERRIDING SYSTEM VALUE
    SELECT ${values} FROM unnest(${given}) AS held (${aliases})`;
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    const rows = lines.slice(from, from + AT_ONCE).map((line) => JSON.parse(line) as (string | null)[]);
    await client.query(
      statement,
      columns.map((_, at) => rows.map((row) => row[at] ?? null)),
    );
  }
}
