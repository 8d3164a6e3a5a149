import { ORPCError } from '@orpc/client';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { makeMember, makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { insertMember, lockOwners, updateRole } from './member-store.ts';
import { isZone } from './zone.rules.ts';

const server = useServer();
const codeOf = (error: unknown) => (error instanceof ORPCError ? error.code : error);

describe('a workspace', () => {
  it('belongs to who opened it, and is on their list', async () => {
    const { client, owner, workspace } = await makeTeam(server, { name: 'Bakery', zone: 'Asia/Saigon' });
    expect(workspace).toMatchObject({ name: 'Bakery', zone: 'Asia/Saigon', graceMinutes: 60 });
    expect((await client.workspaces.get({ workspaceId: workspace.id })).name).toBe('Bakery');
    const me = await client.me.get();
    expect(me.workspaces).toEqual([
      { id: workspace.id, name: 'Bakery', role: 'owner', zone: 'Asia/Saigon', language: 'en' },
    ]);
    expect(me.email).toBe(owner.email);
  });

  it('is not made in a zone that is none', async () => {
    const client = server.client(await server.signUp());
    for (const zone of ['Mars/Olympus', '+07:00', 'Europe', ''])
      await expect(client.workspaces.create({ name: 'A', language: 'en', zone })).rejects.toMatchObject({
        code: 'input-invalid',
        data: { problems: [{ field: 'zone' }] },
      });
    expect((await client.me.get()).workspaces).toEqual([]);
    expect(isZone('America/Argentina/Buenos_Aires')).toBe(true);
  });

  it('changes what is given and keeps the rest, and says so', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const changed = await client.workspaces.update({ workspaceId, graceMinutes: 30, language: 'th' });
    expect(changed).toMatchObject({ name: 'Corner bakery', language: 'th', graceMinutes: 30 });
    const kinds = await server.house.db.inWorkspace(workspaceId, async (tx) =>
      (await sql<{ kind: string }>`SELECT kind FROM fact ORDER BY at`.execute(tx)).rows.map(({ kind }) => kind),
    );
    expect(kinds).toEqual(['workspace.created', 'workspace.changed']);
  });
});

describe('members', () => {
  it('come page by page, none twice and none left out', async () => {
    const { client, workspaceId } = await makeTeam(server);
    for (const role of ['editor', 'viewer', 'manager', 'approver'] as const)
      await makeMember(server, workspaceId, role);
    const roles: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.members.list({ workspaceId, limit: 2, ...(cursor ? { cursor } : {}) });
      roles.push(...page.items.map(({ role }) => role));
      cursor = page.next;
    } while (cursor);
    expect(roles).toEqual(['owner', 'editor', 'viewer', 'manager', 'approver']);
  });

  it('are changed by owners only', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const editor = await makeMember(server, workspaceId, 'editor');
    const manager = await makeMember(server, workspaceId, 'manager');
    const ask = { workspaceId, personId: editor.person.id, role: 'owner' as const };
    expect(await manager.client.members.changeRole(ask).catch(codeOf)).toBe('not-allowed');
    expect(await client.members.changeRole(ask)).toMatchObject({ role: 'owner', email: editor.person.email });
    const unknown = { ...ask, personId: 'nobody' };
    expect(await client.members.changeRole(unknown).catch(codeOf)).toBe('not-found');
  });

  it('who are removed find nothing here from the next call on', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const editor = await makeMember(server, workspaceId, 'editor');
    expect((await editor.client.me.get()).workspaces).toHaveLength(1);
    await client.members.remove({ workspaceId, personId: editor.person.id });
    expect(await editor.client.workspaces.get({ workspaceId }).catch(codeOf)).toBe('not-found');
    expect((await editor.client.me.get()).workspaces).toEqual([]);
    const listed = await server.house.db.across((tx) =>
      sql`SELECT FROM directory_membership WHERE person_id = ${editor.person.id}`.execute(tx),
    );
    expect(listed.rows).toEqual([]);
  });

  it('with two workspaces in two tabs work in each by its address, and lose one without the other', async () => {
    const [bakery, gym] = [await makeTeam(server, { name: 'Bakery' }), await makeTeam(server, { name: 'Gym' })];
    const { person, client } = await makeMember(server, bakery.workspaceId, 'manager');
    const { db } = server.house;
    await db.inWorkspace(gym.workspaceId, (tx) =>
      insertMember(db, tx, { workspaceId: gym.workspaceId, personId: person.id, role: 'manager' }),
    );
    const tab = ({ workspaceId }: { workspaceId: string }, n: number) => ({
      read: async () => (await client.objectives.list({ workspaceId })).items.map(({ title }) => title),
      write: () => client.objectives.create({ workspaceId, title: `${workspaceId} ${n}` }),
    });
    // One session, both tabs at once, turn by turn and together.
    for (let n = 0; n < 5; n++) {
      const [one, other] = [tab(bakery, n), tab(gym, n)];
      await Promise.all([one.write(), other.write(), one.read(), other.read()]);
    }
    for (const team of [bakery, gym]) {
      const titles = await tab(team, 0).read();
      expect(titles).toHaveLength(5);
      for (const title of titles) expect(title.startsWith(team.workspaceId)).toBe(true);
    }
    await gym.client.members.remove({ workspaceId: gym.workspaceId, personId: person.id });
    expect(await tab(gym, 9).read().catch(codeOf)).toBe('not-found');
    expect(await tab(gym, 9).write().catch(codeOf)).toBe('not-found');
    expect(
      await tab(bakery, 9)
        .write()
        .then(() => 'written', codeOf),
    ).toBe('written');
    expect((await client.me.get()).workspaces.map(({ name }) => name)).toEqual(['Bakery']);
  });

  it('always have an owner among them, also when two give up at once', async () => {
    const { client, owner, workspaceId } = await makeTeam(server);
    const alone = { workspaceId, personId: owner.id };
    expect(await client.members.remove(alone).catch(codeOf)).toBe('last-owner');
    expect(await client.members.changeRole({ ...alone, role: 'viewer' }).catch(codeOf)).toBe('last-owner');
    const second = await makeMember(server, workspaceId, 'owner');
    const { db } = server.house;
    let late: Promise<unknown> = Promise.resolve();
    await db.inWorkspace(workspaceId, async (tx) => {
      expect(await lockOwners(tx, workspaceId)).toHaveLength(2);
      await updateRole(tx, alone, 'editor');
      late = second.client.members.remove({ workspaceId, personId: second.person.id }).catch(codeOf);
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    expect(await late).toBe('last-owner');
  });
});

it('a person changes their name and language, and is answered in it', async () => {
  const person = await server.signUp({ language: 'de' });
  const client = server.client(person);
  expect((await client.me.get()).language).toBe('en');
  expect(await client.me.update({ name: 'Lan Phạm', language: 'vi' })).toMatchObject({
    name: 'Lan Phạm',
    language: 'vi',
    isOperator: false,
  });
});
