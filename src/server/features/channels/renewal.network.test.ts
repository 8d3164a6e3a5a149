import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '#connectors/kit/faults.ts';
import { holdClock, type TestClock } from '#test/clock.ts';
import { makeTeam, type TestTeam } from '#test/makers.ts';
import { useServer } from '#test/server.ts';
import { type PracticeServer, startPractice } from '#test/servers/practice/index.ts';
import { channelJobs, withAccount } from './index.ts';
import { renewDue } from './renewal-jobs.ts';

const MINUTE = 60_000;
const server = useServer();
let practice: PracticeServer;
let clock: TestClock;
let aheadMs = 0;
let team: TestTeam;
let names = 0;

beforeAll(async () => {
  practice = await startPractice();
  clock = holdClock(server.test);
}, 60_000);
afterAll(() => practice?.stop());
beforeEach(async () => {
  await advance(-aheadMs);
  team = await makeTeam(server);
});

async function advance(ms: number): Promise<void> {
  aheadMs += ms;
  await clock.advance(ms);
}

/** A channel that is connected to a new account. */
async function connect(
  about: { signInLifeMs?: number; rotates?: boolean; repeatsEnd?: boolean } = {},
  practiceAt: PracticeServer = practice,
) {
  names += 1;
  const { handle, password } = await practiceAt.openAccount(`baker-${names}`, about);
  const { client, workspaceId } = team;
  const { id: channelId } = await client.channels.create({ workspaceId, network: 'practice', name: 'Shop' });
  const values = { server: practiceAt.url, identifier: handle, password };
  await client.channels.connect({ workspaceId, channelId, values });
  const place = { workspaceId, channelId };
  return {
    handle,
    place,
    values,
    show: async () => (await client.channels.get(place)).connection,
    /** How often the network was asked to renew. */
    asked: async () => (await practice.calls(handle)).filter(({ call }) => call === 'refresh').length,
    broken: () => countFacts('channel.broken'),
  };
}

