import { sql } from 'kysely';
import { describe, expect, it, vi } from 'vitest';
import { ok } from '#connectors/kit/faults.ts';
import type { Database, Tx } from '#server/platform/db/index.ts';
import { codeOf, says, useBusiness } from '../testing.ts';
import { pushBack } from './ledger-store.ts';

const shop = useBusiness();
const { deliveryOf, publish, round, schedule, ws } = shop;

const soon = <T>(work: Promise<T>) =>
  Promise.race([work, new Promise<'waits'>((resolve) => setTimeout(() => resolve('waits'), 4_000))]);

/** Holds what `lock` locks in a transaction of its own while `work` runs. */
async function whileLocked<T>(lock: (tx: Tx) => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  const locked = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holder = shop.server.house.db.inWorkspace(shop.team.workspaceId, async (tx) => {
    await lock(tx);
    locked.resolve();
    await release.promise;
  });
  await locked.promise;
  try {
    return await work();
  } finally {
    release.resolve();
    await holder;
  }
}

describe('what others do in the meantime', () => {
  it('keeps no delivery from being settled: a credential that is being refreshed', async () => {
    const post = await publish('Fresh rolls');
    const { workspaceId } = shop.team;
    await shop.server.house.db.inWorkspace(workspaceId, (tx) =>
      sql`UPDATE connection SET worked_at = NULL`.execute(tx),
    );
    const lock = (tx: Tx) => sql`SELECT 1 FROM connection FOR UPDATE`.execute(tx);
    expect(await whileLocked(lock, () => soon(round()))).not.toBe('waits');
    expect((await deliveryOf(post)).state).toBe('published');
  });

  it('keeps no other delivery waiting: one whose row is being written while its lease is out', async () => {
    const stuck = await publish('Stuck');
    await shop.server.house.db.inWorkspace(shop.team.workspaceId, (tx) =>
      sql`UPDATE delivery SET state = 'claimed', lease_until = clock.now() - interval '1 second'`.execute(tx),
    );
    await shop.moveTo({});
    const post = await publish('Free');
    const lock = (tx: Tx) => sql`SELECT 1 FROM delivery WHERE post_id = ${stuck.id} FOR UPDATE`.execute(tx);
    expect(await whileLocked(lock, () => soon(round()))).not.toBe('waits');
    expect((await deliveryOf(post)).state).toBe('published');
    await round();
    expect((await deliveryOf(stuck)).state).toBe('published');
  });

  it('loses no claim: the register that cannot be told what is due next', async () => {
    const late = await schedule('Late', 5 * 60_000);
    await shop.clock.advance(3 * 3_600_000);
    await shop.moveTo({});
    const post = await publish('On time');
    const db: { -readonly [K in keyof Database]: Database[K] } = shop.server.house.db;
    const original = db.inWorkspace;
    db.inWorkspace = async () => {
      db.inWorkspace = original;
      throw new Error('deadlock detected');
    };
    await round();
    expect((await deliveryOf(late)).heldReason).toBe('late');
    expect((await deliveryOf(post)).state).toBe('published');
  });

  it('leaves connections to the database for everybody else: many credentials that are refreshed slowly', async () => {
    const { client } = shop.team;
    const variants = [{ channelId: shop.channelId }];
    for (let n = 0; n < 9; n += 1) {
      const network = shop.network.connector.manifest.id;
      const { id: channelId } = await client.channels.create({ ...ws(), network, name: `Shop ${n}` });
      await client.channels.connect({ ...ws(), channelId, values: { name: `shop${n}`, secret: 'right' } });
      variants.push({ channelId });
    }
    const { db } = shop.server.house;
    await db.inWorkspace(shop.team.workspaceId, (tx) =>
      sql`UPDATE connection SET expires_at = ${new Date()}`.execute(tx),
    );
    const answer = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const { auth } = shop.network.connector;
    if (auth.kind === 'form')
      auth.refresh = async (call) => {
        asked.resolve();
        await answer.promise;
        return ok({ credential: call.credential, expiresAt: null });
      };
    const draft = await client.posts.create({ ...ws(), content: says('Slow'), variants });
    await client.posts.publishNow({ ...ws(), postId: draft.id, revision: draft.revision });
    const running = round();
    await asked.promise;
    await new Promise((resolve) => setTimeout(resolve, 300));
    const free = await soon(db.outside((tx) => sql`SELECT 1`.execute(tx)));
    answer.resolve();
    await running;
    expect(free).not.toBe('waits');
    expect(shop.network.posts).toHaveLength(10);
  });

  it('ends the time for sending by the wall clock too, which goes on while the machine sleeps', async () => {
    await publish('Lid closed');
    const now = Date.now;
    shop.network.beforeSend = async () => {
      vi.spyOn(Date, 'now').mockImplementation(() => now() + 60_000);
    };
    await round();
    vi.restoreAllMocks();
    shop.network.beforeSend = null;
    expect(shop.network.writes).toBe(0);
  });
});

