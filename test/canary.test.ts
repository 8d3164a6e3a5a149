import { createECDH } from 'node:crypto';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fail } from '#connectors/kit/faults.ts';
import { sendPush } from '#server/features/notices/push/send-push.ts';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import { addNetwork, says } from '#server/features/publishing/testing.ts';
import { sealedColumns } from '#server/platform/db/index.ts';
import { createFakeNetwork } from './fake-network.ts';
import { makeTeam, type TestTeam } from './makers.ts';
import { type TestPerson, useServer } from './server.ts';
import { startSmtpServer } from './servers/smtp/index.ts';

// One secret of each kind goes through the whole product at the most talkative log level; then everything that is
// written anywhere is searched for each of them.

const smtp = await startSmtpServer({ login: { name: 'goalpost', password: 'canary-smtp-password' } });
const server = useServer({
  LOG_LEVEL: 'trace',
  SMTP_URL: `smtp://goalpost:canary-smtp-password@127.0.0.1:${smtp.port}`,
  METRICS_TOKEN: 'canary-metrics-token',
});
const canaries = new Map<string, string>([
  ['the password of SMTP', 'canary-smtp-password'],
  ['the token for metrics', 'canary-metrics-token'],
  ['the app password of a channel', 'canary-app-password'],
  ['the address of a browser that takes notices', 'canary-push-address'],
  ['the secret of that browser', 'canarypushsecretcanary'],
  ['a person’s password', 'canary-person-password'],
  ['a password that was wrong', 'canary-wrong-password'],
]);
/** What was answered to callers. */
const answers: string[] = [];
let owner: TestPerson;
let team: TestTeam;

beforeAll(async () => {
  owner = await server.signUp({ password: 'canary-person-password' });
  const client = server.client(owner);
  const workspace = await client.workspaces.create({ name: 'Bakery', language: 'en', zone: 'Europe/Berlin' });
  team = { ...(await makeTeam(server)), owner, client, workspaceId: workspace.id };
  const { key } = server.house.config;
  if (key.kind === 'file') canaries.set('the key', readFileSync(key.path, 'utf8').split('\n')[1] ?? '');
  for (const cookie of owner.cookie.split('; ')) {
    const value = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1));
    const [token = ''] = value.split('.');
    if (token.length > 16) canaries.set(`the session in ${cookie.split('=')[0]}`, token);
  }
});
afterAll(() => smtp.stop());

