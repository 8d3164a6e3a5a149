import type pg from 'pg';
import { StartRefusal } from './start-refusal.ts';

/** The roles of one installation, by name. */
export interface Roles {
  owner: string;
  app: string;
  across: string;
}

/** The owner may not make or grant roles; `sql` is what somebody who may must run once. */
export class RolesMissing extends StartRefusal {
  override name = 'RolesMissing';
  readonly sql: string;

  constructor(sql: string, appUrlGiven: boolean) {
    super(
      `The login of GOALPOST_DATABASE_URL may not make roles. Run this as an administrator of the server${
        appUrlGiven ? '' : ', set GOALPOST_APP_DATABASE_URL to the same address with the new login'
      }, then start again:\n\n${sql}\n`,
    );
    this.sql = sql;
  }
}

/** Names of the roles of a database: they are the server's, so they carry the database's name. */
export const rolesOf = (database: string, owner: string, appUrl?: string): Roles => ({
  owner,
  app: appUrl ? decodeURIComponent(new URL(appUrl).username) : `${database}_app`,
  across: `${database}_across`,
});

/** What `ensureRoles` must know. */
export interface EnsureOptions {
  database: string;
  roles: Roles;
  /** The password of the app's login. */
  appPassword: string;
  /** The operator made, or names, the app's login; a login of ours gets its password anew at each start. */
  appUrlGiven: boolean;
}

/**
 * Sees that the roles are there, each with what it needs and no more; makes what is missing. Repeatable.
 *
 * Throws `RolesMissing` where the owner may not make them, and `StartRefusal` when the app's login is one that no wall
 * would hold (a superuser, one that passes row-level security, or one that inherits).
 */
export async function ensureRoles(client: pg.Client, options: EnsureOptions): Promise<void> {
  const refused: string[] = [];
  for (const { sql } of listMissing(await findRoles(client, options), options)) {
    try {
      await client.query(sql);
    } catch (error) {
      if (!isRefused(error)) throw error;
      refused.push(sql);
    }
  }
  const found = await findRoles(client, options);
  if (found.app) assertHarmless(options.roles.app, found.app);
  // A grant without the right to it is only warned about, so what is still missing counts too.
  const left = listMissing(found, options).filter(({ sql, always }) => !always || refused.includes(sql));
  if (left.length === 0) return;
  throw new RolesMissing(left.map(({ shown }) => `${shown};`).join('\n'), options.appUrlGiven);
}

/** Not allowed, or about a role that an earlier statement was not allowed to make. */
const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '42501' || error.code === '42704');

interface FoundRole {
  rolsuper: boolean;
  rolbypassrls: boolean;
  rolinherit: boolean;
}

interface Found {
  app: FoundRole | undefined;
  across: FoundRole | undefined;
  isMember: boolean;
  mayConnect: boolean;
  ownerMayCreate: boolean;
}

async function findRoles(client: pg.Client, { database, roles }: EnsureOptions): Promise<Found> {
  const { rows } = await client.query<FoundRole & { rolname: string }>(
    'SELECT rolname, rolsuper, rolbypassrls, rolinherit FROM pg_roles WHERE rolname = ANY ($1)',
    [[roles.app, roles.across]],
  );
  const find = (name: string): FoundRole | undefined => rows.find(({ rolname }) => rolname === name);
  const [app, across] = [find(roles.app), find(roles.across)];
  const is = async (question: string, values: string[]): Promise<boolean> =>
    (await client.query<{ yes: boolean }>(`SELECT ${question} AS yes`, values)).rows[0]?.yes ?? false;
  return {
    app,
    across,
    isMember: app && across ? await is(`pg_has_role($1, $2, 'MEMBER')`, [roles.app, roles.across]) : false,
    mayConnect: app ? await is(`has_database_privilege($1, $2, 'CONNECT')`, [roles.app, database]) : false,
    ownerMayCreate: await is(`has_database_privilege($1, 'CREATE') AND has_schema_privilege('public', 'CREATE')`, [
      database,
    ]),
  };
}

interface Statement {
  sql: string;
  /** As an administrator is shown it: without a password. */
  shown: string;
  /** It is run whatever is found. */
  always: boolean;
}

function listMissing(found: Found, options: EnsureOptions): Statement[] {
  const [owner, app, across] = [options.roles.owner, options.roles.app, options.roles.across].map(quoted);
  const withPassword = (sql: string, always: boolean): Statement => ({
    sql: `${sql} PASSWORD '${options.appPassword.replaceAll("'", "''")}'`,
    shown: `${sql} PASSWORD 'choose one'`,
    always,
  });
  const plain = (sql: string): Statement => ({ sql, shown: sql, always: false });
  const database = quoted(options.database);
  return [
    ...(found.ownerMayCreate ? [] : [plain(`ALTER DATABASE ${database} OWNER TO ${owner}`)]),
    ...(found.across ? [] : [plain(`CREATE ROLE ${across} NOLOGIN`)]),
    ...(found.app ? [] : [withPassword(`CREATE ROLE ${app} LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS`, false)]),
    ...(found.app && !options.appUrlGiven ? [withPassword(`ALTER ROLE ${app}`, true)] : []),
    ...(found.isMember ? [] : [plain(`GRANT ${across} TO ${app}`)]),
    ...(found.mayConnect ? [] : [plain(`GRANT CONNECT ON DATABASE ${database} TO ${app}`)]),
  ];
}

function assertHarmless(name: string, role: FoundRole): void {
  const powers = [
    ...(role.rolsuper ? ['is a superuser'] : []),
    ...(role.rolbypassrls ? ['passes row-level security (BYPASSRLS)'] : []),
    ...(role.rolinherit ? ['inherits the rights of its roles'] : []),
  ];
  if (powers.length === 0) return;
  throw new StartRefusal(
    `The app's database login ${name} ${powers.join(' and ')}; no workspace would be kept apart from another. ` +
      `Run this as an administrator, then start again:\n\nALTER ROLE ${quoted(name)} NOSUPERUSER NOBYPASSRLS NOINHERIT;\n`,
  );
}

/** A name as SQL wants it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
