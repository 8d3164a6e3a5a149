import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { openPracticeShop, type PracticeChannel, type PracticeShop } from './practice.ts';
import { type Client, until } from './product.ts';
import { useBakery } from './use-bakery.ts';

let practice: PracticeServer;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice?.stop());

const bakery = useBakery();
let client: Client;
let shop: PracticeShop;
let workspaceId: string;

beforeAll(() => {
  ({ client, workspaceId } = bakery);
  shop = openPracticeShop({ client, workspaceId, practice });
});

/** What goes wrong with the next posts of a channel. */
const misbehave = (channel: PracticeChannel, misbehaviour: object, order: object = {}) =>
  practice.misbehave(misbehaviour, { account: channel.account.handle, call: 'post', ...order });

const countCalls = async ({ account }: PracticeChannel, call: string) =>
  (await practice.calls(account.handle)).filter((it) => it.call === call).length;

/** The state itself passes; the audit log keeps that it was there. */
const wasUnsureOf = (deliveryId: string) =>
  until(
    () => client.audit.list({ workspaceId, action: 'delivery.unconfirmed', limit: 100 }),
    ({ items }) => items.some(({ subject }) => subject?.id === deliveryId),
    20_000,
  );

// Nearly all of it is waiting.
vi.setConfig({ maxConcurrency: 30 });

