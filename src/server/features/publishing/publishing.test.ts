import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '#contract/deliveries.ts';
import type { Post } from '#contract/posts.ts';
import { holdClock, type TestClock } from '#test/clock.ts';
import { createFakeNetwork, type FakeNetwork } from '#test/fake-network.ts';
import { makeTeam, type TestTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { runPublishingRound } from './index.ts';
import { addNetwork, says } from './testing.ts';

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
  const { deliveries } = await team.client.posts.get({ ...ws(), postId: post.id });
  const [delivery] = deliveries;
  if (!delivery) throw new Error('no delivery');
  return delivery as Delivery;
}

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no refusal',
    (error: { code: string }) => error.code,
  );

describe('publishing', () => {
  it('brings a post to its channel once and keeps where it is', async () => {
    const post = await publish('Fresh rolls');
    await round();
    await round();
    expect(network.posts.map((p) => p.text)).toEqual(['Fresh rolls']);
    const delivery = await deliveryOf(post);
    expect(delivery).toMatchObject({
      state: 'published',
      address: `https://${network.connector.manifest.id}.example/p1`,
    });
    expect(delivery.latenessMs).toBeLessThan(30_000);
  });

  it('sends nothing before its time and everything after it', async () => {
    const post = await schedule('Later', 30 * 60_000);
    await round();
    expect(network.posts).toEqual([]);
    expect((await team.client.channels.get({ ...ws(), channelId })).nextDueAt).toBe((await deliveryOf(post)).dueAt);
    await clock.advance(31 * 60_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
    expect((await team.client.channels.get({ ...ws(), channelId })).nextDueAt).toBeNull();
  });

  it('keeps the order of a channel and has one send of it under way at a time', async () => {
    for (const text of ['one', 'two', 'three']) await publish(text);
    await round();
    expect(network.posts.map((p) => p.text)).toEqual(['one', 'two', 'three']);
  });

  it('publishes a thread part by part, each under the one before', async () => {
    const post = await publish('first', 'second', 'third');
    await round();
    expect(network.posts.map((p) => p.text)).toEqual(['first', 'second', 'third']);
    expect((await deliveryOf(post)).parts.map((part) => part.state)).toEqual(['published', 'published', 'published']);
  });

  it('leaves the rest of a thread waiting when a part fails and goes on from there', async () => {
    network.script = ['accept', { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' }];
    const post = await publish('first', 'second', 'third');
    await round();
    const delivery = await deliveryOf(post);
    expect(delivery.state).toBe('failed');
    expect(delivery.parts.map((part) => part.state)).toEqual(['published', 'failed', 'scheduled']);
    await team.client.deliveries.retry({ ...ws(), deliveryId: delivery.id });
    await round();
    expect(network.posts.map((p) => p.text)).toEqual(['first', 'second', 'third']);
  });
});

describe('an unknown outcome', () => {
  it('is never sent again blindly: a lost answer is found by reading', async () => {
    network.script = ['accept-and-lose'];
    const post = await publish('Once');
    await round();
    expect((await deliveryOf(post)).state).toBe('unconfirmed');
    await clock.advance(6_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
    expect(network.writes).toBe(1);
    expect(network.posts).toHaveLength(1);
  });

  it('is reconciled when the network says "blocked" after the post is live', async () => {
    network.script = ['accept-and-refuse'];
    const post = await publish('Blocked?');
    await round();
    await clock.advance(6_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
    expect(network.posts).toHaveLength(1);
  });

  it('is sent again only when absence is proved, after deadline, time-out and read lag', async () => {
    network.script = ['lose'];
    const post = await publish('Lost');
    await round();
    await clock.advance(16_000);
    await round();
    expect(network.writes).toBe(1);
    expect((await deliveryOf(post)).state).toBe('unconfirmed');
    await clock.advance(60_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
    expect(network.writes).toBe(2);
    expect(network.posts).toHaveLength(1);
  });

  it('is put before a person when it cannot be read, who says it is there', async () => {
    network.script = ['accept-and-lose'];
    network.readable = false;
    const post = await publish('Unreadable');
    for (let i = 0; i < 7; i += 1) {
      await round();
      await clock.advance(61_000);
    }
    const delivery = await deliveryOf(post);
    expect(delivery.state).toBe('unconfirmed');
    expect(network.writes).toBe(1);
    expect((await team.client.publishing.health(ws())).needsDecision).toBe(1);
    const settled = await team.client.deliveries.confirmLive({
      ...ws(),
      deliveryId: delivery.id,
      address: 'https://x.example/1',
    });
    expect(settled).toMatchObject({ state: 'published', address: 'https://x.example/1' });
  });

  it('is sent again under the same key when a person says it is not there', async () => {
    network = createFakeNetwork({ id: `keyed${counter}`, keyed: true });
    addNetwork(server.house, network.connector);
    channelId = await connect(network.connector.manifest.id);
    network.script = ['accept-and-lose'];
    network.readable = false;
    const post = await publish('Keyed');
    await round();
    await team.client.deliveries.sendAgain({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
    expect(network.writes).toBe(2);
    expect(network.posts).toHaveLength(1);
  });
});

describe('a worker that is gone or late', () => {
  it('sends nothing when the post was edited while it prepared', async () => {
    let reached: () => void = () => undefined;
    const preparing = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let release: () => void = () => undefined;
    network.duringPrepare = () => {
      reached();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    const post = await publish('Old words');
    const running = round();
    await preparing;
    network.duringPrepare = null;
    await team.client.posts.update({ ...ws(), postId: post.id, revision: post.revision, content: says('New words') });
    release();
    await running;
    await round();
    expect(network.posts.map((p) => p.text)).toEqual(['New words']);
  });

  it('refuses to edit or cancel what is on its way', async () => {
    network.script = ['accept-and-lose'];
    const post = await publish('On its way');
    await round();
    const { revision } = await team.client.posts.get({ ...ws(), postId: post.id });
    expect(await code(team.client.posts.update({ ...ws(), postId: post.id, revision, content: says('x') }))).toBe(
      'delivery-on-its-way',
    );
    expect(await code(team.client.posts.cancel({ ...ws(), postId: post.id }))).toBe('delivery-on-its-way');
    expect(await code(team.client.deliveries.cancel({ ...ws(), deliveryId: (await deliveryOf(post)).id }))).toBe(
      'delivery-on-its-way',
    );
  });
});

describe('faults', () => {
  it('back off and go on by themselves', async () => {
    network.prepareFaults = [{ kind: 'temporarily-down', said: 'later' }];
    const post = await publish('Patience');
    await round();
    expect((await deliveryOf(post)).state).toBe('scheduled');
    await clock.advance(9_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
  });

  it('hold the whole channel for a rate limit, in order', async () => {
    const { checkedAt } = await team.client.publishing.health(ws());
    const retryAt = new Date(Date.parse(checkedAt) + 24 * 3_600_000);
    network.prepareFaults = [{ kind: 'rate-limited', retryAt, scope: 'call', said: 'slow down' }];
    await publish('one');
    await publish('two');
    await round();
    await round();
    expect(network.writes).toBe(0);
  });

  it('hold for a refused credential and resume when the channel is connected again', async () => {
    network.prepareFaults = [
      { kind: 'credential-rejected', said: 'no' },
      { kind: 'credential-rejected', said: 'no' },
    ];
    const post = await publish('Held');
    await round();
    expect(await deliveryOf(post)).toMatchObject({ state: 'held', heldReason: 'connection-broken' });
    expect((await team.client.channels.get({ ...ws(), channelId })).connection.state).toBe('credential-rejected');
    await team.client.channels.connect({ ...ws(), channelId, values: { name: 'shop', secret: 'right' } });
    await server.settle();
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
  });

  it('fail with the field that was rejected, and stay editable', async () => {
    network.prepareFaults = [{ kind: 'content-rejected', field: 'parts.0.text', reason: 'rude', said: 'Rude' }];
    const post = await publish('Rude');
    await round();
    expect(await deliveryOf(post)).toMatchObject({
      state: 'failed',
      fault: { kind: 'content-rejected', field: 'parts.0.text', said: 'Rude' },
    });
  });

  it('hold what is later than the grace time until a person lets it go', async () => {
    const post = await schedule('Late', 5 * 60_000);
    await clock.advance(3 * 3_600_000);
    await round();
    const delivery = await deliveryOf(post);
    expect(delivery).toMatchObject({ state: 'held', heldReason: 'late' });
    await team.client.deliveries.retry({ ...ws(), deliveryId: delivery.id });
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
  });
});

describe('a hold', () => {
  it('stops what comes due on its channel only, and lets it go when it is lifted', async () => {
    const other = createFakeNetwork({ id: `other${counter}` });
    addNetwork(server.house, other.connector);
    const otherId = await connect(other.connector.manifest.id);
    const hold = await team.client.publishing.hold({ ...ws(), channelId, why: 'Recall' });
    const variants = [{ channelId }, { channelId: otherId }];
    const draft = await team.client.posts.create({ ...ws(), content: says('Cake'), variants });
    await team.client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision });
    await round();
    expect(network.posts).toEqual([]);
    expect(other.posts).toHaveLength(1);
    await team.client.publishing.lift({ ...ws(), holdId: hold.id });
    await round();
    expect(network.posts).toHaveLength(1);
  });

  it('over everything holds every channel, and a person may let one go all the same', async () => {
    await team.client.publishing.hold({ ...ws() });
    const post = await publish('Apology');
    await round();
    expect(await deliveryOf(post)).toMatchObject({ state: 'held', heldReason: 'crisis' });
    await team.client.deliveries.retry({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    await round();
    expect((await deliveryOf(post)).state).toBe('published');
  });
});

describe('the ledger', () => {
  it('shows what needs a person, what is due (the nearest first) and what is done, page by page', async () => {
    await publish('one');
    network.script = [{ kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' }];
    await round();
    await publish('two');
    await round();
    await schedule('later', 60 * 60_000);
    await schedule('soon', 30 * 60_000);
    const gone = await schedule('never', 45 * 60_000);
    await team.client.posts.cancel({ ...ws(), postId: gone.id });
    const texts = async (show: 'all' | 'decide' | 'due' | 'done') => {
      const found: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await team.client.deliveries.list({ ...ws(), show, limit: 1, ...(cursor ? { cursor } : {}) });
        found.push(...page.items.map((delivery) => delivery.excerpt));
        cursor = page.next;
        if (!cursor) return found;
      }
    };
    expect(await texts('decide')).toEqual(['one']);
    expect(await texts('due')).toEqual(['soon', 'later']);
    expect(await texts('done')).toEqual(['never', 'two']);
    expect(await texts('all')).toEqual(['later', 'soon', 'two', 'one']);
  });
});

describe('scheduling', () => {
  it('refuses what the network would refuse, by field, and changes nothing', async () => {
    const draft = await team.client.posts.create({
      ...ws(),
      content: says('x'.repeat(101)),
      variants: [{ channelId }],
    });
    expect(await code(team.client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision }))).toBe(
      'content-invalid',
    );
    expect((await team.client.posts.get({ ...ws(), postId: draft.id })).state).toBe('draft');
  });

  it('refuses a stale revision and gives back what stands now', async () => {
    const draft = await team.client.posts.create({ ...ws(), content: says('mine') });
    await team.client.posts.update({ ...ws(), postId: draft.id, revision: draft.revision, content: says('theirs') });
    const refusal = await team.client.posts
      .update({ ...ws(), postId: draft.id, revision: draft.revision, content: says('mine again') })
      .catch((error: { code: string; data: { current: Post } }) => error);
    expect(refusal).toMatchObject({ code: 'edited-meanwhile', data: { current: { content: says('theirs') } } });
  });

  it('takes a cancelled post off the calendar and leaves it as a draft', async () => {
    const post = await schedule('Not after all', 30 * 60_000);
    expect((await team.client.posts.cancel({ ...ws(), postId: post.id })).state).toBe('draft');
    await clock.advance(40 * 60_000);
    await round();
    expect(network.posts).toEqual([]);
  });

  it('restores a deleted draft', async () => {
    const draft = await team.client.posts.create({ ...ws(), content: says('Keep me') });
    await team.client.posts.remove({ ...ws(), postId: draft.id });
    expect(await code(team.client.posts.get({ ...ws(), postId: draft.id }))).toBe('not-found');
    expect((await team.client.posts.restore({ ...ws(), postId: draft.id })).content).toEqual(says('Keep me'));
  });
});
