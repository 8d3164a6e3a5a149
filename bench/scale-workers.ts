import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { jobDefinitions } from '#server/entry/compose.ts';
import type { JobDefinition } from '#server/platform/jobs/index.ts';
import { countingNetwork } from './bench-network.ts';
import { type Benchmark, round } from './benchmark.ts';
import { openShop, type Shop } from './fill-ledger.ts';
import { measureHouse } from './measure-house.ts';
import type { OpenHouse } from './open-house.ts';
import type { OutsideProcess } from './outside.ts';
import { readProcesses } from './read-processes.ts';
import { runBurst } from './run-burst.ts';

const WORKERS = [1, 2, 4] as const;
const SENDS_AT_ONCE = 256;
const SHOPS = 20;
const CHANNELS = 100;
const POSTS_A_CHANNEL = 5;
const FLOOR = 0.8;

const IDLE_WORKSPACES = 10_000;

/**
 * How many posts a second one database lets 1, 2 and 4 workers publish, what each post costs it and them, what it costs
 * when there are many workspaces besides, of which nothing is due, and what a look at the figures of one post costs.
 */
export const scaleWorkers: Benchmark = {
  name: 'SCALE',
  about: 'workers on one database: 10,000 posts of 20 workspaces due at once, published by 1, 2 and 4 workers',
  run: ({ small, say }) =>
    measureHouse({ sendsAtOnce: SENDS_AT_ONCE, publishes: false }, async (open, outside) => {
      const posts = small ? 2_000 : 10_000;
      const shops: Shop[] = [];
      for (let i = 0; i < SHOPS; i += 1)
        shops.push(await openShop(open.house, { channels: CHANNELS, server: outside.url }));
      const figures: Record<string, number> = { posts };
      let wrong = 0;
      const measure = async (count: number, name: string) => {
        const workers: ChildProcess[] = [];
        for (let i = 0; i < count; i += 1) workers.push(await startWorker(open));
        await runBurst(open, outside, { shops, posts: 500, inMs: 500 });
        // Figures are measured by themselves.
        await ask(open, 'UPDATE fetch_plan SET next_at = NULL');
        const before = await readCosts(open, workers);
        const { drainMs, lateP99Ms, duplicates, missed } = await runBurst(open, outside, { shops, posts, inMs: 3_000 });
        const after = await readCosts(open, workers);
        for (const worker of workers) worker.disconnect();
        await Promise.all(workers.map((worker) => once(worker, 'exit')));
        wrong += duplicates + missed;
        const perPost = (cost: keyof Costs) => Math.round((after[cost] - before[cost]) / posts);
        figures[`postsPerSecond${name}`] = round(posts / (drainMs / 1_000));
        figures[`lateP99Ms${name}`] = lateP99Ms;
        figures[`databaseUsPerPost${name}`] = perPost('databaseUs');
        figures[`workerUsPerPost${name}`] = perPost('workersUs');
        figures[`walBytesPerPost${name}`] = perPost('walBytes');
        figures[`storedBytesPerPost${name}`] = perPost('storedBytes');
      };
      for (const count of WORKERS) {
        say(`${count} ${count === 1 ? 'worker' : 'workers'}…`);
        await measure(count, `${count}`);
      }
      say(`one worker, and ${IDLE_WORKSPACES} workspaces of which nothing is due…`);
      await ask(
        open,
        `INSERT INTO workspace (id, name, language, zone)
        SELECT gen_random_uuid(), 'Idle', 'en', 'UTC' FROM generate_series(1, ${IDLE_WORKSPACES})`,
      );
      await measure(1, 'AmongMany');
      say('figures of as many posts…');
      Object.assign(figures, await measureLooks(open, outside, posts));
      const ratio = round((figures['postsPerSecond4'] ?? 0) / (figures['postsPerSecond1'] ?? 1));
      figures['duplicatesOrMissed'] = wrong;
      const pass = ratio >= FLOOR && wrong === 0;
      return { name: 'SCALE', figures, ratio, better: 'higher', floor: FLOOR, target: 1, pass };
    }),
};

