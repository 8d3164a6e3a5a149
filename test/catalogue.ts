import type pg from 'pg';

/** The three roles, by name. */
export interface CatalogueRoles {
  owner: string;
  app: string;
  across: string;
}

/** Tables in `public` that belong to no workspace. A new one is either a workspace's, or named here on purpose. */
const ofTheInstallation = [
  'backup_standing',
  'derivation_root',
  'detector_pulse',
  'idempotency',
  'installation',
  'limit_bucket',
  'media_place',
  'migration',
  'notice_choice',
  'outgoing_mail',
  'person',
  'push_device',
  'push_key',
  'worker_pulse',
];

/** What tables of the installation may refer to: people and their sessions are of no workspace either. */
const peoples = ['person.id', 'session.id'];

/** Directory tables: found by another key before the workspace is known. The value: their keys that may be so. */
const directories: Record<string, string[]> = {
  directory_api_key: ['secret_hash'],
  directory_invitation: ['token_hash'],
  directory_membership: ['person_id,workspace_id'],
  directory_page: ['address'],
  directory_reconnect_link: ['token_hash'],
};
/** Directories that only *across* may touch, and which therefore need no isolation for the app. */
const acrossOnly = ['directory_membership'];

const systemSchemas = `('pg_catalog', 'information_schema', 'pg_toast')`;

/**
 * Everything in the database's catalogue that would let one workspace see or reach another, in words. Empty is right.
 * `client` is the owner's connection.
 */
export async function findCatalogueBreaches(client: pg.Client, roles: CatalogueRoles): Promise<string[]> {
  const checks = [findTables, findPolicies, findKeys, findRoleBreaches, findOwned, findCode, findGrants];
  const found: string[] = [];
  for (const check of checks) found.push(...(await check(client, roles)));
  return found;
}

interface TableRow {
  name: string;
  enabled: boolean;
  forced: boolean;
  owned: boolean;
}

async function findTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<TableRow>(`
    SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
      c.relname = 'workspace' OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
      ) AS owned
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`);
  return rows.flatMap(({ name, enabled, forced, owned }) => {
    if (!owned)
      return ofTheInstallation.includes(name) ? [] : [`${name} belongs to no workspace and is not on the list`];
    if (acrossOnly.includes(name)) return [];
    return [
      ...(enabled ? [] : [`${name} has no row-level security`]),
      ...(forced ? [] : [`${name} does not force it`]),
    ];
  });
}

async function findPolicies(client: pg.Client, roles: CatalogueRoles): Promise<string[]> {
  const { rows } = await client.query<{ table: string; name: string; roles: string[]; qual: string; check: string }>(`
    SELECT tablename AS table, policyname AS name, roles::text[] AS roles, qual, with_check AS check
    FROM pg_policies WHERE schemaname = 'public'`);
  const found: string[] = [];
  for (const { table, name, roles: to, qual, check } of rows) {
    const key = table === 'workspace' ? 'id' : 'workspace_id';
    const wanted = to.includes(roles.app) ? `(${key} = house.workspace())` : 'true';
    const known = to.length === 1 && [roles.app, roles.owner, roles.across].includes(to[0] ?? '');
    if (!known) found.push(`policy ${name} of ${table} is for ${to.join(', ')}`);
    if (qual !== wanted) found.push(`policy ${name} of ${table} shows rows by ${qual}`);
    if (check !== wanted) found.push(`policy ${name} of ${table} admits rows by ${check}`);
  }
  const { rows: guarded } = await client.query<{ name: string }>(`
    SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity`);
  for (const { name } of guarded) {
    const forApp = rows.filter((row) => row.table === name && row.roles.includes(roles.app));
    if (forApp.length !== 1) found.push(`${name} has ${forApp.length} policies for the app`);
  }
  return found;
}

async function findKeys(client: pg.Client): Promise<string[]> {
  const { rows: indexes } = await client.query<{ table: string; name: string; columns: string[] }>(`
    SELECT t.relname AS table, i.relname AS name,
      ARRAY(SELECT pg_get_indexdef(x.indexrelid, k, true) FROM generate_series(1, x.indnkeyatts) k) AS columns
    FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    WHERE t.relnamespace = 'public'::regnamespace AND x.indisunique
      AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped)`);
  const { rows: foreign } = await client.query<{ table: string; name: string; first: string; there: string }>(`
    SELECT t.relname AS table, k.conname AS name, a.attname AS first, r.relname || '.' || b.attname AS there
    FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
    WHERE k.contype = 'f' AND t.relnamespace = 'public'::regnamespace`);
  return [
    ...indexes
      .filter(({ table, columns }) => columns[0] !== 'workspace_id' && !directories[table]?.includes(columns.join(',')))
      .map(({ table, name }) => `the key ${name} of ${table} does not begin with the workspace`),
    ...foreign
      .filter(({ table, there }) => !ofTheInstallation.includes(table) || !peoples.includes(there))
      .filter(({ first, there }) => first !== 'workspace_id' || !/^workspace\.id$|\.workspace_id$/.test(there))
      .map(({ table, name }) => `the reference ${name} of ${table} does not begin with the workspace on both sides`),
  ];
}

