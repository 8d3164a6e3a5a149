import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Post } from '#contract/posts.ts';
import { codeOf, says, useBusiness } from '../testing.ts';
import { lockQuota } from './quota-store.ts';

const shop = useBusiness();
const { round, ws } = shop;
const HOUR_MS = 3_600_000;

const setQuota = (over: 'refused' | 'advised', max = 5) => {
  const quota = { max, perMs: 24 * HOUR_MS, over, source: 'made for tests', checkedOn: '2026-11-23' };
  shop.network.connector.manifest = { ...shop.network.connector.manifest, quota };
};

/** A whole hour of a day that is far enough ahead for all tests. */
const at = (hour: number, day = 3) => ({ local: `2031-05-0${day}T${String(hour).padStart(2, '0')}:00`, zone: 'UTC' });
const plan = async (when: { local: string; zone: string }, ...texts: string[]): Promise<Post> => {
  const { id: postId, revision } = await shop.draft(says(...(texts.length > 0 ? texts : ['Bread'])));
  return shop.team.client.posts.schedule({ ...ws(), postId, revision, at: when });
};
const problemsOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: { data: { problems: { field: string; code: string; message: string }[] } }) => error.data.problems,
  );
const countWaiting = async () => {
  const { rows } = await shop.server.house.db.outside((tx) =>
    sql<{ n: number }>`SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`.execute(tx),
  );
  return rows[0]?.n;
};
const listDays = async (from = '2031-05-01', to = '2031-05-09') =>
  (await shop.team.client.publishing.quotas({ ...ws(), from, to })).items.map(({ on, planned }) => [on, planned]);

beforeEach(async () => {
  await shop.team.client.workspaces.update({ ...ws(), zone: 'UTC' });
});

describe('a quota of posts', () => {
  it('is told of before it is full, and what is over it is refused at its channel with what to do', async () => {
    setQuota('refused');
    for (const hour of [8, 9, 10]) await plan(at(hour));
    expect(await listDays()).toEqual([]);
    await plan(at(11));
    expect(await listDays()).toEqual([['2031-05-03', 4]]);
    await plan(at(12));
    expect(await listDays()).toEqual([['2031-05-03', 5]]);
    const [problem] = await problemsOf(plan(at(13)));
    expect(problem).toMatchObject({ field: 'variants.0.channelId', code: 'quota-full' });
    expect(problem?.message).toContain('5');
  });

  it('counts over midnight, and lets go what is a whole day later', async () => {
    setQuota('refused', 3);
    for (const hour of [21, 22, 23]) await plan(at(hour));
    expect(await codeOf(plan(at(2, 4)))).toBe('quota-full');
    await plan(at(21, 4));
    expect(await codeOf(plan(at(20, 2)))).toBe('no refusal');
  });

  it('counts each part of a thread, and no plan that was taken off', async () => {
    setQuota('refused', 3);
    const thread = await plan(at(8), 'one', 'two', 'three');
    expect(await codeOf(plan(at(9)))).toBe('quota-full');
    await shop.team.client.posts.cancel({ ...ws(), postId: thread.id });
    expect(await codeOf(plan(at(9)))).toBe('no refusal');
    expect(await codeOf(plan(at(10), 'one', 'two', 'three'))).toBe('quota-full');
  });

  it('keeps nobody from mending what has its place, and from moving it to where there is room', async () => {
    setQuota('refused', 2);
    await plan(at(8));
    const post = await plan(at(9));
    setQuota('refused', 1);
    const { revision } = await shop.team.client.posts.update({
      ...ws(),
      postId: post.id,
      revision: post.revision,
      content: says('Mended'),
    });
    const move = (when: { local: string; zone: string }, from: number) =>
      shop.team.client.posts.move({ ...ws(), postId: post.id, revision: from, at: when });
    expect(await codeOf(move(at(10), revision))).toBe('quota-full');
    expect(await codeOf(move(at(10, 5), revision))).toBe('no refusal');
  });

  it('counts what went out', async () => {
    setQuota('refused', 2);
    await shop.publish('one');
    await shop.publish('two');
    await round();
    expect(shop.network.posts).toHaveLength(2);
    expect(await codeOf(shop.publish('three'))).toBe('quota-full');
    await shop.clock.advance(24 * HOUR_MS + 1_000);
    expect(await codeOf(shop.publish('four'))).toBe('no refusal');
  });

  it.each(['accept', 'lose'] as const)('counts what was due days ago and was sent today: %s', async (script) => {
    setQuota('refused', 1);
    const late = await shop.schedule('late', HOUR_MS);
    await shop.clock.advance(3 * 24 * HOUR_MS);
    await round();
    expect((await shop.deliveryOf(late)).state).toBe('held');
    await shop.team.client.deliveries.retry({ ...ws(), deliveryId: (await shop.deliveryOf(late)).id });
    shop.network.script = [script];
    await round();
    expect((await shop.deliveryOf(late)).state).toBe(script === 'lose' ? 'unconfirmed' : 'published');
    expect(await codeOf(shop.publish('now'))).toBe('quota-full');
  });

  it('that is only advised keeps nobody from anything, and is told of', async () => {
    setQuota('advised', 1);
    await plan(at(8));
    await plan(at(9));
    expect(await listDays()).toEqual([['2031-05-03', 2]]);
  });

  it('keeps two from waiting for each other who plan on the same channels at once', async () => {
    const [mine, { network, channelId }] = [shop.channelId, await shop.addChannel()];
    setQuota('refused');
    const { quota } = shop.network.connector.manifest;
    if (quota) network.connector.manifest = { ...network.connector.manifest, quota };
    const variants = [mine, channelId].map((id) => ({ channelId: id }));
    /** A post whose variants stand in this order, which is nobody's to choose. */
    const draftFor = async (first: string): Promise<Post> => {
      const post = (await shop.team.client.posts.create({ ...ws(), content: says('Bread'), variants })) as Post;
      return post.variants[0]?.channelId === first ? post : draftFor(first);
    };
    const drafts = [await draftFor(mine), await draftFor(channelId)];
    const plans: Promise<string>[] = [];
    // Both are let in at the channel that the first one comes to first, when the second one waits there too.
    await shop.server.house.db.outside(async (tx) => {
      await lockQuota(tx, mine);
      for (const [index, { id: postId, revision }] of drafts.entries()) {
        plans.push(codeOf(shop.team.client.posts.schedule({ ...ws(), postId, revision, at: at(8 + index) })));
        await expect.poll(() => countWaiting()).toBe(index + 1);
      }
    });
    expect(await Promise.all(plans)).toEqual(['no refusal', 'no refusal']);
  });

  it('counts what was let go late and is not sent yet', async () => {
    setQuota('refused', 1);
    const late = await shop.schedule('late', HOUR_MS);
    await shop.clock.advance(3 * 24 * HOUR_MS);
    await round();
    await shop.team.client.deliveries.retry({ ...ws(), deliveryId: (await shop.deliveryOf(late)).id });
    expect((await shop.deliveryOf(late)).state).toBe('scheduled');
    expect(await codeOf(shop.publish('now'))).toBe('quota-full');
  });

  it('has one last place for two who plan at once', async () => {
    setQuota('refused', 1);
    const codes = await Promise.all([codeOf(plan(at(8))), codeOf(plan(at(9)))]);
    expect(codes.toSorted()).toEqual(['no refusal', 'quota-full']);
  });
});
