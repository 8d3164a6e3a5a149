import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Connector } from '#connectors/kit/contract.ts';
import { fail, ok } from '#connectors/kit/faults.ts';
import type { Delivery } from '#contract/deliveries.ts';
import type { Post } from '#contract/posts.ts';
import type { Database } from '#server/platform/db/index.ts';
import { holdClock, type TestClock } from '#test/clock.ts';
import { createFakeNetwork, type FakeNetwork } from '#test/fake-network.ts';
import { makeTeam, type TestTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { runPublishingRound, startPublisher } from '../index.ts';
import { addNetwork, says } from '../testing.ts';
import { openDesk } from './desk.ts';
import { claimDue } from './ledger-store.ts';
import { publishClaimed } from './publish-claimed.ts';

const server = useServer();
let team: TestTeam;
let network: FakeNetwork;
let clock: TestClock;
let channelId: string;
let counter = 0;
beforeAll(() => {
  clock = holdClock(server.test);
});
beforeEach(async () => {
  counter += 1;
  network = createFakeNetwork({ id: `fake${counter}` });
  addNetwork(server.house, network.connector);
  team = await makeTeam(server);
  channelId = await connect(network.connector.manifest.id);
});
async function connect(id: string): Promise<string> {
  const { client, workspaceId } = team;
  const channel = await client.channels.create({ workspaceId, network: id, name: 'Shop' });
  await client.channels.connect({ workspaceId, channelId: channel.id, values: { name: 'shop', secret: 'right' } });
  return channel.id;
}
const nothing: () => void = () => undefined;
const ws = () => ({ workspaceId: team.workspaceId });
const round = () => runPublishingRound(server.house);
async function publish(...texts: string[]): Promise<Post> {
  const draft = await team.client.posts.create({ ...ws(), content: says(...texts), variants: [{ channelId }] });
  return (await team.client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision })) as Post;
}
async function schedule(text: string, inMs: number): Promise<Post> {
  const { checkedAt } = await team.client.publishing.health(ws());
  const at = Temporal.Instant.from(checkedAt).add({ milliseconds: inMs }).toZonedDateTimeISO('UTC').toPlainDateTime();
  const draft = await team.client.posts.create({ ...ws(), content: says(text), variants: [{ channelId }] });
  const when = { local: at.toString({ smallestUnit: 'minute' }), zone: 'UTC' };
  return (await team.client.posts.schedule({ ...ws(), postId: draft.id, revision: draft.revision, at: when })) as Post;
}
async function deliveryOf(post: Post): Promise<Delivery> {
  const [delivery] = (await team.client.posts.get({ ...ws(), postId: post.id })).deliveries;
  if (!delivery) throw new Error('no delivery');
  return delivery as Delivery;
}
const rejected = { kind: 'credential-rejected', said: 'no', reached: 'no' } as const;
type Refresh = Extract<Connector['auth'], { kind: 'form' }>['refresh'];
const refreshBy = (refresh: Refresh) => {
  const { auth } = network.connector;
  if (auth.kind === 'form') auth.refresh = refresh;
};

