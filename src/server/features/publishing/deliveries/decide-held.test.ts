import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { makeMember } from '#test/makers.ts';
import { codeOf, says, useBusiness } from '../testing.ts';

const shop = useBusiness({ zone: 'UTC' });
const { deliveryOf, publish, round, schedule, ws } = shop;
const MINUTE = 60_000;
const look = async () => (await shop.team.client.publishing.status({ ...ws(), days: 1 })).to;
const decide = async (
  decision: 'let-go' | 'cancel',
  { reason = 'late', heldBefore }: { reason?: 'late' | 'new-history'; heldBefore?: string } = {},
) => shop.team.client.deliveries.decideHeld({ ...ws(), reason, decision, heldBefore: heldBefore ?? (await look()) });
const setQuota = (max: number) => {
  const quota = {
    max,
    perMs: 24 * 60 * MINUTE,
    over: 'refused',
    source: 'made for tests',
    checkedOn: '2026-11-23',
  } as const;
  shop.network.connector.manifest = { ...shop.network.connector.manifest, quota };
};
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
    expect(await decide('let-go')).toEqual({ decided: 2, full: 0, left: 0 });
    await round();
    expect(await Promise.all(posts.map(stateOf))).toEqual(['published', 'published']);
    expect(shop.network.posts.map((it) => it.text)).toEqual(['within the grace time', 'first', 'second']);
    expect(await decide('let-go')).toEqual({ decided: 0, full: 0, left: 0 });
  });

  it('none of the rest goes out when a person says so, and what is held for another reason stays', async () => {
    const { posts } = await outage();
    const hold = await shop.team.client.publishing.hold(ws());
    const paused = await publish('paused');
    await round();
    expect(await decide('cancel')).toEqual({ decided: 2, full: 0, left: 0 });
    const { items } = await shop.team.client.deliveries.list({ ...ws(), state: 'cancelled' });
    expect(items.map((it) => it.postId).toSorted()).toEqual(posts.map((it) => it.id).toSorted());
    expect(await stateOf(paused)).toBe('held');
    expect(await decide('cancel', { reason: 'new-history' })).toEqual({ decided: 0, full: 0, left: 0 });
    await shop.team.client.publishing.lift({ ...ws(), holdId: hold.id });
  });

  it.each(['let-go', 'cancel'] as const)('what was held after a person looked stays held: %s', async (decision) => {
    await outage();
    const heldBefore = await look();
    const later = await schedule('held later', 2 * MINUTE);
    await shop.clock.advance(3 * 60 * MINUTE);
    await round();
    expect(await stateOf(later)).toBe('held');
    expect(await decide(decision, { heldBefore })).toEqual({ decided: 2, full: 0, left: 0 });
    await round();
    expect(await stateOf(later)).toBe('held');
    const out = decision === 'cancel' ? [] : ['first', 'second'];
    expect(shop.network.posts.map((it) => it.text)).toEqual(['within the grace time', ...out]);
  });

  it('what its network would take no more is not let go, and what was let go has its place', async () => {
    const { posts } = await outage();
    const other = await shop.addChannel();
    const draft = await shop.team.client.posts.create({
      ...ws(),
      content: says('elsewhere'),
      variants: [{ channelId: other.channelId }],
    });
    // One is out today already.
    setQuota(2);
    expect(await decide('let-go')).toEqual({ decided: 1, full: 1, left: 0 });
    expect(await codeOf(publish('no place left'))).toBe('quota-full');
    await shop.team.client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision });
    await round();
    expect(await Promise.all(posts.map(stateOf))).toEqual(['published', 'held']);
    expect(await decide('let-go')).toEqual({ decided: 0, full: 1, left: 0 });
    await shop.clock.advance(24 * 60 * MINUTE);
    expect(await decide('let-go')).toEqual({ decided: 1, full: 0, left: 0 });
    await round();
    expect(await Promise.all(posts.map(stateOf))).toEqual(['published', 'published']);
  });

  it('is decided by who may let a delivery go, and by nobody else', async () => {
    const viewer = await makeMember(shop.server, ws().workspaceId, 'viewer');
    const call = viewer.client.deliveries.decideHeld({
      ...ws(),
      reason: 'late',
      decision: 'let-go',
      heldBefore: await look(),
    });
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
    expect(await decide('let-go', { reason: 'new-history' })).toEqual({ decided: 1, full: 0, left: 0 });
    await round();
    expect(shop.network.posts.map((it) => it.text)).toEqual(['published sooner', 'due']);
    await shop.clock.advance(61 * MINUTE);
    await round();
    expect(await stateOf(sooner)).toBe('held');
  });

  it('a thread that is let go with all others goes out whole', async () => {
    const thread = await publish('first', 'second', 'third');
    await restore();
    await round();
    expect(await decide('let-go', { reason: 'new-history' })).toEqual({ decided: 1, full: 0, left: 0 });
    await round();
    expect(await stateOf(thread)).toBe('published');
    expect(shop.network.posts.map((it) => it.text)).toEqual(['first', 'second', 'third']);
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
      expect(await decide(decision, { reason: 'new-history' })).toEqual({ decided: 0, full: 0, left: 0 });
      await round();
      expect(await statesOf()).toEqual(['unconfirmed', 'held']);
      expect(shop.network.writes).toBe(1);
    },
  );
});
