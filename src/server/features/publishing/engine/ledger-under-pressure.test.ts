import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Connector } from '#connectors/kit/contract.ts';
import { fail, ok } from '#connectors/kit/faults.ts';
import { says, useBusiness } from '../testing.ts';

const shop = useBusiness();
const { deliveryOf, publish, round, schedule, ws } = shop;

const rejected = { kind: 'credential-rejected', said: 'no', reached: 'no' } as const;
type Refresh = NonNullable<Extract<Connector['auth'], { kind: 'form' }>['refresh']>;
const refreshBy = (refresh: Refresh) => {
  const { auth } = shop.network.connector;
  if (auth.kind === 'form') auth.refresh = refresh;
};

describe('the ledger under pressure', () => {
  it('does not let posts held for a revoked credential release each other', async () => {
    refreshBy(async () => fail({ kind: 'credential-rejected', said: 'revoked' }));
    shop.network.script = Array(1000).fill(rejected);
    await publish('one');
    await publish('two');
    for (let i = 0; i < 4; i += 1) {
      await round();
      await shop.server.settle();
    }
    expect(shop.network.writes).toBeLessThanOrEqual(2);
  });

  it('stops under a hold what a person had let go before it', async () => {
    shop.network.script = [{ kind: 'content-rejected', field: 'text', reason: 'x', said: 'x', reached: 'no' }];
    const post = await publish('Recall me');
    await round();
    shop.network.prepareFaults = [{ kind: 'temporarily-down', said: 'later' }];
    await shop.team.client.deliveries.retry({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    await round();
    expect((await deliveryOf(post)).state).toBe('scheduled');
    await shop.team.client.publishing.hold({ ...ws(), why: 'crisis' });
    await shop.clock.advance(20_000);
    await round();
    expect(shop.network.posts).toEqual([]);
  });

  it('lets a whole thread go, not its first part alone', async () => {
    await shop.team.client.publishing.hold({ ...ws() });
    const post = await publish('a', 'b');
    await round();
    await shop.team.client.deliveries.retry({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    await round();
    expect(shop.network.posts.map((p) => p.text)).toEqual(['a', 'b']);
  });

  it('takes a refresh that fails for a moment as no word about the account', async () => {
    await shop.server.settle();
    refreshBy(async () => fail({ kind: 'temporarily-down', said: '503' }));
    shop.network.prepareFaults = [{ kind: 'credential-rejected', said: 'ExpiredToken' }];
    const post = await publish('x');
    await round();
    expect.soft((await deliveryOf(post)).heldReason).toBe(null);
    await shop.server.house.db.inWorkspace(shop.team.workspaceId, (tx) =>
      sql`UPDATE connection SET expires_at = clock.now()`.execute(tx),
    );
    refreshBy(async (call) => ok({ credential: call.credential, expiresAt: null }));
    const other = await publish('y');
    await round();
    await shop.server.settle();
    await shop.clock.advance(10_000);
    await round();
    expect.soft((await deliveryOf(other)).state).toBe('published');
    expect
      .soft((await shop.team.client.channels.get({ ...ws(), channelId: shop.channelId })).connection.state)
      .toBe('connected');
    expect.soft((await deliveryOf(post)).state).toBe('published');
  });

  it('shows a thread of which a part is out as published, never as a draft', async () => {
    shop.network.script = [
      'accept',
      { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' },
    ];
    const post = await publish('first', 'second');
    await round();
    await shop.team.client.deliveries.cancel({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    const now = await shop.team.client.posts.get({ ...ws(), postId: post.id });
    expect(shop.network.posts).toHaveLength(1);
    expect.soft(now.state).not.toBe('draft');
    expect.soft(now.deliveries).toHaveLength(1);
  });

  it('refuses to move a scheduled post into the past', async () => {
    const post = await schedule('Tomorrow', 24 * 3_600_000);
    const { checkedAt } = await shop.team.client.publishing.health(ws());
    const at = Temporal.Instant.from(checkedAt).subtract({ minutes: 30 }).toZonedDateTimeISO('UTC').toPlainDateTime();
    const code = await shop.team.client.posts
      .update({
        ...ws(),
        postId: post.id,
        revision: post.revision,
        plannedFor: { local: at.toString({ smallestUnit: 'minute' }), zone: 'UTC' },
      })
      .then(
        () => 'ok',
        (error: { code: string }) => error.code,
      );
    await round();
    expect.soft(code).toBe('time-in-past');
    expect.soft(shop.network.posts).toEqual([]);
  });

  it('dates a post by the day it goes out, not by a refused attempt days ago', async () => {
    const seen: Date[] = [];
    const original = shop.network.connector.publish.prepare;
    shop.network.connector.publish.prepare = (call, part) => {
      seen.push(part.createdAt);
      return original(call, part);
    };
    shop.network.prepareFaults = [{ kind: 'content-rejected', field: 'text', reason: 'r', said: 'r' }];
    const post = await publish('Rude');
    await round();
    await shop.clock.advance(3 * 86_400_000);
    await shop.team.client.posts.publishNow({
      ...ws(),
      postId: post.id,
      revision: (await shop.team.client.posts.get({ ...ws(), postId: post.id })).revision,
    });
    await round();
    expect(shop.network.posts).toHaveLength(1);
    const [refused, sent] = seen.map((date) => date.getTime());
    expect(((sent ?? 0) - (refused ?? 0)) / 86_400_000).toBeGreaterThan(2.9);
  });

  it('tells the register when nothing is due any more', async () => {
    await schedule('Late', 5 * 60_000);
    await shop.clock.advance(3 * 3_600_000);
    await round();
    expect((await shop.team.client.channels.get({ ...ws(), channelId: shop.channelId })).nextDueAt).toBeNull();
  });

  it('keeps held what was held when only a typo was mended', async () => {
    const post = await publish('Teh cake');
    await shop.server.house.db.inWorkspace(shop.team.workspaceId, (tx) =>
      sql`UPDATE delivery SET state='held', held_reason='new-history', fence=fence+1 WHERE post_id=${post.id}`.execute(
        tx,
      ),
    );
    await shop.team.client.posts.update({
      ...ws(),
      postId: post.id,
      revision: post.revision,
      content: says('The cake'),
    });
    await round();
    expect(shop.network.posts).toEqual([]);
  });

  it('keeps the own page connected', async () => {
    await shop.team.client.page.open({ ...ws(), address: `bakery-under-pressure`, title: 'Bakery' });
    const { items } = await shop.team.client.channels.list(ws());
    const own = items.find((channel) => channel.network === 'page');
    const refused = { data: { problems: [{ code: 'channel-is-own' }] } };
    const at = { ...ws(), channelId: own?.id ?? '' };
    await expect(shop.team.client.channels.disconnect(at)).rejects.toMatchObject(refused);
    await expect(shop.team.client.channels.archive(at)).rejects.toMatchObject(refused);
  });

  it('cancels what cannot follow a part that only a person saw', async () => {
    const original = shop.network.connector.publish.prepare;
    shop.network.connector.publish.prepare = async (call, part) =>
      part.before.some((b) => b.remoteId === '')
        ? fail({ kind: 'contract-broken', path: 'before.receipt', said: 'x' })
        : original(call, part);
    shop.network.script = ['accept-and-lose'];
    shop.network.readable = false;
    const post = await publish('a', 'b');
    await round();
    await shop.team.client.deliveries.confirmLive({
      ...ws(),
      deliveryId: (await deliveryOf(post)).id,
      address: 'https://x.example/1',
    });
    await round();
    const { parts } = await deliveryOf(post);
    expect(parts.map((part) => part.state)).toEqual(['published', 'cancelled']);
  });
});
