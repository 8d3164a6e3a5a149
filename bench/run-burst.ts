import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { quantile } from './benchmark.ts';
import { compareArrivals } from './compare-arrivals.ts';
import { countOpen, fillLedger, type Shop } from './fill-ledger.ts';
import type { OpenHouse } from './open-house.ts';
import type { OutsideProcess } from './outside.ts';

/** What became of many posts that were due at one instant; times in ms from then. */
export type Burst = {
  lateP50Ms: number;
  lateP99Ms: number;
  lateMaxMs: number;
  /** Until the last was settled. */
  drainMs: number;
  duplicates: number;
  missed: number;
};

const LIMIT_MS = 120_000;
/** Long enough to tidy up after the burst before. */
const TIDY_MS = 5_000;

/** Enters posts that are all due in `inMs`, waits until the last of them is settled, and forgets them outside. */
export async function runBurst(
  { house, ownerUrl }: OpenHouse,
  outside: OutsideProcess,
  { shops, posts, inMs }: { shops: Shop[]; posts: number; inMs: number },
): Promise<Burst> {
  // Far enough away that filling the ledger is over by then.
  const later = new Date(Date.now() + 60_000);
  const seeds: string[] = [];
  for (const shop of shops)
    seeds.push(...(await fillLedger(house, shop, Array(posts / shops.length).fill(later))).keys());
  const dueAt = new Date(Date.now() + TIDY_MS + inMs);
  const at = `'${dueAt.toISOString()}'::timestamptz`;
  await asOwner(ownerUrl, `UPDATE delivery SET due_at = ${at}, not_before = ${at} WHERE state = 'scheduled'`);
  // As autovacuum leaves tables within a minute of the burst before, for which nobody waits here.
  await asOwner(ownerUrl, 'VACUUM (ANALYZE)');
  await asOwner(ownerUrl, `SELECT pg_notify('delivery', '')`);
  await sleep(Math.max(0, dueAt.getTime() - Date.now()));
  const giveUpAt = dueAt.getTime() + LIMIT_MS;
  // Asked of the process outside as long as it can be: counting in the ledger is work for the database.
  while ((await outside.count()) < posts && Date.now() < giveUpAt) await sleep(25);
  let open = posts;
  while (open > 0 && Date.now() < giveUpAt) {
    open = await countOpen(house, shops);
    if (open > 0) await sleep(25);
  }
  const drainMs = Date.now() - dueAt.getTime();
  const due = new Map(seeds.map((seed) => [seed, dueAt.getTime()]));
  const { late, missed, duplicates } = await compareArrivals(outside, due);
  await outside.forget();
  return {
    lateP50Ms: quantile(late, 0.5),
    lateP99Ms: quantile(late, 0.99),
    lateMaxMs: quantile(late, 1),
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
