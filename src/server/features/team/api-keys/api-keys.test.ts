import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Scope } from '#contract/api-keys.ts';
import type { RefusalBody } from '#contract/refusals.ts';
import { makeMember, makeTeam, type TestTeam } from '#test/makers.ts';
import { type TestClient, useServer } from '#test/server.ts';

const server = useServer();

async function makeKey(client: TestClient, workspaceId: string, scopes: Scope[] = ['read']) {
  return client.apiKeys.create({ workspaceId, name: 'Nightly report', scopes });
}

/** One call with a key and without cookies. */
const byKey = (secret: string, pathname: string, init: RequestInit = {}) =>
  fetch(new URL(pathname, server.url), {
    ...init,
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...init.headers },
  });
const codeOf = async (response: Response) => ((await response.json()) as RefusalBody).code;
const asOwner = (team: TestTeam, statement: (workspaceId: string) => ReturnType<typeof sql>) =>
  server.house.db.inWorkspace(team.workspaceId, (tx) => statement(team.workspaceId).execute(tx));
const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers,
});

describe('a key', () => {
  it('is shown once, is kept as a hash, and acts for its maker', async () => {
    const { client, workspaceId, owner } = await makeTeam(server);
    const { key, secret } = await makeKey(client, workspaceId);
    expect(secret).toMatch(/^gp_[\w-]{43}$/);
    expect(key).toMatchObject({
      name: 'Nightly report',
      scopes: ['read'],
      createdById: owner.id,
      lastUsedAt: null,
      revokedAt: null,
    });
    expect(secret.startsWith(key.begins)).toBe(true);
    const days = (Date.parse(key.expiresAt ?? '') - Date.parse(key.createdAt)) / 86_400_000;
    expect(Math.round(days)).toBe(90);
    const list = await client.apiKeys.list({ workspaceId });
    expect(list.items).toEqual([key]);
    expect(JSON.stringify(list)).not.toContain(secret);
    const kept = await server.house.db.across((tx) => sql`SELECT * FROM directory_api_key`.execute(tx));
    expect(JSON.stringify(kept.rows)).not.toContain(secret.slice(3));
    const goal = await byKey(secret, `/api/workspaces/${workspaceId}`);
    expect(goal.status).toBe(200);
    expect(server.logged.join('\n')).not.toContain(secret);
  });

  it('has its last use noted to the minute', async () => {
    const team = await makeTeam(server);
    const { secret } = await makeKey(team.client, team.workspaceId);
    const lastUse = async () =>
      (await team.client.apiKeys.list({ workspaceId: team.workspaceId })).items[0]?.lastUsedAt;
    await byKey(secret, `/api/workspaces/${team.workspaceId}`);
    const first = await lastUse();
    expect(first).not.toBeNull();
    await byKey(secret, `/api/workspaces/${team.workspaceId}`);
    expect(await lastUse()).toBe(first);
    await asOwner(team, () => sql`UPDATE api_key SET last_used_at = last_used_at - interval '2 minutes'`);
    await byKey(secret, `/api/workspaces/${team.workspaceId}`);
    expect(Date.parse((await lastUse()) ?? '')).toBeGreaterThanOrEqual(Date.parse(first ?? ''));
  });

  it('may what its scopes reach and nothing else', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const { secret } = await makeKey(client, workspaceId, ['plan']);
    const objectives = `/api/workspaces/${workspaceId}/objectives`;
    expect((await byKey(secret, objectives, post({ title: 'Fill quiet mornings' }))).status).toBe(201);
    expect((await byKey(secret, objectives)).status).toBe(200);
    const posted = await byKey(secret, `/api/workspaces/${workspaceId}/posts`, post({}));
    expect(posted.status).toBe(403);
    expect(await codeOf(posted)).toBe('key-lacks-scope');
  });

  it('may no more than its maker may at that moment', async () => {
    const team = await makeTeam(server);
    const { workspaceId } = team;
    const { client, person } = await makeMember(server, workspaceId, 'manager');
    const { secret } = await makeKey(client, workspaceId, ['plan']);
    const create = () => byKey(secret, `/api/workspaces/${workspaceId}/objectives`, post({ title: 'More' }));
    expect((await create()).status).toBe(201);
    await team.client.members.changeRole({ workspaceId, personId: person.id, role: 'viewer' });
    expect(await codeOf(await create())).toBe('not-allowed');
    await asOwner(team, () => sql`DELETE FROM member WHERE person_id = ${person.id}`);
    for (const address of [`/api/workspaces/${workspaceId}/objectives`, '/api/me'])
      expect(await codeOf(await byKey(secret, address)), address).toBe('not-found');
  });

  it('knows one workspace of its maker, and never runs the installation', async () => {
    const team = await makeTeam(server);
    const other = await team.client.workspaces.create({ name: 'Second', language: 'en', zone: 'UTC' });
    const { secret } = await makeKey(team.client, team.workspaceId, ['read', 'manage']);
    const me = (await (await byKey(secret, '/api/me')).json()) as { workspaces: { id: string }[]; isOperator: boolean };
    expect(me.workspaces.map(({ id }) => id)).toEqual([team.workspaceId]);
    expect(await codeOf(await byKey(secret, `/api/workspaces/${other.id}`))).toBe('not-found');
    await server.house.db.outside((tx) =>
      sql`UPDATE person SET is_operator = true WHERE id = ${team.owner.id}`.execute(tx),
    );
    expect(await codeOf(await byKey(secret, '/api/operator'))).toBe('not-found');
    const again = (await (await byKey(secret, '/api/me')).json()) as { isOperator: boolean };
    expect(again.isOperator).toBe(false);
  });

  it('is no key any more once it is revoked, expired, or never was one', async () => {
    const team = await makeTeam(server);
    const { workspaceId, client } = team;
    const { key, secret } = await makeKey(client, workspaceId);
    const lasting = await makeKey(client, workspaceId);
    const address = `/api/workspaces/${workspaceId}`;
    const ended = await client.apiKeys.revoke({ workspaceId, apiKeyId: key.id });
    expect(ended.revokedAt).not.toBeNull();
    expect(await client.apiKeys.revoke({ workspaceId, apiKeyId: key.id })).toEqual(ended);
    expect((await byKey(secret, address)).status).toBe(401);
    await asOwner(team, () => sql`UPDATE api_key SET expires_at = clock.now() WHERE id = ${lasting.key.id}`);
    for (const none of [lasting.secret, `gp_${'a'.repeat(43)}`, 'gp_', 'nonsense', ''])
      expect(await codeOf(await byKey(none, address)), none).toBe('signed-out');
  });

  it('can be made to last until it is revoked', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const { key } = await client.apiKeys.create({
      workspaceId,
      name: 'For ever',
      scopes: ['read', 'read'],
      days: null,
    });
    expect(key).toMatchObject({ expiresAt: null, scopes: ['read'] });
  });

  it('does not make or end keys, people or sessions', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const { secret } = await makeKey(client, workspaceId, ['manage', 'publish']);
    const at = `/api/workspaces/${workspaceId}`;
    for (const address of [`${at}/api-keys`, `${at}/audit`, '/api/me/sessions'])
      expect(await codeOf(await byKey(secret, address)), address).toBe('key-lacks-scope');
  });
});

