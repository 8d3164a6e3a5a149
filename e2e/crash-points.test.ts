import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crashPoints } from '#server/features/publishing/index.ts';
import { type BlueskyServer, startBluesky } from '#test/servers/bluesky/index.ts';
import { makeInstallation, signUpOwner, until } from './product.ts';

let bluesky: BlueskyServer;

beforeAll(async () => {
  bluesky = await startBluesky();
});
afterAll(() => bluesky?.stop());

describe.concurrent('kill -9 in the middle of a publish to Bluesky', { timeout: 240_000 }, () => {
  it.for(crashPoints)(
    'at "%s": exactly one post is there afterwards and the ledger agrees',
    async (point, { expect: hope }) => {
      const account = await bluesky.createAccount(`shop-${point}`);
      const installation = await makeInstallation();
      const doomed = await installation.start({ TEST_CRASH_AT: point });
      try {
        const client = await signUpOwner(installation.url);
        const { id: workspaceId } = await client.workspaces.create({
          name: 'Bakery',
          language: 'en',
          zone: 'Asia/Bangkok',
        });
        const channel = await client.channels.create({ workspaceId, network: 'bluesky', name: 'Bluesky' });
        const values = { identifier: account.handle, password: account.appPassword, server: bluesky.pdsUrl };
        await client.channels.connect({ workspaceId, channelId: channel.id, values });
        const content = { parts: [{ text: `Bread out of the oven (${point})`, media: [], link: null }] };
        const draft = await client.posts.create({ workspaceId, content, variants: [{ channelId: channel.id }] });
        await client.posts.publishNow({ workspaceId, postId: draft.id, revision: draft.revision });

        const looks = point === 'before-look' || point === 'looked';
        if (looks) {
          // A look is only taken after an outcome became unknown: the first crash makes it so, the second is the one meant.
          await doomed.kill();
          const first = await installation.start({ TEST_CRASH_AT: 'sent' });
          await Promise.race([first.ended, until(async () => published(), Boolean, 20_000).catch(() => undefined)]);
          await first.kill();
          const second = await installation.start({ TEST_CRASH_AT: point });
          await Promise.race([second.ended, until(async () => published(), Boolean, 60_000).catch(() => undefined)]);
          await second.kill();
        } else {
          hope(await doomed.ended).toBe('SIGKILL');
        }

        const revived = await installation.start();
        const post = await until(
          () => client.posts.get({ workspaceId, postId: draft.id }),
          (p) => p.state === 'published',
          120_000,
        );
        const there = await account.listPosts();
        hope(there.map((record) => record.value['text'])).toEqual([content.parts[0]?.text]);
        hope(post.deliveries[0]?.parts[0]?.remoteId).toBe(there[0]?.uri);
        await revived.stop();

        async function published(): Promise<boolean> {
          return (await client.posts.get({ workspaceId, postId: draft.id })).state === 'published';
        }
      } finally {
        await doomed.kill();
        installation.remove();
      }
    },
  );

  it('has a name for every point', () => {
    expect(new Set(crashPoints).size).toBe(crashPoints.length);
  });
});