describe('a limit', () => {
  it('of the whole network holds every channel on it, and moves nothing that is due after its end', async () => {
    await publish('one');
    const later = await schedule('later', 3 * 3_600_000);
    const retryAt = new Date(Date.now() + 20 * 60_000);
    shop.network.prepareFaults = [{ kind: 'rate-limited', retryAt, scope: 'app', said: 'slow down' }];
    const touched = () =>
      shop.server.house.db.inWorkspace(shop.team.workspaceId, async (tx) => {
        const { rows } = await sql<{
          at: Date;
        }>`SELECT updated_at AS at FROM delivery WHERE post_id = ${later.id}`.execute(tx);
        return rows[0]?.at.getTime();
      });
    const before = await touched();
    await round();
    expect(await touched()).toBe(before);
    expect(shop.network.posts).toEqual([]);
    await shop.clock.advance(21 * 60_000);
    await round();
    expect(shop.network.posts.map((post) => post.text)).toEqual(['one']);
  });

  it('does not wait for a post that is being edited', async () => {
    const post = await publish('Being edited');
    const lock = (tx: Tx) => sql`SELECT 1 FROM delivery WHERE post_id = ${post.id} FOR UPDATE`.execute(tx);
    const place = { workspaceId: shop.team.workspaceId, channelId: shop.channelId };
    const push = () =>
      shop.server.house.db.inWorkspace(place.workspaceId, (tx) => pushBack(tx, place, new Date(Date.now() + 60_000)));
    expect(await whileLocked(lock, () => soon(push()))).not.toBe('waits');
  });

  it('holds its channel from the moment the delivery that met it is put back', async () => {
    const { checkedAt } = await shop.team.client.publishing.health(ws());
    const retryAt = new Date(Date.now() + 20 * 60_000);
    shop.network.prepareFaults = [{ kind: 'rate-limited', retryAt, scope: 'call', said: 'slow down' }];
    await publish('one');
    const second = await publish('two');
    const db: { -readonly [K in keyof Database]: Database[K] } = shop.server.house.db;
    const original = db.across;
    let isGone = false;
    shop.network.duringPrepare = async () => {
      isGone = true;
    };
    db.across = (work) => (isGone ? Promise.reject(new Error('the process is gone')) : original(work));
    await codeOf(round());
    db.across = original;
    const { rows } = await db.inWorkspace(shop.team.workspaceId, (tx) =>
      sql<{ at: Date }>`SELECT not_before AS at FROM delivery WHERE post_id = ${second.id}`.execute(tx),
    );
    expect(rows[0]?.at.getTime()).toBeGreaterThanOrEqual(Date.parse(checkedAt) + 20 * 60_000 - 1_000);
  });
});

describe('what is told of a send', () => {
  const told = () =>
    shop.server.house.db.inWorkspace(shop.team.workspaceId, async (tx) => {
      const { rows } = await sql<{ kind: string; attempt: number | null }>`SELECT kind,
        (payload ->> 'attempt')::int AS attempt FROM fact WHERE kind LIKE 'delivery.%' ORDER BY at, kind`.execute(tx);
      return rows.map(({ kind, attempt }) => [kind, attempt]);
    });

  it('says which one it was: refused at first, of unknown outcome then, published at last', async () => {
    shop.network.prepareFaults = [{ kind: 'temporarily-down', said: 'later' }];
    shop.network.script = [
      { kind: 'content-rejected', field: 'text', reason: 'no', said: 'no', reached: 'no' },
      'accept-and-lose',
    ];
    const post = await publish('Third time');
    await round();
    await shop.clock.advance(20_000);
    await round();
    await shop.team.client.deliveries.retry({ ...ws(), deliveryId: (await deliveryOf(post)).id });
    await round();
    await shop.clock.advance(6_000);
    await round();
    expect(await told()).toEqual([
      ['delivery.failed', 1],
      ['delivery.retried', null],
      ['delivery.unconfirmed', 2],
      ['delivery.published', 2],
    ]);
  });

  it('is told too when the network gave up after it had begun to work on it', async () => {
    const check = vi.fn(async () => ({
      ok: false as const,
      fault: { kind: 'content-rejected' as const, field: 'media', reason: 'unreadable', said: 'gave up' },
    }));
    shop.network.connector.publish.check = check;
    shop.network.script = [{ kind: 'still-processing', token: 't', said: 'working', reached: 'unknown' }];
    const post = await publish('A film');
    await round();
    expect((await deliveryOf(post)).state).toBe('processing');
    await shop.clock.advance(6_000);
    await round();
    expect((await deliveryOf(post)).state).toBe('failed');
    expect(await told()).toContainEqual(['delivery.failed', 1]);
  });
});
