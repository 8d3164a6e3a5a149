import pg from 'pg';
import { ensureRoles, quoted, type Roles, rolesOf } from './ensure-roles.ts';
import { findMissingMigrations, lastMigration, type Migration } from './find-migrations.ts';
import { readHistory } from './read-history.ts';
import { StartRefusal } from './start-refusal.ts';

/** How long another Goalpost that is migrating the same database is waited for. */
const TURN_PATIENCE = '60s';

export interface MigrateOptions {
  /** The owner's login: makes the roles and the tables, and is used for nothing else. */
  ownerUrl: string;
  /** Password the app's login shall have. Not needed when `appUrl` is given. */
  appPassword: string;
  /** A ready-made login of the app, for servers where the owner may not make roles. */
  appUrl?: string;
  onProgress?: (name: string) => void;
  /** Only the steps of these names, for a schema as it once was; all of them when absent. */
  only?: ReadonlySet<string>;
  /** How long a step waits for what others are using before it gives up and leaves everything as it was; 10 s. */
  lockTimeoutMs?: number;
}

/**
 * Brings the database to this version's schema, each migration in a transaction of its own and one process at a time,
 * and returns what was applied and the app's login. Forward only. Killed at any moment, the next call finishes.
 *
 * Throws `StartRefusal`: as `MigrationMismatch` on a database from a newer version (nothing is changed), as
 * `RolesMissing` where roles are missing that the owner may not make.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[]; appUrl: string; roles: Roles }> {
  const client = new pg.Client({ connectionString: options.ownerUrl });
  // A server that ends between two statements fails the next one; it must not end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ db: string; me: string }>(
      'SELECT current_database() AS db, current_user AS me',
    );
    const { db, me } = rows[0] ?? { db: '', me: '' };
    const roles = rolesOf(db, me, options.appUrl);
    await takeTurn(client);
    await client.query(`SET lock_timeout = ${options.lockTimeoutMs ?? 10_000}`);
    const missing = (await findMissingMigrations(client)).filter(({ name }) => options.only?.has(name) ?? true);
    const { appUrl } = options;
    const appPassword = appUrl ? decodeURIComponent(new URL(appUrl).password) : options.appPassword;
    await ensureRoles(client, { database: db, roles, appPassword, appUrlGiven: appUrl !== undefined });
    await apply(client, missing, roles, options.onProgress);
    const history = await readHistory((text) => client.query(text));
    await client.query('INSERT INTO installation (history) VALUES ($1) ON CONFLICT DO NOTHING', [history ?? '-:-']);
    // An earlier schema, as a backup has it, may not know the column yet.
    if (options.only === undefined)
      await client.query('UPDATE installation SET schema_step = $1 WHERE schema_step IS DISTINCT FROM $1', [
        lastMigration(),
      ]);
    return { applied: missing.map(({ name }) => name), appUrl: appUrl ?? appUrlOf(options, roles), roles };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * What `look` sees of the schema that steps of these names make, in a transaction that is taken back; `clear` takes out of
 * it what is in the way. The roles are made when they are missing, for the steps name them.
 */
export async function rehearseSchema<T>(
  client: pg.Client,
  { appUrl, appPassword, only }: Pick<MigrateOptions, 'appUrl' | 'appPassword'> & { only: ReadonlySet<string> },
  { clear, look }: { clear: () => Promise<void>; look: () => Promise<T> },
): Promise<T> {
  const { rows } = await client.query<{ db: string; me: string }>(
    'SELECT current_database() AS db, current_user AS me',
  );
  const { db, me } = rows[0] ?? { db: '', me: '' };
  const roles = rolesOf(db, me, appUrl);
  const password = appUrl ? decodeURIComponent(new URL(appUrl).password) : appPassword;
  await ensureRoles(client, { database: db, roles, appPassword: password, appUrlGiven: appUrl !== undefined });
  await client.query('BEGIN');
  try {
    await clear();
    for (const { name, sql } of await findMissingMigrations(client))
      if (only.has(name)) await client.query(withNames(sql, roles));
    return await look();
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
  }
}

const withNames = (sql: string, { app, across, owner }: Roles): string =>
  sql
    .replaceAll('{{app}}', quoted(app))
    .replaceAll('{{across}}', quoted(across))
    .replaceAll('{{owner}}', quoted(owner));

function appUrlOf(options: MigrateOptions, roles: Roles): string {
  const url = new URL(options.ownerUrl);
  url.username = encodeURIComponent(roles.app);
  url.password = encodeURIComponent(options.appPassword);
  return url.toString();
}

async function takeTurn(client: pg.Client): Promise<void> {
  await client.query(`SET lock_timeout = '${TURN_PATIENCE}'`);
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('goalpost migrate'))`);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '55P03')) throw error;
    throw new StartRefusal(
      'Another Goalpost has been preparing this database for a minute. Start again when it has ended.',
    );
  }
}

async function apply(
  client: pg.Client,
  missing: readonly Migration[],
  roles: Roles,
  onProgress?: (name: string) => void,
): Promise<void> {
  await client.query(
    'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  );
  for (const { name, sql, checksum } of missing) {
    onProgress?.(name);
    await client.query('BEGIN');
    try {
      await client.query(withNames(sql, roles));
      await client.query('INSERT INTO migration (name, checksum) VALUES ($1, $2)', [name, checksum]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }
}
