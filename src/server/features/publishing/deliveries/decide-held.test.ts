import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { makeMember } from '#test/makers.ts';
import { codeOf, useBusiness } from '../testing.ts';

const shop = useBusiness({ zone: 'UTC' });
const { deliveryOf, publish, round, schedule, ws } = shop;
const MINUTE = 60_000;
const decide = (decision: 'let-go' | 'cancel', reason: 'late' | 'new-history' = 'late') =>
  shop.team.client.deliveries.decideHeld({ ...ws(), reason, decision });
const stateOf = async (post: Awaited<ReturnType<typeof publish>>) => (await deliveryOf(post)).state;

/** Posts of which nothing went out for three hours. */
async function outage() {
  const posts = [await schedule('first', 5 * MINUTE), await schedule('second', 15 * MINUTE)];
  const soon = await schedule('within the grace time', 2 * 60 * MINUTE + 30 * MINUTE);
  await shop.clock.advance(3 * 60 * MINUTE);
  await round();
  return { posts, soon };
}

describe('after an outage', () => {
  it('what is within the grace time goes out once, and the rest goes out in its order when a person lets all of it go', async () => {
    const { posts, soon } = await outage();
    expect(await stateOf(soon)).toBe('published');
    expect(await Promise.all(posts.map(stateOf))).toEqual(['held', 'held']);
    expect(await decide('let-go')).toEqual({ decided: 2, left: 0 });
    await round();
    expect(await Promise.all(posts.map(stateOf))).toEqual(['published', 'published']);
    expect(shop.network.posts.map((it) => it.text)).toEqual(['within the grace time', 'first', 'second']);
    expect(await decide('let-go')).toEqual({ decided: 0, left: 0 });
  });

  it('none of the rest goes out when a person says so, and what is held for another reason stays', async () => {
    const { posts } = await outage();
    const hold = await shop.team.client.publishing.hold(ws());
    const paused = await publish('paused');
    await round();
    expect(await decide('cancel')).toEqual({ decided: 2, left: 0 });
    const { items } = await shop.team.client.deliveries.list({ ...ws(), state: 'cancelled' });
    expect(items.map((it) => it.postId).toSorted()).toEqual(posts.map((it) => it.id).toSorted());
    expect(await stateOf(paused)).toBe('held');
    expect(await decide('cancel', 'new-history')).toEqual({ decided: 0, left: 0 });
    await shop.team.client.publishing.lift({ ...ws(), holdId: hold.id });
  });

  it('is decided by who may let a delivery go, and by nobody else', async () => {
    const viewer = await makeMember(shop.server, ws().workspaceId, 'viewer');
    const call = viewer.client.deliveries.decideHeld({ ...ws(), reason: 'late', decision: 'let-go' });
    expect(await codeOf(call)).toBe('not-allowed');
  });
});

describe('after a restore', () => {
  /** Another history: nothing here remembers what went out since. */
  const restore = () =>
    shop.server.house.db.across((tx) =>
      sql`UPDATE installation SET history = ${`restored:${new Date().toISOString()}`}`.execute(tx),
    );

  it('what is due goes out, and what is not due yet and seems to be out already stays held', async () => {
    const [sooner, due] = [await schedule('published sooner', 60 * MINUTE), await publish('due')];
    await restore();
    const at = Date.parse((await shop.team.client.publishing.health(ws())).checkedAt);
    shop.network.posts.push({ id: 'x1', key: null, text: 'published sooner', replyTo: null, at });
    await round();
    await shop.server.settle();
    await shop.clock.advance(5_000);
    await shop.server.settle();
    expect(await Promise.all([sooner, due].map(stateOf))).toEqual(['held', 'held']);
    expect(await decide('let-go', 'new-history')).toEqual({ decided: 1, left: 0 });
    await round();
    expect(shop.network.posts.map((it) => it.text)).toEqual(['published sooner', 'due']);
    await shop.clock.advance(61 * MINUTE);
    await round();
    expect(await stateOf(sooner)).toBe('held');
  });

  it.each(['let-go', 'cancel'] as const)(
    'nothing is decided about a thread of which an earlier part may be out: %s',
    async (decision) => {
      shop.network.script = ['lose'];
      const thread = await publish('first', 'second');
      await round();
      await restore();
      await round();
      const statesOf = async () => (await deliveryOf(thread)).parts.map(({ state }) => state);
      expect(await statesOf()).toEqual(['unconfirmed', 'held']);
      expect(await decide(decision, 'new-history')).toEqual({ decided: 0, left: 0 });
      await round();
      expect(await statesOf()).toEqual(['unconfirmed', 'held']);
      expect(shop.network.writes).toBe(1);
    },
  );
});