async function findRoleBreaches(client: pg.Client, roles: CatalogueRoles): Promise<string[]> {
  const { rows } = await client.query<Record<string, boolean> & { name: string }>(
    `SELECT rolname AS name, rolsuper, rolbypassrls, rolinherit, rolcanlogin, rolcreaterole, rolcreatedb, rolreplication
     FROM pg_roles WHERE rolname = ANY ($1)`,
    [[roles.app, roles.across]],
  );
  const found: string[] = [];
  for (const role of rows) {
    for (const power of ['rolsuper', 'rolbypassrls', 'rolcreaterole', 'rolcreatedb', 'rolreplication'])
      if (role[power]) found.push(`${role.name} has ${power}`);
    if (role.name === roles.app && role['rolinherit']) found.push(`${role.name} inherits`);
    if (role.name === roles.across && role['rolcanlogin']) found.push(`${role.name} may log in`);
  }
  const { rows: memberships } = await client.query<{ member: string; of: string }>(
    `SELECT m.rolname AS member, r.rolname AS of FROM pg_auth_members a
     JOIN pg_roles m ON m.oid = a.member JOIN pg_roles r ON r.oid = a.roleid WHERE m.rolname = ANY ($1)`,
    [[roles.app, roles.across]],
  );
  for (const { member, of } of memberships)
    if (member !== roles.app || of !== roles.across) found.push(`${member} is a member of ${of}`);
  return found;
}

async function findOwned(client: pg.Client, roles: CatalogueRoles): Promise<string[]> {
  const { rows } = await client.query<{ what: string; owner: string }>(
    `SELECT what, pg_get_userbyid(owner) AS owner FROM (
       SELECT relname::text AS what, relowner AS owner FROM pg_class
       UNION ALL SELECT proname::text, proowner FROM pg_proc
       UNION ALL SELECT nspname::text, nspowner FROM pg_namespace
       UNION ALL SELECT typname::text, typowner FROM pg_type
       UNION ALL SELECT datname::text, datdba FROM pg_database WHERE datname = current_database()
     ) owned WHERE pg_get_userbyid(owner) = ANY ($1)`,
    [[roles.app, roles.across]],
  );
  const found = rows.map(({ what, owner }) => `${owner} owns ${what}`);
  const { rows: schemas } = await client.query<{ name: string; role: string }>(
    `SELECT n.nspname AS name, r.rolname AS role FROM pg_namespace n, pg_roles r
     WHERE r.rolname = ANY ($1) AND n.nspname NOT LIKE 'pg_temp%' AND has_schema_privilege(r.oid, n.oid, 'CREATE')`,
    [[roles.app, roles.across]],
  );
  return [...found, ...schemas.map(({ name, role }) => `${role} may create in ${name}`)];
}

async function findCode(client: pg.Client, roles: CatalogueRoles): Promise<string[]> {
  const { rows: functions } = await client.query<{ name: string }>(`
    SELECT n.nspname || '.' || p.proname AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE p.prosecdef AND n.nspname NOT IN ${systemSchemas}`);
  const { rows: views } = await client.query<{ name: string }>(`
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE (c.relkind = 'v' AND NOT coalesce(c.reloptions @> '{security_invoker=true}', false) OR c.relkind = 'm')
      AND n.nspname NOT IN ${systemSchemas}`);
  const { rows: building } = await client.query<{ name: string }>(
    `SELECT p.proname AS name FROM pg_proc p
     WHERE p.pronamespace = 'house'::regnamespace AND p.proname <> 'workspace'
       AND (has_function_privilege($1, p.oid, 'EXECUTE') OR has_function_privilege($2, p.oid, 'EXECUTE'))`,
    [roles.app, roles.across],
  );
  return [
    ...functions.map(({ name }) => `${name} is SECURITY DEFINER`),
    ...views.map(({ name }) => `the view ${name} sees as its owner does`),
    ...building.map(({ name }) => `house.${name} may be called at run time`),
  ];
}

async function findGrants(client: pg.Client, roles: CatalogueRoles): Promise<string[]> {
  const { rows } = await client.query<{ table: string; what: string }>(
    `SELECT c.relname AS table, a.privilege_type AS what FROM pg_class c, aclexplode(c.relacl) a
     WHERE c.relnamespace = 'public'::regnamespace AND a.grantee <> 0 AND pg_get_userbyid(a.grantee) = $1
       AND a.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`,
    [roles.app],
  );
  const { rows: open } = await client.query<{ table: string }>(`
    SELECT DISTINCT c.relname AS table FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname IN ${systemSchemas}) AND a.grantee = 0`);
  const { rows: hidden } = await client.query<{ table: string }>(
    `SELECT relname AS table FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relname = ANY ($2)
       AND has_any_column_privilege($1, oid, 'SELECT, INSERT, UPDATE') `,
    [roles.app, ['migration', ...acrossOnly]],
  );
  return [
    ...rows.map(({ table, what }) => `the app may ${what} ${table}`),
    ...open.map(({ table }) => `everybody may use ${table}`),
    ...hidden.map(({ table }) => `the app may reach ${table}`),
  ];
}

/** What *across* may do outside the job engine's tables: table → rights, each with its column (`*`: the whole table). */
export async function listAcrossGrants(client: pg.Client, across: string): Promise<Record<string, string[]>> {
  const { rows } = await client.query<{ table: string; grant: string }>(
    `SELECT table_name AS table, privilege_type || ' *' AS grant FROM information_schema.role_table_grants
     WHERE grantee = $1 AND table_schema <> 'pgboss'
     UNION ALL
     SELECT c.relname, a.privilege_type || ' ' || t.attname FROM pg_attribute t
     JOIN pg_class c ON c.oid = t.attrelid, aclexplode(t.attacl) a WHERE pg_get_userbyid(a.grantee) = $1
     ORDER BY 1, 2`,
    [across],
  );
  const grants: Record<string, string[]> = {};
  for (const { table, grant } of rows) grants[table] = [...(grants[table] ?? []), grant];
  return grants;
}
