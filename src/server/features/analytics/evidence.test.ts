import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { pruneReadings } from './prune-readings.ts';
import { codes, day, useBench, value } from './testing.ts';

const bench = useBench();

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );

describe('what a figure is made of', () => {
  it('opens down to every look, the failed one beside the good ones', async () => {
    const goalId = await bench.setGoal({ metric: 'engagement' });
    const { deliveryId, remoteId } = await bench.publish(goalId);
    bench.network.posts.set(remoteId, { likes: value(3), replies: value(1) });
    await bench.refresh(goalId);
    bench.network.fault = { kind: 'temporarily-down', said: 'no answer' };
    await bench.refresh(goalId);
    const looks = (metric: 'likes' | 'engagement') =>
      bench.client.analytics.looks({ ...bench.ws(), deliveryId, metric });
    expect((await looks('likes')).items).toMatchObject([
      { value: null, absence: 'failed', fault: 'temporarily-down', part: 1 },
      { value: 3, absence: null, fault: null, part: 1 },
    ]);
    const known = (await looks('engagement')).items.filter((it) => it.value !== null);
    expect(known.map((it) => [it.metric, it.value]).toSorted()).toEqual([
      ['likes', 3],
      ['replies', 1],
    ]);
  });

  it('pages through looks without losing or repeating one, and keeps the days of those that were cleared', async () => {
    const goalId = await bench.setGoal();
    const { deliveryId, remoteIds } = await bench.publish(goalId, ['first', 'second']);
    for (const number of [1, 2, 5]) {
      for (const id of remoteIds) bench.network.posts.set(id, { likes: value(number) });
      await bench.refresh(goalId);
    }
    const ask = (cursor?: string, limit = 2) =>
      bench.client.analytics.looks({
        ...bench.ws(),
        deliveryId,
        metric: 'likes',
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      });
    const seen: (number | null)[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await ask(cursor);
      seen.push(...page.items.map((it) => it.value));
      cursor = page.next;
      more = cursor !== undefined;
    }
    expect(seen).toEqual([5, 5, 2, 2, 1, 1]);
    await bench.advance(500 * day);
    await pruneReadings(bench.server.house, new Date((await bench.now()).epochMilliseconds));
    expect((await ask(undefined, 50)).items.map((it) => it.value)).toEqual([5, 5]);
  });

  it('tells the looks at a channel as a whole', async () => {
    bench.network.account = { followers: value(40) };
    const goalId = await bench.setGoal({ metric: 'followers' });
    await bench.refresh(goalId);
    const { items } = await bench.client.analytics.channelLooks({
      ...bench.ws(),
      channelId: bench.channelId,
      metric: 'followers',
    });
    expect(items[0]).toMatchObject({ value: 40, part: null, metric: 'followers' });
  });

  it('stands as it stood on a day of the trend, and adds up to that day’s point', async () => {
    const goalId = await bench.setGoal();
    const one = await bench.publish(goalId);
    bench.network.posts.set(one.remoteId, { likes: value(3) });
    await bench.refresh(goalId);
    const on = (await bench.now()).toPlainDate().toString();
    await bench.advance(2 * day);
    const two = await bench.publish(goalId);
    bench.network.posts.set(one.remoteId, { likes: value(9) });
    bench.network.posts.set(two.remoteId, { likes: value(1) });
    await bench.refresh(goalId);
    const { series } = await bench.progress(goalId);
    const then = await bench.client.analytics.evidence({ ...bench.ws(), goalId, on });
    expect(then.items.map((it) => [it.deliveryId, it.contributed])).toEqual([[one.deliveryId, 3]]);
    expect(series.find((it) => it.on === on)?.value).toBe(3);
    expect((await bench.evidence(goalId)).items.map((it) => it.contributed)).toEqual([9, 1]);
  });

  it('has one delivery’s figures fetched now, and not again within half a minute', async () => {
    const { deliveryId, remoteId } = await bench.publish(null);
    bench.network.posts.set(remoteId, { likes: value(4) });
    const refresh = () => bench.client.analytics.refreshDelivery({ ...bench.ws(), deliveryId });
    await bench.advance(31_000);
    expect(await refresh()).toEqual({ queued: 1 });
    await bench.server.settle();
    expect((await bench.figures(deliveryId)).find((it) => it.metric === 'likes')).toMatchObject({ value: 4 });
    expect(await refresh()).toEqual({ queued: 0 });
  });
});

describe('the own page', () => {
  it('that is not there is what a goal on its views says is missing', async () => {
    const views = await bench.setGoal({ metric: 'page-views' });
    expect(codes((await bench.progress(views)).gaps)).toMatchObject({ 'no-page': 1 });
    const { workspaceId } = bench.ws();
    expect(await code(bench.client.analytics.pageCounts({ workspaceId }))).toBe('not-found');
  });

  it('opens its views and clicks by day, post and link, and each adds up to the sum', async () => {
    const { workspaceId } = bench.ws();
    const page = await bench.client.page.open({
      workspaceId,
      address: `p-${crypto.randomUUID().slice(0, 8)}`,
      title: 'P',
    });
    const { deliveryId, remoteId } = await bench.publish(null, ['Cake of the day'], page.channelId);
    const today = (await bench.now()).toPlainDate().toString();
    await bench.advance(day);
    const next = (await bench.now()).toPlainDate().toString();
    await bench.server.house.db.inWorkspace(workspaceId, (tx) =>
      sql`WITH views AS (INSERT INTO page_view_day (workspace_id, page_id, day, entry_id, views)
          VALUES (${workspaceId}, ${page.channelId}, ${today}, '', 7), (${workspaceId}, ${page.channelId}, ${next}, ${remoteId}, 5))
        INSERT INTO page_click_day (workspace_id, page_id, day, entry_id, link, url, clicks)
          VALUES (${workspaceId}, ${page.channelId}, ${next}, ${remoteId}, 'menu', 'https://shop.example/menu', 2)`.execute(
        tx,
      ),
    );
    const counts = await bench.client.analytics.pageCounts({ workspaceId });
    expect(counts).toMatchObject({ views: 12, clicks: 2, countedSince: today, to: next, moreEntries: 0 });
    expect(counts.days).toEqual([
      { on: next, views: 5, clicks: 2 },
      { on: today, views: 7, clicks: 0 },
    ]);
    expect(counts.entries).toEqual([
      { deliveryId: null, excerpt: '', views: 7, clicks: 0 },
      { deliveryId, excerpt: 'Cake of the day', views: 5, clicks: 2 },
    ]);
    expect(counts.links).toEqual([{ url: 'https://shop.example/menu', clicks: 2 }]);
    const ofDay = await bench.client.analytics.pageCounts({ workspaceId, from: today, to: today });
    expect([ofDay.views, ofDay.days.length, ofDay.entries.length]).toEqual([7, 1, 1]);
    const ofPost = await bench.client.analytics.pageCounts({ workspaceId, deliveryId });
    expect([ofPost.views, ofPost.clicks, ofPost.entries.map((it) => it.deliveryId)]).toEqual([5, 2, [deliveryId]]);
  });
});
