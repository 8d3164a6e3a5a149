import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

const folder = path.join(import.meta.dirname, '../../../../migrations');

export interface MigrateOptions {
  /** The owner's login: makes the roles and the tables, and is used for nothing else. */
  ownerUrl: string;
  /** Password the app's login shall have. Not needed when `appUrl` is given. */
  appPassword: string;
  /** A ready-made login of the app, for servers where the owner may not make roles. */
  appUrl?: string;
  onProgress?: (name: string) => void;
}

/** A migration that was applied has changed since, or the database knows one that this version does not. */
export class MigrationMismatch extends Error {
  override name = 'MigrationMismatch';
}

/** The owner may not make roles; `sql` is what somebody who may must run once. */
export class RolesMissing extends Error {
  override name = 'RolesMissing';
  sql: string;
  constructor(sql: string) {
    super(
      `The database login may not create roles. Run this as an administrator of the server, then start again:\n\n${sql}\n`,
    );
    this.sql = sql;
  }
}

export interface Roles {
  owner: string;
  app: string;
  across: string;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Names of the roles of a database: they are the server's, so they carry the database's name. */
const rolesOf = (database: string, owner: string, appUrl?: string): Roles => ({
  owner,
  app: appUrl ? decodeURIComponent(new URL(appUrl).username) : `${database}_app`,
  across: `${database}_across`,
});

/**
 * Brings the database to this version's schema, each migration in a transaction of its own and one process at a time,
 * and returns what was applied and the app's login. Forward only: throws `MigrationMismatch` on a database from a newer
 * version and changes nothing.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[]; appUrl: string; roles: Roles }> {
  const client = new pg.Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await client.query(`SET lock_timeout = '10s'`);
    const { rows } = await client.query<{ db: string; me: string }>(
      'SELECT current_database() AS db, current_user AS me',
    );
    const { db, me } = rows[0] ?? { db: '', me: '' };
    const roles = rolesOf(db, me, options.appUrl);
    await client.query(`SELECT pg_advisory_lock(hashtext('goalpost migrate'))`);
    await ensureRoles(client, db, roles, options);
    const applied = await applyMissing(client, roles, options.onProgress);
    await client.query(
      `INSERT INTO installation (history) SELECT system_identifier::text || ':' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) FROM pg_control_system() ON CONFLICT DO NOTHING`,
    );
    return { applied, appUrl: options.appUrl ?? appUrlOf(options, roles), roles };
  } finally {
    await client.end();
  }
}

function appUrlOf(options: MigrateOptions, roles: Roles): string {
  const url = new URL(options.ownerUrl);
  url.username = encodeURIComponent(roles.app);
  url.password = encodeURIComponent(options.appPassword);
  return url.toString();
}

async function ensureRoles(client: pg.Client, db: string, roles: Roles, options: MigrateOptions): Promise<void> {
  const app = quoted(roles.app);
  const across = quoted(roles.across);
  const existing = await client.query<{ rolname: string; rolsuper: boolean; rolbypassrls: boolean }>(
    'SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ANY($1)',
    [[roles.app, roles.across]],
  );
  const has = (name: string) => existing.rows.some((r) => r.rolname === name);
  const password = options.appUrl ? null : `'${options.appPassword.replaceAll("'", "''")}'`;
  const statements = [
    ...(has(roles.across) ? [] : [`CREATE ROLE ${across} NOLOGIN`]),
    ...(has(roles.app)
      ? password
        ? [`ALTER ROLE ${app} PASSWORD ${password}`]
        : []
      : [`CREATE ROLE ${app} LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS PASSWORD ${password ?? "'choose one'"}`]),
    `GRANT ${across} TO ${app}`,
    ...(roles.owner === roles.across ? [] : [`GRANT ${across} TO ${quoted(roles.owner)}`]),
    `GRANT CONNECT, TEMPORARY ON DATABASE ${quoted(db)} TO ${app}`,
  ];
  try {
    for (const statement of statements) await client.query(statement);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    const complete = has(roles.app) && has(roles.across) && options.appUrl;
    if (!complete) throw new RolesMissing(`${statements.join(';\n').replace(password ?? ' ', "'choose a password'")};`);
  }
}

async function applyMissing(client: pg.Client, roles: Roles, onProgress?: (name: string) => void): Promise<string[]> {
  await client.query(
    'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  const known = new Map(
    (await client.query<{ name: string; checksum: string }>('SELECT name, checksum FROM migration')).rows.map((r) => [
      r.name,
      r.checksum,
    ]),
  );
  const files = (await readdir(folder)).filter((f) => f.endsWith('.sql')).sort();
  const unknown = [...known.keys()].filter((name) => !files.includes(name));
  if (unknown.length > 0) {
    throw new MigrationMismatch(
      `The database was used by a newer version of Goalpost (it knows ${unknown.join(', ')}). Start that version, or restore a backup made with this one.`,
    );
  }
  const applied: string[] = [];
  for (const name of files) {
    const sql = await readFile(path.join(folder, name), 'utf8');
    const checksum = createHash('sha256').update(sql).digest('hex');
    const before = known.get(name);
    if (before === checksum) continue;
    if (before) throw new MigrationMismatch(`The migration ${name} was changed after it was applied.`);
    onProgress?.(name);
    await client.query('BEGIN');
    try {
      await client.query(
        sql
          .replaceAll('{{app}}', quoted(roles.app))
          .replaceAll('{{across}}', quoted(roles.across))
          .replaceAll('{{owner}}', quoted(roles.owner)),
      );
      await client.query('INSERT INTO migration (name, checksum) VALUES ($1, $2)', [name, checksum]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
    }
    applied.push(name);
  }
  return applied;
}
