import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { StatusCount } from '#contract/publishing-status.ts';
import { codeOf, says, useBusiness } from '../testing.ts';

const shop = useBusiness({ zone: 'UTC' });
const { deliveryOf, publish, publishContent, round, schedule, ws } = shop;
const refused = { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' } as const;
const MINUTE = 60_000;

const status = (days: 1 | 7 | 30 = 7) => shop.team.client.publishing.status({ ...ws(), days });
const behind = (count: StatusCount, days: 1 | 7 | 30 = 7) =>
  shop.team.client.publishing.statusDeliveries({ ...ws(), days, count });
/** Makes a delivery one that went out so long after it was due. */
const setLate = (postId: string, seconds: number) =>
  shop.server.house.db.inWorkspace(ws().workspaceId, (tx) =>
    sql`UPDATE delivery SET first_send_at = due_at + make_interval(secs => ${seconds}) WHERE post_id = ${postId}`.execute(
      tx,
    ),
  );

describe('how publishing did', () => {
  it('is nothing at all where nothing was due', async () => {
    const { due, counts, lateness, channels, waiting, longestHold } = await status();
    expect({ due, channels, waiting, longestHold }).toEqual({ due: 0, channels: [], waiting: [], longestHold: null });
    expect(new Set(Object.values(counts))).toEqual(new Set([0]));
    expect(lateness).toEqual({ p50Ms: null, p90Ms: null, p99Ms: null, maxMs: null });
  });

  it('says how late the deliveries were, by their own figures, over all channels and on each', async () => {
    const other = await shop.addChannel();
    const posts = [];
    for (let second = 1; second <= 10; second += 1) posts.push(await publish(`Roll ${second}`));
    const { client } = shop.team;
    const elsewhere = await client.posts.create({
      ...ws(),
      content: says('Elsewhere'),
      variants: [{ channelId: other.channelId }],
    });
    await client.posts.publishNow({ ...ws(), postId: elsewhere.id, revision: elsewhere.revision });
    await round();
    for (const [index, post] of posts.entries()) await setLate(post.id, index + 1);
    await setLate(elsewhere.id, 30);
    const { due, counts, lateness, channels } = await status();
    expect({ due, live: counts.live, onTime: counts.onTime }).toEqual({ due: 11, live: 11, onTime: 11 });
    expect(lateness).toEqual({ p50Ms: 6_000, p90Ms: 10_000, p99Ms: 30_000, maxMs: 30_000 });
    const of = (channelId: string) => channels.find((it) => it.channelId === channelId);
    expect(of(shop.channelId)).toMatchObject({ due: 10, lateness: { p50Ms: 5_000, p90Ms: 9_000, maxMs: 10_000 } });
    expect(of(other.channelId)).toMatchObject({ due: 1, lateness: { p50Ms: 30_000, maxMs: 30_000 } });
    const { total, items } = await behind('onTime');
    expect(total).toBe(11);
    expect(items[0]).toMatchObject({ postId: elsewhere.id, latenessMs: 30_000, state: 'published' });
    const here = await client.publishing.statusDeliveries({ ...ws(), count: 'live', channelId: other.channelId });
    expect(here.total).toBe(1);
  });

  it('counts apart what was told to wait and what a person let go, and neither makes publishing late', async () => {
    await publish('on time');
    await round();
    const hold = await shop.team.client.publishing.hold(ws());
    const held = await publish('held');
    await round();
    await shop.clock.advance(10 * MINUTE);
    await shop.team.client.publishing.lift({ ...ws(), holdId: hold.id });
    await round();
    const late = await schedule('late', MINUTE);
    await shop.clock.advance(3 * 60 * MINUTE);
    await round();
    await shop.team.client.deliveries.retry({ ...ws(), deliveryId: (await deliveryOf(late)).id });
    await round();
    const { counts, lateness } = await status();
    expect(counts).toMatchObject({ live: 3, onTime: 1, waited: 1, decided: 1 });
    expect(lateness.maxMs).toBeLessThan(10_000);
    expect((await behind('waited')).items.map((it) => it.postId)).toEqual([held.id]);
    expect((await behind('decided')).items.map((it) => it.postId)).toEqual([late.id]);
  });

  it('is late where nothing ran for a while: an outage is not explained away', async () => {
    await schedule('during the outage', 2 * MINUTE);
    await shop.clock.advance(30 * MINUTE);
    await round();
    const { counts, lateness } = await status();
    expect(counts).toMatchObject({ onTime: 1, waited: 0 });
    expect(lateness.maxMs).toBeGreaterThan(27 * MINUTE);
  });

  it('has each delivery in one outcome, whatever became of it', async () => {
    shop.network.script = [refused, 'lose', 'accept', 'accept'];
    await publish('refused');
    await publish('lost');
    await publishContent({ ...says('live'), firstComment: 'and its comment' });
    await round();
    await shop.team.client.posts.cancel({ ...ws(), postId: (await schedule('cancelled', 2 * MINUTE)).id });
    await shop.clock.advance(3 * MINUTE);
    const { due, counts } = await status();
    expect({ due, ...counts }).toMatchObject({
      due: 4,
      failed: 1,
      unconfirmed: 1,
      cancelled: 1,
      doubted: 1,
      resolved: 0,
      // What was cancelled was never sent.
      onTime: 3,
    });
    const { live, underWay, failed, held, unconfirmed, cancelled } = counts;
    expect(live + underWay + failed + held + unconfirmed + cancelled).toBe(due);
    for (const count of ['live', 'underWay', 'failed', 'held', 'unconfirmed', 'cancelled', 'doubted'] as const)
      expect((await behind(count)).total, count).toBe(counts[count]);
  });

  it('tells what was found out without a person from what a person had to say', async () => {
    shop.network.script = ['accept-and-lose', 'accept-and-lose'];
    await publish('found by itself');
    await round();
    await shop.clock.advance(6_000);
    await round();
    shop.network.readable = false;
    const asked = await publish('said by a person');
    await round();
    const { id: deliveryId } = await deliveryOf(asked);
    await shop.team.client.deliveries.confirmLive({ ...ws(), deliveryId, address: 'https://x.example/1' });
    const { counts } = await status();
    expect(counts).toMatchObject({ live: 2, unconfirmed: 0, doubted: 2, resolved: 1 });
  });

  it('knows a duplicate when two deliveries are the same post on the network', async () => {
    await publish('once');
    await publish('twice?');
    await round();
    expect((await status()).counts.duplicates).toBe(0);
    await shop.server.house.db.inWorkspace(ws().workspaceId, (tx) =>
      sql`UPDATE delivery SET remote_id = 'the same'`.execute(tx),
    );
    expect((await status()).counts.duplicates).toBe(1);
    expect((await behind('duplicates')).total).toBe(1);
  });

  it('looks back as far as it is asked to, and not into what is still to come', async () => {
    await publish('ten days ago');
    await round();
    await shop.clock.advance(10 * 24 * 60 * MINUTE);
    await publish('now');
    await round();
    await schedule('tomorrow', 24 * 60 * MINUTE);
    expect([(await status(1)).due, (await status(7)).due, (await status(30)).due]).toEqual([1, 1, 2]);
  });
});

describe('what waits', () => {
  it('is said with the reason, and how long the longest is held', async () => {
    shop.network.script = [refused];
    const failed = await publish('refused');
    await round();
    await shop.team.client.publishing.hold(ws());
    const first = await publish('held first');
    await round();
    await shop.clock.advance(5 * MINUTE);
    await publish('held later');
    await round();
    const { waiting, longestHold, to, counts } = await status();
    expect(counts).toMatchObject({ onTime: 1, failed: 1, held: 2 });
    expect(waiting).toEqual([
      { reason: 'crisis', count: 2 },
      { reason: 'failed', count: 1 },
    ]);
    expect(longestHold).toMatchObject({ postId: first.id, excerpt: 'held first' });
    expect(Date.parse(to) - Date.parse(longestHold?.since ?? '')).toBeGreaterThanOrEqual(5 * MINUTE);
    const list = (waits: 'failed' | 'overdue') => shop.team.client.publishing.statusDeliveries({ ...ws(), waits });
    expect((await list('failed')).items).toMatchObject([{ postId: failed.id, state: 'failed' }]);
    expect(await list('overdue')).toEqual({ total: 0, items: [] });
  });

  it('is overdue after a minute in which nobody came for it', async () => {
    await publish('nobody comes');
    expect((await status()).waiting).toEqual([]);
    await shop.clock.advance(2 * MINUTE);
    expect((await status()).waiting).toEqual([{ reason: 'overdue', count: 1 }]);
  });

  it('is asked for by a count or a reason', async () => {
    expect(await codeOf(shop.team.client.publishing.statusDeliveries(ws()))).toBe('input-invalid');
  });
});
