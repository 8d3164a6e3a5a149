import { sql } from 'kysely';
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CallLimit } from '#connectors/kit/manifest.ts';
import { says, useBusiness } from '../testing.ts';
import { claimDue, detectOverdue, readMsToNext } from './ledger-store.ts';
import { takeWork } from './take-work.ts';

const shop = useBusiness();
const { publish, round, ws } = shop;

/** Channels on the business's network, beside its first. */
async function addChannels(count: number, of = shop.team): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const network = shop.network.connector.manifest.id;
    const { workspaceId, client } = of;
    const { id } = await client.channels.create({ workspaceId, network, name: `Shop ${n}` });
    await client.channels.connect({
      workspaceId,
      channelId: id,
      values: { name: `${workspaceId} ${n}`, secret: 'right' },
    });
    ids.push(id);
  }
  return ids;
}

async function publishOn(text: string, channelIds: string[]): Promise<void> {
  const draft = await shop.team.client.posts.create({
    ...ws(),
    content: says(text),
    variants: channelIds.map((channelId) => ({ channelId })),
  });
  await shop.team.client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision });
}

const limit = (about: Partial<CallLimit>): CallLimit => ({
  scope: 'app',
  operation: 'publish',
  capacity: 6,
  perMs: 60_000,
  source: 'made for tests',
  checkedOn: '2026-11-23',
  ...about,
});
const setLimits = (...limits: CallLimit[]) => {
  shop.network.connector.manifest = { ...shop.network.connector.manifest, limits };
};
const across = <T>(work: Parameters<typeof shop.server.house.db.across<T>>[0]) => shop.server.house.db.across(work);
const texts = () => shop.network.posts.map((post) => post.text);
const untouched = async () => {
  const { rows } = await shop.server.house.db.inWorkspace(shop.team.workspaceId, (tx) =>
    sql<{
      n: number;
    }>`SELECT count(*)::int AS n FROM delivery WHERE state = 'scheduled' AND not_before <= due_at`.execute(tx),
  );
  return rows[0]?.n;
};

beforeEach(async () => {
  await shop.server.house.db.outside((tx) => sql`DELETE FROM limit_bucket`.execute(tx));
});

