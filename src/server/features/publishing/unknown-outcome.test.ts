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

  const waits = { absenceIsConclusive: false, readLagMs: 0 } as const;
  const byKey = { by: 'repeat-with-key', keyLifeMs: 3_600_000, ...waits } as const;

  it.each(['accept-and-lose', 'lose', 'accept-and-refuse'] as const)(
    'is repeated under its key where nothing can be read (%s), and one post is there',
    async (script) => {
      await shop.moveTo({ keyed: true, reconcile: byKey });
      shop.network.script = [script];
      const post = await publish('Repeated');
      await round();
      expect((await deliveryOf(post)).state).toBe('unconfirmed');
      await shop.clock.advance(6_000);
      await round();
      expect((await deliveryOf(post)).state).toBe('published');
      expect([shop.network.writes, shop.network.finds]).toEqual([2, 0]);
      expect(shop.network.posts).toHaveLength(1);
    },
  );

  it('is not repeated when the network may have forgotten the key', async () => {
    await shop.moveTo({ keyed: true, reconcile: byKey });
    shop.network.script = ['accept-and-lose'];
    const post = await publish('Too late');
    await round();
    for (const kept of shop.network.posts) kept.key = null;
    await shop.clock.advance(3_600_000 - 30_000);
    for (let looks = 0; looks < 7; looks += 1) {
      await round();
      await shop.clock.advance(61_000);
    }
    expect((await deliveryOf(post)).state).toBe('unconfirmed');
    expect(shop.network.writes).toBe(1);
    expect((await shop.team.client.publishing.health(ws())).needsDecision).toBe(1);
  });

  it('is not repeated under a hold', async () => {
    await shop.moveTo({ keyed: true, reconcile: byKey });
    shop.network.script = ['lose'];
    await publish('Crisis');
    await round();
    await shop.team.client.publishing.hold(ws());
    await shop.clock.advance(6_000);
    await round();
    expect(shop.network.writes).toBe(1);
  });

  it('is put before a person at once where only a person can tell', async () => {
    await shop.moveTo({ reconcile: { by: 'person', ...waits } });
    shop.network.script = ['accept-and-lose'];
    await publish('Look yourself');
    await round();
    await shop.clock.advance(6_000);
    await round();
    expect((await shop.team.client.publishing.health(ws())).needsDecision).toBe(1);
    expect([shop.network.writes, shop.network.finds]).toEqual([1, 0]);
  });

  it('takes no absence for a proof where the manifest says that it is none', async () => {
    await shop.moveTo({ reconcile: { by: 'read-recent', ...waits } });
    shop.network.script = ['lose'];
    await publish('Perhaps');
    for (let looks = 0; looks < 7; looks += 1) {
      await round();
      await shop.clock.advance(61_000);
    }
    expect(shop.network.writes).toBe(1);
    expect((await shop.team.client.publishing.health(ws())).needsDecision).toBe(1);
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
