import { createHash } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { RefusalBody } from '#contract/refusals.ts';
import { permitRegistration } from '#server/platform/auth/index.ts';
import { holdClock } from '#test/clock.ts';
import { makeMember, makeTeam } from '#test/makers.ts';
import { type TestPerson, useServer } from '#test/server.ts';

const server = useServer();
const codeOf = (error: unknown) => (error instanceof ORPCError ? error.code : error);
const tokenOf = (link: string) => new URL(link).hash.slice(1);
const nobody: TestPerson = { id: '', name: '', email: '', password: '', cookie: '', address: '198.51.100.7' };

const post = async (path: string, body: object, as: TestPerson = nobody) => {
  const headers = { 'content-type': 'application/json' };
  const response = await server.api(`/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body), as });
  return { response, body: (await response.json()) as Record<string, unknown> & Partial<RefusalBody> };
};
let addresses = 0;
const register = async (email: string, invitation?: string) => {
  const address = `198.51.100.${20 + ++addresses}`;
  const about = { name: 'Newcomer', email, password: 'correct horse battery' };
  const { response, body } = await post(
    'auth/sign-up/email',
    { ...about, ...(invitation ? { invitation } : {}) },
    { ...nobody, address },
  );
  const cookie = response.headers.getSetCookie().map((each) => each.split(';')[0]);
  const id = (body['person'] as { id: string } | undefined)?.id ?? '';
  return { code: body.code, person: { ...about, id, cookie: cookie.join('; '), address } };
};

describe('an invitation', () => {
  it('makes somebody a member with its role, by a link that is shown once', async () => {
    const { client, workspaceId, owner } = await makeTeam(server, { name: 'Bakery' });
    const { invitation, link, mailed } = await client.invitations.create({ workspaceId, role: 'editor' });
    expect(mailed).toBe(false);
    expect(link).toMatch(new RegExp(`^${server.url}/invitation#[\\w-]{43}$`));
    expect(invitation).toMatchObject({ role: 'editor', email: null, state: 'open', invitedById: owner.id });
    const guest = await server.signUp();
    const offer = await server.client(guest).invitations.look({ token: tokenOf(link) });
    expect(offer).toMatchObject({ workspaceName: 'Bakery', role: 'editor', invitedByName: owner.name, email: null });
    expect(await server.client(guest).invitations.accept({ token: tokenOf(link) })).toEqual({ workspaceId });
    expect((await server.client(guest).me.get()).workspaces).toMatchObject([{ id: workspaceId, role: 'editor' }]);
    expect((await client.invitations.list({ workspaceId })).items).toMatchObject([{ state: 'accepted' }]);
    const kinds = await server.house.db.inWorkspace(workspaceId, async (tx) =>
      (await sql<{ kind: string }>`SELECT kind FROM fact ORDER BY at`.execute(tx)).rows.map(({ kind }) => kind),
    );
    expect(kinds).toEqual(['workspace.created', 'invitation.created', 'member.joined']);
  });

  it('is good once', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const { link } = await client.invitations.create({ workspaceId, role: 'viewer' });
    const guests = await Promise.all([server.signUp(), server.signUp(), server.signUp()]);
    const token = tokenOf(link);
    const outcomes = await Promise.all(
      guests.map((guest) => server.client(guest).invitations.accept({ token }).catch(codeOf)),
    );
    expect(outcomes.filter((each) => each !== 'invitation-spent')).toEqual([{ workspaceId }]);
    expect((await client.members.list({ workspaceId })).items).toHaveLength(2);
    expect((await post('invitations/look', { token })).body.code).toBe('invitation-spent');
  });

  it('is nothing any more once it is revoked, or a week old', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const guest = await server.signUp();
    const one = await client.invitations.create({ workspaceId, role: 'viewer' });
    const revoked = await client.invitations.revoke({ workspaceId, invitationId: one.invitation.id });
    expect(revoked.state).toBe('revoked');
    expect((await client.invitations.revoke({ workspaceId, invitationId: one.invitation.id })).state).toBe('revoked');
    const accept = (link: string) =>
      server
        .client(guest)
        .invitations.accept({ token: tokenOf(link) })
        .catch(codeOf);
    expect(await accept(one.link)).toBe('invitation-spent');
    const two = await client.invitations.create({ workspaceId, role: 'viewer' });
    await server.house.db.inWorkspace(workspaceId, (tx) =>
      sql`UPDATE invitation SET expires_at = expires_at - interval '7 days' WHERE id = ${two.invitation.id}`.execute(
        tx,
      ),
    );
    expect(await accept(two.link)).toBe('invitation-spent');
    expect((await client.invitations.list({ workspaceId })).items.map(({ state }) => state)).toEqual([
      'expired',
      'revoked',
    ]);
    const weekMs = Date.parse(two.invitation.expiresAt) - Date.parse(two.invitation.createdAt);
    expect(weekMs).toBe(7 * 86_400_000);
  });

  it('to an address is for the account with that address only', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const meant = await server.signUp({ email: 'meant@bakery.example' });
    const other = await server.signUp();
    const { link, invitation } = await client.invitations.create({
      workspaceId,
      email: 'Meant@Bakery.example',
      role: 'approver',
    });
    expect(invitation.email).toBe('meant@bakery.example');
    const token = tokenOf(link);
    expect(await server.client(other).invitations.accept({ token }).catch(codeOf)).toBe('invitation-for-another');
    expect(await server.client(meant).invitations.accept({ token })).toEqual({ workspaceId });
    const again = { workspaceId, email: 'meant@bakery.example', role: 'viewer' as const };
    expect(await client.invitations.create(again).catch(codeOf)).toBe('member-already');
    const open = await client.invitations.create({ workspaceId, role: 'viewer' });
    expect(
      await server
        .client(meant)
        .invitations.accept({ token: tokenOf(open.link) })
        .catch(codeOf),
    ).toBe('member-already');
    // It is still there for whoever it was meant for.
    expect(await server.client(other).invitations.accept({ token: tokenOf(open.link) })).toEqual({ workspaceId });
  });

  it('is told apart from none by nothing but its token, also by who is signed out', async () => {
    const { client, workspaceId } = await makeTeam(server, { name: 'Quiet bakery' });
    const { link } = await client.invitations.create({ workspaceId, email: 'x@bakery.example', role: 'viewer' });
    const known = await post('invitations/look', { token: tokenOf(link) });
    expect(known.body).toMatchObject({ workspaceName: 'Quiet bakery', email: 'x@bakery.example' });
    expect(Object.keys(known.body).sort()).toEqual(['email', 'expiresAt', 'invitedByName', 'role', 'workspaceName']);
    const none = await post('invitations/look', { token: 'a'.repeat(43) });
    expect(none.response.status).toBe(404);
    expect(JSON.stringify(none.body)).not.toContain('bakery');
    const guest = await server.signUp();
    expect(
      await server
        .client(guest)
        .invitations.accept({ token: 'a'.repeat(43) })
        .catch(codeOf),
    ).toBe('not-found');
    expect((await post('invitations/accept', { token: tokenOf(link) })).body.code).toBe('signed-out');
  });

  it('is kept as a hash, and its token is nowhere in the database or the log', async () => {
    const { owner, workspaceId } = await makeTeam(server);
    const client = server.client(owner, { 'idempotency-key': `invite-${workspaceId}` });
    const { link } = await client.invitations.create({ workspaceId, role: 'viewer' });
    const token = tokenOf(link);
    const { default: pg } = await import('pg');
    const db = new pg.Client({ connectionString: server.test.ownerUrl });
    await db.connect();
    const { rows } = await db.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'auth', 'pgboss')`,
    );
    for (const { name } of rows) {
      const found = await db.query(`SELECT FROM ${name} t WHERE strpos(t::text, $1) > 0`, [token]);
      expect({ name, found: found.rowCount }).toEqual({ name, found: 0 });
    }
    await db.end();
    expect(server.logged.join('\n')).not.toContain(token);
    const hash = createHash('sha256').update(token).digest('hex');
    const kept = await server.house.db.across((tx) =>
      sql`SELECT FROM directory_invitation WHERE token_hash = ${hash}`.execute(tx),
    );
    expect(kept.rows).toHaveLength(1);
  });
});

describe('inviting', () => {
  it('is for owners and managers, and only owners invite owners', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const manager = await makeMember(server, workspaceId, 'manager');
    const editor = await makeMember(server, workspaceId, 'editor');
    const ask = (role: 'owner' | 'manager') => ({ workspaceId, role });
    expect(await editor.client.invitations.create(ask('manager')).catch(codeOf)).toBe('not-allowed');
    expect(await editor.client.invitations.list({ workspaceId }).catch(codeOf)).toBe('not-allowed');
    expect(await manager.client.invitations.create(ask('owner')).catch(codeOf)).toBe('not-allowed');
    expect((await manager.client.invitations.create(ask('manager'))).invitation.role).toBe('manager');
    const second = await client.invitations.create(ask('owner'));
    const { id: invitationId } = second.invitation;
    expect(await manager.client.invitations.revoke({ workspaceId, invitationId }).catch(codeOf)).toBe('not-allowed');
  });

  it('ends with the power to invite: what was offered before is offered no more', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const removed = await makeMember(server, workspaceId, 'manager');
    const demoted = await makeMember(server, workspaceId, 'manager');
    const links = [];
    for (const { client: theirs } of [removed, demoted])
      links.push((await theirs.invitations.create({ workspaceId, role: 'manager' })).link);
    await client.members.remove({ workspaceId, personId: removed.person.id });
    await client.members.changeRole({ workspaceId, personId: demoted.person.id, role: 'viewer' });
    for (const link of links) {
      const token = tokenOf(link);
      expect(await removed.client.invitations.accept({ token }).catch(codeOf)).toBe('invitation-spent');
    }
  });

  it('an address anew makes the earlier link worthless', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const ask = { workspaceId, email: 'twice@bakery.example' };
    const first = await client.invitations.create({ ...ask, role: 'manager' });
    const second = await client.invitations.create({ ...ask, role: 'viewer' });
    expect((await post('invitations/look', { token: tokenOf(first.link) })).body.code).toBe('invitation-spent');
    expect((await post('invitations/look', { token: tokenOf(second.link) })).body['role']).toBe('viewer');
  });

  it('has an end in one hour, and goes on later', async () => {
    const { client, owner, workspaceId } = await makeTeam(server);
    const invite = () => client.invitations.create({ workspaceId, role: 'viewer' }).then(() => 'invited', codeOf);
    for (let i = 0; i < 50; i++) expect(await invite()).toBe('invited');
    expect(await invite()).toBe('too-many-attempts');
    const { response } = await post(`workspaces/${workspaceId}/invitations`, { role: 'viewer' }, owner);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(60);
    await holdClock(server.test).advance(120_000);
    expect(await invite()).toBe('invited');
  });
});

describe('an open invitation lets its holder open an account', () => {
  it('though registration is closed, and confirms the address it went to', async () => {
    const { client, workspaceId } = await makeTeam(server);
    expect((await register('uninvited@x.example')).code).toBe('registration-closed');
    const email = 'invited@bakery.example';
    const { link } = await client.invitations.create({ workspaceId, email, role: 'editor' });
    const token = tokenOf(link);
    expect((await register('somebody-else@x.example', token)).code).toBe('invitation-for-another');
    const { code, person } = await register('Invited@bakery.example', token);
    expect(code).toBeUndefined();
    expect(await server.client(person).invitations.accept({ token })).toEqual({ workspaceId });
    const { rows } = await server.house.db.pool.query(
      `SELECT email_verified FROM auth.account_holder WHERE email = '${email}'`,
    );
    expect(rows).toEqual([{ email_verified: true }]);
    expect((await server.house.db.pool.query('SELECT email FROM auth.permit')).rows).toEqual([]);
  });

  it('of one person: the link is theirs from then on', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const { link } = await client.invitations.create({ workspaceId, role: 'editor' });
    const token = tokenOf(link);
    const outcomes = await Promise.all(['a', 'b', 'c'].map((each) => register(`${each}@link.example`, token)));
    const codes = outcomes.map(({ code }) => code);
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes.filter((code) => code === 'invitation-spent')).toHaveLength(2);
    const { person } = outcomes.find(({ code }) => code === undefined) ?? { person: nobody };
    const another = await server.signUp();
    expect(await server.client(another).invitations.accept({ token }).catch(codeOf)).toBe('invitation-spent');
    expect(await server.client(person).invitations.accept({ token })).toEqual({ workspaceId });
  });

  it('and nobody by one that is spent, or none', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const { link, invitation } = await client.invitations.create({ workspaceId, role: 'editor' });
    await client.invitations.revoke({ workspaceId, invitationId: invitation.id });
    expect((await register('late@x.example', tokenOf(link))).code).toBe('invitation-spent');
    expect((await register('late@x.example', 'b'.repeat(43))).code).toBe('not-found');
    await server.house.db.outside((tx) => permitRegistration(tx, 'late@x.example'));
    expect((await register('late@x.example')).code).toBeUndefined();
  });
});
