import { describe, expect, it } from 'vitest';
import { codeOf, says, useBusiness } from './testing.ts';

const shop = useBusiness();
const { deliveryOf, publish, round, schedule, ws } = shop;

describe('publishing', () => {
  it('brings a post to its channel once and keeps where it is', async () => {
    const post = await publish('Fresh rolls');
    await round();
    await round();
    expect(shop.network.posts.map((p) => p.text)).toEqual(['Fresh rolls']);
    const delivery = await deliveryOf(post);
    expect(delivery).toMatchObject({
      state: 'published',
      address: `https://${shop.network.connector.manifest.id}.example/p1`,
    });
    expect(delivery.latenessMs).toBeLessThan(30_000);
  });

  it('sends nothing before its time and everything after it', async () => {
    const post = await schedule('Later', 30 * 60_000);
    await round();
    expect(shop.network.posts).toEqual([]);
    expect((await shop.team.client.channels.get({ ...ws(), channelId: shop.channelId })).nextDueAt).toBe(
      (await deliveryOf(post)).dueAt,
    );
    await shop.clock.advance(31 * 60_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
    await shop.server.settle();
    expect((await shop.team.client.channels.get({ ...ws(), channelId: shop.channelId })).nextDueAt).toBeNull();
  });

  it('keeps the order of a channel and has one send of it under way at a time', async () => {
    for (const text of ['one', 'two', 'three']) await publish(text);
    await round();
    expect(shop.network.posts.map((p) => p.text)).toEqual(['one', 'two', 'three']);
  });

  it('publishes a thread part by part, each under the one before', async () => {
    const post = await publish('first', 'second', 'third');
    await round();
    expect(shop.network.posts.map((p) => p.text)).toEqual(['first', 'second', 'third']);
    expect((await deliveryOf(post)).parts.map((part) => part.state)).toEqual(['published', 'published', 'published']);
  });

  it('leaves the rest of a thread waiting when a part fails and goes on from there', async () => {
    shop.network.script = [
      'accept',
      { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' },
    ];
    const post = await publish('first', 'second', 'third');
    await round();
    const delivery = await deliveryOf(post);
    expect(delivery.state).toBe('failed');
    expect(delivery.parts.map((part) => part.state)).toEqual(['published', 'failed', 'scheduled']);
    await shop.team.client.deliveries.retry({ ...ws(), deliveryId: delivery.id });
    await round();
    expect(shop.network.posts.map((p) => p.text)).toEqual(['first', 'second', 'third']);
  });
});

describe('a worker that is gone or late', () => {
  it('sends nothing when the post was edited while it prepared', async () => {
    let reached: () => void = () => undefined;
    const preparing = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let release: () => void = () => undefined;
    shop.network.duringPrepare = () => {
      reached();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    const post = await publish('Old words');
    const running = round();
    await preparing;
    shop.network.duringPrepare = null;
    await shop.team.client.posts.update({
      ...ws(),
      postId: post.id,
      revision: post.revision,
      content: says('New words'),
    });
    release();
    await running;
    await round();
    expect(shop.network.posts.map((p) => p.text)).toEqual(['New words']);
  });

  it('refuses to edit or cancel what is on its way', async () => {
    shop.network.script = ['accept-and-lose'];
    const post = await publish('On its way');
    await round();
    const { revision } = await shop.team.client.posts.get({ ...ws(), postId: post.id });
    expect(
      await codeOf(shop.team.client.posts.update({ ...ws(), postId: post.id, revision, content: says('x') })),
    ).toBe('delivery-on-its-way');
    expect(await codeOf(shop.team.client.posts.cancel({ ...ws(), postId: post.id }))).toBe('delivery-on-its-way');
    expect(await codeOf(shop.team.client.deliveries.cancel({ ...ws(), deliveryId: (await deliveryOf(post)).id }))).toBe(
      'delivery-on-its-way',
    );
  });
});

describe('faults', () => {
  it('back off and go on by themselves', async () => {
    shop.network.prepareFaults = [{ kind: 'temporarily-down', said: 'later' }];
    const post = await publish('Patience');
    await round();
    expect((await deliveryOf(post)).state).toBe('scheduled');
    await shop.clock.advance(9_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
  });

  it('hold the whole channel for a rate limit, in order', async () => {
    const retryAt = new Date(Date.now() + 24 * 3_600_000);
    shop.network.prepareFaults = [{ kind: 'rate-limited', retryAt, scope: 'call', said: 'slow down' }];
    await publish('one');
    await publish('two');
    await round();
    await round();
    expect(shop.network.writes).toBe(0);
  });

  it('hold for a refused credential and resume when the channel is connected again', async () => {
    shop.network.prepareFaults = [
      { kind: 'credential-rejected', said: 'no' },
      { kind: 'credential-rejected', said: 'no' },
    ];
    const post = await publish('Held');
    await round();
    expect(await deliveryOf(post)).toMatchObject({ state: 'held', heldReason: 'connection-broken' });
    expect((await shop.team.client.channels.get({ ...ws(), channelId: shop.channelId })).connection.state).toBe(
      'credential-rejected',
    );
    await shop.team.client.channels.connect({
      ...ws(),
      channelId: shop.channelId,
      values: { name: 'shop', secret: 'right' },
    });
    await shop.server.settle();
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
  });

  it('fail with the field that was rejected, and stay editable', async () => {
    shop.network.prepareFaults = [{ kind: 'content-rejected', field: 'parts.0.text', reason: 'rude', said: 'Rude' }];
    const post = await publish('Rude');
    await round();
    expect(await deliveryOf(post)).toMatchObject({
      state: 'failed',
      fault: { kind: 'content-rejected', field: 'parts.0.text', said: 'Rude' },
    });
  });

  it('hold what is later than the grace time until a person lets it go', async () => {
    const post = await schedule('Late', 5 * 60_000);
    await shop.clock.advance(3 * 3_600_000);
    await round();
    const delivery = await deliveryOf(post);
    expect(delivery).toMatchObject({ state: 'held', heldReason: 'late' });
    await shop.team.client.deliveries.retry({ ...ws(), deliveryId: delivery.id });
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
  });
});

describe('a hold', () => {
  it('stops what comes due on its channel only, and lets it go when it is lifted', async () => {
    const { network: other, channelId: otherId } = await shop.addChannel();
    const hold = await shop.team.client.publishing.hold({ ...ws(), channelId: shop.channelId, why: 'Recall' });
    const variants = [{ channelId: shop.channelId }, { channelId: otherId }];
    const draft = await shop.team.client.posts.create({ ...ws(), content: says('Cake'), variants });
    await shop.team.client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision });
    await round();
    expect(shop.network.posts).toEqual([]);
    expect(other.posts).toHaveLength(1);
    await shop.team.client.publishing.lift({ ...ws(), holdId: hold.id });
    await round();
    expect(shop.network.posts).toHaveLength(1);
  });

  it('over everything holds every channel, and a person may let one go all the same', async () => {
    await shop.team.client.publishing.hold({ ...ws() });
    const post = await publish('Apology');
    await round();
    expect(await deliveryOf(post)).toMatchObject({ state: 'held', heldReason: 'crisis' });
    await shop.team.client.deliveries.retry({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
  });
});
