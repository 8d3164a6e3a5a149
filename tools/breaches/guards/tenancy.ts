import { add, breach, swap } from '../guard-breach.ts';

const foundation = 'migrations/0001-foundation.sql';
const catalogue = 'test/catalogue.test.ts';
const walls = 'the catalogue lets no workspace reach another';
const admit = 'src/server/platform/http/admit-call.ts';
const stranger = 'test/stranger.test.ts';

/** Between workspaces, and between the three roles of the database. */
export const tenancyBreaches = [
  breach(
    'tenancy: a table of a workspace is not guarded',
    [
      'migrations/0003-strategy.sql',
      swap("SELECT house.guard('goal');", 'GRANT SELECT, INSERT, UPDATE, DELETE ON goal TO {{app}};'),
    ],
    [catalogue, walls],
  ),
  breach(
    'tenancy, owner: the guard is not forced on a table',
    [foundation, add('ALTER TABLE member NO FORCE ROW LEVEL SECURITY;')],
    [catalogue, walls],
  ),
  breach(
    'tenancy, app: a policy shows the rows of others',
    [
      'migrations/0003-strategy.sql',
      add(
        'DROP POLICY workspace ON goal;\nCREATE POLICY workspace ON goal TO {{app}} USING (true) WITH CHECK (workspace_id = house.workspace());',
      ),
    ],
    [catalogue, walls],
  ),
  breach(
    'tenancy, app: a policy admits rows of others',
    [
      'migrations/0003-strategy.sql',
      add(
        'DROP POLICY workspace ON goal;\nCREATE POLICY workspace ON goal TO {{app}} USING (workspace_id = house.workspace()) WITH CHECK (true);',
      ),
    ],
    [catalogue, walls],
  ),
  breach(
    'tenancy, across: one grant too many',
    ['migrations/0003-strategy.sql', add("SELECT house.open_across('goal', 'workspace_id, title');")],
    [catalogue, 'the catalogue lets the statements that see all workspaces touch these columns and no others'],
  ),
  breach(
    'tenancy, across: the app has its rights without saying so',
    ['migrations/0003-strategy.sql', add('GRANT SELECT ON directory_membership TO {{app}};')],
    [catalogue, 'the app may not do across’ work without saying so'],
  ),
  breach(
    'tenancy: the workspace outlives its transaction',
    ['src/server/platform/db/database.ts', swap('SET LOCAL app.workspace =', 'SET app.workspace =')],
    [catalogue, 'the app forgets the workspace with the transaction'],
  ),
  breach(
    'strangers: membership is not asked for',
    [
      admit,
      (text) =>
        text
          .replace("if (!membership) refuse('not-found');", '')
          .replaceAll('membership.role', "(membership?.role ?? 'owner')"),
    ],
    [stranger, 'a stranger finds no workspace of others by goals.create'],
  ),
  breach(
    'roles: the policy table is not asked',
    [admit, swap("if (!may(membership.role, operation)) refuse('not-allowed');", '')],
    ['test/http.test.ts', 'who may is asked before anything else'],
  ),
  breach(
    'roles: a rule lets everyone change something',
    ['src/contract/policy.ts', swap("'goals.create': leads", "'goals.create': everyone")],
    ['test/permissions.test.ts', 'lets nobody change anything as a viewer'],
  ),
  breach(
    'roles: a rule changes and the page of permissions does not',
    ['src/contract/policy.ts', swap("'posts.schedule': writers", "'posts.schedule': leads")],
    ['test/permissions.test.ts', 'docs/permissions.md says who may do what'],
  ),
  breach(
    'operator: everybody runs the installation',
    [admit, swap("if (rule === 'operator' && !outside.isOperator) refuse('not-found');", '')],
    [
      'src/server/features/operator/operator.test.ts',
      'is somebody else than the owner of a workspace, who finds nothing here',
    ],
  ),
  breach(
    'operator: a key runs the installation',
    [admit, swap('isOperator: person.isOperator && key === null', 'isOperator: person.isOperator')],
    [stranger, 'a key never runs the installation by operator.get'],
  ),
  breach(
    'keys: the scope is not asked for',
    [admit, swap("if (!keyMay(key.scopes, operation)) refuse('key-lacks-scope');", '')],
    [stranger, 'a key that may only read is told so by goals.create'],
  ),
  breach(
    'keys: one reaches every workspace of its maker',
    [admit, swap("if (key && key.workspaceId !== workspaceId) refuse('not-found');", '')],
    [
      'src/server/features/team/api-keys/api-keys.test.ts',
      'knows one workspace of its maker, and never runs the installation',
    ],
  ),
  breach(
    'keys: the secret is kept in clear',
    [
      'src/server/features/team/api-keys/secret.ts',
      swap("createHash('sha256').update(secret).digest('hex')", 'secret || createHash.name'),
    ],
    ['src/server/features/team/api-keys/api-keys.test.ts', 'is shown once, is kept as a hash, and acts for its maker'],
  ),
];
