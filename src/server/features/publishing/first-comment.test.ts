import { describe, expect, it } from 'vitest';
import type { Content } from '#contract/content.ts';
import type { Post } from '#contract/posts.ts';
import { says, useBusiness } from './testing.ts';

const shop = useBusiness();
const { deliveryOf, draft, publishContent: publish, round, ws } = shop;

const refused = { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' } as const;
const commented = (firstComment: string, ...texts: string[]): Content => ({ ...says(...texts), firstComment });
const postNow = async ({ id }: Post) => (await shop.team.client.posts.get({ ...ws(), postId: id })) as Post;

describe('a first comment', () => {
  it('goes out after the whole thread and answers the post itself', async () => {
    const post = await publish(commented('Menu: https://cafe.example', 'one', 'two'));
    await round();
    const [first, second] = shop.network.posts;
    expect(shop.network.posts.map(({ text, replyTo }) => [text, replyTo])).toEqual([
      ['one', null],
      ['two', first?.id],
      ['Menu: https://cafe.example', first?.id],
    ]);
    expect(second?.id).not.toBe(first?.id);
    const { state, parts } = await deliveryOf(post);
    expect(state).toBe('published');
    expect(parts.map((part) => part.role)).toEqual(['post', 'post', 'comment']);
  });

  it('that is refused leaves the post public, and is sent alone when it is tried again', async () => {
    shop.network.script = ['accept', refused];
    const post = await publish(commented('Menu', 'Fresh bread'));
    await round();
    expect((await postNow(post)).state).toBe('partly-published');
    const delivery = await deliveryOf(post);
    expect(delivery).toMatchObject({ state: 'failed', parts: [{ state: 'published' }, { state: 'failed' }] });
    await shop.team.client.deliveries.retry({ ...ws(), deliveryId: delivery.id });
    await round();
    expect(shop.network.posts.map(({ text }) => text)).toEqual(['Fresh bread', 'Menu']);
    expect((await postNow(post)).state).toBe('published');
  });

  it('whose answer is lost is looked for and never sent twice', async () => {
    shop.network.script = ['accept', 'accept-and-lose'];
    const post = await publish(commented('Menu', 'Fresh bread'));
    await round();
    expect((await deliveryOf(post)).state).toBe('unconfirmed');
    await shop.team.client.deliveries.confirmLive({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    await round();
    expect(shop.network.posts).toHaveLength(2);
    expect((await deliveryOf(post)).state).toBe('published');
  });

  it('can be added, changed and taken out while nothing has gone out', async () => {
    const first = await draft(commented('Menu', 'one'));
    const at = { local: '2031-03-03T09:00', zone: 'UTC' };
    const edit = async (content: Content) => {
      const { id: postId, revision } = await postNow(first);
      await shop.team.client.posts.update({ ...ws(), postId, revision, content });
      return (await deliveryOf(first)).parts.map((part) => part.role);
    };
    await shop.team.client.posts.schedule({ ...ws(), postId: first.id, revision: first.revision, at });
    expect(await edit(commented('Menu', 'one', 'two'))).toEqual(['post', 'post', 'comment']);
    expect(await edit(says('one', 'two'))).toEqual(['post', 'post']);
    expect(await edit(commented('Other', 'one'))).toEqual(['post', 'comment']);
    const { id: postId, revision } = await postNow(first);
    await shop.team.client.posts.publishNow({ ...ws(), postId, revision });
    await round();
    expect(shop.network.posts.map(({ text }) => text)).toEqual(['one', 'Other']);
  });

  it('waits in vain when the post is refused, and goes off the calendar with it', async () => {
    shop.network.script = [refused];
    const post = await publish(commented('Menu', 'Fresh bread'));
    await round();
    expect((await postNow(post)).state).toBe('failed');
    const { nextDueAt } = await shop.team.client.channels.get({ ...ws(), channelId: shop.channelId });
    expect(nextDueAt, 'nothing is due next where only a comment waits').toBeNull();
    await shop.team.client.deliveries.cancel({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    await round();
    expect(shop.network.posts).toEqual([]);
    expect((await postNow(post)).state).toBe('draft');
  });

  it('that a person gives up leaves the post published', async () => {
    shop.network.script = ['accept', refused];
    const post = await publish(commented('Menu', 'Fresh bread'));
    await round();
    await shop.team.client.posts.cancel({ ...ws(), postId: post.id });
    expect((await postNow(post)).state).toBe('published');
  });

  it('is refused by field where it is too long or the network has none', async () => {
    const problemsOf = async () => {
      const { id: postId, revision } = await draft(commented('x'.repeat(51), 'one'));
      const error = await shop.team.client.posts
        .publishNow({ ...ws(), postId, revision })
        .catch((thrown: unknown) => thrown);
      return (error as { data: { problems: { field: string; code: string }[] } }).data.problems;
    };
    const field = 'variants.0.content.firstComment';
    expect(await problemsOf()).toMatchObject([{ field, code: 'first-comment-too-long' }]);
    delete shop.network.connector.manifest.firstComment;
    expect(await problemsOf()).toMatchObject([{ field, code: 'first-comment-unsupported' }]);
  });
});
