import { ORPCError } from '@orpc/client';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellFact } from '#server/platform/facts/index.ts';
import { makeMember, makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { appendLine } from './append-line.ts';

const server = useServer();
let owner: pg.Client;
beforeAll(async () => {
  owner = new pg.Client({ connectionString: server.test.ownerUrl });
  await owner.connect();
});
afterAll(() => owner?.end());

const codeOf = (error: unknown) => (error instanceof ORPCError ? error.code : error);
const systemLine = (workspaceId: string, action: string) => ({
  workspaceId,
  byKind: 'system' as const,
  personId: null,
  keyId: null,
  action,
  subjectKind: null,
  subjectId: null,
  detail: {},
  factId: null,
});

/** A workspace whose log has five lines. */
async function makeLog() {
  const team = await makeTeam(server);
  const { client, workspaceId } = team;
  const objective = await client.objectives.create({ workspaceId, title: 'One' });
  await client.objectives.update({
    workspaceId,
    objectiveId: objective.id,
    revision: objective.revision,
    title: 'Two',
  });
  const { key } = await client.apiKeys.create({ workspaceId, name: 'K', scopes: ['read', 'plan'], days: 30 });
  await client.apiKeys.revoke({ workspaceId, apiKeyId: key.id });
  return { ...team, objectiveId: objective.id, keyId: key.id };
}

describe('the audit log', () => {
  it('is whole however the workspace was spelt in the address', async () => {
    const { client, workspaceId } = await makeLog();
    await client.objectives.create({ workspaceId: workspaceId.toUpperCase(), title: 'Loud' });
    expect(await client.audit.verify({ workspaceId })).toMatchObject({ whole: true, lines: 6 });
  });

  it('has one line for each change: who, what, to what, and nothing of its content', async () => {
    const { client, workspaceId, owner: person, objectiveId, keyId } = await makeLog();
    const { items } = await client.audit.list({ workspaceId });
    const by = { kind: 'person', personId: person.id, name: person.name };
    expect(items.reverse()).toMatchObject([
      { number: 1, action: 'workspaces.create', subject: null, by },
      { number: 2, action: 'objectives.create', subject: { kind: 'objective', id: objectiveId }, detail: {} },
      { number: 3, action: 'objectives.update', subject: { id: objectiveId }, detail: { changed: 'title' } },
      { number: 4, action: 'apiKeys.create', subject: { id: keyId }, detail: { scopes: 'read plan', days: 30 } },
      { number: 5, action: 'apiKeys.revoke', subject: { kind: 'apiKey', id: keyId } },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/Two|gp_/);
  });

  it('has no line for what was refused, only looked at, or repeated', async () => {
    const { client, workspaceId } = await makeTeam(server);
    const editor = await makeMember(server, workspaceId, 'editor');
    await editor.client.objectives.create({ workspaceId, title: 'No' }).catch(codeOf);
    await client.objectives.list({ workspaceId });
    await client.audit.verify({ workspaceId });
    const once = server.client((await makeMember(server, workspaceId, 'owner')).person, { 'idempotency-key': 'one' });
    await once.objectives.create({ workspaceId, title: 'Once' });
    await once.objectives.create({ workspaceId, title: 'Once' });
    const { items } = await client.audit.list({ workspaceId });
    expect(items.map(({ action }) => action)).toEqual(['objectives.create', 'workspaces.create']);
  });

  it('stands or falls with the change itself', async () => {
    const { client, workspaceId, owner: person } = await makeTeam(server);
    const alone = { workspaceId, personId: person.id, role: 'viewer' as const };
    expect(await client.members.changeRole(alone).catch(codeOf)).toBe('last-owner');
    expect((await client.audit.list({ workspaceId, action: 'members' })).items).toEqual([]);
    const other = await makeMember(server, workspaceId, 'editor');
    await client.members.changeRole({ workspaceId, personId: other.person.id, role: 'manager' });
    const [line] = (await client.audit.list({ workspaceId, action: 'members' })).items;
    expect(line).toMatchObject({
      action: 'members.changeRole',
      subject: { kind: 'person', id: other.person.id },
      detail: { role: 'manager' },
    });
  });

  it('is written in the transaction of the change', async () => {
    const { workspaceId } = await makeLog();
    const { rows } = await owner.query<{ number: number; same: boolean }>(
      `SELECT number, xmin IN (SELECT xmin FROM workspace WHERE id = $1 UNION SELECT xmin FROM objective WHERE workspace_id = $1
         UNION SELECT xmin FROM directory_api_key WHERE workspace_id = $1) AS same
       FROM audit_entry WHERE workspace_id = $1 AND number IN (1, 3, 4) ORDER BY number`,
      [workspaceId],
    );
    expect(rows).toEqual([1, 3, 4].map((number) => ({ number, same: true })));
  });

  it('names the key that a change came by', async () => {
    const { client, workspaceId, owner: person } = await makeTeam(server);
    const { secret } = await client.apiKeys.create({ workspaceId, name: 'Robot', scopes: ['plan'] });
    await fetch(new URL(`/api/workspaces/${workspaceId}/objectives`, server.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: '{"title":"By a robot"}',
    });
    const [line] = (await client.audit.list({ workspaceId })).items;
    expect(line?.by).toEqual({ kind: 'key', personId: person.id, name: 'Robot' });
  });

  it('is read page by page and by action', async () => {
    const { client, workspaceId } = await makeLog();
    const first = await client.audit.list({ workspaceId, limit: 3 });
    const second = await client.audit.list({ workspaceId, limit: 3, cursor: first.next ?? '' });
    expect([...first.items, ...second.items].map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
    expect(second.next).toBeUndefined();
    const group = await client.audit.list({ workspaceId, action: 'objectives' });
    expect(group.items.map(({ action }) => action)).toEqual(['objectives.update', 'objectives.create']);
    expect((await client.audit.list({ workspaceId, action: 'objectives.create' })).items).toHaveLength(1);
  });

  it('has a line for what Goalpost did by itself, once, however often it is told', async () => {
    const { client, workspaceId, owner: person } = await makeTeam(server);
    const postId = '00000000-0000-4000-8000-000000000001';
    await server.house.db.inWorkspace(workspaceId, async (tx) => {
      await appendLine(
        tx,
        {
          ...systemLine(workspaceId, 'posts.schedule'),
          byKind: 'person',
          personId: person.id,
          subjectKind: 'post',
          subjectId: postId,
        },
        { ifAnything: false },
      );
      const payload = {
        deliveryId: postId,
        channelId: postId,
        postId,
        network: 'page',
        fault: 'content-rejected',
        attempt: 2,
        excerpt: 'secret words',
      };
      await tellFact(tx, { workspaceId, kind: 'delivery.failed', payload });
    });
    await server.settle();
    await server.house.db.inWorkspace(workspaceId, (tx) =>
      sql`UPDATE fact SET handed_on_at = NULL, next_try_at = clock.now()`.execute(tx),
    );
    await server.settle();
    const { rows: waiting } = await owner.query(
      'SELECT kind FROM fact WHERE workspace_id = $1 AND handed_on_at IS NULL',
      [workspaceId],
    );
    expect(waiting).toEqual([]);
    const { items } = await client.audit.list({ workspaceId, action: 'delivery.failed' });
    expect(items).toMatchObject([
      {
        by: { kind: 'system', personId: null, name: '' },
        subject: { kind: 'delivery', id: postId },
        detail: {
          postId,
          channelId: postId,
          network: 'page',
          fault: 'content-rejected',
          attempt: 2,
          plannedById: person.id,
        },
      },
    ]);
    expect(JSON.stringify(items)).not.toContain('secret words');
  });

  it('has no gap and no fork when fifty changes come at once', async () => {
    const { client, workspaceId } = await makeTeam(server);
    // Drafts: nothing else makes them wait for one another.
    await Promise.all(Array.from({ length: 50 }, () => client.posts.create({ workspaceId })));
    const { items } = await client.audit.list({ workspaceId, limit: 200 });
    expect(items.map(({ number }) => number)).toEqual(Array.from({ length: 51 }, (_, i) => 51 - i));
    expect(await client.audit.verify({ workspaceId })).toEqual({ whole: true, lines: 51, brokenAt: null });
  });
});

describe('a written line', () => {
  const inApp = (workspaceId: string, statement: string) =>
    server.house.db.inWorkspace(workspaceId, (tx) => sql.raw(statement).execute(tx));

  it('cannot be changed or removed by the app, nor its end moved back', async () => {
    const { workspaceId } = await makeLog();
    for (const statement of [
      `UPDATE audit_entry SET action = 'goals.get'`,
      'DELETE FROM audit_entry',
      'TRUNCATE audit_entry',
      'DELETE FROM audit_head',
    ])
      await expect(inApp(workspaceId, statement), statement).rejects.toThrow('permission denied');
    for (const statement of [
      `UPDATE audit_head SET number = number - 1`,
      `UPDATE audit_head SET hash = repeat('a', 64)`,
    ])
      await expect(inApp(workspaceId, statement), statement).rejects.toThrow('goes on line by line');
    await expect(server.house.db.across((tx) => sql`SELECT * FROM audit_entry`.execute(tx))).rejects.toThrow(
      'permission denied',
    );
  });

  it('cannot be changed or removed by the owner as long as the trigger stands', async () => {
    for (const statement of [
      `UPDATE audit_entry SET action = 'goals.get'`,
      'DELETE FROM audit_entry',
      'TRUNCATE audit_entry',
    ])
      await expect(owner.query(statement), statement).rejects.toThrow('never changed or removed');
  });

  const id = '00000000-0000-4000-8000-00000000000f';
  it.each([
    ['at', `SET at = at + interval '1 second'`],
    ['by_kind and key_id', `SET by_kind = 'key', key_id = '${id}'`],
    ['person_id', `SET person_id = 'somebody-else'`],
    ['action', `SET action = 'goals.get'`],
    ['subject_kind', `SET subject_kind = 'goal'`],
    ['subject_id', `SET subject_id = '${id}'`],
    ['detail', `SET detail = '{"changed": "description"}'`],
    ['fact_id', `SET fact_id = '${id}'`],
    ['hash', `SET hash = repeat('0', 64)`],
    ['number', 'SET number = 999'],
  ])('shows that its %s was changed by an owner who took the trigger off', async (_column, change) => {
    const { client, workspaceId } = await makeLog();
    await withoutTriggers(`UPDATE audit_entry ${change} WHERE workspace_id = $1 AND number = 3`, workspaceId);
    expect(await client.audit.verify({ workspaceId })).toEqual({ whole: false, lines: 2, brokenAt: 3 });
  });

  it.each([
    ['removed', 'DELETE FROM audit_entry WHERE workspace_id = $1 AND number = 3', 3],
    ['the last one and removed', 'DELETE FROM audit_entry WHERE workspace_id = $1 AND number = 5', 5],
    ['removed with all others', 'DELETE FROM audit_entry WHERE workspace_id = $1', 1],
    [
      'put in another’s place',
      `UPDATE audit_entry SET number = CASE number WHEN 3 THEN 1003 ELSE 1002 END WHERE workspace_id = $1 AND number IN (2, 3);
       UPDATE audit_entry SET number = CASE number WHEN 1003 THEN 2 ELSE 3 END WHERE workspace_id = $1 AND number > 1000`,
      2,
    ],
    [
      'added behind the end',
      `INSERT INTO audit_entry SELECT workspace_id, 6, at, by_kind, person_id, key_id, action, subject_kind, subject_id, detail, NULL, hash
       FROM audit_entry WHERE workspace_id = $1 AND number = 5`,
      6,
    ],
    ['denied by a changed head', `UPDATE audit_head SET number = 4 WHERE workspace_id = $1`, 4],
  ])('shows that it was %s', async (_what, statement, brokenAt) => {
    const { client, workspaceId } = await makeLog();
    for (const each of statement.split(';\n')) await withoutTriggers(each, workspaceId);
    expect(await client.audit.verify({ workspaceId })).toMatchObject({ whole: false, brokenAt });
  });

  async function withoutTriggers(statement: string, workspaceId: string) {
    await owner.query(`ALTER TABLE audit_entry DISABLE TRIGGER USER; ALTER TABLE audit_head DISABLE TRIGGER USER`);
    try {
      await owner.query(statement, [workspaceId]);
    } finally {
      await owner.query(`ALTER TABLE audit_entry ENABLE TRIGGER USER; ALTER TABLE audit_head ENABLE TRIGGER USER`);
    }
  }
});
