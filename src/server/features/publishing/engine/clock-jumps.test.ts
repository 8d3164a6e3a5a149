import { describe, expect, it } from 'vitest';
import { useBusiness } from '../testing.ts';
import { claimDue, sweepLedger } from './ledger-store.ts';
import { readPulse, writePulse } from './pulse-store.ts';

const shop = useBusiness();
const { deliveryOf, publish, round, schedule } = shop;
const house = () => shop.server.house;
const HOUR_MS = 3_600_000;
const jumps = [HOUR_MS, -HOUR_MS, 24 * HOUR_MS, -24 * HOUR_MS];
const sweepAll = () => house().db.across(sweepLedger);

describe.each(jumps)('when the clock jumps by %i ms', (jumpMs) => {
  it('nothing goes out twice and nothing is lost', async () => {
    const posts = [await schedule('before', 30_000), await schedule('after', 2 * HOUR_MS)];
    await shop.clock.advance(90_000);
    await round();
    await shop.clock.advance(jumpMs);
    await round();
    await shop.clock.advance(26 * HOUR_MS);
    await round();
    const states = await Promise.all(posts.map(async (post) => (await deliveryOf(post)).state));
    expect(states[0]).toBe('published');
    // What is late by the clock waits for a person.
    expect(['published', 'held']).toContain(states[1]);
    const sent = shop.network.posts.length;
    expect(sent).toBe(states.filter((state) => state === 'published').length);
    await shop.clock.advance(-jumpMs);
    await round();
    expect(shop.network.posts).toHaveLength(sent);
  });

  it('what a worker that is gone had claimed goes on', async () => {
    const post = await publish('claimed');
    expect((await house().db.across((tx) => claimDue(tx, 10))).length).toBeGreaterThan(0);
    await shop.clock.advance(jumpMs);
    await shop.clock.advance(11_000);
    await sweepAll();
    expect(['scheduled', 'held']).toContain((await deliveryOf(post)).state);
  });

  it('an outcome that is not known is looked for, and not only an hour later', async () => {
    shop.network.script = ['accept-and-lose'];
    const post = await publish('Where are you?');
    await round();
    expect((await deliveryOf(post)).state).toBe('unconfirmed');
    await shop.clock.advance(jumpMs);
    await shop.clock.advance(6_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
    expect(shop.network.posts).toHaveLength(1);
  });
});

it('a worker that beat its last before the clock went back does not count as one that is there', async () => {
  await house().db.outside((tx) => writePulse(tx, '0c0ffee0-0000-4000-8000-000000000001'));
  expect((await house().db.outside(readPulse)).workers).toBe(1);
  await shop.clock.advance(-HOUR_MS);
  expect((await house().db.outside(readPulse)).workers).toBe(0);
});
