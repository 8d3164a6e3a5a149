import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Benchmark, quantile, round } from './benchmark.ts';
import { compareArrivals } from './compare-arrivals.ts';
import { countOpen, fillLedger, openShop, type Shop } from './fill-ledger.ts';
import { measureHouse } from './measure-house.ts';
import type { OpenHouse } from './open-house.ts';
import type { OutsideProcess } from './outside.ts';
import { runGraphile } from './run-graphile.ts';

const SENDS_AT_ONCE = 256;
const ANSWER_MS = 50;
const SHOPS = 4;
const POSTS_A_CHANNEL = 5;
const LIMIT_MS = 120_000;

/** Many posts due at one instant: how late each begins, how long until the last is settled, and nothing twice. */
export const burstLateness: Benchmark = {
  name: 'B2',
  about: 'burst lateness: 10,000 posts due at one instant, a network that takes 50 ms, 256 sends at once',
  run: ({ small, say }) =>
    measureHouse({ sendsAtOnce: SENDS_AT_ONCE }, async (open, outside) => {
      const count = small ? 1_000 : 10_000;
      const floorMs = (count * ANSWER_MS) / SENDS_AT_ONCE;
      // A small run is over before its start has been paid for.
      const bounds = small ? { ratio: 8, p99Ms: 5_000 } : { ratio: 2.5, p99Ms: 5_000 };
      const channels = count / SHOPS / POSTS_A_CHANNEL;
      const shops: Shop[] = [];
      for (let i = 0; i < SHOPS; i += 1) shops.push(await openShop(open.house, { channels, server: outside.url }));
      const burst = (posts: number, inMs: number) => runBurst(open, outside, { shops, posts, inMs });
      say('warming up…');
      await burst(Math.min(500, count / 2), 500);
      await outside.forget();
      say(`${count} posts, all due at one instant…`);
      const ours = await burst(count, 3_000);
      await outside.forget();
      say('the same by graphile-worker…');
      const theirs = await runGraphile({ adminUrl: open.adminUrl, outside, count, sendsAtOnce: SENDS_AT_ONCE });
      const ratio = round2(ours.drainMs / floorMs);
      const figures = {
        posts: count,
        lateP50Ms: ours.p50,
        lateP99Ms: ours.p99,
        lateMaxMs: ours.max,
        drainMs: ours.drainMs,
        floorMs: round(floorMs),
        duplicates: ours.duplicates,
        missed: ours.missed,
        graphileLateP50Ms: theirs.p50,
        graphileLateP99Ms: theirs.p99,
        graphileDrainMs: theirs.drainMs,
        fasterThanGraphile: round2(theirs.drainMs / ours.drainMs),
      };
      const pass = ratio <= bounds.ratio && ours.p99 <= bounds.p99Ms && ours.duplicates === 0 && ours.missed === 0;
      return { name: 'B2', figures, ratio, better: 'lower', floor: bounds.ratio, target: 1.5, pass };
    }),
};

const round2 = (value: number) => Math.round(value * 100) / 100;

interface Burst {
  p50: number;
  p99: number;
  max: number;
  drainMs: number;
  duplicates: number;
  missed: number;
}

async function runBurst(
  { house, ownerUrl }: OpenHouse,
  outside: OutsideProcess,
  { shops, posts, inMs }: { shops: Shop[]; posts: number; inMs: number },
): Promise<Burst> {
  // Far enough away that filling the ledger is over by then.
  const later = new Date(Date.now() + 60_000);
  const seeds: string[] = [];
  for (const shop of shops)
    seeds.push(...(await fillLedger(house, shop, Array(posts / shops.length).fill(later))).keys());
  await asOwner(ownerUrl, 'ANALYZE');
  const dueAt = new Date(Date.now() + inMs);
  const at = `'${dueAt.toISOString()}'::timestamptz`;
  await asOwner(ownerUrl, `UPDATE delivery SET due_at = ${at}, not_before = ${at} WHERE state = 'scheduled'`);
  await asOwner(ownerUrl, `SELECT pg_notify('delivery', '')`);
  await sleep(Math.max(0, dueAt.getTime() - Date.now()));
  const giveUpAt = dueAt.getTime() + LIMIT_MS;
  let open = posts;
  while (open > 0 && Date.now() < giveUpAt) {
    await sleep(25);
    open = await countOpen(house, shops);
  }
  const drainMs = Date.now() - dueAt.getTime();
  const due = new Map(seeds.map((seed) => [seed, dueAt.getTime()]));
  const { late, missed, duplicates } = await compareArrivals(outside, due);
  return {
    p50: quantile(late, 0.5),
    p99: quantile(late, 0.99),
    max: quantile(late, 1),
    drainMs,
    duplicates,
    missed: Math.max(open, missed),
  };
}

async function asOwner(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text).finally(() => client.end());
}