describe('a call with a key', () => {
  it('is not made another by the cookies that come along', async () => {
    const team = await makeTeam(server);
    const other = await makeTeam(server, { name: 'Other' });
    const { secret } = await makeKey(team.client, team.workspaceId);
    const cookie = other.owner.cookie;
    const me = await byKey(secret, '/api/me', { headers: { cookie } });
    expect(await me.json()).toMatchObject({ id: team.owner.id });
    expect((await byKey('gp_wrong', '/api/me', { headers: { cookie } })).status).toBe(401);
  });

  it('needs no origin of ours, unless cookies come along', async () => {
    const { client, workspaceId, owner } = await makeTeam(server);
    const { secret } = await makeKey(client, workspaceId, ['plan']);
    const foreign = { origin: 'https://tool.example', 'sec-fetch-site': 'cross-site' };
    const create = (headers: Record<string, string>) =>
      byKey(secret, `/api/workspaces/${workspaceId}/objectives`, post({ title: 'More' }, headers));
    expect((await create(foreign)).status).toBe(201);
    expect(await codeOf(await create({ ...foreign, cookie: owner.cookie }))).toBe('not-allowed');
    const signOut = await fetch(new URL('/api/auth/sign-out', server.url), {
      ...post({}, { ...foreign, cookie: owner.cookie, authorization: `Bearer ${secret}` }),
    });
    expect(signOut.status).toBe(403);
  });

  it('is repeated under the same Idempotency-Key of that key, and of no other', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const one = await makeKey(client, workspaceId, ['plan']);
    const two = await makeKey(client, workspaceId, ['plan']);
    const create = (secret: string) =>
      byKey(secret, `/api/workspaces/${workspaceId}/objectives`, post({ title: 'Once' }, { 'idempotency-key': 'k' }));
    const first = (await (await create(one.secret)).json()) as { id: string };
    const again = await create(one.secret);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await again.json()).toEqual(first);
    expect(((await (await create(two.secret)).json()) as { id: string }).id).not.toBe(first.id);
  });
});
