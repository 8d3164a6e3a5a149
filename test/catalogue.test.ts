import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CatalogueRoles, findCatalogueBreaches, listAcrossGrants } from './catalogue.ts';
import { useDatabase } from './database.ts';

const test = useDatabase();
let owner: pg.Client;
let app: pg.Client;
let roles: CatalogueRoles;

beforeAll(async () => {
  const user = (url: string) => decodeURIComponent(new URL(url).username);
  roles = { owner: user(test.ownerUrl), app: user(test.appUrl), across: test.acrossRole };
  owner = new pg.Client({ connectionString: test.ownerUrl });
  app = new pg.Client({ connectionString: test.appUrl });
  await Promise.all([owner.connect(), app.connect()]);
});
afterAll(() => Promise.all([owner.end(), app.end()]));

describe('the catalogue', () => {
  it('lets no workspace reach another', async () => {
    expect(await findCatalogueBreaches(owner, roles)).toEqual([]);
  });

  it('lets the statements that see all workspaces touch these columns and no others', async () => {
    const all = (...rights: string[]) => rights.map((right) => `${right} *`);
    const on = (right: string, columns: string) => columns.split(' ').map((column) => `${right} ${column}`);
    expect(await listAcrossGrants(owner, roles.across)).toEqual({
      channel: on('SELECT', 'archived_at id network workspace_id'),
      connection: on('SELECT', 'channel_id limit_account refused_at renew_at server state workspace_id'),
      delivery: [
        ...on(
          'SELECT',
          'channel_id due_at fence first_send_at group_id held_reason id lease_until let_go_at network next_look_at not_before position published_at state told_at updated_at waits workspace_id',
        ),
        ...on('UPDATE', 'fence held_reason lease_until looks next_look_at not_before state told_at updated_at'),
      ],
      detector_pulse: all('SELECT', 'UPDATE'),
      directory_api_key: on('SELECT', 'key_id secret_hash workspace_id'),
      directory_invitation: on('SELECT', 'invitation_id token_hash workspace_id'),
      directory_membership: all('DELETE', 'INSERT', 'SELECT'),
      directory_page: on('SELECT', 'address page_id workspace_id'),
      directory_reconnect_link: on('SELECT', 'reconnect_link_id token_hash workspace_id'),
      fact: [
        ...on('INSERT', 'id kind payload workspace_id'),
        ...on('SELECT', 'at handed_on_at id kind next_try_at payload tries workspace_id'),
        ...on('UPDATE', 'handed_on_at next_try_at tries'),
      ],
      fetch_plan: on('SELECT', 'channel_id next_at workspace_id'),
      hold: on('SELECT', 'channel_id id lifted_at workspace_id'),
      installation: all('SELECT', 'UPDATE'),
      limit_bucket: all('DELETE', 'INSERT', 'SELECT', 'UPDATE'),
      notice: [
        ...on('SELECT', 'id mail_due_at person_id push_due_at workspace_id'),
        ...on('UPDATE', 'mail_due_at mailed_at push_due_at pushed_at'),
      ],
      publishing_day: on('SELECT', 'on_day workspace_id'),
      publishing_stall: on('SELECT', 'began_at ended_at workspace_id'),
      reading: on('SELECT', 'fetched_at workspace_id'),
      send_upload: on('SELECT', 'touched_at workspace_id'),
      upload: on('SELECT', 'medium_id offset_bytes size_bytes touched_at workspace_id'),
      workspace: on('SELECT', 'grace_minutes id language zone'),
    });
  });

  // Each of these is a mistake that a migration could make.
  it.each([
    [
      'CREATE TABLE leak (workspace_id uuid NOT NULL, id uuid, PRIMARY KEY (workspace_id, id))',
      'no row-level security',
    ],
    ['ALTER TABLE goal NO FORCE ROW LEVEL SECURITY', 'goal does not force it'],
    ['CREATE TABLE leak (id uuid PRIMARY KEY)', 'belongs to no workspace'],
    ['DROP POLICY workspace ON goal', 'goal has 0 policies for the app'],
    ['CREATE POLICY more ON goal TO {{app}} USING (true)', 'policy more of goal shows rows by true'],
    ['CREATE POLICY more ON goal USING (true) WITH CHECK (true)', 'policy more of goal is for public'],
    ['ALTER POLICY workspace ON goal WITH CHECK (true)', 'policy workspace of goal admits rows by true'],
    ['CREATE UNIQUE INDEX leak ON goal (id)', 'the key leak of goal'],
    ['ALTER TABLE goal ADD COLUMN other uuid REFERENCES workspace (id)', 'the reference goal_other_fkey of goal'],
    [`CREATE FUNCTION leak() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`, 'leak is SECURITY DEFINER'],
    ['CREATE VIEW leak AS SELECT * FROM goal', 'the view leak sees as its owner does'],
    ['CREATE MATERIALIZED VIEW leak AS SELECT * FROM goal', 'the view leak sees as its owner does'],
    ['GRANT EXECUTE ON FUNCTION house.guard TO {{app}}', 'house.guard may be called'],
    ['GRANT TRUNCATE ON goal TO {{app}}', 'the app may TRUNCATE goal'],
    ['GRANT SELECT ON goal TO PUBLIC', 'everybody may use goal'],
    ['GRANT SELECT ON directory_membership TO {{app}}', 'the app may reach directory_membership'],
    ['GRANT CREATE ON SCHEMA auth TO {{app}}', 'may create in auth'],
    ['ALTER ROLE {{app}} INHERIT', 'inherits'],
    ['ALTER ROLE {{across}} LOGIN', 'may log in'],
    ['CREATE ROLE leak; GRANT leak TO {{across}}', 'is a member of leak'],
  ])('notices %s', async (mistake, noticed) => {
    const name = (role: string) => pg.escapeIdentifier(role);
    const sql = mistake
      .replaceAll('{{app}}', name(roles.app))
      .replaceAll('{{across}}', name(roles.across))
      .replaceAll('{{owner}}', name(roles.owner));
    await owner.query('BEGIN');
    try {
      // Roles are the server's: other tests must never see this one changed, and the rollback sees to it.
      await owner.query(sql);
      expect((await findCatalogueBreaches(owner, roles)).join('\n')).toContain(noticed);
    } finally {
      await owner.query('ROLLBACK');
    }
  });
});

