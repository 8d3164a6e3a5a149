import { describe, expect, it, vi } from 'vitest';
import { pruneReadings } from './prune-readings.ts';
import { codes, day, like, minute, useBench, value } from './testing.ts';

const bench = useBench();

describe('a goal over posts', () => {
  it('moves with the likes of the posts that serve it and opens down to who liked', async () => {
    const goalId = await bench.setGoal();
    const one = await bench.publish(goalId);
    const two = await bench.publish(goalId, ['first', 'second']);
    const other = await bench.publish(null);
    bench.network.posts.set(one.remoteId, { likes: value(3), reposts: value(1) });
    for (const id of two.remoteIds) bench.network.posts.set(id, { likes: value(2) });
    bench.network.posts.set(other.remoteId, { likes: value(50) });
    bench.network.engagements.set(one.remoteId, [like('Ana', 1), like('Bo', 2)]);
    expect(await bench.refresh(goalId)).toBe(3);

    const stands = await bench.progress(goalId);
    expect(stands).toMatchObject({ value: 7, baseline: 0, target: 100, share: 0.07, status: 'not-enough-data' });
    const { items } = await bench.evidence(goalId);
    expect(items.map((item) => [item.deliveryId, item.contributed])).toEqual([
      [two.deliveryId, 4],
      [one.deliveryId, 3],
    ]);
    expect(items[1]?.figures.find((f) => f.metric === 'likes')).toMatchObject({
      value: 3,
      source: bench.network.connector.manifest.id,
      theirName: 'likeCount',
      absence: null,
      fetchedAt: expect.any(String),
    });
    const acts = await bench.client.analytics.engagements({ ...bench.ws(), deliveryId: one.deliveryId });
    expect(acts.items.map((act) => [act.kind, act.actorName])).toEqual([
      ['like', 'Ana'],
      ['like', 'Bo'],
    ]);
  });

  it('says when its newest figure was read, not when somebody looks', async () => {
    const goalId = await bench.setGoal();
    const post = await bench.publish(goalId);
    bench.network.posts.set(post.remoteId, { likes: value(3) });
    await bench.refresh(goalId);
    const { asOf } = await bench.progress(goalId);
    await bench.advance(20 * minute);
    expect((await bench.progress(goalId)).asOf).toBe(asOf);
    const { items } = await bench.evidence(goalId);
    expect(items[0]?.figures.find((it) => it.metric === 'likes')?.fetchedAt).toBe(asOf);
  });

  it('counts what its metric, channels and languages say, and the sum of the contributions is its value', async () => {
    const second = bench.addMeasured();
    const secondId = await bench.connect(second);
    const engagement = await bench.setGoal({ metric: 'engagement', scope: { posts: 'all' } });
    const narrow = await bench.setGoal({ scope: { posts: 'all', channelIds: [secondId, crypto.randomUUID()] } });
    const german = await bench.setGoal({ scope: { posts: 'all', languages: ['de'] } });
    const published = await bench.setGoal({ metric: 'posts-published', scope: { posts: 'all' } });
    const here = await bench.publish(null);
    const there = await bench.publish(engagement, ['Brot'], secondId);
    bench.network.posts.set(here.remoteId, { likes: value(3), reposts: value(2), replies: value(1) });
    second.posts.set(there.remoteId, { likes: value(10) });
    await bench.refresh(engagement);

    for (const [goalId, expected] of [
      [engagement, 16],
      [narrow, 10],
      [german, null],
      [published, 2],
    ] as const) {
      const { value: total, series } = await bench.progress(goalId);
      const { items } = await bench.evidence(goalId);
      expect(total).toBe(expected);
      expect(items.reduce((sum, item) => sum + (item.contributed ?? 0), 0)).toBe(expected ?? 0);
      if (expected !== null) expect(series.at(-1)?.value).toBe(expected);
    }
    expect(codes((await bench.progress(german)).gaps)).toEqual({ 'no-objective': 1, 'no-posts': 1 });
  });

  it('is reached when its target is met', async () => {
    const goalId = await bench.setGoal({ target: { kind: 'number', value: 3 } });
    const { remoteId } = await bench.publish(goalId);
    bench.network.posts.set(remoteId, { likes: value(3) });
    await bench.refresh(goalId);
    expect(await bench.progress(goalId)).toMatchObject({ status: 'reached', share: 1 });
  });

  it('does not count what came after its deadline, nor posts of the day after', async () => {
    const goalId = await bench.setGoal({
      deadlineOn: (await bench.now()).toPlainDate().toString(),
      target: { kind: 'number', value: 5 },
    });
    const { remoteId } = await bench.publish(goalId);
    bench.network.posts.set(remoteId, { likes: value(3) });
    await bench.refresh(goalId);
    await bench.advance(day);
    const late = await bench.publish(goalId);
    bench.network.posts.set(remoteId, { likes: value(9) });
    bench.network.posts.set(late.remoteId, { likes: value(9) });
    await bench.tick();
    expect(await bench.progress(goalId)).toMatchObject({ value: 3, status: 'missed' });
    expect((await bench.evidence(goalId)).items).toHaveLength(1);
  });
});

