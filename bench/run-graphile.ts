import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import { Agent, request } from 'undici';
import { quantile } from './benchmark.ts';
import type { OutsideProcess } from './outside.ts';

/**
 * The same posts as jobs of graphile-worker with a local queue, on a database of their own in the same PostgreSQL; each
 * job is one call of the network and nothing else. They are there before the worker is; lateness counts from its start.
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
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query('CREATE DATABASE bench_graphile');
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = '/bench_graphile';
  const agent = new Agent({ connections: null });
  let done = 0;
  let ended: () => void = () => undefined;
  const allDone = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const post = async (payload: unknown) => {
    const { key } = payload as { key: string };
    const { body } = await request(`${outside.url}/posts`, {
      dispatcher: agent,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key, text: 'Fresh bread' }),
    });
    await body.dump();
    done += 1;
    if (done === count) ended();
  };
  const options = {
    connectionString: url.href,
    taskList: { post },
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
    preset: { worker: { concurrentJobs: sendsAtOnce, maxPoolSize: 10, localQueue: { size: 2 * sendsAtOnce } } },
  };
  const { makeWorkerUtils } = await import('graphile-worker');
  const worker = await makeWorkerUtils({ connectionString: url.href, logger: options.logger });
  await worker.migrate();
  await worker.withPgClient((client) =>
    client.query(
      `SELECT count(graphile_worker.add_job('post', json_build_object('key', n::text))) FROM generate_series(1, $1) n`,
      [count],
    ),
  );
  await worker.release();
  const startedAt = performance.timeOrigin + performance.now();
  const runner = await run(options);
  await allDone;
  const drainMs = Math.round(performance.timeOrigin + performance.now() - startedAt);
  await runner.stop();
  await agent.close();
  const late = (await outside.arrivals()).map(({ at }) => at - startedAt);
  return { p50: quantile(late, 0.5), p99: quantile(late, 0.99), drainMs };
}
