import { setTimeout as sleep } from 'node:timers/promises';
import { fromKysely, PgBoss } from 'pg-boss';
import type { House, JobDefinition, Jobs } from '../context/index.ts';
import type { Database } from '../db/index.ts';
import type { Log } from '../log/index.ts';
import { assertDeclarable } from './assert-declarable.ts';
import { reportStrays } from './report-strays.ts';

type Anyhow = JobDefinition<object>;

const LONGEST_YIELD_MS = 30_000;
const YIELD_STEP_MS = 250;

/** The job engine over the app's own database. Queues are declared at start; nothing is created outside migrations. */
export function createJobs(options: { db: Database; log: Log }): Jobs {
  const boss = new PgBoss({
    db: {
      executeSql: async (text, values) => {
        const result = await options.db.pool.query(text, values as unknown[]);
        return { rows: Array.isArray(result) ? result.flatMap((r: { rows: unknown[] }) => r.rows) : result.rows };
      },
    },
    schema: 'pgboss',
    migrate: false,
    createSchema: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    superviseIntervalSeconds: 60,
    cronMonitorIntervalSeconds: 30,
    cronWorkerIntervalSeconds: 10,
    openTelemetry: { enabled: false },
  });
  boss.on('error', (error) => options.log.warn({ err: error }, 'job engine'));
  const byName = new Map<string, Anyhow>();
  let house: House | null = null;
  let stopping = false;

  const run = async (definition: Anyhow, job: { id: string; data: unknown }) => {
    if (!house) throw new Error('jobs have not been started');
    const log = house.log.child({ job: definition.name, jobId: job.id });
    await definition.run({ house, log, jobId: job.id }, (job.data ?? {}) as object);
  };

  return {
    async enqueue(tx, job, data, { key, startAfter } = {}) {
      if (!byName.has(job.name)) throw new Error(`job ${job.name} was not declared at start`);
      await boss.send(job.name, data, {
        db: fromKysely(tx),
        ...(key === undefined ? {} : { singletonKey: key }),
        ...(startAfter === undefined ? {} : { startAfter }),
      });
    },

    async start(theHouse, definitions, { work, isBusy = () => false }) {
      house = theHouse;
      const giveWay = async () => {
        for (let waited = 0; waited < LONGEST_YIELD_MS && isBusy() && !stopping; waited += YIELD_STEP_MS)
          await sleep(YIELD_STEP_MS);
      };
      for (const definition of definitions as unknown as Anyhow[]) {
        assertDeclarable(definition, byName);
        byName.set(definition.name, definition);
      }
      await boss.start();
      const existing = new Set((await boss.getQueues()).map((queue) => queue.name));
      await reportStrays({ boss, pool: options.db.pool, log: options.log, known: byName });
      for (const definition of byName.values()) {
        const queue = {
          policy: definition.unique ? ('short' as const) : ('standard' as const),
          expireInSeconds: definition.expireSeconds ?? 300,
          retryLimit: definition.retryLimit ?? 5,
          retryDelay: 5,
          retryBackoff: true,
          deleteAfterSeconds: 3_600,
        };
        if (!existing.has(definition.name)) await boss.createQueue(definition.name, queue);
        if (definition.cron && work) await boss.schedule(definition.name, definition.cron, {}, { tz: 'UTC' });
      }
      if (!work) return;
      for (const definition of byName.values()) {
        for (let nth = 0; nth < (definition.atOnce ?? 1); nth += 1) {
          let worker = '';
          const look = { pollingIntervalSeconds: 2, batchSize: 1 };
          worker = await boss.work(definition.name, look, async (jobs) => {
            try {
              if (definition.yields) await giveWay();
              for (const job of jobs) await run(definition, job);
            } catch (error) {
              const [job] = jobs;
              theHouse.log.error(
                { err: error, job: definition.name, jobId: job?.id },
                'a job failed and will run again',
              );
              throw error;
            } finally {
              // Where one was, more may wait: they are not asked for two seconds later.
              boss.notifyWorker(worker);
            }
          });
        }
      }
    },

    async runDue() {
      let count = 0;
      for (let again = true; again; ) {
        again = false;
        for (const definition of byName.values()) {
          const jobs = await boss.fetch<object>(definition.name, { batchSize: 50 });
          for (const job of jobs) {
            try {
              await run(definition, job);
              await boss.complete(definition.name, job.id);
            } catch (error) {
              await boss.fail(definition.name, job.id);
              throw error;
            }
            count += 1;
            again = true;
          }
        }
      }
      return count;
    },

    async stop(graceMs = 10_000) {
      stopping = true;
      await boss.stop({ graceful: true, timeout: graceMs });
    },
  };
}