describe('the app', () => {
  const ours = '00000000-0000-4000-8000-000000000001';
  const theirs = '00000000-0000-4000-8000-000000000002';
  beforeAll(async () => {
    for (const id of [ours, theirs]) {
      await owner.query(`INSERT INTO workspace (id, name, language, zone) VALUES ($1, 'W', 'en', 'UTC')`, [id]);
      await owner.query(`INSERT INTO member (workspace_id, person_id, role) VALUES ($1, 'lan', 'owner')`, [id]);
    }
  });

  it('sees nothing of any workspace without naming one', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity ORDER BY 1`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { name } of rows) {
      const { rows: seen } = await app.query(`SELECT count(*)::int AS n FROM ${pg.escapeIdentifier(name)}`);
      expect({ name, seen }).toEqual({ name, seen: [{ n: 0 }] });
    }
  });

  it('sees one workspace, and writes in no other', async () => {
    await app.query('BEGIN');
    await app.query(`SELECT set_config('app.workspace', $1, true)`, [ours]);
    expect((await app.query('SELECT workspace_id FROM member')).rows).toEqual([{ workspace_id: ours }]);
    expect((await app.query(`UPDATE workspace SET name = 'mine'`)).rowCount).toBe(1);
    const intrude = app.query(`INSERT INTO member (workspace_id, person_id, role) VALUES ($1, 'tho', 'owner')`, [
      theirs,
    ]);
    await expect(intrude).rejects.toThrow('row-level security');
    await app.query('ROLLBACK');
  });

  it('forgets the workspace with the transaction', async () => {
    await test.database.inWorkspace(ours, async () => undefined);
    const { rows } = await test.database.pool.query('SELECT count(*)::int AS n FROM workspace');
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('may not do across’ work without saying so', async () => {
    await expect(app.query('SELECT * FROM directory_membership')).rejects.toThrow('permission denied');
    await expect(app.query('SELECT * FROM migration')).rejects.toThrow('permission denied');
  });
});
