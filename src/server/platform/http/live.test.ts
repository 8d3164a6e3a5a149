import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeMember, makeTeam, type TestTeam } from '#test/makers.ts';
import { type TestPerson, useServer } from '#test/server.ts';
import { createLive } from '../live/index.ts';

const server = useServer();
let team: TestTeam;
const open: AbortController[] = [];

beforeAll(async () => {
  team = await makeTeam(server);
});
afterEach(() => {
  for (const each of open.splice(0)) each.abort();
});

interface Stream {
  status: number;
  type: string | null;
  /** Reads on until what came so far matches. Rejects when the stream ends before. */
  until(pattern: RegExp): Promise<string>;
  /** Resolves when the server has ended it. */
  ended(): Promise<string>;
}

async function watch(person: TestPerson, workspaceId = team.workspaceId): Promise<Stream> {
  const abort = new AbortController();
  open.push(abort);
  const response = await server.api(`/api/workspaces/${workspaceId}/live`, { as: person, signal: abort.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let said = '';
  const more = async () => {
    const { done, value } = (await reader?.read()) ?? { done: true, value: '' };
    said += value ?? '';
    return !done;
  };
  const stream: Stream = {
    status: response.status,
    type: response.headers.get('content-type'),
    async until(pattern) {
      while (!pattern.test(said)) if (!(await more())) throw new Error(`It ended after: ${said}`);
      return said;
    },
    async ended() {
      while (await more());
      return said;
    },
  };
  if (response.status === 200) await stream.until(/event: beat/);
  return stream;
}

describe('the live stream', () => {
  it('says what changed by kind and id, and not a word of it', async () => {
    const stream = await watch(team.owner);
    expect(stream.type).toMatch(/^text\/event-stream/);
    const { id } = await team.client.objectives.create({ workspaceId: team.workspaceId, title: 'Fill quiet mornings' });
    await team.client.objectives.archive({ workspaceId: team.workspaceId, objectiveId: id });
    const said = await stream.until(/objective\.archived/);
    expect(said).toContain(`"objectiveId":"${id}"`);
    expect(said).not.toContain('quiet mornings');
  });

  it('says nothing of other workspaces, and lets no stranger in', async () => {
    const other = await makeTeam(server);
    expect((await watch(other.owner)).status).toBe(404);
    expect((await watch({ ...team.owner, cookie: '' })).status).toBe(401);
    const stream = await watch(team.owner);
    await other.client.objectives.create({ workspaceId: other.workspaceId, title: 'Theirs' });
    await team.client.objectives.create({ workspaceId: team.workspaceId, title: 'Ours' });
    const said = await stream.until(/objective\.created/);
    expect(said.match(/objective\.created/g)).toHaveLength(1);
  });

  it('ends at once for who is removed, and for nobody else', async () => {
    const editor = await makeMember(server, team.workspaceId, 'editor');
    const [theirs, ours] = [await watch(editor.person), await watch(team.owner)];
    await team.client.members.remove({ workspaceId: team.workspaceId, personId: editor.person.id });
    expect(await theirs.ended()).toContain('event: over');
    await ours.until(/member\.removed/);
    expect((await watch(editor.person)).status).toBe(404);
  });

  it('says nothing to a viewer of what only leads may look at, until they are one', async () => {
    const { client, workspaceId } = team;
    const viewer = await makeMember(server, workspaceId, 'viewer');
    const [theirs, ours] = [await watch(viewer.person), await watch(team.owner)];
    await client.invitations.create({ workspaceId, role: 'viewer' });
    await ours.until(/invitation/);
    await client.objectives.create({ workspaceId, title: 'Later than that' });
    expect(await theirs.until(/objective/)).not.toContain('invitation');
    await client.members.changeRole({ workspaceId, personId: viewer.person.id, role: 'manager' });
    expect(await theirs.ended()).not.toContain('event: over');
    const again = await watch(viewer.person);
    await client.invitations.create({ workspaceId, role: 'viewer' });
    await again.until(/invitation/);
  });

  it('is open to one person a dozen times in one process, not more', async () => {
    const { owner, workspaceId } = await makeTeam(server);
    for (let i = 0; i < 12; i += 1) expect((await watch(owner, workspaceId)).status).toBe(200);
    expect((await watch(owner, workspaceId)).status).toBe(429);
    open.splice(0, 1)[0]?.abort();
    await expect.poll(async () => (await watch(owner, workspaceId)).status).toBe(200);
  });

  it('learns of what another process did, holds one connection for all, and beats', async () => {
    const { db, log } = server.house;
    const live = createLive({ db, log, beatMs: 20 });
    const told: string[] = [];
    let beats = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    const leave = await live.admit({
      workspaceId: team.workspaceId,
      personId: 'somebody',
      tell: (changes) => {
        told.push(...(changes.length > 0 ? changes.map(({ kind }) => kind) : ['anything']));
        if (told.includes('objective.created')) resolve();
      },
      beat: () => {
        beats += 1;
      },
      maySee: () => true,
      stillMay: async () => true,
      end: () => undefined,
    });
    await team.client.objectives.create({ workspaceId: team.workspaceId, title: 'Elsewhere' });
    await promise;
    // Whoever came with the connection itself has missed nothing, and need not look at everything.
    expect(told).not.toContain('anything');
    await expect.poll(() => beats).toBeGreaterThan(1);
    leave?.();
    await live.close();
    expect(await live.admit({} as never)).toBeNull();
  });

  it('says that publishing stands otherwise, of which nobody else tells', async () => {
    const { db, log } = server.house;
    let asked = 0;
    const standing = async () => {
      asked += 1;
      return asked > 1 ? 'stopped' : 'fine';
    };
    const live = createLive({ db, log, beatMs: 5, standing });
    const told: string[] = [];
    await live.admit({
      workspaceId: team.workspaceId,
      personId: 'somebody',
      tell: (changes) => {
        told.push(...changes.map(({ kind }) => kind));
      },
      beat: () => undefined,
      maySee: () => true,
      stillMay: async () => true,
      end: () => undefined,
    });
    await expect.poll(() => told.filter((kind) => kind === 'publishing.stands')).toHaveLength(1);
    await live.close();
  });

  it('ends for who may not look any more, when that is asked', async () => {
    const { db, log } = server.house;
    const live = createLive({ db, log, beatMs: 5 });
    const { promise, resolve } = Promise.withResolvers<boolean>();
    await live.admit({
      workspaceId: team.workspaceId,
      personId: 'signed-out',
      tell: () => undefined,
      beat: () => undefined,
      maySee: () => true,
      stillMay: async () => false,
      end: resolve,
    });
    expect(await promise).toBe(true);
    await live.close();
  });
});
