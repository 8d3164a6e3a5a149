import { describe, expect, it } from 'vitest';
import { useBusiness } from './testing.ts';

const shop = useBusiness();
const { deliveryOf, publish, round, ws } = shop;

describe('an unknown outcome', () => {
  it('is never sent again blindly: a lost answer is found by reading', async () => {
    shop.network.script = ['accept-and-lose'];
    const post = await publish('Once');
    await round();
    expect((await deliveryOf(post)).state).toBe('unconfirmed');
    await shop.clock.advance(6_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
    expect(shop.network.writes).toBe(1);
    expect(shop.network.posts).toHaveLength(1);
  });

  it('is reconciled when the network says "blocked" after the post is live', async () => {
    shop.network.script = ['accept-and-refuse'];
    const post = await publish('Blocked?');
    await round();
    await shop.clock.advance(6_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
    expect(shop.network.posts).toHaveLength(1);
  });

  it('is sent again only when absence is proved, after deadline, time-out and read lag', async () => {
    shop.network.script = ['lose'];
    const post = await publish('Lost');
    await round();
    await shop.clock.advance(16_000);
    await round();
    expect(shop.network.writes).toBe(1);
    expect((await deliveryOf(post)).state).toBe('unconfirmed');
    await shop.clock.advance(60_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
    expect(shop.network.writes).toBe(2);
    expect(shop.network.posts).toHaveLength(1);
  });

  it('is put before a person when it cannot be read, who says it is there', async () => {
    shop.network.script = ['accept-and-lose'];
    shop.network.readable = false;
    const post = await publish('Unreadable');
    for (let i = 0; i < 7; i += 1) {
      await round();
      await shop.clock.advance(61_000);
    }
    const delivery = await deliveryOf(post);
    expect(delivery.state).toBe('unconfirmed');
    expect(shop.network.writes).toBe(1);
    expect((await shop.team.client.publishing.health(ws())).needsDecision).toBe(1);
    const settled = await shop.team.client.deliveries.confirmLive({
      ...ws(),
      deliveryId: delivery.id,
      address: 'https://x.example/1',
    });
    expect(settled).toMatchObject({ state: 'published', address: 'https://x.example/1' });
  });

  it('is sent again under the same key when a person says it is not there', async () => {
    await shop.moveTo({ keyed: true });
    shop.network.script = ['accept-and-lose'];
    shop.network.readable = false;
    const post = await publish('Keyed');
    await round();
    await shop.team.client.deliveries.sendAgain({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
    expect(shop.network.writes).toBe(2);
    expect(shop.network.posts).toHaveLength(1);
  });
});
