import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { type BlueskyServer, startBluesky } from '#test/servers/bluesky/index.ts';
import { runPublishingRound } from './index.ts';
import { connectBluesky, says } from './testing.ts';

const server = useServer();
let bluesky: BlueskyServer;

beforeAll(async () => {
  bluesky = await startBluesky();
}, 300_000);
afterAll(() => bluesky?.stop());

it('a thread is taken down on the real Bluesky, and nothing of it is left in the account', async () => {
  const bakery = await bluesky.createAccount('bakery');
  const team = await makeTeam(server);
  const { client, workspaceId } = team;
  const channelId = await connectBluesky(team, bluesky, bakery);
  const publish = async (...texts: string[]) => {
    const draft = await client.posts.create({ workspaceId, content: says(...texts), variants: [{ channelId }] });
    await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });
    await runPublishingRound(server.house);
    const { deliveries } = await client.posts.get({ workspaceId, postId: draft.id });
    return { workspaceId, deliveryId: deliveries[0]?.id ?? '' };
  };
  const kept = await publish('This one stays');
  const thread = await publish('Wrong price', 'really', 'quite wrong');
  const byHand = await publish('Deleted in the app');
  expect(await bakery.listPosts()).toHaveLength(5);

  const live = await client.deliveries.get(thread);
  expect(live.afterwards).toEqual({ correct: false, takeDown: true, asked: null });
  const correction = client.deliveries.correct({ ...thread, content: says('Right price', 'really', 'quite right') });
  await expect(correction).rejects.toMatchObject({ code: 'network-cannot' });

  const done = await client.deliveries.takeDown(thread);
  expect(done.parts.map((part) => part.removedAt !== null)).toEqual([true, true, true]);
  expect((await bakery.listPosts()).map((post) => post.value['text']).toSorted()).toEqual([
    'Deleted in the app',
    'This one stays',
  ]);

  const uri = (await client.deliveries.get(byHand)).parts[0]?.remoteId ?? '';
  await bakery.deletePost(uri);
  expect((await client.deliveries.takeDown(byHand)).removedAt).not.toBeNull();
  expect((await client.deliveries.get(kept)).removedAt).toBeNull();
});
