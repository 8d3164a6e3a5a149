import { ORPCError } from '@orpc/client';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeMember, makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';

const server = useServer();
const codeOf = (error: unknown) => (error instanceof ORPCError ? error.code : error);
const tokenOf = (link: string) => new URL(link).hash.slice(1);

let other: pg.Client;
beforeAll(async () => {
  other = new pg.Client({ connectionString: server.test.ownerUrl });
  await other.connect();
});
afterAll(() => other?.end());

/** Waits until so many statements wait for a lock in this test's database. */
async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await server.house.db.pool.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if ((rows[0]?.waiting ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('whoever loses their standing while their call is under way', () => {
  it('leaves no invitation behind', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const manager = await makeMember(server, workspaceId, 'manager');
    const invite = () => manager.client.invitations.create({ workspaceId, role: 'manager' });
    await invite();
    // Their next invitation stops half-way, after they were found to be a manager.
    await other.query('BEGIN');
    await other.query('SELECT FROM auth.attempt WHERE key = $1 FOR UPDATE', [`invite|${manager.person.id}`]);
    const late = invite();
    await untilWaiting(1);
    const removed = client.members.remove({ workspaceId, personId: manager.person.id });
    await Promise.race([removed, untilWaiting(2)]);
    await other.query('COMMIT');
    const { link } = await late;
    await removed;
    const accepted = manager.client.invitations.accept({ token: tokenOf(link) });
    expect(await accepted.catch(codeOf)).toBe('invitation-spent');
  });

  it('gives nobody a role, and removes nobody', async () => {
    const { client, owner, workspaceId } = await makeTeam(server);
    const [second, friend] = [
      await makeMember(server, workspaceId, 'owner'),
      await makeMember(server, workspaceId, 'viewer'),
    ];
    const asManager = async (call: () => Promise<unknown>) => {
      await other.query('BEGIN');
      await other.query('SELECT FROM member WHERE workspace_id = $1 FOR UPDATE', [workspaceId]);
      const late = call().then(() => 'done', codeOf);
      await Promise.race([late, untilWaiting(1)]);
      await other.query('UPDATE member SET role = $1 WHERE person_id = $2', ['manager', second.person.id]);
      await other.query('COMMIT');
      const outcome = await late;
      await client.members.changeRole({ workspaceId, personId: second.person.id, role: 'owner' });
      return outcome;
    };
    const { members } = second.client;
    const to = { workspaceId, personId: friend.person.id };
    expect(await asManager(() => members.changeRole({ ...to, role: 'owner' }))).toBe('not-allowed');
    expect(await asManager(() => members.remove({ workspaceId, personId: owner.id }))).toBe('not-allowed');
    expect((await client.members.list({ workspaceId })).items.map(({ role }) => role)).toEqual([
      'owner',
      'owner',
      'viewer',
    ]);
  });
});

describe('whoever has been removed', () => {
  it('is not answered again what they were answered as a member', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const { person } = await makeMember(server, workspaceId, 'manager');
    const repeated = server.client(person, { 'idempotency-key': 'once' });
    const create = () => repeated.objectives.create({ workspaceId, title: 'Fill the mornings' });
    expect(await create()).toEqual(await create());
    await client.members.changeRole({ workspaceId, personId: person.id, role: 'viewer' });
    expect(await create().catch(codeOf)).toBe('not-allowed');
    await client.members.remove({ workspaceId, personId: person.id });
    expect(await create().catch(codeOf)).toBe('not-found');
  });
});

describe('a membership', () => {
  it('that several invitations would make at once is made once, and no call fails on our side', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const links = await Promise.all(
      [1, 2, 3, 4].map(async () => (await client.invitations.create({ workspaceId, role: 'viewer' })).link),
    );
    const guest = server.client(await server.signUp());
    const outcomes = await Promise.all(
      links.map((link) => guest.invitations.accept({ token: tokenOf(link) }).then(() => 'member', codeOf)),
    );
    expect(outcomes.sort()).toEqual(['member', 'member-already', 'member-already', 'member-already']);
    // The others are still there for whom they were meant.
    const states = (await client.invitations.list({ workspaceId })).items.map(({ state }) => state);
    expect(states.sort()).toEqual(['accepted', 'open', 'open', 'open']);
  });

  it('that ends takes the keys of its bearer with it: coming back does not bring them back', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const { person, client: theirs } = await makeMember(server, workspaceId, 'manager');
    const { secret } = await theirs.apiKeys.create({ workspaceId, name: 'Left behind', scopes: ['read'] });
    await client.members.remove({ workspaceId, personId: person.id });
    const [key] = (await client.apiKeys.list({ workspaceId })).items;
    expect(key?.revokedAt).not.toBeNull();
    const { link } = await client.invitations.create({ workspaceId, role: 'viewer' });
    await theirs.invitations.accept({ token: tokenOf(link) });
    const response = await fetch(new URL(`/api/workspaces/${workspaceId}`, server.url), {
      headers: { authorization: `Bearer ${secret}` },
    });
    expect(response.status).toBe(401);
  });

  it('is listed from no place that the list did not name', async () => {
    const { owner, workspaceId } = await makeTeam(server);
    const cursor = Buffer.from(JSON.stringify(['2026-01-01T00:00:00.000Z', 'a\u0000'])).toString('base64url');
    const response = await server.api(`/api/workspaces/${workspaceId}/members?cursor=${cursor}`, { as: owner });
    expect(response.status).toBe(400);
  });
});
