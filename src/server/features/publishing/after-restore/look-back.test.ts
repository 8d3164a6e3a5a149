import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Post } from '#contract/posts.ts';
import { tellFact } from '#server/platform/facts/index.ts';
import { useBusiness } from '../testing.ts';

const shop = useBusiness();
const { deliveryOf, round } = shop;
const hour = 60 * 60_000;

/** As after a restore: another history, and nothing here remembers what went out since. */
const restore = () =>
  shop.server.house.db.across((tx) =>
    sql`UPDATE installation SET history = ${`restored:${new Date().toISOString()}`}`.execute(tx),
  );
const now = async () => new Date((await shop.team.client.publishing.health(shop.ws())).checkedAt);
const outThere = async (text: string, replyTo: string | null = null) => {
  const id = `x${shop.network.posts.length + 1}`;
  shop.network.posts.push({ id, key: null, text, replyTo, at: (await now()).getTime() });
  return id;
};
/** As a backup of ours that was made then tells it. */
const tellRestored = (madeAt: Date) =>
  shop.server.house.db.inWorkspace(shop.ws().workspaceId, (tx) =>
    tellFact(tx, {
      workspaceId: shop.ws().workspaceId,
      kind: 'installation.restored',
      payload: { madeAt: madeAt.toISOString() },
    }),
  );
const lookBack = async () => {
  await shop.server.settle();
  await shop.clock.advance(5_000);
  await shop.server.settle();
};
const stateOf = async (post: Post) => {
  const { state, heldReason } = await deliveryOf(post);
  return heldReason ? `${state} ${heldReason}` : state;
};

describe('after a restore', () => {
  it('finds out by reading what is out already, holds the rest, and sends nothing', async () => {
    const [out, notOut] = [await shop.publish('Out already'), await shop.publish('Not out')];
    await restore();
    const id = await outThere('Out already');
    await round();
    expect([await stateOf(out), await stateOf(notOut)]).toEqual(['held new-history', 'held new-history']);
    await lookBack();
    expect(await stateOf(out)).toBe('published');
    expect((await deliveryOf(out)).parts[0]?.remoteId).toBe(id);
    expect(await stateOf(notOut)).toBe('held new-history');
    await round();
    expect(shop.network.writes).toBe(0);
    // A person decides, and only then.
    await shop.team.client.deliveries.retry({ ...shop.ws(), deliveryId: (await deliveryOf(notOut)).id });
    await round();
    expect(shop.network.posts.map(({ text }) => text)).toEqual(['Out already', 'Not out']);
  });

  it('goes on with a thread of which a part is out, when a person lets it', async () => {
    const thread = await shop.publish('First', 'Second');
    await restore();
    await outThere('First');
    await round();
    await lookBack();
    const delivery = await deliveryOf(thread);
    expect(delivery.parts.map(({ state }) => state)).toEqual(['published', 'held']);
    await shop.team.client.deliveries.retry({ ...shop.ws(), deliveryId: delivery.id });
    await round();
    expect(shop.network.posts.map(({ text, replyTo }) => [text, replyTo])).toEqual([
      ['First', null],
      ['Second', 'x1'],
    ]);
  });

  it('holds what was planned for later and published sooner, and lets what was not go out in its time', async () => {
    const [sooner, planned] = [await shop.schedule('Published sooner', hour), await shop.schedule('Planned', hour)];
    await restore();
    await outThere('Published sooner');
    await shop.publish('Due now');
    await round();
    await lookBack();
    expect([await stateOf(sooner), await stateOf(planned)]).toEqual(['held new-history', 'scheduled']);
    // Let go before it is due, it still waits for its time.
    await shop.team.client.deliveries.retry({ ...shop.ws(), deliveryId: (await deliveryOf(sooner)).id });
    await round();
    expect(shop.network.writes).toBe(0);
    await shop.clock.advance(hour + 60_000);
    await round();
    expect(await stateOf(planned)).toBe('published');
  });

  it('holds what was published sooner at any time since the backup, where nothing is due, and no earlier namesake', async () => {
    await outThere('Namesake');
    await shop.clock.advance(hour);
    const [sooner, other] = [await shop.schedule('Sooner', 20 * hour), await shop.schedule('Namesake', 20 * hour)];
    const madeAt = await now();
    await shop.clock.advance(hour);
    await outThere('Sooner');
    await shop.clock.advance(6 * hour);
    await restore();
    await tellRestored(madeAt);
    await round();
    await lookBack();
    expect([await stateOf(sooner), await stateOf(other)]).toEqual(['held new-history', 'scheduled']);
  });

  it('holds what was published sooner where nothing says when the database was copied', async () => {
    const sooner = await shop.schedule('Sooner', 20 * hour);
    await outThere('Sooner');
    await shop.clock.advance(8 * hour);
    await shop.publish('Due now');
    await restore();
    await round();
    await lookBack();
    expect(await stateOf(sooner)).toBe('held new-history');
  });

  it('holds what was published sooner where nothing is due and nothing tells of a restore, as after a fail-over', async () => {
    const [sooner, other] = [await shop.schedule('Sooner', 20 * hour), await shop.schedule('Other', 20 * hour)];
    // That the channel was connected is heard before.
    await lookBack();
    await outThere('Sooner');
    await restore();
    await round();
    await lookBack();
    expect([await stateOf(sooner), await stateOf(other)]).toEqual(['held new-history', 'scheduled']);
    expect(shop.network.writes).toBe(0);
  });

  it('goes on with a whole thread by one decision about it', async () => {
    const threads = [await shop.publish('First', 'Second', 'Third'), await shop.publish('One', 'Two')];
    await restore();
    await round();
    await lookBack();
    for (const thread of threads)
      expect((await deliveryOf(thread)).parts.every(({ heldReason }) => heldReason === 'new-history')).toBe(true);
    for (const thread of threads)
      await shop.team.client.deliveries.retry({ ...shop.ws(), deliveryId: (await deliveryOf(thread)).id });
    await round();
    expect(shop.network.posts.map(({ text }) => text)).toEqual(['First', 'Second', 'Third', 'One', 'Two']);
  });

  it('sends nothing again whose outcome was open, though it is not there: its owner may have taken it down', async () => {
    shop.network.script = ['lose'];
    const open = await shop.publish('Perhaps');
    await round();
    expect(await stateOf(open)).toBe('unconfirmed');
    await restore();
    await round();
    await shop.clock.advance(60_000);
    await round();
    expect(await stateOf(open)).toBe('held new-history');
    expect(shop.network.writes).toBe(1);
  });

  it('looks again when the network could not be read', async () => {
    const out = await shop.publish('Out already');
    await restore();
    await outThere('Out already');
    shop.network.readable = false;
    await round();
    await shop.server.settle();
    await shop.clock.advance(5_000);
    await expect(shop.server.settle()).rejects.toThrow('could not be read everywhere');
    expect(await stateOf(out)).toBe('held new-history');
    shop.network.readable = true;
    await shop.clock.advance(60_000);
    await shop.server.settle();
    expect(await stateOf(out)).toBe('published');
  });

  it('looks when the channel is connected again', async () => {
    const sooner = await shop.schedule('Sooner', 20 * hour);
    await outThere('Sooner');
    await restore();
    const channel = { ...shop.ws(), channelId: shop.channelId };
    await shop.team.client.channels.disconnect(channel);
    await round();
    await lookBack();
    expect(await stateOf(sooner)).toBe('scheduled');
    await shop.team.client.channels.connect({ ...channel, values: { name: 'shop', secret: 'right' } });
    await lookBack();
    expect(await stateOf(sooner)).toBe('held new-history');
  });
});
