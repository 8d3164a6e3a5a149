import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { Database } from '#server/platform/db/index.ts';
import { startPublisher } from '../index.ts';
import { says, useBusiness } from '../testing.ts';
import { openDesk } from './desk.ts';
import { claimDue } from './ledger-store.ts';
import { publishClaimed } from './publish-claimed.ts';

const shop = useBusiness();
const { deliveryOf, publish, round, ws } = shop;

const nothing: () => void = () => undefined;

describe('a worker under pressure', () => {
  it('leaves a thread whole when it is cancelled with its first part on its way', async () => {
    let reached = nothing;
    const sending = new Promise<void>((r) => {
      reached = r;
    });
    let release = nothing;
    shop.network.beforeSend = () => {
      reached();
      return new Promise<void>((r) => {
        release = r;
      });
    };
    shop.network.script = [{ kind: 'content-rejected', field: 'text', reason: 'x', said: 'x', reached: 'no' }];
    const post = await publish('a', 'b', 'c');
    const running = round();
    await sending;
    shop.network.beforeSend = null;
    await expect(shop.team.client.posts.cancel({ ...ws(), postId: post.id })).rejects.toMatchObject({
      code: 'delivery-on-its-way',
    });
    release();
    await running;
    const now = await shop.team.client.posts.get({ ...ws(), postId: post.id });
    await shop.team.client.posts.update({
      ...ws(),
      postId: post.id,
      revision: now.revision,
      content: says('a2', 'b2', 'c2'),
    });
    const again = await shop.team.client.posts.get({ ...ws(), postId: post.id });
    await shop.team.client.posts.publishNow({ ...ws(), postId: post.id, revision: again.revision });
    await round();
    expect.soft(shop.network.posts.map((p) => p.text)).toEqual(['a2', 'b2', 'c2']);
    expect.soft((await shop.team.client.posts.get({ ...ws(), postId: post.id })).state).toBe('published');
  });

  it('refuses an edit that meets an arm half-way', async () => {
    const post = await publish('Old');
    // a worker's arm, not committed yet
    let commit = nothing;
    let locked = nothing;
    const isLocked = new Promise<void>((r) => {
      locked = r;
    });
    const arm = shop.server.house.db.inWorkspace(shop.team.workspaceId, async (tx) => {
      await sql`UPDATE delivery SET state = 'armed', lease_until = clock.now() + interval '10 seconds', fence = fence + 1 WHERE post_id = ${post.id}`.execute(
        tx,
      );
      locked();
      await new Promise<void>((r) => {
        commit = r;
      });
    });
    await isLocked;
    const edit = shop.team.client.posts
      .update({ ...ws(), postId: post.id, revision: post.revision, content: says('New') })
      .then(
        () => 'ok',
        (error: { code: string }) => error.code,
      );
    await new Promise((r) => setTimeout(r, 700));
    commit();
    await arm;
    expect(await edit).toBe('delivery-on-its-way');
  });

  it('sends nothing when it froze between arm and send for longer than the deadline', async () => {
    await publish('Frozen');
    const db: { -readonly [K in keyof Database]: Database[K] } = shop.server.house.db;
    const original = db.inWorkspace;
    db.inWorkspace = async (id, work) => {
      const result = await original(id, work);
      const isArm = Array.isArray(result) && result.some((it) => typeof it === 'object' && it && 'attemptId' in it);
      if (isArm) await new Promise((resolve) => setTimeout(resolve, 8_500));
      return result;
    };
    try {
      await round();
    } finally {
      db.inWorkspace = original;
    }
    expect(shop.network.writes).toBe(0);
  });

  it('publishes the new words at once when a post is edited while a worker prepares the old ones', async () => {
    const releases: (() => void)[] = [];
    shop.network.duringPrepare = () =>
      new Promise<void>((r) => {
        releases.push(r);
      });
    const publisher = await startPublisher(shop.server.house);
    const until = async (c: () => boolean) => {
      for (let i = 0; i < 200 && !c(); i += 1) await new Promise((r) => setTimeout(r, 20));
    };
    const post = await publish('Old');
    await until(() => releases.length === 1);
    await shop.team.client.posts.update({ ...ws(), postId: post.id, revision: post.revision, content: says('New') });
    await until(() => releases.length === 2);
    shop.network.duringPrepare = null;
    releases[0]?.();
    await new Promise((r) => setTimeout(r, 300));
    releases[1]?.();
    for (let tries = 0; tries < 25 && (await deliveryOf(post)).state !== 'published'; tries += 1)
      await new Promise((r) => setTimeout(r, 100));
    const d = await deliveryOf(post);
    await publisher.stop();
    expect(d.fault).toBeNull();
    expect(d.state).toBe('published');
  });

  it('rests while a channel is busy', async () => {
    let release = nothing;
    shop.network.beforeSend = () =>
      new Promise<void>((r) => {
        release = r;
      });
    await publish('one');
    await publish('two');
    let rounds = 0;
    const db: { -readonly [K in keyof Database]: Database[K] } = shop.server.house.db;
    const original = db.across;
    db.across = (work) => {
      rounds += 1;
      return original(work);
    };
    const publisher = await startPublisher(shop.server.house);
    await new Promise((r) => setTimeout(r, 2_000));
    shop.network.beforeSend = null;
    release();
    db.across = original;
    await publisher.stop();
    expect(rounds).toBeLessThan(60);
  });

  it('arms nothing under a hold that was set while it was claimed', async () => {
    await publish('Race');
    let commit = nothing;
    let claimed = nothing;
    const isClaimed = new Promise<void>((r) => {
      claimed = r;
    });
    const claim = shop.server.house.db.across(async (tx) => {
      const c = await claimDue(tx, 5);
      claimed();
      await new Promise<void>((r) => {
        commit = r;
      });
      return c;
    });
    await isClaimed;
    const holding = shop.team.client.publishing.hold({ ...ws(), why: 'x' });
    await holding;
    commit();
    expect(await claim).toContainEqual(expect.objectContaining(ws()));
    for (const c of await claim)
      await publishClaimed({ house: shop.server.house, log: shop.server.house.log }, c, {
        hold: { isMine: () => true },
        crashAt: () => undefined,
        desk: openDesk(shop.server.house),
      });
    expect(shop.network.posts).toEqual([]);
  });
});
