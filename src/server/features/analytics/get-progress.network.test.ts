import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runPublishingRound } from '#server/features/publishing/index.ts';
import { connectBluesky, says } from '#server/features/publishing/testing.ts';
import { holdClock } from '#test/clock.ts';
import { makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { type BlueskyServer, startBluesky } from '#test/servers/bluesky/index.ts';

const server = useServer();
let bluesky: BlueskyServer;

beforeAll(async () => {
  bluesky = await startBluesky();
}, 300_000);
afterAll(() => bluesky?.stop());

it('a goal moves by a like on the real Bluesky, and opens down to who gave it', async () => {
  const [bakery, clara] = [await bluesky.createAccount('bakery'), await bluesky.createAccount('clara')];
  await clara.setName('Clara');
  const clock = holdClock(server.test);
  const team = await makeTeam(server);
  const { client, workspaceId } = team;
  const channelId = await connectBluesky(team, bluesky, bakery);
  const goal = await client.goals.create({
    workspaceId,
    title: 'Be answered',
    metric: 'engagement',
    target: { kind: 'number', value: 2 },
    deadlineOn: '2090-01-01',
  });
  const draft = await client.posts.create({
    workspaceId,
    content: says('Fresh rolls from six'),
    serves: { kind: 'goal', goalId: goal.id },
    variants: [{ channelId }],
  });
  await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
  await runPublishingRound(server.house);
  await server.settle();
  const uri = (await bakery.listPosts())[0]?.uri ?? '';
  await clara.like(uri);
  await clara.reply(uri, 'Save me two!');

  const refresh = async () => {
    await clock.advance(31_000);
    await client.analytics.refresh({ workspaceId, goalId: goal.id });
    await server.settle();
    return client.analytics.progress({ workspaceId, goalId: goal.id });
  };
  let progress = await refresh();
  for (let tries = 0; progress.value !== 2 && tries < 40; tries += 1) {
    await sleep(250);
    progress = await refresh();
  }
  expect(progress).toMatchObject({ value: 2, status: 'reached', share: 1 });
  const { items } = await client.analytics.evidence({ workspaceId, goalId: goal.id });
  expect(items).toMatchObject([{ network: 'bluesky', contributed: 2, excerpt: 'Fresh rolls from six' }]);
  const acts = await client.analytics.engagements({ workspaceId, deliveryId: items[0]?.deliveryId ?? '' });
  expect(acts.items.map((act) => [act.kind, act.actorName, act.text]).toSorted()).toEqual([
    ['like', 'Clara', null],
    ['reply', 'Clara', 'Save me two!'],
  ]);
});
