import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import { Agent, request } from 'undici';
import { quantile } from './benchmark.ts';
import type { OutsideProcess } from './outside.ts';

/**
 * The same posts as jobs of graphile-worker with a local queue; each job is one call of the network and nothing else. They
 * are there before the worker is; lateness counts from its start.
 */
export async function runGraphile({
  adminUrl,
  outside,
  count,
  sendsAtOnce,
}: {
  adminUrl: string;
  outside: OutsideProcess;
  count: number;
  sendsAtOnce: number;
}): Promise<{ p50: number; p99: number; drainMs: number }> {
  const agent = new Agent({ connections: null });
  const post = async (payload: unknown) => {
    const { key } = payload as { key: string };
    const { body } = await request(`${outside.url}/posts`, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key, text: 'Fresh bread' }),
    });
    await body.dump();
  };
  const worker = { concurrentJobs: sendsAtOnce, maxPoolSize: 10, localQueue: { size: 2 * sendsAtOnce } };
  const { startedAt, drainMs } = await drainGraphile({ adminUrl, count, task: post, worker });
  await agent.close();
  const late = (await outside.arrivals()).map(({ at }) => at - startedAt);
  await outside.forget();
  return { p50: quantile(late, 0.5), p99: quantile(late, 0.99), drainMs };
}

/** Jobs that do nothing, a second, by graphile-worker as it comes: 24 at once, each fetched and ended by itself. */
export async function countIdleJobs({ adminUrl, count }: { adminUrl: string; count: number }): Promise<number> {
  const worker = { concurrentJobs: 24, maxPoolSize: 10 };
  const { drainMs } = await drainGraphile({ adminUrl, count, task: async () => undefined, worker });
  return count / (drainMs / 1_000);
}

/** Works jobs off that are there already, in a database of their own in the same PostgreSQL, which is dropped again. */
async function drainGraphile({
  adminUrl,
  count,
  task,
  worker: preset,
}: {
  adminUrl: string;
  count: number;
  task: (payload: unknown) => Promise<void>;
  worker: { concurrentJobs: number; maxPoolSize: number; localQueue?: { size: number } };
}): Promise<{ startedAt: number; drainMs: number }> {
  await asAdmin(adminUrl, 'CREATE DATABASE bench_graphile');
  const url = new URL(adminUrl);
  url.pathname = '/bench_graphile';
  const logger = new Logger(() => () => undefined);
  const { makeWorkerUtils } = await import('graphile-worker');
  const worker = await makeWorkerUtils({ connectionString: url.href, logger });
  await worker.migrate();
  await worker.withPgClient((client) =>
    client.query(
      `SELECT count(graphile_worker.add_job('post', json_build_object('key', n::text))) FROM generate_series(1, $1) n`,
      [count],
    ),
  );
  await worker.release();
  let done = 0;
  let ended: () => void = () => undefined;
  const allDone = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const post = async (payload: unknown) => {
    await task(payload);
    done += 1;
    if (done === count) ended();
  };
  const startedAt = performance.timeOrigin + performance.now();
  const taskList = { post };
  // Ours to end: a connection that the runner left open would fail when its database is dropped.
  const pool = new pg.Pool({ connectionString: url.href, max: preset.maxPoolSize });
  pool.on('error', () => undefined);
  const runner = await run({
    pgPool: pool,
    taskList,
    noHandleSignals: true,
    logger,
    preset: { worker: preset },
  });
  await allDone;
  const drainMs = Math.round(performance.timeOrigin + performance.now() - startedAt);
  await runner.stop();
  await pool.end();
  await asAdmin(adminUrl, 'DROP DATABASE bench_graphile WITH (FORCE)');
  return { startedAt, drainMs };
}

async function asAdmin(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text).finally(() => client.end());
}
