import { describe, expect, it } from 'vitest';
import { useBusiness } from '../testing.ts';
import { watchClock } from './clock-watch.ts';
import { runPublishingRound } from './publishing-round.ts';

describe('the watch over the database’s clock', () => {
  const begin = () => {
    let ours = 50_000;
    let theirs = Date.parse('2026-11-23T09:00:00Z');
    const watch = watchClock(() => ours);
    return (oursMs: number, theirsMs = oursMs) => {
      ours += oursMs;
      theirs += theirsMs;
      return watch.observe(new Date(theirs));
    };
  };

  it('counts from the first look at it, however long it has gone before', () => {
    const pass = begin();
    expect([pass(9_000), pass(1_000), pass(30_000)]).toEqual([0, 1_000, 31_000]);
  });

  it('begins anew when the clock has jumped, ahead or back', () => {
    const pass = begin();
    pass(0);
    expect([pass(40_000), pass(1_000, 3_600_000), pass(2_000)]).toEqual([40_000, 0, 2_000]);
    expect([pass(1_000, -3_600_000), pass(2_000), pass(1_000, 3_600_000)]).toEqual([0, 2_000, 0]);
  });

  it('bears a clock that drifts, and one that is answered for late', () => {
    const pass = begin();
    pass(0);
    expect([pass(15_000, 18_000), pass(15_000, 18_000), pass(4_000, 0), pass(0, 4_000)].at(-1)).toBe(34_000);
  });
});

describe('a database whose clock jumps', () => {
  const shop = useBusiness();

  it('does not make a send be repeated under a key that the network may have forgotten', async () => {
    let ours = 0;
    const clock = watchClock(() => ours);
    const round = () => runPublishingRound(shop.server.house, { clock });
    const byKey = { by: 'repeat-with-key', keyLifeMs: 3_600_000, absenceIsConclusive: false, readLagMs: 0 } as const;
    await shop.moveTo({ keyed: true, reconcile: byKey });
    const pass = async (oursMs: number, theirsMs = oursMs) => {
      ours += oursMs;
      await shop.clock.advance(theirsMs);
    };
    const now = async () => new Date((await shop.team.client.publishing.health(shop.ws())).checkedAt);
    shop.network.script = ['accept-and-lose'];
    clock.observe(await now());
    await pass(60_000);
    const steady = await shop.publish('While the clock goes as it should');
    await round();
    await pass(6_000);
    await round();
    expect((await shop.deliveryOf(steady)).state).toBe('published');
    const post = await shop.publish('Before it was set back');
    shop.network.script = ['accept-and-lose'];
    await round();
    for (const kept of shop.network.posts) kept.key = null;
    await pass(3_600_000, 6_000);
    await round();
    expect((await shop.deliveryOf(post)).state).toBe('unconfirmed');
    expect(shop.network.posts).toHaveLength(2);
  });

  it('does not make a send that may still be on its way count as absent', async () => {
    let ours = 0;
    const clock = watchClock(() => ours);
    const round = () => runPublishingRound(shop.server.house, { clock });
    shop.network.script = ['lose'];
    const post = await shop.publish('On its way');
    await round();
    clock.observe(new Date(Date.now()));
    await shop.clock.advance(45 * 60_000);
    await round();
    expect((await shop.deliveryOf(post)).state).toBe('unconfirmed');
    expect(shop.network.writes).toBe(1);
    ours += 61_000;
    await shop.clock.advance(61_000);
    await round();
    expect((await shop.deliveryOf(post)).state).toBe('published');
    expect(shop.network.writes).toBe(2);
  });
});
