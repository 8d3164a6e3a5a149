import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Post } from '#contract/posts.ts';
import { keepWallClocks } from './keep-wall-clocks.ts';
import { planTime } from './planned-time.rules.ts';
import { codeOf, says, useBusiness } from './testing.ts';

const shop = useBusiness({ zone: 'Asia/Bangkok' });
const { draft, ws } = shop;
const house = () => shop.server.house;
const HOUR_MS = 3_600_000;

/** The zones as they are, but in Almaty clocks went back an hour. */
const changed: typeof planTime = (local, zone) => {
  const planned = planTime(local, zone);
  return planned && zone === 'Asia/Almaty' ? { ...planned, at: new Date(planned.at.getTime() + HOUR_MS) } : planned;
};
const newer = { version: '9999a', plan: changed };

async function scheduleAt(local: string, zone: string): Promise<Post> {
  const { id: postId, revision } = await draft(says('Bread at nine'));
  return (await shop.team.client.posts.schedule({ ...ws(), postId, revision, at: { local, zone } })) as Post;
}
const read = async (post: Post) => {
  const { plannedFor, deliveries } = await shop.team.client.posts.get({ ...ws(), postId: post.id });
  return { ...plannedFor, dueAt: deliveries[0]?.dueAt, localDue: deliveries[0]?.localDue };
};
const forget = () => house().db.outside((tx) => sql`UPDATE installation SET zone_data = ''`.execute(tx));

beforeAll(forget);
beforeEach(forget);

describe('when the rules of a zone change', () => {
  it('a post keeps its wall-clock time, moves to the new instant, and its author is told', async () => {
    const post = await scheduleAt('2031-03-03T09:00', 'Asia/Almaty');
    const other = await scheduleAt('2031-03-03T09:00', 'Asia/Saigon');
    const before = await read(post);
    const otherBefore = await read(other);
    expect(await keepWallClocks(house(), newer)).toEqual({ moved: 1 });
    const at = new Date(new Date(before.at ?? '').getTime() + HOUR_MS).toISOString();
    expect(await read(post)).toMatchObject({ local: '2031-03-03T09:00', at, dueAt: at, localDue: '2031-03-03T09:00' });
    expect(await read(other)).toEqual(otherBefore);
    await shop.server.settle();
    const { items } = await shop.team.client.notices.list(ws());
    expect(items).toMatchObject([{ kind: 'post-moved', count: 1, path: `/w/${ws().workspaceId}/posts/${post.id}` }]);
    expect(await keepWallClocks(house(), newer)).toEqual({ moved: 0 });
  });

  it('a draft that is planned moves too, and one without a time stays', async () => {
    const plain = await draft(says('Some day'));
    const planned = await draft(says('Planned'));
    const { client } = shop.team;
    const at = { local: '2031-03-03T09:00', zone: 'Asia/Almaty' };
    await client.posts.move({ ...ws(), postId: planned.id, revision: planned.revision, at });
    await keepWallClocks(house(), newer);
    expect((await read(planned)).at).toBe('2031-03-03T05:00:00.000Z');
    expect((await client.posts.get({ ...ws(), postId: plain.id })).plannedFor).toBeNull();
  });

  it('what waits for a limit beyond its time goes on waiting for it', async () => {
    const post = await scheduleAt('2031-03-03T09:00', 'Asia/Almaty');
    const until = new Date('2031-03-04T00:00:00Z');
    await house().db.inWorkspace(ws().workspaceId, (tx) =>
      sql`UPDATE delivery SET not_before = ${until} WHERE post_id = ${post.id}`.execute(tx),
    );
    await keepWallClocks(house(), newer);
    const { rows } = await house().db.inWorkspace(ws().workspaceId, (tx) =>
      sql<{ until: Date }>`SELECT not_before AS until FROM delivery WHERE post_id = ${post.id}`.execute(tx),
    );
    expect(rows).toEqual([{ until }]);
  });

  it('a process with older zone data than another had leaves everything as it is', async () => {
    const post = await scheduleAt('2031-03-03T09:00', 'Asia/Almaty');
    await keepWallClocks(house(), newer);
    const moved = await read(post);
    expect(await keepWallClocks(house(), { version: '2026a', plan: planTime })).toEqual({ moved: 0 });
    expect(await read(post)).toEqual(moved);
    expect(shop.server.logged.some((line) => line.includes('older zone data'))).toBe(true);
  });

  it('a start with the zone data of before reckons nothing again', async () => {
    await keepWallClocks(house(), { version: '2026c', plan: planTime });
    const post = await scheduleAt('2031-03-03T09:00', 'Asia/Almaty');
    const before = await read(post);
    await keepWallClocks(house(), { version: '2026c', plan: changed, ifNewer: true });
    expect(await read(post)).toEqual(before);
    await keepWallClocks(house(), { version: '2026c', plan: changed });
    expect((await read(post)).at).not.toBe(before.at);
  });
});

describe('a zone', () => {
  it('is kept by the name it was given, also an old one, and means the same instant', async () => {
    const old = await read(await scheduleAt('2031-03-03T09:00', 'Asia/Saigon'));
    const today = await read(await scheduleAt('2031-03-03T09:00', 'Asia/Ho_Chi_Minh'));
    expect(old).toMatchObject({ zone: 'Asia/Saigon', at: today.at, dueAt: today.dueAt });
    expect(await read(await scheduleAt('2031-07-04T12:00', 'US/Eastern'))).toMatchObject({
      zone: 'US/Eastern',
      at: '2031-07-04T16:00:00.000Z',
    });
  });

  it.each(['Europe/Bakery', '+07:00', 'local'])(
    'that nobody knows (%s) is refused by the name of its field',
    async (zone) => {
      const { id: postId, revision } = await draft(says('When?'));
      const at = { local: '2031-03-03T09:00', zone };
      const { client } = shop.team;
      const fieldOf = (promise: Promise<unknown>) =>
        promise.then(
          () => 'accepted',
          (error: { data: { problems: { field: string; code: string }[] } }) => error.data.problems,
        );
      const problem = (field: string) => [expect.objectContaining({ field, code: 'not-a-zone' })];
      expect(await fieldOf(client.posts.schedule({ ...ws(), postId, revision, at }))).toEqual(problem('at.zone'));
      expect(await fieldOf(client.posts.move({ ...ws(), postId, revision, at }))).toEqual(problem('at.zone'));
      expect(await fieldOf(client.posts.update({ ...ws(), postId, revision, plannedFor: at }))).toEqual(
        problem('plannedFor.zone'),
      );
    },
  );

  it('that is known does not make a day that no calendar has', async () => {
    const { id: postId, revision } = await draft(says('When?'));
    const at = { local: '2031-02-30T09:00', zone: 'Asia/Bangkok' };
    expect(await codeOf(shop.team.client.posts.schedule({ ...ws(), postId, revision, at }))).toBe('input-invalid');
  });
});
