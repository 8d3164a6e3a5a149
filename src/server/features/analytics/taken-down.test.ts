import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import { says } from '#server/features/publishing/testing.ts';
import { holdClock, type TestClock } from '#test/clock.ts';
import { makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';

const server = useServer();
let clock: TestClock;
beforeAll(() => {
  clock = holdClock(server.test);
});

it('what a post brought stays true when it is corrected and taken down, and the evidence says that it is gone', async () => {
  const { client, workspaceId } = await makeTeam(server);
  const page = await client.page.open({ workspaceId, address: 'figures-stay', title: 'Bakery' });
  const makeGoal = (metric: 'post-views' | 'posts-published') =>
    client.goals.create({
      workspaceId,
      title: metric,
      metric,
      target: { kind: 'number', value: 10 },
      scope: { posts: 'all' },
      deadlineOn: '2090-01-01',
    });
  const [views, posts] = [await makeGoal('post-views'), await makeGoal('posts-published')];
  const draft = await client.posts.create({
    workspaceId,
    content: says('Fersh rolls', 'and buns'),
    variants: [{ channelId: page.channelId }],
  });
  await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
  await runPublishingRound(server.house);
  await server.settle();
  const { deliveries } = await client.posts.get({ workspaceId, postId: draft.id });
  const [delivery] = deliveries;
  if (!delivery) throw new Error('no delivery');
  const one = { workspaceId, deliveryId: delivery.id };

  // What visitors would have left, without waiting for the counter's next second.
  await server.house.db.inWorkspace(workspaceId, (tx) =>
    sql`INSERT INTO page_view_day (workspace_id, page_id, day, entry_id, views)
      VALUES (${workspaceId}, ${page.channelId}, current_date, ${delivery.parts[0]?.remoteId}, 3)`.execute(tx),
  );
  const read = async () => {
    await clock.advance(31_000);
    await client.analytics.refresh({ workspaceId, goalId: views.id });
    await server.settle();
    const progress = await client.analytics.progress({ workspaceId, goalId: views.id });
    const { items } = await client.analytics.evidence({ workspaceId, goalId: views.id });
    const published = await client.analytics.progress({ workspaceId, goalId: posts.id });
    return { value: progress.value, published: published.value, item: items[0] };
  };
  const before = await read();
  expect(before).toMatchObject({ value: 3, published: 1, item: { contributed: 3, removedAt: null } });

  await client.deliveries.correct({ ...one, content: says('Fresh rolls', 'and buns') });
  expect(await read()).toMatchObject({ value: 3, item: { excerpt: 'Fresh rolls', contributed: 3 } });

  await client.deliveries.takeDown(one);
  await server.settle();
  for (let looks = 0; looks < 3; looks += 1) {
    expect(await read()).toMatchObject({
      value: 3,
      published: 1,
      item: { contributed: 3, removedAt: expect.any(String) },
    });
    const { figures } = await client.analytics.figures(one);
    expect(figures.find((it) => it.metric === 'post-views')).toMatchObject({ value: 3, absence: null });
    await clock.advance(24 * 60 * 60_000);
    await server.settle();
  }
  const { rows } = await server.house.db.inWorkspace(workspaceId, (tx) =>
    sql`SELECT 1 FROM reading WHERE state = 'gone'`.execute(tx),
  );
  expect(rows, 'nobody asks for figures of what was taken down').toEqual([]);
});