describe('a limit that is known beforehand', () => {
  it('lets through what it has room for, and the rest when there is room again', async () => {
    setLimits(limit({ capacity: 6, perMs: 600_000 }));
    await publishOn('Bread', [shop.channelId, ...(await addChannels(9))]);
    await round();
    expect(texts()).toHaveLength(3);
    expect(await untouched()).toBe(7);
    const toNext = await across(readMsToNext);
    expect(toNext).toBeGreaterThan(150_000);
    expect(toNext).toBeLessThanOrEqual(200_001);
    await shop.clock.advance(200_001);
    await round();
    expect(texts()).toHaveLength(4);
    await shop.clock.advance(600_000);
    await round();
    expect(texts()).toHaveLength(7);
  });

  it('keeps the order within a channel, and other networks going', async () => {
    setLimits(limit({ scope: 'account', capacity: 2 }));
    for (const text of ['one', 'two', 'three']) await publish(text);
    const first = shop.network;
    await round();
    expect(texts()).toEqual(['one']);
    await shop.moveTo({});
    await publish('elsewhere');
    await round();
    expect(texts()).toEqual(['elsewhere']);
    await shop.clock.advance(60_001);
    await round();
    await shop.clock.advance(60_001);
    await round();
    expect(first.posts.map((post) => post.text)).toEqual(['one', 'two', 'three']);
  });

  it('is not late: nobody is told that posts do not move', async () => {
    setLimits(limit({ capacity: 1, perMs: 3_600_000 }));
    await publish('first');
    await publish('second');
    await round();
    await shop.clock.advance(10 * 60_000);
    expect(await across(detectOverdue)).toMatchObject({ overdue: 0 });
    expect(await shop.team.client.publishing.health(ws())).toMatchObject({ overdue: 0 });
  });

  it('is not used up by what never goes out', async () => {
    setLimits(limit({ capacity: 4, perMs: 3_600_000 }));
    const refusal = { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no' } as const;
    shop.network.prepareFaults = [refusal, refusal];
    const channels = [shop.channelId, ...(await addChannels(1))];
    await publishOn('refused', channels);
    await round();
    await publishOn('fine', channels);
    await round();
    expect(texts()).toEqual(['fine', 'fine']);
  });

  it('is held by several workers together', async () => {
    setLimits(limit({ capacity: 8 }), limit({ scope: 'account', capacity: 100 }));
    await publishOn('Bread', [shop.channelId, ...(await addChannels(11))]);
    const { house } = shop.server;
    const works = await Promise.all([1, 2, 3].map(() => takeWork(house, { room: 5, looks: null })));
    expect(works.flatMap(({ claims }) => claims)).toHaveLength(4);
  });

  it('holds only on the servers that have it', async () => {
    setLimits(limit({ capacity: 1, hosts: ['example.net'] }));
    await publishOn('Bread', [shop.channelId, ...(await addChannels(4))]);
    await round();
    expect(texts()).toHaveLength(5);
  });
});

describe('what a network says of its limits', () => {
  it('holds for as long as it says, whatever the difference of the clocks', async () => {
    await shop.clock.advance(5 * 3_600_000);
    const retryAt = new Date(Date.now() + 20 * 60_000);
    shop.network.prepareFaults = [{ kind: 'rate-limited', retryAt, scope: 'call', said: 'slow down' }];
    await publish('one');
    await round();
    const channel = () => shop.team.client.channels.get({ ...ws(), channelId: shop.channelId });
    const { checkedAt } = await shop.team.client.publishing.health(ws());
    const waitMs = Date.parse((await channel()).connection.waitsUntil ?? '') - Date.parse(checkedAt);
    expect(Math.round(waitMs / 60_000)).toBe(20);
    await shop.clock.advance(19 * 60_000);
    await round();
    expect(texts()).toEqual([]);
    await shop.clock.advance(2 * 60_000);
    await round();
    expect(texts()).toEqual(['one']);
    expect((await channel()).connection.waitsUntil).toBeNull();
  });

  it('of the app holds every channel there, in every workspace, and moves none of their posts', async () => {
    const [other = ''] = await addChannels(1);
    const retryAt = new Date(Date.now() + 20 * 60_000);
    shop.network.prepareFaults = [{ kind: 'rate-limited', retryAt, scope: 'app', said: 'slow down' }];
    await publish('one');
    await round();
    await publishOn('two', [other]);
    await round();
    expect(texts()).toEqual([]);
    expect(await across((tx) => claimDue(tx, 10))).toEqual([]);
    await shop.clock.advance(21 * 60_000);
    await round();
    expect(texts().toSorted()).toEqual(['one', 'two']);
  });

  it('of uploads holds what has a picture, and no words that come before it', async () => {
    const bytes = await sharp({ create: { width: 32, height: 32, channels: 3, background: '#d9a441' } })
      .png()
      .toBuffer();
    const file = new File([new Uint8Array(bytes)], 'bread.png', { type: 'image/png' });
    const { id: mediumId } = await shop.team.client.media.upload({ ...ws(), file, alt: 'Bread' });
    const { manifest } = shop.network.connector;
    const alt = { unit: 'grapheme', max: 100 } as const;
    const images = { max: 4, maxBytes: 1_000_000, maxEdge: 1_000, mimes: ['image/png'], alt };
    shop.network.connector.manifest = { ...manifest, images };
    await across((tx) =>
      sql`INSERT INTO limit_bucket (network, scope, subject, operation, per_ms, closed_until)
        SELECT ${manifest.id}, 'account', limit_account, 'upload', 0, clock.now() + interval '20 minutes'
        FROM connection WHERE channel_id = ${shop.channelId}`.execute(tx),
    );
    await publish('words');
    const [part] = says('picture').parts;
    if (!part) throw new Error('no part');
    const post = await shop.publishContent({ parts: [{ ...part, media: [{ mediumId, alt: 'Bread' }] }] });
    await publish('more words');
    let uploads = 0;
    shop.network.duringPrepare = async () => {
      uploads += 1;
    };
    await round();
    expect(texts()).toEqual(['words']);
    expect(uploads).toBe(1);
    expect((await shop.deliveryOf(post)).fault).toMatchObject({ kind: 'rate-limited' });
    expect(await across(detectOverdue)).toMatchObject({ overdue: 0 });
    await shop.clock.advance(21 * 60_000);
    await round();
    expect(texts()).toEqual(['words', 'picture', 'more words']);
  });
});