describe('a goal over a level', () => {
  it('starts from the first figure and takes a relative target of it', async () => {
    bench.network.account = { followers: value(200) };
    const goalId = await bench.setGoal({ metric: 'followers', target: { kind: 'relative', percent: 15 } });
    expect(await bench.progress(goalId)).toMatchObject({
      value: null,
      baseline: null,
      target: null,
      status: 'not-enough-data',
    });
    await bench.refresh(goalId);
    bench.network.account = { followers: value(215) };
    await bench.refresh(goalId);
    expect(await bench.progress(goalId)).toMatchObject({ value: 215, baseline: 200, target: 230, share: 0.5 });
    expect((await bench.evidence(goalId)).items).toMatchObject([
      { kind: 'channel', channelId: bench.channelId, contributed: 215, deliveryId: null },
    ]);
  });

  it('has no jump when another channel is measured later', async () => {
    bench.network.account = { followers: value(200) };
    const goalId = await bench.setGoal({ metric: 'followers', target: { kind: 'relative', percent: 10 } });
    await bench.refresh(goalId);
    const second = bench.addMeasured();
    second.account = { followers: value(1_000) };
    await bench.connect(second);
    expect(await bench.progress(goalId)).toMatchObject({ value: 1_200, baseline: 1_200, target: 1_320, share: 0 });
  });

  it('says when a language narrows what cannot be narrowed', async () => {
    bench.network.account = { followers: value(200) };
    const goalId = await bench.setGoal({
      metric: 'followers',
      scope: { posts: 'all', languages: ['de'] },
      target: { kind: 'number', value: 1 },
    });
    await bench.refresh(goalId);
    expect(await bench.progress(goalId)).toMatchObject({ value: 200, status: 'not-enough-data' });
  });
});

describe('a goal over visits', () => {
  it('has its first figure of the own page as soon as a post is out, without being asked', async () => {
    const address = `first-${crypto.randomUUID().slice(0, 8)}`;
    const { channelId } = await bench.client.page.open({ ...bench.ws(), address, title: 'Corner bakery' });
    const goalId = await bench.setGoal({ metric: 'post-views' });
    await bench.publish(goalId, ['Rolls at seven'], channelId);
    expect(await bench.progress(goalId)).toMatchObject({ value: 0 });
  });

  it('counts the own page from where its counter stood when the goal began', async () => {
    const address = `visits-${crypto.randomUUID().slice(0, 8)}`;
    await bench.client.page.open({ ...bench.ws(), address, title: 'Corner bakery' });
    await bench.server.settle();
    const visit = async () => {
      const response = await bench.server.api(`/p/${address}`, {
        headers: { 'user-agent': 'Mozilla/5.0 (X11) Firefox/140.0' },
      });
      expect(response.status).toBe(200);
    };
    const target = { kind: 'number', value: 10 } as const;
    const scope = { posts: 'all' } as const;
    const waiting = { timeout: 10_000, interval: 300 };
    const first = await bench.setGoal({ metric: 'page-views', target, scope });
    await visit();
    // The page writes its counts down once a second.
    await vi.waitFor(async () => {
      await bench.refresh(first);
      expect(await bench.progress(first)).toMatchObject({ value: 1, baseline: 0, share: 0.1 });
    }, waiting);

    await bench.advance(day);
    const second = await bench.setGoal({ metric: 'page-views', target, scope });
    await visit();
    await vi.waitFor(async () => {
      await bench.refresh(second);
      expect(await bench.progress(second)).toMatchObject({ value: 1 });
    }, waiting);
    expect(await bench.progress(first)).toMatchObject({ value: 2 });
    expect((await bench.evidence(first)).items).toMatchObject([{ kind: 'channel', network: 'page', contributed: 2 }]);
  });
});

describe('days', () => {
  it('end at midnight of the workspace, not of the server', async () => {
    const goalId = await bench.setGoal();
    const { remoteId } = await bench.publish(goalId);
    const at = await bench.now();
    const evening = at.withPlainTime('23:50');
    const wait = Number(evening.epochMilliseconds - at.epochMilliseconds);
    await bench.advance(wait > 0 ? wait : wait + day);
    const today = (await bench.now()).toPlainDate();
    bench.network.posts.set(remoteId, { likes: value(3) });
    await bench.refresh(goalId);
    bench.network.posts.set(remoteId, { likes: value(4) });
    await bench.refresh(goalId);
    await bench.advance(20 * minute);
    bench.network.posts.set(remoteId, { likes: value(7) });
    await bench.refresh(goalId);
    expect((await bench.progress(goalId)).series).toEqual([
      { on: today.toString(), value: 4 },
      { on: today.add({ days: 1 }).toString(), value: 7 },
    ]);
  });

  it('stay when their readings have gone, with the value and the series as they were', async () => {
    const goalId = await bench.setGoal({ deadlineOn: (await bench.now()).toPlainDate().add({ days: 90 }).toString() });
    const { remoteId } = await bench.publish(goalId);
    for (const likes of [3, 5, 8]) {
      bench.network.posts.set(remoteId, { likes: value(likes) });
      await bench.refresh(goalId);
      await bench.advance(day);
    }
    const before = await bench.progress(goalId);
    expect(before.series.map((p) => p.value)).toEqual([3, 5, 8]);
    await bench.advance(36 * day);
    const count = await pruneReadings(bench.server.house, new Date((await bench.now()).epochMilliseconds));
    expect(count).toBeGreaterThanOrEqual(3);
    expect(await bench.progress(goalId)).toMatchObject({ value: 8, series: before.series });
  });

  it('make a trend once three of them are measured', async () => {
    const goalId = await bench.setGoal();
    const { remoteId } = await bench.publish(goalId);
    for (const [likes, status] of [
      [2, 'not-enough-data'],
      [4, 'not-enough-data'],
      [6, 'at-risk'],
    ] as const) {
      bench.network.posts.set(remoteId, { likes: value(likes) });
      await bench.refresh(goalId);
      expect((await bench.progress(goalId)).status).toBe(status);
      await bench.advance(day);
    }
    expect(await bench.progress(goalId)).toMatchObject({ perDay: 2, projected: 60 });
  });
});
