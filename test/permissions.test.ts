import { expect, it, test } from 'vitest';
import { type Scope, scopes } from '#contract/api-keys.ts';
import { contract } from '#contract/index.ts';
import { keyMay, keyScopes } from '#contract/key-scopes.ts';
import type { OperationName } from '#contract/operations.ts';
import { may, policy, type Rule } from '#contract/policy.ts';
import { roles } from '#contract/terms.ts';

type Routed = { '~orpc': { route: { method?: string; summary?: string } } };

const groups = Object.entries(contract).map(([group, each]) => ({
  group,
  operations: Object.entries(each as Record<string, Routed>).map(
    ([
      verb,
      {
        '~orpc': { route },
      },
    ]) => ({
      name: `${group}.${verb}` as OperationName,
      method: route.method ?? 'POST',
      summary: route.summary ?? '',
    }),
  ),
}));
const operations = groups.flatMap((group) => group.operations);
const ruleOf = (name: OperationName): Rule => policy[name];
const scopeOf = (name: OperationName): Scope | null => keyScopes[name];

const headings: Record<string, string> = {
  me: 'Oneself',
  sessions: 'Where one is signed in',
  workspaces: 'The workspace',
  members: 'Members',
  invitations: 'Invitations',
  apiKeys: 'API keys',
  audit: 'The audit log',
  operator: 'Running the installation',
  today: 'The morning page',
  notices: 'Notices',
  objectives: 'Objectives',
  goals: 'Goals',
  initiatives: 'Initiatives',
  channels: 'Channels',
  reconnectLinks: 'Links to connect a channel again',
  media: 'Pictures',
  uploads: 'Files in parts',
  posts: 'Posts',
  deliveries: 'Deliveries',
  publishing: 'Publishing as a whole',
  analytics: 'Figures',
  page: 'The own page',
  onboarding: 'The first questions and the first plan',
  practice: 'The practice network of a demo',
};

const intro = `# Who may do what

Printed from \`src/contract/policy.ts\` and \`src/contract/key-scopes.ts\`, which the server asks at every call. A test keeps this page true.

- A **role** is what a member may do in one workspace. Whoever is no member of a workspace finds nothing there: every answer is \`not-found\`. A member whose role does not reach is told \`not-allowed\`.
- **Anyone** needs no account. **Signed in** is every person with an account. The **operator** runs the installation and is no member by that alone; to all others these operations are \`not-found\`.
- An **API key** acts for the person who made it, in one workspace, and may never do more than that person may at that moment. The last column names the scope that a key must have besides (else \`key-lacks-scope\`); *read* comes with every key, a dash means that no key may. When its maker leaves the workspace, the key finds nothing any more.
- An owner can always be found: the last owner of a workspace can neither leave nor become less (\`last-owner\`).

| scope | a key with it may |
| --- | --- |
| read | see everything its maker sees |
| plan | change objectives, goals and initiatives |
| content | write drafts, add and describe pictures |
| publish | schedule, publish, cancel, and decide on deliveries |
| manage | change the workspace, its channels and its own page |`;

function printPermissions(): string {
  const sections = groups.map(({ group, operations: each }) => {
    const inside = each.filter(({ name }) => typeof ruleOf(name) !== 'string');
    const outside = each.filter(({ name }) => typeof ruleOf(name) === 'string');
    const tables = [
      printTable(
        ['outside a workspace', 'who'],
        outside.map((it) => [it, [wordRule(ruleOf(it.name))]]),
      ),
      printTable(
        ['', ...roles],
        inside.map((it) => [it, roles.map((role) => (may(role, it.name) ? 'yes' : ''))]),
      ),
    ];
    return [`## ${headings[group]}`, ...tables.filter((table) => table !== '')].join('\n\n');
  });
  return `${[intro, ...sections].join('\n\n')}\n`;
}

function printTable(head: string[], rows: [{ name: OperationName; summary: string }, string[]][]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(([{ name, summary }, cells]) => [
    `${summary.replaceAll('|', '\\|')}<br>\`${name}\``,
    ...cells,
    scopeOf(name) ?? '–',
  ]);
  const [first, ...others] = [...head, 'API key'];
  const table = [[first, ...others], ['---', ...others.map(() => ':-:')], ...lines];
  return table.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const wordRule = (rule: Rule): string =>
  typeof rule !== 'string'
    ? rule.join(', ')
    : { anyone: 'anyone', 'signed-in': 'signed in', operator: 'the operator' }[rule];

test('docs/permissions.md says who may do what (vitest -u writes it)', async () => {
  expect(Object.keys(headings).sort()).toEqual(groups.map(({ group }) => group).sort());
  await expect(printPermissions()).toMatchFileSnapshot('../docs/permissions.md');
});

it('lets an owner do everything that can be done in a workspace', () => {
  for (const { name } of operations) if (typeof ruleOf(name) !== 'string') expect(may('owner', name), name).toBe(true);
});

/** What a member changes for themselves alone, and nobody else sees. */
const ofOneself: readonly OperationName[] = [
  'notices.mark',
  'notices.markAll',
  'today.setAside',
  'today.takeBack',
  'today.look',
];

it('lets nobody change anything as a viewer', () => {
  const changing = operations.filter(
    ({ name, method }) => method !== 'GET' && typeof ruleOf(name) !== 'string' && !ofOneself.includes(name),
  );
  expect(changing.length).toBeGreaterThan(30);
  for (const { name } of changing) expect(may('viewer', name), name).toBe(false);
});

it('lets a role see a thing that it may change', () => {
  for (const { group, operations: each } of groups)
    for (const role of roles) {
      const inWorkspace = each.filter(({ name }) => typeof ruleOf(name) !== 'string');
      const changes = inWorkspace.some(({ name, method }) => method !== 'GET' && may(role, name));
      const look = inWorkspace.filter(({ method }) => method === 'GET');
      if (changes && look.length > 0)
        expect(
          look.some(({ name }) => may(role, name)),
          `${role} ${group}`,
        ).toBe(true);
    }
});

it('lets a key change nothing without a scope beyond reading', () => {
  for (const { name, method } of operations) {
    if (method !== 'GET') expect(keyMay(['read'], name), name).toBe(false);
    else if (scopeOf(name) !== null)
      expect(
        scopes.every((scope) => keyMay([scope], name)),
        name,
      ).toBe(true);
  }
});

it('lets no key decide who may come in, or run the installation', () => {
  for (const { name } of operations)
    if (/^(apiKeys|audit|invitations|sessions|operator)\.|^members\.(changeRole|remove)$/.test(name))
      expect(keyMay(scopes, name), name).toBe(false);
});