const context = () => ({ house: server.house, log: server.house.log });
const countFacts = (kind: string): Promise<number> =>
  server.house.db.inWorkspace(team.workspaceId, async (tx) => {
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM fact WHERE kind = ${kind}`.execute(tx);
    return rows[0]?.n ?? 0;
  });
/** Any call on behalf of the account that needs its token. */
const call = (place: { workspaceId: string; channelId: string }) =>
  withAccount(context(), place, async (connector, it) => {
    const figures = await connector.insights?.account(it);
    return figures?.ok === false ? figures : ok(null);
  });
async function sweep() {
  const tick = channelJobs.find(({ name }) => name === 'channel.renewals');
  await tick?.run({ ...context(), jobId: 'now' }, {} as never);
  await server.settle();
}

describe('a credential', () => {
  it('is renewed long before its end, on a channel that does not post, once', async () => {
    const shop = await connect();
    await sweep();
    expect(await shop.asked()).toBe(0);
    await advance(50 * MINUTE);
    await sweep();
    await sweep();
    expect(await shop.asked()).toBe(1);
    expect((await shop.show()).renewedAt).not.toBeNull();
    expect((await call(shop.place)).ok).toBe(true);
  });

  it('is asked for once by many refreshers, who all take what the one got', async () => {
    const shop = await connect();
    await practice.control('expire', { account: shop.handle });
    await practice.misbehave({ kind: 'slow', ms: 300 }, { account: shop.handle, call: 'refresh', times: 9 });
    await advance(50 * MINUTE);
    const outcomes = await Promise.all([
      ...Array.from({ length: 4 }, () => call(shop.place).then(({ ok: isOk }) => isOk)),
      ...Array.from({ length: 4 }, () => renewDue(context(), shop.place).then(() => true)),
    ]);
    expect(outcomes).toEqual(Array(8).fill(true));
    expect(await shop.asked()).toBe(1);
  });

  it('whose renewing fails is asked for once by many refreshers', async () => {
    const shop = await connect();
    await practice.misbehave({ kind: 'slow', ms: 300 }, { account: shop.handle, call: 'refresh', times: 9 });
    await practice.misbehave({ kind: 'fail-before' }, { account: shop.handle, call: 'refresh', times: 9 });
    await advance(50 * MINUTE);
    await Promise.all(Array.from({ length: 3 }, () => renewDue(context(), shop.place)));
    expect(await shop.asked()).toBe(1);
  });

  it('that is refused is asked for once by many refreshers, who all fail as the one did', async () => {
    const shop = await connect();
    await practice.misbehave({ kind: 'slow', ms: 300 }, { account: shop.handle, call: 'refresh', times: 9 });
    await practice.misbehave({ kind: 'credential-expired' }, { account: shop.handle, call: 'refresh', times: 9 });
    await practice.control('expire', { account: shop.handle });
    const outcomes = await Promise.all(Array.from({ length: 3 }, () => call(shop.place)));
    expect(outcomes.map((it) => !it.ok && it.fault.kind)).toEqual(Array(3).fill('credential-rejected'));
    expect(await shop.asked()).toBe(1);
    expect(await shop.broken()).toBe(1);
  });

  it('is kept when the database lets go of the transaction while the network answers', async () => {
    const shop = await connect();
    await practice.misbehave({ kind: 'slow', ms: 4_000 }, { account: shop.handle, call: 'refresh', times: 1 });
    await advance(50 * MINUTE);
    const renewal = renewDue(context(), shop.place);
    const letGo = async () => {
      const { rows } = await server.house.db.pool.query<{ ended: boolean }>(
        `SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE datname = current_database()
          AND state = 'idle in transaction' AND state_change < pg_catalog.now() - interval '300 milliseconds'`,
      );
      return rows.length;
    };
    await expect.poll(letGo, { timeout: 3_500 }).toBe(1);
    await renewal;
    expect(await shop.asked()).toBe(1);
    expect(await shop.show()).toMatchObject({ state: 'connected', renewalFault: null, renewedAt: expect.any(String) });
    await practice.control('expire', { account: shop.handle });
    expect((await call(shop.place)).ok).toBe(true);
  });

  it('is renewed though another server is slow with many', async () => {
    const other = await startPractice();
    try {
      const quick = await connect({}, other);
      await other.control('expire', { account: quick.handle });
      const slow = [await connect(), await connect(), await connect(), await connect()];
      for (const { handle } of slow) await practice.control('expire', { account: handle });
      await practice.misbehave({ kind: 'slow', ms: 2_000 }, { call: 'refresh', times: 4 });
      const ended: string[] = [];
      const slowCalls = slow.map(({ place }) => call(place).then(() => ended.push('slow')));
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect((await call(quick.place)).ok).toBe(true);
      expect(ended).toEqual([]);
      await Promise.all(slowCalls);
    } finally {
      await other.stop();
    }
  });

  it.for([
    { kind: 'fail-before' },
    { kind: 'drop-before' },
    { kind: 'rate-limit', form: 'day' },
    { kind: 'barred', status: 401 },
    { kind: 'barred', status: 403 },
    { kind: 'empty-answer', form: 'nothing' },
    { kind: 'empty-answer', form: 'blank-tokens' },
  ])('is not lost by hours of trouble ($kind): nobody is asked to connect again', async (misbehaviour) => {
    const shop = await connect();
    await practice.misbehave(misbehaviour, { account: shop.handle, call: 'refresh', times: null });
    await advance(50 * MINUTE);
    for (let hours = 0; hours < 6; hours += 1) {
      await sweep();
      expect(await shop.show()).toMatchObject({ state: 'connected', renewalFailingSince: expect.any(String) });
      const made = await call(shop.place);
      if (hours === 0) {
        expect(made.ok).toBe(true);
        await practice.control('expire', { account: shop.handle });
      } else {
        const passing = misbehaviour.kind === 'rate-limit' ? 'rate-limited' : 'temporarily-down';
        expect(made).toMatchObject({ ok: false, fault: { kind: passing } });
      }
      expect((await shop.show()).state).toBe('connected');
      expect(await shop.broken()).toBe(0);
      await advance(60 * MINUTE);
    }
    // Once an hour by the job, and once by each call that the network did not take.
    expect(await shop.asked()).toBe(11);
    await practice.control('lift-all');
    await sweep();
    expect(await shop.show()).toMatchObject({ state: 'connected', renewalFailingSince: null, renewalFault: null });
    expect(await shop.broken()).toBe(0);
    expect((await call(shop.place)).ok).toBe(true);
  });

  it('whose renewal breaks off within the house says so, and is tried again later', async () => {
    const shop = await connect();
    await server.house.db.inWorkspace(team.workspaceId, (tx) =>
      sql`UPDATE connection SET credential = 'not sealed' WHERE channel_id = ${shop.place.channelId}`.execute(tx),
    );
    await advance(50 * MINUTE);
    const broken = () => server.logged.filter((line) => line.includes('renewing a credential broke off')).length;
    for (let minutes = 0; minutes < 2; minutes += 1) {
      await renewDue(context(), shop.place);
      expect(await shop.show()).toMatchObject({ state: 'connected', renewalFault: 'contract-broken' });
      expect((await shop.show()).renewalFailingSince).not.toBeNull();
      expect(broken()).toBe(1);
    }
    await team.client.channels.disconnect(shop.place);
  });

  it('that was not renewed in time makes calls wait, and is no reason to connect again', async () => {
    const shop = await connect();
    await practice.control('expire', { account: shop.handle });
    await practice.misbehave({ kind: 'empty-answer' }, { account: shop.handle, call: 'refresh', times: 1 });
    expect(await call(shop.place)).toMatchObject({ ok: false, fault: { kind: 'temporarily-down' } });
    expect((await shop.show()).state).toBe('connected');
    expect((await call(shop.place)).ok).toBe(true);
    expect((await shop.show()).renewalFailingSince).toBeNull();
  });

  it('keeps its refresh token where the network answers without one', async () => {
    const shop = await connect({ rotates: false });
    for (let turns = 0; turns < 3; turns += 1) {
      await advance(55 * MINUTE);
      await sweep();
    }
    expect(await shop.asked()).toBe(3);
    expect((await call(shop.place)).ok).toBe(true);
  });

  it.for([true, false])('ends when it did before it was renewed (told again: %s)', async (repeatsEnd) => {
    const shop = await connect({ signInLifeMs: 3 * 60 * MINUTE, repeatsEnd });
    const { endsAt } = await shop.show();
    await advance(50 * MINUTE);
    await sweep();
    expect(await shop.asked()).toBe(1);
    expect((await shop.show()).endsAt).toBe(endsAt);
  });

  it('that the network refuses to renew is told at once, though it still works for a while', async () => {
    const shop = await connect();
    await practice.misbehave({ kind: 'credential-expired' }, { account: shop.handle, call: 'refresh', times: null });
    await advance(50 * MINUTE);
    await sweep();
    expect((await shop.show()).state).toBe('credential-rejected');
    expect((await call(shop.place)).ok).toBe(true);
    await sweep();
    expect((await shop.show()).state).toBe('credential-rejected');
    expect(await shop.broken()).toBe(1);
    expect(await shop.asked()).toBe(1);
    await team.client.channels.connect({ ...shop.place, values: shop.values });
    expect((await shop.show()).state).toBe('connected');
  });

  it('that was refused by mistake is whole again by itself, and says so', async () => {
    const shop = await connect();
    await practice.misbehave({ kind: 'credential-expired' }, { account: shop.handle, call: 'refresh', times: 1 });
    await advance(50 * MINUTE);
    await sweep();
    expect((await shop.show()).state).toBe('credential-rejected');
    const told = await countFacts('channel.connected');
    await practice.control('expire', { account: shop.handle });
    expect((await call(shop.place)).ok).toBe(true);
    expect((await shop.show()).state).toBe('connected');
    expect(await countFacts('channel.connected')).toBe(told + 1);
  });

  it('that was refused by mistake is asked for again by the day, and nobody has to do anything', async () => {
    const shop = await connect();
    await practice.misbehave({ kind: 'credential-expired' }, { account: shop.handle, call: 'refresh', times: 1 });
    await advance(50 * MINUTE);
    await sweep();
    expect((await shop.show()).state).toBe('credential-rejected');
    await advance(60 * MINUTE);
    await sweep();
    expect(await shop.asked()).toBe(1);
    await advance(37 * 60 * MINUTE);
    await sweep();
    expect((await shop.show()).state).toBe('connected');
    expect(await shop.broken()).toBe(1);
  });

  it('that was revoked is asked for once a call', async () => {
    const shop = await connect();
    await practice.control('revoke', { account: shop.handle });
    await server.house.db.inWorkspace(team.workspaceId, (tx) =>
      sql`UPDATE connection SET expires_at = now() WHERE channel_id = ${shop.place.channelId}`.execute(tx),
    );
    // Whose token it is, the network knows no longer.
    const asked = async () => (await practice.calls(null)).filter(({ call: it }) => it === 'refresh').length;
    const before = await asked();
    expect(await call(shop.place)).toMatchObject({ ok: false, fault: { kind: 'credential-rejected' } });
    expect(await asked()).toBe(before + 1);
    expect(await shop.broken()).toBe(1);
  });

  it('has its known end on the channel, and is told as ended then, though the network cannot be asked', async () => {
    const shop = await connect({ signInLifeMs: 3 * 60 * MINUTE });
    const { endsAt } = await shop.show();
    expect(Math.abs(Date.parse(endsAt ?? '') - Date.now() - 3 * 60 * MINUTE)).toBeLessThan(60_000);
    await practice.misbehave({ kind: 'fail-before' }, { account: shop.handle, call: 'refresh', times: null });
    await advance(50 * MINUTE);
    await sweep();
    expect((await shop.show()).state).toBe('connected');
    await advance(3 * 60 * MINUTE);
    await sweep();
    expect(await shop.show()).toMatchObject({ state: 'credential-rejected', endsAt: null });
    expect(await shop.broken()).toBe(1);
  });
});
