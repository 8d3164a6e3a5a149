import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { StartRefusal } from './start-refusal.ts';

const folder = path.join(import.meta.dirname, '../../../../migrations');

/** A migration that was applied has changed since, or the database knows one that this version does not. */
export class MigrationMismatch extends StartRefusal {
  override name = 'MigrationMismatch';
}

/** One step of the schema, with the names of the roles still to be put in. */
export interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * The migrations that a database still needs, in their order. Changes nothing.
 *
 * Throws `MigrationMismatch` when the database knows one that this version does not, or another of the same name.
 */
export async function findMissingMigrations(client: pg.Client): Promise<Migration[]> {
  const ours = await readMigrations();
  const { rowCount } = await client.query(`SELECT FROM pg_class WHERE oid = to_regclass('public.migration')`);
  if (rowCount === 0) return ours;
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM migration ORDER BY name',
  );
  const known = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  const unknown = [...known.keys()].filter((name) => !ours.some((migration) => migration.name === name));
  if (unknown.length > 0) {
    throw new MigrationMismatch(
      `The data was used by a newer version of Goalpost (it knows ${unknown.join(', ')}). ` +
        'Start that version, or restore a backup made with this one. Nothing was changed.',
    );
  }
  const changed = ours.find(({ name, checksum }) => known.has(name) && known.get(name) !== checksum);
  if (changed) throw new MigrationMismatch(`The migration ${changed.name} was changed after it was applied.`);
  return ours.filter(({ name }) => !known.has(name));
}

/** The name of the last migration that this version knows. */
export const lastMigration = (): string => {
  last ??= readdirSync(folder).filter(isMigration).sort().at(-1) ?? '';
  return last;
};
let last: string | undefined;
const isMigration = (name: string): boolean => name.endsWith('.sql');
/** Which of these steps are not among this version's, or are others there. */
export async function findUnfitMigrations(steps: readonly Pick<Migration, 'name' | 'checksum'>[]): Promise<string[]> {
  const ours = new Map((await readMigrations()).map(({ name, checksum }) => [name, checksum]));
  return steps.filter(({ name, checksum }) => ours.get(name) !== checksum).map(({ name }) => name);
}

/** Every table that a step of this version's makes, with its schema; those of the job engine it makes itself. */
export async function listOwnTables(): Promise<ReadonlySet<string>> {
  const steps = await readMigrations();
  const names = steps.flatMap(({ sql }) => [...sql.matchAll(madeTable)].map(([, name = '']) => name));
  return new Set(['migration', ...names].map((name) => (name.includes('.') ? name : `public.${name}`)));
}
const madeTable = /^\s*CREATE TABLE (?:IF NOT EXISTS )?((?:[a-z_]+\.)?[a-z_]+) *\(/gm;

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter(isMigration).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(folder, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