/**
 * What a look at the four figures of one post costs, from the job that looks to what is kept; of each channel five posts
 * are looked at together, and the networks' own time is none.
 */
async function measureLooks(open: OpenHouse, outside: OutsideProcess, posts: number): Promise<Record<string, number>> {
  const { house } = open;
  const network = countingNetwork.manifest.id;
  const channels = posts / SHOPS / POSTS_A_CHANNEL;
  const shops: Shop[] = [];
  for (let i = 0; i < SHOPS; i += 1) shops.push(await openShop(house, { channels, server: outside.url, network }));
  const worker = await startWorker(open);
  await runBurst(open, outside, { shops, posts, inMs: 3_000 });
  worker.disconnect();
  await once(worker, 'exit');
  // The plans of looking are written behind the burst.
  const plans = `FROM fetch_plan p WHERE delivery_id IS NOT NULL
    AND (workspace_id, channel_id) IN (SELECT workspace_id, id FROM channel WHERE network = '${network}')`;
  await until(open, `SELECT count(*) >= ${posts} AS done ${plans}`);
  const look = jobDefinitions.find(({ name }) => name === 'metrics.fetch') as JobDefinition<object> | undefined;
  if (!look) throw new Error('There is no job metrics.fetch.');
  // Nothing else is looked at meanwhile. The mark goes with the look.
  await ask(open, 'UPDATE fetch_plan SET next_at = NULL');
  await ask(
    open,
    `UPDATE fetch_plan SET next_at = clock.now(), engagements_stale = true WHERE subject_id IN (SELECT subject_id ${plans})`,
  );
  const before = await readCosts(open, []);
  const began = performance.now();
  for (const { workspaceId, channelIds } of shops)
    await house.db.outside(async (tx) => {
      for (const channelId of channelIds)
        await house.jobs.enqueue(tx, look, { workspaceId, channelId }, { key: channelId });
    });
  await until(open, `SELECT count(*) = 0 AS done ${plans} AND engagements_stale`);
  const seconds = (performance.now() - began) / 1_000;
  const after = await readCosts(open, []);
  const perLook = (cost: keyof Costs) => Math.round((after[cost] - before[cost]) / posts);
  return {
    looksPerSecond: round(posts / seconds),
    databaseUsPerLook: perLook('databaseUs'),
    appUsPerLook: perLook('appUs'),
    walBytesPerLook: perLook('walBytes'),
    storedBytesPerLook: perLook('storedBytes'),
  };
}

async function until(open: OpenHouse, question: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const [row] = await ask<{ done: boolean }>(open, question);
    if (row?.done) return;
    await sleep(250);
  }
  throw new Error(`Not within 150 s: ${question}`);
}

async function startWorker({ joining }: OpenHouse): Promise<ChildProcess> {
  const worker = fork(path.join(import.meta.dirname, 'worker-process.ts'));
  worker.send({ joining, sendsAtOnce: SENDS_AT_ONCE });
  await once(worker, 'message');
  return worker;
}

interface Costs {
  databaseUs: number;
  /** Of the process that does everything else, and of what measures. */
  appUs: number;
  workersUs: number;
  walBytes: number;
  storedBytes: number;
}

/** What was spent so far: processor time, what was written ahead, and what the database takes on the disk. */
async function readCosts(open: OpenHouse, workers: readonly ChildProcess[]): Promise<Costs> {
  const { app, all } = readProcesses(process.pid);
  const workersMs = workers.reduce((sum, { pid }) => sum + (pid ? readProcesses(pid).app.cpuMs : 0), 0);
  const [row] = await ask<{ wal: string; stored: string }>(
    open,
    "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text AS wal, pg_database_size(current_database())::text AS stored",
  );
  return {
    databaseUs: (all.cpuMs - app.cpuMs) * 1_000,
    appUs: process.cpuUsage().user + process.cpuUsage().system,
    workersUs: workersMs * 1_000,
    walBytes: Number(row?.wal ?? 0),
    storedBytes: Number(row?.stored ?? 0),
  };
}

async function ask<T extends pg.QueryResultRow>({ ownerUrl }: OpenHouse, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<T>(text).finally(() => client.end());
  return rows;
}