describe('the ledger under pressure', () => {
  it('does not let posts held for a revoked credential release each other', async () => {
    refreshBy(async () => fail({ kind: 'credential-rejected', said: 'revoked' }));
    network.script = Array(1000).fill(rejected);
    await publish('one');
    await publish('two');
    for (let i = 0; i < 4; i += 1) {
      await round();
      await server.settle();
    }
    expect(network.writes).toBeLessThanOrEqual(2);
  });
  it('stops under a hold what a person had let go before it', async () => {
    network.script = [{ kind: 'content-rejected', field: 'text', reason: 'x', said: 'x', reached: 'no' }];
    const post = await publish('Recall me');
    await round();
    network.prepareFaults = [{ kind: 'temporarily-down', said: 'later' }];
    await team.client.deliveries.retry({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    await round();
    expect((await deliveryOf(post)).state).toBe('scheduled');
    await team.client.publishing.hold({ ...ws(), why: 'crisis' });
    await clock.advance(20_000);
    await round();
    expect(network.posts).toEqual([]);
  });
  it('lets a whole thread go, not its first part alone', async () => {
    await team.client.publishing.hold({ ...ws() });
    const post = await publish('a', 'b');
    await round();
    await team.client.deliveries.retry({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    await round();
    expect(network.posts.map((p) => p.text)).toEqual(['a', 'b']);
  });
  it('takes a refresh that fails for a moment as no word about the account', async () => {
    await server.settle();
    refreshBy(async () => fail({ kind: 'temporarily-down', said: '503' }));
    network.prepareFaults = [{ kind: 'credential-rejected', said: 'ExpiredToken' }];
    const post = await publish('x');
    await round();
    expect.soft((await deliveryOf(post)).heldReason).toBe(null);
    await server.house.db.inWorkspace(team.workspaceId, (tx) =>
      sql`UPDATE connection SET expires_at = clock.now()`.execute(tx),
    );
    refreshBy(async (call) => ok({ credential: call.credential, expiresAt: null }));
    const other = await publish('y');
    await round();
    await server.settle();
    await clock.advance(10_000);
    await round();
    expect.soft((await deliveryOf(other)).state).toBe('published');
    expect.soft((await team.client.channels.get({ ...ws(), channelId })).connection.state).toBe('connected');
    expect.soft((await deliveryOf(post)).state).toBe('published');
  });
  it('leaves a thread whole when it is cancelled with its first part on its way', async () => {
    let reached = nothing;
    const sending = new Promise<void>((r) => {
      reached = r;
    });
    let release = nothing;
    network.beforeSend = () => {
      reached();
      return new Promise<void>((r) => {
        release = r;
      });
    };
    network.script = [{ kind: 'content-rejected', field: 'text', reason: 'x', said: 'x', reached: 'no' }];
    const post = await publish('a', 'b', 'c');
    const running = round();
    await sending;
    network.beforeSend = null;
    await expect(team.client.posts.cancel({ ...ws(), postId: post.id })).rejects.toMatchObject({
      code: 'delivery-on-its-way',
    });
    release();
    await running;
    const now = await team.client.posts.get({ ...ws(), postId: post.id });
    await team.client.posts.update({
      ...ws(),
      postId: post.id,
      revision: now.revision,
      content: says('a2', 'b2', 'c2'),
    });
    const again = await team.client.posts.get({ ...ws(), postId: post.id });
    await team.client.posts.publishNow({ ...ws(), postId: post.id, revision: again.revision });
    await round();
    expect.soft(network.posts.map((p) => p.text)).toEqual(['a2', 'b2', 'c2']);
    expect.soft((await team.client.posts.get({ ...ws(), postId: post.id })).state).toBe('published');
  });
  it('shows a thread of which a part is out as published, never as a draft', async () => {
    network.script = ['accept', { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' }];
    const post = await publish('first', 'second');
    await round();
    await team.client.deliveries.cancel({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    const now = await team.client.posts.get({ ...ws(), postId: post.id });
    expect(network.posts).toHaveLength(1);
    expect.soft(now.state).not.toBe('draft');
    expect.soft(now.deliveries).toHaveLength(1);
  });
  it('refuses an edit that meets an arm half-way', async () => {
    const post = await publish('Old');
    // a worker's arm, not committed yet
    let commit = nothing;
    let locked = nothing;
    const isLocked = new Promise<void>((r) => {
      locked = r;
    });
    const arm = server.house.db.inWorkspace(team.workspaceId, async (tx) => {
      await sql`UPDATE delivery SET state = 'armed', lease_until = clock.now() + interval '10 seconds', fence = fence + 1 WHERE post_id = ${post.id}`.execute(
        tx,
      );
      locked();
      await new Promise<void>((r) => {
        commit = r;
      });
    });
    await isLocked;
    const edit = team.client.posts
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
  it('refuses to move a scheduled post into the past', async () => {
    const post = await schedule('Tomorrow', 24 * 3_600_000);
    const { checkedAt } = await team.client.publishing.health(ws());
    const at = Temporal.Instant.from(checkedAt).subtract({ minutes: 30 }).toZonedDateTimeISO('UTC').toPlainDateTime();
    const code = await team.client.posts
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
    expect.soft(network.posts).toEqual([]);
  });
  it('dates a post by the day it goes out, not by a refused attempt days ago', async () => {
    const seen: Date[] = [];
    const original = network.connector.publish.prepare;
    network.connector.publish.prepare = (call, part) => {
      seen.push(part.createdAt);
      return original(call, part);
    };
    network.prepareFaults = [{ kind: 'content-rejected', field: 'text', reason: 'r', said: 'r' }];
    const post = await publish('Rude');
    await round();
    await clock.advance(3 * 86_400_000);
    await team.client.posts.publishNow({
      ...ws(),
      postId: post.id,
      revision: (await team.client.posts.get({ ...ws(), postId: post.id })).revision,
    });
    await round();
    expect(network.posts).toHaveLength(1);
    const [refused, sent] = seen.map((date) => date.getTime());
    expect(((sent ?? 0) - (refused ?? 0)) / 86_400_000).toBeGreaterThan(2.9);
  });
  it('tells the register when nothing is due any more', async () => {
    await schedule('Late', 5 * 60_000);
    await clock.advance(3 * 3_600_000);
    await round();
    expect((await team.client.channels.get({ ...ws(), channelId })).nextDueAt).toBeNull();
  });
  it('keeps held what was held when only a typo was mended', async () => {
    const post = await publish('Teh cake');
    await server.house.db.inWorkspace(team.workspaceId, (tx) =>
      sql`UPDATE delivery SET state='held', held_reason='new-history', fence=fence+1 WHERE post_id=${post.id}`.execute(
        tx,
      ),
    );
    await team.client.posts.update({ ...ws(), postId: post.id, revision: post.revision, content: says('The cake') });
    await round();
    expect(network.posts).toEqual([]);
  });
  it('keeps the own page connected', async () => {
    await team.client.page.open({ ...ws(), address: `bakery-${counter}`, title: 'Bakery' });
    const { items } = await team.client.channels.list(ws());
    const own = items.find((channel) => channel.network === 'page');
    const refused = { data: { problems: [{ code: 'channel-is-own' }] } };
    const at = { ...ws(), channelId: own?.id ?? '' };
    await expect(team.client.channels.disconnect(at)).rejects.toMatchObject(refused);
    await expect(team.client.channels.archive(at)).rejects.toMatchObject(refused);
  });
  it('cancels what cannot follow a part that only a person saw', async () => {
    const original = network.connector.publish.prepare;
    network.connector.publish.prepare = async (call, part) =>
      part.before.some((b) => b.remoteId === '')
        ? fail({ kind: 'contract-broken', path: 'before.receipt', said: 'x' })
        : original(call, part);
    network.script = ['accept-and-lose'];
    network.readable = false;
    const post = await publish('a', 'b');
    await round();
    await team.client.deliveries.confirmLive({
      ...ws(),
      deliveryId: (await deliveryOf(post)).id,
      address: 'https://x.example/1',
    });
    await round();
    const { parts } = await deliveryOf(post);
    expect(parts.map((part) => part.state)).toEqual(['published', 'cancelled']);
  });

  it('sends nothing when it froze between arm and send for longer than the deadline', async () => {
    await publish('Frozen');
    const db: { -readonly [K in keyof Database]: Database[K] } = server.house.db;
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
    expect(network.writes).toBe(0);
  });
  it('publishes the new words at once when a post is edited while a worker prepares the old ones', async () => {
    const releases: (() => void)[] = [];
    network.duringPrepare = () =>
      new Promise<void>((r) => {
        releases.push(r);
      });
    const publisher = await startPublisher(server.house);
    const until = async (c: () => boolean) => {
      for (let i = 0; i < 200 && !c(); i += 1) await new Promise((r) => setTimeout(r, 20));
    };
    const post = await publish('Old');
    await until(() => releases.length === 1);
    await team.client.posts.update({ ...ws(), postId: post.id, revision: post.revision, content: says('New') });
    await until(() => releases.length === 2);
    network.duringPrepare = null;
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
    network.beforeSend = () =>
      new Promise<void>((r) => {
        release = r;
      });
    await publish('one');
    await publish('two');
    let rounds = 0;
    const db: { -readonly [K in keyof Database]: Database[K] } = server.house.db;
    const original = db.across;
    db.across = (work) => {
      rounds += 1;
      return original(work);
    };
    const publisher = await startPublisher(server.house);
    await new Promise((r) => setTimeout(r, 2_000));
    network.beforeSend = null;
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
    const claim = server.house.db.across(async (tx) => {
      const c = await claimDue(tx, 5);
      claimed();
      await new Promise<void>((r) => {
        commit = r;
      });
      return c;
    });
    await isClaimed;
    const holding = team.client.publishing.hold({ ...ws(), why: 'x' });
    await holding;
    commit();
    for (const c of await claim)
      await publishClaimed({ house: server.house, log: server.house.log }, c, {
        hold: { isMine: () => true },
        crashAt: () => undefined,
        desk: openDesk(server.house),
      });
    expect(network.posts).toEqual([]);
  });
});
