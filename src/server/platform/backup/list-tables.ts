import type pg from 'pg';
import { listOwnTables } from '../db/index.ts';
import { leftOut, leftOutSchemas } from './left-out.ts';

/** A table whose rows a backup holds. */
export interface Table {
  /** With its schema: `public.post`. */
  name: string;
  columns: Column[];
}

export interface Column {
  name: string;
  /** As SQL writes it: `timestamp with time zone`, `text[]`. */
  type: string;
}

/**
 * Goalpost's tables in this database that a backup holds, with the columns that are stored rather than reckoned. Tables
 * that somebody else put into the database are not among them.
 */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const own = await listOwnTables();
  const { rows } = await client.query<{ table: string; column: string; type: string }>(
    `SELECT n.nspname || '.' || c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND n.nspname <> ALL ($1)
     ORDER BY n.nspname, c.relname, a.attnum`,
    [leftOutSchemas],
  );
  const held = rows.filter(({ table }) => own.has(table) && !(table in leftOut));
  return [...Map.groupBy(held, ({ table }) => table)].map(([name, columns]) => ({
    name,
    columns: columns.map(({ column, type }) => ({ name: column, type })),
  }));
}

/** A name with its schema as SQL wants it. */
export const quotedTable = (name: string): string => name.split('.').map(quotedName).join('.');

/** A name as SQL wants it. */
export const quotedName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** So that values are written the same way on every server: set before rows are read or written as text. */
export const plainText = `SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC';
  SET extra_float_digits = 3; SET bytea_output = 'hex'; SET lc_monetary = 'C'`;