/** Calls and keeps what was answered, however it ended. */
async function call(pathname: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const response = await server.api(pathname, {
    as: owner,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  answers.push(await response.clone().text());
  return response;
}

describe('secrets', () => {
  test('go through the whole loop', async () => {
    const { client, workspaceId } = team;
    const at = `/api/workspaces/${workspaceId}`;
    const network = createFakeNetwork();
    const { publish, auth } = network.connector;
    addNetwork(server.house, network.connector);

    // A network that repeats in its errors whatever it was told.
    const echo = 'You sent canary-app-password as your password';
    if (auth.kind !== 'form') throw new Error('no form');
    const { connect } = auth;
    auth.connect = async (context, values) =>
      values['name'] === 'refused'
        ? fail({ kind: 'content-rejected', field: 'secret', reason: 'wrong', said: `${echo}: ${values['secret']}` })
        : connect(context, values);
    auth.refresh = async () => fail({ kind: 'temporarily-down', said: echo });
    const channel = await client.channels.create({ workspaceId, network: 'fake', name: 'Shop' });
    for (const name of ['refused', 'shop'])
      await call(`${at}/channels/${channel.id}/connect`, { values: { name, secret: 'canary-app-password' } });
    answers.push(JSON.stringify(await client.channels.get({ workspaceId, channelId: channel.id })));

    for (const fault of ['content-rejected', 'credential-rejected', 'temporarily-down', 'outcome-unknown'] as const) {
      network.script.push({ kind: fault, field: 'text', reason: 'x', said: echo, reached: 'unknown' } as never);
      network.prepareFaults.push({ kind: 'contract-broken', path: 'x', said: echo } as never);
      network.prepareFaults.push({ kind: 'credential-rejected', said: 'expired' } as never);
      for (let i = 0; i < 2; i++) {
        const draft = await client.posts.create({
          workspaceId,
          content: says(`Bread ${fault} ${i}`),
          variants: [{ channelId: channel.id }],
        });
        await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
        await runPublishingRound(server.house);
      }
    }
    expect(publish).toBeDefined();
    answers.push(JSON.stringify(await client.deliveries.list({ workspaceId })));

    const made = await call(`${at}/api-keys`, { name: 'Robot', scopes: ['read'] }, { 'idempotency-key': 'one' });
    const { secret } = (await made.json()) as { secret: string };
    expect(secret.length).toBeGreaterThan(20);
    answers.pop();
    canaries.set('an API key', secret.slice('gp_'.length));
    await server.api(`${at}/goals`, { headers: { authorization: `Bearer ${secret}` } });
    await server.api(`${at}/goals`, { headers: { authorization: `Bearer ${secret}x` } });

    const invited = await call(
      `${at}/invitations`,
      { email: 'lan@example.org', role: 'editor' },
      { 'idempotency-key': 'two' },
    );
    const { link } = (await invited.json()) as { link: string };
    answers.pop();
    canaries.set('the link of an invitation', link.split(/[/=#]/).at(-1) ?? link);

    const asked = await call(`${at}/channels/${channel.id}/reconnect-links`, {}, { 'idempotency-key': 'three' });
    const { link: reconnect } = (await asked.json()) as { link: string };
    answers.pop();
    const token = reconnect.split('#').at(-1) ?? reconnect;
    canaries.set('the link to reconnect', token);
    for (const name of ['refused', 'another', 'shop']) {
      await call('/api/reconnect/look', { token });
      await call('/api/reconnect/use', { token, values: { name, secret: 'canary-app-password' } });
    }

    const browser = createECDH('prime256v1');
    const device = await call('/api/me/devices', {
      endpoint: 'https://127.0.0.1:9/canary-push-address',
      p256dh: browser.generateKeys().toString('base64url'),
      auth: 'canarypushsecretcanary',
      name: 'Firefox',
    });
    expect(device.status).toBe(201);
    const context = { house: server.house, log: server.house.log };
    const message = { title: 'Bread', body: '', url: '/', tag: 'bread', lang: 'en' };
    await sendPush(context, owner.id, message, { urgent: true });

    await call('/api/auth/sign-in/email', { email: owner.email, password: 'canary-wrong-password' });
    await call('/api/auth/sign-in/email', { email: owner.email, password: 'canary-person-password' });
    await call('/api/auth/change-password', {
      currentPassword: 'canary-wrong-password',
      newPassword: 'canary-person-password',
    });
    await call('/api/auth/request-password-reset', { email: owner.email });
    await server.house.db.outside((tx) =>
      server.house.mail.post(tx, {
        to: 'lan@example.org',
        language: 'en',
        template: 'reset-password',
        params: { link: 'http://localhost:4400/reset/canary-link-of-a-reset' },
      }),
    );
    canaries.set('the link in a mail that waits', 'canary-link-of-a-reset');
    smtp.answers.push('451 4.3.0 Later: canary-smtp-password', '451 4.3.0 Later', '451 4.3.0 Later');
    await server.settle();
    // Whoever has a link opens it.
    await server.api(new URL(link).pathname + new URL(link).search, { headers: { accept: 'text/html' } });
    await call('/api/workspaces/nobody/goals', { password: 'canary-person-password', token: secret });
    await call(`/api/nothing?token=${secret}&code=canary-app-password`, {});
    expect([...canaries.values()].filter((each) => each.length < 12)).toEqual([]);
    expect(canaries.size).toBeGreaterThanOrEqual(9);
  });

  test('stand in no line of the log', () => {
    expect(server.logged.length).toBeGreaterThan(20);
    expectNone(server.logged.join('\n'));
  });

  test('stand in no answer, beside the ones that show them once', () => {
    expect(answers.length).toBeGreaterThan(5);
    expectNone(answers.join('\n'));
  });

  test('stand in no figure', async () => {
    const response = await server.api('/metrics', { headers: { authorization: 'Bearer canary-metrics-token' } });
    expect(response.status).toBe(200);
    expectNone(await response.text());
  });

  test('stand nowhere in the database', async () => {
    const dump = await dumpDatabase(server.test.ownerUrl);
    expect(dump).toContain('lan@example.org');
    expect(dump.length).toBeGreaterThan(10_000);
    expectNone(dump);
  });

  test('that are sealed stand in the columns that a change of key goes over, and in no other', async () => {
    const found = await findSealedColumns(server.test.ownerUrl);
    const known = sealedColumns.map(({ table, column }) => `public.${table}.${column}`);
    expect(found).toContain('public.connection.credential');
    expect(found).toContain('public.outgoing_mail.sealed');
    expect(found.filter((each) => !known.includes(each))).toEqual([]);
  });

  test('would be found', () => {
    for (const value of canaries.values()) expect(() => expectNone(`x ${value} y`)).toThrow();
  });
});

function expectNone(text: string): void {
  const found = [...canaries].flatMap(([what, value]) => {
    const forms = [value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/, '')];
    const at = forms.map((form) => text.indexOf(form)).find((index) => index >= 0);
    return at === undefined ? [] : [`${what}: …${text.slice(Math.max(0, at - 120), at)}`];
  });
  expect(found).toEqual([]);
}

/** Every row of every table as text, as a dump would hold it. */
async function dumpDatabase(ownerUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`);
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    parts.push(name, ...rows.map(({ row }) => row));
  }
  await client.end();
  return parts.join('\n');
}

/** Columns in which some value looks like one of the vault's, also inside a larger text. */
async function findSealedColumns(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows: columns } = await client.query<{ at: string; table: string; column: string }>(`
    SELECT format('%s.%s.%s', c.table_schema, c.table_name, c.column_name) AS at,
      format('%I.%I', c.table_schema, c.table_name) AS table, quote_ident(c.column_name) AS column
    FROM information_schema.columns c JOIN pg_tables t ON t.schemaname = c.table_schema AND t.tablename = c.table_name
    WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema')`);
  const found: string[] = [];
  for (const { at, table, column } of columns) {
    const { rows } = await client.query(`SELECT FROM ${table} WHERE ${column}::text ~ 'v1\\.[0-9a-f]{8}\\.' LIMIT 1`);
    if (rows.length > 0) found.push(at);
  }
  await client.end();
  return found.sort();
}