/** One product and one network; each test has a channel of its own, so that they wait side by side. */
describe.concurrent('when the network misbehaves', { timeout: 150_000 }, () => {
  const lost = ['drop-after', 'reset-in-answer', 'fail-after', 'blocked-after'];
  const kinds = ['keyed', 'keyless'] as const;

  it.for(kinds.flatMap((kind) => lost.map((misbehaviour) => ({ kind, misbehaviour }))))(
    '$misbehaviour on a $kind account: not sure, then published by looking, and one post is there',
    async ({ kind, misbehaviour }, { expect }) => {
      const channel = await shop.openChannel(`${misbehaviour}-${kind}`, kind);
      await misbehave(channel, { kind: misbehaviour });
      const postId = await channel.publish(`Bread (${misbehaviour})`);
      const delivery = await channel.untilState(postId, 'published');
      await wasUnsureOf(delivery.id);
      expect(channel.accepted()).toEqual([`Bread (${misbehaviour})`]);
      expect(delivery.parts[0]?.remoteId).toBe(practice.readLedger(channel.account.handle)[0]?.post);
      expect(await countCalls(channel, 'post')).toBe(1);
    },
  );

  it.for(kinds)(
    'fail-before on a %s account: not sure, then proved absent, sent again once, and one post is there',
    async (kind, { expect }) => {
      const channel = await shop.openChannel(`fail-before-${kind}`, kind);
      await misbehave(channel, { kind: 'fail-before' });
      const postId = await channel.publish('Rolls');
      const delivery = await channel.untilState(postId, 'published', 90_000);
      await wasUnsureOf(delivery.id);
      expect(channel.accepted()).toEqual(['Rolls']);
      expect(await countCalls(channel, 'post')).toBe(2);
    },
  );

  it.for(['seconds', 'date', 'none', 'past'])(
    'a 429 in the form "%s": what was to go out first goes out first',
    async (form, { expect }) => {
      const channel = await shop.openChannel(`limit-${form}`, 'keyed');
      // Slow, so that the others are there and waiting when the limit is told.
      await misbehave(channel, { kind: 'slow', ms: 3_000 });
      await misbehave(channel, { kind: 'rate-limit', form, seconds: 3 });
      const postIds: string[] = [];
      for (const text of ['one', 'two', 'three']) postIds.push(await channel.publish(text));
      for (const postId of postIds) await channel.untilState(postId, 'published', 100_000);
      expect(channel.accepted()).toEqual(['one', 'two', 'three']);
      expect(await countCalls(channel, 'post')).toBe(4);
    },
  );

  it('what is added while a limit lasts waits for it and for its turn', async ({ expect }) => {
    const channel = await shop.openChannel('limit-added', 'keyed');
    await misbehave(channel, { kind: 'rate-limit', form: 'seconds', seconds: 8 });
    const first = await channel.publish('one');
    await until(
      () => countCalls(channel, 'post'),
      (count) => count === 1,
      30_000,
    );
    const second = await channel.publish('two');
    for (const postId of [first, second]) await channel.untilState(postId, 'published');
    expect(channel.accepted()).toEqual(['one', 'two']);
    expect(await countCalls(channel, 'post')).toBe(3);
  });

  it('a limit of a day: nothing more is sent, and everything stays scheduled', async ({ expect }) => {
    const channel = await shop.openChannel('limit-day', 'keyed');
    await misbehave(channel, { kind: 'slow', ms: 2_000 });
    await misbehave(channel, { kind: 'rate-limit', form: 'day' });
    const postIds = [await channel.publish('one'), await channel.publish('two')];
    await until(
      () => countCalls(channel, 'post'),
      (count) => count === 1,
      30_000,
    );
    // Long enough for the answer to come, and for a second try if there were one.
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    for (const postId of postIds) await channel.untilState(postId, 'scheduled');
    expect([channel.accepted(), await countCalls(channel, 'post')]).toEqual([[], 1]);
  });

  it('an expired credential is refreshed once although several calls meet it at once', async ({ expect }) => {
    const channel = await shop.openChannel('expired', 'keyed');
    const live = [await channel.publish('first'), await channel.publish('second')];
    for (const postId of live) await channel.untilState(postId, 'published');
    await practice.control('expire', { account: channel.account.handle });
    await misbehave(channel, { kind: 'slow', ms: 1_000 }, { call: 'refresh' });
    const deliveryIds = await Promise.all(
      live.map(async (postId) => (await channel.untilState(postId, 'published')).id),
    );
    const takeDown = (deliveryId: string) => client.deliveries.takeDown({ workspaceId, deliveryId });
    const [postId] = await Promise.all([channel.publish('third'), ...deliveryIds.map(takeDown)]);
    await channel.untilState(postId, 'published');
    const refused = (await practice.calls(channel.account.handle)).filter(({ status }) => status === 401);
    expect(refused.length).toBeGreaterThan(1);
    expect(await countCalls(channel, 'refresh')).toBe(1);
    expect(channel.accepted().filter((text) => text === 'third')).toHaveLength(1);
  });

  it.for(['revoked', 'refresh answer lost'])('%s: held, and released by connecting again', async (what, { expect }) => {
    const channel = await shop.openChannel(what.replaceAll(' ', '-'), 'keyless');
    const { handle } = channel.account;
    if (what === 'revoked') await practice.control('revoke', { account: handle });
    else {
      await practice.control('expire', { account: handle });
      await misbehave(channel, { kind: 'drop-after' }, { call: 'refresh' });
    }
    const postId = await channel.publish('Croissants');
    const held = await channel.untilState(postId, 'held', 60_000);
    expect([held.heldReason, channel.accepted()]).toEqual(['connection-broken', []]);
    await channel.connect();
    await channel.untilState(postId, 'published', 60_000);
    expect(channel.accepted()).toEqual(['Croissants']);
  });

  it('a permission that is missing is named, and what waits for it goes on after connecting again', async ({
    expect,
  }) => {
    const channel = await shop.openChannel('permission', 'keyed');
    await misbehave(channel, { kind: 'permission-missing', permission: 'posts-write' });
    const postId = await channel.publish('Buns');
    expect((await channel.untilState(postId, 'held')).heldReason).toBe('permission-missing');
    const { connection } = await client.channels.get({ workspaceId, channelId: channel.channelId });
    expect(connection).toMatchObject({ state: 'permission-missing', missing: 'posts-write' });
    await channel.connect();
    await channel.untilState(postId, 'published');
    expect(channel.accepted()).toEqual(['Buns']);
  });

  it('work on a post is waited for and never sent again, whether it ends live or fails', async ({ expect }) => {
    const channel = await shop.openChannel('processing', 'keyless');
    await misbehave(channel, { kind: 'processing', asks: 1, ends: 'live' });
    const live = await channel.publish('slow bread');
    await channel.untilState(live, 'processing');
    await channel.untilState(live, 'published', 60_000);
    await misbehave(channel, { kind: 'processing', asks: 0, ends: 'failed' });
    const failed = await channel.publish('burnt bread');
    expect((await channel.untilState(failed, 'failed', 60_000)).fault?.kind).toBe('content-rejected');
    expect([channel.accepted(), await countCalls(channel, 'post')]).toEqual([['slow bread'], 2]);
  });

  it('a thread and its first comment whose answers are lost, every one, are each there once and in order', async ({
    expect,
  }) => {
    const channel = await shop.openChannel('thread', 'keyless');
    await misbehave(channel, { kind: 'drop-after' }, { times: 2 });
    await misbehave(channel, { kind: 'drop-after' }, { call: 'comment' });
    const postId = await channel.publish('one', { thread: ['two'], firstComment: 'Opening hours' });
    await channel.untilState(postId, 'published', 90_000);
    const [first] = practice.readLedger(channel.account.handle);
    expect(practice.readLedger(channel.account.handle)).toMatchObject([
      { act: 'create', text: 'one', replyTo: null },
      { act: 'create', text: 'two', replyTo: first?.post },
      { act: 'comment', text: 'Opening hours', replyTo: first?.post },
    ]);
  });

  it('an answer of fifty megabytes is not read to its end, and the post is found', async ({ expect }) => {
    const channel = await shop.openChannel('answers-garbage', 'keyed');
    await misbehave(channel, { kind: 'changed-answer', shape: 'huge' });
    const postId = await channel.publish('Fifty megabytes');
    await channel.untilState(postId, 'published', 60_000);
    expect(channel.accepted()).toEqual(['Fifty megabytes']);
  });
});

describe('when the network is away', { timeout: 60_000 }, () => {
  it('a post waits for it and goes out once', async ({ expect }) => {
    const channel = await shop.openChannel('away', 'keyless');
    await practice.control('outage', { ms: 4_000 });
    const postId = await channel.publish('After the storm');
    await channel.untilState(postId, 'published', 50_000);
    expect(channel.accepted()).toEqual(['After the storm']);
  });
});
