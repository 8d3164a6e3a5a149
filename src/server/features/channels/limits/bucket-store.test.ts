import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { holdClock, type TestClock } from '#test/clock.ts';
import { useDatabase } from '#test/database.ts';
import { closeScope, listClosedScopes, lockBuckets, pruneBuckets, writeBuckets } from './bucket-store.ts';
import type { LimitKey } from './limit-place.rules.ts';

const test = useDatabase();
const HOUR_MS = 3_600_000;
const keyOf = (network: string): LimitKey => ({
  network,
  scope: 'app',
  subject: '',
  operation: 'publish',
  perMs: 60_000,
});
const outside: typeof test.database.outside = (work) => test.database.outside(work);
let clock: TestClock;

beforeAll(() => {
  clock = holdClock(test);
});

it('a scope that was closed while the clock went ahead is open when it was set back, and can be closed again', async () => {
  const secondsOf = async () => (await outside(listClosedScopes)).map(({ seconds }) => Math.round(seconds));
  await clock.advance(HOUR_MS);
  await outside((tx) => closeScope(tx, keyOf('ahead'), 60_000));
  expect(await secondsOf()).toEqual([60]);
  await clock.advance(-HOUR_MS);
  expect(await secondsOf()).toEqual([]);
  await outside((tx) => closeScope(tx, keyOf('ahead'), 30_000));
  expect(await secondsOf()).toEqual([30]);
  await outside((tx) => closeScope(tx, keyOf('ahead'), 10_000));
  expect(await secondsOf()).toEqual([30]);
});

it('a scope that was closed while the clock went ahead does not close again when that time comes', async () => {
  const listed = async () => (await outside(listClosedScopes)).filter(({ network }) => network === 'later');
  await clock.advance(HOUR_MS);
  await outside((tx) => closeScope(tx, keyOf('later'), 2 * HOUR_MS));
  await clock.advance(-HOUR_MS);
  await test.database.across(pruneBuckets);
  await clock.advance(HOUR_MS + 60_000);
  expect(await listed()).toEqual([]);
  // A wait that was set by the clock as it stands is kept.
  await outside((tx) => closeScope(tx, keyOf('later'), HOUR_MS));
  await test.database.across(pruneBuckets);
  expect(await listed()).toHaveLength(1);
  await clock.advance(-HOUR_MS - 60_000);
});

it('time that one transaction has filled a bucket with fills it no second time after one that began before it', async () => {
  const key = { ...keyOf('two at once'), tokens: 0 };
  const write = (tx: Parameters<typeof lockBuckets>[0]) =>
    writeBuckets(tx, [{ ...key, servedLast: null, closedForMs: null }]);
  const reckonedAt = async () => {
    const { rows } = await outside((tx) =>
      sql<{ at: Date }>`SELECT reckoned_at AS at FROM limit_bucket WHERE network = ${key.network}`.execute(tx),
    );
    return rows[0]?.at;
  };
  await outside(async (early) => {
    await sql`SELECT clock.now(), pg_sleep(0.1)`.execute(early);
    await outside(async (late) => {
      await lockBuckets(late, [key]);
      await write(late);
    });
    const before = await reckonedAt();
    const [bucket] = await lockBuckets(early, [key]);
    expect(bucket?.elapsedMs).toBeLessThan(0);
    await write(early);
    return before;
  }).then(async (before) => expect(await reckonedAt()).toEqual(before));
});

it('what was reckoned while the clock went ahead is reckoned by the clock that was set back', async () => {
  const key = { ...keyOf('reckoned'), tokens: 0 };
  const take = () =>
    outside(async (tx) => {
      const [bucket] = await lockBuckets(tx, [key]);
      await writeBuckets(tx, [{ ...key, servedLast: null, closedForMs: null }]);
      return bucket?.elapsedMs ?? 0;
    });
  await clock.advance(HOUR_MS);
  await take();
  await clock.advance(-HOUR_MS);
  await take();
  await clock.advance(60_000);
  expect(await take()).toBeGreaterThanOrEqual(60_000);
});
